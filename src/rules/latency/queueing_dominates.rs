use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::rules::computed::share;
use crate::rules::rule::rule;
use crate::rules::{Case, cause};
use std::collections::BTreeSet;

use super::support::checked;

rule! {
    /// A component that clients wait for and where most of the time is spent in line.
    ///
    /// ## Why
    /// In line nothing happens to a request. By Little's law, the share of requests under way that stand in line is the share of
    /// the time that they wait; when that is most of it, no faster code helps as much as one more instance, and a little more
    /// load makes it a great deal worse (Harchol-Balter, Performance Modeling and Design of Computer Systems, chapters 6
    /// and 14).
    ///
    /// Reported is what makes requests wait 10 ms or more in the mean, in flows whose latency no requirement checks.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2, service_time: 20 ms }
    /// #                       ^^^^^^^^ queueing-dominates
    /// flows:
    ///   open: { rate: 85 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 3, service_time: 20 ms }
    /// flows:
    ///   open: { rate: 85 / s, steps: ["browser -> app: GET /"] }
    /// ```
    "queueing-dominates": Warning, Latency, Recommended, since "0.2.0", check
}

/// What nobody notices.
const SHORT: f64 = 0.01;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    // Where a requirement says how fast a flow has to be, that is judged, and the line is named as the cause.
    let checked = checked(case);
    let flows = case.interactive_flows().filter(|(flow, ..)| !checked.contains(flow));
    let waited = flows.flat_map(|(_, _, calls)| &calls.calls).filter(|call| call.waits);
    let components: BTreeSet<u32> = waited.map(|call| call.to).collect();
    for index in components {
        let of = |name: &str| numbers.component(index, name);
        let (wait, queue, under_way) = (of("wait.mean"), of("queue"), of("concurrency"));
        let part = queue / under_way;
        // What is overloaded waits without end, and has its own rule.
        if !wait.is_finite() || wait < SHORT || !part.is_finite() || part <= 0.5 || of("utilization") >= 1.0 {
            continue;
        }
        let name = case.component_name(index);
        let message = format!(
            "requests to `{name}` spend {} of their time in line at peak: {} in the mean",
            share(part.min(1.0)),
            numbers.time(wait)
        );
        let Some(span) = cause::fact(case, index, &["replicas", "concurrency", "service_time", "capacity"])
        else {
            continue;
        };
        let mut finding = RULE.finding(span, message);
        let used = numbers.in_use(index, "requests");
        if used.is_finite() {
            finding = finding.label(format!("in use to {}", share(used)));
        }
        let value = numbers.estimate.get(Subject::Component(index), "wait.mean");
        let remedy = value.filter(|_| case.may_try()).and_then(|value| {
            let below = (wait / 4.0).max(SHORT / 2.0);
            let holds = |central: &crate::estimate::Evaluation| central.of(value) < below;
            cause::more_instances(case, numbers, index, &[], &holds, value)
        });
        let help = match remedy {
            Some(remedy) => format!(
                "write {}, which brings the wait down to {}",
                remedy.text,
                numbers.time(remedy.number)
            ),
            None => "let it work on more at once (`concurrency`), or make each request shorter".to_owned(),
        };
        out.push(finding.help(help));
    }
}
