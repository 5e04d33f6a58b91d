//! Steps → calls: what is called within what, so that a caller that waits holds on until all below it is done.
//!
//! The steps of a flow are a list, as people write them. A call is nested in the latest open call that reached its
//! sender: after `a -> b`, the step `b -> c` happens while `a` waits. Steps under a condition, in a loop or side by side
//! form a group of their own.

use crate::model::Model;
use crate::model::names::Space;
use crate::spec::arrow::Line;
use crate::spec::component_numbers::Latency;
use crate::spec::flow::{Fallback, Flow, Parallel, Step};
use crate::spec::quantities::{Quantity, Share};
use std::collections::BTreeSet;

/// One call or message.
#[derive(Debug)]
pub struct Call<'m, 't> {
    /// Index of the sender among the components.
    pub from: u32,
    /// Index of the receiver.
    pub to: u32,
    /// Whether the sender waits for the answer.
    pub waits: bool,
    /// The step that it is part of.
    pub step: &'m Step<'t>,
    /// Whether what is said of the sender (timeout, retries) is about this hop: the first of the step.
    pub is_first: bool,
    /// Whether what is said of the receiver (operation, data) is about this hop: the last of the step.
    pub is_last: bool,
    /// What the receiver does before it answers.
    pub body: Vec<Item>,
    /// What happens when the receiver does not have it.
    pub on_miss: Option<Vec<Item>>,
    /// What is done instead when the call fails.
    pub fallback: Option<Vec<Item>>,
}

/// A part of a scenario.
#[derive(Clone, Copy, Debug)]
pub enum Item {
    /// A call, by index.
    Call(usize),
    /// A group, by index.
    Group(usize),
}

/// How the branches of a group go together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Together {
    /// There is one.
    One,
    /// One of them is taken.
    Either,
    /// All of them, side by side.
    Parallel,
}

/// Steps under a condition, in a loop, or side by side.
#[derive(Debug)]
pub struct Group<'m, 't> {
    /// The step that says so.
    pub step: &'m Step<'t>,
    /// How the branches go together.
    pub together: Together,
    /// The branches, each with how often it is taken, when that is said.
    pub branches: Vec<Branch<'m, 't>>,
    /// Whether nobody who started the flow waits for it.
    pub in_background: bool,
}

/// One branch of a group.
#[derive(Debug)]
pub struct Branch<'m, 't> {
    /// How often it is taken, when that is said.
    pub chance: Option<&'m Quantity<'t, Share>>,
    /// What happens then.
    pub items: Vec<Item>,
}

/// The calls of a flow.
#[derive(Debug, Default)]
pub struct Calls<'m, 't> {
    /// All calls, outer ones before inner ones.
    pub calls: Vec<Call<'m, 't>>,
    /// All groups.
    pub groups: Vec<Group<'m, 't>>,
    /// What happens, in order.
    pub roots: Vec<Item>,
    /// Who starts it.
    pub starter: Option<u32>,
}

impl<'m> Call<'m, '_> {
    /// What the receiver is asked to do: as written, or else what the data it touches implies.
    pub fn operation(&self) -> Option<&'m str> {
        if !self.is_last {
            return None;
        }
        let implied = || match (self.step.writes.is_empty(), self.step.reads.is_empty()) {
            (false, _) => Some("write"),
            (true, false) => Some("read"),
            (true, true) => None,
        };
        self.step.operation.map(|operation| operation.text).or_else(implied)
    }

    /// Whether the flow goes on when it fails.
    pub fn is_optional(&self) -> bool {
        let in_words = matches!(self.step.fallback, Some(Fallback::Words(_)));
        self.is_first && (self.step.optional.is_some_and(|flag| flag.value) || in_words)
    }

    /// How long the receiver takes, when that is said of the step.
    pub fn latency(&self) -> Option<&Latency<'_>> {
        self.step.latency.as_deref().filter(|_| self.is_last)
    }
}

/// Steps that are being placed: the calls that are still open, and what is not inside any of them.
#[derive(Default)]
struct Frame {
    open: Vec<usize>,
    items: Vec<Item>,
}

struct Walker<'w, 'm, 't> {
    model: &'m Model<'t>,
    calls: &'w mut Calls<'m, 't>,
    /// Who takes part while the starter waits.
    reached: BTreeSet<u32>,
    /// Whether a message has been sent that nobody waits for.
    has_sent: bool,
}

/// The calls of a flow, nested as they happen.
pub fn read<'m, 't>(model: &'m Model<'t>, flow: &'m Flow<'t>) -> Calls<'m, 't> {
    let mut calls = Calls::default();
    let mut walker = Walker { model, calls: &mut calls, reached: BTreeSet::new(), has_sent: false };
    let mut frame = Frame::default();
    walker.steps(&flow.steps, &mut frame);
    calls.roots = frame.items;
    calls
}

/// Who sends first in some steps.
fn first_sender(model: &Model<'_>, steps: &[Line<Step<'_>>]) -> Option<u32> {
    let mut found = None;
    crate::model::flows::each_step(steps, &mut |step| {
        if let (None, Some(arrow)) = (found, &step.others) {
            found = model.names.find(Space::Component, arrow.from.text);
        }
    });
    found
}

impl<'m, 't> Walker<'_, 'm, 't> {
    fn steps(&mut self, steps: &'m [Line<Step<'t>>], frame: &mut Frame) {
        for step in steps {
            self.step(step, frame);
        }
    }

    fn branch(&mut self, steps: &'m [Line<Step<'t>>]) -> Vec<Item> {
        let mut frame = Frame::default();
        self.steps(steps, &mut frame);
        frame.items
    }

    fn step(&mut self, step: &'m Step<'t>, frame: &mut Frame) {
        let repeated = step.chance.is_some() || step.times.is_some();
        if repeated || !step.steps.is_empty() {
            // One branch that holds everything the step says.
            let from = match &step.others {
                Some(arrow) => self.model.names.find(Space::Component, arrow.from.text),
                None => self.first_of(step),
            };
            let mut inner = Frame::default();
            self.arrow(step, &mut inner);
            self.steps(&step.steps, &mut inner);
            self.choices(step, &mut inner);
            let branch = Branch { chance: step.chance.as_ref(), items: inner.items };
            self.group(step, Together::One, vec![branch], from, frame);
            return;
        }
        self.arrow(step, frame);
        self.choices(step, frame);
    }

    fn first_of(&self, step: &'m Step<'t>) -> Option<u32> {
        let either = step.either.iter().find_map(|way| first_sender(self.model, &way.steps));
        let parallel = || match &step.parallel {
            Some(Parallel::Branches(branches)) => {
                branches.iter().find_map(|branch| first_sender(self.model, branch))
            }
            _ => None,
        };
        first_sender(self.model, &step.steps).or(either).or_else(parallel)
    }

    fn choices(&mut self, step: &'m Step<'t>, frame: &mut Frame) {
        if !step.either.is_empty() {
            let from = step.either.iter().find_map(|way| first_sender(self.model, &way.steps));
            let branches = step
                .either
                .iter()
                .map(|way| Branch { chance: way.chance.as_ref(), items: self.branch(&way.steps) })
                .collect();
            self.group(step, Together::Either, branches, from, frame);
        }
        if let Some(Parallel::Branches(ways)) = &step.parallel {
            let from = ways.iter().find_map(|way| first_sender(self.model, way));
            let branches = ways.iter().map(|way| Branch { chance: None, items: self.branch(way) }).collect();
            self.group(step, Together::Parallel, branches, from, frame);
        }
    }

    fn arrow(&mut self, step: &'m Step<'t>, frame: &mut Frame) {
        let Some(arrow) = &step.others else { return };
        let find = |text: &str| self.model.names.find(Space::Component, text);
        let Some(mut from) = find(arrow.from.text) else { return };
        let hops: Vec<(u32, bool)> =
            arrow.hops.iter().filter_map(|hop| Some((find(hop.to.text)?, hop.waits))).collect();
        let count = hops.len();
        for (at, (to, waits)) in hops.into_iter().enumerate() {
            let (is_first, is_last) = (at == 0, at + 1 == count);
            let on_miss = (is_last && !step.on_miss.is_empty()).then(|| self.branch(&step.on_miss));
            let fallback = match &step.fallback {
                Some(Fallback::Steps(steps)) if is_first => Some(self.branch(steps)),
                _ => None,
            };
            let call = Call { from, to, waits, step, is_first, is_last, body: Vec::new(), on_miss, fallback };
            let index = self.calls.calls.len();
            self.calls.calls.push(call);
            let in_background = self.attach(Item::Call(index), from, frame);
            if in_background {
                if let Some(call) = self.calls.calls.get_mut(index) {
                    call.waits = false;
                }
            } else if waits {
                self.reached.insert(to);
            } else {
                self.has_sent = true;
            }
            frame.open.push(index);
            from = to;
        }
    }

    fn group(
        &mut self,
        step: &'m Step<'t>,
        together: Together,
        branches: Vec<Branch<'m, 't>>,
        from: Option<u32>,
        frame: &mut Frame,
    ) {
        let index = self.calls.groups.len();
        self.calls.groups.push(Group { step, together, branches, in_background: false });
        let in_background = match from {
            Some(from) => self.attach(Item::Group(index), from, frame),
            None => {
                frame.items.push(Item::Group(index));
                false
            }
        };
        if let Some(group) = self.calls.groups.get_mut(index) {
            group.in_background = in_background;
        }
    }

    /// Puts something where its sender is at work. Says whether the starter of the flow does not wait for it: the sender
    /// has been reached by nobody, but a message has been sent.
    fn attach(&mut self, item: Item, from: u32, frame: &mut Frame) -> bool {
        let callee = |calls: &Calls<'_, '_>, open: usize| calls.calls.get(open).map(|call| call.to);
        if let Some(at) = frame.open.iter().rposition(|open| callee(self.calls, *open) == Some(from)) {
            frame.open.truncate(at + 1);
            if let Some(call) = frame.open.last().and_then(|open| self.calls.calls.get_mut(*open)) {
                call.body.push(item);
                return false;
            }
        }
        frame.open.clear();
        frame.items.push(item);
        if self.calls.starter.is_none() {
            self.calls.starter = Some(from);
            self.reached.insert(from);
        }
        self.has_sent && !self.reached.contains(&from)
    }
}
