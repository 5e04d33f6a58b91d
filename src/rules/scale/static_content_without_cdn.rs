use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::quantity::Dimension;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// Files that clients fetch at a gigabit a second and more without a content delivery network.
    ///
    /// ## Why
    /// The same files go over the same long way to everybody. A content delivery network hands them out near the reader, for less
    /// money a gigabyte than a cloud asks for what leaves it, and takes the peaks off the origin (Microsoft, Cloud Design
    /// Patterns, "Static Content Hosting").
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   pictures: { kind: object_store, latency: 50 ms }
    /// flows:
    ///   look:
    ///     rate: 1000 / s
    ///     steps:
    ///       - browser -> pictures: GET /pictures/{id}
    /// #                  ^^^^^^^^ static-content-without-cdn
    ///         response: 200 KB
    /// rules: { stage: sketch, static-content-without-cdn: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   edge: { kind: cdn, hit_ratio: 95%, ttl: 1 day }
    ///   pictures: { kind: object_store, latency: 50 ms }
    /// flows:
    ///   look:
    ///     rate: 1000 / s
    ///     steps:
    ///       - browser -> edge: GET /pictures/{id}
    ///         response: 200 KB
    ///         on_miss: ["edge -> pictures: GET /pictures/{id}"]
    /// rules: { stage: sketch, static-content-without-cdn: warning }
    /// ```
    ///
    /// ## When to allow it
    /// When every file is fetched once, as with backups or exports.
    "static-content-without-cdn": Warning, Scale, Recommended, at Design, on Performance, since "0.2.0", check
}

/// A gigabit, in bytes a second.
const MUCH: f64 = 125e6;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if case.is_moment {
        return;
    }
    let Some(numbers) = case.computed() else { return };
    let mut told: BTreeSet<u32> = BTreeSet::new();
    for (_, _, calls) in case.interactive_flows() {
        let edge = |index: u32| case.has(index, "serves_content") && case.has(index, "caches");
        if calls.calls.iter().any(|call| edge(call.to)) {
            continue;
        }
        for call in calls.calls.iter().filter(|call| call.waits && call.is_last) {
            let is_file = case.has(call.to, "stores_blobs") && case.has(call.from, "is_client");
            let reads = call.step.response.is_some() || !call.step.reads.is_empty();
            if !is_file || !reads || told.contains(&call.to) {
                continue;
            }
            let sent = numbers.of(Subject::Component(call.to), "bandwidth.out");
            if sent.is_nan() || sent < MUCH {
                continue;
            }
            let Some(hop) = call.step.others.as_ref().and_then(|arrow| arrow.hops.last()) else { continue };
            told.insert(call.to);
            let shown = numbers.estimate.shown_as(sent, Dimension::BANDWIDTH, false);
            let message = format!(
                "clients fetch {shown} at peak from `{}`, with no content delivery network in between",
                case.component_name(call.to)
            );
            let left = numbers.estimate.shown_as(sent * 0.05, Dimension::BANDWIDTH, false);
            let help = format!("a content delivery network that answers 95% of it leaves {left}");
            out.push(RULE.finding(hop.to.span, message).help(help));
        }
    }
}
