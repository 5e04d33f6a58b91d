//! From what is asked for to what is built and back: what counts as a trace, and what does not.

use crate::example::check;

#[test]
fn a_requirement_is_met_by_flows_use_cases_decisions_and_numbers() {
    check(
        "
rules: { requirement-without-flow: warning, flow-without-requirement: warning }
requirements:
  by_flow: Users open pages
  by_use_case: Users sign in
  by_decision: There is one program
  by_number: { check: flows.load.availability > 90% }
  ruled_out: { text: Users print pages, priority: wont }
  by_nothing: Users export pages
# ^^^^^^^^^^ requirement-without-flow
components:
  browser: client
  app: { kind: service, availability: 99%, use_cases: { sign_in: { text: Sign in, satisfies: by_use_case } } }
flows:
  open: { satisfies: by_flow, steps: [browser -> app] }
  load: { steps: [browser -> app] }
  rest: { steps: [browser -> app] }
# ^^^^ flow-without-requirement
decisions:
  one: { text: One program, affects: [requirements.by_decision] }
",
    );
}

#[test]
fn nothing_is_traced_before_one_flow_says_what_it_is_for() {
    check(
        "
rules: { requirement-without-flow: warning, flow-without-requirement: warning, api-without-flow: warning }
requirements:
  open: Users open pages
components:
  browser: client
  app: service
apis:
  open: { request: GET /, handled_by: app }
flows:
  open: { steps: [browser -> app] }
",
    );
}

#[test]
fn a_step_may_leave_out_the_prefix_and_say_more() {
    check(
        "
components:
  browser: client
  edge: load_balancer
  app: service
apis:
  list: { request: \"GET /v1/links/{id}?full=true\", handled_by: app }
  add: { request: POST /v1/links, handled_by: app }
flows:
  look:
    api: list
    steps:
      - browser -> edge -> app: GET /links/{code} of the user
  add:
    api: add
    steps:
      - browser -> edge -> app: GET /session
      - browser -> edge -> app: POST /v1/links, with the URL
  again:
    api: add
    steps:
      - browser -> edge -> app: DELETE /v1/links
#                               ^^^^^^^^^^^^^^^^ step-differs-from-api
",
    );
}

#[test]
fn a_decision_is_replaced_when_the_other_one_is_accepted() {
    check(
        "
components:
  app: service
decisions:
  a: { text: One, status: accepted, superseded_by: b }
  b: { text: Two, status: proposed }
  c: { text: Three, status: superseded, superseded_by: d }
  d: { text: Four, status: accepted }
  e: { text: Five, status: accepted, superseded_by: d }
#                          ^^^^^^^^ superseded-decision-in-force
  f: { text: Six, supersedes: f }
# ^ decisions-in-a-circle
",
    );
}

#[test]
fn an_owner_answers_for_all_that_is_in_the_group() {
    let design = |owner: &str, carets: &str| {
        format!(
            "
rules: {{ component-without-owner: warning }}
{owner}components:
  browser: client
  app: service
  store: database
  search: service
{carets}  bank: external_system
groups:
  all: {{ owner: us, contains: inner }}
  inner: {{ contains: [app, store] }}
flows:
  open: {{ steps: [browser -> app, app -> store, app -> search, app -> bank] }}
"
        )
    };
    check(&design("", "# ^^^^^^ component-without-owner\n"));
    check(&design("owner: everybody\n", ""));
}

#[test]
fn calls_count_once_where_one_flow_has_a_rate_of_its_own() {
    check(
        "
components:
  browser: client
  app: service
apis:
  a: { request: GET /, handled_by: app, rate: 1 / s }
  b: { request: POST /, handled_by: app }
flows:
  one: { api: a, steps: [browser -> app] }
  two: { rate: 1 / s, steps: [browser -> app] }
  three: { api: a, steps: [browser -> app] }
#               ^ api-counted-twice
",
    );
}

#[test]
fn a_number_in_words_is_a_number() {
    check(
        "
rules: { quality-requirement-without-number: warning }
requirements:
  a: { text: Pages appear within half a second, quality: performance }
  b: { text: Nobody sees what others wrote, quality: security }
  c: { text: The kitchen serves breakfast }
  d: { text: Answers come quickly }
#                         ^^^^^^^ quality-requirement-without-number
  e: { text: Answers come quickly, priority: wont }
  f: { text: It is always there, quality: availability }
# ^ quality-requirement-without-number
components:
  app: service
",
    );
}

#[test]
fn a_question_is_late_on_the_day_after_and_not_before() {
    check(
        "
components:
  app: service
open_questions:
  today: { text: What is it?, due: 2026-11-20 }
  yesterday: { text: What was it?, due: 2026-11-19 }
#                                       ^^^^^^^^^^ open-question-past-due
",
    );
}
