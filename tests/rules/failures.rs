//! What rules of reliability and consistency are silent about, and the findings beside it that they must not miss.

use crate::example::Example;

/// Checks a text like the examples of rules, by the rules that it names alone.
fn check(block: &str) {
    let example = Example::parse(block);
    let run = example.run();
    assert_eq!(run.places(), example.expected, "{block}\n{}", run.text());
}

#[test]
fn what_is_asked_after_a_miss_has_the_time_of_the_caller_and_not_of_the_look_up() {
    check(
        "
rules: { profile: minimal, timeout-above-callers: warning }
components:
  browser: { kind: client }
  app: { kind: service }
  hot: { kind: cache, hit_ratio: 90% }
  orders: { kind: database }
flows:
  read:
    rate: 10 / s
    steps:
      - browser -> app: GET /orders
        timeout: 1 s
      - app -> hot: look it up
        timeout: 10 ms
        on_miss:
          - app -> orders: select
            timeout: 500 ms
  slow:
    rate: 10 / s
    steps:
      - browser -> app: GET /orders
        timeout: 1 s
      - app -> hot: look it up
        timeout: 10 ms
        on_miss:
          - app -> orders: select
            timeout: 2 s
#                    ^^^ timeout-above-callers
  in_pieces:
    rate: 10 / s
    steps:
      - browser -> app: GET /orders
        timeout: 1 s
      - app -> orders: select
        timeout: 400 ms
#                ^^^^^^ timeout-above-callers
        retries: { attempts: 3, backoff: constant, pause: 10 ms }
",
    );
}

#[test]
fn two_writes_of_which_only_one_is_made_need_nothing_to_keep_them_in_step() {
    check(
        "
rules: { profile: minimal, dual-write: warning }
components:
  browser: { kind: client }
  app: { kind: service }
  mails: { kind: database }
  letters: { kind: document_store }
  events: { kind: stream }
flows:
  send:
    rate: 10 / s
    steps:
      - browser -> app: POST /messages
      - either:
          - chance: 50%
            steps:
              - app -> mails: insert
                operation: write
          - steps:
              - app -> letters: insert
                operation: write
      - app ~> events: it was sent
        optional: true
  send_both:
    rate: 10 / s
    steps:
      - browser -> app: POST /messages
      - either:
          - chance: 50%
            steps:
              - app -> mails: insert
                operation: write
              - app -> letters: insert
#                      ^^^^^^^ dual-write
                operation: write
          - steps:
              - app -> letters: insert
                operation: write
",
    );
}

#[test]
fn a_consumer_that_does_no_harm_by_doing_all_again_may_write_to_two_places() {
    let design = |idempotent: &str, carets: &str| {
        format!(
            "
rules: {{ profile: minimal, dual-write: warning }}
components:
  browser: {{ kind: client }}
  jobs: {{ kind: queue }}
  worker: {{ kind: worker }}
  orders: {{ kind: database }}
  events: {{ kind: stream }}
flows:
  ask: {{ rate: 10 / s, steps: [browser ~> jobs] }}
  work:
    on: jobs
    steps:
      - jobs ~> worker
      - worker -> orders: insert
        operation: write
        idempotent: {idempotent}
      - worker ~> events: done
{carets}
"
        )
    };
    check(&design("true", ""));
    check(&design("false", "#                 ^^^^^^ dual-write"));
}

#[test]
fn what_is_there_twice_or_not_needed_is_no_single_point_of_failure() {
    check(
        "
rules: { profile: minimal, single-point-of-failure: warning }
requirements:
  always_on: { text: It is there, quality: availability }
components:
  browser: { kind: client }
  app: { kind: service, replicas: 3, needed: 3 }
#                                    ^^^^^^ single-point-of-failure
  left: { kind: service, replicas: 1 }
  right: { kind: service, replicas: 1 }
  hints: { kind: service, replicas: 1 }
  queue: { kind: queue, tech: sqs }
  links: { kind: database }
# ^^^^^ single-point-of-failure
  other: { kind: database }
flows:
  open:
    rate: 10 / s
    satisfies: always_on
    steps:
      - browser -> app: GET /
      - parallel:
          - app -> left: ask
          - app -> right: ask
        wait_for: 1
      - app -> hints: ask
        optional: true
      - app ~> queue: tell
      - chance: 10%
        steps:
          - app -> links: select
  unasked: { rate: 10 / s, steps: [browser -> other] }
",
    );
}

#[test]
fn a_retry_budget_or_a_breaker_ends_the_multiplication() {
    let design = |bound: &str, carets: &str| {
        format!(
            "
rules: {{ profile: minimal, retry-amplification: warning }}
components:
  browser: {{ kind: client }}
  app: {{ kind: service }}
  orders: {{ kind: service }}
  store: {{ kind: database }}
flows:
  read:
    rate: 10 / s
    steps:
      - browser -> app: GET /orders
        retries: {{ attempts: 2 }}
      - app -> orders: get
        retries: {{ attempts: 2{bound} }}
      - orders -> store: select
        retries: {{ attempts: 2 }}
{carets}
"
        )
    };
    check(&design("", "#       ^^^^^^^ retry-amplification"));
    check(&design(", budget: 10%", ""));
}

#[test]
fn a_cache_that_is_told_of_changes_may_keep_its_copies_for_long() {
    let design = |told: &str, carets: &str| {
        format!(
            "
rules: {{ profile: minimal, ttl-longer-than-freshness: warning, cache-without-expiry-or-invalidation: warning }}
data:
  price: {{ size: 100 B, freshness: 1 minute, stored_in: prices, cached_in: hot }}
components:
  browser: {{ kind: client }}
  app: {{ kind: service }}
  hot: {{ kind: cache, ttl: 1 day }}
{carets}
  prices: {{ kind: database }}
flows:
  change:
    rate: 1 / s
    steps:
      - browser -> app: PUT /price
      - app -> prices: update
        writes: [price]
{told}
  look:
    rate: 10 / s
    steps:
      - browser -> app: GET /price
      - app -> hot: look it up
        reads: [price]
"
        )
    };
    check(&design("", "#                     ^^^ ttl-longer-than-freshness"));
    check(&design("      - app ~> hot: drop the copy", ""));
}

#[test]
fn a_sketch_is_asked_for_nothing() {
    check(
        "
rules: { undefined-rate: off }
components: { phone: mobile_app, app: service, jobs: queue, worker: worker, photos: object_store, hot: cache }
flows:
  send:
    steps: [\"phone -> app: POST /photos\", \"app -> photos: store the photo\", \"app ~> jobs: make it small\"]
  show:
    steps: [\"phone -> app: GET /photos\", \"app -> hot: look it up\", \"app -> photos: read it\"]
  work:
    on: jobs
    steps: [\"worker -> jobs: take the next\", \"worker -> photos: store the small photo\"]
",
    );
}

#[test]
fn one_zone_that_is_said_twice_is_still_one_place_and_two_machines_are_two() {
    check(
        "
rules: { profile: minimal, single-point-of-failure: warning }
requirements: { up: { text: Is up, quality: availability } }
components:
  browser: { kind: client }
  said_twice: { kind: service, zones: [a] }
# ^^^^^^^^^^ single-point-of-failure
  on_two: { kind: service, zones: [a] }
  on_pool: { kind: service }
deployment:
  regions: { eu: { zones: [a, b] } }
  nodes:
    n1: { in: a, runs: [said_twice, on_two] }
    n2: { in: a, runs: [on_two] }
    pool: { in: a, count: 3, runs: [on_pool] }
flows:
  one: { rate: 1 / s, satisfies: up, steps: [browser -> said_twice] }
  two: { rate: 1 / s, satisfies: up, steps: [browser -> on_two] }
  three: { rate: 1 / s, satisfies: up, steps: [browser -> on_pool] }
",
    );
    check(
        "
rules: { profile: minimal, replicas-in-one-zone: warning }
requirements: { up: { text: Is up, quality: availability } }
components:
  browser: { kind: client }
  app: { kind: service, replicas: 2, zones: [a] }
#                                    ^^^^^ replicas-in-one-zone
  spread: { kind: service, replicas: 2, zones: [a] }
deployment:
  regions: { eu: { zones: [a, b] } }
  nodes:
    n1: { in: a, runs: [app, spread] }
    n2: { runs: [spread] }
flows:
  one: { rate: 1 / s, satisfies: up, steps: [browser -> app] }
  two: { rate: 1 / s, satisfies: up, steps: [browser -> spread] }
",
    );
}

#[test]
fn what_a_caller_can_do_without_in_one_flow_it_can_in_another() {
    check(
        "
rules: { profile: minimal, hard-dependency-on-optional: warning }
components:
  browser: { kind: client }
  app: { kind: service }
  other: { kind: service }
  hints: { kind: service }
flows:
  home:
    rate: 10 / s
    steps:
      - browser -> app: GET /
      - app -> hints: GET /hints
        optional: true
  product:
    rate: 10 / s
    steps:
      - browser -> app: GET /product
      - app -> hints: GET /hints
#              ^^^^^ hard-dependency-on-optional
  settings:
    rate: 10 / s
    steps:
      - browser -> app: PUT /settings
      - app -> hints: PUT /settings
  elsewhere:
    rate: 10 / s
    steps:
      - browser -> other: GET /
      - other -> hints: GET /hints
",
    );
}
