use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::quantity::Dimension;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::quantities::{Bytes, Quantity};
use std::collections::BTreeSet;

rule! {
    /// Megabytes that go through one's own programs ten times a second and more, while a client waits.
    ///
    /// ## Why
    /// A program in the middle receives, holds and sends on every byte: memory, bandwidth and a worker for as long as the slowest
    /// client takes, for content that it does not look at. A signed address lets the client talk to the object store itself
    /// (Microsoft, Cloud Design Patterns, "Valet Key"; presigned URLs in the documentation of Amazon S3).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, capacity: 1k rps }
    /// flows:
    ///   upload:
    ///     rate: 20 / s
    ///     steps:
    ///       - browser -> app: POST /videos
    ///         request: 50 MB
    /// #                ^^^^^ large-payload-on-hot-path
    /// rules: { stage: sketch, large-payload-on-hot-path: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, capacity: 1k rps }
    ///   videos: { kind: object_store }
    /// flows:
    ///   upload:
    ///     rate: 20 / s
    ///     steps:
    ///       - browser -> app: "POST /videos: where to?"
    ///       - browser -> videos: PUT to the signed address
    ///         request: 50 MB
    /// rules: { stage: sketch, large-payload-on-hot-path: warning }
    /// ```
    ///
    /// ## When to allow it
    /// When the program has to look at all of it before it may be stored.
    "large-payload-on-hot-path": Warning, Latency, Recommended, at Design, since "0.2.0", check
}

const LARGE: f64 = 1e6;
const OFTEN: f64 = 10.0;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    let mut told: BTreeSet<u32> = BTreeSet::new();
    for (flow, _, calls) in case.interactive_flows() {
        let rate = numbers.of(Subject::Flow(flow), "rate.peak");
        if rate.is_nan() || rate < OFTEN {
            continue;
        }
        for call in calls.calls.iter().filter(|call| call.waits && case.has(call.from, "is_client")) {
            let sizes: [(&str, Option<&Quantity<'_, Bytes>>); 2] =
                [("receives", call.step.request.as_ref()), ("sends", call.step.response.as_ref())];
            // The first own program on the way carries it.
            let chain = calls.calls.iter().filter(|other| std::ptr::eq(other.step, call.step));
            let Some(program) = chain.map(|other| other.to).find(|to| case.has(*to, "runs_code")) else {
                continue;
            };
            for (verb, size) in sizes {
                let Some(size) = size else { continue };
                let Some(bytes) = case.central(&size.written).filter(|bytes| *bytes >= LARGE) else {
                    continue;
                };
                if !told.insert(program) {
                    continue;
                }
                let name = case.component_name(program);
                let message = format!(
                    "`{name}` {verb} {} at a time, {} at peak: {} through a program that clients wait for",
                    numbers.size(bytes),
                    numbers.rate(rate),
                    numbers.estimate.shown_as(bytes * rate, Dimension::BANDWIDTH, false)
                );
                let help =
                    "hand the client a signed address, and let it talk to the object store or the CDN itself";
                out.push(RULE.finding(size.span(), message).help(help));
            }
        }
    }
}
