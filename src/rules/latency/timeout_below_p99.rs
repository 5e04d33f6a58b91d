use crate::diagnostic::Diagnostic;
use crate::rules::rule::rule;
use crate::rules::{Case, cause};
use crate::spec::flow::Fallback;
use std::collections::BTreeMap;

use super::support::Clock;

rule! {
    /// A timeout that more than one in a hundred healthy answers exceed.
    ///
    /// ## Why
    /// A timeout is there to give up on what has failed. Below the 99th percentile it gives up on answers that were on their way:
    /// more than one call in a hundred fails or is repeated while nothing is broken, and it is worse the busier the
    /// receiver is (Brooker, "Timeouts, retries, and backoff with jitter", Amazon Builders' Library, sets timeouts by a
    /// percentile such as p99.9 for that reason).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, latency: 1 ms }
    ///   links: { kind: database, latency: { p50: 5 ms, p99: 80 ms } }
    /// flows:
    ///   open:
    ///     rate: 1 / s
    ///     steps:
    ///       - browser -> app: GET /
    ///       - app -> links: select
    ///         timeout: 50 ms
    /// #                ^^^^^ timeout-below-p99
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, latency: 1 ms }
    ///   links: { kind: database, latency: { p50: 5 ms, p99: 80 ms } }
    /// flows:
    ///   open:
    ///     rate: 1 / s
    ///     steps:
    ///       - browser -> app: GET /
    ///       - app -> links: select
    ///         timeout: 250 ms
    /// ```
    ///
    /// ## Known false positives
    /// A call that the flow does without (`optional`, or a `fallback`) may be cut short on purpose and is not reported.
    "timeout-below-p99": Warning, Latency, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    let has_timeout = |call: &crate::estimate::calls::Call<'_, '_>| call.step.timeout.is_some();
    if !case.calls().iter().any(|calls| calls.calls.iter().any(has_timeout)) {
        return;
    }
    // One finding for each caller of a slow component, wherever it waits too shortly.
    let mut found: BTreeMap<(u32, u32), (usize, Diagnostic)> = BTreeMap::new();
    for calls in case.calls() {
        let clock = Clock { case, calls };
        for call in calls.calls.iter().filter(|call| call.waits && call.is_first) {
            let Some(timeout) = &call.step.timeout else { continue };
            let Some(limit) = case.central(&timeout.written) else { continue };
            let is_optional = call.is_optional() || matches!(call.step.fallback, Some(Fallback::Steps(_)));
            let (slow, p99) = clock.slowest(call);
            // One that even the mean exceeds has its own rule.
            if is_optional || !p99.is_finite() || p99 <= limit || clock.mean(call) > limit {
                continue;
            }
            if let Some((more, finding)) = found.get_mut(&(call.from, slow)) {
                *more += 1;
                if *more <= 4 {
                    finding.related.push(crate::diagnostic::Related {
                        span: timeout.span(),
                        message: "this timeout is too short for it as well".to_owned(),
                    });
                }
                continue;
            }
            let name = case.component_name(slow);
            let message = format!(
                "`{}` gives up after {}, and one answer in a hundred of `{name}` takes more than {}",
                case.component_name(call.from),
                numbers.time(limit),
                numbers.time(p99)
            );
            let mut finding = RULE.finding(timeout.span(), message);
            if let Some(place) = cause::fact(case, slow, &["latency", "service_time", "capacity", "tech"]) {
                finding = finding.related(place, "its time follows from this");
            }
            let text = format!(
                "wait longer than the slow answers take: `timeout: {}` or more",
                numbers.time(round_up(p99 * 2.0))
            );
            found.insert((call.from, slow), (0, finding.help(text)));
        }
    }
    out.extend(found.into_values().map(|(_, finding)| finding));
}

/// To one digit: nobody writes `timeout: 163.7 ms`.
fn round_up(time: f64) -> f64 {
    let unit = libm::pow(10.0, libm::floor(libm::log10(time)));
    if unit > 0.0 && unit.is_finite() { (time / unit).ceil() * unit } else { time }
}
