use crate::rules::rule::rule;

rule! {
    /// A group that contains itself, directly or by way of other groups.
    ///
    /// ## Why
    /// Groups are drawn as boxes inside boxes, and no box is inside itself.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service }
    /// groups:
    ///   shop: { contains: [backend] }
    /// # ^^^^ cyclic-group
    ///   backend: { contains: [app, shop] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service }
    /// groups:
    ///   shop: { contains: [backend] }
    ///   backend: { contains: [app] }
    /// ```
    "cyclic-group": Error, Language, Minimal, since "0.1.0"
}
