//! Row H27 and beyond: every prefix and ten thousand mutations of every design go through the whole pipeline.
//!
//! A normal run takes some hundreds of each; `SYSDESIGN_MUTATIONS=10000 cargo test --test cli robustness` takes so
//! many mutations and every prefix. The seed is fixed, so that what fails once fails again.

use crate::support::assert_only_visible;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use sysdesign::report::{self, Format, Report, TextOptions};
use sysdesign::rules::selection::Selector;
use sysdesign::rules::{ALL, Case, Profile};
use sysdesign::workspace::Refusal;
use sysdesign::{Document, Files, NoFiles, Policy, Span, Workspace, check};

/// The designs that are bent: the canonical one, and the examples.
fn designs() -> Vec<(String, Vec<u8>)> {
    let mut designs = vec![("canonical".to_owned(), include_bytes!("canonical.yaml").to_vec())];
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut folders = vec![examples];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "yaml") {
                designs.push((path.display().to_string(), std::fs::read(&path).unwrap()));
            }
        }
    }
    designs.sort();
    designs
}

/// One other file, which the design may include under any name.
struct Part(Vec<u8>);

impl Files for Part {
    fn fetch(&mut self, _: &str, _: &str) -> Result<Document, Refusal> {
        Ok(Document { identity: "part".into(), name: "part.yaml".into(), bytes: self.0.clone() })
    }
}

/// Checks a text from end to end; gives what is written about it.
fn written(text: &[u8], part: &[u8], strict: bool, with_numbers: bool) -> (String, String) {
    let mut workspace = Workspace::new();
    let document = Document { identity: "a".into(), name: "a.yaml".into(), bytes: text.to_vec() };
    workspace.add_design(document, &mut Part(part.to_vec()));
    let files = &workspace.designs()[0];
    let mut policy = Policy { profile: strict.then_some(Profile::Strict), ..Policy::default() };
    if !with_numbers {
        policy.selection.select = without_numbers().to_vec();
    }
    let outcome = check::check(&workspace, files, &policy);
    let sound = |span: Span| {
        let file = workspace.sources.get(span.file).text();
        assert!(file.get(span.range()).is_some(), "{span:?} does not fit its file");
    };
    for finding in &outcome.findings {
        sound(finding.span);
        finding.related.iter().for_each(|related| sound(related.span));
        assert!(!finding.message.is_empty() && !finding.message.ends_with('.'), "{}", finding.message);
        // What is in backticks is the user's.
        let mut own = finding.message.split('`').step_by(2).flat_map(|text| text.split(' '));
        assert!(!own.any(|word| matches!(word, "inf" | "-inf" | "NaN")), "{}", finding.message);
    }
    let key = |at: usize| {
        let found = &outcome.findings[at];
        (found.span.file, found.span.start, found.span.end, &found.rule, &found.message)
    };
    // Of a file that is no design nothing is reported, so nothing is put in order.
    if outcome.something_else.is_none() {
        (1..outcome.findings.len())
            .for_each(|at| assert!(key(at - 1) < key(at), "{:?} {:?}", key(at - 1), key(at)));
    }
    let paths = check::Paths::new(&workspace, files.files.iter().copied());
    let report = Report {
        sources: &workspace.sources,
        findings: &outcome.findings,
        paths: &|span| paths.path_at(span),
        rules: sysdesign::rules::ALL,
        files: &files.files,
        suppressed: outcome.suppressed,
        known: 0,
        own_rules: &[],
        score: None,
    };
    let write = |format| {
        let mut out = Vec::new();
        report::write(&report, format, &TextOptions::default(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    (write(Format::Text), write(Format::Json))
}

/// The rules that ask for no numbers in any of the designs.
fn without_numbers() -> &'static [Selector] {
    static FOUND: OnceLock<Vec<Selector>> = OnceLock::new();
    FOUND.get_or_init(|| {
        let mut asking = BTreeSet::new();
        for (name, bytes) in designs() {
            let mut workspace = Workspace::new();
            workspace.add_design(Document { identity: name.clone(), name, bytes }, &mut NoFiles);
            let looked = check::with_model(&workspace, &workspace.designs()[0], &[], |model| {
                for rule in ALL {
                    let case = Case::new(model, None);
                    rule.check.iter().for_each(|check| check(&case, &mut Vec::new()));
                    if case.has_made_numbers() {
                        asking.insert(rule.name);
                    }
                }
            });
            // Parts of a design cannot be understood alone.
            drop(looked);
        }
        assert!(asking.contains("overloaded") && asking.len() < ALL.len() / 2, "{asking:?}");
        let quiet = ALL.iter().filter(|rule| !asking.contains(rule.name));
        quiet.map(|rule| Selector::Rule(rule.name.to_owned())).collect()
    })
}

/// Checks a text, and that what is written about it can be shown and read; gives whether there are findings.
fn survives(text: &[u8], part: &[u8], number: usize) -> bool {
    let strict = number.is_multiple_of(3);
    // Numbers take a hundred times as long as everything else, and are made from what has been understood.
    let with_numbers = number.is_multiple_of(if asked_for().is_some() { 500 } else { 50 });
    let (shown, json) = written(text, part, strict, with_numbers);
    assert_only_visible(&shown);
    let answer: serde_json::Value = serde_json::from_str(&json).unwrap();
    if number.is_multiple_of(8) {
        assert_eq!(written(text, part, strict, with_numbers), (shown, json), "two runs differ");
    }
    !answer["diagnostics"].as_array().unwrap().is_empty()
}

/// Numbers that are the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }

    fn range(&mut self, length: usize, longest: usize) -> Range<usize> {
        let start = self.below(length);
        start..(start + self.below(longest)).min(length)
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const NASTY: &[&str] = &[
    "null",
    "~",
    "[]",
    "{}",
    "[[]]",
    "-1",
    "0",
    "1e400",
    "99999999999999999999 GB",
    "5..2",
    "1..",
    "5 ± 200%",
    "..",
    "->",
    "~>",
    "a -> a",
    "-> ->",
    "*a",
    "&a ",
    "|",
    ">-\n",
    "!!x ",
    "? ",
    ": ",
    "- ",
    "#",
    "'",
    "\"",
    "\\u0000",
    "\u{202e}",
    "\u{feff}",
    "\u{1b}",
    "\u{2028}",
    "é",
    "😀",
    "e\u{301}",
    "\t",
    "\r",
    "\r\n",
    "\n\n",
    "---\n",
    "...\n",
    "<<: ",
    "x-y: 1",
    "include: b.yaml",
    "rules: ",
    "variants: { v: { components: { app: null } } }",
    "((((",
    "a.b.c",
    "components.app",
    "true",
    "sysdesign: 2",
    "allow: [{ rule: missing-summary, reason: x }]",
    "include: [b, c]\n",
];

/// Where a word begins and ends that holds the byte at `at`.
fn word_at(bytes: &[u8], at: usize) -> Range<usize> {
    let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let start = bytes[..at].iter().rposition(|byte| !in_word(byte)).map_or(0, |before| before + 1);
    let end = bytes[at..].iter().position(|byte| !in_word(byte)).map_or(bytes.len(), |after| at + after);
    start..end.max(start)
}

fn line_at(bytes: &[u8], at: usize) -> Range<usize> {
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |before| before + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |after| at + after + 1);
    start..end
}

/// The design with one to four things changed.
fn mutated(design: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = design.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        match random.below(10) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => drop(bytes.drain(random.range(bytes.len(), 40))),
            2 => {
                let part = bytes[random.range(bytes.len(), 80)].to_vec();
                bytes.splice(at..at, part);
            }
            3 => drop(bytes.splice(at..at, random.pick(NASTY).bytes())),
            4 => {
                let word = word_at(&bytes, at);
                bytes.splice(word, random.pick(NASTY).bytes());
            }
            5 => {
                let other = random.below(bytes.len());
                let other = bytes[word_at(&bytes, other)].to_vec();
                let word = word_at(&bytes, at);
                bytes.splice(word, other);
            }
            6 => {
                let other = random.below(bytes.len());
                let (one, two) = (line_at(&bytes, at.min(other)), line_at(&bytes, at.max(other)));
                if one.end <= two.start {
                    let (first, second) = (bytes[one.clone()].to_vec(), bytes[two.clone()].to_vec());
                    bytes.splice(two, first);
                    bytes.splice(one, second);
                }
            }
            7 => drop(bytes.drain(line_at(&bytes, at))),
            8 => {
                let line = line_at(&bytes, at);
                let copy = bytes[line.clone()].to_vec();
                bytes.splice(line.end..line.end, copy);
            }
            _ => {
                let line = line_at(&bytes, at);
                let indent = " ".repeat(random.below(6));
                bytes.splice(line.start..line.start, indent.bytes());
            }
        }
        if bytes.is_empty() {
            return bytes;
        }
    }
    bytes
}

/// Does a job for each number, spread over the processors; what a thread finds wrong ends the test.
fn each(count: usize, job: impl Fn(usize) + Sync) {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return;
                    }
                    job(number);
                }
            });
        }
    });
}

/// Says which text failed, when one does.
struct Last<'a>(&'a str, usize, &'a [u8]);

impl Drop for Last<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{} number {}:\n{}\n", self.0, self.1, String::from_utf8_lossy(self.2));
        }
    }
}

/// How many mutations of each design are asked for.
fn asked_for() -> Option<usize> {
    std::env::var("SYSDESIGN_MUTATIONS").ok().and_then(|text| text.parse().ok())
}

/// Checks texts made of every design, and that about half of them or more have findings, so that all stages run.
fn check_all(count: impl Fn(&[u8]) -> usize, make: impl Fn(&[u8], usize) -> (Vec<u8>, Vec<u8>) + Sync) {
    for (name, design) in designs() {
        let (count, with_findings) = (count(&design), AtomicUsize::new(0));
        each(count, |number| {
            let (text, part) = make(&design, number);
            let _last = Last(&name, number, &text);
            with_findings.fetch_add(usize::from(survives(&text, &part, number)), Ordering::Relaxed);
        });
        let with_findings = with_findings.into_inner();
        assert!(with_findings > count / 2, "only {with_findings} of {count} texts of {name} have findings");
    }
}

#[test]
fn h27_prefixes_of_every_design_are_checked() {
    const NORMALLY: usize = 500;
    let step = |design: &[u8]| if asked_for().is_some() { 1 } else { design.len().div_ceil(NORMALLY) };
    check_all(
        |design| design.len() / step(design) + 1,
        |design, number| (design[..number * step(design)].to_vec(), Vec::new()),
    );
}

#[test]
fn mutations_of_every_design_are_checked() {
    const NORMALLY: usize = 250;
    check_all(
        |_| asked_for().unwrap_or(NORMALLY),
        |design, number| {
            let mut random = Random(number as u64 * 7_919 + 17);
            let text = mutated(design, &mut random);
            let part = if random.below(2) == 0 { mutated(design, &mut random) } else { b"x-a: 1\n".to_vec() };
            (text, part)
        },
    );
}
