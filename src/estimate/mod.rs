//! Model → numbers: every value with the formula it follows from and the lines of the design it rests on.

pub mod absent;
pub mod address;
pub mod availability;
mod bandwidth;
mod builder;
mod caches;
pub mod calls;
mod capacity;
mod chances;
mod closed;
mod cold;
mod cost;
pub mod derivation;
mod ends;
pub mod evaluation;
mod expiry;
mod facts;
mod holding;
pub mod horizons;
pub mod label;
mod lanes;
mod latency;
pub mod limit_values;
pub mod limits;
mod observed;
mod overload;
mod places;
pub mod readings;
mod retries;
pub mod sampling;
pub mod sensitivity;
pub mod shares;
pub mod sheet;
pub mod stated;
mod stations;
mod stores;
pub mod sweeps;
mod system;
mod table;
mod times;
mod times_plan;
mod traffic;
pub mod triggers;
mod up;
mod volumes;
mod wording;

pub use builder::Options;
pub use capacity::{READS, WRITES};
pub use derivation::Derivation;
pub use evaluation::{Changes, Evaluation};
pub use label::{Label, Missing, Subject};
pub use readings::{Reading, Status, Verdict};
pub use sampling::{Samples, Summary};
pub use sheet::{Op, Sheet, Value};
pub use triggers::TAKES_OUT;

use crate::model::Model;
use crate::model::addresses::SECTIONS;
use crate::model::names::Space;
use availability::Structure;
use builder::Builder;
use observed::Observed;
use retries::Failures;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use table::Table;
use traffic::Demand;

/// The numbers of a design.
#[derive(Debug)]
pub struct Estimate<'m, 't> {
    /// The design.
    pub model: &'m Model<'t>,
    /// All numbers, and what they are made from.
    pub sheet: Sheet<'m>,
    /// What was asked for.
    pub options: Options,
    /// What each flow needs, in their order.
    pub structures: Vec<Option<Structure>>,
    /// For each component, its resources: the share in use at peak.
    pub resources: Vec<Vec<(&'static str, Value)>>,
    /// For each component of which every copy takes every write, the number of copies: what changes its instances changes this.
    pub copies: Vec<Option<Value>>,
    /// What is stored after the times that were asked for, in their order.
    pub asked: Vec<Value>,
    /// For each requirement with a check, by index: whether it holds.
    pub checks: Vec<(u32, Value)>,
    /// What all traffic is multiplied by, when that was asked for.
    pub traffic_factor: Option<Value>,
    /// The values at addresses `system.limit(A)` that were asked for.
    pub limits: Vec<(String, Value)>,
    /// What is stated and also follows from something else, when that was asked for.
    pub said_twice: Vec<stated::Pair>,
    table: Table,
    observed: OnceCell<Observed>,
}

/// Values that are only calculated when somebody names them.
const ON_DEMAND: &[&str] = &[
    "wait.slope",
    "latency.mean",
    "latency.p50",
    "latency.p90",
    "latency.p95",
    "latency.p99",
    "latency.p999",
];

impl<'m, 't> Estimate<'m, 't> {
    /// Works out how every number follows from the design. Nothing is calculated yet.
    pub fn new(model: &'m Model<'t>, options: Options) -> Self {
        Self::asking(model, options, &[])
    }

    /// The same, and what is stored of some data after some times: `data.link.storage.at(1 year)`.
    pub fn asking(model: &'m Model<'t>, options: Options, times: &[(u32, String, f64)]) -> Self {
        let mut builder = Builder::new(model, options);
        for index in 0..u32::try_from(model.names.all(Space::Assumption).len()).unwrap_or(u32::MAX) {
            builder.assumption(index);
        }
        let flows: Vec<calls::Calls<'m, 't>> =
            model.design.flows.iter().map(|entry| calls::read(model, &entry.value)).collect();
        let facts = builder.facts();
        expiry::add(&mut builder, &flows);
        let mut failures = Failures::new(&mut builder, &flows, &facts, &BTreeMap::new());
        let mut visits = Vec::new();
        for (flow, calls) in (0..).zip(&flows) {
            builder.visits(flow, calls, &facts, &failures, &mut visits);
        }
        let closed = closed::throughputs(&mut builder, &flows, &visits, &facts);
        let throughputs = closed.iter().map(|(flow, (rate, _))| (*flow, *rate)).collect();
        let rates = builder.flow_rates(&flows, &visits, &throughputs);
        let rejected = overload::rejections(&mut builder, &flows, &facts, &visits, &rates);
        let demand = Demand { visits, rates };
        let mut at_peak = Vec::new();
        if rejected.is_empty() {
            at_peak.clone_from(&demand.visits);
        } else {
            failures = Failures::new(&mut builder, &flows, &facts, &rejected);
            for (flow, calls) in (0..).zip(&flows) {
                builder.visits(flow, calls, &facts, &failures, &mut at_peak);
            }
        }
        let loads = capacity::loads(&mut builder, &flows, &demand, &at_peak, &facts, &failures);
        let mut busy: Vec<capacity::Busy> = (0..)
            .zip(&loads)
            .zip(&facts)
            .map(|((index, load), facts)| builder.busy(index, load, facts))
            .collect();
        holding::add(&mut builder, &flows, &facts, &demand, &at_peak, &failures, &mut busy);
        let bytes = bandwidth::add(&mut builder, &flows, &facts, &demand, &at_peak, &mut busy);
        volumes::add(&mut builder, &flows, &demand, &facts);
        let structures = availability::add(&mut builder, &flows, &facts);
        latency::add(&mut builder, &flows, &facts, &busy, &failures, &closed);
        latency::add_components(&mut builder, &facts, &busy);
        let mut costs = Vec::new();
        for (((index, facts), load), busy) in (0..).zip(&facts).zip(&loads).zip(&mut busy) {
            if facts.is_client {
                continue;
            }
            let role = model.roles.get(index as usize).copied().unwrap_or_default();
            if role.has("caches") {
                caches::hit_ratio(&mut builder, index);
                builder.cached(index, busy);
            }
            builder.conclude(index, busy, facts);
            builder.kept(index, facts, bytes.get(index as usize));
            builder.lasting(index, facts);
            builder.amplified(index, facts);
            builder.backlog(index, load, &flows);
            let on_average = builder.on_average(index, load, facts);
            let bytes = bytes.get(index as usize);
            let amounts = cost::Amounts { component: index, facts, busy, load, bytes, on_average };
            costs.extend(builder.cost(&amounts));
        }
        builder.total_cost(&costs);
        system::add(&mut builder, &demand);
        let mut asked = Vec::new();
        for (data, text, seconds) in times {
            let time = builder.seconds(*seconds);
            let stored = volumes::storage_at(&mut builder, *data, time);
            let label = Label::AddressOf(Subject::Data(*data), format!("storage.at({text})"));
            asked.push(builder.sheet.named(stored, label));
        }
        let mut checks = Vec::new();
        for (index, entry) in (0..).zip(&model.design.requirements) {
            if let Some(check) = &entry.value.check {
                checks.push((index, builder.condition(&check.check)));
            }
        }
        let said_twice = match options.with_stated {
            true => stated::add(&mut builder, &flows, &facts, &demand),
            false => Vec::new(),
        };
        let resources = busy.into_iter().map(|busy| busy.resources).collect();
        let copies = facts.iter().map(facts::Facts::copied_instances).collect();
        let traffic_factor = builder.traffic_factor;
        let (sheet, table) = builder.into_parts();
        Self {
            model,
            sheet,
            options,
            structures,
            resources,
            copies,
            asked,
            checks,
            traffic_factor,
            limits: Vec::new(),
            said_twice,
            table,
            observed: OnceCell::new(),
        }
    }

    /// The value of an element, by its name.
    pub fn get(&self, subject: Subject, name: &str) -> Option<Value> {
        self.table.get(subject, name)
    }

    /// Everything that has an address, in the order of the documentation; what is expensive and seldom asked for only
    /// on demand.
    pub fn addresses(&self, with_all: bool) -> Vec<(String, Subject, &'static str, Value)> {
        let order = |subject: &Subject| match subject {
            Subject::Assumption(_) => 0,
            Subject::Flow(_) => 1,
            Subject::Api(_) => 2,
            Subject::Component(_) => 3,
            Subject::Data(_) => 4,
            Subject::Connection(..) => 5,
            Subject::Requirement(_) => 6,
            Subject::System => 7,
        };
        let section = |subject: &Subject| match subject {
            Subject::Flow(_) => "flows",
            Subject::Api(_) => "apis",
            Subject::Component(_) => "components",
            Subject::Data(_) => "data",
            Subject::Connection(..) => "connections",
            Subject::System => "system",
            Subject::Assumption(_) | Subject::Requirement(_) => "",
        };
        let place = |subject: &Subject, name: &str| {
            let table = SECTIONS.iter().find(|(known, ..)| *known == section(subject));
            table.and_then(|(.., table)| table.iter().position(|address| address.name == name)).unwrap_or(0)
        };
        let is_shown = |subject: &Subject, name: &str| {
            with_all || !matches!(subject, Subject::Component(_)) || !ON_DEMAND.contains(&name)
        };
        let mut all: Vec<(Subject, &'static str, Value)> =
            self.table.iter().filter(|(subject, name, _)| is_shown(subject, name)).collect();
        all.sort_by_cached_key(|(subject, name, _)| {
            (order(subject), subject.path(self.model), place(subject, name))
        });
        all.into_iter()
            .map(|(subject, name, value)| (self.address(subject, name), subject, name, value))
            .collect()
    }

    /// An address as it is written.
    pub fn address(&self, subject: Subject, name: &str) -> String {
        let path = subject.path(self.model);
        if name.is_empty() { path } else { format!("{path}.{name}") }
    }

    /// The central values, of expensive ones those that are wanted.
    pub fn central(&self, changes: &Changes, wanted: &[Value]) -> Evaluation {
        match self.observed_central(wanted).filter(|_| changes.is_empty()) {
            Some(known) => known.clone(),
            None => Evaluation::on_threads(&self.sheet, changes, wanted, self.options.threads),
        }
    }

    /// What is known of the wanted values under uncertainty.
    pub fn summaries(&self, central: &Evaluation, wanted: &[Value]) -> Vec<Option<Summary>> {
        let Options { samples, seed, threads, .. } = self.options;
        self.observed_summaries(wanted)
            .filter(|_| !central.has_changes())
            .unwrap_or_else(|| Samples::summaries(&self.sheet, central, wanted, samples, seed, threads))
    }
}
