use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// Data that is cached and stored nowhere.
    ///
    /// ## Why
    /// A cache may lose what it holds at any moment, because the original is elsewhere. Here there is no elsewhere: a full
    /// cache, a restart or a release deletes the only copy. Redis' own documentation on eviction says what a full cache does.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: hot }
    ///   hot: { kind: cache }
    /// data:
    ///   cart: { size: 2 KB, cached_in: hot }
    /// #                                ^^^ copy-without-original
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: [hot, carts] }
    ///   hot: { kind: cache }
    ///   carts: { kind: database }
    /// data:
    ///   cart: { size: 2 KB, stored_in: carts, cached_in: hot }
    /// ```
    ///
    /// ## Known false positives
    /// Results that are computed and kept for a while, so that they need no original.
    "copy-without-original": Warning, Data, Strict, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.data {
        let data = &entry.value;
        let Some(cache) = data.cached_in.first().filter(|_| data.stored_in.is_empty()) else { continue };
        // What could not be read of `stored_in` has been reported.
        if data.node.get("stored_in").is_some() {
            continue;
        }
        let name = entry.name.text;
        out.push(
            RULE.finding(cache.span, format!("`{name}` is only kept in `{}`, which may lose it", cache.text))
                .help(format!(
                    "name the store that has the original, as `stored_in: …`; if `{}` is that store, say `stored_in: {}`",
                    cache.text, cache.text
                )),
        );
    }
}
