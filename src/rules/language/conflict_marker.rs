use crate::rules::rule::rule;

rule! {
    /// A merge conflict that git has left in the file.
    ///
    /// ## Why
    /// Both versions stand in the file, one below the other. Nobody but you can say which one holds, so the file is
    /// not read any further.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    /// <<<<<<< HEAD
    /// ^^^^^^^^^^^^ conflict-marker
    ///   app: { kind: service, replicas: 2 }
    /// =======
    ///   app: { kind: service, replicas: 3 }
    /// >>>>>>> more-copies
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, replicas: 3 }
    /// ```
    "conflict-marker": Error, Language, Minimal, since "0.1.0"
}
