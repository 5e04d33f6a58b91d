use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// A client that waits until logs, metrics or traces have been taken.
    ///
    /// ## Why
    /// Telemetry is about the request and no part of it. Who waits for it is as slow as the collector and down when that is down,
    /// on the very day on which one wants to see what is wrong. Write it to the local disk or a buffer, and let an agent send
    /// it (The Twelve-Factor App, XI. Logs: a program does not concern itself with the routing of its output).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   logs: { kind: logging }
    /// flows:
    ///   open: { steps: ["browser -> app: GET /", "app -> logs: somebody was here"] }
    /// #                                                  ^^^^ waits-for-telemetry
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   logs: { kind: logging }
    /// flows:
    ///   open: { steps: ["browser -> app: GET /", "app ~> logs: somebody was here"] }
    /// ```
    ///
    /// ## When to allow it
    /// When the record itself is the point, as with an audit log that must have been written before anything happens.
    "waits-for-telemetry": Warning, Latency, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let mut told: BTreeSet<(u32, u32)> = BTreeSet::new();
    for (_, flow, calls) in case.interactive_flows() {
        // Who looks at logs or dashboards waits for them, and rightly so.
        let looks = calls.calls.first().is_some_and(|first| case.has(first.to, "observes"));
        for call in calls.calls.iter().filter(|call| call.waits && !looks) {
            let reads = !call.step.reads.is_empty()
                || call.operation().is_some_and(|name| matches!(name, "read" | "query" | "search" | "get"));
            let is_telemetry = case.has(call.to, "observes") && !case.has(call.from, "observes");
            if !is_telemetry || reads || call.is_optional() || !told.insert((call.from, call.to)) {
                continue;
            }
            let name = case.component_name(call.to);
            let hops = call.step.others.as_ref().map(|arrow| arrow.hops.as_slice()).unwrap_or_default();
            let Some(hop) = hops.iter().find(|hop| hop.to.text == name) else { continue };
            let message = format!("`{}` waits for `{name}`, which only observes", flow.name.text);
            let help = format!("send it without waiting: `{} ~> {name}`", case.component_name(call.from));
            out.push(RULE.finding(hop.to.span, message).help(help));
        }
    }
}
