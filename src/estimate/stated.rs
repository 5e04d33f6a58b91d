//! What a design states and also says in another way: both numbers, for somebody to compare.
//!
//! Everything else takes the stated number in place of the one that would follow, so the two only meet here.

use super::builder::Builder;
use super::calls::Calls;
use super::facts::Facts;
use super::label::Subject;
use super::sheet::Value;
use super::traffic::{Demand, Visit, times};
use super::triggers::TAKES_OUT;
use crate::model::Model;
use crate::model::names::Space;
use crate::quantity::Dimension;
use crate::source::Span;
use crate::spec::component::Component;
use crate::spec::component_parts::Capacity;
use crate::spec::data::Data;
use crate::spec::data_field::TYPES;
use crate::spec::flow::Flow;
use std::collections::BTreeMap;

/// How two numbers for the same thing should compare.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Should {
    /// They are the same.
    Agree,
    /// What is stated is not less.
    BeAtLeast,
    /// What is stated is not more.
    BeAtMost,
    /// What is stated is not more than ten times as much.
    BeWithinTenTimes,
}

/// A number that is stated, and the same as it follows from others.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Whose number it is.
    pub subject: Subject,
    /// The fact that states it.
    pub key: &'static str,
    /// Where that stands.
    pub span: Span,
    /// What is stated.
    pub stated: Value,
    /// What follows.
    pub derived: Value,
    /// How the two should compare.
    pub should: Should,
    /// What the derived one follows from, in words, and where.
    pub from: (&'static str, Option<Span>),
}

/// Whether anything is stated that might follow from something else. The rest of this module is only worth calling then.
pub fn may_differ(model: &Model<'_>) -> bool {
    let design = &model.design;
    design.data.iter().any(|data| {
        let data = &data.value;
        data.rate.is_some() || (data.size.is_some() && !data.fields.entries.is_empty())
    }) || design.flows.iter().any(|flow| flow.value.on.is_some() && flow.value.rate.is_some())
        || design.components.iter().any(|it| it.value.hit_ratio.is_some() && it.value.memory.is_some())
        || design.components.iter().any(|it| says_capacity_twice(&it.value))
}

/// All numbers that a design says twice.
pub fn add<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flows: &[Calls<'m, 't>],
    facts: &[Facts],
    demand: &Demand,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    if !may_differ(builder.model) {
        return pairs;
    }
    rates_of_data(builder, flows, demand, &mut pairs);
    rates_of_flows(builder, flows, demand, &mut pairs);
    hit_ratios(builder, &mut pairs);
    sizes(builder, &mut pairs);
    capacities(builder, facts, &mut pairs);
    pairs
}

fn rates_of_data<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flows: &[Calls<'m, 't>],
    demand: &Demand,
    pairs: &mut Vec<Pair>,
) {
    let model = builder.model;
    // Who adds to which data, and where that is said first.
    let mut added: BTreeMap<&str, Vec<(&Visit, Span)>> = BTreeMap::new();
    for visit in &demand.visits {
        let calls = flows.get(visit.flow as usize);
        let call = calls.and_then(|calls| calls.calls.get(visit.call)).filter(|call| call.is_last);
        let Some(call) = call else { continue };
        let adds = call.step.operation.is_none_or(|name| {
            !matches!(name.text, "update" | "delete" | "read" | "put" | "set" | "upsert" | "patch")
        });
        let mut told: Vec<&str> = Vec::new();
        for name in call.step.writes.iter().filter(|_| adds) {
            // What is named twice is written once.
            if !told.contains(&name.text) {
                told.push(name.text);
                added.entry(name.text).or_default().push((visit, name.span));
            }
        }
    }
    for (data, entry) in (0..).zip(&model.design.data) {
        let Some(written) = entry.value.rate.as_ref() else { continue };
        let mut parts = Vec::new();
        let mut place = None;
        for (visit, span) in added.get(entry.name.text).into_iter().flatten() {
            let Some(rate) = demand.rates.get(visit.flow as usize) else { continue };
            place = place.or(Some(*span));
            parts.push(times(builder, Some(rate.average), visit.per_run).unwrap_or(rate.average));
        }
        if parts.is_empty() {
            continue;
        }
        let subject = Subject::Data(data);
        let stated = builder.written(subject, "rate", &written.written);
        let derived = builder.sheet.sum(&parts, Dimension::RATE);
        let from = ("the flows that write it", place);
        let should = Should::Agree;
        pairs.push(Pair { subject, key: "rate", span: written.span(), stated, derived, should, from });
    }
}

fn rates_of_flows<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flows: &[Calls<'m, 't>],
    demand: &Demand,
    pairs: &mut Vec<Pair>,
) {
    let model = builder.model;
    // What is put into each component, and how many flows wait for something there.
    let mut arriving: BTreeMap<u32, Vec<&Visit>> = BTreeMap::new();
    for visit in &demand.visits {
        let calls = flows.get(visit.flow as usize);
        let Some(call) = calls.and_then(|calls| calls.calls.get(visit.call)) else { continue };
        if !call.operation().is_some_and(|operation| TAKES_OUT.contains(&operation)) {
            arriving.entry(call.to).or_default().push(visit);
        }
    }
    let source_of = |flow: &Flow<'_>| model.names.find(Space::Component, flow.on?.text);
    let mut waiting: BTreeMap<u32, usize> = BTreeMap::new();
    for source in model.design.flows.iter().filter_map(|entry| source_of(&entry.value)) {
        *waiting.entry(source).or_default() += 1;
    }
    for (flow, entry) in (0..).zip(&model.design.flows) {
        let (Some(written), Some(source)) = (entry.value.rate.as_ref(), source_of(&entry.value)) else {
            continue;
        };
        let mut parts = Vec::new();
        for visit in arriving.get(&source).into_iter().flatten().filter(|visit| visit.flow != flow) {
            let Some(rate) = demand.rates.get(visit.flow as usize) else { continue };
            let per_run = times(builder, visit.per_run, visit.attempts);
            parts.push(times(builder, Some(rate.average), per_run).unwrap_or(rate.average));
        }
        if parts.is_empty() {
            continue;
        }
        let subject = Subject::Flow(flow);
        let stated = builder.written(subject, "rate", &written.written);
        let derived = builder.sheet.sum(&parts, Dimension::RATE);
        // Of what several take from the same place, each may want only a part.
        let shared = waiting.get(&source).is_some_and(|flows| *flows > 1);
        let from = ("what arrives at the component that triggers it", entry.value.on.map(|on| on.span()));
        let should = if shared { Should::BeAtMost } else { Should::Agree };
        pairs.push(Pair { subject, key: "rate", span: written.span(), stated, derived, should, from });
    }
}

fn hit_ratios(builder: &mut Builder<'_, '_>, pairs: &mut Vec<Pair>) {
    let model = builder.model;
    for (index, entry) in (0..).zip(&model.design.components) {
        let (Some(written), Some(memory)) = (&entry.value.hit_ratio, &entry.value.memory) else { continue };
        let subject = Subject::Component(index);
        let stated = builder.written(subject, "hit_ratio", &written.written);
        let derived = super::caches::from_size(builder, index);
        let from = ("its memory, and how unequally records are asked for", Some(memory.span()));
        let should = Should::Agree;
        pairs.push(Pair { subject, key: "hit_ratio", span: written.span(), stated, derived, should, from });
    }
}

/// Whether a capacity is stated beside what it follows from: how long a request takes, and how many are worked on at once.
fn says_capacity_twice(component: &Component<'_>) -> bool {
    matches!(component.capacity, Some(Capacity::Any(_)))
        && component.service_time.is_some()
        && component.concurrency.is_some()
}

fn capacities(builder: &mut Builder<'_, '_>, facts: &[Facts], pairs: &mut Vec<Pair>) {
    let model = builder.model;
    for ((index, entry), facts) in (0..).zip(&model.design.components).zip(facts) {
        if !says_capacity_twice(&entry.value) {
            continue;
        }
        let subject = Subject::Component(index);
        let (Some(Capacity::Any(written)), Some((mean, _))) = (&entry.value.capacity, facts.service_moments)
        else {
            continue;
        };
        let workers = builder.stated(subject, "concurrency", entry.value.concurrency.as_ref());
        let Some(workers) = workers else { continue };
        let stated = builder.written(subject, "capacity", &written.written);
        let derived = builder.sheet.quotient(workers, mean);
        let from = ("its `concurrency` and `service_time`", entry.value.key_span("service_time"));
        let should = Should::Agree;
        pairs.push(Pair { subject, key: "capacity", span: written.span(), stated, derived, should, from });
    }
}

/// Texts and lists are as long as they are: only the rest has a size.
const VARIABLE: &[&str] = &["string", "text", "json", "bytes", "blob", "list", "map", "vector", "decimal"];

/// Bytes of the fields that cannot be longer or shorter, and whether those are all.
fn fixed_bytes(data: &Data<'_>) -> (f64, bool) {
    let mut bytes = 0.0;
    let mut are_all = true;
    for field in &data.fields {
        let kind = field.value.kind.unwrap_or("uuid");
        let is_optional = field.value.modifiers.iter().any(|name| name.text == "optional");
        let of_type = TYPES.iter().find(|(known, _)| *known == kind).map(|(_, bytes)| f64::from(*bytes));
        match of_type {
            Some(own) if !VARIABLE.contains(&kind) && !is_optional && field.value.kind.is_some() => {
                bytes += own
            }
            _ => are_all = false,
        }
    }
    (bytes, are_all)
}

fn sizes(builder: &mut Builder<'_, '_>, pairs: &mut Vec<Pair>) {
    let model = builder.model;
    for (data, entry) in (0..).zip(&model.design.data) {
        let Some(written) = &entry.value.size else { continue };
        let (bytes, are_all) = fixed_bytes(&entry.value);
        if bytes <= 0.0 {
            continue;
        }
        let subject = Subject::Data(data);
        let stated = builder.written(subject, "size", &written.written);
        let derived = builder.sheet.given(bytes, Dimension::DATA);
        let mut add = |should, from| {
            let span = written.span();
            pairs.push(Pair { subject, key: "size", span, stated, derived, should, from });
        };
        let place = entry.value.key_span("fields");
        add(Should::BeAtLeast, ("its fields of fixed size alone", place));
        if are_all {
            add(Should::BeWithinTenTimes, ("its fields, which are all of fixed size", place));
        }
    }
}
