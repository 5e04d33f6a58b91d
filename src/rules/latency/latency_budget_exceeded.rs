use crate::diagnostic::Diagnostic;
use crate::estimate::calls::Item;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

use super::support::Clock;

rule! {
    /// A call that takes longer in the mean than its caller waits for it.
    ///
    /// ## Why
    /// A timeout is the time that a call may take. When the mean alone is above that, most calls are given up although the answer
    /// would have come, the work is done for nobody, and retries do it again (Brooker, "Timeouts, retries, and backoff
    /// with jitter", Amazon Builders' Library).
    ///
    /// Added up is what the receiver and all that it waits for take in the mean at peak, with waiting in line.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, latency: 20 ms }
    ///   bank: { kind: external_system, latency: 800 ms }
    /// flows:
    ///   pay:
    ///     rate: 1 / s
    ///     steps:
    ///       - browser -> app: POST /payments
    ///         timeout: 500 ms
    /// #                ^^^^^^ latency-budget-exceeded
    ///       - app -> bank: charge the card
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, latency: 20 ms }
    ///   bank: { kind: external_system, latency: 800 ms }
    /// flows:
    ///   pay:
    ///     rate: 1 / s
    ///     steps:
    ///       - browser -> app: POST /payments
    ///         timeout: 10 s
    ///       - app -> bank: charge the card
    /// ```
    "latency-budget-exceeded": Error, Latency, Minimal, since "0.2.0", check
}

/// What adding up times alone may make of a wait that is just long enough.
const ROUNDING: f64 = 1.000_001;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    let mut told: BTreeSet<(u32, u32)> = BTreeSet::new();
    for calls in case.calls() {
        let clock = Clock { case, calls };
        for call in calls.calls.iter().filter(|call| call.waits && call.is_first) {
            let Some(timeout) = &call.step.timeout else { continue };
            let Some(limit) = case.central(&timeout.written) else { continue };
            let mean = clock.mean(call);
            // Without end: that is overload, which has its own rule.
            if !mean.is_finite() || mean <= limit * ROUNDING || !told.insert((call.from, call.to)) {
                continue;
            }
            let name = case.component_name(call.to);
            let message = format!(
                "`{}` waits {} for `{name}`, which takes {} in the mean",
                case.component_name(call.from),
                numbers.time(limit),
                numbers.time(mean)
            );
            let mut finding = RULE.finding(timeout.span(), message);
            let times = case.times();
            let inner = call.body.iter().filter_map(|item| match item {
                // Who gives up on it waits no longer.
                Item::Call(index) => Some((calls.calls.get(*index)?, clock.mean_of(*item, 0))),
                Item::Group(_) => None,
            });
            if let Some((inner, time)) =
                inner.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, time)| *time > 0.0)
                && let Some(arrow) = &inner.step.others
            {
                let text =
                    format!("`{}` alone takes {} of that", case.component_name(inner.to), numbers.time(time));
                finding = finding.related(arrow.span, text);
            } else if let Some(own) = times.get(&call.to) {
                let waiting = numbers.component(call.to, "wait.mean");
                if waiting > own.mean / 2.0 {
                    finding = finding.label(format!("{} of it in line", numbers.time(waiting)));
                }
            }
            let help = format!(
                "make it faster, hand the slow part to a queue, or wait longer than its slow answers take: `timeout: {}`",
                numbers.time((mean * 3.0 * 10.0).ceil() / 10.0)
            );
            out.push(finding.help(help));
        }
    }
}
