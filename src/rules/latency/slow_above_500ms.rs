use crate::diagnostic::Diagnostic;
use crate::estimate::{Subject, Value};
use crate::rules::rule::rule;
use crate::rules::{Case, cause};

use super::support::{Clock, checked};

rule! {
    /// A flow that a client waits for and of which half of all runs take longer than half a second.
    ///
    /// ## Why
    /// Up to a tenth of a second feels immediate; up to a second the flow of thought stays, although the delay is noticed (Nielsen,
    /// Usability Engineering, 1993, chapter 5). When half of all runs take half a second in the system alone, the way to the
    /// client and the drawing there bring most of them beyond a second.
    ///
    /// Flows with a requirement that checks their latency are not reported: how fast they have to be has been said. Nor are those
    /// of which systems of others take half the time or more.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, latency: 20 ms }
    ///   model: { kind: ml_model, latency: 900 ms }
    /// flows:
    ///   ask: { rate: 1 / s, steps: ["browser -> app: GET /answer", "app -> model: predict"] }
    /// # ^^^ slow-above-500ms
    /// rules: { stage: sketch, slow-above-500ms: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, latency: 20 ms }
    ///   model: { kind: ml_model, latency: 200 ms }
    /// flows:
    ///   ask: { rate: 1 / s, steps: ["browser -> app: GET /answer", "app -> model: predict"] }
    /// rules: { stage: sketch, slow-above-500ms: warning }
    /// ```
    ///
    /// ## When to allow it
    /// When users expect to wait, as with an upload or a payment; better still, say in a requirement how long.
    "slow-above-500ms": Warning, Latency, Strict, at Design, since "0.2.0", check
}

const SLOW: f64 = 0.5;
/// Distributions of whole flows are slow to make.
const MOST_FLOWS: usize = 32;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    let checked = checked(case);
    let mut wanted: Vec<(u32, Value)> = Vec::new();
    for (flow, _, calls) in case.interactive_flows() {
        // What is fast even in the mean needs no percentile: half of all can be slower than twice the mean at most.
        let clock = Clock { case, calls };
        let mean: f64 = calls.roots.iter().map(|item| clock.mean_of(*item, 0)).sum();
        let outside: f64 = calls
            .calls
            .iter()
            .filter(|call| call.waits && case.has(call.to, "external"))
            .map(|call| clock.mean(call))
            .sum();
        let value = numbers.estimate.get(Subject::Flow(flow), "latency.p50");
        let is_own = outside < mean / 2.0;
        if let (Some(value), true) = (value, is_own && mean > SLOW / 2.0 && !checked.contains(&flow)) {
            wanted.push((flow, value));
        }
    }
    wanted.truncate(MOST_FLOWS);
    if wanted.is_empty() {
        return;
    }
    let values: Vec<Value> = wanted.iter().map(|(_, value)| *value).collect();
    let central = numbers.with(&values);
    for (flow, value) in wanted {
        let half = central.of(value);
        let Some(entry) = case.design.flows.entries.get(flow as usize) else { continue };
        // Without end: that is overload, which has its own rule.
        if !half.is_finite() || half <= SLOW {
            continue;
        }
        let name = entry.name.text;
        let message = format!("half of all runs of `{name}` take longer than {}", numbers.time(half));
        let mut finding = RULE.finding(entry.name.span, message);
        if case.may_try()
            && let Some(cause) = cause::of(case, numbers, Subject::Flow(flow), "latency.p50")
        {
            finding = finding.related(cause.span, cause.message);
        }
        let help = "answer before the slow part is done (`~>`), ask for it side by side with the rest, or say in a \
                    requirement how long it may take";
        out.push(finding.help(help));
    }
}
