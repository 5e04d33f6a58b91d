//! Every example finds what its carets say and nothing else; every mended version is silent.

use crate::example::{Example, Place, Run};
use crate::rules_to_check;
use std::fmt::Write;
use sysdesign::rules::Rule;

/// The blocks under a heading of a rule.
fn blocks(rule: &Rule, heading: &str) -> Vec<String> {
    rule.examples(heading)
}

/// What differs, with the whole report, so that carets can be corrected without a debugger.
fn differences(block: &str, expected: &[Place], run: &Run) -> Option<String> {
    let found = run.places();
    if found == expected {
        return None;
    }
    let mut text = format!("{block}\n");
    for place in expected.iter().filter(|place| !found.contains(place)) {
        writeln!(text, "asserted, but not found: {place:?}").expect("a String grows");
    }
    for place in found.iter().filter(|place| !expected.contains(place)) {
        writeln!(text, "found, but not asserted: {place:?}").expect("a String grows");
    }
    if found.len() != expected.len() {
        writeln!(text, "{} findings, {} caret lines", found.len(), expected.len()).expect("a String grows");
    }
    Some(text + "\n" + &run.text())
}

fn check_all(heading: &str) {
    let mut failures = Vec::new();
    for rule in rules_to_check() {
        for block in blocks(rule, heading) {
            let example = Example::parse(&block);
            if let Some(text) = differences(&block, &example.expected, &example.run()) {
                failures.push(format!("\n=== {} · {heading}\n{text}", rule.name));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.concat());
}

#[test]
fn examples_find_exactly_what_their_carets_say() {
    check_all("Example");
}

#[test]
fn mended_examples_are_silent_under_all_rules() {
    for rule in rules_to_check() {
        for block in blocks(rule, "Instead") {
            assert!(Example::parse(&block).expected.is_empty(), "{}: carets under Instead", rule.name);
        }
    }
    check_all("Instead");
}

#[test]
fn every_rule_fires_in_each_of_its_examples() {
    for rule in rules_to_check() {
        let examples = blocks(rule, "Example");
        assert!(!examples.is_empty(), "{} has no example", rule.name);
        for block in examples {
            let expected = Example::parse(&block).expected;
            assert!(expected.iter().any(|place| place.rule == rule.name), "{}:\n{block}", rule.name);
        }
    }
}

#[test]
fn findings_have_the_severity_that_their_rule_promises() {
    for block in rules_to_check().flat_map(|rule| blocks(rule, "Example")) {
        for finding in Example::parse(&block).run().findings {
            let rule = sysdesign::rules::find(&finding.rule).expect("a rule that is listed");
            assert_eq!(finding.severity, rule.severity, "{}: {}", rule.name, finding.message);
        }
    }
}

#[test]
fn findings_help_and_are_written_in_the_house_style() {
    for block in rules_to_check().flat_map(|rule| blocks(rule, "Example")) {
        for finding in Example::parse(&block).run().findings {
            let (rule, message) = (&finding.rule, &finding.message);
            assert!(finding.help.is_some(), "{rule} gives no help: {message}");
            let texts = [Some(message), finding.help.as_ref(), finding.label.as_ref()];
            let related = finding.related.iter().map(|second| &second.message);
            for text in texts.into_iter().flatten().chain(related) {
                assert!(!text.ends_with('.') || text.ends_with(".."), "{rule}: a full stop ends `{text}`");
                assert!(!text.is_empty(), "{rule}: an empty text");
            }
            // Names such as `YAML`, and of technologies, are written as their makers write them.
            let first = message.split(' ').next().unwrap_or_default();
            let is_name = first == "YAML" || rule == "technology-does-not-fit-kind";
            assert!(is_name || !first.starts_with(char::is_uppercase), "{rule}: {message}");
        }
    }
}
