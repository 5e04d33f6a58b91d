use crate::rules::rule::rule;

rule! {
    /// A key that the language does not know in this place.
    ///
    /// ## Why
    /// If it were ignored, a misspelt key would change nothing, and nobody would notice.
    ///
    /// Keys that begin with `x-` are your own: they may stand anywhere and are never looked at.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, replica: 2 }
    /// #                       ^^^^^^^ unknown-key
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, replicas: 2, x-ticket: ABC-12 }
    /// ```
    "unknown-key": Error, Language, Minimal, since "0.1.0"
}
