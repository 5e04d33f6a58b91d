//! Twenty realistic designs with known flaws, written before the rules were tuned on them.
//!
//! `x-flaws` of a design names the flaws that were put in: rule, and where. `x-kept` names every further finding, with the
//! reason why a reviewer would keep it. A review has to find exactly these: each flaw, and nothing that nobody argued for.

#![cfg(test)]
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests read designs"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;
use sysdesign::check::{self, Paths};
use sysdesign::spec::values::Date;
use sysdesign::{Document, NoFiles, Policy, Workspace};
use yaml_serde::Value;

/// A rule and the element that it speaks about: `components.seats`, `flows.buy`; `design` stands for the whole.
type Finding = (String, String);

fn designs() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reviews/designs");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the designs")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let name = |file: &PathBuf| file.file_stem().expect("a name").to_string_lossy().into_owned();
    files.iter().map(|file| (name(file), std::fs::read_to_string(file).expect("a design"))).collect()
}

/// What a design says of itself: the flaws that were put in, and what else is found rightly.
fn expected(name: &str, text: &str) -> (BTreeSet<Finding>, BTreeSet<Finding>) {
    let root: Value = yaml_serde::from_str(text).expect("YAML");
    let text_of = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{name}: a text")).to_owned();
    let (mut flaws, mut kept) = (BTreeSet::new(), BTreeSet::new());
    for (rule, places) in root.get("x-flaws").and_then(Value::as_mapping).expect("a design has flaws") {
        for place in places.as_sequence().unwrap_or_else(|| panic!("{name}: a list of places")) {
            flaws.insert((text_of(rule), text_of(place)));
        }
    }
    for (rule, places) in root.get("x-kept").and_then(Value::as_mapping).into_iter().flatten() {
        for (place, why) in places.as_mapping().unwrap_or_else(|| panic!("{name}: places with reasons")) {
            assert!(text_of(why).len() > 20, "{name}: {why:?} is no reason");
            kept.insert((text_of(rule), text_of(place)));
        }
    }
    (flaws, kept)
}

/// What the review finds, each with its message.
fn found(name: &str, text: &str) -> BTreeMap<Finding, String> {
    let mut workspace = Workspace::new();
    let document = Document { identity: name.into(), name: format!("{name}.yaml"), bytes: text.into() };
    workspace.add_design(document, &mut NoFiles);
    let today = Some(Date { year: 2026, month: 11, day: 20 });
    let policy = Policy { today, ..Policy::default() };
    let design = &workspace.designs()[0];
    let outcome = check::check(&workspace, design, &policy);
    let paths = Paths::new(&workspace, design.files.iter().copied());
    let element = |path: &str| match path.split(['.', '[']).collect::<Vec<_>>().as_slice() {
        [section, id, ..] => format!("{section}.{id}"),
        _ => "design".to_owned(),
    };
    let findings = outcome.findings.iter();
    findings.map(|it| ((it.rule.to_string(), element(&paths.path_at(it.span))), it.message.clone())).collect()
}

#[test]
fn the_review_finds_every_flaw_and_nothing_that_nobody_argued_for() {
    let mut report = String::new();
    for (name, text) in designs() {
        let (flaws, kept) = expected(&name, &text);
        let found = found(&name, &text);
        let is_expected = |it: &Finding| flaws.contains(it) || kept.contains(it);
        for (rule, place) in flaws.union(&kept).filter(|it| !found.contains_key(it)) {
            writeln!(report, "{name}: not found: {rule} at {place}").expect("a String grows");
        }
        for ((rule, place), message) in found.iter().filter(|(it, _)| !is_expected(it)) {
            writeln!(report, "{name}: nobody argued for: {rule} at {place}: {message}")
                .expect("a String grows");
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn there_are_twenty_designs_with_two_to_six_flaws_each() {
    let designs = designs();
    assert!(designs.len() >= 20, "{}", designs.len());
    for (name, text) in designs {
        let count = expected(&name, &text).0.len();
        assert!((2..=6).contains(&count), "{name}: {count} flaws");
    }
}
