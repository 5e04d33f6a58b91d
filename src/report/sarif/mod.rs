//! SARIF 2.1.0, the form in which code scanning services take findings.

mod log;

use super::fingerprint::Fingerprints;
use super::place::Places;
use super::{Report, escape, text, uri};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::fix;
use crate::rules::Rule;
use crate::rules::own::Facts;
use crate::source::{Position, Span};
use log::*;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Services refuse logs with more results.
const MOST_RESULTS: usize = 25_000;
const ROOT: &str = "%SRCROOT%";

/// Writes the report as SARIF.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let chosen = most_severe(report.findings, MOST_RESULTS);
    let mut rules: BTreeMap<&str, usize> = chosen.iter().map(|(_, finding)| (&*finding.rule, 0)).collect();
    for (index, of_rule) in rules.values_mut().enumerate() {
        *of_rule = index;
    }
    let mut fingerprints = Fingerprints::default();
    let mut reader = Reader { report, places: Places::new(report.sources) };
    let mut next = chosen.iter().peekable();
    let mut results = Vec::with_capacity(chosen.len());
    for (index, finding) in report.findings.iter().enumerate() {
        let path = (report.paths)(finding.span);
        // Those left out get a fingerprint too: it must not depend on the limit.
        let fingerprint = fingerprints.next(report, finding, &path);
        if next.next_if(|(chosen, _)| *chosen == index).is_some() {
            let rule_index = rules.get(&*finding.rule).copied().unwrap_or_default();
            results.push(reader.result(finding, rule_index, path, fingerprint));
        }
    }
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "sysdesign",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: rules.keys().map(|name| descriptor(name, report)).collect(),
                },
            },
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: left_out(report.findings.len(), chosen.len()),
            }],
            original_uri_base_ids: Bases {
                root: Base { description: Message::plain("the folder that file names start from") },
            },
            column_kind: "unicodeCodePoints",
            results,
        }],
    };
    escape::write_json(&log, out)
}

/// The findings to list with their index, in their order: when there are too many, the most severe ones.
fn most_severe(findings: &[Diagnostic], limit: usize) -> Vec<(usize, &Diagnostic)> {
    let mut chosen: Vec<(usize, &Diagnostic)> = findings.iter().enumerate().collect();
    if chosen.len() > limit {
        chosen.sort_by_key(|(_, finding)| Reverse(finding.severity));
        chosen.truncate(limit);
        chosen.sort_by_key(|&(index, _)| index);
    }
    chosen
}

fn left_out(all: usize, listed: usize) -> Vec<Notification> {
    let note = || {
        let (all, listed) = (text::thousands(all), text::thousands(listed));
        let text = format!("{listed} of {all} findings are listed, errors first; --format json lists all");
        Notification { level: "warning", message: Message::plain(&text) }
    };
    (all > listed).then(note).into_iter().collect()
}

fn descriptor<'a>(name: &'a str, report: &Report<'a>) -> Descriptor<'a> {
    let known = report.rules.iter().find(|rule| rule.name == name).map(|rule| Documentation {
        short_description: Message::plain(rule.summary()),
        full_description: Message::plain(&introduction(rule)),
        help: Help { text: rule.docs.trim().to_owned(), markdown: Cow::Borrowed(rule.docs.trim()) },
        default_configuration: Configuration { level: level(rule.severity) },
        properties: Properties { tags: [rule.category.name()] },
    });
    let own = || report.own_rules.iter().find(|rule| rule.name == name).map(own_documentation);
    Descriptor { id: name, known: known.or_else(own) }
}

fn own_documentation(rule: &Facts) -> Documentation<'_> {
    Documentation {
        short_description: Message::plain(&rule.summary),
        full_description: Message::plain(&rule.summary),
        help: Help { text: rule.help.clone(), markdown: Cow::Owned(as_markdown(&rule.help)) },
        default_configuration: Configuration { level: level(rule.severity.unwrap_or(Severity::Warning)) },
        properties: Properties { tags: ["own"] },
    }
}

/// What a design says, as Markdown in which nothing is a link, an image or HTML.
fn as_markdown(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_punctuation() {
            plain.push('\\');
        }
        plain.push(character);
    }
    plain
}

/// What the documentation says before its first example: the sentence and the reason.
fn introduction(rule: &Rule) -> String {
    let why = rule.docs.lines().skip_while(|line| line.trim() != "## Why").skip(1);
    let why: Vec<&str> = why.take_while(|line| !line.starts_with("## ")).map(str::trim).collect();
    format!("{} {}", rule.summary(), why.join(" ").trim()).trim().to_owned()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

struct Reader<'a> {
    report: &'a Report<'a>,
    places: Places<'a>,
}

impl<'a> Reader<'a> {
    fn result(
        &mut self,
        finding: &'a Diagnostic,
        rule_index: usize,
        path: String,
        fingerprint: String,
    ) -> SarifResult<'a> {
        let message = match &finding.help {
            Some(help) => format!("{}\n{help}", finding.message),
            None => finding.message.clone(),
        };
        let mut main = self.location(finding.span, finding.label.as_deref());
        if !path.is_empty() {
            main.logical_locations.push(LogicalLocation { fully_qualified_name: path });
        }
        // The standard wants each place once.
        let mut listed = BTreeSet::new();
        let related = finding.related.iter().map(|second| self.location(second.span, Some(&second.message)));
        let related_locations = related.filter(|location| listed.insert(location.clone())).collect();
        SarifResult {
            rule_id: &finding.rule,
            rule_index,
            level: level(finding.severity),
            message: Message::plain(&message),
            locations: [main],
            related_locations,
            partial_fingerprints: Partial { finding: fingerprint },
            fixes: finding.fix.as_ref().and_then(|fix| self.fix(fix)).into_iter().collect(),
        }
    }

    fn fix(&mut self, fix: &diagnostic::Fix) -> Option<Fix> {
        let mut changes: BTreeMap<ArtifactLocation, Vec<Replacement>> = BTreeMap::new();
        for (span, right) in fix::edits(self.report.sources, fix)? {
            let place = self.location(span, None).physical_location;
            let inserted_content = Content { text: right.to_owned() };
            let replacement = Replacement { deleted_region: place.region, inserted_content };
            changes.entry(place.artifact_location).or_default().push(replacement);
        }
        let change = |(artifact_location, replacements)| ArtifactChange { artifact_location, replacements };
        Some(Fix { artifact_changes: changes.into_iter().map(change).collect() })
    }

    fn location(&mut self, span: Span, message: Option<&str>) -> Location {
        let Position { line, column, end_line, end_column } = self.places.position(span);
        let name = self.report.sources.get(span.file).name();
        let artifact_location = match uri::reference(name) {
            uri::Reference::Relative(uri) => ArtifactLocation { uri, uri_base_id: Some(ROOT) },
            uri::Reference::Absolute(uri) => ArtifactLocation { uri, uri_base_id: None },
        };
        let region = Region { start_line: line, start_column: column, end_line, end_column };
        Location {
            physical_location: PhysicalLocation { artifact_location, region },
            logical_locations: Vec::new(),
            message: message.map(Message::plain),
        }
    }
}

impl Message {
    /// A message that reads as the text stands. SARIF sees a link in `[text](target)`: a design that somebody
    /// else wrote must not put one into a report, so in such a text the brackets are escaped as it demands.
    fn plain(text: &str) -> Self {
        let mut plain = text.to_owned();
        if text.contains("](") {
            plain = plain.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
        }
        Self { text: plain }
    }
}
