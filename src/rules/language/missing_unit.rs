use crate::rules::rule::rule;

rule! {
    /// A bare number where a unit is needed.
    ///
    /// ## Why
    /// `300` may be seconds or milliseconds, which is a factor of a thousand in every result. Only shares and counts are
    /// plain numbers.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   hot: { kind: cache, ttl: 300 }
    /// #                          ^^^ missing-unit
    /// data:
    ///   page: { size: 20k, stored_in: hot }
    /// #               ^^^ missing-unit
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   hot: { kind: cache, ttl: 300 s }
    /// data:
    ///   page: { size: 20 KB, stored_in: hot }
    /// ```
    "missing-unit": Error, Language, Minimal, since "0.1.0"
}
