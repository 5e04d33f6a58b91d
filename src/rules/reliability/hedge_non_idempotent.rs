use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// A second request that is sent because the first is slow, where both may take effect.
    ///
    /// ## Why
    /// A hedged request is sent twice on purpose, and both copies may be carried out. That is harmless for reads and for what is idempotent,
    /// and doubles everything else (Dean and Barroso, *The Tail at Scale*, CACM 2013).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, hedge-non-idempotent: warning }
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
    ///         hedge: p95
    /// #       ^^^^^ hedge-non-idempotent
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, hedge-non-idempotent: warning }
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
    ///         operation: read
    ///         timeout: 300 ms
    ///         hedge: p95
    /// ```
    "hedge-non-idempotent": Warning, Reliability, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for call in case.calls().iter().flat_map(|calls| &calls.calls) {
        if call.step.hedge.is_none() || hops::is_idempotent(call.step) || !hops::writes(call) {
            continue;
        }
        let Some(span) = call.step.key_span("hedge").filter(|span| seen.insert(*span)) else { continue };
        let message = format!("`{}` writes, and may be sent twice when it is slow", hops::words(case, call));
        let help =
            "take `hedge` out, or make the receiver remember a key of the request and say `idempotent: true`";
        out.push(RULE.finding(span, message).help(help));
    }
}
