use crate::rules::rule::rule;

rule! {
    /// A file that includes itself, directly or by way of other files.
    ///
    /// ## Why
    /// All files of a design are one whole: what one file defines, every other file may use. A file never needs to
    /// include the one that includes it.
    ///
    /// ## Example
    /// ```yaml
    /// # file: design.yaml
    /// sysdesign: 1
    /// name: Shop
    /// summary: People buy things.
    /// include: stores.yaml
    /// components:
    ///   app: { kind: service, uses: order_store }
    /// # file: stores.yaml
    /// include: design.yaml
    /// #        ^^^^^^^^^^^ cyclic-include
    /// components:
    ///   order_store: { kind: database }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// # file: design.yaml
    /// sysdesign: 1
    /// name: Shop
    /// summary: People buy things.
    /// include: stores.yaml
    /// components:
    ///   app: { kind: service, uses: order_store }
    /// # file: stores.yaml
    /// components:
    ///   order_store: { kind: database }
    /// ```
    "cyclic-include": Error, Language, Minimal, since "0.1.0"
}
