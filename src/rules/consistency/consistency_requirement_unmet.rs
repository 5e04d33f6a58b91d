use super::support::{self, Walk, Why};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component_parts::Consistency;
use std::collections::BTreeSet;

rule! {
    /// A read that asks for more than the hop it goes through can give.
    ///
    /// ## Why
    /// A read is as fresh as its weakest hop: a strong database behind a cache gives what the cache gives. Followed are caches, stores with
    /// several leaders, and stores that are filled from others by messages (Bailis and Ghodsi, *Eventual Consistency Today*, ACM Queue,
    /// 2013).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, consistency-requirement-unmet: warning }
    /// data:
    ///   price: { size: 100 B, stored_in: prices, cached_in: hot }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, ttl: 1 minute }
    ///   prices: { kind: database }
    /// flows:
    ///   buy:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> hot: what does it cost?
    ///         reads: [price]
    ///         consistency: strong
    /// #                    ^^^^^^ consistency-requirement-unmet
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, consistency-requirement-unmet: warning }
    /// data:
    ///   price: { size: 100 B, stored_in: prices, cached_in: hot }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, ttl: 1 minute }
    ///   prices: { kind: database }
    /// flows:
    ///   look:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /price
    ///       - app -> hot: what does it cost?
    ///         reads: [price]
    ///         consistency: bounded-staleness
    ///   buy:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> prices: what does it cost?
    ///         reads: [price]
    ///         consistency: strong
    /// ```
    "consistency-requirement-unmet": Warning, Consistency, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let asks = |call: &crate::estimate::calls::Call<'_, '_>| call.step.consistency.is_some();
    if !case.is_sound || !case.calls().iter().any(|calls| calls.calls.iter().any(asks)) {
        return;
    }
    let walk = Walk::new(case);
    let mut told = BTreeSet::new();
    for (data, reads) in walk.reads.iter().enumerate() {
        for read in reads {
            let Some(wanted) = read.call.step.consistency else { continue };
            // What somebody has written themselves has a rule of its own, and so have quorums.
            if matches!(wanted.value, Consistency::ReadYourWrites | Consistency::MonotonicReads) {
                continue;
            }
            let Some(hop) = walk.weakest(case, data, read).filter(|hop| hop.why != Why::Quorum) else {
                continue;
            };
            if support::rank(hop.gives) >= support::rank(wanted.value) || !told.insert(wanted.span) {
                continue;
            }
            let name = case.component_name(hop.component);
            let message = format!("this read cannot be {}: {}", wanted.value.word(), hop.text);
            let help = match (hop.why, walk.stored.get(data).and_then(|stored| stored.first())) {
                (Why::Cache | Why::Derived, Some(store)) => {
                    format!(
                        "read it from `{}`, or ask for less: `consistency: {}`",
                        case.component_name(*store),
                        hop.gives.word()
                    )
                }
                _ => format!(
                    "let one leader of `{name}` take all writes, or ask for less: `consistency: {}`",
                    hop.gives.word()
                ),
            };
            out.push(
                RULE.finding(wanted.span, message)
                    .related(hop.span, format!("a read gets {} here", hop.gives.word()))
                    .help(help),
            );
        }
    }
}
