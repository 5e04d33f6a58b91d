//! Flows that a fixed number of users run over and over: how often they run follows from how fast they are answered.

use super::builder::Builder;
use super::calls::{Calls, Item};
use super::facts::{Count, Facts};
use super::label::Subject;
use super::sheet::{Block, Value};
use super::times::Make;
use super::traffic::Visit;
use crate::numerics::queueing;
use crate::quantity::Dimension;
use crate::spec::component::Discipline;
use std::collections::BTreeMap;

/// Users and thinking time; then demand and servers of each station, and the servers that others keep busy.
#[derive(Debug)]
struct Interactive {
    is_exact: bool,
}

/// More users are not followed one by one.
const FOLLOWED: f64 = 100_000.0;

impl Block for Interactive {
    fn outputs(&self) -> &'static [&'static str] {
        &["throughput", "response"]
    }

    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        let [users, think, stations @ ..] = inputs else { return };
        let stations: Vec<(f64, f64, f64)> = stations
            .chunks_exact(3)
            .filter_map(|station| match station {
                [demand, servers, others] => Some((*demand, *servers, *others)),
                _ => None,
            })
            .collect();
        let result = match inputs.iter().any(|input| input.is_nan()) {
            true => (f64::NAN, f64::NAN),
            false => {
                let found = queueing::mean_value_analysis_beside(&stations, *users, *think);
                (found.throughput, found.response)
            }
        };
        for (slot, number) in outputs.iter_mut().zip([result.0, result.1]) {
            *slot = number;
        }
    }

    fn model(&self) -> &'static str {
        "mean value analysis of a closed network"
    }

    fn exact(&self) -> bool {
        self.is_exact
    }

    fn text(&self) -> String {
        "users / (think time + response), the response with all of them in line".to_owned()
    }
}

/// Components of a flow that its starter waits for.
fn waited_for(calls: &Calls<'_, '_>) -> Vec<bool> {
    let mut found = vec![false; calls.calls.len()];
    let mut waiting: Vec<Item> = calls.roots.clone();
    while let Some(item) = waiting.pop() {
        match item {
            Item::Call(index) => {
                let Some(call) = calls.calls.get(index).filter(|call| call.waits) else { continue };
                if let Some(slot) = found.get_mut(index) {
                    *slot = true;
                }
                waiting.extend(&call.body);
                waiting.extend(call.on_miss.iter().flatten());
            }
            Item::Group(index) => {
                let Some(group) = calls.groups.get(index).filter(|group| !group.in_background) else {
                    continue;
                };
                waiting.extend(group.branches.iter().flat_map(|branch| &branch.items));
            }
        }
    }
    found
}

fn is_fixed(facts: &Facts) -> bool {
    matches!(facts.count, Count::Fixed(_))
}

/// How long a request keeps a server busy, or how long it takes where there is no line.
fn time_at(builder: &mut Builder<'_, '_>, component: u32, facts: &Facts) -> Value {
    match (facts.service_moments, &facts.latency) {
        (Some((mean, _)), _) => mean,
        (None, Some(latency)) => builder.moments(&latency.clone()).0,
        (None, None) => builder.missing_latency(component),
    }
}

/// The servers that flows with a rate of their own keep busy at each component, at peak.
fn others_work<'m, 't>(
    builder: &mut Builder<'m, 't>,
    visits: &[Visit],
    flows: &[Calls<'m, 't>],
    facts: &[Facts],
) -> BTreeMap<u32, Vec<Value>> {
    let mut found: BTreeMap<u32, Vec<Value>> = BTreeMap::new();
    for visits in visits.chunk_by(|one, next| one.flow == next.flow) {
        let Some(flow) = visits.first().map(|visit| visit.flow) else { continue };
        let entry = builder.model.design.flows.entries.get(flow as usize);
        if entry.is_none_or(|entry| entry.value.users.is_some()) {
            continue;
        }
        let (Some(rate), Some(calls)) = (builder.stated_rate(flow, None), flows.get(flow as usize)) else {
            continue;
        };
        for visit in visits {
            let Some(call) = calls.calls.get(visit.call) else { continue };
            let Some(facts) = facts.get(call.to as usize) else { continue };
            if facts.is_client || facts.servers.is_none() || !is_fixed(facts) {
                continue;
            }
            let time = time_at(builder, call.to, facts);
            let per_run = super::traffic::times(builder, visit.per_run, visit.attempts);
            let arrivals = super::traffic::times(builder, Some(rate.peak), per_run).unwrap_or(rate.peak);
            let work = builder.sheet.product(&[arrivals, time]);
            found.entry(call.to).or_default().push(work);
        }
    }
    found
}

/// Throughput and response of each flow that says its number of users.
pub fn throughputs<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flows: &[Calls<'m, 't>],
    visits: &[Visit],
    facts: &[Facts],
) -> BTreeMap<u32, (Value, Value)> {
    let mut found = BTreeMap::new();
    let model = builder.model;
    let mut others = None;
    for ((index, entry), calls) in (0..).zip(&model.design.flows).zip(flows) {
        let subject = Subject::Flow(index);
        let Some(users) = builder.stated(subject, "users", entry.value.users.as_ref()) else { continue };
        let think = match builder.stated(subject, "think_time", entry.value.think_time.as_ref()) {
            Some(think) => think,
            None => {
                let none = builder.seconds(0.0);
                builder.step(none, "no think time is said")
            }
        };
        let others = match &others {
            Some(known) => known,
            None => others.insert(others_work(builder, visits, flows, facts)),
        };
        let waits = waited_for(calls);
        let mut is_exact = builder.sheet.plain(users).is_none_or(|users| users <= FOLLOWED);
        let mut demands: BTreeMap<u32, Vec<Value>> = BTreeMap::new();
        for visit in visits.iter().filter(|visit| visit.flow == index) {
            let Some(call) = calls.calls.get(visit.call) else { continue };
            let is_waited_for = waits.get(visit.call).copied().unwrap_or(false);
            let Some(facts) = facts.get(call.to as usize).filter(|facts| is_waited_for && !facts.is_client)
            else {
                continue;
            };
            let time = time_at(builder, call.to, facts);
            let times = super::traffic::times(builder, visit.per_run, visit.attempts);
            let demand = super::traffic::times(builder, Some(time), times).unwrap_or(time);
            demands.entry(call.to).or_default().push(demand);
        }
        let mut inputs = vec![users, think];
        for (component, parts) in demands {
            let demand = builder.sheet.sum(&parts, Dimension::TIME);
            let demand = builder.step(demand, format!("work for {}", model.component_name(component)));
            let facts = facts.get(component as usize);
            let servers = facts.and_then(|facts| match (facts.count, facts.servers) {
                (Count::Fixed(replicas), Some(servers)) => Some((replicas, facts.shards, servers)),
                _ => None,
            });
            let servers = match servers {
                Some((replicas, shards, each)) => builder.sheet.product(&[replicas, shards, each]),
                None => builder.assumed(f64::INFINITY, "as many as are needed"),
            };
            let is_delay = facts.is_none_or(|facts| facts.servers.is_none() || !is_fixed(facts));
            let is_shared = builder.component(component).is_some_and(|component| {
                component.discipline.is_some_and(|it| it.value == Discipline::ProcessorSharing)
            });
            let is_exponential = facts.and_then(|facts| facts.service.as_ref());
            let is_exponential = is_exponential.is_some_and(|service| service.make == Make::Exponential);
            is_exact &= is_delay || is_shared || is_exponential;
            let busy = others.get(&component).map_or(&[][..], Vec::as_slice);
            let busy = builder.sheet.sum(busy, Dimension::NONE);
            let busy =
                builder.step(busy, format!("servers of {} that others use", model.component_name(component)));
            inputs.extend([demand, servers, busy]);
        }
        let block = Box::new(Interactive { is_exact });
        let results = builder.sheet.calculation(block, &inputs, &[Dimension::RATE, Dimension::TIME]);
        if let [throughput, response] = results.as_slice() {
            found.insert(index, (*throughput, *response));
        }
    }
    found
}
