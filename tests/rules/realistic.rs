//! Designs as people write them: what is right is not reported, what is wrong is.

use crate::example::Example;

/// Checks a text like the examples of rules, whose caret lines are all that is found in it.
fn check(block: &str) {
    let example = Example::parse(block);
    let run = example.run();
    assert_eq!(run.places(), example.expected, "{block}\n{}", run.text());
}

#[test]
fn a_flow_may_begin_with_several_ways() {
    check(
        "
components:
  first: { kind: worker }
  second: { kind: worker }
  other: { kind: worker }
  links: { kind: database }
flows:
  clean:
    rate: 1 / s
    steps:
      - parallel:
          - first -> links: read
          - second -> links: write
      - other -> links: read
#       ^^^^^ step-without-connection
",
    );
}

#[test]
fn what_observes_or_runs_on_a_schedule_acts_by_itself() {
    check(
        "
components:
  browser: { kind: client }
  app: { kind: service }
  watch: { kind: monitoring }
  tidy: { kind: service, every: 1 hour }
flows:
  open: { rate: 1 / s, steps: [browser -> app, watch -> app, tidy -> app] }
  clean: { steps: [tidy -> app] }
",
    );
}

#[test]
fn who_takes_from_a_queue_is_reached_by_what_was_put_there() {
    check(
        "
components:
  browser: { kind: client }
  jobs: { kind: queue }
  worker: { kind: worker, uses: [jobs, links] }
  links: { kind: database }
flows:
  open: { rate: 1 / s, steps: [browser ~> jobs] }
",
    );
}

#[test]
fn a_technology_may_play_any_of_its_roles_until_the_kind_says_which() {
    check(
        "
components:
  browser: { kind: client }
  app: { kind: service }
  events: { tech: redis, delivery: at-least-once }
  hot: { kind: cache, tech: redis, delivery: at-least-once }
#                                  ^^^^^^^^ kind-cannot-do-that
flows:
  open: { rate: 1 / s, steps: [browser -> app, app -> events, app -> hot] }
",
    );
}

#[test]
fn what_only_a_variant_uses_is_used() {
    check(
        "
assumptions:
  copies: 10
  nothing: 10
# ^^^^^^^ unused-assumption
components:
  browser: { kind: client }
  app: { kind: service }
  hot: { kind: cache }
flows:
  open: { rate: 1 / s, steps: [browser -> app] }
variants:
  large:
    components: { app: { replicas: copies } }
    flows: { open: { steps: [browser -> app, app -> hot] } }
",
    );
}

#[test]
fn a_variant_adds_to_what_a_bare_word_says() {
    check(
        "
components:
  browser: client
  app: service
flows:
  open: { rate: 1 / s, steps: [browser -> app] }
variants:
  large: { components: { app: { replicas: 2, hit_ratio: 90% } } }
#                                            ^^^^^^^^^ kind-cannot-do-that
  cached: { components: { app: { kind: cdn, hit_ratio: 90% } } }
",
    );
}

#[test]
fn the_text_of_a_step_in_quotes_is_a_text() {
    check(
        "
components:
  browser: { kind: client }
  app: { kind: service }
flows:
  open: { rate: 1 / s, steps: [\"browser -> app: TODO open it\"] }
#                                               ^^^^ placeholder-text
",
    );
}
