use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::{component, role};

rule! {
    /// Data that must be kept for months, and whose only store is a cache.
    ///
    /// ## Why
    /// A cache may forget at any time: it evicts when it is full, and it is empty after a restart. What has a retention of
    /// months is meant to be there after both (AWS whitepaper *Database Caching Strategies Using Redis*: the cache is not the
    /// system of record).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: hot }
    ///   hot: { kind: cache }
    /// data:
    ///   profile: { size: 2 KB, stored_in: hot, retention: 5 years }
    /// #                                   ^^^ long-lived-data-in-cache
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: [hot, profiles] }
    ///   hot: { kind: cache }
    ///   profiles: { kind: database }
    /// data:
    ///   profile: { size: 2 KB, stored_in: profiles, cached_in: hot, retention: 5 years }
    /// ```
    ///
    /// ## Known false positives
    /// A cache that writes to disk and evicts nothing: say so with `durable: true`.
    "long-lived-data-in-cache": Warning, Data, Recommended, since "0.2.0", check
}

/// From which retention on it is not about a session or a short list any more: 90 days.
const LONG: f64 = 90.0 * 24.0 * 3600.0;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.data {
        let Some(retention) = &entry.value.retention else { continue };
        if case.central(&retention.written).is_none_or(|kept| kept < LONG) {
            continue;
        }
        let forgets = |name: &str| {
            let Some(index) = case.names.find(Space::Component, name) else { return false };
            let is_durable = component(case, index).is_some_and(|it| {
                it.value.durable.is_some_and(|it| it.value)
                    || it.value.backup.as_ref().is_some_and(|it| it.is_yes())
            });
            let role = role(case, index);
            role.has("caches") && !role.has("durable") && !is_durable
        };
        let Some(first) = entry.value.stored_in.first() else { continue };
        if !entry.value.stored_in.iter().all(|place| forgets(place.text)) {
            continue;
        }
        let (name, kept) = (entry.name.text, retention.written.node.text());
        out.push(
            RULE.finding(
                first.span,
                format!(
                    "`{name}` must be kept for {kept}, but `{}` is a cache and may forget it",
                    first.text
                ),
            )
            .related(retention.span(), "how long it must be kept")
            .help(format!(
                "name a durable store under `stored_in`, and `cached_in: {}`; or say `durable: true` of `{}`",
                first.text, first.text
            )),
        );
    }
}
