use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::computed::share;
use crate::rules::rule::rule;
use crate::spec::flow::Parallel;

use super::support::{first_call, is_waited_for};

rule! {
    /// A client that waits for the slowest of many calls side by side, with nothing against a slow one.
    ///
    /// ## Why
    /// The slowest of many calls decides, and with enough of them one is nearly always slow: with a hundred side by side, 63% of
    /// all runs meet at least one of the slowest percent. What is a tail for one server is the usual case for who waits for all
    /// of them (Dean and Barroso, "The Tail at Scale", Communications of the ACM 56, 2013).
    ///
    /// Nothing is reported where a second request is sent for slow ones (`hedge`), where some answers are enough (`wait_for`),
    /// or where those that do not come in time are left out (`timeout` with `optional` or a `fallback`).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, latency: 1 ms }
    ///   index: { kind: search_index, latency: { p50: 10 ms, p99: 200 ms } }
    /// flows:
    ///   search:
    ///     rate: 1 / s
    ///     steps:
    ///       - browser -> app: GET /search
    ///       - times: 100
    /// #              ^^^ fan-out-tail
    ///         parallel: true
    ///         steps: ["app -> index: ask one shard"]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, latency: 1 ms }
    ///   index: { kind: search_index, latency: { p50: 10 ms, p99: 200 ms } }
    /// flows:
    ///   search:
    ///     rate: 1 / s
    ///     steps:
    ///       - browser -> app: GET /search
    ///       - times: 100
    ///         parallel: true
    ///         wait_for: 98
    ///         steps: ["app -> index: ask one shard"]
    /// ```
    "fan-out-tail": Warning, Latency, Recommended, since "0.2.0", check
}

/// From here on one in ten runs meets one of the slowest percent.
const MANY: f64 = 10.0;
/// How much slower the slowest percent is than the usual answer, at least.
const SLOWER: f64 = 4.0;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    for (_, flow, calls) in case.interactive_flows() {
        for (index, group) in calls.groups.iter().enumerate() {
            let together = matches!(&group.step.parallel, Some(Parallel::Repetitions(flag)) if flag.value);
            let Some(times) = group.step.times.as_ref().filter(|_| together && group.step.wait_for.is_none())
            else {
                continue;
            };
            let Some(count) = case.central(&times.written).filter(|count| *count >= MANY) else { continue };
            let Some(call) = group.branches.first().and_then(|branch| first_call(calls, &branch.items))
            else {
                continue;
            };
            let is_guarded = call.step.hedge.is_some()
                || (call.step.timeout.is_some() && (call.is_optional() || call.step.fallback.is_some()));
            let Some(time) = case.times().get(&call.to) else { continue };
            let is_slow = time.p99.is_finite() && time.p99 >= SLOWER * time.p50 && time.p99 >= 0.01;
            if is_guarded || !is_slow || !is_waited_for(calls, index) {
                continue;
            }
            let met = 1.0 - libm::pow(0.99, count);
            let name = case.component_name(call.to);
            let message = format!(
                "`{}` waits for the slowest of {} calls to `{name}`: {} of all runs wait for more than {}",
                flow.name.text,
                numbers.count(count),
                share(met),
                numbers.time(time.p99)
            );
            let finding = RULE.finding(times.span(), message);
            let finding = finding
                .label(format!("half of the answers of `{name}` come within {}", numbers.time(time.p50)));
            let most = (count * 0.98).floor();
            let help = format!(
                "go on with those that have answered (`wait_for: {most}`), send a second request for slow ones \
                 (`hedge: p95`), or ask for many at once"
            );
            out.push(finding.help(help));
        }
    }
}
