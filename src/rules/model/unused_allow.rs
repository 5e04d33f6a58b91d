use crate::rules::rule::rule;

rule! {
    /// An entry under `allow:` that allows nothing.
    ///
    /// ## Why
    /// What it was written for has been mended or renamed. Left standing, it would hide the next finding of
    /// its kind.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service }
    /// rules:
    ///   allow:
    ///     - { rule: misleading-text, on: components.app, reason: The name is right to left }
    /// #             ^^^^^^^^^^^^^^^ unused-allow
    /// ```
    ///
    /// ## Instead
    /// Take it out.
    /// ```yaml
    /// components:
    ///   app: { kind: service }
    /// ```
    "unused-allow": Warning, Model, Minimal, since "0.1.0"
}
