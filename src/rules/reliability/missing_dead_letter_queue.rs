use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::cause;
use crate::rules::rule::rule;
use crate::spec::component::Delivery;

rule! {
    /// A queue whose messages have nowhere to go when they cannot be handled.
    ///
    /// ## Why
    /// Sooner or later a message comes that its consumer cannot handle: a bug, an unknown version, a deleted user. Without a place to put it
    /// aside it is tried for ever or lost without a trace (Hohpe and Woolf, *Enterprise Integration Patterns*, 2003, "Dead Letter
    /// Channel"). Brokers that keep an order are judged by `poison-message-risk`.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, missing-dead-letter-queue: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   jobs: { kind: queue }
    /// # ^^^^ missing-dead-letter-queue
    ///   worker: { kind: worker }
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser -> app, app ~> jobs] }
    ///   work: { on: jobs, steps: [jobs ~> worker] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, missing-dead-letter-queue: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   jobs: { kind: queue, dead_letter: failed_jobs }
    ///   failed_jobs: { kind: queue }
    ///   worker: { kind: worker }
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser -> app, app ~> jobs] }
    ///   work: { on: jobs, steps: [jobs ~> worker] }
    /// ```
    ///
    /// ## When to allow it
    /// When messages are worthless by the time they would be looked at.
    "missing-dead-letter-queue": Warning, Reliability, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (broker, taken) in support::without_dead_letters(case) {
        let Some(component) = support::component(case, broker) else { continue };
        let may_be_lost = component.delivery.is_some_and(|it| it.value == Delivery::AtMostOnce);
        if may_be_lost
            || support::keeps_order(case, broker)
            || support::put_back(case, broker, &taken).is_some()
        {
            continue;
        }
        let Some(span) = cause::fact(case, broker, &["dead_letter"]) else { continue };
        let name = case.component_name(broker);
        let mut finding =
            RULE.finding(span, format!("messages of `{name}` that cannot be handled have nowhere to go"));
        if let Some(first) = taken.first() {
            let by = case.component_name(first.by);
            finding = finding.related(first.span, format!("`{by}` takes them here"));
        }
        let help = format!(
            "name a queue for them (`dead_letter: failed_{name}` on `components.{name}`), or say `dead_letter: true`"
        );
        out.push(finding.help(help));
    }
}
