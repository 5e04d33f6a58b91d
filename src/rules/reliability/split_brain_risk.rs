use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::{cause, hops};
use crate::spec::component_parts::{FailoverMode, ReplicationMode};

rule! {
    /// Two sides that both take writes while the line between them is cut.
    ///
    /// ## Why
    /// With one leader, exactly one side may take writes. When all instances serve actively, or both regions do, a network that is cut in
    /// two leaves a leader on each side; what is written there contradicts itself, and joining it again is work by hand (Kleppmann,
    /// *Designing Data-Intensive Applications*, 2017, chapters 5 and 8; GitHub, *October 21 post-incident analysis*, 2018).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, split-brain-risk: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database, replicas: 2, replication: leader-follower, failover: { mode: active-active } }
    /// #                                                                                  ^^^^ split-brain-risk
    /// flows:
    ///   buy: { rate: 10 / s, steps: ["browser -> app -> orders: insert"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, split-brain-risk: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database, replicas: 2, replication: leader-follower, failover: active-passive }
    /// flows:
    ///   buy: { rate: 10 / s, steps: ["browser -> app -> orders: insert"] }
    /// ```
    ///
    /// ## Known false positives
    /// Followers that only answer reads while others are down are `active-passive`: what counts is who takes writes.
    "split-brain-risk": Warning, Reliability, Recommended, on Consistency, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, entry) in (0..).zip(&case.design.components) {
        let component = &entry.value;
        let role = hops::role(case, index);
        let keeps = role.has("holds_state") && !role.has("delivers_messages");
        if !keeps || support::failover(component) != Some(FailoverMode::ActiveActive) {
            continue;
        }
        let replication = component.replication.as_deref();
        let mode = replication.and_then(|replication| replication.mode);
        if mode.map(|mode| mode.value) != Some(ReplicationMode::LeaderFollower) {
            continue;
        }
        let failover = component.failover.as_deref();
        let span =
            failover.and_then(|failover| failover.key_span("mode").or_else(|| Some(failover.mode?.span)));
        let Some(span) = span.or_else(|| cause::fact(case, index, &["failover"])) else { continue };
        let name = entry.name.text;
        let message = format!("`{name}` has one leader, and its failover lets all instances serve at once");
        let help = "write `mode: active-passive`; or `mode: multi-leader` under `replication`, and how `conflicts` are resolved";
        let mut finding = RULE.finding(span, message).help(help);
        if let Some(mode) = mode {
            finding = finding.related(mode.span, "one leader takes all writes");
        }
        out.push(finding);
    }
}
