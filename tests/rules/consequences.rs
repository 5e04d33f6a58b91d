//! One mistake gives one finding: nothing is said about what may only seem to be so because of it.

use crate::example::Example;

/// Checks a text like the examples of rules, whose caret lines are all that is found in it.
fn check(block: &str) {
    let example = Example::parse(block);
    let run = example.run();
    assert_eq!(run.places(), example.expected, "{block}\n{}", run.text());
}

#[test]
fn what_seems_unused_may_be_used_where_the_text_cannot_be_read() {
    check(
        "
assumptions:
  users: 10k
  visits: users × 3 / day
#               ^ invalid-expression
components:
  browser: { kind: client }
  app: { kind: service, storge: users * 1 KB }
#                       ^^^^^^ unknown-key
flows:
  open: { rate: visits, steps: [browser -> app] }
",
    );
    check(
        "
components:
  browser: { kind: client }
  app: { kind: service }
  links: { kind: database }
  indexer: { kind: worker, uses: search }
  search: { kind: search_index }
data:
  link: { size: 1 KB, stored_in: links }
flows:
  open:
    rate: 10 / s
    steps:
      - browser -> app: GET /
      - app => links: select
#           ^^ invalid-step
      - links -> app: trigger
  sign_up:
    rate: 5
#         ^ missing-unit
    steps: [browser -> app]
",
    );
}

#[test]
fn what_is_allowed_may_be_found_again_once_the_text_can_be_read() {
    check(
        "
assumptions:
  users: 10k
components:
  app: { kind: service, replica: 2 }
#                       ^^^^^^^ unknown-key
rules:
  allow:
    - { rule: unused-assumption, reason: Needed soon }
    - { rule: unused-component, reason: Needed soon, until: 2020-01-31 }
#                                                           ^^^^^^^^^^ expired-allow
",
    );
}

#[test]
fn only_the_beginning_of_a_chain_that_nothing_reaches_is_reported() {
    check(
        "
components:
  browser: { kind: client }
  app: { kind: service }
  ring_a: { kind: service, uses: ring_b }
# ^^^^^^ unreachable-component
  ring_b: { kind: service, uses: ring_c }
  ring_c: { kind: service, uses: [ring_a, search] }
#                                 ^^^^^^ cyclic-sync-dependency
  tail: { kind: service }
  head: { kind: service, uses: [tail, head2] }
# ^^^^ unreachable-component
  head2: { kind: service, uses: tail }
  search: { kind: search_index }
flows:
  open: { rate: 10 / s, steps: [browser -> app] }
",
    );
}

#[test]
fn a_step_that_is_no_arrow_is_one_mistake() {
    for (arrow, carets) in
        [("=>", "^^"), ("-->", "^^^"), ("→", "^"), ("<-", "^^"), ("<->", "^^^"), ("—>", "^^")]
    {
        check(&format!(
            "
components:
  browser: {{ kind: client }}
  app: {{ kind: service }}
flows:
  open:
    rate: 10 / s
    steps:
      - browser {arrow} app: GET /
#               {carets} invalid-step
      - \"browser {arrow} app\"
#                {carets} invalid-step
"
        ));
    }
    check(
        "
components:
  browser: { kind: client }
  app: { kind: service }
flows:
  open:
    rate: 10 / s
    steps:
      - browser app: GET / <br> a-b
#       ^^^^^^^^^^^ unknown-key
",
    );
}

#[test]
fn the_project_s_schema_follows_the_policy_of_the_design() {
    let design = |rules: &str| {
        format!(
            "# file: design.yaml
sysdesign: 1
name: Shop
summary: People buy things.
components:
  app: {{ kind: service }}
{rules}
# file: house.schema.json
{{ \"properties\": {{ \"components\": {{ \"additionalProperties\": {{ \"required\": [\"owner\"] }} }} }} }}
"
        )
    };
    check(&design("# ^^^ house-schema"));
    check(&design("rules: { house-schema: off }"));
    check(&design("rules: { allow: [{ rule: house-schema, on: components.app, reason: The team is new }] }"));
}

#[test]
fn an_unclosed_text_is_closed_before_the_rest_of_its_brackets() {
    let help = |line: &str| {
        let run = Example::parse(&format!("components:\n  app: {line}\n")).run();
        run.findings.first().and_then(|finding| finding.help.clone()).unwrap_or_default()
    };
    assert_eq!(help("{ kind: service, name: \"Shop }"), "write \"Shop\"");
    assert_eq!(help("{ name: \"Shop, big, kind: service }"), "write \"Shop, big\"");
    assert_eq!(help("{ tags: ['a] }"), "write 'a'");
}

#[test]
fn a_variant_with_other_traffic_is_a_moment_that_needs_no_room_to_grow() {
    check(
        "
traffic: { growth: 50% / year, horizon: 2 years }
components:
  browser: { kind: client }
  app: { kind: service, replicas: 8, capacity: 100 rps }
# ^^^ saturates-within-horizon
flows:
  open: { rate: 200 / s, steps: [\"browser -> app: GET /\"] }
variants:
  sale: { description: The day of the sale, traffic: { peak: 3x } }
  few: { description: As few as are needed today, components: { app: { replicas: 3 } } }
",
    );
}

#[test]
fn a_consumer_that_is_slower_at_peak_alone_is_a_milder_finding() {
    let severities = |traffic: &str| {
        let design = format!(
            "
traffic: {{ {traffic} }}
components:
  browser: {{ kind: client }}
  app: {{ kind: service }}
  jobs: {{ kind: queue }}
  worker: {{ kind: worker, replicas: 4, capacity: 10 rps }}
flows:
  ask: {{ rate: 25 / s, steps: [browser -> app ~> jobs] }}
  work: {{ on: jobs, steps: [jobs ~> worker] }}
"
        );
        let run = Example::parse(&design).run();
        run.findings.iter().map(|found| (found.rule.to_string(), found.severity)).collect::<Vec<_>>()
    };
    let found = |severity| vec![("consumer-slower-than-producer".to_owned(), severity)];
    assert_eq!(severities("peak: 1x"), []);
    assert_eq!(severities("peak: 2x"), found(sysdesign::Severity::Warning));
    assert_eq!(severities("peak: 2x, growth: 1% / year"), found(sysdesign::Severity::Warning));
}

#[test]
fn more_copies_are_no_advice_where_every_copy_takes_every_write() {
    let design = "
components:
  browser: { kind: client }
  app: { kind: service }
  links: { kind: database, replicas: 3, replication: leader-follower, capacity: { read: 10k rps, write: 1k rps } }
flows:
  shorten:
    rate: 1200 / s
    steps:
      - browser -> app: POST /links
      - app -> links: insert the link
        operation: write
";
    let run = Example::parse(design).run();
    let overloaded = run.findings.iter().find(|found| found.rule == "overloaded").expect("it is overloaded");
    let help = overloaded.help.as_deref().unwrap_or_default();
    assert!(help.contains("`shards: 2`"), "{help}");
}
