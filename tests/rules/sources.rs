//! Every name that the sources report is a rule with documentation.

use crate::path;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The calls whose first argument is the name of a rule.
const CALLS: [&str; 4] = ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::new(", "Problem::new("];

/// First arguments that pass on a name which was given elsewhere, by a call in this list or a rule.
const PASSED_ON: [&str; 4] = ["rule", "problem.rule", "self.name", "name_of_own_rule"];

/// Names that stages use among themselves and that no finding ever has.
const NOT_REPORTED: [&str; 1] = ["not-computable"];

fn sources(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        let is_test = path.file_stem().is_some_and(|name| name == "tests");
        if path.is_dir() && !is_test {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") && !is_test {
            let text = std::fs::read_to_string(&path).expect("a readable file");
            found.push((path, text));
        }
    }
}

/// The constants of a file that may be names of rules.
fn constants(text: &str) -> BTreeMap<&str, &str> {
    text.lines().filter_map(constant).collect()
}

/// `const NAME: &str = "name";`
fn constant(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start().trim_start_matches("pub ").strip_prefix("const ")?;
    let (name, value) = rest.split_once(": &str = \"")?;
    Some((name, value.strip_suffix("\";")?))
}

#[test]
fn every_name_that_is_reported_is_a_rule() {
    let mut files = Vec::new();
    sources(&path("src"), &mut files);
    let problems: BTreeMap<&str, &str> = files.iter().flat_map(|(_, text)| constants(text)).collect();
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut calls = 0;
    for (path, text) in &files {
        let own = constants(text);
        for at in CALLS.iter().flat_map(|call| text.match_indices(call)).map(|(at, call)| at + call.len()) {
            let argument = text
                .get(at..)
                .unwrap_or_default()
                .trim_start()
                .split([',', ')'])
                .next()
                .unwrap_or_default()
                .trim();
            let argument = argument.rsplit("::").next().unwrap_or_default();
            let known = own.get(argument).or_else(|| problems.get(argument)).copied();
            let literal = argument.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            if PASSED_ON.contains(&argument) {
                continue;
            }
            let name = literal.or(known);
            names.insert(name.unwrap_or_else(|| panic!("{}: which rule is `{argument}`?", path.display())));
            calls += 1;
        }
    }
    assert!(calls > 50, "the scan finds the calls: {calls}");
    let unknown: Vec<&str> = names
        .into_iter()
        .filter(|name| sysdesign::rules::find(name).is_none() && !NOT_REPORTED.contains(name))
        .collect();
    assert_eq!(unknown, Vec::<&str>::new(), "these names are reported and have no file in src/rules");
}
