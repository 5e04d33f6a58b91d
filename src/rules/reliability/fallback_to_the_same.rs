use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// A fallback that asks the component which has just failed.
    ///
    /// ## Why
    /// A fallback is taken because the receiver is down or too slow. When it needs the same receiver again, it fails as well, and adds load
    /// to what is already failing (Gabrielson, *Avoiding fallback in distributed systems*, Amazon Builders' Library).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, fallback-to-the-same: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   prices: { kind: service }
    /// flows:
    ///   read:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /price
    ///       - app -> prices: the price of today
    ///         timeout: 300 ms
    ///         fallback: ["app -> prices: the price of yesterday"]
    /// #                          ^^^^^^ fallback-to-the-same
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, fallback-to-the-same: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   prices: { kind: service }
    /// flows:
    ///   read:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /price
    ///       - app -> prices: the price of today
    ///         timeout: 300 ms
    ///         fallback: show the last price that was seen
    /// ```
    "fallback-to-the-same": Warning, Reliability, Recommended, on Availability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for calls in case.calls() {
        // The receiver whose failure led here.
        hops::walk(calls, None, &mut |_, _, around: Option<u32>| around, &mut |call, around| {
            let span = hops::span(case, call);
            if around == Some(call.to) && call.waits && seen.insert(span) {
                let message = format!(
                    "this is done when `{0}` has failed, and needs `{0}`",
                    case.component_name(call.to)
                );
                let help = "fall back to something that does not need it: a copy, a default, or words that say what users see";
                out.push(RULE.finding(span, message).help(help));
            }
            hops::Inside { body: around, on_miss: around, fallback: Some(call.to) }
        });
    }
}
