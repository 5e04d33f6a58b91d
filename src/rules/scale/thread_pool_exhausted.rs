use crate::diagnostic::Diagnostic;
use crate::rules::rule::rule;
use crate::rules::{Case, cause};

use super::support::fewer_in_use;

rule! {
    /// A component that waits for others with more requests than it can work on at once.
    ///
    /// ## Why
    /// A worker that waits for an answer does nothing else. By Little's law the number of workers that are taken is the rate of
    /// requests times how long each is held (Little, "A Proof for the Queuing Formula: L = λW", Operations Research 9, 1961).
    /// When that exceeds their number, requests line up before a component whose processor idles (Nygard, Release It!,
    /// 2nd edition, chapter 4, "blocked threads").
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2, concurrency: 8, service_time: 5 ms }
    /// #                                    ^^^^^^^^^^^ thread-pool-exhausted
    ///   bank: { kind: external_system, latency: 1 s }
    /// flows:
    ///   pay:
    ///     rate: 20 / s
    ///     steps:
    ///       - browser -> app: POST /payments
    ///       - app -> bank: charge the card
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2, concurrency: 20, service_time: 5 ms }
    ///   bank: { kind: external_system, latency: 1 s }
    /// flows:
    ///   pay:
    ///     rate: 20 / s
    ///     steps:
    ///       - browser -> app: POST /payments
    ///       - app -> bank: charge the card
    /// ```
    "thread-pool-exhausted": Error, Scale, Minimal, since "0.2.0", check
}

const RESOURCE: &str = "requests worked on at once";

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    for (index, entry) in (0..).zip(&case.design.components) {
        let Some(value) = numbers.resource(index, RESOURCE) else { continue };
        let used = numbers.central.of(value);
        let workers = entry.value.concurrency.as_ref().and_then(|each| case.central(&each.written));
        let room = workers.unwrap_or(f64::NAN) * numbers.component(index, "replicas");
        if !used.is_finite() || used < 1.0 || !room.is_finite() {
            continue;
        }
        let name = entry.name.text;
        let taken = used * room;
        let load = numbers.component(index, "load.peak");
        let mut message = format!(
            "`{name}` is to work on {} requests at once at peak, and has room for {}",
            numbers.count(taken),
            numbers.count(room)
        );
        if load.is_finite() && load > 0.0 {
            message += &format!(": {} that take {} each", numbers.rate(load), numbers.time(taken / load));
        }
        let Some(span) = cause::fact(case, index, &["concurrency"]) else { continue };
        let mut finding = RULE.finding(span, message);
        if let Some((slowest, mean)) = slowest(case, index)
            && let Some(place) = cause::fact(case, slowest, &["latency", "service_time"])
        {
            let text = format!(
                "it waits for `{}`, which takes {}",
                case.component_name(slowest),
                numbers.time(mean)
            );
            finding = finding.related(place, text);
        }
        let enough = (taken / 0.7 / numbers.component(index, "replicas")).ceil();
        let more =
            format!("write `concurrency: {enough}` where that costs little, hand the slow part to a queue");
        let help = fewer_in_use(case, numbers, index, value, 0.8).map_or_else(
            || format!("{more}, or wait for less"),
            |instances| format!("{more}, or {instances}"),
        );
        out.push(finding.help(help));
    }
}

/// The slowest of those that it waits for, and how long that takes.
fn slowest(case: &Case<'_, '_>, index: u32) -> Option<(u32, f64)> {
    let called = case.connections.iter().filter(|connection| connection.from == index && connection.waits);
    let known = called.filter_map(|connection| Some((connection.to, case.times().get(&connection.to)?.mean)));
    known.filter(|(_, mean)| mean.is_finite()).max_by(|a, b| a.1.total_cmp(&b.1))
}
