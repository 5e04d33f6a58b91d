use crate::rules::rule::rule;

rule! {
    /// A technology that the catalogue does not know.
    ///
    /// ## Why
    /// Nothing is computed from it, and a misspelt name looks just the same.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   links: { kind: database, tech: postgressql }
    /// #                                ^^^^^^^^^^^ unknown-technology
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   links: { kind: database, tech: postgresql }
    /// ```
    ///
    /// ## When to allow it
    /// For a technology of your own that needs no numbers. `catalog:` names a file that describes it, with or
    /// without numbers.
    "unknown-technology": Warning, Model, Recommended, since "0.1.0"
}
