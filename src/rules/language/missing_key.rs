use crate::rules::rule::rule;

rule! {
    /// Something that cannot be understood without a key that is not there.
    ///
    /// ## Why
    /// The key is what the whole thing is about: an alternative without `steps` leads nowhere, a finding that is
    /// allowed without a `reason` will be a riddle next year, and without `sysdesign: 1` nobody knows in which version
    /// of the language the file is written.
    ///
    /// ## Example
    /// ```yaml
    /// sysdesign: 1
    /// ^^^^^^^^^ missing-key
    /// summary: A system without a name
    /// components:
    ///   app: { kind: service }
    /// ```
    /// ```yaml
    /// components:
    ///   app: { kind: service, description: TODO describe the app }
    /// #                                    ^^^^ placeholder-text
    /// rules:
    ///   allow:
    ///     - rule: placeholder-text
    /// #     ^^^^ missing-key
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// sysdesign: 1
    /// name: Shop
    /// summary: A system with a name
    /// components:
    ///   app: { kind: service, description: TODO describe the app }
    /// rules:
    ///   allow:
    ///     - rule: placeholder-text
    ///       reason: The team that owns it has not been founded yet
    /// ```
    "missing-key": Error, Language, Minimal, since "0.1.0"
}
