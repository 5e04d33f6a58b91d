//! Numbers as rules ask for them: none where the design has none, and what is slow to make only once.

use super::{Case, Numbers};
use crate::estimate::calls::Calls;
use crate::estimate::{Subject, Value};
use crate::model::Model;
use crate::quantity::{Dimension, format_share};
use crate::spec::component::Component;
use crate::spec::component_parts::Replicas;
use crate::spec::flow::Flow;
use crate::spec::values::Entry;
use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};

/// What is worked out when the first rule asks for it.
#[derive(Debug, Default)]
pub struct Lazy<'m, 't> {
    has_numbers: OnceCell<bool>,
    grown: OnceCell<Option<Grown<'m, 't>>>,
    times: OnceCell<BTreeMap<u32, Times>>,
    remedies: Cell<u32>,
}

/// The numbers at the horizon.
#[derive(Debug)]
pub struct Grown<'m, 't> {
    /// How many seconds from now that is.
    pub after: f64,
    /// The numbers then.
    pub numbers: Numbers<'m, 't>,
}

/// How long a component takes by itself at peak, with waiting in line and without what it calls.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// In the mean.
    pub mean: f64,
    /// Half are faster.
    pub p50: f64,
    /// 99% are faster.
    pub p99: f64,
}

/// Distributions of time are slow to make: those of more components than this are not asked for.
const MOST_TIMES: usize = 200;
/// What would mend a finding is found by trying: that is done for this many findings of a design.
const MOST_REMEDIES: u32 = 40;

/// Whether the design says how much arrives anywhere, and how much anything can take.
fn has_numbers(model: &Model<'_>) -> bool {
    let design = &model.design;
    let arrives = design.apis.iter().any(|api| api.value.rate.is_some())
        || design.flows.iter().any(|flow| {
            let flow = &flow.value;
            flow.rate.is_some() || flow.every.is_some() || flow.users.is_some()
        });
    arrives
        && design.components.iter().any(|component| {
            let it = &component.value;
            it.capacity.is_some()
                || it.service_time.is_some()
                || it.latency.is_some()
                || it.tech.is_some()
                || it.max_connections.is_some()
                || it.bandwidth.is_some()
                || it.storage.is_some()
                || it.memory.is_some()
        })
}

impl<'m, 't> Case<'m, 't> {
    /// The numbers, where the design gives reason to make them: making them is slow.
    pub fn computed(&self) -> Option<&Numbers<'m, 't>> {
        let has = self.is_sound && *self.lazy.has_numbers.get_or_init(|| has_numbers(self));
        if has { self.numbers() } else { None }
    }

    /// The numbers at the horizon, when the design says how far that is and that something grows until then.
    pub fn grown(&self) -> Option<&Grown<'m, 't>> {
        let make = || {
            self.computed()?;
            let traffic = self.design.traffic.as_ref();
            let grows =
                traffic.is_some_and(|traffic| traffic.growth.is_some()) || self.design.grows_by_parts();
            let horizon = traffic.and_then(|traffic| traffic.horizon.as_ref()).filter(|_| grows)?;
            let after = self.central(&horizon.written).filter(|after| *after > 0.0 && after.is_finite())?;
            Some(Grown { after, numbers: Numbers::new(self.model(), Some(after)) })
        };
        self.lazy.grown.get_or_init(make).as_ref()
    }

    /// How long components take that somebody waits for, as far as that is known, all of them in one go.
    pub fn times(&self) -> &BTreeMap<u32, Times> {
        self.lazy.times.get_or_init(|| self.make_times().unwrap_or_default())
    }

    fn make_times(&self) -> Option<BTreeMap<u32, Times>> {
        let numbers = self.computed()?;
        let waited = self.calls().iter().flat_map(|calls| &calls.calls).filter(|call| call.waits);
        let all: BTreeSet<u32> = waited.map(|call| call.to).collect();
        let of = |index: u32, name: &str| {
            let value = numbers.estimate.get(Subject::Component(index), name)?;
            numbers.estimate.sheet.is_known(value).then_some(value)
        };
        let known = |index: u32| {
            Some((index, of(index, "latency.mean")?, of(index, "latency.p50")?, of(index, "latency.p99")?))
        };
        let wanted: Vec<(u32, Value, Value, Value)> =
            all.into_iter().filter_map(known).take(MOST_TIMES).collect();
        let values: Vec<Value> = wanted.iter().flat_map(|(_, mean, p50, p99)| [*mean, *p50, *p99]).collect();
        let central = numbers.with(&values);
        let read = |(index, mean, p50, p99): (u32, Value, Value, Value)| {
            (index, Times { mean: central.of(mean), p50: central.of(p50), p99: central.of(p99) })
        };
        Some(wanted.into_iter().map(read).collect())
    }

    /// Whether it may still be tried what would mend a finding: each time costs as much as all numbers together.
    pub fn may_try(&self) -> bool {
        let tried = self.lazy.remedies.get();
        self.lazy.remedies.set(tried.saturating_add(1));
        tried < MOST_REMEDIES
    }

    /// The component with this index.
    pub fn component(&self, index: u32) -> Option<&Component<'t>> {
        self.design.components.get(index as usize).map(|entry| &entry.value)
    }

    /// Whether the kind of a component has a trait.
    pub fn has(&self, index: u32, wanted: &str) -> bool {
        self.roles.get(index as usize).is_some_and(|role| role.has(wanted))
    }

    /// The flows that a client starts, by index, each with its calls: somebody sits before them and waits.
    pub fn interactive_flows(&self) -> impl Iterator<Item = (u32, &Entry<'t, Flow<'t>>, &Calls<'m, 't>)> {
        let flows = (0..).zip(&self.design.flows).zip(self.calls());
        let all = flows.map(|((index, entry), calls)| (index, entry, calls));
        all.filter(|(.., calls)| calls.starter.is_some_and(|starter| self.has(starter, "is_client")))
    }

    /// The most instances that a component can have at once; `None` when nobody bounds or knows them.
    pub fn most_instances(&self, index: u32) -> Option<f64> {
        let component = self.component(index)?;
        let shards = self.shards(index)?;
        let each = match component.replicas.as_ref() {
            Some(Replicas::Count(count)) => self.central(&count.written)?,
            Some(Replicas::Scaling(scaling)) => self.central(&scaling.max.as_ref()?.written)?,
            Some(Replicas::Auto(_)) => return None,
            None if self.has(index, "elastic") || self.has(index, "external") => return None,
            None => 1.0,
        };
        Some(each * shards).filter(|most| most.is_finite())
    }

    /// How many shards there are of which each has `replicas` of its own.
    pub fn shards(&self, index: u32) -> Option<f64> {
        let shards = self.component(index)?.shards.as_ref();
        let shards = shards.filter(|_| !self.has(index, "delivers_messages"));
        shards.map_or(Some(1.0), |shards| self.central(&shards.written))
    }

    /// Whether a component may have more than one instance at a time.
    pub fn may_have_several(&self, index: u32) -> bool {
        let Some(component) = self.component(index) else { return false };
        component.replicas.is_some() && self.most_instances(index).is_none_or(|most| most > 1.0)
    }
}

impl Numbers<'_, '_> {
    /// The central value at an address that is cheap; NaN when it is not known.
    pub fn of(&self, subject: Subject, name: &str) -> f64 {
        self.estimate.get(subject, name).map_or(f64::NAN, |value| self.central.of(value))
    }

    /// A number of a component; NaN when it is not known.
    pub fn component(&self, index: u32, name: &str) -> f64 {
        self.of(Subject::Component(index), name)
    }

    /// The value that says which share of a resource of a component is in use.
    pub fn resource(&self, index: u32, name: &str) -> Option<Value> {
        let resources = self.estimate.resources.get(index as usize)?;
        resources.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// The share of a resource of a component that is in use at peak; NaN when it is not known.
    pub fn in_use(&self, index: u32, name: &str) -> f64 {
        self.resource(index, name).map_or(f64::NAN, |value| self.central.of(value))
    }

    /// `250 / s`
    pub fn rate(&self, rate: f64) -> String {
        self.estimate.shown_as(rate, Dimension::RATE, false)
    }

    /// `20 ms`
    pub fn time(&self, time: f64) -> String {
        self.estimate.shown_as(time, Dimension::TIME, false)
    }

    /// `4 TB`
    pub fn size(&self, size: f64) -> String {
        self.estimate.shown_as(size, Dimension::DATA, false)
    }

    /// `1.2k`
    pub fn count(&self, count: f64) -> String {
        self.estimate.shown_as(count, Dimension::NONE, false)
    }
}

/// A share as people read it, to whole percents where that says enough.
pub fn share(share: f64) -> String {
    let rounded = (share * 100.0).round() / 100.0;
    format_share(if rounded > 0.0 { rounded } else { share })
}

/// `a, b and c`, and how many more there are.
pub fn listed(names: &[&str]) -> String {
    const MOST: usize = 4;
    let quoted: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    match (quoted.as_slice(), names.len().saturating_sub(MOST)) {
        ([], _) => String::new(),
        ([one], 0) => one.clone(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join(", ")),
        (all, more) => format!("{} and {more} more", all.join(", ")),
    }
}
