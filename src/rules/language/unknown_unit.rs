use crate::rules::rule::rule;

rule! {
    /// A word after a number that is no unit.
    ///
    /// ## Why
    /// Nothing can be computed from a number whose unit is not known. Case matters: `MB` are megabytes and `Mb`
    /// megabits, `M` is a million and `m` is not; `B` is bytes, a billion is `bn`.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   hot: { kind: cache, ttl: 5 mins, memory: 64 Gigs }
    /// #                                             ^^^^ unknown-unit
    /// data:
    ///   page: { size: 20 kbyte, stored_in: hot }
    /// #                  ^^^^^ unknown-unit
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   hot: { kind: cache, ttl: 5 minutes, memory: 64 GB }
    /// data:
    ///   page: { size: 20 KB, stored_in: hot }
    /// ```
    "unknown-unit": Error, Language, Minimal, since "0.1.0"
}
