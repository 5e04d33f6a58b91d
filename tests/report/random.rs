//! Whatever stands in a design and its findings, every format stays what it is.

use crate::json::assert_matches_schema;
use crate::sarif::assert_valid;
use crate::support::{Run, assert_only_visible};
use proptest::prelude::*;
use std::collections::BTreeSet;
use sysdesign::diagnostic::{Diagnostic, Severity};
use sysdesign::report::{Format, TextOptions};
use sysdesign::source::Span;

const PIECES: [&str; 28] = [
    "\x1b[31m",
    "\x1b]0;t\x07",
    "\u{9b}",
    "\0",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\u{2028}",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{ffff}",
    "::",
    "%0A",
    ",",
    "]]>",
    "<&\"'",
    "](x)",
    "\\",
    "{0}",
    "key: value",
    "日本語",
    "e\u{301}",
    "👩\u{200d}👩",
    " ",
    "`",
    "\u{e0041}",
];

fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// A finding: texts, severity, and places as parts of the length of the file.
type Parts = (String, Option<String>, Option<String>, u8, (f64, f64), Vec<(bool, f64, f64, String)>);

fn parts() -> impl Strategy<Value = Parts> {
    let share = || prop_oneof![0.0..1.1, Just(0.0), Just(1.0)];
    let second = (any::<bool>(), share(), share(), nasty());
    let label = || prop::option::of(nasty());
    (nasty(), label(), label(), 0..3u8, (share(), share()), prop::collection::vec(second, 0..4))
}

fn run(names: [String; 2], texts: [String; 2], findings: Vec<Parts>) -> Run {
    let run = Run::new(&[(&names[0], &texts[0]), (&names[1], &texts[1])]);
    let span = |file: usize, from: f64, to: f64| {
        let length = texts[file].len() as f64;
        let (from, to) = ((from.min(to) * length) as usize, (from.max(to) * length) as usize);
        let boundary = |at: usize| (at..=at + 4).find(|&at| texts[file].is_char_boundary(at)).unwrap_or(at);
        Span::new(run.files[file], boundary(from), boundary(to))
    };
    let findings: Vec<Diagnostic> = findings
        .into_iter()
        .map(|(message, label, help, severity, (from, to), related)| {
            let severity = [Severity::Info, Severity::Warning, Severity::Error][severity as usize];
            let rule = format!("rule-{}", message.chars().take(2).collect::<String>());
            let mut finding = Diagnostic::new(rule, severity, span(0, from, to), message).maybe_help(help);
            finding.label = label;
            related.into_iter().fold(finding, |finding, (other, from, to, message)| {
                finding.related(span(usize::from(other), from, to), message)
            })
        })
        .collect();
    Run { findings, ..run }
}

fn runs() -> impl Strategy<Value = Run> {
    let text = || prop::collection::vec(nasty(), 0..12).prop_map(|lines| lines.join("\n"));
    let name = || nasty().prop_map(|name| format!("f{name}"));
    ([name(), name()], [text(), text()], prop::collection::vec(parts(), 0..5))
        .prop_map(|(names, texts, findings)| run(names, texts, findings))
}

/// Reads a text of SARIF as a viewer does.
fn unescaped(text: &str) -> String {
    if !text.contains("\\](") {
        return text.to_owned();
    }
    let mut characters = text.chars();
    let mut read = String::new();
    while let Some(character) = characters.next() {
        read.push(if character == '\\' { characters.next().unwrap_or('\\') } else { character });
    }
    read
}

/// The characters of a frame that stand over the underline.
fn underlined(shown: &str) -> Option<String> {
    let lines: Vec<&str> = shown.lines().collect();
    let below = lines.iter().position(|line| line.contains(['─', '┬']) && line.contains('·'))?;
    let (source, underline) = (lines.get(below - 1)?, lines.get(below)?);
    let pairs = source.chars().zip(underline.chars());
    Some(pairs.filter(|(_, below)| matches!(below, '─' | '┬')).map(|(above, _)| above).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_is_visible_and_within_its_width(run in runs(), width in 0..300_usize, unicode: bool, quiet: bool) {
        let options = TextOptions { width, unicode, quiet, ..TextOptions::default() };
        let shown = run.written(Format::Text, &options);
        assert_only_visible(&shown);
        let frame = if unicode { "│" } else { "|" };
        let is_source = |line: &&str| line.split_once(frame).is_some_and(|(number, _)| number.trim().parse::<u32>().is_ok());
        for line in shown.lines().filter(is_source) {
            // A gutter beside lines that are underlined together comes on top.
            prop_assert!(line.chars().count() <= width.clamp(40, 200) + 8, "{line}");
        }
        let heads = shown.lines().filter(|line| line.contains("[rule-")).count();
        prop_assert!(heads >= run.findings.len());
    }

    #[test]
    fn json_reads_back_the_same_texts(run in runs()) {
        let output = run.json(Format::Json);
        assert_matches_schema(&output);
        let diagnostics = output["diagnostics"].as_array().expect("a list");
        prop_assert_eq!(diagnostics.len(), run.findings.len());
        for (written, finding) in diagnostics.iter().zip(&run.findings) {
            prop_assert_eq!(&written["message"], &finding.message);
            prop_assert_eq!(written["label"].as_str(), finding.label.as_deref());
            prop_assert_eq!(written["help"].as_str(), finding.help.as_deref());
            prop_assert_eq!(&written["file"], run.sources.get(finding.span.file).name());
            prop_assert_eq!(written["line"].as_u64(), Some(u64::from(run.sources.position(finding.span).line)));
            prop_assert_eq!(written["endColumn"].as_u64(), Some(u64::from(run.sources.position(finding.span).end_column)));
        }
    }

    #[test]
    fn sarif_is_valid_and_reads_back_the_same_texts(run in runs()) {
        let log = run.json(Format::Sarif);
        assert_valid(&log);
        for (written, finding) in log["runs"][0]["results"].as_array().expect("a list").iter().zip(&run.findings) {
            let help = finding.help.as_ref().map_or(String::new(), |help| format!("\n{help}"));
            let text = written["message"]["text"].as_str().unwrap_or_default();
            prop_assert_eq!(unescaped(text), format!("{}{help}", finding.message));
            prop_assert_eq!(written["ruleId"].as_str(), Some(&*finding.rule));
        }
    }

    #[test]
    fn an_annotation_stays_one_line(run in runs()) {
        let written = run.written(Format::Github, &TextOptions::default());
        assert_only_visible(&written);
        prop_assert_eq!(written.lines().count(), run.findings.len());
        for line in written.lines() {
            prop_assert!(["::error file=", "::warning file=", "::notice file="].iter().any(|start| line.starts_with(start)));
        }
    }

    #[test]
    fn the_other_services_get_valid_documents(run in runs()) {
        let issues = run.json(Format::Gitlab);
        let issues = issues.as_array().expect("a list");
        let unique: BTreeSet<_> = issues.iter().map(|issue| issue["fingerprint"].as_str()).collect();
        prop_assert_eq!(unique.len(), run.findings.len());
        let xml = run.written(Format::Junit, &TextOptions::default());
        assert_only_visible(&xml);
        let xml = roxmltree::Document::parse(&xml).expect("valid XML");
        let cases = xml.descendants().filter(|node| node.has_tag_name("testcase")).count();
        prop_assert_eq!(cases, run.findings.len() + if run.findings.is_empty() { 2 } else { 1 });
    }

    #[test]
    fn the_underline_stands_under_its_characters(
        pieces in prop::collection::vec(prop::sample::select(&["a", "b ", "é", "\x1b", "\u{202e}", "\t", "xyz"][..]), 1..200),
        from in 0..200_usize,
        length in 1..6_usize,
        width in 60..250_usize,
    ) {
        let from = from % pieces.len();
        let to = (from + length).min(pieces.len());
        let bytes = |pieces: &[&str]| pieces.concat().len();
        let text = format!("start\n{}\n", pieces.concat());
        let run = Run::new(&[("a.yaml", &text)]);
        let span = Span::new(run.files[0], 6 + bytes(&pieces[..from]), 6 + bytes(&pieces[..to]));
        let run = run.with(Diagnostic::error("rule", span, "wrong").label("here"));
        let shown = run.written(Format::Text, &TextOptions { width, ..TextOptions::default() });
        // A label is not wrapped, so its line may be longer.
        let mut lines = shown.lines().filter(|line| !line.contains("╰── here"));
        prop_assert!(lines.all(|line| line.chars().count() <= width.min(200)), "{}", shown);
        let expected = pieces[from..to].concat();
        let expected = expected.replace('\x1b', "␛").replace('\u{202e}', "<U+202E>").replace('\t', "    ");
        // A blank at the end of a line is not shown, so there is nothing over the underline.
        let underlined = underlined(&shown).unwrap_or_default();
        prop_assert_eq!(underlined.trim_end(), expected.trim_end(), "{}", shown);
    }
}
