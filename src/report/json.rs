//! Our own JSON: every finding with all that is known of it. `schemas/validate-output.schema.json` describes it.

use super::place::Places;
use super::score::{Score, Standpoint};
use super::{Counts, Report, escape};
use crate::fix;
use crate::source::{Position, Sources, Span};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    diagnostics: Vec<Finding<'a>>,
    summary: Summary<'a>,
}

#[derive(Serialize)]
struct Summary<'a> {
    #[serde(flatten)]
    counts: Counts,
    score: Option<Card<'a>>,
}

#[derive(Serialize)]
struct Card<'a> {
    qualities: &'a [Standpoint],
    changes: Vec<Advice<'a>>,
}

#[derive(Serialize)]
struct Advice<'a> {
    rule: &'a str,
    points: u32,
    findings: usize,
    help: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    path: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    label: Option<&'a str>,
    help: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
    path: String,
    related: Vec<Second<'a>>,
    fix: Option<Mended<'a>>,
}

#[derive(Serialize)]
struct Mended<'a> {
    safe: bool,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
struct Replacement<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Second<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

impl<'a> Place<'a> {
    fn of(span: Span, sources: &'a Sources, places: &mut Places<'_>) -> Self {
        let Position { line, column, end_line, end_column } = places.position(span);
        Self { file: sources.get(span.file).name(), line, column, end_line, end_column }
    }
}

/// Writes the report as JSON, version 1.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(report.sources);
    let mut others = Places::new(report.sources);
    let mut fixes = Places::new(report.sources);
    let diagnostics = report
        .findings
        .iter()
        .map(|finding| Finding {
            rule: &finding.rule,
            severity: finding.severity.name(),
            message: &finding.message,
            label: finding.label.as_deref(),
            help: finding.help.as_deref(),
            place: Place::of(finding.span, report.sources, &mut places),
            path: (report.paths)(finding.span),
            related: finding
                .related
                .iter()
                .map(|second| Second {
                    message: &second.message,
                    place: Place::of(second.span, report.sources, &mut others),
                })
                .collect(),
            fix: finding.fix.as_ref().and_then(|fix| {
                let edits = fix::edits(report.sources, fix)?.into_iter();
                let edits = edits.map(|(span, text)| Replacement {
                    text,
                    place: Place::of(span, report.sources, &mut fixes),
                });
                Some(Mended { safe: fix.is_safe, edits: edits.collect() })
            }),
        })
        .collect();
    let card = |score| card(score, report);
    let summary = Summary { counts: report.counts(), score: report.score.map(card) };
    escape::write_json(&Output { version: 1, diagnostics, summary }, out)
}

fn card<'a>(score: &'a Score, report: &Report<'a>) -> Card<'a> {
    let mut places = Places::new(report.sources);
    let advice = score.changes.iter().map(|change| Advice {
        rule: &change.rule,
        points: change.points,
        findings: change.findings,
        help: &change.help,
        place: Place::of(change.span, report.sources, &mut places),
        path: (report.paths)(change.span),
    });
    Card { qualities: &score.qualities, changes: advice.collect() }
}
