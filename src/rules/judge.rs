//! Whether checks hold, quickly enough for every `validate`.
//!
//! Checks of rates, sizes, costs and availabilities are judged by two thousand samples. Distributions of time cost a
//! thousand times as much, so checks of latency are looked at in a few cases first. When each of them holds, that is
//! enough; only otherwise more are drawn, until it is clear on which side of the wanted confidence the check is.
//! `sysdesign estimate` draws all of them.

use crate::estimate::{Changes, Estimate, Evaluation, Samples, Value, Verdict};
use std::collections::BTreeMap;

/// Samples for what is cheap: a share of two thousand is off by a percentage point.
pub const SAMPLES: usize = 2_000;
/// Samples for what is expensive: the first look, and how many more there are while it is not clear.
const STAGES: &[usize] = &[24, 96, 250];
/// Cases of expensive checks in the first look at a design.
const FIRST_LOOK: usize = 240;
/// With fewer than these a first look says nothing.
const LEAST: usize = 12;
/// The answers to all checks, by the central values and what is known of the uncertainty.
pub fn verdicts(estimate: &Estimate<'_, '_>) -> Vec<Verdict> {
    let values: Vec<Value> = estimate.checks.iter().map(|(_, value)| *value).collect();
    let central = estimate.central(&Changes::new(), &values);
    let (expensive, cheap): (Vec<Value>, Vec<Value>) = values
        .into_iter()
        .filter(|value| estimate.sheet.varies(*value))
        .partition(|value| estimate.sheet.is_heavy(*value));
    let many = expensive.len();
    let means: BTreeMap<Value, Option<f64>> =
        cheap.iter().copied().zip(shares(estimate, &central, &cheap, SAMPLES)).collect();
    estimate.judged(&central, |value, confidence| match means.get(&value) {
        Some(mean) => *mean,
        None if estimate.sheet.varies(value) => look(estimate, &central, value, confidence, many),
        None => None,
    })
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
