use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::instances;
use crate::rules::rule::rule;
use crate::spec::component_parts::{Acknowledge, ReplicationMode};

rule! {
    /// Strong reads promised of a store whose copies lag behind.
    ///
    /// ## Why
    /// With asynchronous replication a write is confirmed before any follower has it. A read from a follower misses it, and after a failover
    /// it is gone for everybody, so that not even reads from the leader can be called strong (Kleppmann, *Designing Data-Intensive
    /// Applications*, 2017, chapter 5, "Problems with replication lag", and chapter 9, "Linearizability").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, strong-read-from-async-replica: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders:
    ///     kind: database
    ///     replicas: 3
    ///     replication: { mode: leader-follower, sync: async }
    ///     consistency: strong
    /// #                ^^^^^^ strong-read-from-async-replica
    /// flows:
    ///   read: { rate: 10 / s, steps: ["browser -> app -> orders: select"] }
    /// ```
    ///
    /// Or of a single read:
    ///
    /// ```yaml
    /// rules: { profile: minimal, strong-read-from-async-replica: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders:
    ///     kind: database
    ///     replicas: 3
    ///     replication: { mode: leader-follower, sync: async }
    ///     consistency: eventual
    /// flows:
    ///   read:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app -> orders: select
    ///         consistency: strong
    /// #                    ^^^^^^ strong-read-from-async-replica
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, strong-read-from-async-replica: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders:
    ///     kind: database
    ///     replicas: 3
    ///     replication: { mode: leader-follower, sync: semi-sync }
    ///     consistency: strong
    /// flows:
    ///   read: { rate: 10 / s, steps: ["browser -> app -> orders: select"] }
    /// ```
    ///
    /// ## When to allow it
    /// When all reads go to the leader, and losing the last writes with it is accepted.
    "strong-read-from-async-replica": Warning, Consistency, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut told = std::collections::BTreeSet::new();
    for entry in &case.design.components {
        let component = &entry.value;
        let Some(claimed) = component.consistency.filter(|claimed| support::is_strong(claimed.value)) else {
            continue;
        };
        let Some(replication) = component.replication.as_deref() else { continue };
        let Some(sync) = replication.sync.filter(|sync| sync.value == Acknowledge::Async) else { continue };
        let follows = matches!(support::mode(component), None | Some(ReplicationMode::LeaderFollower));
        let is_one = instances::instances(case, component).is_some_and(|instances| instances < 2.0);
        if !follows || is_one {
            continue;
        }
        let name = entry.name.text;
        let lag = replication.lag.as_ref().and_then(|lag| case.central(&lag.written));
        let behind =
            lag.map_or_else(String::new, |lag| format!(" ({} behind)", crate::rules::hops::time(lag)));
        let message = format!(
            "reads of `{name}` cannot be {}: its followers get writes later{behind}",
            claimed.value.word()
        );
        let help = "write `sync: semi-sync`, or say what readers get: `consistency: eventual`";
        out.push(
            RULE.finding(claimed.span, message)
                .related(sync.span, "writes are confirmed before followers have them")
                .help(help),
        );
    }
    for call in case.calls().iter().flat_map(|calls| &calls.calls) {
        let Some(wanted) =
            call.step.consistency.filter(|wanted| call.is_last && support::is_strong(wanted.value))
        else {
            continue;
        };
        let Some(component) = support::component(case, call.to) else { continue };
        let lags = component.replication.as_deref().and_then(|it| it.sync);
        let Some(lags) = lags.filter(|sync| sync.value == Acknowledge::Async) else { continue };
        let gives = component.consistency.filter(|gives| !support::is_strong(gives.value));
        let Some(gives) = gives.filter(|_| told.insert(wanted.span)) else { continue };
        let name = case.component_name(call.to);
        let message = format!(
            "this read is to be {}, and `{name}` promises {} reads",
            wanted.value.word(),
            gives.value.word()
        );
        let help = "read it from the leader, and say so (`consistency: strong` on the store, with `sync: semi-sync`), or ask for less";
        out.push(
            RULE.finding(wanted.span, message)
                .related(gives.span, "what the store promises")
                .related(lags.span, "writes are confirmed before followers have them")
                .help(help),
        );
    }
}
