//! Findings, as diagrams mark them: what they are about, and how much they matter.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

/// A finding about an element of the design.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// The section: `components`, `flows`, `data`.
    pub section: String,
    /// The id in it.
    pub id: String,
    /// Where it is.
    pub span: Span,
    /// How much it matters.
    pub severity: Severity,
    /// The rule.
    pub rule: String,
}

/// What findings are about. `path` says where a place of the design is: `components.app.replicas`.
pub fn marks(findings: &[Diagnostic], path: &dyn Fn(Span) -> String) -> Vec<Mark> {
    let mark = |found: &Diagnostic| {
        let path = path(found.span);
        let mut parts = path.split('.');
        let (section, id) = (parts.next()?, parts.next()?);
        // A place in a list: `flows.redirect.steps[2]`.
        let id = id.split('[').next().unwrap_or(id);
        Some(Mark {
            section: section.to_owned(),
            id: id.to_owned(),
            span: found.span,
            severity: found.severity,
            rule: found.rule.to_string(),
        })
    };
    findings.iter().filter_map(mark).collect()
}

/// The marks about one element.
pub(super) fn about<'a>(
    marks: &'a [Mark],
    section: &'a str,
    id: &'a str,
) -> impl Iterator<Item = &'a Mark> + 'a {
    marks.iter().filter(move |mark| mark.section == section && mark.id == id)
}

/// What is written beside a marked element: the worst severity and how many findings, with the rules.
pub(super) fn lines<'a>(marks: impl Iterator<Item = &'a Mark>) -> (Vec<String>, Option<Severity>) {
    const MOST: usize = 4;
    let mut rules: Vec<(&str, Severity)> = marks.map(|mark| (mark.rule.as_str(), mark.severity)).collect();
    rules.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    rules.dedup();
    let worst = rules.first().map(|(_, severity)| *severity);
    let left_out = rules.len().saturating_sub(MOST);
    let mut lines: Vec<String> =
        rules.iter().take(MOST).map(|(rule, severity)| format!("{} {rule}", sign(*severity))).collect();
    if left_out > 0 {
        lines.push(format!("… {left_out} more"));
    }
    (lines, worst)
}

/// A sign that says the severity without colour.
pub(super) fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✗",
        Severity::Warning => "⚠",
        Severity::Info => "ℹ",
    }
}
