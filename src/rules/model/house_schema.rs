use crate::rules::rule::rule;

rule! {
    /// A design that does not fit the project's own JSON Schema.
    ///
    /// ## Why
    /// `schema = "house.schema.json"` in `sysdesign.toml` names a JSON Schema that all designs of a project must
    /// fit as well: that every component has an owner, say, or that only some technologies are used. Whoever
    /// agreed on it will not have to say it again in every review.
    ///
    /// ## Example
    /// ```yaml
    /// # file: design.yaml
    /// sysdesign: 1
    /// name: Shop
    /// summary: People buy things.
    /// components:
    ///   app: { kind: service, tech: nodejs }
    /// # ^^^ house-schema
    /// #                             ^^^^^^ house-schema
    /// # file: house.schema.json
    /// {
    ///   "properties": { "components": { "additionalProperties": {
    ///     "required": ["owner"],
    ///     "properties": { "tech": { "enum": ["go", "postgresql"] } }
    ///   } } }
    /// }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// # file: design.yaml
    /// sysdesign: 1
    /// name: Shop
    /// summary: People buy things.
    /// components:
    ///   app: { kind: service, tech: go, owner: shop team }
    /// # file: house.schema.json
    /// {
    ///   "properties": { "components": { "additionalProperties": {
    ///     "required": ["owner"],
    ///     "properties": { "tech": { "enum": ["go", "postgresql"] } }
    ///   } } }
    /// }
    /// ```
    ///
    /// ## When to allow it
    /// While a design moves to the rules of the house, with a date until when.
    "house-schema": Error, Model, Minimal, since "0.1.0"
}
