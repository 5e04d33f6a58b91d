//! Small designs with findings, and the report on them as text.

use sysdesign::diagnostic::Diagnostic;
use sysdesign::report::{Format, Report, TextOptions, write};
use sysdesign::rules::{Category, Profile, Rule, Stage};
use sysdesign::source::{FileId, SourceFile, Sources, Span};

#[derive(Debug)]
pub struct Run {
    pub sources: Sources,
    pub findings: Vec<Diagnostic>,
    pub files: Vec<FileId>,
    pub suppressed: usize,
}

impl Run {
    /// Files by name and text, without findings yet.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let mut sources = Sources::new();
        let files = files
            .iter()
            .map(|(name, text)| sources.add(SourceFile::new(*name, *text)).expect("room for the file"))
            .collect();
        Self { sources, findings: Vec::new(), files, suppressed: 0 }
    }

    /// The span of the nth (from 0) occurrence of some characters in a file.
    pub fn nth(&self, file: usize, characters: &str, nth: usize) -> Span {
        let id = self.files[file];
        let text = self.sources.get(id).text();
        let (at, found) = text.match_indices(characters).nth(nth).expect("the characters stand in the file");
        Span::new(id, at, at + found.len())
    }

    /// The span of the first occurrence.
    pub fn at(&self, file: usize, characters: &str) -> Span {
        self.nth(file, characters, 0)
    }

    pub fn with(mut self, finding: Diagnostic) -> Self {
        self.findings.push(finding);
        self
    }

    /// Hands the report to a function. The place of a span is made of the first word of its line and of its own.
    pub fn report<T>(&self, job: impl FnOnce(&Report) -> T) -> T {
        let paths = |span: Span| {
            let file = self.sources.get(span.file);
            let line = file.slice(file.line_range(file.line_index(span.start as usize)));
            let word = |text: &str| text.split(':').next().unwrap_or_default().trim().to_owned();
            let (outer, inner) = (word(line), word(self.sources.text(span)));
            match inner.is_empty() || inner == outer {
                true => format!("components.{outer}"),
                false => format!("components.{outer}.{inner}"),
            }
        };
        let rules: Vec<&Rule> = RULES.iter().collect();
        job(&Report {
            sources: &self.sources,
            findings: &self.findings,
            paths: &paths,
            rules: &rules,
            files: &self.files,
            suppressed: self.suppressed,
            known: 0,
            own_rules: &[],
            score: None,
        })
    }

    pub fn written(&self, format: Format, options: &TextOptions) -> String {
        let mut out = Vec::new();
        self.report(|report| write(report, format, options, &mut out)).expect("memory takes everything");
        String::from_utf8(out).expect("every format is UTF-8")
    }

    pub fn text(&self) -> String {
        self.written(Format::Text, &TextOptions::default())
    }

    pub fn json(&self, format: Format) -> serde_json::Value {
        serde_json::from_str(&self.written(format, &TextOptions::default())).expect("valid JSON")
    }
}

pub static RULES: [Rule; 3] = [
    Rule {
        name: "unknown-key",
        severity: sysdesign::diagnostic::Severity::Error,
        category: Category::Language,
        profile: Profile::Minimal,
        stage: Stage::Sketch,
        quality: None,
        since: "0.1.0",
        check: None,
        docs: "A key that the language does not know.\n\n## Why\nA misspelt key would be ignored in silence.\n\n\
               ## Example\n```yaml\nkindd: service\n```\n",
    },
    Rule {
        name: "duplicate-id",
        severity: sysdesign::diagnostic::Severity::Error,
        category: Category::Language,
        profile: Profile::Minimal,
        stage: Stage::Sketch,
        quality: None,
        since: "0.1.0",
        check: None,
        docs: "Two things have the same id.\n",
    },
    Rule {
        name: "single-point-of-failure",
        severity: sysdesign::diagnostic::Severity::Warning,
        category: Category::Model,
        profile: Profile::Recommended,
        stage: Stage::Sketch,
        quality: None,
        since: "0.1.0",
        check: None,
        docs: "A component that others call runs as a single copy.\n\n## Why\n\
               When the only copy stops, so does every flow that needs it.\n\n## Instead\nRun two.\n",
    },
];

/// Fails when a character would steer a terminal, hide, or change the order of others. On purpose a list of its
/// own, not the one of the sanitiser.
pub fn assert_only_visible(text: &str) {
    let bad = |character: char| {
        let hides = ('\u{200b}'..='\u{200f}').contains(&character)
            || ('\u{2028}'..='\u{202e}').contains(&character)
            || ('\u{2060}'..='\u{206f}').contains(&character)
            || ('\u{e0000}'..='\u{e007f}').contains(&character)
            || matches!(character, '\u{feff}' | '\u{61c}' | '\u{ad}');
        hides || (character.is_control() && character != '\n')
    };
    assert!(!text.contains(bad), "{text:?}");
}
