use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::estimate::calls::Together;
use crate::quantity::{self, Currency, Dimension};
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::{Numbers, hops};
use crate::source::Span;
use crate::spec::component_parts::Replicas;
use std::collections::BTreeMap;

rule! {
    /// Retries that keep a component overloaded long after whatever overloaded it has gone.
    ///
    /// ## Why
    /// At peak the component has room. But once it fails for a moment, everybody tries again, and the load with all attempts is more than it
    /// can serve: it goes on failing, so that they go on trying. Such a state ends only when traffic is taken away (Bronson et al.,
    /// *Metastable Failures in Distributed Systems*, HotOS 2021; Huang et al., *Metastable Failures in the Wild*, OSDI 2022). Computed from
    /// load and capacity at peak and the attempts of all calls around. A retry `budget`, a `circuit_breaker` or a component that turns
    /// requests away (`overload: reject`, `queue_limit`) ends it.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, metastable-retry-storm: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 20, capacity: 500 rps }
    ///   orders: { kind: database, replicas: 1, capacity: 1k rps }
    /// flows:
    ///   read:
    ///     rate: 600 / s
    ///     steps:
    ///       - browser -> app: GET /orders
    ///       - app -> orders: select
    ///         timeout: 300 ms
    ///         idempotent: true
    ///         retries: { attempts: 3, backoff: exponential, pause: 10 ms, jitter: true }
    /// #       ^^^^^^^ metastable-retry-storm
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, metastable-retry-storm: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 20, capacity: 500 rps }
    ///   orders: { kind: database, replicas: 1, capacity: 1k rps }
    /// flows:
    ///   read:
    ///     rate: 600 / s
    ///     steps:
    ///       - browser -> app: GET /orders
    ///       - app -> orders: select
    ///         timeout: 300 ms
    ///         idempotent: true
    ///         retries: { attempts: 3, backoff: exponential, pause: 10 ms, jitter: true, budget: 10% }
    /// ```
    ///
    /// ## Known false positives
    /// Consumers that take messages at their own pace wait while they retry. Flows `on:` a broker or `every:` some time are left alone for
    /// that reason, and so are the retries of people's devices, which wait for seconds.
    "metastable-retry-storm": Warning, Reliability, Recommended, at Design, since "0.2.0", check
}

/// What is known on the way to a call: how often it happens for one run, the attempts around it that nothing bounds, and
/// where the most of them are said.
#[derive(Clone, Copy)]
struct Around {
    often: f64,
    attempts: f64,
    retries: Option<(f64, Span)>,
}

/// The calls of a component: first attempts, all attempts, and where retries are said.
#[derive(Clone, Copy, Default)]
struct Load {
    first: f64,
    all: f64,
    retries: Option<(f64, Span)>,
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let retries = |calls: &crate::estimate::calls::Calls<'_, '_>| {
        calls.calls.iter().any(|call| unbounded(case, call) > 1.0)
    };
    if !case.is_sound || !case.calls().iter().any(retries) {
        return;
    }
    let Some(numbers) = case.numbers() else { return };
    let mut told: Vec<Span> = Vec::new();
    for (index, load) in loads(case, numbers) {
        let Some(entry) = case.design.components.get(index as usize) else { continue };
        let subject = Subject::Component(index);
        let of = |name: &str| {
            let value = numbers.estimate.get(subject, name);
            value.map_or(f64::NAN, |value| numbers.central.of(value))
        };
        let is_counted = matches!(entry.value.replicas, None | Some(Replicas::Count(_)));
        let turns_away =
            numbers.estimate.get(subject, "rejected").is_some() || entry.value.overload.is_some();
        let (peak, capacity) = (of("load.peak"), of("capacity"));
        // The mix of first attempts is as in the load that was computed.
        let storm = peak * load.all / load.first;
        let Some((_, span)) = load.retries.filter(|(_, span)| !told.contains(span)) else { continue };
        let is_fine = !storm.is_finite() || !capacity.is_finite() || peak >= capacity || storm <= capacity;
        if !is_counted || turns_away || is_fine {
            continue;
        }
        told.push(span);
        let show = |rate: f64| quantity::format(rate, Dimension::RATE, Currency::Usd);
        let name = entry.name.text;
        let message = format!(
            "once `{name}` fails, retries bring it {} at peak, and it can serve {}: it stays down",
            show(storm),
            show(capacity)
        );
        let help = "bound the retries with `budget: 10%`, or stop them with `circuit_breaker: true`";
        out.push(
            RULE.finding(span, message)
                .related(entry.name.span, format!("without retries it gets {}", show(peak)))
                .help(help),
        );
    }
}

/// The attempts of a call that neither a budget nor a breaker bounds.
fn unbounded(case: &Case<'_, '_>, call: &crate::estimate::calls::Call<'_, '_>) -> f64 {
    let breaks = call.step.circuit_breaker.is_some_and(|flag| flag.value);
    let has_budget = call.step.retries.as_deref().is_some_and(|retries| retries.budget.is_some());
    let is_person = hops::role(case, call.from).has("is_client");
    if breaks || has_budget || is_person { 1.0 } else { hops::attempts(case, call) }
}

fn loads(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>) -> BTreeMap<u32, Load> {
    let mut found: BTreeMap<u32, Load> = BTreeMap::new();
    for ((flow, entry), calls) in (0..).zip(&case.design.flows).zip(case.calls()) {
        let rate = numbers.estimate.get(Subject::Flow(flow), "rate.peak");
        let rate = rate.map_or(f64::NAN, |rate| numbers.central.of(rate));
        // Who works at a pace of its own, or waits between two turns, does not come more often.
        let waits = entry.value.every.is_some() || entry.value.on.is_some() || entry.value.users.is_some();
        if !rate.is_finite() {
            continue;
        }
        let start = Around { often: rate, attempts: 1.0, retries: None };
        let share = |chance: Option<
            &crate::spec::quantities::Quantity<'_, crate::spec::quantities::Share>,
        >| { chance.and_then(|chance| case.central(&chance.written)) };
        hops::walk(
            calls,
            start,
            &mut |group, _, around| {
                let times = group.step.times.as_ref().and_then(|times| case.central(&times.written));
                let ways = group.branches.len().max(1) as f64;
                let chance = match (group.together, group.branches.as_slice()) {
                    (Together::One, [branch]) => share(branch.chance).unwrap_or(1.0),
                    (Together::Either, _) => 1.0 / ways,
                    _ => 1.0,
                };
                Around { often: around.often * times.unwrap_or(1.0) * chance, ..around }
            },
            &mut |call, around| {
                let own = if waits { 1.0 } else { unbounded(case, call) };
                let span = call.step.key_span("retries").filter(|_| own > 1.0).map(|span| (own, span));
                let most = match (around.retries, span) {
                    (Some(outer), Some(own)) if outer.0 >= own.0 => Some(outer),
                    (outer, own) => own.or(outer),
                };
                let inside = Around { attempts: around.attempts * own, retries: most, ..around };
                let load = found.entry(call.to).or_default();
                load.first += around.often;
                load.all += around.often * inside.attempts;
                load.retries = load.retries.or(most);
                let hit = numbers.estimate.get(Subject::Component(call.to), "hit_ratio");
                let miss = hit.map_or(1.0, |hit| 1.0 - numbers.central.of(hit));
                let miss = if miss.is_finite() { miss } else { 1.0 };
                hops::Inside {
                    body: inside,
                    on_miss: Around { often: around.often * miss, ..around },
                    fallback: Around { often: 0.0, ..around },
                }
            },
        );
    }
    found
}
