//! Data over time: how many records come, how large they are, how long they stay, how many copies there are.

use super::builder::Builder;
use super::calls::Calls;
use super::facts::Facts;
use super::label::{Label, Subject};
use super::sheet::{Formula, Value};
use super::traffic::{Demand, times};
use crate::model::names::Space;
use crate::numerics::growth;
use crate::quantity::{Dimension, YEAR};
use crate::spec::data::Data;
use crate::spec::data_field::TYPES;
use std::collections::BTreeMap;

const KEPT: Formula = Formula {
    model: "compound growth, retention",
    text: "{0} × {1} per period, growing by {2} each, after {3} / {1} periods, kept for {4} / {1}",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [rate, period, growth, time, retention] => {
            let kept_for = Some(retention / period).filter(|periods| periods.is_finite());
            growth::kept(rate * period, growth * period, time / period, kept_for)
        }
        _ => f64::NAN,
    },
};

/// Records of all ages up to the retention leave evenly.
const LEFT: Formula = Formula {
    model: "retention",
    text: "{0} × max(0, 1 - {1} / {2})",
    exact: false,
    work: 0.0,
    apply: |inputs| match inputs {
        [count, time, retention] => count * (1.0 - time / retention).max(0.0),
        _ => f64::NAN,
    },
};

const NEVER: &str = "kept for ever, as no retention is said";

/// What is known of the volume of a kind of data.
#[derive(Clone, Debug)]
pub struct Volume {
    /// What brings new records: how many, and the flow that does, when it is one.
    sources: Vec<(Value, Option<u32>)>,
    /// New records, on average.
    pub rate: Value,
    /// The size of one.
    pub size: Value,
    /// What one copy of one record takes in the store, over its size.
    pub factor: Option<Value>,
    /// All copies in all stores.
    pub copies: Value,
}

/// The size of one record: as stated, or from its fields.
pub fn record_size(builder: &mut Builder<'_, '_>, data: u32) -> Value {
    let subject = Subject::Data(data);
    if let Some(known) = builder.get(subject, "size") {
        return known;
    }
    let model = builder.model;
    let value = match model.design.data.entries.get(data as usize) {
        Some(entry) => match builder.stated(subject, "size", entry.value.size.as_ref()) {
            Some(stated) => builder.sheet.same(stated),
            None => size_of_fields(builder, entry.name.text, &entry.value, entry.name.span),
        },
        None => builder.sheet.given(f64::NAN, Dimension::DATA),
    };
    builder.set(subject, "size", value)
}

/// Fields that cannot be longer than their type says; texts count with the length that is given.
fn size_of_fields(
    builder: &mut Builder<'_, '_>,
    id: &str,
    data: &Data<'_>,
    place: crate::source::Span,
) -> Value {
    if data.fields.entries.is_empty() {
        let help = format!("state `size` or `fields` on `data.{id}`");
        return builder.lacking(Dimension::DATA, format!("the size of {id}"), help, Some(place));
    }
    let mut parts = Vec::new();
    for field in &data.fields {
        let of_type = |name: &str| TYPES.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes);
        // A reference is an id.
        let each = field.value.kind.map_or_else(|| of_type("uuid"), of_type).unwrap_or(0);
        let counts =
            matches!(field.value.kind, Some("string" | "text" | "char" | "bytes" | "blob" | "vector"));
        let width = if field.value.kind == Some("vector") { 4.0 } else { 1.0 };
        let bytes = match field.value.length.filter(|_| counts) {
            Some(length) => length as f64 * width,
            None => f64::from(each),
        };
        let value = builder.sheet.given(bytes, Dimension::DATA);
        parts.push(builder.step(value, format!("field {}", field.name.text)));
    }
    let sum = builder.sheet.sum(&parts, Dimension::DATA);
    if parts.len() == 1 { builder.sheet.same(sum) } else { sum }
}

/// How many records there are, as far as the design says without its flows.
pub fn stated_records(builder: &mut Builder<'_, '_>, data: u32) -> Option<Value> {
    let subject = Subject::Data(data);
    let entry = &builder.model.design.data.entries.get(data as usize)?.value;
    if let Some(count) = builder.stated(subject, "count", entry.count.as_ref()) {
        return Some(count);
    }
    let rate = builder.stated(subject, "rate", entry.rate.as_ref())?;
    let retention = builder.stated(subject, "retention", entry.retention.as_ref())?;
    Some(builder.sheet.product(&[rate, retention]))
}

/// Rates, sizes and copies of all data; their addresses but for the storage.
pub fn add<'m, 't>(builder: &mut Builder<'m, 't>, flows: &[Calls<'m, 't>], demand: &Demand, facts: &[Facts]) {
    let model = builder.model;
    let mut written: BTreeMap<u32, Vec<(Value, Option<u32>)>> = BTreeMap::new();
    for visit in &demand.visits {
        let calls = flows.get(visit.flow as usize);
        let Some(call) = calls.and_then(|calls| calls.calls.get(visit.call)).filter(|call| call.is_last)
        else {
            continue;
        };
        // Reading, changing and deleting bring no new records.
        let adds = call.step.operation.is_none_or(|name| !matches!(name.text, "update" | "delete" | "read"));
        let Some(rate) = demand.rates.get(visit.flow as usize).filter(|_| adds) else { continue };
        for name in &call.step.writes {
            if let Some(data) = model.names.find(Space::Data, name.text) {
                let amount = times(builder, Some(rate.average), visit.per_run).unwrap_or(rate.average);
                written.entry(data).or_default().push((amount, Some(visit.flow)));
            }
        }
    }
    let count = u32::try_from(model.design.data.entries.len()).unwrap_or(u32::MAX);
    for (data, entry) in (0..).zip(&model.design.data) {
        for store in &entry.value.stored_in {
            if let Some(component) = model.names.find(Space::Component, store.text) {
                builder.stored_in.entry(component).or_default().push(data);
            }
        }
    }
    for data in 0..count {
        if let Some(volume) = volume(builder, data, written.get(&data), facts) {
            builder.volumes.push(volume);
        }
    }
}

fn volume(
    builder: &mut Builder<'_, '_>,
    data: u32,
    written: Option<&Vec<(Value, Option<u32>)>>,
    facts: &[Facts],
) -> Option<Volume> {
    let subject = Subject::Data(data);
    let entry = builder.model.design.data.entries.get(data as usize)?;
    let id = entry.name.text;
    let stated = builder.stated(subject, "rate", entry.value.rate.as_ref());
    let rate = match (stated, written, &entry.value.count) {
        (Some(stated), ..) => stated,
        (None, Some(parts), _) => {
            let parts: Vec<Value> = parts.iter().map(|(rate, _)| *rate).collect();
            builder.sheet.sum(&parts, Dimension::RATE)
        }
        (None, None, Some(_)) => {
            let none = builder.sheet.given(0.0, Dimension::RATE);
            builder
                .sheet
                .named(none, Label::Assumed("no new records: no flow writes them, and no rate is said"))
        }
        (None, None, None) => {
            let help = format!("state `rate` or `count` on `data.{id}`, or `writes: [{id}]` on a step");
            let place = Some(entry.name.span);
            builder.lacking(Dimension::RATE, format!("how many new records of {id} come"), help, place)
        }
    };
    let rate = builder.own(subject, "rate", rate);
    // Flows may grow at different speeds; what is stated grows with the design.
    let sources = match (stated, written) {
        (None, Some(parts)) if builder.model.design.grows_by_parts() => parts.clone(),
        _ => vec![(rate, None)],
    };
    let size = record_size(builder, data);
    let mut factors = Vec::new();
    if let Some(compression) = builder.stated(subject, "compression", entry.value.compression.as_ref()) {
        let one = builder.sheet.given(1.0, Dimension::NONE);
        factors.push(builder.sheet.quotient(one, compression));
    }
    let factor = (!factors.is_empty()).then(|| builder.sheet.product(&factors));
    let mut copies = Vec::new();
    for store in &entry.value.stored_in {
        let component = builder.model.names.find(Space::Component, store.text);
        if let Some((component, facts)) =
            component.and_then(|component| Some((component, facts.get(component as usize)?)))
        {
            copies.push(builder.copies_in(component, facts));
        }
    }
    let copies = match copies.as_slice() {
        [] => builder.assumed(1.0, "one copy, as no store is said"),
        _ => builder.sheet.sum(&copies, Dimension::NONE),
    };
    let volume = Volume { sources, rate, size, factor, copies };
    let growth = builder.stored_rate(&volume);
    builder.own(subject, "growth", growth);
    let stated_rate = entry.value.rate.as_ref().map(|rate| builder.model.central(&rate.written));
    let comes = match stated_rate {
        Some(rate) => rate != Some(0.0),
        None => written.is_some() || entry.value.count.is_none(),
    };
    let horizon = horizon(builder, data, comes);
    let records = records_after(builder, data, &volume, horizon);
    builder.own(subject, "records", records);
    let storage = bytes_after(builder, data, &volume, horizon);
    builder.own(subject, "storage", storage);
    Some(volume)
}

/// How far ahead stored data is counted: the time that is asked for, the horizon, or else until as much leaves as comes.
fn horizon(builder: &mut Builder<'_, '_>, data: u32, comes: bool) -> Value {
    let model = builder.model;
    if let Some(at) = builder.options.at {
        let at = builder.seconds(at);
        return builder.step(at, "the time that is asked for");
    }
    let traffic = model.design.traffic.as_ref();
    let horizon = traffic.and_then(|traffic| traffic.horizon.as_ref());
    if let Some(horizon) = builder.stated(Subject::System, "traffic.horizon", horizon) {
        return horizon;
    }
    let entry = model.design.data.entries.get(data as usize);
    let retention = entry.and_then(|entry| entry.value.retention.as_ref());
    match builder.stated(Subject::Data(data), "retention", retention) {
        Some(retention) => retention,
        // What neither comes nor goes is the same at any time.
        None if !comes => builder.seconds(0.0),
        None => {
            let help = "state `traffic.horizon`, or ask for `storage.at(…)`".to_owned();
            builder.lacking(Dimension::TIME, "how far ahead the design must hold", help, None)
        }
    }
}

/// Records that are kept after a time.
fn records_after(builder: &mut Builder<'_, '_>, data: u32, volume: &Volume, time: Value) -> Value {
    let model = builder.model;
    let subject = Subject::Data(data);
    let entry = model.design.data.entries.get(data as usize);
    let stated = entry.and_then(|entry| entry.value.retention.as_ref());
    let retention = match builder.stated(subject, "retention", stated) {
        Some(retention) => retention,
        None => {
            let never = builder.sheet.given(f64::INFINITY, Dimension::TIME);
            builder.sheet.named(never, Label::Assumed(NEVER))
        }
    };
    let mut parts = Vec::new();
    let count = entry.and_then(|entry| entry.value.count.as_ref());
    if let Some(count) = builder.stated(subject, "count", count) {
        parts.push(match stated {
            Some(_) => builder.sheet.formula(&LEFT, &[count, time, retention], Dimension::NONE),
            None => count,
        });
    }
    for (rate, flow) in &volume.sources {
        parts.push(new_records(builder, *rate, *flow, time, retention));
    }
    builder.sheet.sum(&parts, Dimension::NONE)
}

/// What has come until a time, and is still there.
fn new_records(
    builder: &mut Builder<'_, '_>,
    rate: Value,
    flow: Option<u32>,
    time: Value,
    retention: Value,
) -> Value {
    // The clock does not grow.
    let by_the_clock = flow.and_then(|flow| builder.model.design.flows.entries.get(flow as usize));
    let by_the_clock = by_the_clock.is_some_and(|entry| entry.value.every.is_some());
    let profiles = match flow {
        Some(_) if by_the_clock => Vec::new(),
        Some(flow) => builder.profiles_of_flow(flow),
        None => vec![(Subject::System, builder.model.design.traffic.as_ref())],
    };
    let growth =
        profiles.iter().find_map(|(subject, traffic)| Some((*subject, traffic.as_ref()?.growth.as_ref()?)));
    let model = builder.model;
    let period = growth.map_or(YEAR, |(_, growth)| super::traffic::growth_period(model, &growth.written));
    let growth = match growth {
        Some((subject, growth)) => builder.written(subject, "traffic.growth", &growth.written),
        None => {
            let none = builder.sheet.given(0.0, Dimension::RATE);
            builder.sheet.named(none, Label::Assumed("no growth is said"))
        }
    };
    let period = builder.seconds(period);
    // What has grown already by the time that is asked for began with the rate of today.
    let rate = match builder.options.at {
        Some(at) => {
            let at = builder.seconds(at);
            let grown = builder.sheet.formula(&super::traffic::GROWN, &[growth, period, at], Dimension::NONE);
            builder.sheet.quotient(rate, grown)
        }
        None => rate,
    };
    builder.sheet.formula(&KEPT, &[rate, period, growth, time, retention], Dimension::NONE)
}

fn bytes_after(builder: &mut Builder<'_, '_>, data: u32, volume: &Volume, time: Value) -> Value {
    let records = records_after(builder, data, volume, time);
    let records = builder.step(records, "records kept");
    let mut factors = vec![records, volume.size];
    factors.extend(volume.factor);
    factors.push(volume.copies);
    builder.sheet.product(&factors)
}

/// What is stored of some data after a time: `data.link.storage.at(1 year)`.
pub fn storage_at(builder: &mut Builder<'_, '_>, data: u32, time: Value) -> Value {
    let Some(volume) = builder.volumes.get(data as usize).cloned() else {
        return builder.lacking(Dimension::DATA, "that data", "name data of the design", None);
    };
    bytes_after(builder, data, &volume, time)
}

impl Builder<'_, '_> {
    /// Bytes that are added in a second, with copies.
    fn stored_rate(&mut self, volume: &Volume) -> Value {
        let mut factors = vec![volume.rate, volume.size];
        factors.extend(volume.factor);
        factors.push(volume.copies);
        self.sheet.product(&factors)
    }

    /// What a store makes of one byte: copies or an erasure code, and indexes.
    pub fn copies_in(&mut self, component: u32, facts: &Facts) -> Value {
        let subject = Subject::Component(component);
        let Some(written) = self.component(component) else { return facts.copies };
        let erasure = written.erasure_coding.as_deref();
        let parts = erasure.and_then(|erasure| Some((erasure.data.as_ref()?, erasure.parity.as_ref()?)));
        let copies = match parts {
            Some((data, parity)) => {
                let data = self.written(subject, "erasure_coding.data", &data.written);
                let parity = self.written(subject, "erasure_coding.parity", &parity.written);
                let all = self.sheet.sum(&[data, parity], Dimension::NONE);
                self.sheet.quotient(all, data)
            }
            None => facts.copies,
        };
        match self.stated(subject, "index_overhead", written.index_overhead.as_ref()) {
            Some(overhead) => {
                let one = self.sheet.given(1.0, Dimension::NONE);
                let factor = self.sheet.sum(&[one, overhead], Dimension::NONE);
                self.sheet.product(&[copies, factor])
            }
            None => copies,
        }
    }
}
