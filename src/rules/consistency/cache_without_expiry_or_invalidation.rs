use super::support::{self, Walk};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::{cause, hops};
use crate::spec::component::WritePolicy;
use std::collections::BTreeSet;

rule! {
    /// A cache that keeps old copies for ever: nothing expires, and nothing tells it of changes.
    ///
    /// ## Why
    /// A copy that neither expires nor is renewed or dropped when the original changes stays wrong until it happens to be pushed out. "There
    /// are only two hard things in Computer Science: cache invalidation and naming things" (Phil Karlton). Even where every write drops the
    /// copy, an expiry bounds the harm of the one that was forgotten (Nishtala et al., *Scaling Memcache at Facebook*, NSDI 2013).
    /// Reported where some flow writes the data.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, cache-without-expiry-or-invalidation: warning }
    /// data:
    ///   price: { size: 100 B, stored_in: prices, cached_in: hot }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache }
    /// # ^^^ cache-without-expiry-or-invalidation
    ///   prices: { kind: database }
    /// flows:
    ///   change:
    ///     rate: 1 / s
    ///     steps:
    ///       - browser -> app: PUT /price
    ///       - app -> prices: update
    ///         writes: [price]
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
    /// rules: { profile: minimal, cache-without-expiry-or-invalidation: warning }
    /// data:
    ///   price: { size: 100 B, stored_in: prices, cached_in: hot }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, ttl: 1 minute }
    ///   prices: { kind: database }
    /// flows:
    ///   change:
    ///     rate: 1 / s
    ///     steps:
    ///       - browser -> app: PUT /price
    ///       - app -> prices: update
    ///         writes: [price]
    ///   look:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /price
    ///       - app -> hot: look it up
    ///         reads: [price]
    ///         optional: true
    /// ```
    ///
    /// ## When to allow it
    /// When records are written once and never change.
    "cache-without-expiry-or-invalidation": Warning, Consistency, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || case.design.data.iter().all(|entry| entry.value.cached_in.is_empty()) {
        return;
    }
    let walk = Walk::new(case);
    let mut told = BTreeSet::new();
    for ((data, entry), caches) in case.design.data.iter().enumerate().zip(&walk.cached) {
        for cache in caches {
            let Some(component) = support::component(case, *cache) else { continue };
            let renews =
                component.write_policy.is_some_and(|policy| policy.value == WritePolicy::RefreshAhead);
            if component.ttl.is_some()
                || support::passes_writes(component)
                || renews
                || !walk.is_copy(case, data, *cache)
            {
                continue;
            }
            let writes = walk.writes.get(data).into_iter().flatten();
            let silent = writes.into_iter().find(|write| !walk.tells(write.flow, *cache));
            let Some(silent) = silent.filter(|_| told.insert(*cache)) else { continue };
            let Some(span) = cause::fact(case, *cache, &["write_policy"]) else { continue };
            let name = case.component_name(*cache);
            let message = format!("`{name}` keeps an old `{}` for as long as it has room", entry.name.text);
            let help = format!(
                "say how long a copy may live (`ttl: 1 hour` on `components.{name}`), or drop it where the original changes (`~> {name}`)"
            );
            out.push(
                RULE.finding(span, message)
                    .related(hops::span(case, silent.call), "it changes here, and the cache is not told")
                    .help(help),
            );
        }
    }
}
