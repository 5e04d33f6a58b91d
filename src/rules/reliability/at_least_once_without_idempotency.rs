use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::spec::component::Delivery;
use std::collections::BTreeSet;

rule! {
    /// A consumer that does a thing twice when its message comes twice.
    ///
    /// ## Why
    /// At least once means sometimes twice: after a crash between the work and its acknowledgement the message comes again. What its handling
    /// writes has to be the same after the second time, by its nature or because the consumer remembers which messages it has seen (Hohpe
    /// and Woolf, *Enterprise Integration Patterns*, 2003, "Idempotent Receiver"; Kleppmann, *Designing Data-Intensive Applications*, 2017,
    /// chapter 11).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, at-least-once-without-idempotency: warning }
    /// components:
    ///   browser: { kind: client }
    ///   worker: { kind: worker }
    ///   jobs: { kind: queue, delivery: at-least-once, dead_letter: true }
    ///   accounts: { kind: database }
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser ~> jobs] }
    ///   work:
    ///     on: jobs
    ///     steps:
    ///       - jobs ~> worker
    ///       - worker -> accounts: add the amount
    /// #                 ^^^^^^^^ at-least-once-without-idempotency
    ///         operation: write
    ///         timeout: 1 s
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, at-least-once-without-idempotency: warning }
    /// components:
    ///   browser: { kind: client }
    ///   worker: { kind: worker }
    ///   jobs: { kind: queue, delivery: at-least-once, dead_letter: true }
    ///   accounts: { kind: database }
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser ~> jobs] }
    ///   work:
    ///     on: jobs
    ///     steps:
    ///       - jobs ~> worker
    ///       - worker -> accounts: add the amount, unless the id of the message is known
    ///         operation: write
    ///         timeout: 1 s
    ///         idempotent: true
    /// ```
    "at-least-once-without-idempotency": Warning, Reliability, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let repeats = |index: u32| {
        let delivery = support::component(case, index).and_then(|it| it.delivery);
        delivery.filter(|it| it.value == Delivery::AtLeastOnce)
    };
    if !case.is_sound || !case.design.components.iter().any(|it| it.value.delivery.is_some()) {
        return;
    }
    let mut seen = BTreeSet::new();
    for (broker, taken) in support::taken(case) {
        let Some(delivery) = repeats(broker) else { continue };
        for taken in taken {
            let Some(calls) = case.calls().get(taken.flow as usize) else { continue };
            for call in calls.calls.iter().filter(|call| call.from == taken.by) {
                let role = hops::role(case, call.to);
                // A broker delivers at least once again, and a cache only forgets.
                let keeps =
                    role.has("holds_state") && !["delivers_messages", "caches"].iter().any(|it| role.has(it));
                // What others are asked to do is done twice, too: a mail, a charge.
                let asks_others = role.has("external") && !hops::only_reads(call);
                let has_effect = asks_others || (keeps && hops::writes(call));
                let span = hops::span(case, call);
                if !has_effect || hops::is_idempotent(call.step) || !seen.insert(span) {
                    continue;
                }
                let message = format!(
                    "`{}` is done twice when a message of `{}` comes twice",
                    hops::words(case, call),
                    case.component_name(broker)
                );
                let help = "remember which messages have been handled, or write so that twice is the same as once, and say `idempotent: true`";
                out.push(
                    RULE.finding(span, message).related(delivery.span, "messages may come twice").help(help),
                );
            }
        }
    }
}
