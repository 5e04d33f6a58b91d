use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::{cause, hops};

rule! {
    /// Data that must not be lost, of which there is one copy.
    ///
    /// ## Why
    /// Of a thousand disks some ten fail in a year (Pinheiro, Weber and Barroso, *Failure Trends in a Large Disk Drive Population*, FAST
    /// 2007), and with a single copy each failure is a loss of all since the last backup. Reported where a requirement of quality
    /// `durability` stands behind a flow that writes to a store with one instance.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, durability-below-target: warning }
    /// requirements:
    ///   kept: { text: An order is never lost, quality: durability }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database, replicas: 1, backup: true }
    /// #                           ^^^^^^^^ durability-below-target
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
    /// rules: { profile: minimal, durability-below-target: warning }
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
    /// When the storage below keeps several copies: say how many nines of `durability` it has.
    "durability-below-target": Warning, Reliability, Recommended, at Design, on Durability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (index, (flow, requirement)) in support::lasting(case) {
        let Some(component) = support::component(case, index) else { continue };
        let role = hops::role(case, index);
        let is_store = role.has("durable") && support::is_own(case, index);
        let copies = component.quorum.as_ref().and_then(|quorum| quorum.n.as_ref());
        let says_more =
            component.durability.is_some() || component.erasure_coding.is_some() || copies.is_some();
        let instances = support::instances(case, component);
        let is_one = instances.map_or(component.replicas.is_none(), |instances| instances <= 1.0);
        if !is_store || says_more || !is_one || component.replication.is_some() {
            continue;
        }
        let Some(span) = cause::fact(case, index, &["replicas"]) else { continue };
        let name = case.component_name(index);
        let message = format!("`{name}` has one copy of what `{}` writes", flow.text);
        let help = format!(
            "write `replicas: 2` and `replication: {{ mode: leader-follower, sync: semi-sync }}` on `components.{name}`"
        );
        out.push(support::because(RULE.finding(span, message).help(help), requirement, flow));
    }
}
