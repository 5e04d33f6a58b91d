//! Annotations of GitHub Actions: one workflow command, so one line, for each finding.

use super::Report;
use super::place::Places;
use super::sanitize::{Signs, Visible};
use crate::diagnostic::{Diagnostic, Severity};
use std::io::{self, Write};

/// Writes a workflow command for each finding.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(report.sources);
    for finding in report.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let file = property(report.sources.get(finding.span.file).name());
        let at = places.position(finding.span);
        write!(out, "::{command} file={file},line={},endLine={}", at.line, at.end_line)?;
        // GitHub takes columns only for a place on one line.
        if at.line == at.end_line {
            write!(out, ",col={},endColumn={}", at.column, at.end_column)?;
        }
        writeln!(out, ",title={}::{}", property(&finding.rule), data(finding))?;
    }
    Ok(())
}

fn data(finding: &Diagnostic) -> String {
    let text = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let text = Visible::lines(&text, Signs::Unicode);
    text.as_str().replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    let text = Visible::line(text, Signs::Unicode);
    text.as_str().replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}
