use crate::rules::rule::rule;

rule! {
    /// An alias that repeats a value which is not marked before it.
    ///
    /// ## Why
    /// In YAML, `*name` repeats the value that was marked with `&name` further up. Without the mark there is nothing
    /// to repeat. A text that merely begins with `*` needs quotes.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, replicas: *copies }
    /// #                                 ^^^^^^^ unknown-alias
    /// ```
    ///
    /// ## Instead
    /// Numbers that several places share are better written as assumptions: their names show up in results.
    /// ```yaml
    /// assumptions:
    ///   copies: 3
    /// components:
    ///   app: { kind: service, replicas: copies }
    ///   jobs: { kind: worker, replicas: copies }
    /// ```
    "unknown-alias": Error, Language, Minimal, since "0.1.0"
}
