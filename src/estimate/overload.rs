//! Components that turn requests away when there are more than they can serve, and the callers that try again.
//!
//! The load follows from how many are turned away, and how many are turned away from the load: a fixed point. Without a
//! retry budget an overload of 11% becomes one of 71%.

use super::builder::Builder;
use super::calls::{Calls, Item};
use super::facts::{Count, Facts, capacity_for};
use super::label::Subject;
use super::sheet::{Block, Value};
use super::traffic::{Rate, Visit, times};
use crate::numerics::queueing::{self, Line};
use crate::quantity::Dimension;
use std::collections::BTreeMap;

/// Each caller: the work that its first attempts bring (as a share of the capacity), attempts, budget.
const PER_CALLER: usize = 3;

#[derive(Debug)]
struct Overload {
    /// Whether requests may wait in a bounded line; its servers and places are the last two inputs.
    is_bounded: bool,
}

impl Overload {
    fn turned_away(&self, work: f64, bounds: &[f64]) -> f64 {
        match (self.is_bounded, bounds) {
            (true, [servers, room]) => {
                let line = Line { arrivals: work * servers, service: 1.0, servers: *servers, variation: 1.0 };
                queueing::bounded(line, *room).loss
            }
            _ if work > 1.0 => 1.0 - 1.0 / work,
            _ => 0.0,
        }
    }
}

impl Block for Overload {
    fn outputs(&self) -> &'static [&'static str] {
        &["share turned away"]
    }

    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        let split = inputs.len().saturating_sub(if self.is_bounded { 2 } else { 0 });
        let (callers, bounds) = inputs.split_at_checked(split).unwrap_or((inputs, &[]));
        let work = |away: f64| -> f64 {
            let of = |caller: &[f64]| match caller {
                [first, attempts, budget] => first * queueing::attempts(away, *attempts).0.min(1.0 + budget),
                _ => f64::NAN,
            };
            callers.chunks_exact(PER_CALLER).map(of).sum()
        };
        let (mut low, mut high) = (0.0_f64, 1.0_f64);
        if self.turned_away(work(0.0), bounds) <= 0.0 {
            high = 0.0;
        }
        for _ in 0..200 {
            let middle = f64::midpoint(low, high);
            if middle <= low || middle >= high {
                break;
            }
            if self.turned_away(work(middle), bounds) > middle {
                low = middle;
            } else {
                high = middle;
            }
        }
        if let Some(slot) = outputs.first_mut() {
            *slot = if work(0.0).is_nan() { f64::NAN } else { f64::midpoint(low, high) };
        }
    }

    fn model(&self) -> &'static str {
        if self.is_bounded { "M/M/c/K with retries" } else { "overload fixed point" }
    }

    fn exact(&self) -> bool {
        true
    }

    fn text(&self) -> String {
        match self.is_bounded {
            true => "the share f that the full line turns away when every caller tries again".to_owned(),
            false => "f = max(0, 1 - capacity / load), load = first attempts × (1 + f + f² + …)".to_owned(),
        }
    }
}

/// The largest number of attempts that calls around a call multiply its own with.
pub fn outer_attempts<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flow: u32,
    calls: &Calls<'m, 't>,
) -> Vec<Option<Value>> {
    let mut found = vec![None; calls.calls.len()];
    let mut waiting: Vec<(Item, Option<Value>)> = calls.roots.iter().map(|item| (*item, None)).collect();
    while let Some((item, outer)) = waiting.pop() {
        match item {
            Item::Call(index) => {
                let Some(call) = calls.calls.get(index) else { continue };
                let own = call.step.retries.as_deref().filter(|_| call.is_first);
                let own = own.and_then(|retries| retries.attempts.as_ref());
                let key = format!("call{index}.retries.attempts");
                let own = builder.stated(Subject::Flow(flow), &key, own);
                let all = times(builder, outer, own);
                if let Some(slot) = found.get_mut(index) {
                    *slot = all;
                }
                let inner = call.body.iter().chain(call.on_miss.iter().flatten());
                waiting.extend(inner.map(|item| (*item, all)));
                waiting.extend(call.fallback.iter().flatten().map(|item| (*item, outer)));
            }
            Item::Group(index) => {
                let Some(group) = calls.groups.get(index) else { continue };
                let inner = group.branches.iter().flat_map(|branch| &branch.items);
                waiting.extend(inner.map(|item| (*item, outer)));
            }
        }
    }
    found
}

/// The share of requests that each component turns away at peak.
pub fn rejections<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flows: &[Calls<'m, 't>],
    facts: &[Facts],
    visits: &[Visit],
    rates: &[Rate],
) -> BTreeMap<u32, Value> {
    let is_limited = |facts: &Facts| {
        let bounded = facts.rejects || facts.queue_limit.is_some();
        bounded && matches!(facts.count, Count::Fixed(_)) && !facts.capacity.is_empty()
    };
    let limited: Vec<u32> =
        (0..).zip(facts).filter(|(_, facts)| is_limited(facts)).map(|(index, _)| index).collect();
    let mut found = BTreeMap::new();
    if limited.is_empty() {
        return found;
    }
    let outer: Vec<Vec<Option<Value>>> =
        (0..).zip(flows).map(|(flow, calls)| outer_attempts(builder, flow, calls)).collect();
    for component in limited {
        let Some(facts) = facts.get(component as usize) else { continue };
        let Count::Fixed(replicas) = facts.count else { continue };
        let instances = builder.sheet.product(&[replicas, facts.shards]);
        let mut inputs = Vec::new();
        for visit in visits {
            let calls = flows.get(visit.flow as usize);
            let Some(call) = calls.and_then(|calls| calls.calls.get(visit.call)) else { continue };
            if call.to != component {
                continue;
            }
            let (Some(rate), Some(capacity)) =
                (rates.get(visit.flow as usize), capacity_for(facts, call.operation()))
            else {
                continue;
            };
            let first = times(builder, Some(rate.peak), visit.per_run).unwrap_or(rate.peak);
            let whole = builder.sheet.product(&[instances, capacity]);
            let work = builder.sheet.quotient(first, whole);
            let work = builder.step(work, "first attempts over capacity");
            let attempts = outer.get(visit.flow as usize).and_then(|outer| *outer.get(visit.call)?);
            let attempts = attempts.unwrap_or_else(|| builder.assumed(1.0, "no retries"));
            let key = format!("call{}.retries.budget", visit.call);
            let retries = call.step.retries.as_deref().filter(|_| call.is_first);
            let budget = retries.and_then(|retries| retries.budget.as_ref());
            let budget = builder.stated(Subject::Flow(visit.flow), &key, budget);
            let budget = budget.unwrap_or_else(|| builder.assumed(f64::INFINITY, "no retry budget is said"));
            inputs.extend([work, attempts, budget]);
        }
        if inputs.is_empty() {
            continue;
        }
        let is_bounded = facts.queue_limit.is_some();
        if let Some(limit) = facts.queue_limit {
            let each = facts.servers.unwrap_or_else(|| builder.assumed(1.0, "one request at a time"));
            let servers = builder.sheet.product(&[instances, each]);
            inputs.extend([servers, limit]);
        }
        let block = Box::new(Overload { is_bounded });
        let share = builder.sheet.calculation(block, &inputs, &[Dimension::NONE]);
        if let Some(share) = share.first() {
            found.insert(component, builder.set(Subject::Component(component), "rejected", *share));
        }
    }
    found
}
