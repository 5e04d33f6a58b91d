//! Every case of the YAML test suite against [`sysdesign::syntax::parse`].
//!
//! `verdicts.txt` says for each case what we do with it: `same` means that we accept it and read what the suite
//! reads; `refused` that it is good YAML which a design may not use, and by which rule; `invalid` that the suite
//! and we both find it broken. To write the file anew after a wanted change, and look at the difference:
//!
//! ```text
//! YAML_SUITE=write cargo test --test yaml_suite && git diff tests/yaml_suite/verdicts.txt
//! ```

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops at what it does not expect"
)]

mod case;
mod meaning;
mod mutate;
mod saphyr;

use case::Case;
use std::collections::BTreeMap;
use std::path::Path;
use sysdesign::source::{SourceFile, Sources};
use sysdesign::syntax::{Tree, decode, parse};

const VERDICTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/yaml_suite/verdicts.txt");
const SUITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/yaml-test-suite");

/// What we made of a text.
enum Reading {
    Accepted(Sources, Tree),
    Refused(Vec<String>),
}

fn read(text: &str) -> Reading {
    let mut sources = Sources::new();
    let decoded = decode(text.as_bytes().to_vec());
    assert_eq!(decoded.problem, None, "the suite is UTF-8");
    let file = sources.add(SourceFile::new("case.yaml", decoded.text)).unwrap();
    let parsed = parse(&sources, file);
    if parsed.diagnostics.is_empty() && parsed.complete {
        return Reading::Accepted(sources, parsed.tree);
    }
    let mut rules: Vec<_> = parsed.diagnostics.iter().map(|finding| finding.rule.to_string()).collect();
    assert!(!rules.is_empty(), "something is missing from {text:?}, but nothing was said");
    rules.sort();
    rules.dedup();
    Reading::Refused(rules)
}

/// Our verdict on a case; an error is one that must not stand in the file.
fn verdict(case: &Case) -> Result<String, String> {
    match read(&case.yaml) {
        Reading::Accepted(..) if case.fails => Err("accepted, but the suite calls it invalid".into()),
        Reading::Accepted(sources, tree) => meaning::compare(case, &sources, &tree).map(|()| "same".into()),
        Reading::Refused(_) if case.fails => Ok("invalid".into()),
        Reading::Refused(rules) if rules.iter().any(|rule| rule == "yaml-syntax") => {
            Err("the suite calls it valid, but we call it broken YAML".into())
        }
        Reading::Refused(rules) => Ok(format!("refused: {}", rules.join(", "))),
    }
}

/// The cases, or nothing where the suite is not installed. In CI it has to be.
fn suite() -> Vec<Case> {
    if !Path::new(SUITE).is_dir() {
        assert!(
            variable("CI").is_none_or(|ci| ci.is_empty()),
            "no YAML test suite: run .ci/install-yaml-suite"
        );
        println!("skipped: no YAML test suite; .ci/install-yaml-suite gets it");
        return Vec::new();
    }
    let cases = case::load(Path::new(SUITE));
    assert!(cases.len() >= 402, "only {} cases", cases.len());
    cases
}

#[expect(clippy::disallowed_methods, reason = "how the test is run is told by the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the verdicts are a file beside the test")]
fn every_case_has_its_verdict() {
    let cases = suite();
    if cases.is_empty() {
        return;
    }
    let mut wrong = Vec::new();
    let mut lines = String::new();
    let written = std::fs::read_to_string(VERDICTS).unwrap_or_default();
    let mut expected: BTreeMap<_, _> = written.lines().filter_map(|line| line.split_once(' ')).collect();
    for case in &cases {
        match verdict(case) {
            Ok(verdict) => {
                match expected.remove(&*case.id) {
                    Some(old) if old == verdict => {}
                    Some(old) => wrong.push(format!("{}: {verdict}, not {old}\n{}", case.id, case.yaml)),
                    None => wrong.push(format!("{}: {verdict}, but it has no line\n{}", case.id, case.yaml)),
                }
                lines.push_str(&format!("{} {verdict}\n", case.id));
            }
            Err(error) => panic!("{}: {error}\n{}", case.id, case.yaml),
        }
    }
    wrong.extend(expected.keys().map(|id| format!("{id}: no such case in the suite")));
    if variable("YAML_SUITE").is_some_and(|wish| wish == "write") {
        std::fs::write(VERDICTS, lines).unwrap();
        return;
    }
    assert!(
        wrong.is_empty(),
        "{} of {} verdicts are wrong:\n\n{}\n\nwhen this is wanted: YAML_SUITE=write cargo test --test yaml_suite",
        wrong.len(),
        cases.len(),
        wrong.join("\n\n"),
    );
}

/// Whether a text is accepted; then another parser must read the same.
fn agrees(text: &str, id: &str) -> bool {
    let Reading::Accepted(sources, tree) = read(text) else { return false };
    let ours = tree.root(&sources).map(meaning::of_node);
    let theirs = saphyr::read(text);
    if theirs != Ok(ours.clone()) && saphyr::is_known_weakness(text, &theirs) {
        return false;
    }
    assert_eq!(theirs, Ok(ours), "{id}\n{text:?}\n{text}");
    true
}

#[test]
fn what_we_accept_another_parser_reads_alike() {
    for case in suite() {
        agrees(&case.yaml, &case.id);
    }
}

#[test]
fn mutations_that_we_accept_another_parser_reads_alike() {
    let texts: Vec<String> =
        suite().into_iter().map(|case| case.yaml).chain([mutate::DESIGN.to_owned()]).collect();
    let mut random = mutate::Random(11);
    let (mut accepted, total) = (0, 20_000);
    for number in 0..total {
        let text = &texts[random.below(texts.len())];
        let text = mutate::mutated(text, &mut random);
        accepted += usize::from(agrees(&text, &format!("mutation {number}")));
    }
    assert!(accepted > total / 10, "only {accepted} of {total} were accepted");
}
