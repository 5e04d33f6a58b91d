use super::support::{self, Walk};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::{cause, hops};

rule! {
    /// Copies that may live longer than the data may be old.
    ///
    /// ## Why
    /// A read from the cache is as old as the copy, up to its `ttl`. When the data must be fresher than that, the copy has to expire earlier,
    /// or whoever changes the original has to renew or drop it (RFC 9111, section 4.2, for HTTP).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, ttl-longer-than-freshness: warning }
    /// data:
    ///   price: { size: 100 B, freshness: 1 minute, stored_in: prices, cached_in: hot }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, ttl: 1 hour }
    /// #                     ^^^ ttl-longer-than-freshness
    ///   prices: { kind: database }
    /// flows:
    ///   look:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /price
    ///       - app -> hot: look it up
    ///         reads: [price]
    ///         optional: true
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, ttl-longer-than-freshness: warning }
    /// data:
    ///   price: { size: 100 B, freshness: 1 minute, stored_in: prices, cached_in: hot }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, ttl: 30 s }
    ///   prices: { kind: database }
    /// flows:
    ///   look:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /price
    ///       - app -> hot: look it up
    ///         reads: [price]
    ///         optional: true
    /// ```
    "ttl-longer-than-freshness": Warning, Consistency, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let has_both = case
        .design
        .data
        .iter()
        .any(|entry| entry.value.freshness.is_some() && !entry.value.cached_in.is_empty());
    if !has_both {
        return;
    }
    let walk = Walk::new(case);
    for ((data, entry), caches) in case.design.data.iter().enumerate().zip(&walk.cached) {
        let Some(freshness) = &entry.value.freshness else { continue };
        let Some(limit) = case.central(&freshness.written) else { continue };
        for cache in caches {
            let Some(component) = support::component(case, *cache) else { continue };
            let ttl = component.ttl.as_ref().and_then(|ttl| case.central(&ttl.written));
            let Some(ttl) = ttl.filter(|ttl| *ttl > limit) else { continue };
            let writes = walk.writes.get(data).map_or(&[][..], Vec::as_slice);
            let is_told = !writes.is_empty() && writes.iter().all(|write| walk.tells(write.flow, *cache));
            if is_told || support::passes_writes(component) || !walk.is_copy(case, data, *cache) {
                continue;
            }
            let Some(span) = cause::fact(case, *cache, &["ttl"]) else { continue };
            let (name, data) = (case.component_name(*cache), entry.name.text);
            let message = format!(
                "a `{data}` from `{name}` may be {} old, and {} is asked for",
                hops::time(ttl),
                hops::time(limit)
            );
            let help = format!(
                "write a `ttl` of at most {}, or drop the copy wherever `{data}` is written",
                hops::time(limit)
            );
            out.push(RULE.finding(span, message).related(freshness.span(), "no older than this").help(help));
        }
    }
}
