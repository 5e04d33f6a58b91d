//! What goes into calculations with several results, in the words of the design: which hops a time is put together from, and
//! what has to be up.

use super::Estimate;
use super::availability;
use super::calls::{self, Calls, Item, Together};
use super::derivation::Derivation;
use super::evaluation::Evaluation;
use super::label::{Label, Subject};
use super::shares::Part;
use super::sheet::{Op, Value};
use crate::quantity::Dimension;

/// A wait that is shorter is not worth a word.
const LEAST_WAIT: f64 = 1e-7;

impl Estimate<'_, '_> {
    /// Says what goes into a result of a calculation about a flow or a component, where more can be said than the
    /// calculation knows by itself.
    pub(super) fn put_into_words(&self, derivation: &mut Derivation, central: &Evaluation) {
        let value = derivation.value;
        let Some((block, which)) = self.sheet.block(value) else { return };
        let Some(calculation) = self.sheet.inputs(value).first() else { return };
        let what = block.outputs().get(which as usize).copied().unwrap_or_default();
        let inputs = self.sheet.inputs(*calculation);
        let first = Value(calculation.0.saturating_add(1));
        let Some(Label::Address(subject, name)) = self.sheet.label(first) else { return };
        match (*subject, *name) {
            (Subject::Flow(flow), "latency.mean") => {
                let Some(entry) = self.model.design.flows.entries.get(flow as usize) else { return };
                let calls = calls::read(self.model, &entry.value);
                let words = self.items(&calls, &calls.roots, central, 0);
                derivation.formula = format!("{} of: {}", in_words(what), words.join(" + "));
                derivation.with_numbers.clear();
                derivation.inputs = self.hop_inputs(flow, inputs, central);
            }
            (Subject::Component(component), "latency.mean") => {
                let name = self.model.component_name(component);
                let wait = self.wait_of(component, central);
                let own = format!("the time {name} itself takes");
                let words = if wait.is_some() { format!("wait at {name} + {own}") } else { own };
                derivation.formula = format!("{} of: {words}", in_words(what));
                derivation.with_numbers.clear();
                let times = inputs.iter().copied().filter(|input| self.is_named_time(*input));
                derivation.inputs = distinct(wait.into_iter().chain(times));
            }
            (Subject::Flow(flow), "availability") => self.say_what_is_needed(derivation, flow, what, central),
            _ => {}
        }
    }

    /// What a fact of a step is called: steps have no names, but their ends have.
    pub(super) fn step_fact(&self, flow: u32, key: &str) -> String {
        let path = Subject::Flow(flow).path(self.model);
        let plain = || format!("{path}.{key}");
        let Some((place, fact)) = key.split_once('.') else { return plain() };
        if place.starts_with("group") {
            return format!("{fact} of steps in {path}");
        }
        let number = place.strip_prefix("call").and_then(|number| number.parse::<usize>().ok());
        let entry = self.model.design.flows.entries.get(flow as usize);
        let (Some(number), Some(entry)) = (number, entry) else { return plain() };
        let calls = calls::read(self.model, &entry.value);
        let Some(call) = calls.calls.get(number) else { return plain() };
        let [from, to] = [call.from, call.to].map(|component| self.model.component_name(component));
        format!("{fact} of {from} -> {to} in {path}")
    }

    fn is_named_time(&self, input: Value) -> bool {
        let is_time = self.sheet.dimension(input) == Dimension::TIME;
        is_time
            && (self.sheet.label(input).is_some()
                || matches!(self.sheet.op(input), Op::Drawn(_) | Op::Missing(_)))
    }

    /// The mean wait at a component, when anybody waits there.
    fn wait_of(&self, component: u32, central: &Evaluation) -> Option<Value> {
        let wait = self.get(Subject::Component(component), "wait.mean")?;
        (central.of(wait) > LEAST_WAIT).then_some(wait)
    }

    /// For each hop its wait and what is known of its service.
    fn hop_inputs(&self, flow: u32, inputs: &[Value], central: &Evaluation) -> Vec<Value> {
        let mut found = Vec::new();
        for (input, part) in inputs.iter().zip(self.parts_of(flow, inputs)) {
            let is_time = self.sheet.dimension(*input) == Dimension::TIME;
            match part {
                Some(Part::Wait(component)) => found.extend(self.wait_of(component, central)),
                _ if is_time => found.push(*input),
                // Shares of branches, hits of caches, copies: what has a name of its own and is not about a line.
                _ => match self.sheet.label(*input) {
                    Some(Label::Address(_, name)) if !name.starts_with("wait") => found.push(*input),
                    Some(Label::Written { .. }) => found.push(*input),
                    _ => {}
                },
            }
        }
        let is_of_line = |value: &Value| {
            matches!(
                self.sheet.label(*value),
                Some(Label::Address(_, "load.peak" | "replicas" | "utilization" | "instances"))
            )
        };
        distinct(found.into_iter().filter(|value| !is_of_line(value)))
    }

    /// The hops of some steps.
    fn items(
        &self,
        calls: &Calls<'_, '_>,
        items: &[Item],
        central: &Evaluation,
        depth: usize,
    ) -> Vec<String> {
        let mut words = Vec::new();
        if depth > 32 {
            return vec!["…".to_owned()];
        }
        for item in items {
            match item {
                Item::Call(index) => {
                    let Some(call) = calls.calls.get(*index).filter(|call| call.waits) else { continue };
                    let name = self.model.component_name(call.to);
                    let is_client =
                        self.model.roles.get(call.to as usize).is_some_and(|role| role.has("is_client"));
                    if !is_client {
                        if self.wait_of(call.to, central).is_some() {
                            words.push(format!("wait at {name}"));
                        }
                        words.push(name.to_owned());
                    }
                    words.extend(self.items(calls, &call.body, central, depth + 1));
                    let mut inner = |label: &str, items: &Option<Vec<Item>>| {
                        let inner = items.as_ref().map(|items| self.items(calls, items, central, depth + 1));
                        if let Some(inner) = inner.filter(|inner| !inner.is_empty()) {
                            words.push(format!("{label} ({})", inner.join(" + ")));
                        }
                    };
                    inner("on a miss", &call.on_miss);
                    inner("when that fails", &call.fallback);
                }
                Item::Group(index) => {
                    let Some(group) = calls.groups.get(*index).filter(|group| !group.in_background) else {
                        continue;
                    };
                    let branches: Vec<String> = group
                        .branches
                        .iter()
                        .map(|branch| self.items(calls, &branch.items, central, depth + 1).join(" + "))
                        .filter(|branch| !branch.is_empty())
                        .collect();
                    if branches.is_empty() {
                        continue;
                    }
                    let joined = branches.join(", ");
                    words.push(match group.together {
                        Together::Parallel if group.step.wait_for.is_some() => {
                            format!("the first of ({joined})")
                        }
                        Together::Parallel => format!("the slowest of ({joined})"),
                        Together::Either => format!("one of ({joined})"),
                        Together::One if group.step.times.is_some() => format!("several times ({joined})"),
                        Together::One => format!("sometimes ({joined})"),
                    });
                }
            }
        }
        words
    }

    /// What stops a flow, and the availability of everything it needs.
    fn say_what_is_needed(&self, derivation: &mut Derivation, flow: u32, what: &str, central: &Evaluation) {
        const MOST: usize = 12;
        let Some(Some(structure)) = self.structures.get(flow as usize) else { return };
        let Some((cuts, is_complete)) = self.cuts(flow as usize, 2, central) else { return };
        let names = |components: &[u32]| {
            let names: Vec<&str> =
                components.iter().map(|component| self.model.component_name(*component)).collect();
            names.join(" + ")
        };
        let mut words: Vec<String> = cuts
            .iter()
            .take(MOST)
            .map(|cut| {
                let names = names(&cut.components);
                if cut.on_some_runs { format!("{names} (on some runs)") } else { names }
            })
            .collect();
        match cuts.len().saturating_sub(MOST) {
            0 if is_complete => {}
            0 => words.push("and other combinations".to_owned()),
            more => words.push(format!("and {more} other combinations")),
        }
        let stops = match words.is_empty() {
            true => "no one or two components alone".to_owned(),
            false => words.join(", "),
        };
        let begin = match what {
            "outages" => "how often one of these goes down",
            "unavailability" => "the share of time in which one of these is down",
            _ => "the share of time in which none of these is down",
        };
        derivation.formula = format!("{begin}: {stops}");
        derivation.with_numbers.clear();
        let wanted = if what == "outages" { "outages" } else { "availability" };
        let parts = structure.parts.iter().filter_map(|part| match part {
            availability::Part::Component(component) => self.get(Subject::Component(*component), wanted),
            availability::Part::NotTaken(_) => None,
        });
        derivation.inputs = distinct(parts);
    }
}

fn distinct(values: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    for value in values {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

/// `bound p99` in words.
fn in_words(what: &str) -> String {
    match what.strip_prefix("bound ") {
        Some(share) => format!("{share}, if all are slow at once,"),
        None if what == "failed" => "share of runs that fail".to_owned(),
        None => what.to_owned(),
    }
}
