use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::{hops, messages};
use crate::spec::component::Delivery;

rule! {
    /// Exactly-once delivery to something outside of the broker.
    ///
    /// ## Why
    /// Between doing the work and telling the broker so lies a moment in which everything can stop, and then nobody knows whether it was
    /// done. A broker can hide that for its own messages; a database, a mail or a payment needs a consumer for which twice is the same as
    /// once (Kleppmann, *Designing Data-Intensive Applications*, 2017, chapter 11, "Fault tolerance" and "Idempotence"; Kafka
    /// documentation, "Design: Message Delivery Semantics").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, exactly-once-claimed: warning }
    /// components:
    ///   browser: { kind: client }
    ///   events: { kind: stream, delivery: exactly-once, dead_letter: true }
    /// #                                   ^^^^^^^^^^^^ exactly-once-claimed
    ///   worker: { kind: worker }
    ///   accounts: { kind: database }
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser ~> events] }
    ///   work:
    ///     on: events
    ///     steps:
    ///       - events ~> worker
    ///       - worker -> accounts: add the amount
    ///         operation: write
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, exactly-once-claimed: warning }
    /// components:
    ///   browser: { kind: client }
    ///   events: { kind: stream, delivery: at-least-once, dead_letter: true }
    ///   worker: { kind: worker }
    ///   accounts: { kind: database }
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser ~> events] }
    ///   work:
    ///     on: events
    ///     steps:
    ///       - events ~> worker
    ///       - worker -> accounts: add the amount, unless the id of the message is known
    ///         operation: write
    ///         idempotent: true
    /// ```
    "exactly-once-claimed": Warning, Consistency, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let claims = |it: &crate::spec::component::Component<'_>| {
        it.delivery.filter(|delivery| delivery.value == Delivery::ExactlyOnce)
    };
    if !case.design.components.iter().any(|entry| claims(&entry.value).is_some()) {
        return;
    }
    for (broker, taken) in messages::taken(case) {
        let Some(claimed) = support::component(case, broker).and_then(claims) else { continue };
        let effect = taken.iter().find_map(|taken| {
            let calls = case.calls().get(taken.flow as usize)?;
            calls.calls.iter().find(|call| {
                let role = hops::role(case, call.to);
                let outside = role.has("external") || (role.has("holds_state") && hops::writes(call));
                let inside = role.has("delivers_messages") || role.has("caches");
                call.from == taken.by && outside && !inside && !hops::is_idempotent(call.step)
            })
        });
        let Some(effect) = effect else { continue };
        let message = format!(
            "`{}` cannot see to it that `{}` happens exactly once",
            case.component_name(broker),
            hops::words(case, effect)
        );
        let help = "write `delivery: at-least-once`, let the consumer remember what it has handled, and say `idempotent: true` there";
        out.push(
            RULE.finding(claimed.span, message)
                .related(hops::span(case, effect), "this is outside of the broker")
                .help(help),
        );
    }
}
