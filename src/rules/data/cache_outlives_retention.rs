use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::component;

rule! {
    /// A cache that holds copies for longer than the data itself may be kept.
    ///
    /// ## Why
    /// The record is deleted on time and the copy is still served: how long data is kept holds for all of its copies
    /// (storage limitation, GDPR Article 5(1)(e)), and readers see what does not exist any more.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: [hot, offers] }
    ///   hot: { kind: cache, ttl: 30 days }
    ///   offers: { kind: database }
    /// data:
    ///   offer: { size: 1 KB, stored_in: offers, cached_in: hot, retention: 7 days }
    /// #                                                    ^^^ cache-outlives-retention
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: [hot, offers] }
    ///   hot: { kind: cache, ttl: 1 hour }
    ///   offers: { kind: database }
    /// data:
    ///   offer: { size: 1 KB, stored_in: offers, cached_in: hot, retention: 7 days }
    /// ```
    "cache-outlives-retention": Warning, Data, Recommended, on Security, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.data {
        let Some(retention) = &entry.value.retention else { continue };
        let Some(kept) = case.central(&retention.written) else { continue };
        for place in &entry.value.cached_in {
            let found = case.names.find(Space::Component, place.text);
            let Some(cache) = found.and_then(|found| component(case, found)) else { continue };
            let Some(ttl) = &cache.value.ttl else { continue };
            if case.central(&ttl.written).is_none_or(|lives| lives <= kept) {
                continue;
            }
            let (data, cache, lives, kept) =
                (entry.name.text, place.text, ttl.written.node.text(), retention.written.node.text());
            out.push(
                RULE.finding(
                    place.span,
                    format!("`{data}` is kept for {kept}, but its copies in `{cache}` live for {lives}"),
                )
                .related(ttl.span(), format!("how long copies live in `{cache}`"))
                .related(retention.span(), format!("how long `{data}` is kept"))
                .help(format!("set `ttl` of `{cache}` to {kept} at most")),
            );
        }
    }
}
