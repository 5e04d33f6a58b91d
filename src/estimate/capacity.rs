//! Load, utilisation and instances of every component, judged at peak.

use super::builder::Builder;
use super::calls::Calls;
use super::facts::{Count, Facts, capacity_for};
use super::label::Subject;
use super::retries::Failures;
use super::sheet::{Formula, Value};
use super::stations::{Inputs, Station};
use super::traffic::{Demand, Visit, times};
use crate::model::names::Space;
use crate::quantity::Dimension;
use std::collections::BTreeMap;

/// Writes, for those who tell reads from writes.
pub const WRITES: &[&str] = &[
    "write", "insert", "update", "delete", "publish", "put", "set", "append", "send", "produce", "upload",
    "enqueue",
];
/// Reads.
pub const READS: &[&str] =
    &["read", "query", "get", "select", "search", "lookup", "scan", "consume", "receive", "list"];

/// What arrives at a component.
#[derive(Debug, Default)]
pub struct Load<'m> {
    average: Vec<Value>,
    peak: Vec<Value>,
    cold: Vec<Value>,
    reads: Vec<Value>,
    writes: Vec<Value>,
    /// At peak, by operation.
    by_operation: BTreeMap<Option<&'m str>, Vec<Value>>,
    /// On average, by operation.
    pub average_by_operation: BTreeMap<Option<&'m str>, Vec<Value>>,
    by_flow: BTreeMap<u32, Vec<Value>>,
    has_cold: bool,
    /// Whether any flow calls it.
    is_called: bool,
}

/// How busy a component is.
#[derive(Clone, Debug)]
pub struct Busy {
    /// Requests at peak.
    pub peak: Value,
    /// Requests on average.
    pub average: Value,
    /// Instances that there are; `None` when nobody counts them.
    pub instances: Option<Value>,
    /// What a request meets before it is served.
    pub station: Option<Station>,
    /// Resources, each with the share in use.
    pub resources: Vec<(&'static str, Value)>,
    /// How many instances each resource needs.
    pub needs: Vec<(&'static str, Value)>,
}

const CAPACITY: Formula = Formula {
    model: "utilisation law",
    text: "{0} / {1}; {2} while nobody asks",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [_, utilization, alone] if *utilization == 0.0 => *alone,
        [peak, utilization, _] => peak / utilization,
        _ => f64::NAN,
    },
};

const PER_ZONE: Formula = Formula {
    model: "zone loss",
    text: "{2} zones × ceil({0} / ({1} × ({2} - {3})))",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [work, target, zones, lost] => zones * super::evaluation::round_up(work / (target * (zones - lost))),
        _ => f64::NAN,
    },
};

const NEEDED: Formula = Formula {
    model: "utilisation law",
    text: "max(1, ceil({0} / {1}))",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [work, target] => super::evaluation::round_up(work / target).max(1.0),
        _ => f64::NAN,
    },
};

const CLAMPED: Formula = Formula {
    model: "scaling between bounds",
    text: "min(max({0}, {1}), {2})",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [needed, least, most] => needed.max(*least).min(*most),
        _ => f64::NAN,
    },
};

const FREE: Formula = Formula {
    model: "arithmetic",
    text: "max(0, 1 - {0})",
    exact: true,
    work: 0.0,
    apply: |inputs| inputs.first().map_or(f64::NAN, |used| (1.0 - used).max(0.0)),
};

/// What the flows, the uses and the APIs that no flow tells of ask of each component.
pub fn loads<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flows: &[Calls<'m, 't>],
    demand: &Demand,
    at_peak: &[Visit],
    facts: &[Facts],
    failures: &Failures,
) -> Vec<Load<'m>> {
    let model = builder.model;
    let mut loads: Vec<Load<'m>> = model.design.components.entries.iter().map(|_| Load::default()).collect();
    for (visits, is_peak) in [(&demand.visits[..], false), (at_peak, true)] {
        for visit in visits {
            let Some(rate) = demand.rates.get(visit.flow as usize) else { continue };
            let Some(call) = flows.get(visit.flow as usize).and_then(|calls| calls.calls.get(visit.call))
            else {
                continue;
            };
            let Some(load) = loads.get_mut(call.to as usize) else { continue };
            load.is_called = true;
            let per_run = times(builder, visit.per_run, visit.attempts);
            let from = if is_peak { rate.peak } else { rate.average };
            let amount = times(builder, Some(from), per_run).unwrap_or(from);
            let operation = call.operation();
            if is_peak {
                load.peak.push(amount);
                load.by_operation.entry(operation).or_default().push(amount);
                load.by_flow.entry(visit.flow).or_default().push(amount);
            } else {
                load.average.push(amount);
                load.average_by_operation.entry(operation).or_default().push(amount);
                match operation {
                    Some(operation) if WRITES.contains(&operation) => load.writes.push(amount),
                    Some(operation) if READS.contains(&operation) => load.reads.push(amount),
                    _ => {}
                }
            }
        }
    }
    for (calls, rate) in flows.iter().zip(&demand.rates) {
        // Each run keeps the worker or scheduler that starts it busy once.
        let starter =
            calls.starter.filter(|starter| {
                builder.model.roles.get(*starter as usize).is_some_and(|role| {
                    role.kind.is_some() && !role.has("is_client") && !role.has("external")
                })
            });
        let load = starter.and_then(|starter| loads.get_mut(starter as usize));
        if let Some(load) = load.filter(|load| !load.is_called) {
            load.add(rate.average, rate.peak);
        }
    }
    super::cold::add(builder, flows, demand, facts, failures, &mut loads);
    add_uses(builder, &mut loads);
    add_apis(builder, &mut loads);
    loads
}

impl<'m> Load<'m> {
    /// What arrives at peak, by operation.
    pub fn peak_by_operation(&self) -> &BTreeMap<Option<&'m str>, Vec<Value>> {
        &self.by_operation
    }

    /// Adds what arrives all the same when caches are empty.
    pub fn add_cold(&mut self, amount: Value, differs: bool) {
        self.cold.push(amount);
        self.has_cold |= differs;
    }

    fn add(&mut self, average: Value, peak: Value) {
        self.average.push(average);
        self.peak.push(peak);
        self.cold.push(peak);
        self.by_operation.entry(None).or_default().push(peak);
        self.average_by_operation.entry(None).or_default().push(average);
    }
}

fn add_uses(builder: &mut Builder<'_, '_>, loads: &mut [Load<'_>]) {
    let model = builder.model;
    for (from, entry) in (0..).zip(&model.design.components) {
        for (at, used) in entry.value.uses.iter().enumerate() {
            let key = format!("uses.{}.rate", at + 1);
            let rate = builder.stated(Subject::Component(from), &key, used.rate.as_ref());
            let to = used.to.and_then(|to| model.names.find(Space::Component, to.text));
            if let (Some(rate), Some(load)) = (rate, to.and_then(|to| loads.get_mut(to as usize))) {
                load.add(rate, rate);
            }
        }
    }
}

fn add_apis(builder: &mut Builder<'_, '_>, loads: &mut [Load<'_>]) {
    let model = builder.model;
    let told: std::collections::BTreeSet<&str> =
        model.design.flows.iter().filter_map(|flow| flow.value.api.map(|api| api.text)).collect();
    for (api, entry) in (0..).zip(&model.design.apis) {
        if entry.value.rate.is_none() || told.contains(entry.name.text) {
            continue;
        }
        let handler = entry.value.handled_by.and_then(|name| model.names.find(Space::Component, name.text));
        let subject = Subject::Api(api);
        let rates = (builder.get(subject, "rate"), builder.get(subject, "rate.peak"));
        let load = handler.and_then(|handler| loads.get_mut(handler as usize));
        if let ((Some(average), Some(peak)), Some(load)) = (rates, load) {
            load.add(average, peak);
        }
    }
}

impl<'m, 't> Builder<'m, 't> {
    /// Load, utilisation, instances and line of a component.
    pub fn busy(&mut self, index: u32, load: &Load<'m>, facts: &Facts) -> Busy {
        let subject = Subject::Component(index);
        let average = self.sheet.sum(&load.average, Dimension::RATE);
        let average = self.own(subject, "load", average);
        let peak = self.sheet.sum(&load.peak, Dimension::RATE);
        let peak = self.own(subject, "load.peak", peak);
        for (name, parts) in [("load.read", &load.reads), ("load.write", &load.writes)] {
            let sum = self.sheet.sum(parts, Dimension::RATE);
            self.own(subject, name, sum);
        }
        let cold = if load.has_cold { self.sheet.sum(&load.cold, Dimension::RATE) } else { peak };
        self.own(subject, "load.cold", cold);
        let work = self.work(facts, &load.by_operation);
        let instances = self.instances(index, facts, work);
        let mut busy =
            Busy { peak, average, instances, station: None, resources: Vec::new(), needs: Vec::new() };
        let Some(work) = work.filter(|_| !facts.is_client) else { return busy };
        busy.needs.push(("requests", work));
        let Some(instances) = instances else { return busy };
        let utilization = self.sheet.quotient(work, instances);
        let utilization = self.step(utilization, "requests over capacity");
        let alone = capacity_for(facts, None).map(|each| self.sheet.product(&[instances, each]));
        let alone = alone.unwrap_or(peak);
        let capacity = self.sheet.formula(&CAPACITY, &[peak, utilization, alone], Dimension::RATE);
        self.set(subject, "capacity", capacity);
        // What is turned away keeps no instance busy.
        let (accepted, used) = match self.get(subject, "rejected") {
            Some(rejected) => {
                let share = self.sheet.complement(rejected);
                (self.sheet.product(&[peak, share]), self.sheet.product(&[utilization, share]))
            }
            None => (peak, utilization),
        };
        // A bounded line is told of all that comes, and turns away itself.
        let (arrivals, served) =
            if facts.queue_limit.is_some() { (peak, utilization) } else { (accepted, used) };
        busy.resources.push(("requests", used));
        let mut by_flow = Vec::new();
        for (flow, parts) in &load.by_flow {
            by_flow.push((*flow, self.sheet.sum(parts, Dimension::RATE)));
        }
        let inputs = Inputs { component: index, arrivals, utilization: served, instances, by_flow: &by_flow };
        busy.station = self.station(inputs, facts);
        if let Some(station) = &busy.station {
            let waiting = self.sheet.product(&[accepted, station.mean]);
            self.set(subject, "queue", waiting);
        }
        busy
    }

    /// A value under its address, even if it is the same as another.
    pub fn own(&mut self, subject: Subject, name: &'static str, value: Value) -> Value {
        let value = if self.sheet.label(value).is_some() { self.sheet.same(value) } else { value };
        self.set(subject, name, value)
    }

    /// How many instances would be busy all the time; `None` when it is not known what one can do.
    fn work(&mut self, facts: &Facts, by_operation: &BTreeMap<Option<&'m str>, Vec<Value>>) -> Option<Value> {
        if facts.capacity.is_empty() {
            return None;
        }
        let mut parts = Vec::new();
        for (operation, amounts) in by_operation {
            let capacity = capacity_for(facts, operation.as_deref())?;
            let amount = self.sheet.sum(amounts, Dimension::RATE);
            let is_write = operation.as_deref().is_some_and(|name| WRITES.contains(&name));
            // Every copy takes every write.
            let amount = match facts.replicates && is_write {
                true => self.sheet.product(&[amount, facts.copies]),
                false => amount,
            };
            parts.push(self.sheet.quotient(amount, capacity));
        }
        let work = self.sheet.sum(&parts, Dimension::NONE);
        Some(self.step(work, "instances' worth of requests"))
    }

    /// The instances that there are, under the address `replicas`.
    fn instances(&mut self, index: u32, facts: &Facts, work: Option<Value>) -> Option<Value> {
        let subject = Subject::Component(index);
        let instances = match (facts.count, work) {
            (Count::Fixed(replicas), _) => self.sheet.product(&[replicas, facts.shards]),
            (Count::Elastic, _) => return None,
            (Count::Automatic { .. }, Some(work)) => self.scaled(index, facts, Some(work))?,
            (Count::Automatic { .. }, None) => {
                let name = self.model.component_name(index).to_owned();
                let help = format!("state `capacity` or `service_time` on `components.{name}`");
                self.lacking(Dimension::NONE, format!("how many instances of {name} there are"), help, None)
            }
        };
        Some(self.own(subject, "replicas", instances))
    }

    /// The instances for some work, between the bounds.
    fn scaled(&mut self, index: u32, facts: &Facts, work: Option<Value>) -> Option<Value> {
        let (Count::Automatic { least, most }, Some(work)) = (facts.count, work) else { return None };
        let needed = self.needed(index, work, facts.target);
        let least = least.unwrap_or_else(|| self.assumed(1.0, "at least one"));
        let most = most.unwrap_or_else(|| self.assumed(f64::INFINITY, "no upper bound is said"));
        Some(self.sheet.formula(&CLAMPED, &[needed, least, most], Dimension::NONE))
    }

    /// The instances that a component which scales has on average.
    pub fn on_average(&mut self, index: u32, load: &Load<'m>, facts: &Facts) -> Option<Value> {
        let Count::Automatic { .. } = facts.count else { return None };
        let work = self.work(facts, &load.average_by_operation);
        self.scaled(index, facts, work)
    }

    /// Instances for some work at a target utilisation, with zones to spare where that is asked for.
    fn needed(&mut self, index: u32, work: Value, target: Value) -> Value {
        let component = self.component(index);
        let stated = component.and_then(|component| component.survives_zones.as_ref());
        let lost = self.stated(Subject::Component(index), "survives_zones", stated);
        let zones = component.map_or(0, |component| component.zones.len());
        match lost {
            Some(lost) if zones > 0 => {
                let zones = self.sheet.given(zones as f64, Dimension::NONE);
                let zones = self.step(zones, "zones");
                self.sheet.formula(&PER_ZONE, &[work, target, zones, lost], Dimension::NONE)
            }
            _ => self.sheet.formula(&NEEDED, &[work, target], Dimension::NONE),
        }
    }

    /// The instances that its resources need, and the most used of them.
    pub fn conclude(&mut self, index: u32, busy: &mut Busy, facts: &Facts) {
        let subject = Subject::Component(index);
        let name = self.model.component_name(index).to_owned();
        let place = self.model.names.all(Space::Component).get(index as usize).map(|name| name.span);
        if facts.is_client {
            return;
        }
        let mut needed = Vec::new();
        for (_, work) in &busy.needs {
            needed.push(self.needed(index, *work, facts.target));
        }
        let instances = match needed.as_slice() {
            [] => {
                let help = format!("state `capacity` or `service_time` on `components.{name}`");
                self.lacking(Dimension::NONE, format!("the capacity of {name}"), help, place)
            }
            _ => self.sheet.largest(&needed),
        };
        let instances = self.own(subject, "instances", instances);
        if let (Count::Automatic { least, most }, [_, ..], true) =
            (facts.count, busy.needs.as_slice(), facts.capacity.is_empty())
        {
            // What its connections or its bandwidth need is what there will be.
            busy.resources.clear();
            let least = least.unwrap_or_else(|| self.assumed(1.0, "at least one"));
            let most = most.unwrap_or_else(|| self.assumed(f64::INFINITY, "no upper bound is said"));
            let there = self.sheet.formula(&CLAMPED, &[instances, least, most], Dimension::NONE);
            let there = self.own(subject, "replicas", there);
            for (name, work) in busy.needs.clone() {
                let share = self.sheet.quotient(work, there);
                busy.resources.push((name, self.step(share, format!("{name} in use"))));
            }
            busy.instances = Some(there);
        }
        let shares: Vec<Value> = busy.resources.iter().map(|(_, share)| *share).collect();
        let utilization = match (shares.as_slice(), facts.count) {
            ([], Count::Elastic) => {
                let what = format!("the utilisation of {name}, which has no fixed number of instances");
                let help = format!("state `replicas` and `capacity` on `components.{name}`");
                self.lacking(Dimension::NONE, what, help, place)
            }
            ([], _) => {
                let help = format!("state `capacity` or `service_time` on `components.{name}`");
                self.lacking(Dimension::NONE, format!("the capacity of {name}"), help, place)
            }
            _ => self.sheet.largest(&shares),
        };
        let utilization = self.own(subject, "utilization", utilization);
        let headroom = self.sheet.formula(&FREE, &[utilization], Dimension::NONE);
        self.set(subject, "headroom", headroom);
    }
}
