//! What people write by habit, from other tools or from speech: it is one mistake, and the help leads on.

use sysdesign::{Document, NoFiles, Policy, Workspace, check};

/// Checks all errors of a design that goes on with `text`: what each says, and what to write instead.
fn check(text: &str, expected: &[(&str, &str)]) {
    let text = format!("sysdesign: 1\nname: X\n{text}");
    let mut workspace = Workspace::new();
    let document = Document { identity: "x".into(), name: "x.yaml".into(), bytes: text.clone().into() };
    workspace.add_design(document, &mut NoFiles);
    let outcome = check::check(&workspace, &workspace.designs()[0], &Policy::default());
    let errors = outcome.findings.iter().filter(|finding| finding.severity == sysdesign::Severity::Error);
    let said: Vec<(&str, &str)> =
        errors.map(|finding| (&*finding.message, finding.help.as_deref().unwrap_or_default())).collect();
    assert_eq!(said, expected, "{text}");
}

#[test]
fn keys_of_other_tools_are_understood() {
    check(
        "components:\n  app: { type: service, instances: 3 }\n",
        &[
            ("unknown key `type` in a component", "did you mean `kind`?"),
            ("unknown key `instances` in a component", "did you mean `replicas`?"),
        ],
    );
    check("description: Y\n", &[("unknown key `description` in a design", "did you mean `summary`?")]);
}

#[test]
fn kinds_have_other_names() {
    check(
        "components:\n  a: { kind: message queue }\n  b: { kind: db, replication: master-slave }\n  c: microservice\n",
        &[
            ("there is no kind `message queue`", "did you mean `queue`?"),
            ("there is no kind `db`", "did you mean `database`?"),
            ("`master-slave` is not a kind of replication", "did you mean `leader-follower`?"),
            ("there is no kind `microservice`", "did you mean `service`?"),
        ],
    );
}

#[test]
fn yes_is_true_also_where_more_may_be_said() {
    let wrong = "expected true or false, found `yes`";
    let help = "write `true`, without quotes";
    check("components:\n  app: { kind: database, encryption: yes }\n", &[(wrong, help)]);
    check(
        "components:\n  app: client\n  db: database\nflows:\n  a:\n    steps:\n      - app -> db: x\n        times: 3\n        parallel: yes\n",
        &[(wrong, help)],
    );
}

#[test]
fn the_percent_sign_is_offered_for_numbers_only() {
    let help = "write a share from 0% to 100%";
    check(
        "assumptions:\n  odd: 15\ncomponents:\n  app: { kind: cache, hit_ratio: odd }\n",
        &[("`odd` is more than 1, which stands for 100%", help)],
    );
    check(
        "components:\n  app: { kind: cache, hit_ratio: 90 }\n",
        &[("`90` is more than 1, which stands for 100%", "write `90%` or a number from 0 to 1")],
    );
}

#[test]
fn a_colon_in_a_list_of_texts_wants_quotes() {
    check(
        "decisions:\n  mq:\n    text: We use Kafka\n    alternatives:\n      - RabbitMQ: no replay\n",
        &[(
            "expected a text, found a map of keys and values",
            "put a text with a colon in quotes: `\"RabbitMQ: no replay\"`",
        )],
    );
}

#[test]
fn a_value_in_place_of_a_map_is_led_to_its_key() {
    let steps = "write it under the key `steps`; the keys are: name, description, api, every, on, rate, users, think_time …";
    check(
        "flows:\n  a:\n    - x -> y\n",
        &[("expected a flow: a map of keys and values, found a list", steps)],
    );
    check(
        "components:\n  a: client\n  b: service\nflows:\n  f:\n    steps:\n      - a -> b: x\n        retries: 3\n",
        &[(
            "expected a retry policy: a map of keys and values, found a number",
            "write it under the key `attempts`; the keys are: attempts, backoff, pause, jitter, budget",
        )],
    );
    check(
        "components:\n  app:\n    - kind: service\n    - replicas: 3\n",
        &[(
            "expected a component: its kind, or a map of keys and values, found a list",
            "write its keys without dashes: `kind: …`",
        )],
    );
    check(
        "components:\n  - name: player\n    kind: client\n",
        &[(
            "expected a map of names and what they stand for, found a list",
            "write each as a key with what it stands for, without dashes or `[`: `player: …`",
        )],
    );
}

#[test]
fn steps_that_are_no_list_are_one_mistake() {
    let text = "components:\n  a: client\n  b: service\nflows:\n  f:\n    steps: a -> b\n";
    check(text, &[("expected a list, found a text", "write it as a list: `[a -> b]`")]);
}

#[test]
fn quantities_as_they_are_spoken() {
    check("assumptions:\n  way: 5 km\n", &[("unknown unit `km`", UNITS)]);
    check("assumptions:\n  time: 1h30m\n", &[("unknown unit `h30m`", "write `1 h + 30 min`")]);
    check(
        "requirements:\n  fast: { check: flows.f.p99 < 1 s }\ncomponents:\n  a: client\n  b: service\nflows:\n  f: { steps: [a -> b] }\n",
        &[("nothing is called `flows.f.p99`", "did you mean `flows.f.latency.p99`?")],
    );
}

const UNITS: &str =
    "write a unit such as `ms`, `KB`, `rps` or `%`; what is counted is named with three letters or more";
