use crate::diagnostic::Diagnostic;
use crate::estimate::calls::Call;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::source::Span;
use std::collections::BTreeSet;

rule! {
    /// A write that is tried again, though doing it twice is not the same as once.
    ///
    /// ## Why
    /// A call that timed out may have been done. Trying it again then does it twice: two orders, two payments. Only what is idempotent may
    /// be repeated without asking, by its nature or by a key that the receiver remembers (RFC 9110, section 9.2.2; Helland, *Idempotence Is
    /// Not a Medical Condition*, ACM Queue, 2012).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, retry-non-idempotent: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    /// flows:
    ///   buy:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> orders: insert
    ///         operation: write
    ///         timeout: 300 ms
    ///         retries: { attempts: 3, backoff: exponential, pause: 20 ms, jitter: true }
    /// #       ^^^^^^^ retry-non-idempotent
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, retry-non-idempotent: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    /// flows:
    ///   buy:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> orders: insert under the id that the browser has made
    ///         operation: write
    ///         timeout: 300 ms
    ///         idempotent: true
    ///         retries: { attempts: 3, backoff: exponential, pause: 20 ms, jitter: true }
    /// ```
    "retry-non-idempotent": Warning, Reliability, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for (calls, entry) in case.calls().iter().zip(&case.design.flows) {
        let api = entry.value.api.and_then(|api| case.names.find(crate::model::names::Space::Api, api.text));
        let api = api.and_then(|index| case.design.apis.get(index as usize));
        let api_is_safe = api.is_some_and(|api| api.value.idempotent.is_some_and(|flag| flag.value));
        // The retries around a call whose repetition nobody has declared harmless.
        hops::walk(calls, None, &mut |_, _, around: Option<Span>| around, &mut |call, around| {
            let is_start = calls.starter == Some(call.from) && api_is_safe;
            let is_safe = hops::is_idempotent(call.step) || is_start;
            let retried = hops::attempts(case, call) > 1.0;
            let own = call.step.key_span("retries").filter(|_| retried && !is_safe);
            // Whoever may be called twice sees to what is below it.
            let inner = if is_safe { None } else { own.or(around) };
            if let Some(span) = inner.filter(|_| repeats_a_write(case, call) && !is_safe)
                && seen.insert(span)
            {
                let words = hops::words(case, call);
                let message = format!(
                    "`{words}` may be done twice: it writes, is tried again, and is not said to be idempotent"
                );
                let help = "make the receiver remember a key of the request and say `idempotent: true`, or take the retries out";
                out.push(
                    RULE.finding(span, message)
                        .related(hops::span(case, call), "this is what may happen twice")
                        .help(help),
                );
            }
            hops::Inside { body: inner, on_miss: around, fallback: around }
        });
    }
}

/// Whether the receiver changes something that a second time changes again. Brokers deliver twice anyway, and caches
/// forget.
fn repeats_a_write(case: &Case<'_, '_>, call: &Call<'_, '_>) -> bool {
    let role = hops::role(case, call.to);
    let says_no = call.is_last && call.step.idempotent.is_some_and(|flag| !flag.value);
    (says_no || hops::writes(call)) && !role.has("delivers_messages") && !role.has("caches")
}
