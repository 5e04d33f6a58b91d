use crate::rules::rule::rule;

rule! {
    /// A place where the text breaks the rules of YAML.
    ///
    /// ## Why
    /// In YAML, a quote that is never closed, a tab, a line in the wrong column or a missing space after `:` changes
    /// what all the text behind it means. What can still be read is checked, but nothing is looked up by its name
    /// until the text is whole: a name that the damaged part defines would seem to be missing.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, description: "Serves pages }
    /// #                                    ^ yaml-syntax
    /// ```
    /// ```yaml
    /// components:
    ///   app:
    ///     kind: service
    ///     description: Careful: this one is old
    /// #                       ^ yaml-syntax
    /// ```
    /// ```yaml
    /// components:
    ///   app:
    ///     kind: service
    ///    replicas: 2
    /// #  ^^^^^^^^ yaml-syntax
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app:
    ///     kind: service
    ///     replicas: 2
    ///     description: "Careful: this one is old"
    /// ```
    "yaml-syntax": Error, Language, Minimal, since "0.1.0"
}
