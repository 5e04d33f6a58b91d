use super::support;
use crate::diagnostic::Diagnostic;
use crate::estimate::calls::Call;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

rule! {
    /// A flow that fails when something is down that it can do without, such as a cache or an observer.
    ///
    /// ## Why
    /// A cache keeps copies and monitoring watches: the flow has all it needs without them. When it waits for them and does not go on without
    /// them, its availability is multiplied with theirs for nothing in return (Treynor Sloss et al., *The Calculus of Service
    /// Availability*, ACM Queue, 2017). Caches that keep what is stored nowhere else are not meant.
    ///
    /// What a component can do without in one flow (`optional: true`, `fallback:`), it should be able to do without in the others, where it
    /// asks for the same.
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
    "hard-dependency-on-optional": Warning, Reliability, Recommended, at Design, on Availability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let copies = support::only_copies(case);
    let can_go_without = optional(case);
    let mut told = BTreeSet::new();
    for (entry, calls) in case.design.flows.iter().zip(case.calls()) {
        for call in support::needed(case, calls) {
            let role = hops::role(case, call.to);
            let is_copy = copies.contains(&call.to);
            let elsewhere = can_go_without.get(&asked(call));
            if !(is_copy || role.has("observes") || elsewhere.is_some()) || !told.insert((call.from, call.to))
            {
                continue;
            }
            let (from, to) = (case.component_name(call.from), case.component_name(call.to));
            let what = match (is_copy, elsewhere) {
                (true, _) => "only keeps copies".to_owned(),
                (false, Some((flow, _))) => format!("`{from}` can do without in `{flow}`"),
                (false, None) => "only observes".to_owned(),
            };
            let message = format!("`{}` fails when `{to}` is down, which {what}", entry.name.text);
            let help = match hops::only_reads(call) {
                true => format!(
                    "let `{from}` go on without it: `optional: true`, or `on_miss:` with what is done instead"
                ),
                false => format!("let `{from}` go on without it: `optional: true`, or send a message (`~>`)"),
            };
            let mut finding = RULE.finding(hops::span(case, call), message).help(help);
            if let (false, Some((_, span))) = (is_copy, elsewhere) {
                finding = finding.related(*span, "here it goes on without it");
            }
            out.push(finding);
        }
    }
}

/// Who asks whom, and for what.
type Asked<'t> = (u32, u32, &'t str);

fn asked<'t>(call: &Call<'_, 't>) -> Asked<'t> {
    let text = call.step.others.as_ref().and_then(|arrow| arrow.text);
    (call.from, call.to, text.map_or("", |text| text.text))
}

/// What components do without somewhere: in which flow, and where that is said.
fn optional<'t>(case: &Case<'_, 't>) -> BTreeMap<Asked<'t>, (&'t str, Span)> {
    let mut found = BTreeMap::new();
    for (entry, calls) in case.design.flows.iter().zip(case.calls()) {
        for call in calls.calls.iter().filter(|call| call.waits) {
            if call.is_optional() || call.fallback.is_some() {
                found.entry(asked(call)).or_insert((entry.name.text, hops::span(case, call)));
            }
        }
    }
    found
}
