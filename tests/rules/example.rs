//! The YAML blocks of the documentation, as files with the findings that are expected in them.
//!
//! - A line of carets and a name (`# ^^^^ rule-name`) is an assertion about the line above it and no part of the
//!   text. Without room for the `#` it begins with the carets.
//! - `# file: name.yaml` begins another file. The first is the design; the block is then taken as it stands.
//!   A file `*.schema.json` is the project's own schema.
//! - Otherwise the block is part of `design.yaml`: the header is added, unless the block begins with it.
//! - `␛` stands for the control character ESC and `�` for a byte that is not UTF-8. Neither could be shown.

use sysdesign::check::{Outcome, Paths, check_with};
use sysdesign::report::{self, Format, Report, TextOptions};
use sysdesign::rules::{self, Profile};
use sysdesign::schema::HouseSchema;
use sysdesign::spec::values::Date;
use sysdesign::workspace::Refusal;
use sysdesign::{Diagnostic, Document, Files, Policy, Sources, Workspace};

/// The day on which the examples are checked.
const TODAY: Date = Date { year: 2026, month: 11, day: 20 };

const HEADER: [(&str, &str); 3] = [("sysdesign", "1"), ("name", "Example"), ("summary", "An example")];

/// A finding, or the caret line that asserts it. Lines and columns count from 1, widths in characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub width: u32,
    pub rule: String,
}

/// A block of the documentation.
#[derive(Debug)]
pub struct Example {
    files: Vec<(String, String)>,
    /// What its caret lines say, sorted.
    pub expected: Vec<Place>,
}

/// What checking an example gave.
pub struct Run {
    pub workspace: Workspace,
    pub findings: Vec<Diagnostic>,
}

impl Example {
    pub fn parse(block: &str) -> Self {
        let mut example = Self::read(block);
        example.expected.sort();
        example
    }

    /// What the caret lines of a block say, from top to bottom.
    pub fn places_in_order(block: &str) -> Vec<Place> {
        Self::read(block).expected
    }

    fn read(block: &str) -> Self {
        let mut example = Self { files: Vec::new(), expected: Vec::new() };
        if !block.starts_with("# file: ") {
            example.files.push(("design.yaml".into(), header_for(block)));
        }
        for line in block.lines() {
            if let Some(name) = line.strip_prefix("# file: ") {
                example.files.push((name.to_owned(), String::new()));
                continue;
            }
            let (file, text) = example.files.last_mut().expect("a block begins with a file");
            if let Some((column, width, rule)) = assertion(line) {
                let line = text.lines().count().try_into().expect("a short block");
                example.expected.push(Place { file: file.clone(), line, column, width, rule });
            } else {
                text.push_str(line);
                text.push('\n');
            }
        }
        example
    }

    /// Checks it with every rule switched on.
    pub fn run(&self) -> Run {
        let (schemas, files): (Vec<_>, Vec<_>) =
            self.files.iter().partition(|(name, _)| name.ends_with(".schema.json"));
        let mut files = Memory(files);
        let mut workspace = Workspace::new();
        let design = files.0.first().expect("a design").0.clone();
        let design = files.fetch("", &design).expect("the first file");
        workspace.add_design(design, &mut files);
        let policy = Policy { profile: Some(Profile::Strict), today: Some(TODAY), ..Policy::default() };
        let house = schemas.first().map(|(_, schema)| HouseSchema::compile(schema).expect("a JSON Schema"));
        let design = &workspace.designs()[0];
        let Outcome { findings, .. } = check_with(&workspace, design, &policy, house.as_ref());
        Run { workspace, findings }
    }
}

/// Checks a text like the examples of rules, whose caret lines are all that is found in it.
pub fn check(block: &str) {
    let example = Example::parse(block);
    let run = example.run();
    assert_eq!(run.places(), example.expected, "{block}\n{}", run.text());
}

impl Run {
    pub fn sources(&self) -> &Sources {
        &self.workspace.sources
    }

    /// The findings as caret lines would say them, sorted.
    pub fn places(&self) -> Vec<Place> {
        let mut places: Vec<Place> = self.findings.iter().map(|finding| self.place(finding)).collect();
        places.sort();
        places
    }

    fn place(&self, finding: &Diagnostic) -> Place {
        let file = self.sources().get(finding.span.file);
        let at = self.sources().position(finding.span);
        let end = match at.end_line == at.line {
            true => at.end_column,
            false => {
                let line = file.slice(file.line_range(at.line as usize - 1));
                u32::try_from(line.chars().count()).expect("a short line") + 1
            }
        };
        Place {
            file: file.name().to_owned(),
            line: at.line,
            column: at.column,
            // What has no width is shown, and asserted, as one caret.
            width: (end - at.column).max(1),
            rule: finding.rule.to_string(),
        }
    }

    /// The findings that a caret line would assert.
    pub fn findings_at<'a>(&'a self, place: &'a Place) -> impl Iterator<Item = &'a Diagnostic> {
        self.findings.iter().filter(move |finding| self.place(finding) == *place)
    }

    /// What a person sees in a terminal of 80 columns.
    pub fn text(&self) -> String {
        let files = self.workspace.designs()[0].files.as_slice();
        let paths = Paths::new(&self.workspace, files.iter().copied());
        let report = Report {
            sources: self.sources(),
            findings: &self.findings,
            paths: &|span| paths.path_at(span),
            rules: rules::ALL,
            files,
            suppressed: 0,
            known: 0,
            own_rules: &[],
            score: None,
        };
        let mut out = Vec::new();
        let options = TextOptions { width: 80, ..TextOptions::default() };
        report::write(&report, Format::Text, &options, &mut out).expect("memory takes everything");
        String::from_utf8(out).expect("the report is UTF-8")
    }
}

/// The lines of the header that a block needs before it.
fn header_for(block: &str) -> String {
    if block.starts_with("sysdesign:") {
        return String::new();
    }
    let has = |key: &str| block.lines().any(|line| line.starts_with(&format!("{key}:")));
    let missing = HEADER.iter().filter(|(key, _)| !has(key));
    missing.map(|(key, value)| format!("{key}: {value}\n")).collect()
}

/// Column, width and rule of a caret line.
pub fn assertion(line: &str) -> Option<(u32, u32, String)> {
    let carets = line.trim_start_matches([' ', '#']);
    let rule = carets.trim_start_matches('^');
    let count = |text: &str| u32::try_from(text.chars().count()).expect("a short line");
    let width = count(carets) - count(rule);
    let rule = rule.strip_prefix(' ').filter(|_| width > 0)?;
    let before = line.strip_suffix(carets)?.trim_end();
    let is_name =
        rule.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-');
    (is_name && matches!(before.trim_start(), "" | "#"))
        .then(|| (count(line) - count(carets) + 1, width, rule.to_owned()))
}

/// The files of an example.
struct Memory<'a>(Vec<&'a (String, String)>);

impl Files for Memory<'_> {
    fn fetch(&mut self, _: &str, path: &str) -> Result<Document, Refusal> {
        let (name, text) = self.0.iter().find(|(name, _)| name == path).ok_or(Refusal::Missing)?;
        let bytes = text.chars().flat_map(bytes_of).collect();
        Ok(Document { identity: name.clone(), name: name.clone(), bytes })
    }
}

fn bytes_of(letter: char) -> Vec<u8> {
    match letter {
        '␛' => vec![0x1b],
        char::REPLACEMENT_CHARACTER => vec![0xfc],
        other => other.to_string().into_bytes(),
    }
}

#[test]
fn caret_lines_are_told_from_text() {
    let check = |line: &str, expected: Option<(u32, u32)>| {
        let found = assertion(line);
        assert_eq!(found.as_ref().map(|(column, width, _)| (*column, *width)), expected, "{line}");
        assert!(found.is_none_or(|(.., rule)| rule == "some-rule"), "{line}");
    };
    check("# ^^^ some-rule", Some((3, 3)));
    check("  #      ^ some-rule", Some((10, 1)));
    check("^^ some-rule", Some((1, 2)));
    check("#   rate: x ^ y", None);
    check("# some-rule", None);
    check("  app: { kind: service } # ^^ some-rule", None);
    check("# ^^ Some words", None);
}

#[test]
fn blocks_become_files_with_a_header_and_expected_places() {
    let place = |file: &str, line, column, width| Place {
        file: file.into(),
        line,
        column,
        width,
        rule: "some-rule".into(),
    };
    let short = Example::parse("name: Shop\ncomponents: {}\n# ^^ some-rule\n#    ^ some-rule\nflows: {}\n");
    let text = "sysdesign: 1\nsummary: An example\nname: Shop\ncomponents: {}\nflows: {}\n";
    assert_eq!(short.files, [("design.yaml".to_owned(), text.to_owned())]);
    assert_eq!(short.expected, [place("design.yaml", 4, 3, 2), place("design.yaml", 4, 6, 1)]);
    let whole = Example::parse("sysdesign: 1\nname: Shop\n");
    assert_eq!(whole.files[0].1, "sysdesign: 1\nname: Shop\n");
    let two = Example::parse("# file: a.yaml\nx: 1\n# file: b.yaml\ny: 2\n^ some-rule\n");
    assert_eq!(two.files.len(), 2);
    assert_eq!(two.expected, [place("b.yaml", 1, 1, 1)]);
}
