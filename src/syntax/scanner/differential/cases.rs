//! Documents written by hand: designs as people write them, corners of each construct, and doubtful ones.

/// Designs from the description of the language, and other files of the kinds that users have.
pub(super) const ORDINARY: &[&str] = &[
    r#"sysdesign: 1
name: URL shortener
summary: Short links that redirect fast and never get lost.

assumptions:
  new_links: 100M / month
  clicks_per_link: 50..200            # 90% interval
  link_size: 500 B
  cache_hits: 90%

requirements:
  shorten: Users turn a long URL into a short one          # functional: text only
  redirect: Users are sent from a short link to its long URL
  fast_redirect:
    text: Redirects feel instant
    check: flows.redirect.latency.p99 < 50 ms
  always_on:
    text: Redirects survive the loss of one zone
    check: flows.redirect.availability >= 99.95%
  affordable:
    check: system.cost < $20k / month

data:
  link:
    fields:
      code: string(8), key
      url: string(2048)
      owner: ref user, indexed
      created: timestamp
    size: link_size                   # when absent it is computed from the fields
    stored_in: links
    retention: 5 years

components:
  browser: { kind: client }
  edge:    { kind: load_balancer, tech: nginx, replicas: 2 }
  app:     { kind: service, replicas: 6, stateless: true }
  hot:     { kind: cache, tech: redis, replicas: 2, ttl: 1 day, eviction: lru }
  links:   { kind: database, tech: postgresql, replicas: 3, replication: leader-follower }

apis:
  create_link: { request: POST /links, handled_by: app, rate: new_links, auth: oauth2, rate_limit: 10 / minute / user }
  follow_link: { request: "GET /{code}", handled_by: app, rate: new_links * clicks_per_link, public: true }

flows:
  shorten:
    api: create_link
    satisfies: shorten
    steps:
      - browser -> edge -> app: POST /links
      - app -> links: insert link
  redirect:
    api: follow_link
    satisfies: redirect
    steps:
      - browser -> edge -> app: GET /{code}
      - app -> hot: look up the code
      - chance: 1 - cache_hits
        steps:
          - app -> links: select the link
          - app ~> hot: fill the cache
"#,
    r#"- cart -> payments: charge the card
  operation: write
  request: 2 KB
  response: 10 KB
  timeout: 300 ms
  retries: { attempts: 3, backoff: exponential, jitter: true, budget: 10% }
  circuit_breaker: true
  idempotent: true
  protocol: grpc
  reads: [cart]
  writes: [order]
"#,
    r#"rules:
  profile: recommended            # minimal | recommended | strict
  single-point-of-failure: error  # severity of one rule
  allow:
    - { rule: missing-rate-limit, on: apis.follow_link, reason: "The CDN limits it", until: 2027-06-01 }
"#,
    r#"{
  "sysdesign": 1,
  "name": "From \"another\" tool",
  "components": {
    "api": { "kind": "service", "replicas": 3, "tags": [], "meta": {} },
    "db": {"kind":"database","size":12.5e3,"on":true,"note":null}
  },
  "flows": [ [1, 2], ["a b", "c"] ]
}
"#,
    r#"# kept by the platform team

sysdesign: 1
name: 'It''s ours'
summary: >-
  Folded over
  two lines.

  A second paragraph.
notes: |
  line one

    indented
  last
open_questions:
- who pays?
- text: long, and
    continued here
  owner: ops
"#,
];

/// Corners that the fast path takes.
pub(super) const TAKEN: &[&str] = &[
    // Empty values.
    "a:",
    "a:\n",
    "a: \nb:\n",
    "a: # note\nb:",
    "-",
    "-\n-\n",
    "- # note\n- a\n",
    "- -\n  -\n- - -\n",
    "a:\n  b:\n  c:\n",
    "a:\n-\n-\nb:\n",
    "a:\n-\nb: c",
    "- a:\n  b:\n-\n",
    "{a: }",
    "{a:}",
    "{a: , b: }",
    "{a:,b: c}",
    "{\"a\":}",
    "a: {b: }",
    "{a: # note\n }",
    "a: {b:\n  , c: d}",
    "-\n# note\n-\n",
    "a:\n# note\nb:\n",
    // Block structure.
    "a: b",
    "a: b\n",
    "  a: b\n  c: d\n",
    "- a\n- b",
    "a:\n  - b\n  - c\nd: e\n",
    "a:\n- b\n- c\nd: e\n",
    "- a: b\n  c: d\n- e: f\n",
    "- - a\n  - b\n- - c\n",
    "-   a: b\n    c: d\n",
    "a:\n    b:\n     c: d\n    e: f\ng: h\n",
    "- a:\n  - b\n  - c\n  d: e\n",
    "a:\n  -\n    b: c\n",
    "-\n  a: b\n",
    "-\n a: b\n c: d\n",
    "a:\n b",
    "a:\n  b\nc: d\n",
    "\n\n# note\na: b\n\n\n# note\n  # deeper\nc: d\n# end",
    "a: b # note\nc: 'd' # note\ne: \"f\" # x\ng: [] # x\n",
    "a : b\n'c' : d\n\"e\"  : f\n",
    "\"a b\": c\n'd': e\n\"f\\n\": g\n'h''i': j\n",
    "- \"a\": b\n  'c': d\n",
    "a: b\n \n   \nc: d\n  ",
    "a: b\n  # note\nc: d\n",
    "a:\n  b: c\n # odd place\n  d: e\n",
    "a: b   \nc:   d   \n",
    // Plain scalars.
    "a: b:c\nd: e#f\ng: http://h/i\n",
    "a: -1\nb: -x\nc: --\nd: ---\ne: ...\n",
    "a: b c  d\n",
    "a: b\n  c\n",
    "a: b\n\n\n  c\n  d\n",
    "a: b\n  - c\n",
    "a: b\n  # note\nc: d",
    "a: b\n c # note\nd: e\n",
    "- a\n b\n-  c\n   d\n",
    "a:\n  b\n  c\n",
    "a: b  \n  c  \n",
    "a: b\n  ? c\n  [d\n  \"e\n",
    "a: b, [c] {d}\n",
    "a: é\u{a0}日本\nü: 👍\n",
    "a: b\n  #c: d\n",
    "a: b#\n",
    "a: <<\n",
    "- a -> b: GET /{x}\n",
    "a: b\r\n  c\r\n\r\n  d\r\n",
    "a:\r\n- b\r\n",
    "a: 'b\r\n  c'\r\n",
    "- ---\n- - ...\n",
    "a: b\n  c#d\n",
    // Quoted scalars.
    "a: ''\nb: \"\"\n",
    "a: 'b''c'''\n",
    "a: \"b\\\"c\\\\\"\n",
    "a: \"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\/\\N\\_\\L\\P\"\n",
    "a: \"\\x41\\u00e9\\U0001F44D\"\n",
    "a: \"b\n  c\"\n",
    "a: 'b\n\n  c\n  d'\n",
    "a: \" b \n\n  c \"\n",
    "a: \"\n  b\n  \"\n",
    "a: \"b\\n\n  \\n c\"\n",
    "a: '# b'\nc: \"d: e\"\n",
    "a: \"b\tc\"\n",
    "a: 'b\tc'\n",
    "- 'a\n  b'\n",
    "a:\n  'b'\nc:\n  \"d\"\n",
    "a: 'b\\'\n",
    "a: 'say \"c\"'\nb: \"it's\"\n",
    "a: 'b'   \n",
    "a: \"b \\  \n  c\"\n",
    // Block scalars.
    "a: |\n  b\n",
    "a: |\n  b\n\n\n",
    "a: |-\n  b\n\nc: d\n",
    "a: |+\n  b\n\n\nc: d\n",
    "a: >\n  b\n  c\n\n  d\n",
    "a: >\n  b\n    c\n  d\n",
    "a: >\n  b\n\n    c\n\n  d\n",
    "a: |\n\n\n  b\n",
    "a: >\n\n  b\n",
    "a: |2\n   b\n  c\n",
    "a: |1-\n b\n",
    "a: |-1\n b\n",
    "a: >+3 # note\n   b\n",
    "- |\n  a\n- >\n  b\n",
    "- |\n a\n",
    "a:\n  - b: |\n      c\n    d: e\n",
    "a: |\n  b\n # note\nc: d\n",
    "a: |\n  b",
    "a: |+\n  b",
    "a: >-\n  b\n  c",
    "a: |\n  # no note\n  b: [\n",
    "a: |\n  b\tc\n  \td\n",
    "a: |\r\n  b\r\n\r\n  c\r\n",
    "a: |  \n  b  \n  c\n",
    "a:\n  |\n  b\n",
    "a:\n- |\n b\n",
    "a: |\n  b\n    \n  c\n",
    "a: >\n  b\n     \n  c\n",
    "a: |\n  b\n \n",
    "a: |\n  b\n   ",
    "a: |+\n  b\n     \n  \nc: d\n",
    "a: |\n  b\n     \n",
    "a: |\n  日本\n  é\n",
    // Flow collections.
    "{}",
    "[]",
    "{ }\n",
    "[ ]\n# end\n",
    "[a, b]",
    "[a, b, ]",
    "{a: b, c: d, }",
    "{a: [b, {c: d}], e: {}}",
    "[[], {}, [[]]]",
    "[\n  a,\n  b\n]\n",
    "{\n\"a\": 1,\n\"b\": 2\n}\n",
    "{\"a\":1,\"b\":[\"c\"],\"d\":{}}",
    "{'a':b}",
    "{\"a\" : b}",
    "{a : b}",
    "[a b, c  d]",
    "[a\n b, c\n\n d]",
    "[a # note\n , b]",
    "[a, # note\n b]",
    "[ # note\n a]",
    "a: [b,\n  c]\n",
    "a: {\n  b: c,\n  d: e\n  }\n",
    "- [a, b]\n- {c: d}\n",
    "[-1, -x, --]",
    "{a: -1}",
    "[a:b, c#d]",
    "{a:b: c}",
    "[\"a\\n\", 'b''c', \"d\n e\"]",
    "a:\n  [b]\nc:\n  {d: e}\n",
    "a:\n- [b]\n- {}\n",
    "[http://a/b?c=d, x]",
    "{a: \"b\", c: 'd'}",
    "{a: b\n  c, d: e}",
    "[\n# note\n]\n",
    "[a,\n# note\nb]\n",
    "a: [\n  # note ]\n  b ]\n",
    "[ a\n]\n",
    "[\r\n  a,\r\n  b\r\n]\r\n",
    "{a: <<}",
    "\"<<\": a\n'null': b\nnulls: c\n~~: d\n",
    "{\"<<\": a}",
    "[<<]",
];

/// Documents that the fast path leaves alone, right or wrong.
pub(super) const REFUSED: &[&str] = &[
    // Nothing, and documents that are one scalar.
    "",
    "\n",
    "# note\n",
    " ",
    "a",
    "a\n",
    "\"a\"",
    "|\n a\n",
    "- a\nb\n",
    "a: b\nc\n",
    // Markers and directives.
    "--- \na: b\n",
    "---\na: b\n",
    "a: b\n---\nc: d\n",
    "a: b\n...\n",
    "%YAML 1.2\n---\na: b\n",
    "[\n---\n]",
    "{a: b}\n---\n",
    "...\n",
    // Anchors, aliases, tags, explicit and merge keys.
    "&a b: c\n",
    "a: &b c\n",
    "a: *b\n",
    "*a : b\n",
    "a: !b c\n",
    "!a b: c\n",
    "- &a\n",
    "[&a b]",
    "[*a]",
    "[!a b]",
    "{&a b: c}",
    "{a: *b}",
    "? a\n: b\n",
    "? a\n",
    "{? a: b}",
    "[? a]",
    ": a\n",
    "- : a\n",
    "a:\n: b\n",
    "{: a}",
    "[: a]",
    "[a]: b\n",
    "{a: b}: c\n",
    "{[a]: b}",
    "{{a: b}: c}",
    "<<: a\n",
    "{<<: a}",
    "~: a\n",
    "null: a\n",
    "Null: a\n",
    "NULL: a\n",
    "\"\": a\n",
    "'': a\n",
    "{~: a}",
    "{\"\": a}",
    "<<<<<<< a: b\n",
    "[a,\n<<<<<<< b]",
    "[a\n>>>>>>> b]",
    "a:\n  <<: b\n",
    // Tabs.
    "a:\tb\n",
    "\ta: b\n",
    "a:\n\tb: c\n",
    "-\ta\n",
    "a: b\tc\n",
    "a: b\t\n",
    "a: b\n\t\nc: d\n",
    "[a,\tb]",
    "[\ta]",
    "a: 'b\t\n  c'\n",
    "a: 'b\n\tc'\n",
    "a: |\n\tb\n",
    "a: |\n  \tb\n",
    // Mistakes in blocks.
    "a: b: c\n",
    "a: - b\n",
    "a: 'b': c\n",
    "a: b\n c: d\n",
    "a:\n  b: c\n d: e\n",
    "a:\n  b\n c: d\n",
    "a: b\n  c: d\n",
    "- a\n - b\n- c\n  d: e\n",
    "a:\n  - b\n c\n",
    " a: b\nc: d\n",
    "- a\nb: c\n",
    "a: b\n- c\n",
    "a:\n  b: c\n  - d\n",
    "  - a\n - b\n",
    "a: b # c\n  d\n",
    "a: 'b'\n  c\n",
    "a: [b]\n  c\n",
    "a: |\n   b\n  c\n",
    // Mistakes in scalars.
    "a: 'b",
    "a: \"b\n",
    "a: 'b\nc'\n",
    "a: \"b\n\"\n",
    "'a\n b': c\n",
    "a: 'b'c\n",
    "a: 'b'#c\n",
    "a: \"b\\qc\"\n",
    "a: \"\\x4\"\n",
    "a: \"\\ud83d\\ude00\"\n",
    "a: \"\\U00110000\"\n",
    "a: \"b\\\n  c\"\n",
    "a: \"\\\tb\"\n",
    "'a':b\n",
    "a: @b\n",
    "a: `b`\n",
    "a: %b\n",
    "@a: b\n",
    "a: ,b\n",
    "a: ]b\n",
    "a: }b\n",
    "a: #b\n c: d\ne\n",
    // Block scalars that are empty, odd or wrong.
    "a: |\nb: c\n",
    "a: |",
    "a: |\n",
    "a: |\n\n",
    "a: |\n    \n  b\n",
    "a: |0\n  b\n",
    "a: |22\n  b\n",
    "a: |+-\n  b\n",
    "a: | b\n  c\n",
    "a: |#b\n  c\n",
    "a: |3\n  b\n",
    "a: |\n  b\n  ",
    // Mistakes in flow collections.
    "[",
    "{",
    "[a",
    "[a,",
    "{a",
    "{a:",
    "{a: b",
    "[a]]",
    "[a}",
    "{a: b]",
    "[,]",
    "[a,,b]",
    "{,}",
    "{a}",
    "{a, b}",
    "{\"a\"}",
    "[a: b]",
    "[\"a\": b]",
    "{a:[b]}",
    "{a: b: c}",
    "[a]b",
    "[a]#b",
    "[a,#b\n]",
    "[#a\n]",
    "{a: b}c: d\n",
    "a: [b\n]\n",
    "a: [\nb]\n",
    "a: {\n}\n",
    "[a # b\n c]",
    "[a\n # b\n c]",
    "[- a]",
    "[-]",
    "[-, a]",
    "[?a]",
    "[:a]",
    "{?a: b}",
    "[|a]",
    "[>a]",
    "[%a]",
    "[@a]",
    "[a] b: c\n",
    "{\"a\"\n: b}",
    "{a\n: b}",
    "{a\n b: c}",
    "[a\n: b]",
    "[a] [b]\n",
    "a: [b] c\n",
    "[a]\n[b]\n",
    "{a: b}\nc: d\n",
    "a: [b:]\n",
    // Characters.
    "a: b\0c\n",
    "a: \u{1b}\n",
    "a: \u{7f}\n",
    "a: \u{85}\n",
    "a: \u{2028}\n",
    "\u{feff}a: b\n",
    "a: \u{feff}b\n",
    "a: b\rc: d\r",
    "a: b\r\r\n",
];
