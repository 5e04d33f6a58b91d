use crate::diagnostic::Diagnostic;
use crate::quantity::Dimension;
use crate::rules::rule::rule;
use crate::rules::{Case, cause};

use super::support::fewer_in_use;

rule! {
    /// A component that has to send or receive more at peak than its network carries.
    ///
    /// ## Why
    /// Bytes beyond what a network interface carries are dropped and sent again: throughput falls and latency rises for everybody
    /// on that machine, long before the processor is busy. Large answers reach this bound first (Gregg, Systems Performance,
    /// 2nd edition, chapter 10).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, bandwidth: 1 Gbps }
    /// #                       ^^^^^^^^^ bandwidth-exceeded
    /// flows:
    ///   open:
    ///     rate: 1000 / s
    ///     steps:
    ///       - browser -> app: GET /report
    ///         response: 200 KB
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, bandwidth: 1 Gbps, replicas: 3 }
    /// flows:
    ///   open:
    ///     rate: 1000 / s
    ///     steps:
    ///       - browser -> app: GET /report
    ///         response: 200 KB
    /// ```
    "bandwidth-exceeded": Error, Scale, Minimal, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    for (index, entry) in (0..).zip(&case.design.components) {
        let Some(value) = numbers.resource(index, "bandwidth") else { continue };
        let used = numbers.central.of(value);
        if !used.is_finite() || used < 1.0 {
            continue;
        }
        let (incoming, outgoing) =
            (numbers.component(index, "bandwidth.in"), numbers.component(index, "bandwidth.out"));
        let is_sent = outgoing >= incoming || incoming.is_nan();
        let (verb, bytes) = if is_sent { ("sends", outgoing) } else { ("receives", incoming) };
        let show = |bytes: f64| numbers.estimate.shown_as(bytes, Dimension::BANDWIDTH, false);
        let message = format!(
            "`{}` {verb} {} at peak, and its network carries {}",
            entry.name.text,
            show(bytes),
            show(bytes / used)
        );
        let Some(span) = cause::fact(case, index, &["bandwidth"]) else { continue };
        let less = "let clients fetch large content from a CDN or an object store, or send less";
        let help = fewer_in_use(case, numbers, index, value, 0.8)
            .map_or_else(|| less.to_owned(), |instances| format!("{instances}; or {less}"));
        out.push(RULE.finding(span, message).help(help));
    }
}
