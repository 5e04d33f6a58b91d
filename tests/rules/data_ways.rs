//! Which way sensitive data goes: through steps, APIs and brokers, and where a rule stops asking.

use crate::example::Example;

/// Checks a text like the examples of rules, whose caret lines are all that is found in it.
fn check(block: &str) {
    let example = Example::parse(block);
    let run = example.run();
    assert_eq!(run.places(), example.expected, "{block}\n{}", run.text());
}

/// A design in which mails go by way of a broker to somebody else's system.
fn by_way_of_a_broker(person: &str, rest: &str) -> String {
    format!(
        "
rules: {{ profile: minimal, stage: sketch, sensitive-data-to-third-party: warning, sensitive-data-in-log: warning }}
components:
  app: {{ kind: service, every: 1 day }}
  mails: {{ kind: queue }}
  mailer: {{ kind: external_system }}
  watcher: {{ kind: logging }}
  people: {{ kind: database }}
data:
  person: {{ {person}, stored_in: people }}
flows:
  tell:
    steps:
      - {{ app -> people: whom?, reads: [person] }}
      - {{ app ~> mails: tell them, writes: [person] }}
{rest}"
    )
}

const PERSONAL: &str = "size: 1 KB, sensitivity: personal";

#[test]
fn what_is_put_into_a_broker_gets_to_all_who_take_from_it() {
    let takers = "#                                           ^^^^^^ sensitive-data-to-third-party
#                                           ^^^^^^ sensitive-data-in-log
  send:
    on: mails
    steps: [mailer -> mails]
  watch:
    steps: [{ watcher -> mails: take, operation: consume }]
";
    check(&by_way_of_a_broker(PERSONAL, takers));
}

#[test]
fn who_puts_something_into_a_broker_gets_nothing_from_it() {
    check(&by_way_of_a_broker(
        PERSONAL,
        "  ask:
    steps: [mailer -> mails, { watcher -> mails: publish, operation: publish }]
",
    ));
}

#[test]
fn a_decision_about_the_system_or_the_data_answers_for_it() {
    for affected in ["components.mailer", "data.person"] {
        check(&by_way_of_a_broker(
            PERSONAL,
            &format!(
                "  send:
    on: mails
    steps: [mailer -> mails]
decisions:
  mail: {{ text: Others send our mail under a contract, affects: [{affected}] }}
"
            ),
        ));
    }
}

#[test]
fn what_is_encrypted_field_by_field_may_go_anywhere() {
    let person = "fields: { id: \"uuid, key\", email: \"string(100), personal, encrypted\" }";
    check(&by_way_of_a_broker(
        person,
        "  send:
    on: mails
    steps: [mailer -> mails]
",
    ));
}

#[test]
fn a_field_makes_the_whole_record_sensitive() {
    let person = "fields: { id: \"uuid, key\", email: { type: string(100), personal: true } }";
    check(&by_way_of_a_broker(
        person,
        "#                                           ^^^^^^ sensitive-data-to-third-party
  send:
    on: mails
    steps: [mailer -> mails]
",
    ));
}

#[test]
fn encryption_may_end_behind_a_firewall() {
    let design = |app: &str, carets: &str| {
        format!(
            "
rules: {{ profile: minimal, stage: sketch, unencrypted-in-transit: warning }}
components:
  browser: {{ kind: client }}
  wall: {{ kind: firewall }}
  app: {{ kind: service{app} }}
apis:
  me: {{ request: GET /me, handled_by: app, auth: session }}
flows:
  me:
    api: me
    steps:
      - browser -> wall -> app: GET /me
{carets}"
        )
    };
    check(&design(", encryption: { in_transit: true }", ""));
    check(&design("", "#                  ^^^^ unencrypted-in-transit\n"));
}

#[test]
fn a_content_network_that_checks_each_request_may_hold_personal_files() {
    let design = |auth: &str, carets: &str| {
        format!(
            "
rules: {{ profile: minimal, stage: sketch, sensitive-data-in-shared-cache: warning }}
components:
  phone: {{ kind: mobile_app }}
  edge: {{ kind: cdn }}
  files: {{ kind: object_store }}
data:
  scan: {{ size: 1 MB, stored_in: files, cached_in: edge, sensitivity: personal }}
{carets}apis:
  see: {{ request: \"GET /scans/{{id}}\", handled_by: edge, auth: {auth}, returns: [scan] }}
flows:
  see: {{ api: see, steps: [phone -> edge -> files] }}
"
        )
    };
    check(&design("hmac", ""));
    let found = Example::parse(&design("none", "")).run().places();
    assert!(found.iter().any(|place| place.rule == "sensitive-data-in-shared-cache"), "{found:?}");
}
