//! The rows H01 to H27 of the hostile inputs, as far as bytes and YAML are concerned: each is told in one finding
//! with a place, or read as it is meant. Where a row asks for speed, what grows with the work is counted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at what it does not expect"
)]

mod bytes;
mod robustness;
mod structure;

use sysdesign::diagnostic::Diagnostic;
use sysdesign::source::{FileId, SourceFile, Sources};
use sysdesign::syntax::{Decoded, Node, Parsed, decode, parse};

/// What became of some bytes.
struct Outcome {
    sources: Sources,
    file: FileId,
    parsed: Option<Parsed>,
    findings: Vec<Diagnostic>,
}

fn outcome(bytes: impl Into<Vec<u8>>) -> Outcome {
    let mut sources = Sources::new();
    let Decoded { text, problem } = decode(bytes.into());
    let file = sources.add(SourceFile::new("hostile.yaml", text)).unwrap();
    if let Some(problem) = problem {
        return Outcome { sources, file, parsed: None, findings: vec![problem.diagnostic(file)] };
    }
    let parsed = parse(&sources, file);
    let findings = parsed.diagnostics.clone();
    let outcome = Outcome { sources, file, parsed: Some(parsed), findings };
    outcome.has_sound_spans();
    outcome
}

impl Outcome {
    fn root(&self) -> Option<Node<'_>> {
        self.parsed.as_ref()?.tree.root(&self.sources)
    }

    fn nodes(&self) -> usize {
        self.parsed.as_ref().map_or(0, |parsed| parsed.tree.len())
    }

    /// The tree as text, for comparing.
    fn tree(&self) -> String {
        self.root().map_or_else(String::new, |root| format!("{root:?}"))
    }

    /// `rule line:column` of every finding.
    fn places(&self) -> Vec<String> {
        let place = |finding: &Diagnostic| {
            let at = self.sources.position(finding.span);
            format!("{} {}:{}", finding.rule, at.line, at.column)
        };
        self.findings.iter().map(place).collect()
    }

    /// Every span lies in its text, on character boundaries, and inside the span of what holds it.
    fn has_sound_spans(&self) {
        let text = self.sources.get(self.file).text();
        let sound = |span: sysdesign::source::Span| {
            let range = span.range();
            assert!(text.get(range.clone()).is_some(), "{range:?} in {text:?}");
        };
        for finding in &self.findings {
            sound(finding.span);
            finding.related.iter().for_each(|related| sound(related.span));
            assert!(!finding.message.is_empty() && !finding.message.ends_with('.'));
            assert!(
                finding.help.as_ref().is_some_and(|help| !help.is_empty()),
                "no help: {}",
                finding.message
            );
        }
        for node in self.parsed.iter().flat_map(|parsed| parsed.tree.nodes(&self.sources)) {
            sound(node.span());
            let around = node.span();
            let children = node.entries().flat_map(|(key, value)| [key, value]).chain(node.items());
            let mut last = around.start;
            for child in children.map(Node::span) {
                // What an alias repeats stands before the collection that repeats it, or before its neighbour.
                if child.start >= last {
                    assert!(around.contains(child), "{child:?} is not in {around:?} of {text:?}");
                    last = child.end;
                }
            }
            let written = self.sources.text(around);
            assert_eq!(written.trim(), written, "blanks around a node of {text:?}");
        }
    }
}

/// Checks the rules and places of all findings, and gives the rest for further questions.
#[track_caller]
fn check(bytes: impl Into<Vec<u8>>, expected: &[&str]) -> Outcome {
    let outcome = outcome(bytes);
    assert_eq!(outcome.places(), expected, "{:?}", outcome.findings);
    outcome
}

/// Checks that a text is read without any finding.
#[track_caller]
fn check_good(text: &str, tree: &str) -> Outcome {
    let outcome = check(text, &[]);
    assert_eq!(outcome.tree(), tree, "{text:?}");
    outcome
}

#[track_caller]
fn message(outcome: &Outcome, part: &str) {
    let finding = &outcome.findings[0];
    let all =
        format!("{}\n{:?}\n{}", finding.message, finding.label, finding.help.as_deref().unwrap_or_default());
    assert!(all.contains(part), "{part:?} is not in {all}");
}
