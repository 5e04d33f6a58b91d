//! Caches whose entries expire: how much they have follows from how often each record is asked for within that time.

use super::builder::Builder;
use super::caches;
use super::calls::{Calls, Item};
use super::label::Subject;
use super::sheet::{Formula, Value};
use super::traffic::times;
use crate::model::components::Role;
use crate::numerics::caching;
use crate::quantity::Dimension;
use std::collections::BTreeSet;

const EXPIRING: Formula = Formula {
    model: "expiry under Zipf's law",
    text: "mean of λᵢ {3} / (1 + λᵢ {3}) for {2} requests of {0} records asked for by Zipf's law with exponent {1}",
    exact: true,
    work: 60.0,
    apply: |inputs| match inputs {
        [items, exponent, rate, ttl] => caching::zipf_ttl(*items, *exponent, *rate, *ttl),
        _ => f64::NAN,
    },
};

/// Sets the hit ratio of each cache whose entries expire and that does not state it. Caches in front of others come first.
pub fn add<'m, 't>(builder: &mut Builder<'m, 't>, flows: &[Calls<'m, 't>]) {
    let model = builder.model;
    let expires = |(index, role): (u32, &Role<'_>)| {
        let component = &model.design.components.entries.get(index as usize)?.value;
        (role.has("caches") && component.ttl.is_some() && component.hit_ratio.is_none()).then_some(index)
    };
    let mut open: BTreeSet<u32> = (0..).zip(&model.roles).filter_map(expires).collect();
    while let Some(next) = open.pop_first() {
        settle(builder, flows, next, &mut open);
    }
}

/// Works out one cache, before it those whose misses lead to it.
fn settle<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flows: &[Calls<'m, 't>],
    cache: u32,
    open: &mut BTreeSet<u32>,
) {
    let Ok((items, exponent)) = caches::popularity(builder, cache) else { return };
    let mut lookups = Vec::new();
    for (flow, calls) in (0..).zip(flows) {
        let mut found = Vec::new();
        let mut look = Look { flow, calls, flows, cache, open, found: &mut found };
        look.items(builder, &calls.roots, None);
        if found.is_empty() {
            continue;
        }
        // What others trigger, or users make, is not known yet.
        let Some(rate) = builder.stated_rate(flow, None) else { return };
        for per_run in found {
            lookups.push(times(builder, Some(rate.average), per_run).unwrap_or(rate.average));
        }
    }
    let written = builder.component(cache).and_then(|component| component.ttl.as_ref());
    let Some(ttl) = builder.stated(Subject::Component(cache), "ttl", written) else { return };
    if lookups.is_empty() {
        return;
    }
    let rate = builder.sheet.sum(&lookups, Dimension::RATE);
    let rate = builder.step(rate, "look-ups on average, first attempts");
    let mut hits = builder.sheet.formula(&EXPIRING, &[items, exponent, rate, ttl], Dimension::NONE);
    if builder.component(cache).is_some_and(|component| component.memory.is_some()) {
        let by_size = caches::from_size(builder, cache);
        // What is dropped for want of room and what expires are partly the same.
        hits = builder.sheet.formula(&SMALLER, &[hits, by_size], Dimension::NONE);
    }
    builder.set(Subject::Component(cache), "hit_ratio", hits);
}

const SMALLER: Formula = Formula {
    model: "expiry or size, whichever leaves less",
    text: "min({0}, {1})",
    exact: false,
    work: 0.0,
    apply: |inputs| match inputs {
        [one, other] => super::evaluation::smallest(*one, *other),
        _ => f64::NAN,
    },
};

/// Looks for look-ups in a cache, and how often they happen in a run.
struct Look<'w, 'm, 't> {
    flow: u32,
    calls: &'w Calls<'m, 't>,
    flows: &'w [Calls<'m, 't>],
    cache: u32,
    open: &'w mut BTreeSet<u32>,
    found: &'w mut Vec<Option<Value>>,
}

impl<'m, 't> Look<'_, 'm, 't> {
    fn items(&mut self, builder: &mut Builder<'m, 't>, items: &[Item], per_run: Option<Value>) {
        for item in items {
            match item {
                Item::Call(index) => self.call(builder, *index, per_run),
                Item::Group(index) => self.group(builder, *index, per_run),
            }
        }
    }

    fn call(&mut self, builder: &mut Builder<'m, 't>, index: usize, per_run: Option<Value>) {
        let calls = self.calls;
        let Some(call) = calls.calls.get(index) else { return };
        if call.to == self.cache && call.on_miss.is_some() {
            self.found.push(per_run);
        }
        self.items(builder, &call.body, per_run);
        let Some(on_miss) = call.on_miss.as_ref().filter(|_| call.to != self.cache) else { return };
        let mut behind = Vec::new();
        let mut look = Look {
            flow: self.flow,
            calls,
            flows: self.flows,
            cache: self.cache,
            open: self.open,
            found: &mut behind,
        };
        look.items(builder, on_miss, None);
        if behind.is_empty() {
            return;
        }
        // How often a cache in front has not what is wanted has to be known first.
        if self.open.remove(&call.to) {
            settle(builder, self.flows, call.to, self.open);
        }
        let miss = caches::miss_ratio(builder, call.to);
        for inner in behind {
            let part = times(builder, inner, Some(miss));
            self.found.push(times(builder, per_run, part));
        }
    }

    fn group(&mut self, builder: &mut Builder<'m, 't>, index: usize, per_run: Option<Value>) {
        let calls = self.calls;
        let Some(group) = calls.groups.get(index) else { return };
        let (per_run, chances) = super::chances::per_run(builder, self.flow, index, group, per_run);
        for (branch, chance) in group.branches.iter().zip(chances) {
            let taken = times(builder, per_run, chance);
            self.items(builder, &branch.items, taken);
        }
    }
}
