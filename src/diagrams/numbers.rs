//! What `--numbers` adds: load and latency on arrows, use and instances on boxes, and colours by use.

use super::Context;
use super::kinds::Drawn;
use super::picture::{Key, Tone};
use crate::estimate::{Estimate, Evaluation, Status, Subject, Value};

/// Use below this is fine.
pub(super) const BUSY: f64 = 0.6;
/// Use above this leaves no room.
pub(super) const FULL: f64 = 0.85;

/// The colour of a share in use.
pub(super) fn tone(share: f64) -> Tone {
    match share {
        share if share.is_nan() => Tone::Faint,
        share if share < BUSY => Tone::Good,
        share if share < FULL => Tone::Warm,
        _ => Tone::Hot,
    }
}

/// A sign that says the same without colour.
pub(super) fn sign(share: f64) -> &'static str {
    match tone(share) {
        Tone::Good => "●○○",
        Tone::Warm => "●●○",
        Tone::Hot => "●●●",
        _ => "?",
    }
}

/// A number with an address, when it is known: how it is shown, and what it is.
pub(super) fn known(
    estimate: &Estimate<'_, '_>,
    central: &Evaluation,
    subject: Subject,
    name: &str,
) -> Option<(String, f64)> {
    let value = estimate.get(subject, name)?;
    let number = central.of(value);
    (estimate.status(value, central) != Status::Unknown).then(|| (estimate.shown(value, number), number))
}

/// Index of a component, as the numbers know it.
pub(super) fn component(index: usize) -> Subject {
    Subject::Component(u32::try_from(index).unwrap_or(u32::MAX))
}

/// Adds them to a graph.
pub(super) fn annotate(context: &Context<'_, '_, '_>, drawn: &mut Drawn, legend: &mut Vec<Key>) {
    let Some(numbers) = context.case.numbers() else { return };
    let estimate = &numbers.estimate;
    let mut wanted: Vec<Value> = Vec::new();
    for index in 0..context.case.model().design.components.len() {
        wanted.extend(estimate.get(component(index), "latency.mean"));
    }
    let central = numbers.with(&wanted);
    let known = |subject: Subject, name: &str| known(estimate, &central, subject, name);
    for (node, index) in drawn.graph.nodes.iter_mut().zip(&drawn.component_of) {
        let Some(index) = index else { continue };
        let subject = component(*index);
        if let Some((load, _)) = known(subject, "load.peak").filter(|(_, load)| *load > 0.0) {
            node.lines.push(format!("{load} at peak"));
        }
        let share = known(subject, "utilization");
        if let Some((shown, share)) = &share {
            node.lines.push(format!("{} {shown} in use", sign(*share)));
            node.tone = tone(*share);
        }
        let have = known(subject, "replicas").map(|(shown, _)| shown);
        match (known(subject, "instances").map(|(shown, _)| shown), have) {
            (Some(needed), Some(have)) => node.lines.push(format!("needs {needed} of {have}")),
            (Some(needed), None) => node.lines.push(format!("needs {needed}")),
            _ => {}
        }
    }
    let mut most = 0.0_f64;
    let mut rates = Vec::new();
    for wires in &drawn.wires_of {
        let mut pairs: Vec<(usize, usize)> = wires
            .iter()
            .filter_map(|wire| context.wires.get(*wire))
            .map(|wire| (wire.from, wire.to))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let connection = |(from, to): (usize, usize)| {
            let index = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
            known(Subject::Connection(index(from), index(to)), "rate")
        };
        let found: Vec<(String, f64)> = pairs.iter().filter_map(|pair| connection(*pair)).collect();
        let rate: f64 = found.iter().map(|(_, rate)| rate).filter(|rate| rate.is_finite()).sum();
        let mut said = match found.as_slice() {
            [(shown, _)] => shown.clone(),
            [] => String::new(),
            _ => estimate.shown_as(rate, crate::quantity::Dimension::RATE, false),
        };
        if let [(_, to)] = pairs.as_slice()
            && let Some((time, _)) = known(component(*to), "latency.mean")
        {
            said = if said.is_empty() { time } else { format!("{said} · {time}") };
        }
        most = most.max(rate);
        rates.push((rate, said));
    }
    for (edge, (rate, said)) in drawn.graph.edges.iter_mut().zip(rates) {
        if !said.is_empty() {
            edge.label.push(said);
        }
        // Wider by a step for each factor of ten below the most.
        let steps = if rate > 0.0 && most > 0.0 { (rate / most).log10().max(-3.0) + 3.0 } else { 0.0 };
        edge.weight = 1.0 + steps;
    }
    let key = |tone: Tone, text: &str| Key { tone, line: None, text: text.to_owned() };
    legend.push(key(Tone::Good, "●○○ below 60% in use"));
    legend.push(key(Tone::Warm, "●●○ 60% to 85% in use"));
    legend.push(key(Tone::Hot, "●●● above 85% in use"));
}
