use crate::rules::rule::rule;

rule! {
    /// A kind of component that neither the built-in catalogue nor a file under `catalog:` knows.
    ///
    /// ## Why
    /// The kind says what a component is to the rules and to the numbers: whether it holds state, can queue requests or
    /// faces clients. `sysdesign kinds` lists all kinds; a catalogue file of your own may add others.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: servise }
    /// #              ^^^^^^^ unknown-kind
    ///   links: { kind: sql_server, replicas: 2 }
    /// #                ^^^^^^^^^^ unknown-kind
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service }
    ///   links: { kind: database, replicas: 2 }
    /// ```
    "unknown-kind": Error, Language, Minimal, since "0.1.0"
}
