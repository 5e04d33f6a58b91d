use crate::rules::rule::rule;

rule! {
    /// A name of something that is not there.
    ///
    /// ## Why
    /// A misspelt name would draw a connection to nowhere, or compute with nothing.
    ///
    /// ## Example
    /// ```yaml
    /// assumptions:
    ///   new_links: 40 / s
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// flows:
    ///   shorten:
    ///     rate: new_link
    /// #         ^^^^^^^^ unresolved-reference
    ///     steps:
    ///       - browser -> apps: POST /links
    /// #                  ^^^^ unresolved-reference
    /// requirements:
    ///   fast: { check: flows.shorten.latency.p98 < 50 ms }
    /// #                ^^^^^^^^^^^^^^^^^^^^^^^^^ unresolved-reference
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// assumptions:
    ///   new_links: 40 / s
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2, service_time: 8 ms }
    /// flows:
    ///   shorten:
    ///     rate: new_links
    ///     steps:
    ///       - browser -> app: POST /links
    /// requirements:
    ///   fast: { check: flows.shorten.latency.p99 < 50 ms }
    /// ```
    "unresolved-reference": Error, Language, Minimal, since "0.1.0"
}
