//! Calls that fail by themselves, and how often they are tried again because of it.
//!
//! Failures are independent from call to call here; an outage, which fails every attempt, is a matter of availability.

use super::builder::Builder;
use super::calls::{Call, Calls, Item, Together};
use super::facts::Facts;
use super::label::Subject;
use super::sheet::{Formula, Value};
use crate::numerics::queueing;
use crate::quantity::Dimension;
use std::collections::BTreeMap;

/// What becomes of a call. What is `None` cannot happen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outcome {
    /// The share of attempts that fail.
    pub fails: Option<Value>,
    /// The share of attempts that fail at the receiver itself, or are turned away there.
    pub own: Option<Value>,
    /// The share of attempts that are turned away.
    pub rejected: Option<Value>,
    /// Attempts for each call.
    pub attempts: Option<Value>,
    /// The share of calls that fail after all attempts.
    pub failed: Option<Value>,
}

/// What becomes of every call of every flow.
#[derive(Debug, Default)]
pub struct Failures {
    outcomes: BTreeMap<(u32, usize), Outcome>,
    flows: BTreeMap<u32, Value>,
}

const EXPECTED_ATTEMPTS: Formula = Formula {
    model: "independent retries",
    text: "min(1 + {2}, (1 - {0}^{1}) / (1 - {0}))",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [fails, attempts, budget] => queueing::attempts(*fails, *attempts).0.min(1.0 + budget),
        _ => f64::NAN,
    },
};

const FAILED: Formula = Formula {
    model: "independent retries",
    text: "what still fails after {1} attempts, of which each fails with {0}, with a retry budget of {2}",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [fails, attempts, budget] => {
            let (expected, success) = queueing::attempts(*fails, *attempts);
            match expected <= 1.0 + budget {
                true => fails.max(0.0).min(1.0 - success).max(libm::pow(*fails, *attempts)),
                false => 1.0 - (1.0 + budget) * (1.0 - fails),
            }
        }
        _ => f64::NAN,
    },
};

const ANY_FAILS: Formula = Formula {
    model: "independent failures",
    text: "1 - (1 - …) for each of {…}",
    exact: true,
    work: 0.0,
    apply: |inputs| {
        let none = inputs.iter().fold(0.0, |sum, share| sum + libm::log1p(-share));
        -libm::expm1(none)
    },
};

const REPEATED_FAILS: Formula = Formula {
    model: "independent failures",
    text: "1 - (1 - {0})^{1}",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [share, times] => -libm::expm1(times * libm::log1p(-share)),
        _ => f64::NAN,
    },
};

/// Whether any of several independent things happens.
pub fn any_of(builder: &mut Builder<'_, '_>, parts: &[Value]) -> Option<Value> {
    match parts {
        [] => None,
        [only] => Some(*only),
        _ => Some(builder.sheet.formula(&ANY_FAILS, parts, Dimension::NONE)),
    }
}

impl Failures {
    /// What becomes of a call.
    pub fn of(&self, flow: u32, call: usize) -> Option<&Outcome> {
        self.outcomes.get(&(flow, call))
    }

    /// The share of runs of a flow that fail by themselves.
    pub fn of_flow(&self, flow: u32) -> Option<Value> {
        self.flows.get(&flow).copied()
    }

    /// Works it out from the inside of each flow to its start. `rejected` is the share that components turn away.
    pub fn new<'m, 't>(
        builder: &mut Builder<'m, 't>,
        flows: &[Calls<'m, 't>],
        facts: &[Facts],
        rejected: &BTreeMap<u32, Value>,
    ) -> Self {
        let mut this = Self::default();
        for (flow, calls) in (0..).zip(flows) {
            let mut look = Look { flow, calls, facts, rejected, outcomes: &mut this.outcomes };
            let failed = look.items(builder, &calls.roots);
            if let Some(failed) = failed {
                this.flows.insert(flow, failed);
            }
        }
        this
    }
}

struct Look<'w, 'm, 't> {
    flow: u32,
    calls: &'w Calls<'m, 't>,
    facts: &'w [Facts],
    rejected: &'w BTreeMap<u32, Value>,
    outcomes: &'w mut BTreeMap<(u32, usize), Outcome>,
}

impl<'m, 't> Look<'_, 'm, 't> {
    fn items(&mut self, builder: &mut Builder<'m, 't>, items: &[Item]) -> Option<Value> {
        let parts: Vec<Value> = items.iter().filter_map(|item| self.item(builder, *item)).collect();
        any_of(builder, &parts)
    }

    fn item(&mut self, builder: &mut Builder<'m, 't>, item: Item) -> Option<Value> {
        let calls = self.calls;
        match item {
            Item::Call(index) => {
                let call = calls.calls.get(index)?;
                let failed = self.call(builder, index, call);
                failed.filter(|_| call.waits && !call.is_optional())
            }
            Item::Group(index) => {
                let group = calls.groups.get(index)?;
                let failed = self.group(builder, index);
                let is_optional =
                    group.together == Together::One && group.step.optional.is_some_and(|flag| flag.value);
                failed.filter(|_| !is_optional && !group.in_background)
            }
        }
    }

    fn call(&mut self, builder: &mut Builder<'m, 't>, index: usize, call: &Call<'m, 't>) -> Option<Value> {
        let subject = Subject::Flow(self.flow);
        let key = format!("call{index}");
        let own = call.step.error_rate.as_ref().filter(|_| call.is_last);
        let own = builder.stated(subject, format_args!("{key}.error_rate"), own);
        let own = own.or_else(|| self.facts.get(call.to as usize)?.error_rate);
        let rejected = self.rejected.get(&call.to).copied();
        let mut parts: Vec<Value> = own.into_iter().chain(rejected).collect();
        let own = any_of(builder, &parts);
        parts.extend(self.items(builder, &call.body));
        let missed = self.missed(builder, call);
        let timeout = call
            .step
            .timeout
            .as_ref()
            .filter(|_| call.is_first && (call.step.retries.is_some() || call.fallback.is_some()));
        if let Some(timeout) = builder.stated(subject, format_args!("{key}.timeout"), timeout)
            && let Some(times) = self.facts.get(call.to as usize).and_then(|facts| facts.latency.clone())
        {
            let late = builder.beyond(timeout, &times);
            parts.push(builder.step(late, "share of answers that come too late"));
        }
        let instead = call.fallback.as_ref().map(|fallback| self.items(builder, fallback));
        let Some(fails) = any_of(builder, &parts) else { return missed };
        let retries = call.step.retries.as_deref().filter(|_| call.is_first);
        let attempts = retries.and_then(|retries| retries.attempts.as_ref());
        let attempts = builder.stated(subject, format_args!("{key}.retries.attempts"), attempts);
        let budget = retries.and_then(|retries| retries.budget.as_ref());
        let budget = builder.stated(subject, format_args!("{key}.retries.budget"), budget);
        let (expected, mut failed) = match attempts {
            None => (None, fails),
            Some(attempts) => {
                let budget =
                    budget.unwrap_or_else(|| builder.assumed(f64::INFINITY, "no retry budget is said"));
                let inputs = [fails, attempts, budget];
                let expected = builder.sheet.formula(&EXPECTED_ATTEMPTS, &inputs, Dimension::NONE);
                let failed = builder.sheet.formula(&FAILED, &inputs, Dimension::NONE);
                (Some(builder.step(expected, "attempts for each call")), failed)
            }
        };
        let before_fallback = failed;
        match instead {
            // The steps that stand in may fail too.
            Some(Some(other)) => failed = builder.sheet.product(&[failed, other]),
            Some(None) => failed = builder.sheet.given(0.0, Dimension::NONE),
            None => {}
        }
        let outcome =
            Outcome { fails: Some(fails), own, rejected, attempts: expected, failed: Some(before_fallback) };
        self.outcomes.insert((self.flow, index), outcome);
        // What follows a miss is done by the one who asked, after the answer.
        let all: Vec<Value> = [failed].into_iter().chain(missed).collect();
        any_of(builder, &all)
    }

    /// How often what follows a miss fails, of all calls.
    fn missed(&mut self, builder: &mut Builder<'m, 't>, call: &Call<'m, 't>) -> Option<Value> {
        let failed = self.items(builder, call.on_miss.as_ref()?)?;
        let miss = super::caches::miss_ratio(builder, call.to);
        Some(builder.sheet.product(&[miss, failed]))
    }

    fn group(&mut self, builder: &mut Builder<'m, 't>, index: usize) -> Option<Value> {
        let calls = self.calls;
        let group = calls.groups.get(index)?;
        let subject = Subject::Flow(self.flow);
        let key = format!("group{index}");
        let failed: Vec<Option<Value>> =
            group.branches.iter().map(|branch| self.items(builder, &branch.items)).collect();
        let chances = super::chances::of(builder, subject, &key, group);
        let mut parts = Vec::new();
        for (failed, chance) in failed.into_iter().zip(chances) {
            let Some(failed) = failed else { continue };
            parts.push(match chance {
                Some(chance) => builder.sheet.product(&[chance, failed]),
                None => failed,
            });
        }
        if parts.is_empty() {
            return None;
        }
        let failed = match group.together {
            Together::Either => builder.sheet.sum(&parts, Dimension::NONE),
            _ => any_of(builder, &parts)?,
        };
        let repeated = group.step.times.as_ref().filter(|_| group.together == Together::One);
        let repeated = builder.stated(subject, format_args!("{key}.times"), repeated);
        Some(match repeated {
            Some(times) => builder.sheet.formula(&REPEATED_FAILS, &[failed, times], Dimension::NONE),
            None => failed,
        })
    }
}
