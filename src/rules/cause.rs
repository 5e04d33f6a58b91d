//! What a number is due to for the most part: the component to look at first, and what would mend it.

use super::{Case, Numbers};
use crate::estimate::availability::Part;
use crate::estimate::shares::Part as Hopping;
use crate::estimate::{Changes, Op, Subject, Value};
use crate::model::Via;
use crate::source::Span;
use crate::spec::component::Component;
use crate::spec::component_parts::Replicas;
use std::collections::BTreeMap;

/// The largest part of a number.
#[derive(Debug)]
pub struct Cause {
    /// The component, when it is one.
    pub component: Option<u32>,
    /// The fact to look at.
    pub span: Span,
    /// What part it has in the number.
    pub message: String,
}

/// What the value of an element is due to.
pub fn of(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>, subject: Subject, name: &str) -> Option<Cause> {
    match (subject, name) {
        (Subject::Flow(flow), name) if name.starts_with("latency.") => {
            by_slopes(case, numbers, flow, name).or_else(|| slowest(case, numbers, flow))
        }
        (Subject::Flow(flow), "availability" | "downtime" | "errors" | "outages" | "outage") => {
            weakest(case, numbers, flow)
        }
        (Subject::System, "availability") => {
            let up = |flow: &u32| {
                let value = numbers.estimate.get(Subject::Flow(*flow), "availability");
                value.map_or(f64::NAN, |value| numbers.central.of(value))
            };
            let flows = 0..u32::try_from(case.design.flows.entries.len()).unwrap_or(u32::MAX);
            let worst = flows.filter(|flow| up(flow).is_finite()).min_by(|a, b| up(a).total_cmp(&up(b)))?;
            weakest(case, numbers, worst)
        }
        (Subject::System, "cost") => dearest(case, numbers),
        (Subject::Component(component), "availability" | "outages" | "outage" | "durability") => {
            let keys = ["replicas", "availability", "mtbf", "tech"];
            let span = fact(case, component, &keys)?;
            Some(Cause { component: Some(component), span, message: "it rests on this".to_owned() })
        }
        (Subject::Component(component), "cost") => {
            let span = fact(case, component, &["price", "replicas"])?;
            Some(Cause { component: Some(component), span, message: "it follows from this".to_owned() })
        }
        (Subject::Component(component), _) => busiest(case, numbers, component),
        (Subject::Data(data), _) => {
            let entry = case.design.data.entries.get(data as usize)?;
            Some(Cause { component: None, span: entry.name.span, message: "this is the data".to_owned() })
        }
        _ => None,
    }
}

fn component<'c, 't>(case: &'c Case<'_, 't>, index: u32) -> Option<&'c Component<'t>> {
    case.design.components.get(index as usize).map(|entry| &entry.value)
}

/// The first of some facts that a component states, or else its name.
pub fn fact(case: &Case<'_, '_>, index: u32, keys: &[&str]) -> Option<Span> {
    let entry = case.design.components.get(index as usize)?;
    let stated = keys.iter().find_map(|key| entry.value.key_span(key));
    Some(stated.unwrap_or(entry.name.span))
}

/// How much of a whole, in percent; never more than all of it.
fn part_of(part: f64, whole: f64) -> String {
    let share = (part / whole).clamp(0.0, 1.0);
    crate::quantity::format_share((share * 100.0).round() / 100.0)
}

/// The component on which a percentile hangs most: one that is slow on few runs only has no part in the median.
fn by_slopes(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>, flow: u32, name: &str) -> Option<Cause> {
    let percentile = name.rsplit('.').next().filter(|name| *name != "mean" && name.starts_with('p'))?;
    let estimate = &numbers.estimate;
    let bound = name.contains("bound");
    let value = estimate.get(Subject::Flow(flow), name).filter(|_| !bound)?;
    let p99 = estimate.get(Subject::Flow(flow), "latency.p99")?;
    let central = numbers.with(&[value, p99]);
    let all = central.of(value);
    let mut shares: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    for hop in estimate.hops_of(flow, percentile, &central) {
        match hop.part {
            Hopping::Service(component) => shares.entry(component).or_default().1 += hop.tail,
            Hopping::Wait(component) => shares.entry(component).or_default().0 += hop.tail,
            Hopping::Pauses | Hopping::Rest => {}
        }
    }
    let largest = shares.into_iter().max_by(|(_, a), (_, b)| (a.0 + a.1).total_cmp(&(b.0 + b.1)));
    let (index, (waiting, working)) = largest.filter(|(_, (a, b))| a + b > 0.0 && all > 0.0)?;
    let show = |share: f64| estimate.shown(value, share * all);
    let name = case.component_name(index);
    let mut message =
        format!("`{name}` makes {} of the {percentile} of {}", part_of(waiting + working, 1.0), show(1.0));
    let mut keys = vec!["service_time", "latency", "capacity", "tech"];
    if waiting > 0.0 {
        message += &format!(": {} in line, {} at work", show(waiting), show(working));
        if waiting > working {
            keys.insert(0, "replicas");
        }
    }
    Some(Cause { component: Some(index), span: fact(case, index, &keys)?, message })
}

fn slowest(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>, flow: u32) -> Option<Cause> {
    let mut calls: BTreeMap<u32, f64> = BTreeMap::new();
    let of_flow = case.connections.iter().filter(|it| it.via == Via::Flow(flow) && it.waits);
    of_flow.for_each(|connection| *calls.entry(connection.to).or_default() += 1.0);
    let estimate = &numbers.estimate;
    let whole = estimate.get(Subject::Flow(flow), "latency.mean")?;
    let means: Vec<(u32, f64, Value)> = calls
        .into_iter()
        .filter_map(|(index, calls)| {
            Some((index, calls, estimate.get(Subject::Component(index), "latency.mean")?))
        })
        .collect();
    let wanted: Vec<Value> = means.iter().map(|(.., value)| *value).chain([whole]).collect();
    let central = numbers.with(&wanted);
    let known = means.iter().map(|(index, calls, value)| (*index, *calls, calls * central.of(*value)));
    let (index, calls, time) = known.filter(|(.., time)| time > &0.0).max_by(|a, b| a.2.total_cmp(&b.2))?;
    let name = case.component_name(index);
    if time.is_infinite() {
        let span = fact(case, index, &["replicas", "capacity", "service_time"])?;
        let message = format!("`{name}` gets more than it can serve");
        return Some(Cause { component: Some(index), span, message });
    }
    let show = |time: f64| estimate.shown(whole, time);
    let waiting = estimate.get(Subject::Component(index), "wait.mean").map(|wait| calls * central.of(wait));
    let waiting = waiting.filter(|wait| *wait > 0.0 && *wait <= time);
    let all = central.of(whole);
    let mut message = match all.is_finite() && all > 0.0 {
        true => format!("`{name}` takes {} of the mean of {}", part_of(time, all), show(all)),
        false => format!("`{name}` takes {} in the mean", show(time)),
    };
    let mut keys = vec!["service_time", "latency", "capacity", "tech"];
    if let Some(waiting) = waiting {
        message += &format!(": {} in line, {} at work", show(waiting), show(time - waiting));
        if waiting > time / 2.0 {
            keys.insert(0, "replicas");
        }
    }
    Some(Cause { component: Some(index), span: fact(case, index, &keys)?, message })
}

fn weakest(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>, flow: u32) -> Option<Cause> {
    let structure = numbers.estimate.structures.get(flow as usize)?.as_ref()?;
    let down = |part: &Part| match part {
        Part::Component(index) => {
            let up = numbers.estimate.get(Subject::Component(*index), "availability");
            1.0 - up.map_or(f64::NAN, |up| numbers.central.of(up))
        }
        Part::NotTaken(value) => 1.0 - numbers.central.of(*value),
    };
    let parts: Vec<f64> = structure.parts.iter().map(down).collect();
    let whole = structure.diagram.unavailability(&parts);
    let importance = structure.diagram.importance(&parts);
    let shares = structure.parts.iter().zip(&parts).zip(&importance);
    let largest = shares
        .filter_map(|((part, down), importance)| match part {
            Part::Component(index) => Some((*index, *down, down * importance)),
            Part::NotTaken(_) => None,
        })
        .filter(|(.., share)| share > &0.0)
        .max_by(|a, b| a.2.total_cmp(&b.2));
    let (index, down, share) = largest?;
    let message = format!(
        "`{}` is down {} of the time: {} of what is missing to 100%",
        case.component_name(index),
        crate::quantity::format_share(down),
        part_of(share, whole),
    );
    let span = fact(case, index, &["replicas", "availability", "mtbf", "tech"])?;
    Some(Cause { component: Some(index), span, message })
}

fn dearest(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>) -> Option<Cause> {
    let estimate = &numbers.estimate;
    let whole = estimate.get(Subject::System, "cost")?;
    let count = u32::try_from(case.design.components.entries.len()).unwrap_or(u32::MAX);
    let cost = |index: &u32| {
        let value = estimate.get(Subject::Component(*index), "cost");
        value.map_or(f64::NAN, |value| numbers.central.of(value))
    };
    let known = (0..count).filter(|index| cost(index) > 0.0);
    let index = known.max_by(|a, b| cost(a).total_cmp(&cost(b)))?;
    let message = format!(
        "`{}` costs {}, {} of that",
        case.component_name(index),
        estimate.shown(whole, cost(&index)),
        part_of(cost(&index), numbers.central.of(whole)),
    );
    Some(Cause { component: Some(index), span: fact(case, index, &["price", "replicas", "tech"])?, message })
}

/// The resource of a component of which the largest share is in use.
pub fn bottleneck(numbers: &Numbers<'_, '_>, index: u32) -> Option<(&'static str, f64)> {
    let resources = numbers.estimate.resources.get(index as usize)?;
    let shares = resources.iter().map(|(name, value)| (*name, numbers.central.of(*value)));
    shares.filter(|(_, share)| share > &0.0).max_by(|a, b| a.1.total_cmp(&b.1))
}

fn busiest(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>, index: u32) -> Option<Cause> {
    let (resource, share) = bottleneck(numbers, index)?;
    let keys: &[&str] = match resource {
        "requests" => &["capacity", "service_time", "replicas", "tech"],
        "storage" => &["storage", "replicas", "tech"],
        "memory" => &["memory", "replicas", "tech"],
        "connections" => &["max_connections", "concurrency", "replicas", "tech"],
        _ => &["bandwidth", "concurrency", "replicas", "tech"],
    };
    let share = crate::quantity::format_share(share);
    let message = format!("`{}` uses {share} of its {resource} at peak", case.component_name(index));
    Some(Cause { component: Some(index), span: fact(case, index, keys)?, message })
}

/// More instances of a component that make something so.
#[derive(Debug)]
pub struct Remedy {
    /// What to write.
    pub text: String,
    /// The value under that change.
    pub number: f64,
}

/// How many instances of a component it takes until a check holds, by the central values.
pub fn remedy(
    case: &Case<'_, '_>,
    numbers: &Numbers<'_, '_>,
    index: u32,
    check: Value,
    measured: Value,
) -> Option<Remedy> {
    let estimate = &numbers.estimate;
    let holds = |central: &crate::estimate::Evaluation| central.of(check) >= 0.5;
    more_instances(case, numbers, index, &[check, measured], &holds, measured).filter(|_| {
        // Only what follows from it is mended by it.
        !matches!(estimate.sheet.op(check), Op::Missing(_))
    })
}

/// How many instances it takes until the central values are as they should be.
pub fn more_instances(
    case: &Case<'_, '_>,
    numbers: &Numbers<'_, '_>,
    index: u32,
    wanted: &[Value],
    holds: &dyn Fn(&crate::estimate::Evaluation) -> bool,
    measured: Value,
) -> Option<Remedy> {
    let estimate = &numbers.estimate;
    let name = case.component_name(index);
    let node = estimate.get(Subject::Component(index), "replicas")?;
    let replicas = component(case, index)?.replicas.as_ref();
    let write = |each: f64| match replicas {
        None | Some(Replicas::Count(_)) => Some(format!("`replicas: {each}` on `components.{name}`")),
        Some(Replicas::Scaling(scaling)) if scaling.max.is_some() => {
            Some(format!("`max: {each}` under `replicas` of `components.{name}`"))
        }
        Some(_) => None,
    };
    let shards = component(case, index)?.shards.as_ref();
    let shards = shards.and_then(|shards| case.central(&shards.written)).unwrap_or(1.0).max(1.0);
    let now = (numbers.central.of(node) / shards).round();
    if !now.is_finite() || !(0.0..=1e6).contains(&now) {
        return None;
    }
    // An assumption that the number comes from may stand for more than these.
    let is_own =
        !matches!(replicas, Some(Replicas::Count(count)) if count.written.expr.as_literal().is_none());
    let copies = estimate.copies.get(index as usize).copied().flatten().filter(|_| is_own);
    let steps = [1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0, 96.0, 128.0];
    let mut tried = now;
    for step in steps {
        let each = (now + step).max((now * (1.0 + step / 8.0)).ceil());
        if each <= tried {
            continue;
        }
        tried = each;
        let mut changes = Changes::from([(node, each * shards)]);
        // Each new copy takes all writes, too.
        changes.extend(copies.map(|copies| (copies, each)));
        let central = estimate.central(&changes, wanted);
        if holds(&central) {
            return Some(Remedy { text: write(each)?, number: central.of(measured) });
        }
    }
    None
}
