//! Who has which share in a flow: of its time, and of its failures.
//!
//! Percentiles do not add, so that what a hop adds to a p99 is not its own p99. But a distribution of time is scaled when all
//! its parts are, and so the slopes of a percentile by the scales of its parts add up to the percentile itself (Euler's
//! theorem on homogeneous functions; the same is done with the risks of a portfolio). These slopes are the shares here.

use super::calls::{self, Calls, Item};
use super::label::{Label, Subject};
use super::sheet::{Op, Value};
use super::{Estimate, Evaluation};
use crate::numerics::reliability;
use crate::quantity::Dimension;
use std::collections::{BTreeMap, BTreeSet};

/// What takes time in a flow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    /// Being served at a component.
    Service(u32),
    /// Waiting in line at a component.
    Wait(u32),
    /// Timeouts and pauses between attempts.
    Pauses,
    /// What cannot be told apart.
    Rest,
}

/// What one hop adds to a flow's time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Hop {
    /// Which.
    pub part: Part,
    /// Its share of the mean.
    pub mean: f64,
    /// Its share of the percentile that was asked for, the 99th when none was.
    pub tail: f64,
}

/// What has to fail together for a flow to fail.
#[derive(Clone, PartialEq, Debug)]
pub struct Cut {
    /// The components.
    pub components: Vec<u32>,
    /// Whether it only matters on some of the runs: where a branch is taken, or a cache has not what is asked for.
    pub on_some_runs: bool,
    /// The share of time in which all of them are down; NaN when that is not known.
    pub probability: f64,
}

/// How far the scale of a part is moved to both sides to see the slope.
const STEP: f64 = 0.05;

impl Estimate<'_, '_> {
    /// For each input of the calculation behind a flow's time: what it belongs to.
    pub(super) fn parts_of(&self, flow: u32, inputs: &[Value]) -> Vec<Option<Part>> {
        let Some(entry) = self.model.design.flows.entries.get(flow as usize) else { return Vec::new() };
        let calls = calls::read(self.model, &entry.value);
        let mut order = Vec::new();
        receivers(&calls, &calls.roots, &mut order, 0);
        let mut at = 0;
        let mut seen: BTreeSet<(String, Value)> = BTreeSet::new();
        let mut current = None;
        let mut found = Vec::new();
        for input in inputs {
            let is_time = self.sheet.dimension(*input) == Dimension::TIME;
            let part = match self.sheet.label(*input) {
                Some(Label::Address(Subject::Component(component), name)) => {
                    current = Some(*component);
                    at = order.iter().skip(at).position(|to| to == component).map_or(at, |more| at + more);
                    Some(if name.starts_with("wait") {
                        Part::Wait(*component)
                    } else {
                        Part::Service(*component)
                    })
                }
                Some(Label::Written { subject: Subject::Component(component), .. }) => {
                    current = Some(*component);
                    at = order.iter().skip(at).position(|to| to == component).map_or(at, |more| at + more);
                    Some(Part::Service(*component))
                }
                Some(Label::Written { subject: Subject::Flow(_), key, .. }) => {
                    let number = key.strip_prefix("call").and_then(|rest| rest.split('.').next());
                    let call = number.and_then(|number| number.parse::<usize>().ok());
                    let to = call.and_then(|call| calls.calls.get(call)).map(|call| call.to);
                    match to.filter(|_| key.contains(".latency")) {
                        Some(to) => {
                            current = Some(to);
                            Some(Part::Service(to))
                        }
                        None => Some(Part::Pauses),
                    }
                }
                Some(Label::Catalog(cited)) => {
                    let key = (cited.name.to_owned(), *input);
                    let owns = |to: &u32| {
                        self.model.roles.get(*to as usize).is_some_and(|role| {
                            role.technology.is_some_and(|technology| technology.id == cited.owner)
                                || role.kind.is_some_and(|kind| kind.id == cited.owner)
                        })
                    };
                    // The same number again is that of the next component of its kind.
                    if !seen.insert(key) {
                        at += 1;
                        seen.clear();
                    }
                    let next = order.iter().skip(at).position(owns);
                    match next {
                        Some(more) => {
                            at += more;
                            current = order.get(at).copied();
                            current.map(Part::Service)
                        }
                        None => order.iter().copied().find(|to| owns(to)).map(Part::Service),
                    }
                }
                Some(Label::Step(name)) if name.starts_with("hedge") => Some(Part::Pauses),
                _ if is_time => {
                    let waits =
                        matches!(self.sheet.op(*input), Op::Output(_) | Op::Quotient | Op::Formula(_));
                    current
                        .map(|component| if waits { Part::Wait(component) } else { Part::Service(component) })
                }
                _ => current.map(Part::Service),
            };
            found.push(part);
        }
        found
    }

    /// What each hop adds to the time of a flow, the most first; empty when that is not known.
    pub fn hops(&self, flow: u32, central: &Evaluation) -> Vec<Hop> {
        self.hops_of(flow, "p99", central)
    }

    /// The same for another percentile than the 99th.
    pub fn hops_of(&self, flow: u32, percentile: &str, central: &Evaluation) -> Vec<Hop> {
        let Some(value) = self.get(Subject::Flow(flow), "latency.p99") else { return Vec::new() };
        let Some((block, _)) = self.sheet.block(value) else { return Vec::new() };
        let Some(calculation) = self.sheet.inputs(value).first() else { return Vec::new() };
        let inputs = self.sheet.inputs(*calculation);
        let numbers: Vec<f64> = inputs.iter().map(|input| central.of(*input)).collect();
        if numbers.iter().any(|number| !number.is_finite()) {
            return Vec::new();
        }
        let names = block.outputs();
        let place = |wanted: &str| names.iter().position(|name| *name == wanted);
        let (Some(mean), Some(tail)) = (place("mean"), place(percentile)) else { return Vec::new() };
        let mut groups: BTreeMap<Part, Vec<usize>> = BTreeMap::new();
        for (index, (input, part)) in inputs.iter().zip(self.parts_of(flow, inputs)).enumerate() {
            if self.sheet.dimension(*input) == Dimension::TIME {
                groups.entry(part.unwrap_or(Part::Rest)).or_default().push(index);
            }
        }
        let mut outputs = vec![f64::NAN; names.len()];
        let mut scaled = |indexes: &[usize], factor: f64| {
            let mut changed = numbers.clone();
            for index in indexes {
                changed.iter_mut().skip(*index).take(1).for_each(|number| *number *= factor);
            }
            block.evaluate(&changed, &mut outputs);
            let at = |index: usize| outputs.get(index).copied().unwrap_or(f64::NAN);
            (at(mean), at(tail))
        };
        let mut hops: Vec<Hop> = Vec::new();
        for (part, indexes) in &groups {
            let (more, less) = (scaled(indexes, 1.0 + STEP), scaled(indexes, 1.0 - STEP));
            let slope = |more: f64, less: f64| ((more - less) / (2.0 * STEP)).max(0.0);
            hops.push(Hop { part: *part, mean: slope(more.0, less.0), tail: slope(more.1, less.1) });
        }
        let all = hops.iter().fold((0.0, 0.0), |(mean, tail), hop| (mean + hop.mean, tail + hop.tail));
        let share = |own: f64, all: f64| if all > 0.0 { own / all } else { 0.0 };
        for hop in &mut hops {
            hop.mean = share(hop.mean, all.0);
            hop.tail = share(hop.tail, all.1);
        }
        hops.retain(|hop| hop.mean.is_finite() && hop.tail.is_finite());
        hops.sort_by(|a, b| b.tail.total_cmp(&a.tail));
        hops
    }

    /// What a part of a flow's time is called.
    pub fn part_name(&self, part: Part) -> String {
        match part {
            Part::Service(component) => self.model.component_name(component).to_owned(),
            Part::Wait(component) => format!("waiting at {}", self.model.component_name(component)),
            Part::Pauses => "timeouts and pauses".to_owned(),
            Part::Rest => "the rest".to_owned(),
        }
    }

    /// What has to fail together for a flow to fail, single points of failure first and the most probable first among
    /// equals, and whether these are all with so many parts.
    pub fn cuts(&self, flow: usize, most_parts: usize, central: &Evaluation) -> Option<(Vec<Cut>, bool)> {
        const MOST_SETS: usize = 400;
        let structure = self.structures.get(flow)?.as_ref()?;
        let found = reliability::minimal_cut_sets(&structure.diagram, most_parts, MOST_SETS);
        let mut cuts: Vec<Cut> = Vec::new();
        for set in &found.sets {
            let mut cut = Cut { components: Vec::new(), on_some_runs: false, probability: 1.0 };
            for part in set {
                match structure.parts.get(*part as usize) {
                    Some(super::availability::Part::Component(component)) => {
                        cut.components.push(*component);
                        let up = self.get(Subject::Component(*component), "availability");
                        cut.probability *= up.map_or(f64::NAN, |up| 1.0 - central.of(up));
                    }
                    Some(super::availability::Part::NotTaken(value)) => {
                        cut.on_some_runs = true;
                        cut.probability *= central.of(*value);
                    }
                    None => {}
                }
            }
            cut.components.sort_unstable();
            if !cut.components.is_empty() && !cuts.iter().any(|known| known.components == cut.components) {
                cuts.push(cut);
            }
        }
        let order = |cut: &Cut| if cut.probability.is_nan() { f64::INFINITY } else { cut.probability };
        cuts.sort_by(|a, b| a.components.len().cmp(&b.components.len()).then(order(b).total_cmp(&order(a))));
        Some((cuts, found.complete))
    }
}

/// Whom a flow calls and waits for, in the order in which their times are put together.
fn receivers(calls: &Calls<'_, '_>, items: &[Item], order: &mut Vec<u32>, depth: usize) {
    if depth > 64 {
        return;
    }
    for item in items {
        match item {
            Item::Call(index) => {
                let Some(call) = calls.calls.get(*index).filter(|call| call.waits) else { continue };
                order.push(call.to);
                receivers(calls, &call.body, order, depth + 1);
                for inner in [&call.on_miss, &call.fallback].into_iter().flatten() {
                    receivers(calls, inner, order, depth + 1);
                }
            }
            Item::Group(index) => {
                let Some(group) = calls.groups.get(*index).filter(|group| !group.in_background) else {
                    continue;
                };
                for branch in &group.branches {
                    receivers(calls, &branch.items, order, depth + 1);
                }
            }
        }
    }
}
