use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::computed::share;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// A store that is nearly saturated by reads, with no cache before it.
    ///
    /// ## Why
    /// Where nearly everything that arrives is a read, and the same records are asked for again and again, a cache takes most of
    /// it off the store for a fraction of the price of another copy (Microsoft, Cloud Design Patterns, "Cache-Aside"; "No
    /// Caching" among its performance antipatterns).
    ///
    /// A store is reported when at least nine in ten requests are reads and it is in use to 70% or more at peak. One that
    /// copes easily needs no cache, which has to be kept fresh and fails in ways of its own.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links: { kind: database, capacity: 5k rps }
    /// # ^^^^^ read-heavy-without-cache
    /// flows:
    ///   follow:
    ///     rate: 4000 / s
    ///     steps:
    ///       - browser -> app: GET /{code}
    ///       - app -> links: select the link
    ///         operation: read
    /// rules: { stage: sketch, read-heavy-without-cache: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, hit_ratio: 80%, ttl: 1 hour }
    ///   links: { kind: database, capacity: 5k rps }
    /// flows:
    ///   follow:
    ///     rate: 4000 / s
    ///     steps:
    ///       - browser -> app: GET /{code}
    ///       - app -> hot: look up the code
    ///         operation: read
    ///         on_miss:
    ///           - app -> links: select the link
    ///             operation: read
    /// rules: { stage: sketch, read-heavy-without-cache: warning }
    /// ```
    ///
    /// ## Known false positives
    /// Reads of records that are all different, or that must never be old.
    "read-heavy-without-cache": Warning, Scale, Recommended, at Design, since "0.2.0", check
}

const NEARLY_FULL: f64 = 0.7;
const MOSTLY: f64 = 0.9;
/// What an ordinary cache answers.
const HITS: f64 = 0.8;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    // Whoever talks to a cache knows how to use one, and stores whose data is in a cache have one.
    let to_caches = case.connections.iter().filter(|connection| case.has(connection.to, "caches"));
    let callers: BTreeSet<u32> = to_caches.map(|connection| connection.from).collect();
    let sheltered = case.connections.iter().filter(|connection| callers.contains(&connection.from));
    let mut cached: BTreeSet<&str> = sheltered.map(|connection| case.component_name(connection.to)).collect();
    for data in case.design.data.iter().filter(|data| !data.value.cached_in.is_empty()) {
        cached.extend(data.value.stored_in.iter().map(|store| store.text));
    }
    for (index, entry) in (0..).zip(&case.design.components) {
        let name = entry.name.text;
        let is_store = case.has(index, "durable") && case.has(index, "answers_queries");
        let analyses = case.has(index, "analytical") || case.has(index, "caches");
        if !is_store || analyses || cached.contains(name) {
            continue;
        }
        let used = numbers.in_use(index, "requests");
        if !(NEARLY_FULL..1.0).contains(&used) {
            continue;
        }
        let of = |name: &str| numbers.component(index, name);
        let reads = of("load.read") / of("load");
        if reads.is_nan() || reads < MOSTLY {
            continue;
        }
        let message = format!(
            "`{name}` is in use to {} at peak, {} of its requests are reads, and no cache is before it",
            share(used),
            share(reads)
        );
        let left = share(used * (1.0 - HITS * reads));
        let help =
            format!("a cache that answers {} of the reads brings it down to about {left}", share(HITS));
        out.push(RULE.finding(entry.name.span, message).help(help));
    }
}
