use crate::diagnostic::Diagnostic;
use crate::estimate::WRITES;
use crate::rules::Case;
use crate::rules::computed::share;
use crate::rules::rule::rule;
use crate::source::Span;
use std::collections::BTreeMap;

rule! {
    /// A store that is nearly saturated by peaks of writes for which clients wait.
    ///
    /// ## Why
    /// A store that takes every write at once must be built for the highest peak. A queue before it levels the load: the peak waits
    /// for a moment, the store is built for little more than the average, and a burst beyond all plans is late and not lost
    /// (Microsoft, Cloud Design Patterns, "Queue-Based Load Leveling").
    ///
    /// A store is reported when most of what it gets are writes, it is in use to 80% or more at peak, and its peak is at
    /// least twice its average.
    ///
    /// ## Example
    /// ```yaml
    /// traffic: { peak: 4x }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   events: { kind: document_store, capacity: 1k rps }
    /// flows:
    ///   note:
    ///     rate: 220 / s
    ///     steps:
    ///       - browser -> app: POST /events
    ///       - app -> events: insert
    /// #              ^^^^^^ write-heavy-without-buffer
    ///         operation: write
    /// rules: { stage: sketch, write-heavy-without-buffer: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// traffic: { peak: 4x }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   jobs: { kind: queue }
    ///   writer: { kind: worker }
    ///   events: { kind: document_store, capacity: 1k rps }
    /// flows:
    ///   note: { rate: 220 / s, steps: ["browser -> app: POST /events", "app ~> jobs: note it"] }
    ///   store:
    ///     on: jobs
    ///     steps:
    ///       - jobs ~> writer
    ///       - writer -> events: insert
    ///         operation: write
    /// rules: { stage: sketch, write-heavy-without-buffer: warning }
    /// ```
    ///
    /// ## When to allow it
    /// When the client must know at once that the write has happened, as with a payment.
    "write-heavy-without-buffer": Warning, Scale, Strict, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    let full = |index: u32| {
        let of = |name: &str| numbers.component(index, name);
        let used = numbers.in_use(index, "requests");
        let is_written = of("load.write") > 0.5 * of("load");
        is_written && (0.8..1.0).contains(&used) && of("load.peak") >= 2.0 * of("load")
    };
    // The first write to each store that a client waits for.
    let mut found: BTreeMap<u32, Span> = BTreeMap::new();
    for (_, _, calls) in case.interactive_flows() {
        for call in calls.calls.iter().filter(|call| call.waits) {
            let writes = call.operation().is_some_and(|operation| WRITES.contains(&operation));
            let is_store = case.has(call.to, "durable") && case.has(call.to, "answers_queries");
            if !writes || !is_store || found.contains_key(&call.to) || !full(call.to) {
                continue;
            }
            let last = call.step.others.as_ref().and_then(|arrow| arrow.hops.last());
            if let Some(hop) = last {
                found.insert(call.to, hop.to.span);
            }
        }
    }
    for (index, span) in found {
        let used = numbers.in_use(index, "requests");
        let usual = used * numbers.component(index, "load") / numbers.component(index, "load.peak");
        let message = format!(
            "writes that clients wait for bring `{}` to {} at peak, and to {} on average",
            case.component_name(index),
            share(used),
            share(usual)
        );
        let help = "answer as soon as the write is in a durable queue, and let a worker take it to the store at its pace";
        out.push(RULE.finding(span, message).help(help));
    }
}
