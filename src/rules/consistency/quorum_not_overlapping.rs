use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::source::Span;
use crate::spec::component_parts::{Consistency, ReplicationMode};
use std::collections::BTreeMap;

rule! {
    /// Strong reads promised, though a read may ask only copies that the last write has not reached.
    ///
    /// ## Why
    /// A read is sure to meet the last write only if those who confirm a write and those who answer a read have a copy in common: w + r > n
    /// (Gifford, *Weighted Voting for Replicated Data*, SOSP 1979; Kleppmann, *Designing Data-Intensive Applications*, 2017, chapter 5,
    /// "Quorums for reading and writing").
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   carts:
    ///     kind: key_value_store
    ///     replicas: 3
    ///     replication: leaderless
    ///     quorum: { n: 3, w: 1, r: 1 }
    /// #                         ^ quorum-not-overlapping
    ///     consistency: strong
    /// flows:
    ///   read: { rate: 10 / s, steps: ["browser -> app -> carts: get"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   carts:
    ///     kind: key_value_store
    ///     replicas: 3
    ///     replication: leaderless
    ///     quorum: { n: 3, w: 2, r: 2 }
    ///     consistency: strong
    /// flows:
    ///   read: { rate: 10 / s, steps: ["browser -> app -> carts: get"] }
    /// ```
    "quorum-not-overlapping": Error, Consistency, Minimal, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.design.components.iter().any(|entry| entry.value.quorum.is_some()) {
        return;
    }
    // What single reads ask for.
    let mut asked: BTreeMap<u32, (Consistency, Span)> = BTreeMap::new();
    for call in
        case.calls().iter().flat_map(|calls| &calls.calls).filter(|call| call.is_last && !hops::writes(call))
    {
        if let Some(wanted) = call.step.consistency.filter(|wanted| support::is_strong(wanted.value)) {
            asked.entry(call.to).or_insert((wanted.value, wanted.span));
        }
    }
    for (index, entry) in (0..).zip(&case.design.components) {
        let component = &entry.value;
        let [Some(n), Some(w), Some(r)] = support::quorum(case, component) else { continue };
        let leads = support::mode(component) == Some(ReplicationMode::LeaderFollower);
        let claimed = component.consistency.filter(|claimed| support::is_strong(claimed.value));
        let claimed =
            claimed.map(|claimed| (claimed.value, claimed.span)).or_else(|| asked.get(&index).copied());
        let Some((claimed, place)) = claimed.filter(|_| w + r <= n && !leads) else { continue };
        let Some(span) = component.quorum.as_ref().and_then(|quorum| quorum.key_span("r")) else { continue };
        let name = entry.name.text;
        let message = format!(
            "{} and {} of {} copies of `{name}` need not meet, so a read can miss the last write",
            hops::count(w),
            hops::count(r),
            hops::count(n)
        );
        let least = n - w + 1.0;
        let majority = (n / 2.0).floor() + 1.0;
        let help = match w >= majority {
            true => format!(
                "write `r: {}`, so that w + r is more than n, or ask for less than {}",
                hops::count(least),
                claimed.word()
            ),
            false => format!(
                "write `w: {0}` and `r: {0}`, so that w + r is more than n, or ask for less than {1}",
                hops::count(majority),
                claimed.word()
            ),
        };
        out.push(
            RULE.finding(span, message)
                .related(place, format!("{} is asked for here", claimed.word()))
                .help(help),
        );
    }
}
