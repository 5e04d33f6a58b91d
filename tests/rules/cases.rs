//! Small designs at the edges of rules: `cases/<category>/<rule>.yaml`, read when the test runs.
//!
//! A file holds cases for the rule that it is named for, each begun by `--- # what it shows`. Caret lines say where the
//! rule finds something; without any it is silent. What other rules find is not looked at, except that a case is a design that
//! can be understood. A caret line may be followed by `# message: …`, `# label: …`, `# help: …` and `# related: …`, which
//! say the words of the finding. A rule that asks nothing of a sketch is switched on by name, unless the case has `rules:`.

use crate::example::{Example, Place, Run};
use crate::{path, rules_to_check};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use sysdesign::Diagnostic;
use sysdesign::rules::{ALL, Category, Rule, Stage};

const WORDS: [&str; 4] = ["message", "label", "help", "related"];

/// What a finding says, or has to say, in the order of [`WORDS`].
type Texts = BTreeMap<&'static str, String>;

struct Case {
    title: String,
    example: Example,
    /// The texts that stand below caret lines.
    texts: Vec<(Place, Texts)>,
}

impl Case {
    fn parse(rule: &Rule, title: &str, block: &str) -> Self {
        let mut plain = String::new();
        let mut below: BTreeMap<usize, Texts> = BTreeMap::new();
        let mut carets = 0;
        for line in block.lines() {
            if let Some((word, text)) = words(line) {
                assert!(carets > 0, "{title}: `{line}` stands below no caret line");
                let twice = below.entry(carets - 1).or_default().insert(word, text.to_owned());
                assert!(twice.is_none(), "{title}: `{word}` twice");
                continue;
            }
            carets += usize::from(crate::example::assertion(line).is_some());
            plain.push_str(line);
            plain.push('\n');
        }
        // Many rules ask nothing of a sketch, which a case is.
        if !plain.contains("\nrules:") && rule.stage > Stage::Sketch {
            writeln!(plain, "rules: {{ {}: {} }}", rule.name, rule.severity.name()).expect("a String grows");
        }
        let in_order = Example::places_in_order(&plain);
        let texts = below.into_iter().map(|(at, texts)| (in_order[at].clone(), texts)).collect();
        Self { title: title.to_owned(), example: Example::parse(&plain), texts }
    }

    /// What is not as the case says.
    fn failure(&self, rule: &Rule) -> Option<String> {
        let run = self.example.run();
        let mut wrong = String::new();
        let counts = |name: &str| name == rule.name || is_of_language(name);
        let found: Vec<Place> = run.places().into_iter().filter(|place| counts(&place.rule)).collect();
        for place in self.example.expected.iter().filter(|place| !found.contains(place)) {
            writeln!(wrong, "asserted, but not found: {place:?}").expect("a String grows");
        }
        for place in found.iter().filter(|place| !self.example.expected.contains(place)) {
            writeln!(wrong, "found, but not asserted: {place:?}").expect("a String grows");
        }
        if found.len() != self.example.expected.len() {
            writeln!(wrong, "{} findings, {} caret lines", found.len(), self.example.expected.len())
                .expect("a String grows");
        }
        for (place, texts) in &self.texts {
            wrong.push_str(&differing_texts(&run, place, texts).unwrap_or_default());
        }
        (!wrong.is_empty()).then(|| format!("\n=== {} · {}\n{wrong}\n{}", rule.name, self.title, run.text()))
    }
}

/// `None` when a finding at the place says the texts.
fn differing_texts(run: &Run, place: &Place, texts: &Texts) -> Option<String> {
    let here: Vec<Texts> = run.findings_at(place).map(texts_of).collect();
    let says = |found: &Texts| texts.iter().all(|(word, text)| found.get(word) == Some(text));
    (!here.iter().any(says)).then(|| {
        let all = |texts: &Texts| {
            texts.iter().map(|(word, text)| format!("# {word}: {text}\n")).collect::<String>()
        };
        format!("asserted:\n{}found:\n{}", all(texts), here.iter().map(all).collect::<String>())
    })
}

fn texts_of(finding: &Diagnostic) -> Texts {
    let related: Vec<&str> = finding.related.iter().map(|second| &*second.message).collect();
    let texts = [
        Some(finding.message.clone()),
        finding.label.clone(),
        finding.help.clone(),
        (!related.is_empty()).then(|| related.join("; ")),
    ];
    WORDS.into_iter().zip(texts).filter_map(|(word, text)| Some((word, text?))).collect()
}

/// `# help: …`, and so on.
fn words(line: &str) -> Option<(&'static str, &str)> {
    let rest = line.trim_start().strip_prefix("# ")?;
    WORDS.into_iter().find_map(|word| Some((word, rest.strip_prefix(word)?.strip_prefix(": ")?)))
}

fn is_of_language(name: &str) -> bool {
    sysdesign::rules::find(name).is_some_and(|rule| rule.category == Category::Language)
}

/// The cases of a rule, of which there may be none.
fn cases(rule: &Rule) -> Vec<Case> {
    let file = path("tests/rules/cases").join(rule.category.name()).join(format!("{}.yaml", rule.name));
    if !file.exists() {
        return Vec::new();
    }
    let text = std::fs::read_to_string(&file).expect("a text");
    let mut cases: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("--- # ") {
            cases.push((title.to_owned(), String::new()));
        } else if let Some((_, block)) = cases.last_mut() {
            block.push_str(line);
            block.push('\n');
        } else {
            assert!(line.is_empty(), "{}: begins with `--- # what the case shows`", file.display());
        }
    }
    assert!(!cases.is_empty(), "{}: holds no case", file.display());
    cases.iter().map(|(title, block)| Case::parse(rule, title, block)).collect()
}

#[test]
fn cases_find_exactly_what_their_carets_and_words_say() {
    let failures: Vec<String> = rules_to_check()
        .flat_map(|rule| cases(rule).into_iter().filter_map(|case| case.failure(rule)).collect::<Vec<_>>())
        .collect();
    assert!(failures.is_empty(), "{}", failures.concat());
}

#[test]
fn every_file_of_cases_belongs_to_a_rule() {
    let entries = |folder: &Path| -> Vec<_> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("an entry").path()).collect()
    };
    for folder in entries(&path("tests/rules/cases")) {
        for file in entries(&folder) {
            let category = folder.file_name().expect("a name").to_string_lossy();
            let name = file.file_stem().expect("a name").to_string_lossy();
            let is_rule = |rule: &&Rule| rule.name == name && rule.category.name() == category;
            assert!(ALL.iter().copied().any(|rule| is_rule(&rule)), "{}: no such rule", file.display());
        }
    }
}

#[test]
fn a_case_fails_when_its_carets_or_words_are_wrong() {
    let rule = sysdesign::rules::find("unused-component").expect("a rule");
    let failure = |block: &str| Case::parse(rule, "a case", block).failure(rule);
    let alone = "components:\n  app: service\n# ^^^ unused-component\n";
    let others = "  browser: client\n  api: service\nflows:\n  open: { steps: [browser -> api] }\n";
    assert_eq!(failure(&format!("{alone}{others}")), None);
    assert!(failure(&format!("components:\n  app: service\n{others}")).is_some());
    assert!(failure(&format!("components:\n  app: service\n#  ^^ unused-component\n{others}")).is_some());
    let with = |words: &str| failure(&format!("{alone}{words}{others}"));
    let found = texts_of(
        Case::parse(rule, "a case", &format!("{alone}{others}"))
            .example
            .run()
            .findings
            .iter()
            .find(|finding| finding.rule == rule.name)
            .expect("the finding"),
    );
    assert_eq!(with(&format!("# message: {}\n", found["message"])), None);
    assert_eq!(with(&format!("# help: {}\n", found["help"])), None);
    assert!(with("# message: something else\n").is_some());
    assert!(with("# related: something that is not said\n").is_some());
}
