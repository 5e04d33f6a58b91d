use crate::rules::rule::rule;

rule! {
    /// A name under `rules:` that is no rule, or one that cannot be changed.
    ///
    /// ## Why
    /// A misspelt name changes nothing: the rule that was meant stays as it is, without anybody noticing.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service }
    /// rules:
    ///   misleading-texts: error
    /// # ^^^^^^^^^^^^^^^^ unknown-rule
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service }
    /// rules:
    ///   misleading-text: error
    /// ```
    "unknown-rule": Warning, Model, Minimal, since "0.1.0"
}
