//! The Code Quality report of GitLab, which is a part of the form of Code Climate.

use super::fingerprint::Fingerprints;
use super::place::Places;
use super::{Report, escape};
use crate::diagnostic::{Diagnostic, Severity};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes a list with an entry for each finding.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(report.sources);
    let mut fingerprints = Fingerprints::default();
    let issues: Vec<Issue> = report
        .findings
        .iter()
        .map(|finding| {
            let at = places.position(finding.span);
            let name = report.sources.get(finding.span.file).name();
            Issue {
                description: description(finding),
                check_name: &finding.rule,
                fingerprint: fingerprints.next(report, finding, &(report.paths)(finding.span)),
                severity: severity(finding.severity),
                location: Location {
                    path: name.strip_prefix("./").unwrap_or(name),
                    lines: Lines { begin: at.line, end: at.end_line },
                },
            }
        })
        .collect();
    escape::write_json(&issues, out)
}

/// GitLab shows one text on one line.
fn description(finding: &Diagnostic) -> String {
    match &finding.help {
        Some(help) => format!("{} ({help})", finding.message),
        None => finding.message.clone(),
    }
}

/// `critical` and `blocker` would say more than a finding knows.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}
