use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component_parts::ReplicationMode;

rule! {
    /// Replication of a store of which there is only one instance.
    ///
    /// ## Why
    /// Copies in the same instance are lost with it. Either the number of instances is wrong, or the replication is a wish; availability
    /// and durability are computed for the one instance. Replication means keeping copies on several machines (Kleppmann, *Designing
    /// Data-Intensive Applications*, 2017, chapter 5).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, replication-without-copies: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database, replicas: 1, replication: leader-follower }
    /// #                                        ^^^^^^^^^^^ replication-without-copies
    /// flows:
    ///   buy: { rate: 10 / s, steps: ["browser -> app -> orders: insert"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, replication-without-copies: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database, replicas: 2, replication: leader-follower }
    /// flows:
    ///   buy: { rate: 10 / s, steps: ["browser -> app -> orders: insert"] }
    /// ```
    "replication-without-copies": Warning, Reliability, Recommended, on Availability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.components {
        let component = &entry.value;
        let Some(replication) = component.replication.as_deref() else { continue };
        let is_none = replication.mode.is_some_and(|mode| mode.value == ReplicationMode::None);
        let quorum = component.quorum.as_ref().and_then(|quorum| case.central(&quorum.n.as_ref()?.written));
        let says_more = quorum.is_some_and(|copies| copies > 1.0);
        let one = support::instances(case, component).is_some_and(|instances| instances <= 1.0);
        if is_none || says_more || !one || replication.mode.is_none() {
            continue;
        }
        let name = entry.name.text;
        let span = component.key_span("replication").unwrap_or(entry.name.span);
        let message = format!("`{name}` is replicated, and there is one instance of it");
        let help = format!(
            "write how many copies there are (`replicas: 3` on `components.{name}`), or take `replication` out"
        );
        let mut finding = RULE.finding(span, message).help(help);
        if let Some(span) = component.key_span("replicas") {
            finding = finding.related(span, "the number of instances");
        }
        out.push(finding);
    }
}
