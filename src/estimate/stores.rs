//! What components keep: storage, memory, shards, durability, backlog.

use super::bandwidth::Bytes;
use super::builder::Builder;
use super::calls::Calls;
use super::capacity::{Busy, Load};
use super::facts::{Count, Facts};
use super::label::Subject;
use super::sheet::{Formula, Value};
use super::triggers::TAKES_OUT;
use crate::model::names::Space;
use crate::numerics::{queueing, reliability};
use crate::quantity::{Dimension, YEAR};

const SHARDS: Formula = Formula {
    model: "arithmetic",
    text: "max(1, ceil({0} / ({1} × {2} × {3})))",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [bytes, copies, each, fill] => super::evaluation::round_up(bytes / (copies * each * fill)).max(1.0),
        _ => f64::NAN,
    },
};

const OTHERS: Formula = Formula {
    model: "arithmetic",
    text: "max(0, {0} - 1)",
    exact: true,
    work: 0.0,
    apply: |inputs| inputs.first().map_or(f64::NAN, |all| super::evaluation::largest(all - 1.0, 0.0)),
};

const ALL_GROUPS: Formula = Formula {
    model: "independent groups",
    text: "{0}^{1}",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [one, groups] => libm::exp(groups * libm::log1p(-(1.0 - one))),
        _ => f64::NAN,
    },
};

const DURABILITY: Formula = Formula {
    model: "absorbing chain of lost copies",
    text: "1 - the chance that fewer than {1} of {0} copies are left at some time in a year; each is lost with {2}, rebuilt in {3}",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [copies, needed, failures, rebuild] => {
            let whole = |number: f64| number.max(0.0).round() as u32;
            1.0 - reliability::durability_loss(
                whole(*copies),
                whole(*needed),
                *failures,
                *rebuild,
                true,
                YEAR,
            )
        }
        _ => f64::NAN,
    },
};

const DRAIN: Formula = Formula {
    model: "backlog and surplus",
    text: "{0} / ({1} - {2})",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [backlog, capacity, rate] => queueing::drain(*backlog, *capacity, *rate),
        _ => f64::NAN,
    },
};

impl<'m, 't> Builder<'m, 't> {
    /// By how much the memory of one instance is multiplied in what the cache can hold: copies hold the same.
    pub fn memory_parts(&mut self, component: u32) -> Value {
        let subject = Subject::Component(component);
        let written = self.component(component);
        let replicated = written.is_some_and(|it| it.replication.is_some());
        let shards = self.stated(subject, "shards", written.and_then(|it| it.shards.as_ref()));
        let replicas = match written.and_then(|it| it.replicas.as_ref()) {
            Some(crate::spec::component_parts::Replicas::Count(count)) if !replicated => {
                Some(self.written(subject, "replicas", &count.written))
            }
            _ => None,
        };
        let parts: Vec<Value> = shards.into_iter().chain(replicas).collect();
        self.sheet.product(&parts)
    }

    /// Bytes that are kept in a component at the horizon.
    pub fn kept(&mut self, component: u32, facts: &Facts, bytes: Option<&Bytes>) {
        let subject = Subject::Component(component);
        let model = self.model;
        let id = model.component_name(component).to_owned();
        let stored: Vec<u32> = self.stored_in.get(&component).cloned().unwrap_or_default();
        let mut parts = Vec::new();
        for data in stored {
            let Some(entry) = model.design.data.entries.get(data as usize) else { continue };
            let Some(copies) = self.volumes.get(data as usize).map(|volume| volume.copies) else { continue };
            let Some(all) = self.get(Subject::Data(data), "storage") else { continue };
            if entry.value.stored_in.len() == 1 {
                parts.push(all);
                continue;
            }
            let own = self.copies_in(component, facts);
            let share = self.sheet.quotient(own, copies);
            parts.push(self.sheet.product(&[all, share]));
        }
        let role = model.roles.get(component as usize).copied().unwrap_or_default();
        let retention = self.component(component).and_then(|it| it.retention.as_ref());
        let retention = self.stated(subject, "retention", retention);
        let incoming = bytes.map(|bytes| bytes.incoming.as_slice()).unwrap_or_default();
        if let (true, Some(retention), false, true) =
            (role.has("buffers"), retention, incoming.is_empty(), parts.is_empty())
        {
            let rate = self.sheet.sum(incoming, Dimension::BANDWIDTH);
            let copies = self.copies_in(component, facts);
            let kept = self.sheet.product(&[rate, retention, copies]);
            parts.push(self.step(kept, "messages kept"));
        }
        let holds = role.has("holds_state") && role.has("durable") && role.has("answers_queries");
        let storage = match (parts.is_empty(), holds) {
            (true, false) => return,
            (true, true) => {
                let help = format!("name `{id}` in `stored_in` of some data");
                self.lacking(Dimension::DATA, format!("what is stored in {id}"), help, None)
            }
            _ => self.sheet.sum(&parts, Dimension::DATA),
        };
        let storage = self.own(subject, "storage", storage);
        self.shards_needed(component, facts, storage);
    }

    fn shards_needed(&mut self, component: u32, facts: &Facts, storage: Value) {
        let subject = Subject::Component(component);
        let Some(written) = self.component(component) else { return };
        let Some(each) = self.stated(subject, "storage", written.storage.as_ref()) else {
            let id = self.model.component_name(component).to_owned();
            let help = format!("state `storage` (of one instance) on `components.{id}`");
            let missing =
                self.lacking(Dimension::NONE, format!("how much an instance of {id} can store"), help, None);
            self.set(subject, "shards", missing);
            return;
        };
        let fill = match self.stated(subject, "fill_target", written.fill_target.as_ref()) {
            Some(fill) => fill,
            None => self.assumed(1.0, "disks may become full, as no `fill_target` is said"),
        };
        let inputs = [storage, facts.copies, each, fill];
        let shards = self.sheet.formula(&SHARDS, &inputs, Dimension::NONE);
        self.set(subject, "shards", shards);
    }

    /// Memory that a cache needs, and what that asks of its instances.
    pub fn cached(&mut self, component: u32, busy: &mut Busy) {
        let subject = Subject::Component(component);
        let model = self.model;
        let id = model.component_name(component).to_owned();
        let mut parts = Vec::new();
        let [cached, _] = &*super::caches::kept_at(self);
        let cached = cached.get(id.as_str()).map_or(&[][..], Vec::as_slice);
        for data in cached.iter().copied() {
            let Some(entry) = model.design.data.entries.get(data as usize) else { continue };
            let of = Subject::Data(data);
            let (Some(records), Some(size)) = (self.get(of, "records"), self.get(of, "size")) else {
                continue;
            };
            // How much of the data a cache should hold is for the design to say.
            let Some(hot) = self.stated(of, "hot", entry.value.hot.as_ref()) else { continue };
            parts.push(self.sheet.product(&[records, hot, size]));
        }
        let Some(written) = self.component(component) else { return };
        if parts.is_empty() {
            return;
        }
        let mut memory = self.sheet.sum(&parts, Dimension::DATA);
        if let Some(overhead) = self.stated(subject, "index_overhead", written.index_overhead.as_ref()) {
            let one = self.sheet.given(1.0, Dimension::NONE);
            let factor = self.sheet.sum(&[one, overhead], Dimension::NONE);
            memory = self.sheet.product(&[memory, factor]);
        }
        let memory = self.own(subject, "memory", memory);
        // A cache that holds less than all is no mistake; one that is meant to hold the hot part is sized by it.
        let is_hot = |data: &u32| {
            model.design.data.entries.get(*data as usize).is_some_and(|entry| entry.value.hot.is_some())
        };
        let is_sized = cached.iter().any(is_hot);
        let each = self.stated(subject, "memory", written.memory.as_ref());
        if let (Some(each), true) = (each, is_sized) {
            let work = self.sheet.quotient(memory, each);
            busy.needs.push(("memory", self.step(work, "instances' worth of memory")));
        }
    }

    /// How safe stored data is over a year.
    pub fn lasting(&mut self, component: u32, facts: &Facts) {
        let subject = Subject::Component(component);
        let Some(written) = self.component(component) else { return };
        let role = self.model.roles.get(component as usize).copied().unwrap_or_default();
        if let Some(stated) = self.stated(subject, "durability", written.durability.as_ref()) {
            self.own(subject, "durability", stated);
            return;
        }
        let failures = self.stated(subject, "copy_failures", written.copy_failures.as_ref());
        let rebuild = self.stated(subject, "rebuild_time", written.rebuild_time.as_ref());
        let erasure = written.erasure_coding.as_deref();
        let parts = erasure.and_then(|erasure| Some((erasure.data.as_ref()?, erasure.parity.as_ref()?)));
        let value = match (failures, rebuild) {
            (Some(failures), Some(rebuild)) => {
                let (copies, needed) = match parts {
                    Some((data, parity)) => {
                        let data = self.written(subject, "erasure_coding.data", &data.written);
                        let parity = self.written(subject, "erasure_coding.parity", &parity.written);
                        (self.sheet.sum(&[data, parity], Dimension::NONE), data)
                    }
                    None => (facts.copies, self.assumed(1.0, "one copy is enough")),
                };
                let inputs = [copies, needed, failures, rebuild];
                self.sheet.formula(&DURABILITY, &inputs, Dimension::NONE)
            }
            _ => match self.catalog_number(component, "durability") {
                Some(cited) => cited,
                None if role.has("durable") && self.get(subject, "storage").is_some() => {
                    let id = self.model.component_name(component).to_owned();
                    let help = format!(
                        "state `durability`, or `copy_failures` and `rebuild_time`, on `components.{id}`"
                    );
                    self.lacking(Dimension::NONE, format!("how safe the data in {id} is"), help, None)
                }
                None => return,
            },
        };
        let one = self.own(subject, "durability", value);
        if let Some(groups) = self.stated(subject, "placement_groups", written.placement_groups.as_ref()) {
            let all = self.sheet.formula(&ALL_GROUPS, &[one, groups], Dimension::NONE);
            self.set(subject, "durability.all", all);
        }
    }

    /// How many bytes are written, sent and read for each byte that somebody stores or that is lost, where data is kept several
    /// times or in parts.
    pub fn amplified(&mut self, component: u32, facts: &Facts) {
        let subject = Subject::Component(component);
        let Some(written) = self.component(component) else { return };
        let erasure = written.erasure_coding.as_deref();
        let parts = erasure.and_then(|erasure| Some((erasure.data.as_ref()?, erasure.parity.as_ref()?)));
        let is_said = written.replicas.is_some() && matches!(facts.count, Count::Fixed(_));
        let one = self.sheet.given(1.0, Dimension::NONE);
        let (stored, sent, rebuilt) = match parts {
            Some((data, parity)) => {
                let data = self.written(subject, "erasure_coding.data", &data.written);
                let parity = self.written(subject, "erasure_coding.parity", &parity.written);
                let all = self.sheet.sum(&[data, parity], Dimension::NONE);
                // Whoever cuts it keeps one of the parts, and sends the others.
                let others = self.sheet.formula(&OTHERS, &[all], Dimension::NONE);
                (self.sheet.quotient(all, data), self.sheet.quotient(others, data), data)
            }
            // How whoever runs it keeps copies is not known.
            None if facts.replicates && (is_said || written.quorum.is_some()) => {
                let copies = self.copies_in(component, facts);
                (copies, self.sheet.formula(&OTHERS, &[copies], Dimension::NONE), one)
            }
            None => return,
        };
        let overhead = self.stated(subject, "index_overhead", written.index_overhead.as_ref());
        let disk = match overhead {
            Some(overhead) => {
                let factor = self.sheet.sum(&[one, overhead], Dimension::NONE);
                self.sheet.product(&[stored, factor])
            }
            None => stored,
        };
        self.own(subject, "amplification.write", disk);
        self.own(subject, "amplification.network", sent);
        self.own(subject, "amplification.rebuild", rebuilt);
    }

    /// What piles up in a queue while its consumers are away, and how long they need to work it off.
    pub fn backlog(&mut self, component: u32, load: &Load<'m>, flows: &[Calls<'m, 't>]) {
        let subject = Subject::Component(component);
        let Some(written) = self.component(component) else { return };
        let Some(outage) = self.stated(subject, "consumer_outage", written.consumer_outage.as_ref()) else {
            return;
        };
        let puts_in = |operation: &Option<&str>| operation.is_none_or(|name| !TAKES_OUT.contains(&name));
        let arriving: Vec<Value> = load
            .peak_by_operation()
            .iter()
            .filter(|(operation, _)| puts_in(operation))
            .flat_map(|(_, parts)| parts.iter().copied())
            .collect();
        let rate = self.sheet.sum(&arriving, Dimension::RATE);
        let rate = self.step(rate, "messages that arrive");
        let backlog = self.sheet.product(&[rate, outage]);
        let backlog = self.own(subject, "backlog", backlog);
        let capacity = self.consumers(component, flows);
        let drain = self.sheet.formula(&DRAIN, &[backlog, capacity, rate], Dimension::TIME);
        self.set(subject, "drain", drain);
    }

    /// What all consumers of a queue can take from it.
    fn consumers(&mut self, component: u32, flows: &[Calls<'m, 't>]) -> Value {
        let model = self.model;
        let mut found: Vec<u32> = Vec::new();
        for (entry, calls) in model.design.flows.iter().zip(flows) {
            for call in &calls.calls {
                let takes = call.operation().is_some_and(|name| TAKES_OUT.contains(&name));
                if call.to == component && takes {
                    found.push(call.from);
                }
                if call.from == component {
                    found.push(call.to);
                }
            }
            let triggers = entry.value.on.and_then(|on| model.names.find(Space::Component, on.text));
            if triggers == Some(component) {
                found.extend(calls.starter.filter(|starter| *starter != component));
            }
        }
        found.sort_unstable();
        found.dedup();
        let capacities: Vec<Value> = found
            .into_iter()
            .filter_map(|consumer| self.get(Subject::Component(consumer), "capacity"))
            .collect();
        match capacities.is_empty() {
            true => {
                let id = model.component_name(component).to_owned();
                let help =
                    "state `capacity` or `service_time` on the component that consumes them".to_owned();
                self.lacking(Dimension::RATE, format!("how fast the consumers of {id} are"), help, None)
            }
            false => self.sheet.sum(&capacities, Dimension::RATE),
        }
    }
}
