use super::support;
use crate::diagnostic::Diagnostic;
use crate::estimate::calls::{Call, Calls, Group, Together};
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::{hops, messages};
use std::collections::{BTreeMap, BTreeSet};

rule! {
    /// Two places that one component writes to in turn, with nothing to keep them in step.
    ///
    /// ## Why
    /// The first write succeeds, then the process dies, and the second never happens: an order that nobody hears of, an event for something
    /// that does not exist. No order of the two helps. Either one of them follows from the other (an outbox, change data capture), or what
    /// was done is undone (a saga), or the whole is repeated until it is done (Kleppmann, *Designing Data-Intensive Applications*, 2017,
    /// chapter 11, "Keeping systems in sync"; Richardson, *Microservices Patterns*, 2018, chapters 3 and 4; Garcia-Molina and Salem,
    /// *Sagas*, SIGMOD 1987). `atomicity:` at one of the two steps says how.
    ///
    /// Consumers of a broker and scheduled flows whose writes are idempotent do everything again anyway, and are left alone.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, dual-write: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    ///   events: { kind: stream }
    /// flows:
    ///   buy:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> orders: insert the order
    ///         operation: write
    ///       - app ~> events: an order was placed
    /// #              ^^^^^^ dual-write
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, dual-write: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    ///   events: { kind: stream }
    /// flows:
    ///   buy:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> orders: insert the order and what is to be told of it
    ///         operation: write
    ///       - app ~> events: an order was placed
    ///         atomicity: outbox
    /// ```
    ///
    /// ## When to allow it
    /// When the second may be lost: `optional: true` or `atomicity: best-effort` at its step say so as well.
    "dual-write": Warning, Consistency, Recommended, since "0.2.0", check
}

/// A way that is taken instead of others: its group, which of them, and what is around it.
#[derive(Clone, Copy)]
struct Way {
    around: Option<usize>,
    group: usize,
    branch: usize,
}

/// A write of a flow.
#[derive(Clone, Copy)]
struct Write<'c, 'm, 't> {
    call: &'c Call<'m, 't>,
    way: Option<usize>,
}

/// So many writes of one component in one flow are compared.
const MOST: usize = 16;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let consumers: BTreeSet<(u32, u32)> =
        messages::taken(case).values().flatten().map(|taken| (taken.flow, taken.by)).collect();
    let mut told: BTreeSet<(u32, u32, u32)> = BTreeSet::new();
    for ((flow, entry), calls) in (0..).zip(&case.design.flows).zip(case.calls()) {
        if calls.calls.iter().filter(|call| place(case, call).is_some()).count() < 2 {
            continue;
        }
        let (ways, writes) = writes(case, calls);
        for (sender, writes) in writes {
            let is_repeated = consumers.contains(&(flow, sender)) || entry.value.every.is_some();
            let harmless = writes.iter().all(|write| {
                place(case, write.call) == Some(Place::Broker) || hops::is_idempotent(write.call.step)
            });
            if is_repeated && harmless {
                continue;
            }
            for (at, second) in writes.iter().enumerate() {
                let first = writes.iter().take(at.min(MOST)).find(|first| {
                    let both = [first.call, second.call];
                    let two_brokers = both.map(|call| place(case, call)) == [Some(Place::Broker); 2];
                    let said = both.iter().any(|call| call.step.atomicity.is_some());
                    first.call.to != second.call.to
                        && !two_brokers
                        && !said
                        && !exclude(&ways, first.way, second.way)
                });
                let Some(first) = first else { continue };
                if told.insert((sender, first.call.to, second.call.to)) {
                    out.push(report(case, first.call, second.call));
                }
            }
        }
    }
}

fn report(case: &Case<'_, '_>, first: &Call<'_, '_>, second: &Call<'_, '_>) -> Diagnostic {
    let [one, two] = [first, second].map(|call| case.component_name(call.to));
    let sender = case.component_name(second.from);
    let message = format!("`{sender}` writes to `{one}` and then to `{two}`, and may die in between");
    let help = "say what keeps them in step: `atomicity: outbox`, `saga`, `retry` or `reconciliation` at this step, or `best-effort` when it may be lost";
    RULE.finding(hops::span(case, second), message)
        .related(hops::span(case, first), "this is done by then")
        .help(help)
}

/// The writes of a flow that must not fail, by who makes them, and the ways that they lie on.
fn writes<'c, 'm, 't>(
    case: &Case<'_, '_>,
    calls: &'c Calls<'m, 't>,
) -> (Vec<Way>, BTreeMap<u32, Vec<Write<'c, 'm, 't>>>) {
    let mut ways: Vec<Way> = Vec::new();
    let mut writes: BTreeMap<u32, Vec<Write<'_, '_, '_>>> = BTreeMap::new();
    hops::walk(
        calls,
        (None, false),
        &mut |group: &Group<'_, '_>, branch, (around, may_fail)| {
            let may_fail = may_fail || group.step.optional.is_some_and(|flag| flag.value);
            if group.together != Together::Either {
                return (around, may_fail);
            }
            // The step tells groups apart: each stands in the text once.
            ways.push(Way { around, group: group.step.node.span().start as usize, branch });
            (Some(ways.len() - 1), may_fail)
        },
        &mut |call, (way, may_fail)| {
            let may_fail = may_fail || call.is_optional();
            if place(case, call).is_some() && !may_fail {
                writes.entry(call.from).or_default().push(Write { call, way });
            }
            let inside = (way, may_fail);
            hops::Inside { body: inside, on_miss: inside, fallback: (way, true) }
        },
    );
    (ways, writes)
}

/// Where something lasting is put.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Store,
    Broker,
}

fn place(case: &Case<'_, '_>, call: &Call<'_, '_>) -> Option<Place> {
    let role = hops::role(case, call.to);
    let sender = hops::role(case, call.from);
    if role.has("delivers_messages") {
        // Who sends is told from who takes: `queue -> worker` and `worker -> queue: consume`.
        let sends =
            !hops::takes_out(case, call) && !sender.has("delivers_messages") && !sender.has("is_client");
        return sends.then_some(Place::Broker);
    }
    let durable = support::component(case, call.to)
        .and_then(|it| it.durable)
        .map_or_else(|| role.has("durable"), |it| it.value);
    let keeps = role.has("holds_state")
        && durable
        && !["caches", "observes", "external"].iter().any(|it| role.has(it));
    (keeps && hops::writes(call) && !sender.has("is_client")).then_some(Place::Store)
}

/// Whether two ways are never taken in the same run.
fn exclude(ways: &[Way], one: Option<usize>, other: Option<usize>) -> bool {
    let around = |from: Option<usize>| {
        let mut at = from;
        std::iter::from_fn(move || {
            let way = ways.get(at?)?;
            at = way.around;
            Some((way.group, way.branch))
        })
    };
    let first: Vec<(usize, usize)> = around(one).collect();
    around(other)
        .any(|(group, branch)| first.iter().any(|(known, taken)| *known == group && *taken != branch))
}
