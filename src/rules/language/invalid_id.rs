use crate::rules::rule::rule;

rule! {
    /// A name that cannot be used in steps and expressions.
    ///
    /// ## Why
    /// Components, flows and everything else are called by their ids, in steps (`app -> links: …`) and in
    /// expressions (`new_links * 2`). So an id begins with a letter from a to z and goes on with letters, digits, `_`
    /// and `-`, and an assumption is not called like a unit. How it is spelled for people is said in `name:`.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   2nd app: { kind: service }
    /// # ^^^^^^^ invalid-id
    /// ```
    /// ```yaml
    /// assumptions:
    ///   month: 30 days
    /// # ^^^^^ invalid-id
    /// components:
    ///   app: { kind: cache, ttl: 1 * month }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// assumptions:
    ///   billing_month: 30 days
    /// components:
    ///   second_app: { kind: cache, name: 2nd app, ttl: billing_month }
    /// ```
    "invalid-id": Error, Language, Minimal, since "0.1.0"
}
