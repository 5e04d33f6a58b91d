use crate::diagnostic::Diagnostic;
use crate::model::groups::each_group;
use crate::quantity::{Currency, Dimension, format};
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// A failover by hand without a link to how it is done.
    ///
    /// ## Why
    /// Whoever is called at night has to promote the right copy, fence off the old one and not lose data, under pressure and
    /// perhaps for the first time. A written way to do it shortens an outage about threefold compared with making one up (Beyer
    /// et al., Site Reliability Engineering, chapter 1 on emergency response).
    ///
    /// A link on the component, or on a group that it is in, counts.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links:
    ///     kind: database
    ///     replicas: 2
    ///     replication: { mode: leader-follower, sync: sync }
    ///     failover: { mode: active-passive, time: 30 minutes, automatic: false }
    /// #                                                                  ^^^^^ missing-runbook
    /// flows:
    ///   open: { steps: ["browser -> app: GET /", "app -> links: select"] }
    /// rules: { stage: sketch, missing-runbook: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links:
    ///     kind: database
    ///     replicas: 2
    ///     replication: { mode: leader-follower, sync: sync }
    ///     failover: { mode: active-passive, time: 30 minutes, automatic: false }
    ///     links: https://example.com/runbooks/links
    /// flows:
    ///   open: { steps: ["browser -> app: GET /", "app -> links: select"] }
    /// rules: { stage: sketch, missing-runbook: warning }
    /// ```
    "missing-runbook": Warning, Operations, Recommended, at Production, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || !case.design.components.iter().any(|entry| entry.value.failover.is_some()) {
        return;
    }
    let mut linked: BTreeSet<&str> = BTreeSet::new();
    each_group(&case.design.groups, &mut |group| {
        if !group.value.links.is_empty() {
            linked.extend(group.value.contains.iter().map(|name| name.text));
        }
    });
    for entry in &case.design.components {
        let component = &entry.value;
        let Some(failover) = component.failover.as_deref() else { continue };
        let Some(by_hand) = failover.automatic.filter(|automatic| !automatic.value) else { continue };
        if !component.links.is_empty() || linked.contains(entry.name.text) {
            continue;
        }
        let time = failover.time.as_ref().and_then(|time| case.central(&time.written));
        let within = time.map(|time| format!(" within {}", format(time, Dimension::TIME, Currency::Usd)));
        let message = format!(
            "somebody has to fail `{}` over by hand{}, and nothing says how",
            entry.name.text,
            within.unwrap_or_default()
        );
        let help =
            "write down how it is done and name the place: `links: https://…`; or let it fail over by itself";
        out.push(RULE.finding(by_hand.span, message).help(help));
    }
}
