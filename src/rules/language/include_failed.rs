use crate::rules::rule::rule;

rule! {
    /// A file named under `include:` or `catalog:` that cannot be read.
    ///
    /// ## Why
    /// A part of the design is missing, and everything that is defined in it.
    ///
    /// ## Example
    /// ```yaml
    /// include: stores.yml
    /// #        ^^^^^^^^^^ include-failed
    /// components:
    ///   app: { kind: service }
    /// ```
    ///
    /// ## Instead
    /// The path is written as it is seen from the file that includes it.
    /// ```yaml
    /// # file: design.yaml
    /// sysdesign: 1
    /// name: Shop
    /// summary: People buy things.
    /// include: stores.yaml
    /// components:
    ///   app: { kind: service }
    /// # file: stores.yaml
    /// x-note: Nothing is stored yet
    /// ```
    "include-failed": Error, Language, Minimal, since "0.1.0"
}
