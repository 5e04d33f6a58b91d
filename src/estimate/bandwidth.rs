//! What goes over each connection, at peak: requests one way, answers the other.

use super::builder::Builder;
use super::calls::{Call, Calls};
use super::capacity::Busy;
use super::facts::Facts;
use super::label::Subject;
use super::sheet::Value;
use super::traffic::{Demand, Visit, times};
use crate::model::names::Space;
use crate::quantity::Dimension;
use crate::spec::values::Name;
use std::collections::BTreeMap;

/// Bytes in a second, in and out, on average: what transfer costs and streams keep.
#[derive(Clone, Debug, Default)]
pub struct Bytes {
    /// What arrives.
    pub incoming: Vec<Value>,
    /// What leaves.
    pub outgoing: Vec<Value>,
}

#[derive(Default)]
struct Traffic {
    rate: Vec<Value>,
    bytes: Vec<Value>,
}

fn of_data(builder: &mut Builder<'_, '_>, names: &[Name<'_>]) -> Option<Value> {
    let found: Vec<u32> =
        names.iter().filter_map(|name| builder.model.names.find(Space::Data, name.text)).collect();
    let sizes: Vec<Value> =
        found.into_iter().map(|data| super::volumes::record_size(builder, data)).collect();
    (!sizes.is_empty()).then(|| builder.sheet.sum(&sizes, Dimension::DATA))
}

/// The sizes of request and answer of a call: as stated, by the API that it serves, or by the data it touches.
fn sizes<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flow: u32,
    index: usize,
    call: &Call<'m, 't>,
    is_start: bool,
) -> [Option<Value>; 2] {
    let subject = Subject::Flow(flow);
    let step = call.step;
    let request = builder.stated(subject, format_args!("call{index}.request"), step.request.as_ref());
    let response = builder.stated(subject, format_args!("call{index}.response"), step.response.as_ref());
    let model = builder.model;
    let entry = model.design.flows.entries.get(flow as usize).filter(|_| is_start);
    let api = entry.and_then(|entry| model.names.find(Space::Api, entry.value.api?.text));
    let entry = api.and_then(|api| Some((api, model.design.apis.entries.get(api as usize)?)));
    let [mut of_request, mut of_response] = [request, response];
    if let Some((api, entry)) = entry {
        let subject = Subject::Api(api);
        of_request =
            of_request.or_else(|| builder.stated(subject, "request_size", entry.value.request_size.as_ref()));
        of_response = of_response
            .or_else(|| builder.stated(subject, "response_size", entry.value.response_size.as_ref()));
    }
    if call.is_last {
        of_request = of_request.or_else(|| of_data(builder, &step.writes));
        of_response = of_response.or_else(|| of_data(builder, &step.reads));
    }
    [of_request, of_response]
}

/// Rates and bytes of every connection and component.
pub fn add<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flows: &[Calls<'m, 't>],
    facts: &[Facts],
    demand: &Demand,
    visits: &[Visit],
    busy: &mut [Busy],
) -> Vec<Bytes> {
    let mut average: Vec<Bytes> = vec![Bytes::default(); facts.len()];
    let mut peak: Vec<Bytes> = vec![Bytes::default(); facts.len()];
    let mut unsized_at: Vec<bool> = vec![false; facts.len()];
    let mut between: BTreeMap<(u32, u32), Traffic> = BTreeMap::new();
    for (visit, usual) in visits.iter().zip(&demand.visits) {
        let Some(calls) = flows.get(visit.flow as usize) else { continue };
        let (Some(call), Some(rate)) = (calls.calls.get(visit.call), demand.rates.get(visit.flow as usize))
        else {
            continue;
        };
        let is_start = calls.calls.first().is_some_and(|first| std::ptr::eq(first.step, call.step));
        let [request, response] = sizes(builder, visit.flow, visit.call, call, is_start);
        let per_run = times(builder, visit.per_run, visit.attempts);
        let arrivals = times(builder, Some(rate.peak), per_run).unwrap_or(rate.peak);
        let traffic = between.entry((call.from, call.to)).or_default();
        traffic.rate.push(arrivals);
        let response = response.filter(|_| call.waits);
        let (from, to) = (call.from as usize, call.to as usize);
        for (size, sender, receiver) in [(request, from, to), (response, to, from)] {
            let Some(size) = size else { continue };
            let at_peak = builder.sheet.product(&[arrivals, size]);
            traffic.bytes.push(at_peak);
            let usual = times(builder, usual.per_run, usual.attempts);
            let often = times(builder, Some(rate.average), usual).unwrap_or(rate.average);
            let on_average = if rate.average == rate.peak && usual == per_run {
                at_peak
            } else {
                builder.sheet.product(&[often, size])
            };
            for (bytes, amount) in [(&mut peak, at_peak), (&mut average, on_average)] {
                bytes.iter_mut().skip(sender).take(1).for_each(|bytes| bytes.outgoing.push(amount));
                bytes.iter_mut().skip(receiver).take(1).for_each(|bytes| bytes.incoming.push(amount));
            }
        }
        if request.is_none() && response.is_none() {
            unsized_at.iter_mut().skip(to).take(1).for_each(|flag| *flag = true);
        }
    }
    for ((from, to), traffic) in between {
        let subject = Subject::Connection(from, to);
        let rate = builder.sheet.sum(&traffic.rate, Dimension::RATE);
        builder.own(subject, "rate", rate);
        let bytes = match traffic.bytes.is_empty() {
            true => {
                let [from, to] = [from, to].map(|end| builder.model.component_name(end).to_owned());
                let help = format!("state `request` and `response` on a step `{from} -> {to}`");
                let what = format!("the size of what goes from {from} to {to}");
                builder.lacking(Dimension::BANDWIDTH, what, help, None)
            }
            false => together(builder, &traffic.bytes),
        };
        builder.own(subject, "bandwidth", bytes);
    }
    for ((component, facts), (peak, busy)) in (0..).zip(facts).zip(peak.iter().zip(busy.iter_mut())) {
        if !facts.is_client {
            let is_reached = unsized_at.get(component as usize).copied().unwrap_or(false);
            component_bytes(builder, component, peak, busy, is_reached);
        }
    }
    average
}

/// The sum, as a number of its own: what one sends and another receives is nobody's before it is either's.
fn together(builder: &mut Builder<'_, '_>, parts: &[Value]) -> Value {
    match parts {
        [only] => builder.sheet.same(*only),
        several => builder.sheet.sum(several, Dimension::BANDWIDTH),
    }
}

fn component_bytes(
    builder: &mut Builder<'_, '_>,
    component: u32,
    peak: &Bytes,
    busy: &mut Busy,
    is_reached: bool,
) {
    let subject = Subject::Component(component);
    let mut both = Vec::new();
    for (name, parts) in [("bandwidth.in", &peak.incoming), ("bandwidth.out", &peak.outgoing)] {
        let value = match parts.is_empty() {
            true if !is_reached => continue,
            true => {
                let id = builder.model.component_name(component).to_owned();
                let help = format!("state `request` and `response` on the steps that reach `{id}`");
                let what = format!("the size of what {id} receives and sends");
                builder.lacking(Dimension::BANDWIDTH, what, help, None)
            }
            false => together(builder, parts),
        };
        let value = builder.own(subject, name, value);
        if builder.sheet.is_known(value) {
            both.push(value);
        }
    }
    let stated = builder.component(component).and_then(|component| component.bandwidth.as_ref());
    let each = builder.stated(subject, "bandwidth", stated);
    if let (Some(each), false) = (each, both.is_empty()) {
        let most = builder.sheet.largest(&both);
        let work = builder.sheet.quotient(most, each);
        let work = builder.step(work, "instances' worth of bandwidth");
        busy.needs.push(("bandwidth", work));
        if let Some(instances) = busy.instances {
            let share = builder.sheet.quotient(work, instances);
            busy.resources.push(("bandwidth", builder.step(share, "bandwidth in use")));
        }
    }
}
