//! How long a request is held: a caller that waits keeps its place until all that it has called has answered.

use super::builder::Builder;
use super::calls::{Calls, Item, Together};
use super::capacity::Busy;
use super::facts::{Count, Facts};
use super::label::Subject;
use super::retries::Failures;
use super::sheet::{Formula, Value};
use super::traffic::{Demand, Visit, times};
use crate::quantity::Dimension;
use crate::spec::flow::Backoff;
use std::collections::BTreeMap;

const CUT_OFF: Formula = Formula {
    model: "mean of an exponential time that is cut off",
    text: "{0} × (1 - exp(-{1} / {0}))",
    exact: false,
    work: 0.0,
    apply: |inputs| match inputs {
        [mean, timeout] if mean.is_infinite() => *timeout,
        [mean, _] if *mean == 0.0 => 0.0,
        [mean, timeout] => -mean * libm::expm1(-timeout / mean),
        _ => f64::NAN,
    },
};

const SLOWEST: Formula = Formula {
    model: "mean of the slowest of exponential times",
    text: "the mean of the slowest of {…}",
    exact: false,
    work: 0.0,
    apply: slowest,
};

const SLOWEST_OF: Formula = Formula {
    model: "mean of the slowest of exponential times",
    text: "{0} × (1 + 1/2 + … + 1/{1})",
    exact: false,
    work: 0.0,
    apply: |inputs| match inputs {
        [mean, copies] => mean * harmonic(*copies),
        _ => f64::NAN,
    },
};

/// By all subsets for a few, and at least the longest of more.
fn slowest(means: &[f64]) -> f64 {
    const MOST: usize = 12;
    if means.len() > MOST || means.iter().any(|mean| !mean.is_finite() || *mean <= 0.0) {
        return means.iter().copied().fold(0.0, f64::max);
    }
    let mut total = 0.0;
    for subset in 1_u32..(1 << means.len()) {
        let rates = means.iter().enumerate().filter(|(at, _)| subset & (1 << at) != 0);
        let rate: f64 = rates.map(|(_, mean)| 1.0 / mean).sum();
        let sign = if subset.count_ones() % 2 == 1 { 1.0 } else { -1.0 };
        total += sign / rate;
    }
    total
}

fn harmonic(count: f64) -> f64 {
    const EULER: f64 = 0.577_215_664_901_532_9;
    if count <= 0.0 || count.is_nan() {
        return 0.0;
    }
    if count <= 64.0 && count.fract() == 0.0 {
        return (1..=count as u32).map(|step| 1.0 / f64::from(step)).sum();
    }
    if count < 1.0 { count } else { libm::log(count) + EULER + 0.5 / count - 1.0 / (12.0 * count * count) }
}

/// The mean of all pauses between attempts: each happens if all attempts before it have failed.
fn pauses(inputs: &[f64], factor: impl Fn(f64) -> f64) -> f64 {
    /// Beyond so many attempts nothing is left of the chance, or of whoever waits.
    const MOST: f64 = 1_000.0;
    let [fails, attempts, pause] = inputs else { return f64::NAN };
    let mut reached = 1.0;
    let mut total = 0.0;
    let mut before = 1.0;
    while before < attempts.min(MOST) && reached > 0.0 {
        reached *= fails;
        total += reached * pause * factor(before);
        before += 1.0;
    }
    total
}

const DOUBLING_PAUSES: Formula = Formula {
    model: "independent retries",
    text: "{2} × ({0} + 2 × {0}² + 4 × {0}³ + …), for {1} attempts",
    exact: true,
    work: 0.0,
    // As long as the pauses of a composed time grow.
    apply: |inputs| pauses(inputs, |before| libm::exp2((before - 1.0).min(15.0))),
};

const GROWING_PAUSES: Formula = Formula {
    model: "independent retries",
    text: "{2} × ({0} + 2 × {0}² + 3 × {0}³ + …), for {1} attempts",
    exact: true,
    work: 0.0,
    apply: |inputs| pauses(inputs, |before| before.min(16.0)),
};

const EQUAL_PAUSES: Formula = Formula {
    model: "independent retries",
    text: "{2} × ({0} + {0}² + {0}³ + …), for {1} attempts",
    exact: true,
    work: 0.0,
    apply: |inputs| pauses(inputs, |_| 1.0),
};

/// The mean time at each call of a flow: in line, being served, and waiting for others.
#[derive(Clone, Copy, Debug)]
struct Held {
    /// In line.
    wait: Option<Value>,
    /// Being served, and waiting for others.
    busy: Option<Value>,
}

struct Look<'w, 'm, 't> {
    flow: u32,
    calls: &'w Calls<'m, 't>,
    facts: &'w [Facts],
    busy: &'w [Busy],
    failures: &'w Failures,
    held: BTreeMap<usize, Held>,
    means: &'w mut BTreeMap<u32, Option<Value>>,
}

impl<'m, 't> Look<'_, 'm, 't> {
    fn items(&mut self, builder: &mut Builder<'m, 't>, items: &[Item]) -> Vec<Value> {
        items.iter().filter_map(|item| self.item(builder, *item)).collect()
    }

    fn item(&mut self, builder: &mut Builder<'m, 't>, item: Item) -> Option<Value> {
        let calls = self.calls;
        match item {
            Item::Call(index) => {
                let call = calls.calls.get(index)?;
                let time = self.call(builder, index);
                time.filter(|_| call.waits)
            }
            Item::Group(index) => {
                let group = calls.groups.get(index)?;
                let subject = Subject::Flow(self.flow);
                let key = format!("group{index}");
                let chances = super::chances::of(builder, subject, &key, group);
                let mut parts = Vec::new();
                for (branch, chance) in group.branches.iter().zip(chances) {
                    let inner = self.items(builder, &branch.items);
                    if inner.is_empty() {
                        continue;
                    }
                    let inner = builder.sheet.sum(&inner, Dimension::TIME);
                    parts.push(times(builder, Some(inner), chance).unwrap_or(inner));
                }
                if parts.is_empty() || group.in_background {
                    return None;
                }
                let all = match group.together {
                    Together::Parallel if parts.len() > 1 => {
                        builder.sheet.formula(&SLOWEST, &parts, Dimension::TIME)
                    }
                    _ => builder.sheet.sum(&parts, Dimension::TIME),
                };
                let is_parallel = matches!(
                    &group.step.parallel,
                    Some(crate::spec::flow::Parallel::Repetitions(flag)) if flag.value
                );
                let repeated = group.step.times.as_ref().filter(|_| group.together == Together::One);
                let repeated = builder.stated(subject, format_args!("{key}.times"), repeated);
                match repeated {
                    Some(copies) if is_parallel => {
                        Some(builder.sheet.formula(&SLOWEST_OF, &[all, copies], Dimension::TIME))
                    }
                    repeated => times(builder, Some(all), repeated),
                }
            }
        }
    }

    fn call(&mut self, builder: &mut Builder<'m, 't>, index: usize) -> Option<Value> {
        let calls = self.calls;
        let call = calls.calls.get(index)?;
        let facts = self.facts.get(call.to as usize)?;
        let own = match call.step.latency.as_deref().filter(|_| call.is_last) {
            Some(latency) => {
                let key = format!("call{index}.latency");
                let stated = builder.times(Subject::Flow(self.flow), &key, latency);
                stated.map(|stated| builder.moments(&stated).0)
            }
            None => match self.means.get(&call.to) {
                Some(known) => *known,
                None => {
                    let mean = facts.latency.as_ref().map(|latency| builder.moments(latency).0);
                    self.means.insert(call.to, mean);
                    mean
                }
            },
        };
        let mut parts: Vec<Value> = match (own, facts.is_client) {
            (_, true) => Vec::new(),
            (Some(own), _) => vec![own],
            (None, _) => vec![builder.missing_latency(call.to)],
        };
        parts.extend(self.items(builder, &call.body));
        let busy = (!parts.is_empty()).then(|| builder.sheet.sum(&parts, Dimension::TIME));
        let station = self.busy.get(call.to as usize).and_then(|busy| busy.station.as_ref());
        let wait = station.map(|station| station.mean);
        let stretch = station.and_then(|station| station.stretch);
        let busy = times(builder, busy, stretch);
        self.held.insert(index, Held { wait, busy });
        let all = match (wait, busy) {
            (Some(wait), Some(busy)) => Some(builder.sheet.sum(&[wait, busy], Dimension::TIME)),
            (one, other) => one.or(other),
        }?;
        // Nobody is waited for longer than the timeout.
        let timeout = call.step.timeout.as_ref().filter(|_| call.is_first);
        let timeout = builder.stated(Subject::Flow(self.flow), format_args!("call{index}.timeout"), timeout);
        let all = match timeout {
            Some(timeout) => builder.sheet.formula(&CUT_OFF, &[all, timeout], Dimension::TIME),
            None => all,
        };
        let all = self.repeated(builder, index, all);
        // What follows a miss is done by the one who asked, after the answer.
        let mut missed = None;
        if let Some(on_miss) = &call.on_miss {
            let inner = self.items(builder, on_miss);
            if !inner.is_empty() {
                let inner = builder.sheet.sum(&inner, Dimension::TIME);
                let miss = super::caches::miss_ratio(builder, call.to);
                missed = Some(builder.sheet.product(&[inner, miss]));
            }
        }
        Some(match missed {
            Some(missed) => builder.sheet.sum(&[all, missed], Dimension::TIME),
            None => all,
        })
    }

    /// All attempts at a call with the pauses between them, and what is done instead when they fail.
    fn repeated(&mut self, builder: &mut Builder<'m, 't>, index: usize, each: Value) -> Value {
        let (calls, failures) = (self.calls, self.failures);
        let Some(call) = calls.calls.get(index) else { return each };
        let Some(outcome) = failures.of(self.flow, index) else { return each };
        let mut parts = vec![times(builder, Some(each), outcome.attempts).unwrap_or(each)];
        let subject = Subject::Flow(self.flow);
        let retries = call.step.retries.as_deref().filter(|_| call.is_first);
        let attempts = retries.and_then(|retries| retries.attempts.as_ref());
        let attempts = builder.stated(subject, format_args!("call{index}.retries.attempts"), attempts);
        let pause = retries.and_then(|retries| retries.pause.as_ref());
        let pause = builder.stated(subject, format_args!("call{index}.retries.pause"), pause);
        if let (Some(fails), Some(attempts), Some(pause)) = (outcome.fails, attempts, pause) {
            let formula = match retries.and_then(|retries| retries.backoff).map(|backoff| backoff.value) {
                Some(Backoff::Exponential) | None => Some(&DOUBLING_PAUSES),
                Some(Backoff::Linear) => Some(&GROWING_PAUSES),
                Some(Backoff::Constant) => Some(&EQUAL_PAUSES),
                Some(Backoff::None) => None,
            };
            if let Some(formula) = formula {
                parts.push(builder.sheet.formula(formula, &[fails, attempts, pause], Dimension::TIME));
            }
        }
        if let (Some(fallback), Some(failed)) = (&call.fallback, outcome.failed) {
            let instead = self.items(builder, fallback);
            if !instead.is_empty() {
                let instead = builder.sheet.sum(&instead, Dimension::TIME);
                parts.push(builder.sheet.product(&[instead, failed]));
            }
        }
        builder.sheet.sum(&parts, Dimension::TIME)
    }
}

/// Requests under way at each component, and what that does to its connections and to requests it can work on at once.
pub fn add<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flows: &[Calls<'m, 't>],
    facts: &[Facts],
    demand: &Demand,
    visits: &[Visit],
    failures: &Failures,
    busy: &mut [Busy],
) {
    let mut under_way: Vec<Vec<Value>> = vec![Vec::new(); facts.len()];
    let mut in_service: Vec<Vec<Value>> = vec![Vec::new(); facts.len()];
    let mut nests: Vec<bool> = vec![false; facts.len()];
    let mut means = BTreeMap::new();
    let mut first = 0;
    for (flow, calls) in (0..).zip(flows) {
        let mut look = Look { flow, calls, facts, busy, failures, held: BTreeMap::new(), means: &mut means };
        look.items(builder, &calls.roots);
        let held = look.held;
        let count = visits.iter().skip(first).take_while(|visit| visit.flow == flow).count();
        for visit in visits.iter().skip(first).take(count) {
            let (Some(call), Some(rate)) = (calls.calls.get(visit.call), demand.rates.get(flow as usize))
            else {
                continue;
            };
            let Some(held) = held.get(&visit.call) else { continue };
            let per_run = times(builder, visit.per_run, visit.attempts);
            let arrivals = times(builder, Some(rate.peak), per_run).unwrap_or(rate.peak);
            // What is turned away is not held.
            let arrivals = match builder.get(Subject::Component(call.to), "rejected") {
                Some(rejected) => {
                    let accepted = builder.sheet.complement(rejected);
                    builder.sheet.product(&[arrivals, accepted])
                }
                None => arrivals,
            };
            let at = call.to as usize;
            if let Some(nests) = nests.get_mut(at) {
                *nests |= !call.body.is_empty();
            }
            if let Some(time) = held.busy {
                let number = builder.sheet.product(&[arrivals, time]);
                in_service.iter_mut().skip(at).take(1).for_each(|parts| parts.push(number));
                under_way.iter_mut().skip(at).take(1).for_each(|parts| parts.push(number));
            }
            if let Some(wait) = held.wait {
                let number = builder.sheet.product(&[arrivals, wait]);
                under_way.iter_mut().skip(at).take(1).for_each(|parts| parts.push(number));
            }
        }
        first += count;
    }
    let all = (0..).zip(facts).zip(busy.iter_mut()).zip(under_way.iter().zip(&in_service).zip(&nests));
    for (((index, facts), busy), ((under_way, in_service), nests)) in all {
        if facts.is_client || under_way.is_empty() {
            continue;
        }
        let subject = Subject::Component(index);
        let number = builder.sheet.sum(under_way, Dimension::NONE);
        let number = builder.own(subject, "concurrency", number);
        limits(builder, index, facts, busy, number, (*nests).then_some(in_service));
    }
}

fn limits(
    builder: &mut Builder<'_, '_>,
    index: u32,
    facts: &Facts,
    busy: &mut Busy,
    under_way: Value,
    in_service: Option<&Vec<Value>>,
) {
    let subject = Subject::Component(index);
    let Some(component) = builder.component(index) else { return };
    let connections = builder.stated(subject, "max_connections", component.max_connections.as_ref());
    let mut add = |builder: &mut Builder<'_, '_>, name: &'static str, used: Value, each: Value| {
        let work = builder.sheet.quotient(used, each);
        let work = builder.step(work, format!("instances' worth of {name}"));
        busy.needs.push((name, work));
        if let (Some(instances), false) = (busy.instances, matches!(facts.count, Count::Elastic)) {
            let share = builder.sheet.quotient(work, instances);
            busy.resources.push((name, builder.step(share, format!("{name} in use"))));
        }
    };
    if let Some(connections) = connections {
        add(builder, "connections", under_way, connections);
    }
    let workers = builder.stated(subject, "concurrency", component.concurrency.as_ref());
    if let (Some(workers), Some(parts)) = (workers, in_service) {
        let used = builder.sheet.sum(parts, Dimension::NONE);
        add(builder, "requests worked on at once", used, workers);
    }
}
