use crate::rules::rule::rule;

rule! {
    /// A technology on a component of a kind that it is not commonly used as.
    ///
    /// ## Why
    /// The numbers of a technology hold for what it is made for. A cache drawn with a message broker's numbers
    /// gives results that look right and are not.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   hot: { kind: cache, tech: kafka }
    /// #                           ^^^^^ technology-does-not-fit-kind
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   hot: { kind: cache, tech: redis }
    /// ```
    ///
    /// ## When to allow it
    /// When it really is used so. Saying it in a catalogue of your own, with numbers that hold for that use, is
    /// better.
    "technology-does-not-fit-kind": Warning, Model, Recommended, since "0.1.0"
}
