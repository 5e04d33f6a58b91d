use crate::diagnostic::Diagnostic;
use crate::rules::rule::rule;
use crate::rules::{Case, cause};

use super::support::fewer_in_use;

rule! {
    /// A component that more requests are under way to at peak than it accepts connections.
    ///
    /// ## Why
    /// A request that is under way holds a connection. Their number is the rate of requests times how long each takes (Little's
    /// law); beyond the limit the next one is refused, whatever the processor could still do. PostgreSQL answers with
    /// "too many clients already" (its documentation on `max_connections`).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links: { kind: database, capacity: 5k rps, latency: 100 ms, max_connections: 100 }
    /// #                                                             ^^^^^^^^^^^^^^^ connection-limit-exceeded
    /// flows:
    ///   open:
    ///     rate: 2000 / s
    ///     steps:
    ///       - browser -> app: GET /
    ///       - app -> links: select
    ///         operation: read
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links: { kind: database, capacity: 5k rps, latency: 20 ms, max_connections: 100 }
    /// flows:
    ///   open:
    ///     rate: 2000 / s
    ///     steps:
    ///       - browser -> app: GET /
    ///       - app -> links: select
    ///         operation: read
    /// ```
    "connection-limit-exceeded": Error, Scale, Minimal, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    for (index, entry) in (0..).zip(&case.design.components) {
        let Some(value) = numbers.resource(index, "connections") else { continue };
        let used = numbers.central.of(value);
        // Where requests line up without end, their number says nothing more.
        if !used.is_finite() || used < 1.0 || numbers.in_use(index, "requests") >= 1.0 {
            continue;
        }
        let (under_way, load) =
            (numbers.component(index, "concurrency"), numbers.component(index, "load.peak"));
        let mut message = format!(
            "{} requests are under way to `{}` at peak, and it accepts {} connections",
            numbers.count(under_way),
            entry.name.text,
            numbers.count(under_way / used)
        );
        if load.is_finite() && load > 0.0 {
            message += &format!(": {} that take {} each", numbers.rate(load), numbers.time(under_way / load));
        }
        let Some(span) = cause::fact(case, index, &["max_connections"]) else { continue };
        let help = fewer_in_use(case, numbers, index, value, 0.8).unwrap_or_else(|| {
            "let requests share connections through a pooler, make them shorter, or raise `max_connections`".to_owned()
        });
        out.push(RULE.finding(span, message).help(help));
    }
}
