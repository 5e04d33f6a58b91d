use super::support;
use crate::diagnostic::Diagnostic;
use crate::estimate::calls::Item;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::HashSet;

rule! {
    /// A caller that waits for a queue, which waits for its consumer.
    ///
    /// ## Why
    /// A queue, stream or topic answers as soon as it has the message; that is what it is for. Drawn with waiting arrows from
    /// the caller through the queue to the consumer, the flow takes as long as the work and fails when the consumer is down,
    /// and so do its numbers. Hohpe and Woolf, "Enterprise Integration Patterns" (2003), chapter 2, sets messaging apart from
    /// remote calls by exactly that.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   jobs: queue
    ///   resizer: worker
    /// flows:
    ///   upload: { steps: ["browser -> app: POST /photos", "app -> jobs -> resizer: resize it"] }
    /// #                                                                   ^^^^^^^ broker-calls-out
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   jobs: queue
    ///   resizer: worker
    /// flows:
    ///   upload: { rate: 1 / s, steps: ["browser -> app: POST /photos", "app ~> jobs: a photo has come"] }
    ///   resize: { on: jobs, steps: ["jobs -> resizer: resize it"] }
    /// ```
    "broker-calls-out": Warning, Architecture, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || !case.roles.iter().any(|role| role.has("delivers_messages")) {
        return;
    }
    let delivers = |index: u32| support::role(case, index).has("delivers_messages");
    let mut told = HashSet::new();
    for calls in case.calls() {
        for asked in calls.calls.iter().filter(|call| call.waits && delivers(call.to)) {
            let inner = asked.body.iter().filter_map(|item| match item {
                Item::Call(index) => calls.calls.get(*index),
                Item::Group(_) => None,
            });
            for handed in inner.filter(|call| call.waits && call.from == asked.to && !delivers(call.to)) {
                let Some(span) =
                    support::span_of(case, handed).filter(|_| told.insert((handed.from, handed.to)))
                else {
                    continue;
                };
                let name = |index: u32| case.component_name(index);
                let (caller, broker, consumer) = (name(asked.from), name(asked.to), name(handed.to));
                let message = format!(
                    "`{caller}` waits until `{consumer}` has taken the message from `{broker}` and is done with it"
                );
                let help = format!(
                    "end the flow with `{caller} ~> {broker}: …`, and begin another one there: `on: {broker}` with `{broker} -> {consumer}: …`"
                );
                out.push(RULE.finding(span, message).help(help));
            }
        }
    }
}
