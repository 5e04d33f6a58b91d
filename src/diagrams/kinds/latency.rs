//! Where the time of each flow goes: a waterfall of its hops.

use super::super::Context;
use super::super::picture::{Body, Picture, Spans, TimeSpan, Tone};
use crate::estimate::shares::Part;
use crate::estimate::{Estimate, Evaluation, Subject, Value};
use crate::quantity::Dimension;

/// Smaller parts of the whole are drawn together.
const LEAST: f64 = 0.01;

/// Draws a picture for each flow whose time is known.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let Some(numbers) = context.case.numbers() else { return Vec::new() };
    let estimate = &numbers.estimate;
    let flows = context.flows();
    let mut wanted: Vec<Value> = Vec::new();
    for flow in &flows {
        wanted.extend(estimate.get(subject(*flow), "latency.p99"));
        wanted.extend(estimate.get(subject(*flow), "latency.mean"));
    }
    let central = numbers.with(&wanted);
    flows.into_iter().filter_map(|flow| one(context, estimate, &central, flow)).collect()
}

fn subject(flow: usize) -> Subject {
    Subject::Flow(u32::try_from(flow).unwrap_or(u32::MAX))
}

fn one(
    context: &Context<'_, '_, '_>,
    estimate: &Estimate<'_, '_>,
    central: &Evaluation,
    flow: usize,
) -> Option<Picture> {
    let entry = context.case.model().design.flows.get(flow)?;
    let index = u32::try_from(flow).ok()?;
    let hops = estimate.hops(index, central);
    let number = |name: &str| {
        let value = estimate.get(subject(flow), name)?;
        Some(central.of(value)).filter(|number| number.is_finite() && *number > 0.0)
    };
    let mut sections = Vec::new();
    for (heading, name, is_tail) in
        [("in the mean", "latency.mean", false), ("99th percentile", "latency.p99", true)]
    {
        let Some(whole) = number(name) else { continue };
        let share = |hop: &crate::estimate::shares::Hop| if is_tail { hop.tail } else { hop.mean };
        let shown = |seconds: f64| estimate.shown_as(seconds, Dimension::TIME, false);
        let (mut spans, mut at, mut rest) = (Vec::new(), 0.0, 0.0);
        for hop in &hops {
            let length = share(hop) * whole;
            if share(hop) < LEAST {
                rest += length;
                continue;
            }
            let tone = match hop.part {
                Part::Wait(_) | Part::Pauses => Tone::Warm,
                Part::Service(_) | Part::Rest => Tone::Compute,
            };
            let title = estimate.part_name(hop.part);
            spans.push(TimeSpan { title, start: at, length, shown: shown(length), tone });
            at += length;
        }
        if rest > LEAST / 10.0 * whole {
            let title = "all others".to_owned();
            spans.push(TimeSpan { title, start: at, length: rest, shown: shown(rest), tone: Tone::Faint });
        }
        if !spans.is_empty() {
            sections.push((format!("{heading}: {}", shown(whole)), spans));
        }
    }
    if sections.is_empty() {
        return None;
    }
    let spans = Spans { sections, limit: limit(context, estimate, central, flow) };
    let mut picture = super::picture(context, "latency", Some(entry.name.text), Body::Spans(spans));
    picture.title = entry.value.name.map_or(entry.name.text, |name| name.text).to_owned();
    Some(picture)
}

/// The time that a requirement wants the 99th percentile to stay below.
fn limit(
    context: &Context<'_, '_, '_>,
    estimate: &Estimate<'_, '_>,
    central: &Evaluation,
    flow: usize,
) -> Option<(String, f64)> {
    let tail = estimate.get(subject(flow), "latency.p99")?;
    for (requirement, check) in &estimate.checks {
        for compare in estimate.comparisons(*check) {
            let [left, right] = estimate.sheet.inputs(compare) else { continue };
            if *left == tail {
                let entry = context.case.model().design.requirements.get(*requirement as usize)?;
                let number = central.of(*right);
                return number.is_finite().then(|| (entry.name.text.to_owned(), number));
            }
        }
    }
    None
}
