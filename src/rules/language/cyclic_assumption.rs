use crate::rules::rule::rule;

rule! {
    /// An assumption that is computed from itself.
    ///
    /// ## Why
    /// Each of them waits for the value of the other, so none has a value.
    ///
    /// ## Example
    /// ```yaml
    /// assumptions:
    ///   reads: writes * 10
    /// # ^^^^^ cyclic-assumption
    ///   writes: reads / 10
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// flows:
    ///   open: { rate: reads, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// assumptions:
    ///   reads: writes * 10
    ///   writes: 40 / s
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// flows:
    ///   open: { rate: reads, steps: ["browser -> app: GET /"] }
    /// ```
    "cyclic-assumption": Error, Language, Minimal, since "0.1.0"
}
