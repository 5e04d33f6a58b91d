//! How long calls take at least, by what is known of those that they wait for.

use crate::estimate::calls::{Call, Calls, Item, Together};
use crate::estimate::{Subject, address};
use crate::rules::Case;
use crate::spec::component_numbers::Latency;
use crate::spec::flow::Parallel;
use std::collections::BTreeSet;

/// Deeper than this no flow is looked into.
const DEEPEST: usize = 64;

/// The calls of a flow, and what is known of the times of components.
#[derive(Clone, Copy, Debug)]
pub struct Clock<'c, 'm, 't> {
    /// The design.
    pub case: &'c Case<'m, 't>,
    /// The calls of one flow.
    pub calls: &'c Calls<'m, 't>,
}

fn stated(case: &Case<'_, '_>, latency: &Latency<'_>) -> (f64, f64) {
    let of = |quantity: Option<&crate::spec::quantities::Quantity<'_, crate::spec::quantities::Time>>| {
        quantity.and_then(|quantity| case.central(&quantity.written)).unwrap_or(0.0)
    };
    // The mean is above the median of what has a long tail, and half of the median of anything.
    let mean = of(latency.mean.as_ref()).max(of(latency.p50.as_ref()) / 2.0);
    (mean, of(latency.p99.as_ref()))
}

impl Clock<'_, '_, '_> {
    /// The mean and the 99th percentile of the receiver alone; nothing where that is not known.
    fn own(&self, call: &Call<'_, '_>) -> (f64, f64) {
        if let Some(latency) = call.latency() {
            return stated(self.case, latency);
        }
        let known = self.case.times().get(&call.to);
        known.map_or((0.0, 0.0), |times| (times.mean, times.p99))
    }

    fn timeout(&self, call: &Call<'_, '_>) -> Option<f64> {
        let timeout = call.step.timeout.as_ref().filter(|_| call.is_first)?;
        self.case.central(&timeout.written)
    }

    /// The mean time until a call is answered if nobody gave up on it, at least.
    pub fn mean(&self, call: &Call<'_, '_>) -> f64 {
        self.mean_at(call, 0)
    }

    fn mean_at(&self, call: &Call<'_, '_>, depth: usize) -> f64 {
        if depth > DEEPEST {
            return 0.0;
        }
        let inner: f64 = call.body.iter().map(|item| self.mean_of(*item, depth + 1)).sum();
        self.own(call).0 + inner
    }

    /// The mean time of something that happens, at least; nothing when nobody waits for it.
    pub fn mean_of(&self, item: Item, depth: usize) -> f64 {
        match item {
            Item::Call(index) => {
                let Some(call) = self.calls.calls.get(index).filter(|call| call.waits) else { return 0.0 };
                let mean = self.mean_at(call, depth);
                match self.timeout(call) {
                    Some(timeout) => cut_off(mean, timeout),
                    None => mean,
                }
            }
            Item::Group(index) => {
                let Some(group) = self.calls.groups.get(index).filter(|group| !group.in_background) else {
                    return 0.0;
                };
                if depth > DEEPEST || group.step.wait_for.is_some() {
                    return 0.0;
                }
                let central = |quantity: Option<&_>| match quantity {
                    Some(quantity) => self.chance(quantity),
                    None => None,
                };
                let each: Vec<(Option<f64>, f64)> = group
                    .branches
                    .iter()
                    .map(|branch| {
                        let inner = branch.items.iter().map(|item| self.mean_of(*item, depth + 1)).sum();
                        (central(branch.chance), inner)
                    })
                    .collect();
                match group.together {
                    Together::Parallel => each.iter().map(|(_, time)| *time).fold(0.0, f64::max),
                    Together::Either => {
                        let rest = 1.0 - each.iter().filter_map(|(chance, _)| *chance).sum::<f64>();
                        let unsaid = each.iter().filter(|(chance, _)| chance.is_none()).count().max(1);
                        let rest = rest.max(0.0) / unsaid as f64;
                        each.iter().map(|(chance, time)| weighted(chance.unwrap_or(rest), *time)).sum()
                    }
                    Together::One => {
                        let all: f64 =
                            each.iter().map(|(chance, time)| weighted(chance.unwrap_or(1.0), *time)).sum();
                        let together =
                            matches!(&group.step.parallel, Some(Parallel::Repetitions(flag)) if flag.value);
                        let times = group.step.times.as_ref().filter(|_| !together);
                        let times = times.and_then(|times| self.case.central(&times.written));
                        weighted(times.unwrap_or(1.0), all)
                    }
                }
            }
        }
    }

    fn chance(
        &self,
        quantity: &crate::spec::quantities::Quantity<'_, crate::spec::quantities::Share>,
    ) -> Option<f64> {
        self.case.central(&quantity.written)
    }

    /// The receiver within a call of which one answer in a hundred takes longest, with that time: the call takes no less. Only
    /// what happens in every run counts.
    pub fn slowest(&self, call: &Call<'_, '_>) -> (u32, f64) {
        self.slowest_at(call, 0)
    }

    fn slowest_at(&self, call: &Call<'_, '_>, depth: usize) -> (u32, f64) {
        let mut slowest = (call.to, self.own(call).1);
        if depth > DEEPEST {
            return slowest;
        }
        for item in &call.body {
            let Item::Call(index) = item else { continue };
            let Some(inner) = self.calls.calls.get(*index).filter(|inner| inner.waits) else { continue };
            let (component, time) = self.slowest_at(inner, depth + 1);
            let time = self.timeout(inner).map_or(time, |timeout| time.min(timeout));
            if time > slowest.1 {
                slowest = (component, time);
            }
        }
        slowest
    }
}

/// Nothing of something without end is nothing.
fn weighted(share: f64, time: f64) -> f64 {
    if share == 0.0 || time == 0.0 { 0.0 } else { share * time }
}

/// The mean of an exponential time that is cut off.
fn cut_off(mean: f64, timeout: f64) -> f64 {
    if mean == 0.0 || mean.is_infinite() {
        return mean.min(timeout);
    }
    -mean * libm::expm1(-timeout / mean)
}

/// Whether somebody waits for a group at all.
pub fn is_waited_for(calls: &Calls<'_, '_>, group: usize) -> bool {
    // What stands within a call that nobody waits for, nobody waits for.
    let mut waited = vec![false; calls.groups.len()];
    let mut waiting: Vec<Item> = calls.roots.clone();
    while let Some(item) = waiting.pop() {
        match item {
            Item::Call(index) => {
                let Some(call) = calls.calls.get(index).filter(|call| call.waits) else { continue };
                waiting.extend(call.body.iter().chain(call.on_miss.iter().flatten()));
            }
            Item::Group(index) => {
                let Some(inner) = calls.groups.get(index).filter(|inner| !inner.in_background) else {
                    continue;
                };
                if let Some(flag) = waited.get_mut(index) {
                    *flag = true;
                }
                waiting.extend(inner.branches.iter().flat_map(|branch| &branch.items));
            }
        }
    }
    waited.get(group).copied().unwrap_or(false)
}

/// The first call that somebody waits for within some items, and what follows in it.
pub fn first_call<'c, 'm, 't>(calls: &'c Calls<'m, 't>, items: &[Item]) -> Option<&'c Call<'m, 't>> {
    items.iter().find_map(|item| match item {
        Item::Call(index) => calls.calls.get(*index).filter(|call| call.waits),
        Item::Group(_) => None,
    })
}

/// The flows whose latency some requirement checks.
pub fn checked(case: &Case<'_, '_>) -> BTreeSet<u32> {
    let checks = case.design.requirements.iter().filter_map(|entry| entry.value.check.as_ref());
    let named =
        checks.flat_map(|check| check.check.names()).filter_map(|name| address::parse(case, name.text));
    let flows = named.filter_map(|found| match found {
        (Subject::Flow(flow), name) if name.starts_with("latency") => Some(flow),
        _ => None,
    });
    flows.collect()
}
