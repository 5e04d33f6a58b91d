//! Calls as rules look at them: the characters of their arrows, what they do, and what is around them.

use crate::estimate::calls::{Call, Calls, Group, Item};
use crate::estimate::{READS, TAKES_OUT, WRITES};
use crate::model::Model;
use crate::model::components::Role;
use crate::quantity::{self, Currency, Dimension};
use crate::source::Span;
use crate::spec::arrow::Hop;
use crate::spec::flow::Step;

/// The arrow of a call.
pub fn hop<'m, 't>(model: &Model<'_>, call: &Call<'m, 't>) -> Option<&'m Hop<'t>> {
    let hops = &call.step.others.as_ref()?.hops;
    match (call.is_first, call.is_last) {
        (true, _) => hops.first(),
        (_, true) => hops.last(),
        _ => {
            let name = model.component_name(call.to);
            hops.iter().find(|hop| hop.to.text == name)
        }
    }
}

/// Where the receiver of a call is named.
pub fn span(model: &Model<'_>, call: &Call<'_, '_>) -> Span {
    hop(model, call).map_or_else(|| call.step.node.span(), |hop| hop.to.span)
}

/// Whether the sender itself waits, even if nobody who started the flow does.
pub fn waits(model: &Model<'_>, call: &Call<'_, '_>) -> bool {
    hop(model, call).map_or(call.waits, |hop| hop.waits)
}

/// `app -> links`
pub fn words(model: &Model<'_>, call: &Call<'_, '_>) -> String {
    let arrow = if waits(model, call) { "->" } else { "~>" };
    format!("{} {arrow} {}", model.component_name(call.from), model.component_name(call.to))
}

/// Kind and technology of a component.
pub fn role<'t>(model: &Model<'t>, component: u32) -> Role<'t> {
    model.roles.get(component as usize).copied().unwrap_or_default()
}

/// Whether the receiver is asked to change something.
pub fn writes(call: &Call<'_, '_>) -> bool {
    let names = call.is_last && !call.step.writes.is_empty();
    names || call.operation().is_some_and(|operation| WRITES.contains(&operation))
}

/// Whether the receiver is asked for something and changes nothing.
pub fn only_reads(call: &Call<'_, '_>) -> bool {
    !writes(call) && call.operation().is_some_and(|operation| READS.contains(&operation))
}

/// Whether a message is taken out of a broker.
pub fn takes_out(model: &Model<'_>, call: &Call<'_, '_>) -> bool {
    let takes = call.operation().is_some_and(|operation| TAKES_OUT.contains(&operation));
    takes && role(model, call.to).has("delivers_messages")
}

/// Whether the same request twice is said to do the same as once. It is said of the whole step.
pub fn is_idempotent(step: &Step<'_>) -> bool {
    step.idempotent.is_some_and(|flag| flag.value)
}

/// How many times the sender tries, the first time included.
pub fn attempts(model: &Model<'_>, call: &Call<'_, '_>) -> f64 {
    let retries = call.step.retries.as_deref().filter(|_| call.is_first);
    let attempts = retries.and_then(|retries| retries.attempts.as_ref());
    attempts.and_then(|attempts| model.central(&attempts.written)).unwrap_or(1.0).max(1.0)
}

/// How long the sender waits for one attempt.
pub fn timeout(model: &Model<'_>, call: &Call<'_, '_>) -> Option<f64> {
    let timeout = call.step.timeout.as_ref().filter(|_| call.is_first);
    timeout.and_then(|timeout| model.central(&timeout.written))
}

/// A time as people write it.
pub fn time(seconds: f64) -> String {
    quantity::format(seconds, Dimension::TIME, Currency::Usd)
}

/// A plain number as people write it.
pub fn count(number: f64) -> String {
    quantity::format(number, Dimension::NONE, Currency::Usd)
}

/// What is around the parts of a call.
#[derive(Clone, Copy, Debug)]
pub struct Inside<C> {
    /// Around what the receiver does.
    pub body: C,
    /// Around what happens when the receiver does not have it.
    pub on_miss: C,
    /// Around what is done instead when the call fails.
    pub fallback: C,
}

/// Shows every call with what is around it, in the order in which they happen. Groups say what is around each of
/// their branches, and calls what is around their parts. Nothing is called recursively, because a chain may be as long as a file.
pub fn walk<'c, 'm, 't, C: Copy>(
    calls: &'c Calls<'m, 't>,
    outermost: C,
    enter: &mut dyn FnMut(&'c Group<'m, 't>, usize, C) -> C,
    visit: &mut dyn FnMut(&'c Call<'m, 't>, C) -> Inside<C>,
) {
    let mut waiting: Vec<(Item, C)> = calls.roots.iter().rev().map(|item| (*item, outermost)).collect();
    while let Some((item, around)) = waiting.pop() {
        match item {
            Item::Call(index) => {
                let Some(call) = calls.calls.get(index) else { continue };
                let inside = visit(call, around);
                let mut put = |items: Option<&Vec<Item>>, around: C| {
                    waiting.extend(items.into_iter().flatten().rev().map(|item| (*item, around)));
                };
                put(call.fallback.as_ref(), inside.fallback);
                put(call.on_miss.as_ref(), inside.on_miss);
                put(Some(&call.body), inside.body);
            }
            Item::Group(index) => {
                let Some(group) = calls.groups.get(index) else { continue };
                let begin = waiting.len();
                for (at, branch) in group.branches.iter().enumerate() {
                    let around = enter(group, at, around);
                    waiting.extend(branch.items.iter().map(|item| (*item, around)));
                }
                // The last that is put there is the first that is taken.
                waiting.get_mut(begin..).into_iter().for_each(<[_]>::reverse);
            }
        }
    }
}
