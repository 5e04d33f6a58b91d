use crate::rules::rule::rule;

rule! {
    /// A value of another kind than its key takes: a list instead of a map, a text instead of a number.
    ///
    /// ## Why
    /// The key tells what its value means. From a value of another shape nothing can be read.
    ///
    /// ## Example
    /// ```yaml
    /// components: [app, links]
    /// #           ^^^^^^^^^^^^ wrong-type
    /// ```
    /// ```yaml
    /// components:
    ///   app: { kind: service, stateless: yes }
    /// #                                  ^^^ wrong-type
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, stateless: true }
    ///   links: { kind: database }
    /// ```
    "wrong-type": Error, Language, Minimal, since "0.1.0"
}
