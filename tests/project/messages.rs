//! Messages and judgements that writing the examples showed to be wrong.

use crate::support::{empty_folder, sysdesign};

/// The findings of a design, a line each.
fn check(name: &str, text: &str) -> Vec<String> {
    let folder = empty_folder(name);
    let text = format!("sysdesign: 1\nname: Test\n{text}");
    std::fs::write(folder.join("design.yaml"), text).expect("a file can be written");
    let ran = sysdesign(&folder, &["validate", "design.yaml", "--quiet"]);
    let findings = ran.said.lines().filter_map(|line| line.strip_prefix("design.yaml:"));
    findings.map(str::to_owned).collect()
}

#[test]
fn a_comma_that_cuts_a_text_is_named() {
    let found = check("comma", "components: { a: { kind: service, description: Takes this, and that } }\n");
    assert_eq!(
        found,
        ["3:60: error[unknown-key]: `and that` is neither a key nor part of the text before it"]
    );
    let found = check("comma-field", "data: { a: { fields: { role: enum(x, y) } } }\n");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[1].ends_with("`y)` is neither a key nor part of the text before it"), "{found:?}");
}

#[test]
fn an_unknown_key_with_a_value_is_not_taken_for_the_end_of_a_text() {
    let found = check("no-comma", "components: { a: { kind: service, color: red } }\n");
    assert_eq!(found, ["3:35: error[unknown-key]: unknown key `color` in a component"]);
    let found = check("no-comma-block", "components:\n  a b:\n  c: service\n");
    assert_eq!(found, ["4:3: error[invalid-id]: `a b` cannot be an id"]);
}

#[test]
fn a_dead_letter_queue_and_a_session_store_are_connected() {
    let found = check(
        "connected",
        "components:\n  browser: client\n  app: { kind: service, sessions: store }\n  store: cache\n  \
         jobs: { kind: queue, dead_letter: failed }\n  failed: queue\nflows:\n  go: { steps: [\"browser -> app: go\", \"app ~> jobs: later\"] }\n",
    );
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_variant_may_take_out_what_a_view_shows_and_what_an_assumption_is_for() {
    let design = "assumptions: { hits: 90% }\ncomponents: { browser: client, app: service, hot: cache }\nflows:\n  \
        go:\n    steps:\n      - browser -> app: go\n      - chance: hits\n        steps: [\"app -> hot: look up\"]\n\
        views: { all: { include: [app, hot] } }\nvariants:\n  no_cache:\n    components: { hot: null }\n    flows: { go: { steps: [\"browser -> app: go\"] } }\n";
    assert_eq!(check("variant", design), Vec::<String>::new());
    let with_leftover = format!("{design}    assumptions: {{ spare: 3 }}\n");
    let found = check("variant-leftover", &with_leftover);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("nothing uses the assumption `spare`"), "{found:?}");
}
