use crate::rules::rule::rule;

rule! {
    /// A quantity or comparison that cannot be read.
    ///
    /// ## Why
    /// Wherever a number is wanted, an expression may stand: numbers with units, names of assumptions, `+ - * / ^`,
    /// parentheses, ranges such as `50..200`, and functions such as `max(a, b)`. The check of a requirement compares two
    /// of them.
    ///
    /// ## Example
    /// ```yaml
    /// assumptions:
    ///   users: 10k..50k
    ///   visits: users × 3 / day
    /// #               ^ invalid-expression
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// flows:
    ///   open: { rate: visits, steps: ["browser -> app: GET /"] }
    /// ```
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> app: GET /"] }
    /// requirements:
    ///   fast: { check: flows.open.latency.p99 = 50 ms }
    /// #                                       ^ invalid-expression
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// assumptions:
    ///   users: 10k..50k
    ///   visits: users * 3 / day
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2, service_time: 8 ms }
    /// flows:
    ///   open: { rate: visits, steps: ["browser -> app: GET /"] }
    /// requirements:
    ///   fast: { check: flows.open.latency.p99 <= 50 ms }
    /// ```
    "invalid-expression": Error, Language, Minimal, since "0.1.0"
}
