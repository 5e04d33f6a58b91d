use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// A call to somebody else's system, or to a slow one, that is made even while all of them fail.
    ///
    /// ## Why
    /// When a system that is out of reach fails slowly, each caller holds a thread and a user until the timeout, for an answer that will not
    /// come. A circuit breaker fails at once while the other side is down, and lets it recover (Nygard, *Release It!*, 2nd edition, chapter
    /// 5, "Circuit Breaker"). Reported for calls to `external` systems, and to components of which an answer in a hundred takes a second or
    /// more. Scheduled flows, for which nobody waits, are left alone.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, missing-circuit-breaker: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   bank: { kind: external_system }
    /// flows:
    ///   pay:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: POST /payments
    ///       - app -> bank: charge the card
    /// #              ^^^^ missing-circuit-breaker
    ///         timeout: 5 s
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, missing-circuit-breaker: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   bank: { kind: external_system }
    /// flows:
    ///   pay:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: POST /payments
    ///       - app -> bank: charge the card
    ///         timeout: 5 s
    ///         circuit_breaker: true
    /// ```
    ///
    /// ## When to allow it
    /// When a few calls a day are made to it.
    "missing-circuit-breaker": Warning, Reliability, Recommended, at Design, since "0.2.0", check
}

/// An answer in a hundred that takes so long makes a component a slow one.
const SLOW: f64 = 1.0;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let all = || case.calls().iter().zip(&case.design.flows);
    let breaks = |step: &crate::spec::flow::Step<'_>| step.circuit_breaker.is_some_and(|flag| flag.value);
    // A breaker is a property of the caller's client: said once, it holds for all calls of the pair.
    let calls = all().flat_map(|(calls, _)| &calls.calls);
    let mut told: BTreeSet<(u32, u32)> =
        calls.filter(|call| call.is_first && breaks(call.step)).map(|call| (call.from, call.to)).collect();
    for (calls, entry) in all() {
        if entry.value.every.is_some() {
            continue;
        }
        for call in &calls.calls {
            let from = hops::role(case, call.from);
            let is_person = ["is_client", "external"].iter().any(|wanted| from.has(wanted));
            if is_person || !call.is_first || !hops::waits(case, call) {
                continue;
            }
            let Some(receiver) = support::component(case, call.to) else { continue };
            let tail = receiver.latency.as_ref().and_then(|latency| latency.p99.as_ref());
            let slow = tail.and_then(|tail| case.central(&tail.written)).filter(|tail| *tail >= SLOW);
            let is_external = hops::role(case, call.to).has("external");
            if (!is_external && slow.is_none()) || !told.insert((call.from, call.to)) {
                continue;
            }
            let (from, to) = (case.component_name(call.from), case.component_name(call.to));
            let message = match slow {
                Some(slow) => format!(
                    "`{from}` goes on calling `{to}` while it fails, and an answer may take {}",
                    hops::time(slow)
                ),
                None => format!("`{from}` goes on calling `{to}`, which others run, while it fails"),
            };
            let help =
                format!("stop calling what keeps failing: `circuit_breaker: true` beside `{from} -> {to}`");
            out.push(RULE.finding(hops::span(case, call), message).help(help));
        }
    }
}
