use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// A client that waits for a job that works through a set of data and ends.
    ///
    /// ## Why
    /// A batch job takes minutes or hours and starts when there is room for it; a request is given up after seconds by the browser,
    /// the proxy or the user. Answer at once with where the outcome will be, and let the client ask for it (RFC 9110,
    /// section 15.3.3: 202 Accepted is for processing that has not been completed).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   report: { kind: batch_processor }
    /// flows:
    ///   ask: { steps: ["browser -> app: POST /reports", "app -> report: make it"] }
    /// #                                                         ^^^^^^ waits-for-batch-job
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   report: { kind: batch_processor }
    /// flows:
    ///   ask: { steps: ["browser -> app: POST /reports", "app ~> report: make it"] }
    /// ```
    "waits-for-batch-job": Warning, Latency, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let mut told: BTreeSet<(u32, u32)> = BTreeSet::new();
    for (_, flow, calls) in case.interactive_flows() {
        for call in calls.calls.iter().filter(|call| call.waits && case.has(call.to, "processes_batches")) {
            // Telling a job to start, or asking how far it is, takes no time; who says how fast it answers knows.
            let is_timed = call.latency().is_some() || call.step.timeout.is_some();
            if is_timed || !told.insert((call.from, call.to)) {
                continue;
            }
            let name = case.component_name(call.to);
            let hops = call.step.others.as_ref().map(|arrow| arrow.hops.as_slice()).unwrap_or_default();
            let Some(hop) = hops.iter().find(|hop| hop.to.text == name) else { continue };
            let run = case.component(call.to).and_then(|it| case.central(&it.run_time.as_ref()?.written));
            let takes = run.map(|run| {
                let shown = crate::quantity::format(
                    run,
                    crate::quantity::Dimension::TIME,
                    crate::quantity::Currency::Usd,
                );
                format!(", of which one run takes {shown}")
            });
            let message =
                format!("`{}` waits for the batch job `{name}`{}", flow.name.text, takes.unwrap_or_default());
            let help = format!(
                "start it without waiting (`{} ~> {name}`), answer 202, and let the client ask for the outcome",
                case.component_name(call.from)
            );
            out.push(RULE.finding(hop.to.span, message).help(help));
        }
    }
}
