//! How long each flow takes from start to end, at peak: a distribution put together from those of its parts.

use super::builder::Builder;
use super::calls::{Call, Calls, Item, Together};
use super::capacity::Busy;
use super::facts::Facts;
use super::label::Subject;
use super::retries::Failures;
use super::sheet::{Formula, Value};
use super::times::{Make, Times};
use super::times_plan::{After, AllSlow, FlowTime, NAMES, Plan, hedge_percentile, sequence};
use crate::quantity::{self, Dimension};
use crate::spec::flow::Parallel;
use std::ops::Range;

struct Walk<'w, 'm, 't> {
    flow: u32,
    calls: &'w Calls<'m, 't>,
    facts: &'w [Facts],
    busy: &'w [Busy],
    failures: &'w Failures,
    inputs: Vec<Value>,
    parts: usize,
}

impl<'m, 't> Walk<'_, 'm, 't> {
    fn input(&mut self, value: Value) -> usize {
        if let Some(known) = self.inputs.iter().position(|known| *known == value) {
            return known;
        }
        self.inputs.push(value);
        self.inputs.len() - 1
    }

    fn range(&mut self, values: &[Value]) -> Range<usize> {
        let first = self.inputs.len();
        self.inputs.extend_from_slice(values);
        first..self.inputs.len()
    }

    fn items(&mut self, builder: &mut Builder<'m, 't>, items: &[Item]) -> Plan {
        sequence(items.iter().map(|item| self.item(builder, *item)).collect())
    }

    fn item(&mut self, builder: &mut Builder<'m, 't>, item: Item) -> Plan {
        let calls = self.calls;
        match item {
            Item::Call(index) => match calls.calls.get(index) {
                Some(call) if call.waits => self.call(builder, index, call),
                _ => Plan::Nothing,
            },
            Item::Group(index) => self.group(builder, index),
        }
    }

    fn group(&mut self, builder: &mut Builder<'m, 't>, index: usize) -> Plan {
        let calls = self.calls;
        let Some(group) = calls.groups.get(index).filter(|group| !group.in_background) else {
            return Plan::Nothing;
        };
        let subject = Subject::Flow(self.flow);
        let key = format!("group{index}");
        let chances = super::chances::of(builder, subject, &key, group);
        let plans: Vec<Plan> =
            group.branches.iter().map(|branch| self.items(builder, &branch.items)).collect();
        if plans.iter().all(|plan| matches!(plan, Plan::Nothing)) {
            return Plan::Nothing;
        }
        let wait_for = builder.stated(subject, format_args!("{key}.wait_for"), group.step.wait_for.as_ref());
        let mut plan = match group.together {
            Together::Parallel => match wait_for {
                Some(count) => Plan::First { count: self.input(count), of: plans },
                None => Plan::All(plans),
            },
            Together::Either => Plan::Either(self.ways(chances, plans)),
            Together::One => {
                let each = sequence(plans);
                let repeated =
                    builder.stated(subject, format_args!("{key}.times"), group.step.times.as_ref());
                let together =
                    matches!(&group.step.parallel, Some(Parallel::Repetitions(flag)) if flag.value);
                let each = match repeated {
                    Some(of) if together => {
                        let needed = wait_for.map(|count| self.input(count));
                        Plan::Copies { needed, of: self.input(of), each: Box::new(each) }
                    }
                    Some(times) => Plan::Again { times: self.input(times), each: Box::new(each) },
                    None => each,
                };
                match chances.first().copied().flatten() {
                    Some(chance) => {
                        let never = builder.sheet.complement(chance);
                        let (taken, not) = (self.input(chance), self.input(never));
                        Plan::Either(vec![(Some(taken), each), (Some(not), Plan::Nothing)])
                    }
                    None => each,
                }
            }
        };
        let is_optional = group.step.optional.is_some_and(|flag| flag.value) && group.step.others.is_none();
        if is_optional {
            plan = Plan::Attempts {
                timeout: None,
                attempts: None,
                pause: None,
                failure: None,
                gives_up: true,
                each: Box::new(plan),
            };
        }
        plan
    }

    fn ways(&mut self, chances: Vec<Option<Value>>, plans: Vec<Plan>) -> Vec<(Option<usize>, Plan)> {
        let pairs = chances.into_iter().zip(plans);
        pairs.map(|(chance, plan)| (chance.map(|chance| self.input(chance)), plan)).collect()
    }

    fn call(&mut self, builder: &mut Builder<'m, 't>, index: usize, call: &Call<'m, 't>) -> Plan {
        let subject = Subject::Flow(self.flow);
        let key = format!("call{index}");
        let mut inner = self.receiver(builder, index, call);
        inner.push(self.items(builder, &call.body));
        let mut plan = sequence(inner);
        if let Some(after) = self.hedge(builder, &key, call) {
            plan = Plan::Hedged { after, each: Box::new(plan) };
        }
        let step = call.step;
        let timeout = step.timeout.as_ref().filter(|_| call.is_first);
        let timeout = builder.stated(subject, format_args!("{key}.timeout"), timeout);
        let retries = step.retries.as_deref().filter(|_| call.is_first);
        let attempts = retries.and_then(|retries| retries.attempts.as_ref());
        let attempts = builder.stated(subject, format_args!("{key}.retries.attempts"), attempts);
        let pause = retries.and_then(|retries| retries.pause.as_ref());
        let pause = builder.stated(subject, format_args!("{key}.retries.pause"), pause);
        let backoff = retries.and_then(|retries| retries.backoff).map(|backoff| backoff.value);
        let outcome = self.failures.of(self.flow, index).copied();
        let failure = outcome.and_then(|outcome| outcome.own);
        let gives_up = call.is_optional() || call.fallback.is_some();
        if timeout.is_some() || attempts.is_some() || failure.is_some() || gives_up {
            plan = Plan::Attempts {
                timeout: timeout.map(|value| self.input(value)),
                attempts: attempts.map(|value| self.input(value)),
                pause: pause.map(|value| (self.input(value), backoff)),
                failure: failure.map(|value| self.input(value)),
                gives_up,
                each: Box::new(plan),
            };
        }
        // What follows a miss is done by the one who asked, after the answer.
        if let Some(on_miss) = &call.on_miss {
            let missed = self.items(builder, on_miss);
            if !matches!(missed, Plan::Nothing) {
                let hit = super::caches::hit_ratio(builder, call.to);
                let miss = super::caches::miss_ratio(builder, call.to);
                let (hit, miss) = (self.input(hit), self.input(miss));
                let either = Plan::Either(vec![(Some(hit), Plan::Nothing), (Some(miss), missed)]);
                plan = sequence(vec![plan, either]);
            }
        }
        if let (Some(fallback), Some(failed)) = (&call.fallback, outcome.and_then(|outcome| outcome.failed)) {
            let instead = self.items(builder, fallback);
            let fine = builder.sheet.complement(failed);
            let (failed, fine) = (self.input(failed), self.input(fine));
            let either = Plan::Either(vec![(Some(failed), instead), (Some(fine), Plan::Nothing)]);
            plan = sequence(vec![plan, either]);
        }
        plan
    }

    /// Waiting in line at the receiver, and being served there.
    fn receiver(&mut self, builder: &mut Builder<'m, 't>, index: usize, call: &Call<'m, 't>) -> Vec<Plan> {
        let (all_facts, all_busy) = (self.facts, self.busy);
        let Some(facts) = all_facts.get(call.to as usize).filter(|facts| !facts.is_client) else {
            return Vec::new();
        };
        let mut plans = Vec::new();
        let station = all_busy.get(call.to as usize).and_then(|busy| busy.station.as_ref());
        if let Some(station) = station {
            let by_priority = station.by_flow.iter().find(|(flow, _)| *flow == self.flow);
            plans.push(match (by_priority, station.behind, &facts.service, facts.servers) {
                (Some((_, mean)), ..) => {
                    Plan::Prioritized { chance: self.input(station.chance), mean: self.input(*mean) }
                }
                (None, Some(utilization), Some(service), Some(each)) => {
                    let instances = all_busy.get(call.to as usize).and_then(|busy| busy.instances);
                    let servers = super::traffic::times(builder, instances, Some(each)).unwrap_or(each);
                    Plan::Behind {
                        utilization: self.input(utilization),
                        servers: self.input(servers),
                        chance: self.input(station.chance),
                        conditional: self.input(station.conditional),
                        make: service.make.clone(),
                        inputs: self.range(&service.inputs),
                    }
                }
                _ => Plan::Waits {
                    chance: self.input(station.chance),
                    conditional: self.input(station.conditional),
                    is_exact: station.is_tail_exact,
                },
            });
        }
        let stretch = station.and_then(|station| station.stretch);
        plans.push(self.service(builder, index, call, facts, stretch));
        self.parts += 1;
        plans
    }

    fn service(
        &mut self,
        builder: &mut Builder<'m, 't>,
        index: usize,
        call: &Call<'m, 't>,
        facts: &Facts,
        stretch: Option<Value>,
    ) -> Plan {
        let of_step = call.step.latency.as_deref().filter(|_| call.is_last);
        let of_step = of_step
            .and_then(|time| builder.times(Subject::Flow(self.flow), &format!("call{index}.latency"), time));
        let stated = builder.component(call.to).is_some_and(|component| component.latency.is_some());
        let service_is_stated =
            builder.component(call.to).is_some_and(|component| component.service_time.is_some());
        let of_operation = match (&of_step, stated || service_is_stated) {
            (None, false) => builder.catalog_times(call.to, call.operation()),
            _ => None,
        };
        let times: Option<Times> = of_step.or(of_operation).or_else(|| facts.latency.clone());
        let Some(times) = times else {
            let missing = builder.missing_latency(call.to);
            let inputs = self.range(&[missing]);
            return Plan::Takes { make: Make::Constant, inputs, stretch: None };
        };
        let stretch = stretch.map(|stretch| self.input(stretch));
        let takes = Plan::Takes { make: times.make, inputs: self.range(&times.inputs), stretch };
        self.quorum(builder, call, takes)
    }

    /// An answer that needs several copies to agree takes as long as the last of them.
    fn quorum(&mut self, builder: &mut Builder<'m, 't>, call: &Call<'m, 't>, each: Plan) -> Plan {
        let Some(quorum) = builder.component(call.to).and_then(|component| component.quorum.as_deref())
        else {
            return each;
        };
        let subject = Subject::Component(call.to);
        let is_write = call.operation().is_none_or(|name| !super::capacity::READS.contains(&name));
        let needed = if is_write { ("quorum.w", quorum.w.as_ref()) } else { ("quorum.r", quorum.r.as_ref()) };
        let needed = builder.stated(subject, needed.0, needed.1);
        let of = builder.stated(subject, "quorum.n", quorum.n.as_ref());
        match (needed, of) {
            (Some(needed), Some(of)) => {
                Plan::Copies { needed: Some(self.input(needed)), of: self.input(of), each: Box::new(each) }
            }
            _ => each,
        }
    }

    fn hedge(&mut self, builder: &mut Builder<'m, 't>, key: &str, call: &Call<'m, 't>) -> Option<After> {
        let text = call.step.hedge.filter(|_| call.is_first)?.text;
        if let Some(share) = hedge_percentile(text) {
            return Some(After::Percentile(share));
        }
        let expr = quantity::parse(text).ok()?;
        let seconds = expr.central(&quantity::NoNames).ok()?;
        let value = builder.seconds(seconds);
        let value = builder.step(value, format!("hedge of {key}"));
        Some(After::Time(self.input(value)))
    }
}

const ERRORS: Formula = Formula {
    model: "outages and failing runs are independent",
    text: "1 - {0} × (1 - {1})",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [up, failed] => (1.0 - up) + up * failed,
        _ => f64::NAN,
    },
};

const FLOW_ADDRESSES: [&str; 7] =
    ["latency.mean", "latency.p50", "latency.p90", "latency.p95", "latency.p99", "latency.p999", ""];

const BOUND_ADDRESSES: [&str; 5] = [
    "latency.bound.p50",
    "latency.bound.p90",
    "latency.bound.p95",
    "latency.bound.p99",
    "latency.bound.p999",
];

/// How long each flow takes, and how often it fails.
pub fn add<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flows: &[Calls<'m, 't>],
    facts: &[Facts],
    busy: &[Busy],
    failures: &Failures,
    closed: &std::collections::BTreeMap<u32, (Value, Value)>,
) {
    let dimensions: Vec<Dimension> =
        NAMES.iter().map(|name| if *name == "failed" { Dimension::NONE } else { Dimension::TIME }).collect();
    for (flow, calls) in (0..).zip(flows) {
        let subject = Subject::Flow(flow);
        if let Some((_, response)) = closed.get(&flow) {
            builder.own(subject, "latency.mean", *response);
            errors(builder, flow, failures.of_flow(flow));
            continue;
        }
        let mut walk = Walk { flow, calls, facts, busy, failures, inputs: Vec::new(), parts: 0 };
        let plan = walk.items(builder, &calls.roots);
        let (inputs, parts) = (walk.inputs, walk.parts);
        let slow = Box::new(AllSlow { plan: plan.clone(), parts });
        let results = builder.sheet.calculation(Box::new(FlowTime { plan, parts }), &inputs, &dimensions);
        let slow = builder.sheet.calculation(slow, &inputs, &[Dimension::TIME; 5]);
        for (name, value) in BOUND_ADDRESSES.into_iter().zip(slow) {
            builder.set(subject, name, value);
        }
        for (name, value) in FLOW_ADDRESSES.into_iter().zip(&results) {
            if !name.is_empty() {
                builder.set(subject, name, *value);
            }
        }
        let failed = results.get(6).copied().filter(|failed| builder.sheet.is_known(*failed));
        // Retries that a budget forbids are not part of the composition.
        let is_limited =
            |call: &Call<'_, '_>| call.step.retries.as_ref().is_some_and(|retries| retries.budget.is_some());
        let limited = failures.of_flow(flow).filter(|_| calls.calls.iter().any(is_limited));
        errors(builder, flow, limited.or(failed).or_else(|| failures.of_flow(flow)));
        amplification(builder, flow, calls);
    }
}

/// Calls to the innermost component when every attempt fails.
fn amplification<'m, 't>(builder: &mut Builder<'m, 't>, flow: u32, calls: &Calls<'m, 't>) {
    let all: Vec<Value> =
        super::overload::outer_attempts(builder, flow, calls).into_iter().flatten().collect();
    let most = match all.is_empty() {
        true => builder.assumed(1.0, "no call is repeated"),
        false => builder.sheet.largest(&all),
    };
    builder.own(Subject::Flow(flow), "amplification", most);
}

fn errors(builder: &mut Builder<'_, '_>, flow: u32, failed: Option<Value>) {
    let subject = Subject::Flow(flow);
    let Some(up) = builder.get(subject, "availability") else { return };
    let failed = failed.unwrap_or_else(|| builder.assumed(0.0, "no call fails by itself"));
    let failed = builder.step(failed, "runs that fail by themselves");
    let errors = builder.sheet.formula(&ERRORS, &[up, failed], Dimension::NONE);
    builder.set(subject, "errors", errors);
}

const COMPONENT_ADDRESSES: [&str; 6] =
    ["latency.mean", "latency.p50", "latency.p90", "latency.p95", "latency.p99", "latency.p999"];

/// How long each component takes by itself, with waiting.
pub fn add_components(builder: &mut Builder<'_, '_>, facts: &[Facts], busy: &[Busy]) {
    for ((component, facts), busy) in (0..).zip(facts).zip(busy) {
        if facts.is_client {
            continue;
        }
        let calls = Calls::default();
        let failures = Failures::default();
        let mut walk = Walk {
            flow: u32::MAX,
            calls: &calls,
            facts: &[],
            busy: &[],
            failures: &failures,
            inputs: Vec::new(),
            parts: 1,
        };
        let mut plans = Vec::new();
        if let Some(station) = &busy.station {
            let (chance, conditional) = (walk.input(station.chance), walk.input(station.conditional));
            plans.push(match (station.behind, &facts.service, facts.servers, busy.instances) {
                (Some(utilization), Some(service), Some(each), Some(instances)) => {
                    let servers = builder.sheet.product(&[instances, each]);
                    Plan::Behind {
                        utilization: walk.input(utilization),
                        servers: walk.input(servers),
                        chance,
                        conditional,
                        make: service.make.clone(),
                        inputs: walk.range(&service.inputs),
                    }
                }
                _ => Plan::Waits { chance, conditional, is_exact: station.is_tail_exact },
            });
        }
        let stretch = busy.station.as_ref().and_then(|station| station.stretch);
        let stretch = stretch.map(|stretch| walk.input(stretch));
        match &facts.latency {
            Some(times) => {
                let inputs = walk.range(&times.inputs);
                plans.push(Plan::Takes { make: times.make.clone(), inputs, stretch });
            }
            None => {
                let missing = builder.missing_latency(component);
                let inputs = walk.range(&[missing]);
                plans.push(Plan::Takes { make: Make::Constant, inputs, stretch: None });
            }
        }
        let block = Box::new(FlowTime { plan: sequence(plans), parts: 1 });
        let results = builder.sheet.calculation(block, &walk.inputs, &[Dimension::TIME; 6]);
        for (name, value) in COMPONENT_ADDRESSES.into_iter().zip(results) {
            builder.set(Subject::Component(component), name, value);
        }
    }
}

impl Builder<'_, '_> {
    /// That nobody has said how long a component takes.
    pub fn missing_latency(&mut self, component: u32) -> Value {
        let entry = self.model.design.components.entries.get(component as usize);
        let id = entry.map_or("", |entry| entry.name.text);
        let help = format!("state `latency` or `service_time` on `components.{id}`");
        let place = entry.map(|entry| entry.name.span);
        self.lacking(Dimension::TIME, format!("how long {id} takes"), help, place)
    }
}
