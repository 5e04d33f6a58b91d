//! Whether checks hold, quickly enough for every `validate`.
//!
//! Checks of rates, sizes, costs and availabilities are judged by two thousand samples. Distributions of time cost a
//! thousand times as much, so checks of latency are looked at in a few cases first. When each of them holds, that is
//! enough; only otherwise more are drawn, until it is clear on which side of the wanted confidence the check is.
//! `sysdesign estimate` draws all of them.

use crate::estimate::readings::{Answer, CONFIDENCE, Verdict};
use crate::estimate::{Estimate, Evaluation, Samples, Sheet, Value};
use crate::model::names::Space;

/// Samples for what is cheap: a share of two thousand is off by a percentage point.
pub const SAMPLES: usize = 2_000;
/// Samples for what is expensive: the first look, and how many more there are while it is not clear.
const STAGES: &[usize] = &[24, 96, 250];
/// Cases of expensive checks in the first look at a design.
const FIRST_LOOK: usize = 240;
/// With fewer than these a first look says nothing.
const LEAST: usize = 12;
/// Blocks that take more microseconds are expensive.
const EXPENSIVE: f64 = crate::estimate::sheet::HEAVY;

/// The answers to all checks, by the central values and what is known of the uncertainty.
pub fn verdicts(estimate: &Estimate<'_, '_>) -> Vec<Verdict> {
    let values: Vec<Value> = estimate.checks.iter().map(|(_, value)| *value).collect();
    let central = estimate.central(&crate::estimate::Changes::new(), &values);
    let expensive = expensive(&estimate.sheet);
    let is_expensive = |value: &Value| expensive.get(value.index()).copied().unwrap_or(false);
    let uncertain = || values.iter().copied().filter(|value| estimate.sheet.varies(*value));
    let cheap: Vec<Value> = uncertain().filter(|value| !is_expensive(value)).collect();
    let many = uncertain().filter(|value| is_expensive(value)).count();
    let means = shares(estimate, &central, &cheap, SAMPLES);
    let mut verdicts = Vec::new();
    for (requirement, value) in &estimate.checks {
        let Some(entry) = estimate.model.design.requirements.entries.get(*requirement as usize) else {
            continue;
        };
        let Some(check) = &entry.value.check else { continue };
        let stated = entry.value.confidence.as_ref();
        let confidence =
            stated.and_then(|stated| estimate.model.central(&stated.written)).unwrap_or(CONFIDENCE);
        let known = cheap.iter().zip(&means).find(|(known, _)| *known == value).map(|(_, mean)| *mean);
        let chance = match known {
            Some(mean) => mean,
            None if estimate.sheet.varies(*value) => look(estimate, &central, *value, confidence, many),
            None => None,
        };
        let holds = central.of(*value);
        let is_known = estimate.sheet.is_known(*value) && !holds.is_nan();
        let answer = match chance.filter(|_| is_known) {
            _ if !is_known => Answer::NotComputable(estimate.missing(*value)),
            None if holds >= 0.5 => Answer::Holds(None),
            None => Answer::Fails(None),
            Some(chance) if chance >= confidence => Answer::Holds(Some(chance)),
            Some(chance) if holds < 0.5 || chance < 0.5 => Answer::Fails(Some(chance)),
            Some(chance) => Answer::AtRisk(chance, confidence),
        };
        let name = estimate.model.names.all(Space::Requirement).get(*requirement as usize);
        verdicts.push(Verdict {
            requirement: *requirement,
            id: name.map_or(String::new(), |name| name.text.to_owned()),
            span: check.node.span(),
            text: check.node.text().to_owned(),
            answer,
            value: *value,
        });
    }
    verdicts
}

/// Which values rest on a calculation that is expensive.
fn expensive(sheet: &Sheet<'_>) -> Vec<bool> {
    let mut found = vec![false; sheet.len()];
    for value in sheet.values() {
        let own = sheet.block(value).is_some_and(|(block, _)| block.cost() > EXPENSIVE);
        let of = |input: &Value| found.get(input.index()).copied().unwrap_or(false);
        let is_expensive = own || sheet.inputs(value).iter().any(of);
        if let Some(slot) = found.get_mut(value.index()) {
            *slot = is_expensive;
        }
    }
    found
}

/// The share of samples in which each value is one.
fn shares(
    estimate: &Estimate<'_, '_>,
    central: &Evaluation,
    wanted: &[Value],
    samples: usize,
) -> Vec<Option<f64>> {
    let seed = estimate.options.seed;
    let summaries = Samples::summaries(&estimate.sheet, central, wanted, samples, seed, 1);
    summaries.into_iter().map(|summary| summary.map(|summary| summary.mean)).collect()
}

/// In which share of cases an expensive check holds, as well as it takes to answer; `None` when there are so many of
/// them that only the central values are looked at.
fn look(
    estimate: &Estimate<'_, '_>,
    central: &Evaluation,
    value: Value,
    confidence: f64,
    many: usize,
) -> Option<f64> {
    let first = FIRST_LOOK / many.max(1);
    if first < LEAST {
        return None;
    }
    let mut chance = None;
    for stage in STAGES {
        let samples = if chance.is_none() { first.min(*stage) } else { *stage };
        let share = shares(estimate, central, &[value], samples).into_iter().next()??;
        let error = 2.0 * (share * (1.0 - share) / samples as f64).sqrt();
        let was_asked = chance.is_some();
        chance = Some(share);
        // All of a few say nothing of a confidence of 99%.
        let all_hold = share >= 1.0 && (confidence <= 0.95 || was_asked);
        let none_holds = share <= 0.0 && central.of(value) < 0.5;
        let is_clear = was_asked && (share - error > confidence || share + error < confidence);
        if all_hold || none_holds || is_clear {
            break;
        }
    }
    chance
}
