use crate::rules::rule::rule;

rule! {
    /// Quantities that cannot be added, compared, or used in this place.
    ///
    /// ## Why
    /// Bytes and seconds have no sum, and a size is no time. Where the units do not fit, the formula is wrong: something
    /// is missing, or multiplied instead of divided. The check finds it before the number is believed.
    ///
    /// ## Example
    /// ```yaml
    /// assumptions:
    ///   link_size: 500 B
    ///   keep_for: 5 years
    /// components:
    ///   links: { kind: database, storage: link_size + keep_for }
    /// #                                               ^^^^^^^^ dimension-mismatch
    ///   hot: { kind: cache, ttl: 2 GB }
    /// #                          ^^^^ dimension-mismatch
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// assumptions:
    ///   link_size: 500 B
    ///   new_links: 40 / s
    ///   keep_for: 5 years
    /// components:
    ///   links: { kind: database, storage: link_size * new_links * keep_for }
    ///   hot: { kind: cache, memory: 2 GB }
    /// ```
    "dimension-mismatch": Error, Language, Minimal, since "0.1.0"
}
