use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// A flow that fails when a cache, or something that only observes, is down.
    ///
    /// ## Why
    /// A cache keeps copies and monitoring watches: the flow has all it needs without them. When it waits for them and does not go on without
    /// them, its availability is multiplied with theirs for nothing in return (Treynor Sloss et al., *The Calculus of Service
    /// Availability*, ACM Queue, 2017). Caches that keep what is stored nowhere else are not meant.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, hard-dependency-on-optional: warning }
    /// data:
    ///   product: { size: 1 KB, stored_in: products, cached_in: hot }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, ttl: 1 hour }
    ///   products: { kind: database }
    /// flows:
    ///   read:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /product
    ///       - app -> hot: look it up
    /// #              ^^^ hard-dependency-on-optional
    ///         reads: [product]
    ///         timeout: 20 ms
    ///       - app -> products: select it
    ///         reads: [product]
    ///         timeout: 300 ms
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, hard-dependency-on-optional: warning }
    /// data:
    ///   product: { size: 1 KB, stored_in: products, cached_in: hot }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, ttl: 1 hour }
    ///   products: { kind: database }
    /// flows:
    ///   read:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /product
    ///       - app -> hot: look it up
    ///         reads: [product]
    ///         timeout: 20 ms
    ///         optional: true
    ///       - app -> products: select it
    ///         reads: [product]
    ///         timeout: 300 ms
    /// ```
    "hard-dependency-on-optional": Warning, Reliability, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let copies = support::only_copies(case);
    let mut told = BTreeSet::new();
    for (entry, calls) in case.design.flows.iter().zip(case.calls()) {
        for call in support::needed(case, calls) {
            let role = hops::role(case, call.to);
            let is_copy = copies.contains(&call.to);
            if !(is_copy || role.has("observes")) || !told.insert((call.from, call.to)) {
                continue;
            }
            let (from, to) = (case.component_name(call.from), case.component_name(call.to));
            let what = if is_copy { "only keeps copies" } else { "only observes" };
            let message = format!("`{}` fails when `{to}` is down, which {what}", entry.name.text);
            let help = match hops::only_reads(call) {
                true => format!(
                    "let `{from}` go on without it: `optional: true`, or `on_miss:` with what is done instead"
                ),
                false => format!("let `{from}` go on without it: `optional: true`, or send a message (`~>`)"),
            };
            out.push(RULE.finding(hops::span(case, call), message).help(help));
        }
    }
}
