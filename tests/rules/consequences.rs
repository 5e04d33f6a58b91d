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
