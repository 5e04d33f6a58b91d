use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::spec::component_parts::Consistency;
use crate::spec::flow::Atomicity;
use std::collections::BTreeSet;

rule! {
    /// One transaction over data that lies in different stores.
    ///
    /// ## Why
    /// A transaction ends at its store. Over two of them it takes a protocol in which both prepare and then commit, which few stores have,
    /// and which holds locks for as long as the coordinator is away (Kleppmann, *Designing Data-Intensive Applications*, 2017, chapter 9,
    /// "Distributed transactions in practice"). A saga, or keeping both in one store, is the ordinary way.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, cross-store-transaction: warning }
    /// data:
    ///   order: { size: 1 KB, stored_in: orders }
    ///   payment: { size: 1 KB, stored_in: payments }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    ///   payments: { kind: database }
    /// flows:
    ///   buy:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> orders: insert the order and the payment, in one transaction
    ///         writes: [order, payment]
    /// #       ^^^^^^ cross-store-transaction
    ///       - app -> payments: look
    ///         reads: [payment]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, cross-store-transaction: warning }
    /// data:
    ///   order: { size: 1 KB, stored_in: orders }
    ///   payment: { size: 1 KB, stored_in: payments }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    ///   payments: { kind: database }
    /// flows:
    ///   buy:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> orders: insert the order as new
    ///         writes: [order]
    ///       - app -> payments: insert the payment; when it fails, the order is cancelled
    ///         writes: [payment]
    ///         atomicity: saga
    /// ```
    "cross-store-transaction": Warning, Consistency, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for call in case.calls().iter().flat_map(|calls| &calls.calls).filter(|call| call.is_last) {
        let step = call.step;
        let role = hops::role(case, call.to);
        let name = case.component_name(call.to);
        let two_phase = step.atomicity.filter(|it| it.value == Atomicity::TwoPhaseCommit);
        let cannot = ["stores_blobs", "caches", "external"].iter().any(|wanted| role.has(wanted));
        if let Some(said) = two_phase.filter(|said| cannot && told.insert(said.span)) {
            let message = format!("`{name}` cannot take part in a two-phase commit");
            let help = "keep it in step in another way: `atomicity: saga`, `outbox` or `reconciliation`";
            out.push(RULE.finding(said.span, message).help(help));
            continue;
        }
        let is_one = role.has("holds_state")
            || step.consistency.is_some_and(|it| it.value == Consistency::Serializable);
        let Some(span) =
            step.key_span("writes").filter(|_| is_one && two_phase.is_none() && step.writes.len() > 1)
        else {
            continue;
        };
        let places: Vec<(&str, Vec<&str>)> = step
            .writes
            .iter()
            .filter_map(|name| {
                let index = case.names.find(Space::Data, name.text)?;
                let entry = case.design.data.entries.get(index as usize)?;
                let stores: Vec<&str> = entry.value.stored_in.iter().map(|store| store.text).collect();
                (!stores.is_empty()).then_some((name.text, stores))
            })
            .collect();
        let Some(((one, first), others)) = places.split_first() else { continue };
        let apart = others.iter().find(|(_, stores)| !stores.iter().any(|store| first.contains(store)));
        let (Some((two, second)), true) = (apart, step.atomicity.is_none()) else { continue };
        let (Some(first), Some(second)) = (first.first(), second.first()) else { continue };
        if told.insert(span) {
            let message = format!(
                "one write changes `{one}` in `{first}` and `{two}` in `{second}`, which share no transaction"
            );
            let help = "keep both in one store, or write them in two steps and say what keeps them in step: `atomicity: saga`";
            out.push(RULE.finding(span, message).help(help));
        }
    }
}
