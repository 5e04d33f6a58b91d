use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::{Connection, Via};
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::HashSet;

rule! {
    /// A datastore that calls a program and waits for it.
    ///
    /// ## Why
    /// A store answers; it does not ask. Mostly such a step is the answer to the call before, drawn like an answer in a
    /// sequence diagram: then it counts as a second call, with load, latency and cost of its own. Where a trigger in the store
    /// really calls out, a slow callee holds a transaction and its locks open, and a callee that is down stops all writes.
    /// Kleppmann, "Designing Data-Intensive Applications" (2017), chapter 11, has change data capture in place of that.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   links: database
    /// flows:
    ///   open:
    ///     steps:
    ///       - browser -> app: GET /
    ///       - app -> links: select the link
    ///       - links -> app: the link
    /// #       ^^^^^ datastore-calls-service
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   links: database
    /// flows:
    ///   open:
    ///     steps:
    ///       - browser -> app: GET /
    ///       - app -> links: select the link
    /// ```
    ///
    /// ## Known false positives
    /// Changes that a store hands out as they happen are messages: write `links ~> app: a link was added`.
    "datastore-calls-service": Warning, Architecture, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let is_wanted = |found: &&Connection| {
        let (from, to) = (support::role(case, found.from), support::role(case, found.to));
        found.waits && support::is_datastore(&from) && (to.has("runs_code") || to.has("is_client"))
    };
    if !case.connections.iter().any(|found| is_wanted(&found)) {
        return;
    }
    let asked: HashSet<(u32, u32, Via)> = case
        .connections
        .iter()
        .filter(|found| support::is_datastore(&support::role(case, found.to)))
        .map(|found| (found.from, found.to, found.via))
        .collect();
    let mut told = HashSet::new();
    for call in case.connections.iter().filter(is_wanted) {
        // A flow that the store itself triggers is told how it goes on.
        let flow = match call.via {
            Via::Flow(flow) => case.design.flows.get(flow as usize),
            Via::Use => None,
        };
        let (store, program) = (case.component_name(call.from), case.component_name(call.to));
        let is_trigger = flow.and_then(|flow| flow.value.on).is_some_and(|on| on.text == store);
        if is_trigger || !told.insert((call.from, call.to)) {
            continue;
        }
        let message = format!("the datastore `{store}` calls `{program}` and waits for it");
        let help = match asked.contains(&(call.to, call.from, call.via)) {
            true => format!("an answer is no step: take it out, `{program} -> {store}` waits for it already"),
            false => format!(
                "let `{program}` ask (`{program} -> {store}: …`), or hand out changes as messages: `{store} ~> {program}: …`"
            ),
        };
        out.push(RULE.finding(sender(case, call), message).help(help));
    }
}

/// Where the sender of a connection is named: right before the receiver, or the receiver where that is said elsewhere.
fn sender(case: &Case<'_, '_>, call: &Connection) -> crate::source::Span {
    let Via::Flow(flow) = call.via else { return call.span };
    let mut found = call.span;
    let Some(flow) = case.design.flows.get(flow as usize) else { return found };
    crate::model::flows::each_step(&flow.value.steps, &mut |step| {
        let Some(arrow) = &step.others else { return };
        let senders = std::iter::once(arrow.from.span).chain(arrow.hops.iter().map(|hop| hop.to.span));
        for (sender, hop) in senders.zip(&arrow.hops) {
            if hop.to.span == call.span {
                found = sender;
            }
        }
    });
    found
}
