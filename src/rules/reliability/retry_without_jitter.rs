use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::spec::flow::Backoff;
use std::collections::BTreeSet;

rule! {
    /// Retries whose pauses are the same for all callers.
    ///
    /// ## Why
    /// Callers that fail together come back together, again and again, as long as their pauses are not spread at random (Brooker,
    /// *Exponential Backoff And Jitter*, AWS Architecture Blog, 2015).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, retry-without-jitter: warning }
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
    ///         retries: { attempts: 2, backoff: exponential, pause: 20 ms }
    /// #       ^^^^^^^ retry-without-jitter
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, retry-without-jitter: warning }
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
    "retry-without-jitter": Warning, Reliability, Strict, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for call in case.calls().iter().flat_map(|calls| &calls.calls) {
        let Some(retries) = call.step.retries.as_deref().filter(|_| hops::attempts(case, call) > 1.0) else {
            continue;
        };
        let backs_off = retries.backoff.is_some_and(|backoff| backoff.value != Backoff::None);
        let spreads = retries.jitter.is_some_and(|jitter| jitter.value);
        let span = retries.key_span("jitter").or_else(|| call.step.key_span("retries"));
        let Some(span) = span.filter(|span| backs_off && !spreads && seen.insert(*span)) else { continue };
        let message = format!("all callers of `{}` come back at the same time", case.component_name(call.to));
        out.push(RULE.finding(span, message).help("spread the pauses at random: `jitter: true`"));
    }
}
