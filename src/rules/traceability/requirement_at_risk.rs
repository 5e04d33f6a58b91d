use crate::diagnostic::Diagnostic;
use crate::estimate::derivation::Origin;
use crate::estimate::readings::Answer;
use crate::estimate::{Changes, Evaluation, Subject, Value, Verdict};
use crate::numerics::random::Spread;
use crate::rules::rule::rule;
use crate::rules::{Case, Numbers};
use crate::source::Span;
use std::collections::BTreeSet;

rule! {
    /// A requirement whose check holds in too few of the cases that are possible.
    ///
    /// ## Why
    /// The central estimates are fine, but the design rests on numbers that are ranges, and in too many cases within
    /// them the check does not hold. How many cases it must hold in is the `confidence` of the requirement: 90% when
    /// nothing is said.
    ///
    /// Checks are judged by 2,000 samples, those of latency by 24 to 250; `sysdesign estimate` takes more.
    ///
    /// ## Example
    /// ```yaml
    /// assumptions:
    ///   rate: 50..200 rps
    /// requirements:
    ///   roomy: { check: components.app.utilization < 80% }
    /// #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ requirement-at-risk
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2, capacity: 80 rps }
    /// flows:
    ///   open: { rate: rate, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// assumptions:
    ///   rate: 50..200 rps
    /// requirements:
    ///   roomy: { check: components.app.utilization < 80% }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 4, capacity: 80 rps }
    /// flows:
    ///   open: { rate: rate, steps: ["browser -> app: GET /"] }
    /// ```
    "requirement-at-risk": Warning, Traceability, Recommended, since "0.1.0", check
}

/// So many uncertain numbers are tried out at most.
const TRIED: usize = 24;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for verdict in case.verdicts() {
        let Answer::AtRisk(chance, confidence) = verdict.answer else { continue };
        let Some(numbers) = case.numbers() else { continue };
        let share = |share: f64| crate::quantity::format_share((share * 100.0).round() / 100.0);
        let message = format!(
            "this holds in {} of all cases, and {} is asked for",
            share(chance),
            crate::quantity::format_share(confidence)
        );
        let mut finding = RULE.finding(verdict.span, message);
        let help = match decisive(numbers, verdict) {
            Some((name, place, number)) => {
                if let Some(place) = place {
                    let message = format!("it depends on `{name}` most: at {number} it does not hold");
                    finding = finding.related(place, message);
                }
                format!(
                    "narrow down `{name}`, make room for {number}, or ask for less: `confidence: {}`",
                    share((chance * 100.0).floor() / 100.0)
                )
            }
            None => "narrow down the ranges that it rests on, or make room for their ends".to_owned(),
        };
        out.push(finding.help(help));
    }
}

/// The uncertain number whose ends turn the answer: its name, its place, and the end at which the check does not hold.
fn decisive(numbers: &Numbers<'_, '_>, verdict: &Verdict) -> Option<(String, Option<Span>, String)> {
    let estimate = &numbers.estimate;
    let sheet = &estimate.sheet;
    let below = below(numbers, verdict.value);
    let mut best: Option<(f64, usize, f64)> = None;
    let draws = sheet.draws().iter().enumerate().filter(|(_, draw)| below.contains(&draw.value));
    for (at, draw) in draws.take(TRIED) {
        let (low, high) = match draw.spread {
            Spread::Lognormal { low, high }
            | Spread::Logitnormal { low, high }
            | Spread::Normal { low, high, .. } => (low, high),
            Spread::Uniform { least, most } | Spread::Triangular { least, most, .. } => (least, most),
        };
        for end in [low, high] {
            let central = estimate.central(&Changes::from([(draw.value, end)]), &[verdict.value]);
            if central.of(verdict.value) >= 0.5 {
                continue;
            }
            let excess = excess(numbers, &central, verdict.value);
            if best.is_none_or(|(most, ..)| excess > most) {
                best = Some((excess, at, end));
            }
        }
    }
    let (_, at, end) = best?;
    let draw = sheet.draws().get(at)?;
    // The name of the input is that of the fact it stands in.
    let name = draw.name.split('#').next().unwrap_or_default();
    let assumption = name.strip_prefix("assumptions.");
    let named = assumption.and_then(|id| {
        let index = estimate.model.names.find(crate::model::names::Space::Assumption, id)?;
        estimate.get(Subject::Assumption(index), "")
    });
    let value = named.unwrap_or(draw.value);
    let central = &numbers.central;
    let place = match estimate.derivation(value, central).origin {
        Origin::Written(span, _) => Some(span),
        _ => None,
    };
    let dimension = sheet.dimension(draw.value);
    let number = estimate.shown_as(end, dimension, estimate.is_share(value));
    Some((assumption.unwrap_or(name).to_owned(), place, number))
}

/// Everything that a value rests on.
fn below(numbers: &Numbers<'_, '_>, value: Value) -> BTreeSet<Value> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        if found.insert(value) {
            waiting.extend(numbers.estimate.sheet.inputs(value));
        }
    }
    found
}

/// By how much the worst comparison below a check fails.
fn excess(numbers: &Numbers<'_, '_>, central: &Evaluation, check: Value) -> f64 {
    let sheet = &numbers.estimate.sheet;
    let mut worst: f64 = 0.0;
    let mut waiting = vec![check];
    while let Some(value) = waiting.pop() {
        match (sheet.op(value), sheet.inputs(value)) {
            (crate::estimate::Op::Compare(_), [left, right]) if central.of(value) < 0.5 => {
                let (left, right) = (central.of(*left), central.of(*right));
                let ratio = (left / right).abs().max((right / left).abs());
                worst = worst.max(if ratio.is_nan() { 1.0 } else { ratio });
            }
            (crate::estimate::Op::Compare(_), _) => {}
            (_, inputs) => waiting.extend(inputs),
        }
    }
    worst
}
