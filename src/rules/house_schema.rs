use crate::rules::rule::rule;

rule! {
    /// A design that does not fit the project's own JSON Schema.
    ///
    /// ## Why
    /// `schema = "house.schema.json"` in `sysdesign.toml` names a JSON Schema that all designs of a project must
    /// fit as well: that every component has an owner, say, or that only some technologies are used.
    "house-schema": Error, Model, Minimal, since "0.1.0"
}
