use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component::WritePolicy;
use crate::spec::component_parts::Acknowledge;

rule! {
    /// A write that must last, confirmed before a second copy of it exists.
    ///
    /// ## Why
    /// With asynchronous replication the leader confirms a write that no follower has yet; with a write-back cache it is in memory only. When
    /// that one instance is lost, so is what its writer was told is safe (Kleppmann, *Designing Data-Intensive Applications*, 2017, chapter
    /// 5, "Synchronous versus asynchronous replication"). Reported where a requirement of quality `durability` stands behind the flow.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, acknowledged-write-can-be-lost: warning }
    /// requirements:
    ///   kept: { text: An order is never lost, quality: durability }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database, replicas: 2, replication: { mode: leader-follower, sync: async }, backup: true }
    /// #                                                                                    ^^^^^ acknowledged-write-can-be-lost
    /// flows:
    ///   buy:
    ///     rate: 10 / s
    ///     satisfies: kept
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> orders: insert
    ///         operation: write
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, acknowledged-write-can-be-lost: warning }
    /// requirements:
    ///   kept: { text: An order is never lost, quality: durability }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database, replicas: 2, replication: { mode: leader-follower, sync: semi-sync }, backup: true }
    /// flows:
    ///   buy:
    ///     rate: 10 / s
    ///     satisfies: kept
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> orders: insert
    ///         operation: write
    /// ```
    ///
    /// ## When to allow it
    /// When the requirement grants the loss of the last moments.
    "acknowledged-write-can-be-lost": Warning, Reliability, Recommended, at Design, on Durability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (index, (flow, requirement)) in support::lasting(case) {
        let Some(component) = support::component(case, index) else { continue };
        let sync = component.replication.as_ref().and_then(|replication| replication.sync);
        let sync = sync.filter(|sync| sync.value == Acknowledge::Async);
        let policy = component.write_policy.filter(|policy| policy.value == WritePolicy::WriteBack);
        let name = case.component_name(index);
        let (span, message, help) = match (sync, policy) {
            (Some(sync), _) => (
                sync.span,
                format!("what `{name}` has confirmed is lost with its leader: followers get it later"),
                "write `sync: semi-sync`, so that a second copy has it first",
            ),
            (None, Some(policy)) => (
                policy.span,
                format!("what `{name}` has confirmed is in a cache only, until it is written back"),
                "write `write_policy: write-through`, so that the store has it first",
            ),
            _ => continue,
        };
        out.push(support::because(RULE.finding(span, message).help(help), requirement, flow));
    }
}
