//! The findings of a day, kept in a file, so that a later run fails on new ones only.
//!
//! A finding is recognised by its rule, its file, the place in the document without the numbers of list items, and the
//! characters underlined: lines may move, steps may be put in before it, and it stays the same finding.

use super::Report;
use super::fingerprint::Fingerprints;
use crate::diagnostic::Diagnostic;
use crate::rules::{self, Category};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const VERSION: u32 = 1;

/// A finding as it is recorded. Only the fingerprint is compared; the rest is for people, and says what it was.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The file, seen from the folder of the baseline.
    pub file: String,
    /// The dotted place in it.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// What was wrong.
    pub message: String,
    /// What it is recognised by.
    pub fingerprint: String,
}

/// What is recorded.
#[derive(Debug, Default)]
pub struct Baseline {
    /// The findings, sorted by file and place.
    pub entries: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    findings: Vec<Entry>,
}

impl Baseline {
    /// Reads the text of the file; says what is wrong when it is none.
    pub fn read(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Head {
            version: u32,
        }
        let wrong = |error: serde_json::Error| format!("is no baseline: {error}");
        match serde_json::from_str::<Head>(text).map_err(wrong)?.version {
            VERSION => {}
            other => {
                return Err(format!(
                    "is a baseline of version {other}; this program reads version {VERSION}"
                ));
            }
        }
        let file: File = serde_json::from_str(text).map_err(wrong)?;
        Ok(Self { entries: file.findings })
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let file = File { version: VERSION, findings: self.entries.clone() };
        // These types have nothing that JSON cannot hold.
        let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The fingerprints of what is recorded.
    pub fn known(&self) -> BTreeSet<&str> {
        self.entries.iter().map(|entry| &*entry.fingerprint).collect()
    }
}

/// Each finding of a run as it would be recorded, in their order. Rules of the language are never: as long as they find
/// something, others keep silent. `name_of` says how a file is seen from the baseline.
pub fn entries(report: &Report, name_of: &dyn Fn(&str) -> String) -> Vec<Option<Entry>> {
    let mut fingerprints = Fingerprints::default();
    let mut entry = |finding: &Diagnostic| {
        let rule = rules::find(&finding.rule);
        if rule.is_some_and(|rule| rule.category == Category::Language) {
            return None;
        }
        let source = report.sources.get(finding.span.file);
        let path = (report.paths)(finding.span);
        let file = name_of(source.name());
        let fingerprint = fingerprints.of(report, finding, &file, &without_numbers(&path));
        let (rule, message) = (finding.rule.to_string(), finding.message.clone());
        Some(Entry { file, path, rule, message, fingerprint })
    };
    report.findings.iter().map(&mut entry).collect()
}

/// `flows.buy.steps[3].timeout` → `flows.buy.steps[].timeout`: a step put in before moves all others.
fn without_numbers(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('[') {
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        plain.push_str(before);
        plain.push('[');
        let number = after.get(digits..).filter(|after| digits > 0 && after.starts_with(']'));
        rest = number.unwrap_or(after);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_items_go_and_keys_stay() {
        assert_eq!(
            without_numbers("flows.a1.steps[3].steps[12].timeout"),
            "flows.a1.steps[].steps[].timeout"
        );
        assert_eq!(without_numbers("components[\"7 of [9]\"].kind"), "components[\"7 of []\"].kind");
        assert_eq!(without_numbers("a[b"), "a[b");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let entry = Entry {
            file: "a.yaml".into(),
            path: "flows.a".into(),
            rule: "empty-flow".into(),
            message: "ü \"quoted\"".into(),
            fingerprint: "00".into(),
        };
        let baseline = Baseline { entries: vec![entry.clone()] };
        assert_eq!(Baseline::read(&baseline.text()).unwrap().entries, [entry]);
    }

    #[test]
    fn what_is_no_baseline_is_told() {
        let wrong = |text: &str| Baseline::read(text).unwrap_err();
        assert!(wrong("").starts_with("is no baseline: "));
        assert!(wrong("[]").starts_with("is no baseline: "));
        assert_eq!(
            wrong("{\"version\": 2, \"entries\": 1}"),
            "is a baseline of version 2; this program reads version 1"
        );
    }
}
