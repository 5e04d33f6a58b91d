//! Designs as people write them, which the fast path must take whole.

/// Designs from the description of the language, and other files of the kinds that users have.
pub(super) const DOCUMENTS: &[&str] = &[
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
