use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::source::Span;
use std::collections::BTreeMap;

rule! {
    /// A call over the network that may wait for ever.
    ///
    /// ## Why
    /// A receiver that hangs is worse than one that is down: without a timeout the callers hang with it, one by one, until nothing is left
    /// that could answer anybody. "Every integration point needs a timeout" (Nygard, *Release It!*, 2nd edition, chapter 5; Brooker,
    /// *Timeouts, retries and backoff with jitter*, Amazon Builders' Library). A person's side of the system gives up by itself and is not
    /// asked.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, missing-timeout: warning }
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
    /// #              ^^^^^^ missing-timeout
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, missing-timeout: warning }
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
    ///         timeout: 300 ms
    /// ```
    ///
    /// ## When to allow it
    /// When the client library has a timeout that is good enough; better say which.
    "missing-timeout": Warning, Reliability, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let mut found: BTreeMap<(u32, u32), (Span, bool, usize)> = BTreeMap::new();
    for call in case.calls().iter().flat_map(|calls| &calls.calls) {
        let from = hops::role(case, call.from);
        // What forwards requests is asked for nothing in the middle of a chain: nobody wrote a step for it.
        let is_asked = call.is_first || from.has("runs_code");
        let has_timeout = call.is_first && call.step.timeout.is_some();
        // Without a timeout retries do not help either; that has its own rule.
        let retries = hops::attempts(case, call) > 1.0;
        let is_person = from.has("is_client") || hops::role(case, call.to).has("is_client");
        let is_inside = call.from == call.to;
        if !is_asked || has_timeout || retries || is_person || is_inside || !hops::waits(case, call) {
            continue;
        }
        let slot = found.entry((call.from, call.to)).or_insert((hops::span(case, call), call.is_first, 0));
        slot.2 += 1;
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|(_, (span, ..))| (span.file, span.start));
    for ((from, to), (span, is_first, times)) in found {
        let (from, to) = (case.component_name(from), case.component_name(to));
        let more = if times > 1 { format!(" ({times} calls)") } else { String::new() };
        let message = format!("`{from}` waits for `{to}` as long as it takes{more}");
        let help = match is_first {
            true => format!("say when it gives up: `timeout: 300 ms` beside `{from} -> {to}`"),
            false => format!(
                "begin a step of its own with `{from} -> {to}`, and say when it gives up: `timeout: 300 ms`"
            ),
        };
        out.push(RULE.finding(span, message).help(help));
    }
}
