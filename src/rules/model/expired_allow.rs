use crate::rules::rule::rule;

rule! {
    /// An entry under `allow:` whose day has passed.
    ///
    /// ## Why
    /// Somebody decided that this would be mended by then. What it allowed is reported again.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, description: "left \u200E over" }
    /// #                                          ^^^^^^ misleading-text
    /// rules:
    ///   allow:
    ///     - { rule: misleading-text, reason: Comes from the vendor, until: 2020-01-31 }
    /// #                                                                    ^^^^^^^^^^ expired-allow
    /// ```
    ///
    /// ## Instead
    /// Mend it, or decide anew.
    /// ```yaml
    /// components:
    ///   app: { kind: service, description: "left \u200E over" }
    /// rules:
    ///   allow:
    ///     - { rule: misleading-text, reason: Comes from the vendor, until: 2099-01-31 }
    /// ```
    "expired-allow": Warning, Model, Minimal, since "0.1.0"
}
