//! JUnit XML: a suite for each file, a failed case for each finding, a passed one for a clean file.

use super::Report;
use super::place::Places;
use super::sanitize::{Signs, Visible};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::FileId;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes the report as test results.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut suites: BTreeMap<FileId, Vec<&Diagnostic>> =
        report.files.iter().map(|&file| (file, Vec::new())).collect();
    for finding in report.findings {
        suites.entry(finding.span.file).or_default().push(finding);
    }
    let cases = suites.values().map(|findings| findings.len().max(1)).sum();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"sysdesign\" {}>", numbers(cases, failures(report.findings.iter())))?;
    let mut places = Places::new(report.sources);
    for (&file, findings) in &suites {
        let name = escaped(Visible::line(report.sources.get(file).name(), Signs::Unicode));
        let failed = failures(findings.iter().copied());
        writeln!(out, "  <testsuite name=\"{name}\" {}>", numbers(findings.len().max(1), failed))?;
        if findings.is_empty() {
            writeln!(out, "    <testcase name=\"no findings\" classname=\"{name}\"/>")?;
        }
        for finding in findings {
            case(report, finding, &name, &mut places, out)?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn numbers(tests: usize, failures: usize) -> String {
    format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\"")
}

fn failures<'a>(findings: impl Iterator<Item = &'a Diagnostic>) -> usize {
    findings.filter(|finding| fails(finding)).count()
}

/// An info asks for nothing, so its case passes and shows its text as output.
fn fails(finding: &Diagnostic) -> bool {
    finding.severity > Severity::Info
}

fn case(
    report: &Report,
    finding: &Diagnostic,
    file: &str,
    places: &mut Places,
    out: &mut dyn Write,
) -> io::Result<()> {
    let at = places.position(finding.span);
    let rule = escaped(Visible::line(&finding.rule, Signs::Unicode));
    // A name with the dotted place instead of the line lets a service follow the case over versions.
    let place = match (report.paths)(finding.span) {
        path if path.is_empty() => format!("{}:{}", at.line, at.column),
        path => escaped(Visible::line(&path, Signs::Unicode)),
    };
    let message = escaped(Visible::line(&finding.message, Signs::Unicode));
    let severity = finding.severity.name();
    let help = finding
        .help
        .as_deref()
        .map_or(String::new(), |help| format!("\nhelp: {}", escaped(Visible::lines(help, Signs::Unicode))));
    let body = format!("{file}:{}:{}: {severity}[{rule}]: {message}{help}", at.line, at.column);
    writeln!(out, "    <testcase name=\"{rule} at {place}\" classname=\"{file}\">")?;
    if fails(finding) {
        writeln!(out, "      <failure message=\"{message}\" type=\"{severity}\">{body}</failure>")?;
    } else {
        writeln!(out, "      <system-out>{body}</system-out>")?;
    }
    writeln!(out, "    </testcase>")
}

/// Text as XML 1.0 allows it within an element or an attribute in double quotes. Control characters are already
/// signs; of the others only two are forbidden.
fn escaped(text: Visible) -> String {
    let mut escaped = String::with_capacity(text.as_str().len());
    for character in text.as_str().chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push_str(&format!("&lt;U+{:04X}&gt;", u32::from(character))),
            _ => escaped.push(character),
        }
    }
    escaped
}
