//! Flows that others trigger: a flow `on:` a component runs as often as something arrives there.
//!
//! Such flows may feed each other, even themselves. Then their rates are the solution of the traffic equations, and when
//! each run causes more than one other, there is none: the load grows without end.

use super::builder::Builder;
use super::calls::Calls;
use super::sheet::{Block, Value};
use super::traffic::{Rate, Visit, times};
use crate::model::names::Space;
use crate::quantity::Dimension;
use std::collections::{BTreeMap, BTreeSet};

/// Operations that take something out, rather than put it in.
pub const TAKES_OUT: &[&str] = &["consume", "receive", "poll", "take", "pull", "read", "ack", "get"];

#[derive(Debug)]
struct Equations {
    flows: usize,
}

impl Block for Equations {
    fn outputs(&self) -> &'static [&'static str] {
        &["rate"; 20]
    }

    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        let (external, calls) = inputs.split_at_checked(self.flows).unwrap_or((inputs, &[]));
        // The traffic equations are indexed from caller to called.
        let solved = crate::numerics::demand::solve(calls, external);
        for (at, slot) in outputs.iter_mut().enumerate().take(self.flows) {
            *slot = match &solved {
                Ok(rates) => rates.get(at).copied().unwrap_or(f64::NAN),
                Err(_) => f64::INFINITY,
            };
        }
    }

    fn model(&self) -> &'static str {
        "traffic equations"
    }

    fn exact(&self) -> bool {
        true
    }

    fn text(&self) -> String {
        "rate = what comes from outside + what the flows cause in each other".to_owned()
    }
}

/// Most flows that may feed each other in a circle.
const MOST: usize = 20;

/// Fills in the rates of flows that others trigger.
pub fn rates<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flows: &[Calls<'m, 't>],
    visits: &[Visit],
    rates: &mut [Option<Rate>],
) {
    let model = builder.model;
    let mut sources: BTreeMap<u32, u32> = BTreeMap::new();
    for (flow, entry) in (0..).zip(&model.design.flows) {
        let unknown = rates.get(flow as usize).is_some_and(Option::is_none);
        let component = entry.value.on.and_then(|on| model.names.find(Space::Component, on.text));
        if let (true, Some(component)) = (unknown, component) {
            sources.insert(flow, component);
        }
    }
    if sources.is_empty() {
        return;
    }
    let mut triggered: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (flow, component) in &sources {
        triggered.entry(*component).or_default().push(*flow);
    }
    // How often a run of one flow puts something into the component that triggers another.
    let mut causes: BTreeMap<(u32, u32), Vec<Option<Value>>> = BTreeMap::new();
    for visit in visits {
        let calls = flows.get(visit.flow as usize);
        let Some(call) = calls.and_then(|calls| calls.calls.get(visit.call)) else { continue };
        if call.operation().is_some_and(|operation| TAKES_OUT.contains(&operation)) {
            continue;
        }
        for flow in triggered.get(&call.to).into_iter().flatten() {
            let per_run = times(builder, visit.per_run, visit.attempts);
            causes.entry((visit.flow, *flow)).or_default().push(per_run);
        }
    }
    let mut factors: BTreeMap<(u32, u32), Value> = BTreeMap::new();
    for (pair, parts) in causes {
        let mut all = Vec::new();
        for part in parts {
            all.push(part.unwrap_or_else(|| builder.sheet.given(1.0, Dimension::NONE)));
        }
        factors.insert(pair, builder.sheet.sum(&all, Dimension::NONE));
    }
    let mut from: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (cause, flow) in factors.keys() {
        from.entry(*flow).or_default().push(*cause);
    }
    let mut open: BTreeSet<u32> = sources.keys().copied().collect();
    loop {
        let ready: Vec<u32> = open
            .iter()
            .copied()
            .filter(|flow| from.get(flow).into_iter().flatten().all(|cause| !open.contains(cause)))
            .collect();
        if ready.is_empty() {
            break;
        }
        for flow in ready {
            let rate = from_outside(builder, flow, &from, &factors, rates);
            open.remove(&flow);
            if let (Some(slot), Some(rate)) = (rates.get_mut(flow as usize), rate) {
                *slot = Some(rate);
            }
        }
    }
    let circle: Vec<u32> = open.into_iter().take(MOST).collect();
    if !circle.is_empty() {
        solve(builder, &circle, &from, &factors, rates);
    }
}

/// What flows with known rates cause; `None` when there is none.
fn from_outside(
    builder: &mut Builder<'_, '_>,
    flow: u32,
    from: &BTreeMap<u32, Vec<u32>>,
    factors: &BTreeMap<(u32, u32), Value>,
    rates: &[Option<Rate>],
) -> Option<Rate> {
    let (mut average, mut peak) = (Vec::new(), Vec::new());
    for cause in from.get(&flow).into_iter().flatten() {
        let Some(factor) = factors.get(&(*cause, flow)) else { continue };
        if let Some(Some(rate)) = rates.get(*cause as usize) {
            average.push(builder.sheet.product(&[rate.average, *factor]));
            peak.push(builder.sheet.product(&[rate.peak, *factor]));
        }
    }
    if average.is_empty() {
        return None;
    }
    let average = builder.sheet.sum(&average, Dimension::RATE);
    let peak = builder.sheet.sum(&peak, Dimension::RATE);
    Some(Rate { average, peak })
}

/// Solves the flows that feed each other.
fn solve(
    builder: &mut Builder<'_, '_>,
    circle: &[u32],
    from: &BTreeMap<u32, Vec<u32>>,
    factors: &BTreeMap<(u32, u32), Value>,
    rates: &mut [Option<Rate>],
) {
    let none = builder.sheet.given(0.0, Dimension::RATE);
    let outside: Vec<Rate> = circle
        .iter()
        .map(|flow| {
            from_outside(builder, *flow, from, factors, rates).unwrap_or(Rate { average: none, peak: none })
        })
        .collect();
    let zero = builder.sheet.given(0.0, Dimension::NONE);
    let mut matrix = Vec::new();
    for from in circle {
        for to in circle {
            matrix.push(factors.get(&(*from, *to)).copied().unwrap_or(zero));
        }
    }
    let mut results = Vec::new();
    for which in [|rate: &Rate| rate.average, |rate: &Rate| rate.peak] {
        let mut inputs: Vec<Value> = outside.iter().map(which).collect();
        inputs.extend(&matrix);
        let block = Box::new(Equations { flows: circle.len() });
        let dimensions = vec![Dimension::RATE; circle.len()];
        results.push(builder.sheet.calculation(block, &inputs, &dimensions));
    }
    let (Some(average), Some(peak)) = (results.first(), results.get(1)) else { return };
    for ((flow, average), peak) in circle.iter().zip(average).zip(peak) {
        if let Some(slot) = rates.get_mut(*flow as usize) {
            *slot = Some(Rate { average: *average, peak: *peak });
        }
    }
}
