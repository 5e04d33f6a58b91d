use super::support;
use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::spec::component_parts::Replicas;
use std::collections::{BTreeMap, BTreeSet};

rule! {
    /// A dependency that, when it hangs, takes all the room a component has, also from flows without it.
    ///
    /// ## Why
    /// By Little's law calls that hang until their timeout keep as many workers busy as come in that time. When that is all there are, flows
    /// that never call the hanging dependency fail as well; reported when those are at least half of all. A bulkhead, as in a ship, bounds how many workers one dependency may hold
    /// (Nygard, *Release It!*, 2nd edition, chapter 5, "Bulkheads"). Computed from the calls at peak, the `timeout` and the `concurrency` of
    /// the caller.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, missing-bulkhead: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2, concurrency: 100, service_time: 5 ms }
    ///   bank: { kind: external_system }
    /// flows:
    ///   look: { rate: 200 / s, steps: ["browser -> app: GET /"] }
    ///   pay:
    ///     rate: 50 / s
    ///     steps:
    ///       - browser -> app: POST /payments
    ///       - app -> bank: charge the card
    ///         timeout: 5 s
    /// #       ^^^^^^^ missing-bulkhead
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, missing-bulkhead: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2, concurrency: 100, service_time: 5 ms }
    ///   bank: { kind: external_system }
    /// flows:
    ///   look: { rate: 200 / s, steps: ["browser -> app: GET /"] }
    ///   pay:
    ///     rate: 50 / s
    ///     steps:
    ///       - browser -> app: POST /payments
    ///       - app -> bank: charge the card
    ///         timeout: 5 s
    ///         bulkhead: 40
    /// ```
    ///
    /// ## Known false positives
    /// Callers that do not hold a worker while they wait, of which `concurrency` says how many requests are *worked on*. Leave `concurrency`
    /// out where waiting costs nothing.
    "missing-bulkhead": Warning, Reliability, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let is_bounded = |index: u32| support::component(case, index).is_some_and(|it| it.concurrency.is_some());
    if !case.is_sound || !case.design.components.iter().any(|it| it.value.concurrency.is_some()) {
        return;
    }
    // Which flows go through a component, and which of them call a dependency of it.
    let mut through: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    let mut pairs: BTreeMap<(u32, u32), BTreeSet<usize>> = BTreeMap::new();
    for (flow, calls) in case.calls().iter().enumerate() {
        for call in &calls.calls {
            if call.waits {
                through.entry(call.to).or_default().insert(flow);
            }
            pairs.entry((call.from, call.to)).or_default().insert(flow);
        }
    }
    let mut seen = BTreeSet::new();
    for call in case.calls().iter().flat_map(|calls| &calls.calls) {
        let guarded =
            call.step.bulkhead.is_some() || call.step.circuit_breaker.is_some_and(|flag| flag.value);
        if !call.is_first || guarded || !call.waits || !is_bounded(call.from) || call.from == call.to {
            continue;
        }
        let pair = (call.from, call.to);
        let Some(timeout) = hops::timeout(case, call).filter(|_| seen.insert(pair)) else { continue };
        let (Some(all), Some(own)) = (through.get(&call.from), pairs.get(&pair)) else { continue };
        // Where nearly everything needs it, there is not much to be saved.
        if all.intersection(own).count() * 2 > all.len() {
            continue;
        }
        let Some(spared) = all.difference(own).next().copied() else { continue };
        let Some(room) = room(case, call.from) else { continue };
        let Some(numbers) = case.numbers() else { return };
        let rate = numbers.estimate.get(Subject::Connection(call.from, call.to), "rate");
        let rate = rate.map_or(f64::NAN, |rate| numbers.central.of(rate));
        let held = rate * timeout;
        if !held.is_finite() || held < room {
            continue;
        }
        let (from, to) = (case.component_name(call.from), case.component_name(call.to));
        let spared = case.design.flows.get(spared).map_or("", |entry| entry.name.text);
        let message = format!(
            "when `{to}` hangs, {} calls wait for it, and `{from}` has room for {}: `{spared}` fails too",
            hops::count(held),
            hops::count(room)
        );
        let span = call.step.key_span("timeout").unwrap_or_else(|| hops::span(case, call));
        let help = format!(
            "bound how many calls may wait for `{to}` (`bulkhead: {}`), or give up sooner",
            hops::count((room / 5.0).ceil())
        );
        out.push(RULE.finding(span, message).help(help));
    }
}

/// How many requests all instances of a component work on at once.
fn room(case: &Case<'_, '_>, index: u32) -> Option<f64> {
    let component = support::component(case, index)?;
    let each = case.central(&component.concurrency.as_ref()?.written)?;
    let instances = match &component.replicas {
        None => 1.0,
        Some(Replicas::Count(count)) => case.central(&count.written)?,
        Some(Replicas::Auto(_)) => return None,
        Some(Replicas::Scaling(scaling)) => case.central(&scaling.max.as_ref()?.written)?,
    };
    Some(each * instances)
}
