//! `allow:` beside what it is about.

use crate::support::{Folder, Run, design};

fn check(body: &str) -> Run {
    Folder::with(&design(body)).validate(&["--fail-on", "never", "a.yaml"]).exits(0)
}

const ALLOW: &str = "allow: [{ rule: unused-component, reason: Kept for the migration }]";

#[test]
fn it_silences_what_is_found_there_and_nothing_else() {
    let body = |allow: &str| {
        format!(
            "components:\n  browser: client\n  app: service\n  old: {{ kind: service, {allow} }}\n  older: service\n\
             flows: {{ visit: {{ rate: 1 rps, steps: [browser -> app] }} }}\n"
        )
    };
    assert_eq!(check(&body("")).places(), ["unused-component 7:3", "unused-component 8:3"]);
    assert_eq!(check(&body(ALLOW)).places(), ["unused-component 8:3"]);
}

#[test]
fn it_can_stand_beside_all_that_has_an_id() {
    let text = "name: \"left \\u200E over\"";
    let allow = "allow: [{ rule: misleading-text, reason: Comes from the vendor }]";
    for (before, after) in [
        ("components: { app: { kind: service, ", " } }"),
        ("components: { app: service }\ngroups: { all: { contains: app, ", " } }"),
        ("components: { app: service }\ngroups: { all: { groups: { inner: { contains: app, ", " } } } }"),
        ("components: { app: database }\ndata: { link: { stored_in: app, size: 1 KB, ", " } }"),
        (
            "components: { app: service }\napis: { get: { request: GET /, handled_by: app, rate: 1 rps, ",
            " } }",
        ),
        (
            "components: { app: service, b: service }\nflows: { visit: { rate: 1 rps, steps: [app -> b], ",
            " } }",
        ),
    ] {
        let found = check(&format!("{before}{text}{after}\n"));
        assert!(found.out.contains("misleading-text"), "{before}: {}", found.out);
        let found = check(&format!("{before}{text}, {allow}{after}\n"));
        assert!(
            !found.out.contains("misleading-text") && !found.out.contains("allow"),
            "{before}: {}",
            found.out
        );
    }
    let found = check(
        "requirements: { fast: { text: \"left \\u200E over\", allow: [{ rule: misleading-text, reason: Known }] } }\n",
    );
    assert!(!found.out.contains("misleading-text"), "{}", found.out);
}

#[test]
fn unused_and_expired_ones_are_told() {
    let body = "components:\n  browser: client\n  app:\n    kind: service\n    allow:\n      - { rule: unused-component, reason: Later }\n\
                flows: { visit: { rate: 1 rps, steps: [browser -> app] } }\n";
    assert_eq!(check(body).places(), ["unused-allow 9:17"]);
    let body = "components:\n  app:\n    kind: service\n    description: \"left \\u200E over\"\n    allow:\n      \
                - { rule: misleading-text, reason: Later, until: 2020-01-31 }\n";
    assert_eq!(check(body).places(), ["misleading-text 7:24", "expired-allow 9:56"]);
}

#[test]
fn rules_that_are_none_and_reasons_that_are_missing_are_told() {
    let body = |allow: &str| format!("components: {{ app: {{ kind: service, allow: [{allow}] }} }}\n");
    let found = check(&body("{ rule: unused-componet, reason: Later }"));
    assert!(found.out.contains("unknown-rule"), "{}", found.out);
    assert!(check(&body("{ rule: unused-component }")).out.contains("missing-key"));
    assert!(check(&body("{ rule: unused-component, reason: ' ' }")).out.contains("gives no reason"));
    assert!(
        check(&body("{ rule: unused-component, reason: x, on: components.app }")).out.contains("unknown-key")
    );
}

#[test]
fn in_a_variant_it_counts_for_what_the_variant_says() {
    let body = "components: { browser: client, app: service }\nflows: { visit: { rate: 1 rps, steps: [browser -> app] } }\n\
                variants:\n  big:\n    components:\n      app:\n        description: \"left \\u200E over\"\n";
    assert!(check(body).out.contains("misleading-text"));
    let allowed = format!("{body}        allow: [{{ rule: misleading-text, reason: Known }}]\n");
    assert_eq!(check(&allowed).places(), [""; 0]);
    let unused = format!("{body}        allow: [{{ rule: unused-component, reason: Known }}]\n");
    assert!(check(&unused).out.contains("unused-allow"));
}
