//! Demand: how often each flow runs, and how often each component is called because of it.

use super::builder::Builder;
use super::calls::{Call, Calls, Item};
use super::facts::Facts;
use super::label::Subject;
use super::retries::Failures;
use super::sheet::{Formula, Value};
use crate::model::Model;
use crate::model::names::Space;
use crate::quantity::{Dimension, YEAR};
use crate::spec::flow::Flow;
use crate::spec::quantities::Written;
use crate::spec::traffic::Traffic;
use std::collections::BTreeMap;

/// A call of a flow, and how often it happens in one run.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    /// The flow.
    pub flow: u32,
    /// Its index among the calls of the flow.
    pub call: usize,
    /// First attempts in one run; `None` is one.
    pub per_run: Option<Value>,
    /// The factor by which retries multiply it; `None` is one.
    pub attempts: Option<Value>,
}

/// How often a flow runs.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// On average.
    pub average: Value,
    /// At peak.
    pub peak: Value,
}

/// Who calls whom how often.
#[derive(Debug, Default)]
pub struct Demand {
    /// Every call of every flow.
    pub visits: Vec<Visit>,
    /// How often each flow runs, in their order.
    pub rates: Vec<Rate>,
}

const BUSY_HOUR: Formula = Formula {
    model: "busy hour",
    text: "24 × {0}",
    exact: true,
    work: 0.0,
    apply: |inputs| inputs.first().map_or(f64::NAN, |share| 24.0 * share),
};

pub const GROWN: Formula = Formula {
    model: "compound growth",
    text: "(1 + {0} × {1})^({2} / {1})",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [growth, period, time] => crate::numerics::growth::factor(growth * period, time / period),
        _ => f64::NAN,
    },
};

const BUSIEST_SECOND: Formula = Formula {
    model: "Poisson arrivals",
    text: "99.9th percentile of the arrivals in a second, {0} on average, variance over mean {1}",
    exact: true,
    work: 0.6,
    apply: |inputs| match inputs {
        [rate, burstiness] => crate::numerics::demand::count_quantile(*rate, *burstiness, 0.999),
        _ => f64::NAN,
    },
};

const BUSIEST_SECOND_OF_A_CLOCK: Formula = Formula {
    model: "runs at even distances",
    text: "ceil({0} × 1 s)",
    exact: true,
    work: 0.0,
    apply: |inputs| inputs.first().map_or(f64::NAN, |rate| super::evaluation::round_up(*rate)),
};

const INTERVAL: Formula = Formula {
    model: "arithmetic",
    text: "1 / {0}",
    exact: true,
    work: 0.0,
    apply: |inputs| inputs.first().map_or(f64::NAN, |time| 1.0 / time),
};

/// The period that a growth is said for: a month in `7% / month`. Growth compounds once each period.
pub fn growth_period(model: &Model<'_>, written: &Written<'_>) -> f64 {
    let mut text = written.node.text();
    // A growth that is an assumption is said there.
    let id = text.strip_prefix("assumptions.").unwrap_or(text);
    let assumption = model.design.assumptions.iter().find(|assumption| assumption.name.text == id);
    if let Some(value) = assumption.and_then(|assumption| assumption.value.value.as_ref()) {
        text = value.written.node.text();
    }
    let unit = text.rsplit_once('/').map_or("", |(_, unit)| unit.trim());
    let period = crate::quantity::parse(&format!("1 {unit}")).ok().and_then(|expr| {
        let literal = *expr.as_literal()?;
        (literal.dimension == Dimension::TIME).then_some(literal.value)
    });
    period.unwrap_or(YEAR)
}

impl<'m, 't> Builder<'m, 't> {
    fn profile<T>(
        &self,
        profiles: &[(Subject, Option<&'m Traffic<'t>>)],
        get: impl Fn(&'m Traffic<'t>) -> Option<T>,
    ) -> Option<(Subject, T)> {
        profiles.iter().find_map(|(subject, traffic)| Some((*subject, get((*traffic)?)?)))
    }

    /// By how much the peak is higher than the average.
    fn peak_factor(&mut self, profiles: &[(Subject, Option<&'m Traffic<'t>>)]) -> Option<Value> {
        for (subject, traffic) in profiles {
            let Some(traffic) = traffic else { continue };
            if let Some(peak) = self.stated(*subject, "traffic.peak", traffic.peak.as_ref()) {
                return Some(peak);
            }
            if let Some(share) = self.stated(*subject, "traffic.busy_hour", traffic.busy_hour.as_ref()) {
                let factor = self.sheet.formula(&BUSY_HOUR, &[share], Dimension::NONE);
                return Some(self.step(factor, "peak over average"));
            }
        }
        None
    }

    /// By how much traffic has grown at the time that is asked for.
    fn grown(&mut self, profiles: &[(Subject, Option<&'m Traffic<'t>>)]) -> Option<Value> {
        let at = self.options.at?;
        let (subject, growth) = self.profile(profiles, |traffic| traffic.growth.as_ref())?;
        let period = growth_period(self.model, &growth.written);
        let growth = self.written(subject, "traffic.growth", &growth.written);
        let period = self.seconds(period);
        let at = self.seconds(at);
        let factor = self.sheet.formula(&GROWN, &[growth, period, at], Dimension::NONE);
        Some(self.step(factor, "growth until then"))
    }

    fn rate_of_api(&mut self, index: u32) -> Option<Rate> {
        let model = self.model;
        let subject = Subject::Api(index);
        let api = &model.design.apis.entries.get(index as usize)?.value;
        if let (Some(average), Some(peak)) = (self.get(subject, "rate"), self.get(subject, "rate.peak")) {
            return Some(Rate { average, peak });
        }
        let profiles = [(subject, api.traffic.as_ref()), (Subject::System, model.design.traffic.as_ref())];
        let stated = match self.stated(subject, "rate", api.rate.as_ref()) {
            Some(rate) => rate,
            None => {
                let name = model.names.all(Space::Api).get(index as usize);
                let id = name.map_or("", |name| name.text);
                let help = format!("state `rate` on `apis.{id}`");
                self.lacking(Dimension::RATE, format!("the rate of {id}"), help, name.map(|name| name.span))
            }
        };
        let rate = self.with_profile(stated, &profiles);
        let average = self.sheet.same(rate.average);
        let average = self.set(subject, "rate", average);
        let peak = match rate.peak == rate.average {
            true => self.sheet.same(average),
            false => rate.peak,
        };
        let peak = self.set(subject, "rate.peak", peak);
        Some(Rate { average, peak })
    }

    fn with_profile(&mut self, stated: Value, profiles: &[(Subject, Option<&'m Traffic<'t>>)]) -> Rate {
        let stated = match self.traffic_factor {
            Some(factor) => self.sheet.product(&[stated, factor]),
            None => stated,
        };
        let average = match self.grown(profiles) {
            Some(factor) => self.sheet.product(&[stated, factor]),
            None => stated,
        };
        let peak = match self.peak_factor(profiles) {
            Some(factor) => self.sheet.product(&[average, factor]),
            None => average,
        };
        Rate { average, peak }
    }

    /// The rates of all flows that say how often they run, and of those that others trigger.
    pub fn flow_rates(
        &mut self,
        flows: &[Calls<'m, 't>],
        visits: &[Visit],
        closed: &BTreeMap<u32, Value>,
    ) -> Vec<Rate> {
        let count = u32::try_from(flows.len()).unwrap_or(u32::MAX);
        for api in 0..u32::try_from(self.model.design.apis.entries.len()).unwrap_or(u32::MAX) {
            self.rate_of_api(api);
        }
        let mut rates: Vec<Option<Rate>> =
            (0..count).map(|flow| self.stated_rate(flow, closed.get(&flow).copied())).collect();
        super::triggers::rates(self, flows, visits, &mut rates);
        for (index, rate) in (0..count).zip(rates.iter_mut()) {
            if rate.is_none() {
                let name = self.model.names.all(Space::Flow).get(index as usize);
                let id = name.map_or("", |name| name.text);
                let help = format!("state `rate`, `every` or `api` on `flows.{id}`");
                let what = format!("how often {id} runs");
                let lacking = self.lacking(Dimension::RATE, what, help, name.map(|name| name.span));
                *rate = Some(Rate { average: lacking, peak: lacking });
            }
        }
        rates.into_iter().zip(0..).filter_map(|(rate, flow)| Some(self.publish_rate(flow, rate?))).collect()
    }

    fn publish_rate(&mut self, flow: u32, rate: Rate) -> Rate {
        let subject = Subject::Flow(flow);
        let average = self.sheet.same(rate.average);
        let average = self.set(subject, "rate", average);
        let peak = if rate.peak == rate.average { average } else { rate.peak };
        let peak = self.sheet.same(peak);
        let peak = self.set(subject, "rate.peak", peak);
        let is_clock = self
            .flow(flow)
            .is_some_and(|flow| flow.every.is_some() && flow.api.is_none() && flow.users.is_none());
        let second = match (self.burstiness(flow), is_clock) {
            (_, true) => self.sheet.formula(&BUSIEST_SECOND_OF_A_CLOCK, &[peak], Dimension::RATE),
            (stated, false) => {
                let burstiness =
                    stated.unwrap_or_else(|| self.assumed(1.0, "arrivals at random, as nothing is said"));
                self.sheet.formula(&BUSIEST_SECOND, &[peak, burstiness], Dimension::RATE)
            }
        };
        self.set(subject, "rate.second", second);
        Rate { average, peak }
    }

    fn flow(&self, index: u32) -> Option<&'m Flow<'t>> {
        self.model.design.flows.entries.get(index as usize).map(|entry| &entry.value)
    }

    fn burstiness(&mut self, flow: u32) -> Option<Value> {
        let profiles = self.profiles_of_flow(flow);
        let (subject, found) = self.profile(&profiles, |traffic| traffic.burstiness.as_ref())?;
        Some(self.written(subject, "traffic.burstiness", &found.written))
    }

    /// The traffic profiles that hold for a flow, its own first.
    pub fn profiles_of_flow(&self, index: u32) -> Vec<(Subject, Option<&'m Traffic<'t>>)> {
        let model = self.model;
        let flow = self.flow(index);
        let api = flow.and_then(|flow| model.names.find(Space::Api, flow.api?.text));
        let of_api = api.and_then(|api| model.design.apis.entries.get(api as usize));
        vec![
            (Subject::Flow(index), flow.and_then(|flow| flow.traffic.as_ref())),
            (Subject::Api(api.unwrap_or(0)), of_api.and_then(|entry| entry.value.traffic.as_ref())),
            (Subject::System, model.design.traffic.as_ref()),
        ]
    }

    /// The rate of a flow that says it, or whose users do.
    pub fn stated_rate(&mut self, index: u32, closed: Option<Value>) -> Option<Rate> {
        if let Some(throughput) = closed {
            return Some(Rate { average: throughput, peak: throughput });
        }
        let flow = self.flow(index)?;
        let subject = Subject::Flow(index);
        let profiles = self.profiles_of_flow(index);
        if let Some(api) = flow.api.and_then(|api| self.model.names.find(Space::Api, api.text)) {
            let rate = self.rate_of_api(api)?;
            // A flow may have a peak of its own.
            let own = profiles.first().copied().filter(|(_, traffic)| {
                traffic.is_some_and(|traffic| traffic.peak.is_some() || traffic.busy_hour.is_some())
            });
            let factor = own.and_then(|own| self.peak_factor(&[own]));
            let peak = match factor {
                Some(factor) => self.sheet.product(&[rate.average, factor]),
                None => rate.peak,
            };
            return Some(Rate { average: rate.average, peak });
        }
        if let Some(every) = self.stated(subject, "every", flow.every.as_ref()) {
            let rate = self.sheet.formula(&INTERVAL, &[every], Dimension::RATE);
            // The clock knows no rush hour.
            return Some(Rate { average: rate, peak: rate });
        }
        let rate = self.stated(subject, "rate", flow.rate.as_ref())?;
        Some(self.with_profile(rate, &profiles))
    }

    /// How often each call happens in one run of its flow.
    pub fn visits(
        &mut self,
        flow: u32,
        calls: &Calls<'m, 't>,
        facts: &[Facts],
        failures: &Failures,
        out: &mut Vec<Visit>,
    ) {
        let mut all = Vec::new();
        let mut walk = Walk { flow, calls, facts, failures, is_cold: false, is_behind: false, out: &mut all };
        walk.items(self, &calls.roots, None);
        out.extend(all.into_iter().map(|(visit, _)| visit));
    }

    /// The same while no cache has anything, and which of them are behind a cache.
    pub fn cold_visits(
        &mut self,
        flow: u32,
        calls: &Calls<'m, 't>,
        facts: &[Facts],
        failures: &Failures,
    ) -> Vec<(Visit, bool)> {
        let mut out = Vec::new();
        let mut walk = Walk { flow, calls, facts, failures, is_cold: true, is_behind: false, out: &mut out };
        walk.items(self, &calls.roots, None);
        out
    }
}

struct Walk<'w, 'm, 't> {
    flow: u32,
    calls: &'w Calls<'m, 't>,
    facts: &'w [Facts],
    failures: &'w Failures,
    /// Whether every look-up is a miss.
    is_cold: bool,
    /// Whether what is walked follows a miss.
    is_behind: bool,
    out: &'w mut Vec<(Visit, bool)>,
}

impl<'m, 't> Walk<'_, 'm, 't> {
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
        let outcome = self.failures.of(self.flow, index);
        let attempts = outcome.and_then(|outcome| outcome.attempts);
        // A second request is sent for those that are slower than the percentile.
        let hedged = self.hedged(builder, call);
        let attempts = times(builder, attempts, hedged);
        self.out.push((Visit { flow: self.flow, call: index, per_run, attempts }, self.is_behind));
        // Every attempt that arrives does what the receiver does.
        let arriving = times(builder, per_run, attempts);
        let arriving = match outcome.and_then(|outcome| outcome.rejected) {
            Some(rejected) => {
                let accepted = builder.sheet.complement(rejected);
                times(builder, arriving, Some(accepted))
            }
            None => arriving,
        };
        self.items(builder, &call.body, arriving);
        if let Some(on_miss) = &call.on_miss {
            let miss = (!self.is_cold).then(|| super::caches::miss_ratio(builder, call.to));
            let missed = times(builder, arriving, miss);
            let was_behind = std::mem::replace(&mut self.is_behind, true);
            self.items(builder, on_miss, missed);
            self.is_behind = was_behind;
        }
        if let Some(fallback) = &call.fallback {
            let failed = outcome.and_then(|outcome| outcome.failed);
            let failed = failed.unwrap_or_else(|| builder.sheet.given(0.0, Dimension::NONE));
            let instead = times(builder, per_run, Some(failed));
            self.items(builder, fallback, instead);
        }
    }

    fn hedged(&self, builder: &mut Builder<'m, 't>, call: &Call<'m, 't>) -> Option<Value> {
        let hedge = call.step.hedge.filter(|_| call.is_first)?.text;
        const WHY: &str = "a second request for those that are slower than the percentile";
        if let Some(share) = super::times_plan::hedge_percentile(hedge) {
            return Some(builder.assumed(2.0 - share, WHY));
        }
        let expr = crate::quantity::parse(hedge).ok()?;
        let after = expr.central(&crate::quantity::NoNames).ok()?;
        let after = builder.seconds(after);
        let times = self.facts.get(call.to as usize)?.latency.clone()?;
        let slow = builder.beyond(after, &times);
        let one = builder.sheet.given(1.0, Dimension::NONE);
        let all = builder.sheet.sum(&[one, slow], Dimension::NONE);
        Some(builder.step(all, "requests with the second one for those that are slow"))
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

/// A product in which `None` is one.
pub fn times(builder: &mut Builder<'_, '_>, first: Option<Value>, second: Option<Value>) -> Option<Value> {
    match (first, second) {
        (Some(first), Some(second)) => Some(builder.sheet.product(&[first, second])),
        (one, other) => one.or(other),
    }
}
