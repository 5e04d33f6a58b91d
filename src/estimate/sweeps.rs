//! The same numbers for several values of one assumption.

use super::label::{Label, Subject};
use super::readings::Status;
use super::sheet::Value;
use super::{Changes, Estimate};
use crate::model::names::Space;
use crate::quantity::Dimension;

/// The most steps of one sweep.
pub const MOST_STEPS: usize = 1_000;

/// A number of a sweep.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Point {
    /// The number; NaN when it is not known, infinite when a queue grows without end.
    pub number: f64,
    /// Whether there is one.
    pub status: Status,
}

/// One value at every step.
#[derive(Clone, PartialEq, Debug)]
pub struct Series {
    /// Its address, or how it is calculated.
    pub name: String,
    /// The node.
    pub value: Value,
    /// The numbers, in the order of the steps.
    pub points: Vec<Point>,
}

/// What became of the numbers.
#[derive(Clone, PartialEq, Debug)]
pub struct Sweep {
    /// The name of the assumption.
    pub name: String,
    /// Its node.
    pub input: Value,
    /// The values that it was given.
    pub steps: Vec<f64>,
    /// The numbers.
    pub series: Vec<Series>,
}

/// Steps from one value to another: by equal factors when both are positive, else by equal differences.
pub fn steps(from: f64, to: f64, count: usize) -> Vec<f64> {
    let count = count.clamp(2, MOST_STEPS);
    let last = count - 1;
    let step = |index: usize| {
        let share = index as f64 / last as f64;
        match index {
            0 => from,
            _ if index == last => to,
            _ if from > 0.0 && to > 0.0 => from * libm::pow(to / from, share),
            _ => from + (to - from) * share,
        }
    };
    (0..count).map(step).collect()
}

/// What is looked at unless somebody says: what requirements look at, what everything costs, and the component
/// that is busiest today.
pub fn worth_a_look(estimate: &Estimate<'_, '_>) -> Vec<(String, Value)> {
    let mut found: Vec<(String, Value)> = Vec::new();
    let mut add = |value: Value| {
        if estimate.sheet.is_known(value) && !found.iter().any(|(_, known)| *known == value) {
            found.push((name(estimate, value), value));
        }
    };
    for compare in estimate.checks.iter().flat_map(|(_, check)| estimate.comparisons(*check)) {
        estimate.sheet.inputs(compare).iter().take(1).for_each(|left| add(*left));
    }
    if let Some(cost) = estimate.get(Subject::System, "cost") {
        add(cost);
    }
    let count = u32::try_from(estimate.model.names.all(Space::Component).len()).unwrap_or(u32::MAX);
    let shares: Vec<Value> =
        (0..count).filter_map(|index| estimate.get(Subject::Component(index), "utilization")).collect();
    let central = estimate.central(&Changes::new(), &shares);
    let known = shares.into_iter().filter(|share| !central.of(*share).is_nan());
    if let Some(busiest) = known.reduce(|a, b| if central.of(b) > central.of(a) { b } else { a }) {
        add(busiest);
    }
    found
}

/// The address of a value, or how it is calculated.
pub fn name(estimate: &Estimate<'_, '_>, value: Value) -> String {
    estimate.name(value).unwrap_or_else(|| {
        let central = estimate.central(&Changes::new(), &[]);
        estimate.derivation(value, &central).formula
    })
}

/// A value of an assumption as people read it: a rate in the period that it is written for.
pub fn shown_as_written(estimate: &Estimate<'_, '_>, value: Value, number: f64) -> String {
    let shown = || estimate.shown(value, number);
    let Some(Label::Written { node, .. }) = estimate.sheet.label(value) else { return shown() };
    let Some((_, unit)) = node.text().rsplit_once('/') else { return shown() };
    let unit = unit.trim();
    let period = crate::quantity::parse(&format!("1 {unit}")).ok().and_then(|expr| {
        let literal = *expr.as_literal()?;
        (literal.dimension == Dimension::TIME).then_some(literal.value)
    });
    match period {
        Some(period) if estimate.sheet.dimension(value) == Dimension::RATE && number.is_finite() => {
            let count = crate::quantity::format(number * period, Dimension::NONE, estimate.currency());
            format!("{count} / {unit}")
        }
        _ => shown(),
    }
}

/// Calculates the wanted values at every step; an uncertain input stands for its median.
pub fn run(
    estimate: &Estimate<'_, '_>,
    name: &str,
    input: Value,
    steps: Vec<f64>,
    wanted: Vec<(String, Value)>,
) -> Sweep {
    let values: Vec<Value> = wanted.iter().map(|(_, value)| *value).collect();
    let mut series: Vec<Series> =
        wanted.into_iter().map(|(name, value)| Series { name, value, points: Vec::new() }).collect();
    for step in &steps {
        let central = estimate.central(&Changes::from([(input, *step)]), &values);
        for one in &mut series {
            let status = estimate.status(one.value, &central);
            one.points.push(Point { number: central.of(one.value), status });
        }
    }
    Sweep { name: name.to_owned(), input, steps, series }
}
