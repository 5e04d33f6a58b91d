use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// A flow that must be up and fails whenever somebody else's system does.
    ///
    /// ## Why
    /// Nobody here can make the other system better, so the flow is up at most as often as that is, unless it does something less in the
    /// meantime: an older answer, a default, a promise to do it later (Nygard, *Release It!*, 2nd edition, chapter 5; Treynor Sloss et al.,
    /// *The Calculus of Service Availability*, ACM Queue, 2017).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, missing-graceful-degradation: warning }
    /// requirements:
    ///   sells: { text: Orders can be placed at any time, quality: availability }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2 }
    ///   bank: { kind: external_system }
    /// flows:
    ///   pay:
    ///     rate: 10 / s
    ///     satisfies: sells
    ///     steps:
    ///       - browser -> app: POST /payments
    ///       - app -> bank: charge the card
    /// #              ^^^^ missing-graceful-degradation
    ///         timeout: 5 s
    ///         circuit_breaker: true
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, missing-graceful-degradation: warning }
    /// requirements:
    ///   sells: { text: Orders can be placed at any time, quality: availability }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2 }
    ///   bank: { kind: external_system }
    /// flows:
    ///   pay:
    ///     rate: 10 / s
    ///     satisfies: sells
    ///     steps:
    ///       - browser -> app: POST /payments
    ///       - app -> bank: charge the card
    ///         timeout: 5 s
    ///         circuit_breaker: true
    ///         fallback: accept the order, and charge it later
    /// ```
    ///
    /// ## When to allow it
    /// When the other system is what the flow is for, and promises more than the requirement asks.
    "missing-graceful-degradation": Warning, Reliability, Strict, at Design, on Availability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let protected = support::protected(case);
    if !case.is_sound || protected.iter().all(Option::is_none) {
        return;
    }
    let mut told = BTreeSet::new();
    for ((entry, calls), requirement) in case.design.flows.iter().zip(case.calls()).zip(protected) {
        let is_awaited = calls.starter.is_some_and(|starter| hops::role(case, starter).has("is_client"));
        let Some(requirement) = requirement.filter(|_| is_awaited) else { continue };
        for call in support::needed(case, calls) {
            let is_ours = !hops::role(case, call.from).has("is_client");
            if !is_ours || !hops::role(case, call.to).has("external") || !told.insert((call.from, call.to)) {
                continue;
            }
            let (from, to) = (case.component_name(call.from), case.component_name(call.to));
            let message = format!("`{}` fails whenever `{to}` does, which others run", entry.name.text);
            let help = format!("say what `{from}` does instead: `fallback: …` beside `{from} -> {to}`");
            let finding = RULE.finding(hops::span(case, call), message).help(help);
            out.push(support::because(finding, requirement, entry.name));
        }
    }
}
