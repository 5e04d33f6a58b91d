use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::{cause, hops};
use crate::spec::component_parts::{FailoverMode, ReplicationMode};

rule! {
    /// A store with one leader, of which nobody says what happens when the leader fails.
    ///
    /// ## Why
    /// Followers have the data, but until one of them becomes the leader nothing is written. Whether that takes seconds or a phone call at
    /// night decides on the availability, and it does not come by itself with the copies (Kleppmann, *Designing Data-Intensive
    /// Applications*, 2017, chapter 5, "Handling node outages"). Reported where a requirement wants a flow to be up that cannot do without
    /// the store.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, missing-failover: warning }
    /// requirements:
    ///   always_on: { text: Orders can be placed at any time, quality: availability }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2 }
    ///   orders: { kind: database, replicas: 2, replication: leader-follower }
    /// #                                        ^^^^^^^^^^^ missing-failover
    /// flows:
    ///   buy: { rate: 10 / s, satisfies: always_on, steps: ["browser -> app -> orders: insert"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, missing-failover: warning }
    /// requirements:
    ///   always_on: { text: Orders can be placed at any time, quality: availability }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2 }
    ///   orders:
    ///     kind: database
    ///     replicas: 2
    ///     replication: leader-follower
    ///     failover: { mode: active-passive, time: 30 s, automatic: true }
    /// flows:
    ///   buy: { rate: 10 / s, satisfies: always_on, steps: ["browser -> app -> orders: insert"] }
    /// ```
    ///
    /// ## Known false positives
    /// Stores that choose a new leader by themselves. Say how long that takes: it is a part of the availability that is computed.
    "missing-failover": Warning, Reliability, Recommended, at Design, on Availability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let protected = support::protected(case);
    if !case.is_sound || protected.iter().all(Option::is_none) {
        return;
    }
    for (index, (flow, requirement)) in support::needed_by(case, &protected) {
        let role = hops::role(case, index);
        let Some(component) = support::component(case, index) else { continue };
        let mode = component.replication.as_ref().and_then(|replication| replication.mode);
        let has_leader = mode.is_some_and(|mode| mode.value == ReplicationMode::LeaderFollower);
        let is_store =
            role.has("holds_state") && !role.has("delivers_messages") && support::is_own(case, index);
        let is_single = support::instances(case, component).is_some_and(|instances| instances < 2.0);
        let says = support::failover(component).is_some_and(|mode| mode != FailoverMode::None);
        let is_empty = component.failover.as_ref().is_some_and(|failover| failover.mode.is_none());
        if !has_leader || !is_store || is_single || says || is_empty {
            continue;
        }
        let Some(span) = cause::fact(case, index, &["failover", "replication"]) else { continue };
        let name = case.component_name(index);
        let message =
            format!("nothing takes over when the leader of `{name}` fails, and `{}` with it", flow.text);
        let help = format!(
            "say what takes over, and how fast: `failover: {{ mode: active-passive, time: 30 s, automatic: true }}` on `components.{name}`"
        );
        out.push(support::because(RULE.finding(span, message).help(help), requirement, flow));
    }
}
