use crate::rules::rule::rule;

rule! {
    /// Two ids that differ only in capital letters.
    ///
    /// ## Why
    /// Ids become the names of pages and pictures. On Windows and macOS, `Orders.svg` and `orders.svg` are the same file, so
    /// that one would overwrite the other. Readers mix them up just as easily.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   orders: { kind: service }
    ///   Orders: { kind: database }
    /// # ^^^^^^ ids-differ-in-case
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   orders: { kind: service }
    ///   order_store: { kind: database }
    /// ```
    "ids-differ-in-case": Error, Language, Minimal, since "0.1.0"
}
