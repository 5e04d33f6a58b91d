use super::support;
use crate::diagnostic::Diagnostic;
use crate::estimate::calls::Item;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::HashSet;

rule! {
    /// A step that leads straight back to the caller, which is waiting for the answer.
    ///
    /// ## Why
    /// A call (`->`) has its answer in it, as a function call has. An arrow back, as in a sequence diagram, is another call: it
    /// adds load, latency and a chance to fail that nobody meant, and the caller would have to answer while it waits. UML (2.5.1,
    /// clause 17) draws the answer as a dashed line for this reason.
    ///
    /// Answers of datastores, answers to clients, and programs that call each other have rules of their own.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   edge: load_balancer
    ///   app: service
    /// flows:
    ///   open:
    ///     steps:
    ///       - browser -> edge -> app: GET /
    ///       - app -> edge: the page
    /// #              ^^^^ answer-drawn-as-step
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   edge: load_balancer
    ///   app: service
    /// flows:
    ///   open:
    ///     steps:
    ///       - browser -> edge -> app: GET /
    /// ```
    ///
    /// ## Known false positives
    /// A component that really is called back before it has its answer: say over which `protocol`, such as `webhook`.
    "answer-drawn-as-step": Warning, Architecture, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let mut told = HashSet::new();
    for calls in case.calls() {
        for asked in calls.calls.iter().filter(|call| call.waits && call.from != call.to) {
            let inner = asked.body.iter().filter_map(|item| match item {
                Item::Call(index) => calls.calls.get(*index),
                Item::Group(_) => None,
            });
            for back in inner.filter(|back| back.waits && back.from == asked.to && back.to == asked.from) {
                // Whoever goes on from there is asked to, as a gateway is between two services.
                let goes_on = !back.body.is_empty();
                let (from, to) = (support::role(case, back.from), support::role(case, back.to));
                let has_own_rule = support::is_datastore(&from)
                    || to.has("is_client")
                    || (from.has("runs_code") && to.has("runs_code"));
                let is_pushed = back.step.protocol.is_some_and(|protocol| support::can_push(protocol.value));
                if goes_on || has_own_rule || is_pushed || !told.insert((back.from, back.to)) {
                    continue;
                }
                let Some(span) = support::span_of(case, back) else { continue };
                let (callee, caller) = (case.component_name(back.from), case.component_name(back.to));
                let message = format!("`{callee}` calls `{caller}`, which is waiting for its answer");
                let help =
                    format!("an answer is no step: take it out, `{caller} -> {callee}` waits for it already");
                let mut finding = RULE.finding(span, message).help(help);
                if let Some(place) = support::span_of(case, asked) {
                    finding = finding.related(place, format!("`{caller}` waits for `{callee}` here"));
                }
                out.push(finding);
            }
        }
    }
}
