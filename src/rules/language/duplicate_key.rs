use crate::rules::rule::rule;

rule! {
    /// A key that stands twice in the same map.
    ///
    /// ## Why
    /// Only one of the two values can hold. Most programs take the last one without a word, so the first one seems to
    /// be there and is not.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app:
    ///     kind: service
    ///     replicas: 2
    ///     stateless: true
    ///     replicas: 3
    /// #   ^^^^^^^^ duplicate-key
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app:
    ///     kind: service
    ///     replicas: 3
    ///     stateless: true
    /// ```
    "duplicate-key": Error, Language, Minimal, since "0.1.0"
}
