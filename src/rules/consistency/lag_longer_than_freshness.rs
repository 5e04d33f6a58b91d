use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// Followers that are further behind than the data may be old.
    ///
    /// ## Why
    /// A follower answers with what it has. When it is usually further behind than a read may be old, the promise is broken in ordinary
    /// operation, and more so under load, when the lag grows (Kleppmann, *Designing Data-Intensive Applications*, 2017, chapter 5,
    /// "Problems with replication lag").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, lag-longer-than-freshness: warning }
    /// data:
    ///   price: { size: 100 B, freshness: 1 s, stored_in: prices }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   prices: { kind: database, replicas: 2, replication: { mode: leader-follower, sync: async, lag: 5 s }, consistency: eventual }
    /// #                                                                                           ^^^ lag-longer-than-freshness
    /// flows:
    ///   look: { rate: 10 / s, steps: ["browser -> app -> prices: select"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, lag-longer-than-freshness: warning }
    /// data:
    ///   price: { size: 100 B, freshness: 1 s, stored_in: prices }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   prices: { kind: database, replicas: 2, replication: { mode: leader-follower, sync: async, lag: 200 ms }, consistency: eventual }
    /// flows:
    ///   look: { rate: 10 / s, steps: ["browser -> app -> prices: select"] }
    /// ```
    ///
    /// ## Known false positives
    /// Followers that nobody reads from. With `consistency: strong` on the store nothing is said.
    "lag-longer-than-freshness": Warning, Consistency, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for entry in &case.design.data {
        let Some(freshness) = &entry.value.freshness else { continue };
        let Some(limit) = case.central(&freshness.written) else { continue };
        for store in &entry.value.stored_in {
            let Some(index) = case.names.find(Space::Component, store.text) else { continue };
            let Some(component) = support::component(case, index) else { continue };
            let Some(lag) = component.replication.as_ref().and_then(|replication| replication.lag.as_ref())
            else {
                continue;
            };
            let weak = component.consistency.is_none_or(|it| support::rank(it.value) < 3);
            let behind = case.central(&lag.written).filter(|behind| *behind > limit && weak);
            let Some(behind) = behind.filter(|_| told.insert(index)) else { continue };
            let (name, data) = (store.text, entry.name.text);
            let span = component.replication.as_ref().and_then(|it| it.key_span("lag")).unwrap_or(store.span);
            let message = format!(
                "a `{data}` from a follower of `{name}` is {} old, and {} is asked for",
                hops::time(behind),
                hops::time(limit)
            );
            let help = "keep followers nearer, or read from the leader and say so: `consistency: strong`";
            out.push(RULE.finding(span, message).related(freshness.span(), "no older than this").help(help));
        }
    }
}
