//! A composition of times whose numbers are numbers of the sheet, and the calculation that it stands for.

use super::sheet::Block;
use super::times::Make;
use crate::numerics::latency::{self, Time};
use crate::spec::flow::Backoff;
use std::ops::Range;

/// A composition of times whose numbers are inputs, by position.
#[derive(Clone, Debug)]
pub enum Plan {
    Nothing,
    Takes {
        make: Make,
        inputs: Range<usize>,
        stretch: Option<usize>,
    },
    Waits {
        chance: usize,
        conditional: usize,
        /// Whether those that wait do so for an exponential time, and not only about.
        is_exact: bool,
    },
    /// A line of several servers, or of one, whose service is not exponential.
    Behind {
        utilization: usize,
        servers: usize,
        chance: usize,
        conditional: usize,
        make: Make,
        inputs: Range<usize>,
    },
    /// Waits with another mean, by priority.
    Prioritized {
        chance: usize,
        mean: usize,
    },
    Sequence(Vec<Plan>),
    All(Vec<Plan>),
    First {
        count: usize,
        of: Vec<Plan>,
    },
    Copies {
        needed: Option<usize>,
        of: usize,
        each: Box<Plan>,
    },
    Either(Vec<(Option<usize>, Plan)>),
    Again {
        times: usize,
        each: Box<Plan>,
    },
    Hedged {
        after: After,
        each: Box<Plan>,
    },
    Attempts {
        timeout: Option<usize>,
        attempts: Option<usize>,
        pause: Option<(usize, Option<Backoff>)>,
        failure: Option<usize>,
        gives_up: bool,
        each: Box<Plan>,
    },
}

#[derive(Clone, Copy, Debug)]
pub enum After {
    Time(usize),
    Percentile(f64),
}

/// Pauses are written out for so many attempts; the last repeats.
const MOST_PAUSES: usize = 16;

impl Plan {
    /// How many calls have timeouts or are repeated: what makes a calculation long.
    fn attempts(&self) -> usize {
        let all = |plans: &[Self]| plans.iter().map(Self::attempts).sum();
        match self {
            Self::Sequence(plans) | Self::All(plans) | Self::First { of: plans, .. } => all(plans),
            Self::Either(ways) => ways.iter().map(|(_, plan)| plan.attempts()).sum(),
            Self::Copies { each, .. } | Self::Again { each, .. } | Self::Hedged { each, .. } => {
                each.attempts()
            }
            Self::Attempts { each, attempts, failure, .. } => {
                each.attempts() + usize::from(attempts.is_some() || failure.is_some())
            }
            _ => 0,
        }
    }

    /// Whether the distribution of each wait is known, and not only its mean.
    fn is_exact(&self) -> bool {
        match self {
            Self::Waits { is_exact, .. } => *is_exact,
            Self::Prioritized { .. } => false,
            Self::Sequence(plans) | Self::All(plans) | Self::First { of: plans, .. } => {
                plans.iter().all(Self::is_exact)
            }
            Self::Either(ways) => ways.iter().all(|(_, plan)| plan.is_exact()),
            Self::Copies { each, .. }
            | Self::Again { each, .. }
            | Self::Hedged { each, .. }
            | Self::Attempts { each, .. } => each.is_exact(),
            Self::Nothing | Self::Takes { .. } | Self::Behind { .. } => true,
        }
    }

    fn time(&self, inputs: &[f64]) -> Time {
        let number = |at: usize| inputs.get(at).copied().unwrap_or(f64::NAN);
        let all = |plans: &[Plan]| plans.iter().map(|plan| plan.time(inputs)).collect::<Vec<Time>>();
        match self {
            Self::Nothing => Time::Nothing,
            Self::Takes { make, inputs: range, stretch } => {
                let takes = make.with(inputs.get(range.clone()).unwrap_or(&[]));
                match stretch {
                    Some(stretch) => Time::Takes(takes.scaled(number(*stretch))),
                    None => Time::Takes(takes),
                }
            }
            Self::Waits { chance, conditional, .. } => {
                Time::Waits { chance: number(*chance), conditional: number(*conditional) }
            }
            Self::Behind { utilization, servers, chance, conditional, make, inputs: range } => {
                let utilization = number(*utilization);
                match number(*servers) == 1.0 && utilization < 1.0 {
                    true => {
                        let service = make.with(inputs.get(range.clone()).unwrap_or(&[]));
                        Time::WaitsBehind { utilization, service }
                    }
                    false => Time::Waits { chance: number(*chance), conditional: number(*conditional) },
                }
            }
            Self::Prioritized { chance, mean } => {
                let chance = number(*chance);
                let conditional = if chance > 0.0 { number(*mean) / chance } else { 0.0 };
                Time::Waits { chance, conditional }
            }
            Self::Sequence(plans) => Time::Sequence(all(plans)),
            Self::All(plans) => Time::All(all(plans)),
            Self::First { count, of } => Time::First { count: number(*count).max(0.0) as usize, of: all(of) },
            Self::Copies { needed, of, each } => {
                let of = number(*of);
                let needed = needed.map_or(of, number);
                Time::Copies { needed, of, each: Box::new(each.time(inputs)) }
            }
            Self::Either(ways) => {
                let rest = 1.0 - ways.iter().filter_map(|(chance, _)| chance.map(number)).sum::<f64>();
                let chance = |chance: &Option<usize>| chance.map_or(rest.max(0.0), number);
                Time::Either(ways.iter().map(|(share, plan)| (chance(share), plan.time(inputs))).collect())
            }
            Self::Again { times, each } => {
                Time::Again { times: number(*times), each: Box::new(each.time(inputs)) }
            }
            Self::Hedged { after, each } => {
                let each = each.time(inputs);
                let after = match after {
                    After::Time(at) => number(*at),
                    After::Percentile(share) => latency::percentile(&each, *share, 256),
                };
                Time::Hedged { after, each: Box::new(each) }
            }
            Self::Attempts { timeout, attempts, pause, failure, gives_up, each } => Time::Attempts {
                timeout: timeout.map_or(f64::INFINITY, number),
                attempts: attempts.map_or(1.0, number),
                pauses: pauses(*pause, number),
                failure: failure.map_or(0.0, number),
                each: Box::new(each.time(inputs)),
                gives_up: *gives_up,
            },
        }
    }
}

fn pauses(pause: Option<(usize, Option<Backoff>)>, number: impl Fn(usize) -> f64) -> Vec<f64> {
    let Some((first, backoff)) = pause else { return vec![0.0] };
    let first = number(first);
    let factor = |attempt: usize| match backoff {
        Some(Backoff::Exponential) | None => (1_u64 << attempt) as f64,
        Some(Backoff::Linear) => (attempt + 1) as f64,
        Some(Backoff::Constant) => 1.0,
        Some(Backoff::None) => 0.0,
    };
    (0..MOST_PAUSES).map(|attempt| first * factor(attempt)).collect()
}

/// The results, in their order.
pub const NAMES: &[&str] = &["mean", "p50", "p90", "p95", "p99", "p999", "failed"];

/// Cells of the grid for the central estimate, and for samples.
const FINE: usize = 256;
const COARSE: usize = 128;

/// Timeouts that run out less often than this are left out.
const EXACT: f64 = 1e-12;
const ROUGH: f64 = 1e-7;

/// How long something takes: percentiles of a composition.
#[derive(Debug)]
pub struct FlowTime {
    /// The composition.
    pub plan: Plan,
    /// How many components take part.
    pub parts: usize,
}

impl FlowTime {
    fn fill(&self, inputs: &[f64], outputs: &mut [f64], cells: usize, negligible: f64) {
        if inputs.iter().any(|input| input.is_nan()) {
            outputs.iter_mut().for_each(|slot| *slot = f64::NAN);
            return;
        }
        let time = self.plan.time(inputs).without_idle_timeouts(negligible);
        let found = latency::profile(&time, cells);
        let own = [found.mean, found.p50, found.p90, found.p95, found.p99, found.p999, found.failed];
        for (slot, number) in outputs.iter_mut().zip(own) {
            *slot = number;
        }
    }
}

/// How long it takes when everything is slow at the same time.
#[derive(Debug)]
pub struct AllSlow {
    /// The composition.
    pub plan: Plan,
    /// How many components take part.
    pub parts: usize,
}

impl Block for AllSlow {
    fn outputs(&self) -> &'static [&'static str] {
        &["p50", "p90", "p95", "p99", "p999"]
    }

    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        if inputs.iter().any(|input| input.is_nan()) {
            return;
        }
        let bound = latency::bound(&self.plan.time(inputs).without_idle_timeouts(ROUGH));
        let all = [bound.p50, bound.p90, bound.p95, bound.p99, bound.p999];
        for (slot, number) in outputs.iter_mut().zip(all) {
            *slot = number;
        }
    }

    fn model(&self) -> &'static str {
        "everything slow at the same time"
    }

    fn exact(&self) -> bool {
        self.plan.is_exact()
    }

    fn text(&self) -> String {
        "the percentiles of one after the other added, of side by side the largest".to_owned()
    }

    fn cost(&self) -> f64 {
        10.0 + 10.0 * self.parts as f64
    }

    fn work(&self) -> f64 {
        3.0 + 2.0 * self.parts as f64 + 40.0 * self.plan.attempts() as f64
    }
}

impl Block for FlowTime {
    fn outputs(&self) -> &'static [&'static str] {
        NAMES
    }

    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        self.fill(inputs, outputs, FINE, EXACT);
    }

    fn sample(&self, inputs: &[f64], outputs: &mut [f64]) {
        self.fill(inputs, outputs, COARSE, ROUGH);
    }

    fn model(&self) -> &'static str {
        "composition of distributions"
    }

    fn exact(&self) -> bool {
        self.plan.is_exact()
    }

    fn text(&self) -> String {
        "one after the other convolved, side by side the slowest, branches mixed by their chance".to_owned()
    }

    fn cost(&self) -> f64 {
        20.0 + 20.0 * self.parts as f64 + 150.0 * self.plan.attempts() as f64
    }

    fn work(&self) -> f64 {
        10.0 + 8.0 * self.parts as f64 + 60.0 * self.plan.attempts() as f64
    }
}

/// One after the other; what takes no time is left out.
pub fn sequence(plans: Vec<Plan>) -> Plan {
    let mut kept: Vec<Plan> = plans.into_iter().filter(|plan| !matches!(plan, Plan::Nothing)).collect();
    match kept.len() {
        0 => Plan::Nothing,
        1 => kept.pop().unwrap_or(Plan::Nothing),
        _ => Plan::Sequence(kept),
    }
}

/// `p95` → 0.95, `p999` → 0.999.
pub fn hedge_percentile(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('p')?;
    let number: f64 = format!("0.{digits}").parse().ok()?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(number)
}
