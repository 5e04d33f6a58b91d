use crate::diagnostic::Diagnostic;
use crate::rules::computed::share;
use crate::rules::rule::rule;
use crate::rules::{Case, cause};

use super::support::{capacity_of, leader_in_use, writes_at_peak};

rule! {
    /// A store whose one leader is nearly saturated by writes, which more replicas do not help.
    ///
    /// ## Why
    /// With a single leader every write goes through one node and is then repeated on each follower. Followers add reads, not
    /// writes: once the leader is full the only ways on are a larger machine or shards, and both take weeks on a live store
    /// (Kleppmann, Designing Data-Intensive Applications, chapters 5 and 6).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links: { kind: database, replicas: 3, replication: leader-follower, capacity: { read: 10k rps, write: 1k rps } }
    /// #                                       ^^^^^^^^^^^ write-hotspot
    /// flows:
    ///   shorten:
    ///     rate: 800 / s
    ///     steps:
    ///       - browser -> app: POST /links
    ///       - app -> links: insert the link
    ///         operation: write
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links:
    ///     kind: database
    ///     replicas: 3
    ///     shards: 2
    ///     shard_key: code
    ///     replication: leader-follower
    ///     capacity: { read: 10k rps, write: 1k rps }
    /// flows:
    ///   shorten:
    ///     rate: 800 / s
    ///     steps:
    ///       - browser -> app: POST /links
    ///       - app -> links: insert the link
    ///         operation: write
    /// ```
    ///
    /// ## When to allow it
    /// When the load is known not to grow.
    "write-hotspot": Warning, Scale, Recommended, since "0.2.0", check
}

/// From here on the leader has no room for a burst.
const NEARLY_FULL: f64 = 0.7;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    for (index, entry) in (0..).zip(&case.design.components) {
        let Some(used) = leader_in_use(case, numbers, index).filter(|used| *used >= NEARLY_FULL) else {
            continue;
        };
        // What is overloaded has its own rule.
        if numbers.component(index, "utilization") >= 1.0 {
            continue;
        }
        let Some(span) = cause::fact(case, index, &["replication", "shards", "replicas"]) else { continue };
        let name = entry.name.text;
        let can = capacity_of(case, index, "write").unwrap_or(f64::NAN);
        let message = format!(
            "the one leader of `{name}` gets {} writes at peak and can take {}: {}",
            numbers.rate(writes_at_peak(numbers, index)),
            numbers.rate(can),
            share(used)
        );
        let shards = (used / 0.5).ceil();
        let help = format!(
            "more replicas take no writes off it; `shards: {shards}` and a `shard_key` bring each leader down to {}",
            share(used / shards)
        );
        out.push(RULE.finding(span, message).help(help));
    }
}
