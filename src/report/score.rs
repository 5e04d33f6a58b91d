//! The score card: how a design stands by quality, and what would help most.
//!
//! A quality begins with 100 points. Each error and each check that fails takes 25, each warning and each check at risk 10,
//! each info 2; it never falls below nothing. A quality about which nothing was asked and nothing found has no score.

use super::Report;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::qualities::{self, CARD, Judged, Standing};
use crate::source::Span;
use crate::spec::requirement::Quality;
use serde::Serialize;
use std::collections::BTreeMap;

/// The most changes that are named.
const MOST_CHANGES: usize = 3;
const FULL: u32 = 100;

/// How a design stands.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// By quality, in the order of the card.
    pub qualities: Vec<Standpoint>,
    /// What would help most, best first.
    pub changes: Vec<Change>,
}

/// How a design stands in one quality.
#[derive(Clone, Debug, Serialize)]
pub struct Standpoint {
    /// The quality.
    pub quality: &'static str,
    /// From 0 to 100; `None` when nothing was asked and nothing found.
    pub score: Option<u32>,
    /// How many checks of requirements are about it.
    pub checks: usize,
    /// How many of them hold as surely as they should.
    pub holding: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are only worth knowing.
    pub infos: usize,
}

/// What could be done about all findings of a rule.
#[derive(Clone, Debug)]
pub struct Change {
    /// The rule.
    pub rule: String,
    /// How many points that gives back.
    pub points: u32,
    /// How many findings it mends.
    pub findings: usize,
    /// Where the first of them is.
    pub span: Span,
    /// What to do there.
    pub help: String,
}

fn points(severity: Severity) -> u32 {
    match severity {
        Severity::Error => 25,
        Severity::Warning => 10,
        Severity::Info => 2,
    }
}

/// The score card of a run: of its findings and of how the checks came out.
pub fn of(report: &Report, checks: &[Judged]) -> Score {
    let quality_of = |finding: &Diagnostic| {
        let rule = report.rules.iter().find(|rule| rule.name == finding.rule);
        let own = || report.own_rules.iter().find(|own| own.name == finding.rule);
        rule.map_or_else(|| own()?.quality, |rule| rule.quality)
    };
    // Findings of one rule come in any order, and rules are few: looked up once for each.
    let mut known: BTreeMap<&str, Option<Quality>> = BTreeMap::new();
    let mut found: BTreeMap<Quality, BTreeMap<Severity, usize>> = BTreeMap::new();
    let mut changes: BTreeMap<&str, Change> = BTreeMap::new();
    for finding in report.findings {
        let quality = *known.entry(&finding.rule).or_insert_with(|| quality_of(finding));
        if let Some(quality) = quality {
            *found.entry(quality).or_default().entry(finding.severity).or_default() += 1;
        }
        if quality.is_some() || qualities::is_about_checks(&finding.rule) {
            let help = finding.help.as_ref().unwrap_or(&finding.message);
            let new = || Change {
                rule: finding.rule.to_string(),
                points: 0,
                findings: 0,
                span: finding.span,
                help: help.clone(),
            };
            let change = changes.entry(&finding.rule).or_insert_with(new);
            change.points += points(finding.severity);
            change.findings += 1;
        }
    }
    let mut changes: Vec<Change> = changes.into_values().collect();
    changes.sort_by(|one, other| other.points.cmp(&one.points).then_with(|| one.rule.cmp(&other.rule)));
    changes.truncate(MOST_CHANGES);
    let standpoint = |quality: &Quality| {
        let nothing = BTreeMap::new();
        let counts = found.get(quality).unwrap_or(&nothing);
        let own = || checks.iter().filter(|judged| judged.quality == *quality);
        let of = |standing: Standing| own().filter(|judged| judged.standing == standing).count();
        let count = |severity: Severity| counts.get(&severity).copied().unwrap_or(0);
        let lost = |count: usize, severity: Severity| {
            points(severity).saturating_mul(u32::try_from(count).unwrap_or(u32::MAX))
        };
        let (errors, warnings, infos) =
            (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
        let (checks, holding) = (own().count(), of(Standing::Holds));
        let lost = lost(errors + of(Standing::Fails), Severity::Error)
            .saturating_add(lost(warnings + of(Standing::AtRisk) + of(Standing::Unknown), Severity::Warning))
            .saturating_add(lost(infos, Severity::Info));
        let is_judged = checks + errors + warnings + infos > 0;
        let score = is_judged.then(|| FULL.saturating_sub(lost));
        Standpoint { quality: quality.word(), score, checks, holding, errors, warnings, infos }
    };
    Score { qualities: CARD.iter().map(standpoint).collect(), changes }
}

impl Standpoint {
    /// `1 of 2 checks holds, 3 warnings`.
    pub fn words(&self) -> String {
        let plural =
            |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
        let mut parts = Vec::new();
        match (self.holding, self.checks) {
            (_, 0) => {}
            (1, 1) => parts.push("its check holds".to_owned()),
            (holding, checks) => parts.push(format!("{holding} of {} hold", plural(checks, "check"))),
        }
        for (count, noun) in [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")] {
            if count > 0 {
                parts.push(plural(count, noun));
            }
        }
        parts.join(", ")
    }
}
