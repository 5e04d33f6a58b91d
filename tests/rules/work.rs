//! How much rules look at: in line with the size of the design, and no more than what is committed in `work.txt`.

use crate::path;
use std::collections::BTreeMap;
use std::fmt::Write;
use sysdesign::rules::{ALL, Case};
use sysdesign::spec::values::Date;
use sysdesign::spec::visited;
use sysdesign::{Document, NoFiles, Workspace, check};

#[path = "../../benches/support/numbers.rs"]
#[allow(dead_code, reason = "the benchmarks have designs for more than rules")]
mod numbers;

const SMALL: usize = 200;
const LARGE: usize = 1_000;

/// How many entries each rule is handed on a design of so many components.
fn visits(components: usize) -> BTreeMap<&'static str, u64> {
    let mut workspace = Workspace::new();
    let text = numbers::design(components);
    let document = Document { identity: "a".into(), name: "a.yaml".into(), bytes: text.into() };
    assert!(workspace.add_design(document, &mut NoFiles));
    let counted = check::with_model(&workspace, &workspace.designs()[0], &[], |model| {
        let case = Case::new(model, Some(Date { year: 2026, month: 11, day: 20 }));
        // What rules share is made before, so that it is no work of the first that asks.
        case.calls();
        case.numbers();
        let mut visits = BTreeMap::new();
        for rule in ALL {
            let Some(check) = rule.check else { continue };
            let before = visited::so_far();
            check(&case, &mut Vec::new());
            visits.insert(rule.name, visited::so_far() - before);
        }
        visits
    });
    counted.unwrap_or_else(|outcome| panic!("{:?}", outcome.findings))
}

#[test]
fn rules_look_at_more_only_in_line_with_the_design() {
    let (small, large) = (visits(SMALL), visits(LARGE));
    let mut steep = Vec::new();
    for (rule, few) in &small {
        let many = large[rule];
        // Five times the design, and some room for what does not grow at all.
        if many > few * 6 + 500 {
            steep.push(format!("{rule}: {few} entries of {SMALL} components, {many} of {LARGE}"));
        }
    }
    assert!(steep.is_empty(), "{steep:#?}");
}

#[test]
fn rules_look_at_no_more_than_what_is_committed() {
    let mut text = format!(
        "# Entries handed to each rule on a design of {SMALL} components; UPDATE_EXPECTED=1 writes it anew\n"
    );
    for (rule, count) in visits(SMALL) {
        writeln!(text, "{rule} {count}").expect("a String grows");
    }
    let file = path("tests/rules/work.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&file, &text).expect("a file can be written");
        return;
    }
    let committed = std::fs::read_to_string(&file).expect("the committed counts").replace("\r\n", "\n");
    assert_eq!(committed, text, "rules look at more, or less, than before: UPDATE_EXPECTED=1 writes it anew");
}
