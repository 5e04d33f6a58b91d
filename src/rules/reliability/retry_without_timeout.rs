use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// Retries of a call that has no timeout.
    ///
    /// ## Why
    /// An attempt that hangs is never followed by another: the retries help against a receiver that refuses, and not against one that does
    /// not answer, which is the more common failure (Brooker, *Timeouts, retries and backoff with jitter*, Amazon Builders' Library).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, retry-without-timeout: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    /// flows:
    ///   read:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /orders
    ///       - app -> orders: select
    ///         retries: { attempts: 2, backoff: exponential, pause: 20 ms, jitter: true }
    /// #       ^^^^^^^ retry-without-timeout
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, retry-without-timeout: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    /// flows:
    ///   read:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /orders
    ///       - app -> orders: select
    ///         timeout: 300 ms
    ///         retries: { attempts: 2, backoff: exponential, pause: 20 ms, jitter: true }
    /// ```
    "retry-without-timeout": Warning, Reliability, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for call in case.calls().iter().flat_map(|calls| &calls.calls) {
        if hops::attempts(case, call) <= 1.0 || call.step.timeout.is_some() || !hops::waits(case, call) {
            continue;
        }
        let span = call.step.key_span("retries").unwrap_or_else(|| hops::span(case, call));
        if seen.insert(span) {
            let message = format!(
                "`{}` is tried again, and nothing ends an attempt that hangs",
                hops::words(case, call)
            );
            let help = "say when an attempt is given up: `timeout: 300 ms` beside `retries`";
            out.push(RULE.finding(span, message).help(help));
        }
    }
}
