use crate::rules::rule::rule;

rule! {
    /// A rule of your own that makes no sense.
    ///
    /// ## Why
    /// A rule under `rules: own:` says what it looks at, which of it is meant, and what must hold there. One that looks at nothing
    /// or demands nothing would never find anything, and nobody would notice.
    ///
    /// ## Example
    /// ```yaml
    /// components: { app: { kind: service, owner: me } }
    /// rules:
    ///   own:
    ///     owned:
    /// #   ^^^^^ invalid-rule
    ///       needs: owner
    ///     stores:
    ///       find: components
    ///       where: { trait: hold_state }
    /// #                     ^^^^^^^^^^ invalid-rule
    ///       needs: owner
    ///       message: "{name} has no owner"
    /// #               ^^^^^^ invalid-rule
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components: { app: { kind: service, owner: me } }
    /// rules:
    ///   own:
    ///     owned: { find: components, needs: owner }
    ///     stores:
    ///       find: components
    ///       where: { trait: holds_state }
    ///       needs: owner
    ///       message: "{id} has no owner"
    /// ```
    "invalid-rule": Error, Language, Minimal, since "0.2.0"
}
