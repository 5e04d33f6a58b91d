use crate::rules::rule::rule;

rule! {
    /// A word that is none of the words which its key takes.
    ///
    /// ## Why
    /// Such a key has a fixed list of words, each with a meaning. Any other word has none.
    ///
    /// ## Example
    /// ```yaml
    /// style: microservice
    /// #      ^^^^^^^^^^^^ unknown-value
    /// components:
    ///   links: { kind: database, replicas: 3, replication: master-slave }
    /// #                                                    ^^^^^^^^^^^^ unknown-value
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// style: microservices
    /// components:
    ///   links: { kind: database, replicas: 3, replication: leader-follower }
    /// ```
    "unknown-value": Error, Language, Minimal, since "0.1.0"
}
