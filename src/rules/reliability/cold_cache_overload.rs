use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::quantity::{self, Currency, Dimension};
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::spec::component_parts::Replicas;
use std::collections::BTreeMap;

rule! {
    /// A store that cannot carry the load that comes while the cache before it is empty.
    ///
    /// ## Why
    /// Caches are empty after a restart, a new release or a flush, and then everything goes to the store. When that cannot carry it, answers
    /// time out before they reach the cache, which stays empty: the system does not come back by itself (Beyer et al., *Site Reliability
    /// Engineering*, 2016, chapter 22, "Slow startup and cold caching"; Bronson et al., *Metastable Failures in Distributed Systems*, HotOS
    /// 2021). Computed as `load.cold` of the store against its `capacity`.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, cold-cache-overload: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, hit_ratio: 95%, capacity: 50k rps }
    ///   products: { kind: database, replicas: 1, capacity: 1k rps }
    /// # ^^^^^^^^ cold-cache-overload
    /// flows:
    ///   read:
    ///     rate: 5k / s
    ///     steps:
    ///       - browser -> app: GET /product
    ///       - app -> hot: look it up
    ///         operation: read
    ///         on_miss: ["app -> products: select it"]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, cold-cache-overload: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, hit_ratio: 95%, capacity: 50k rps }
    ///   products: { kind: database, replicas: 1, capacity: 1k rps, overload: reject }
    /// flows:
    ///   read:
    ///     rate: 5k / s
    ///     steps:
    ///       - browser -> app: GET /product
    ///       - app -> hot: look it up
    ///         operation: read
    ///         on_miss: ["app -> products: select it"]
    /// ```
    ///
    /// ## Known false positives
    /// A cache that is never empty as a whole, because its instances are replaced one by one.
    ///
    /// ## When to allow it
    /// When it is filled before it takes requests; say how in the reason.
    "cold-cache-overload": Warning, Reliability, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    // The cache before each component.
    let mut before: BTreeMap<u32, u32> = BTreeMap::new();
    for calls in case.calls() {
        if calls.calls.iter().all(|call| call.on_miss.is_none()) {
            continue;
        }
        hops::walk(calls, None, &mut |_, _, around: Option<u32>| around, &mut |call, around| {
            if let Some(cache) = around {
                before.entry(call.to).or_insert(cache);
            }
            hops::Inside { body: around, on_miss: Some(call.to), fallback: around }
        });
    }
    if !case.is_sound || before.is_empty() {
        return;
    }
    let Some(numbers) = case.numbers() else { return };
    let of = |index: u32, name: &str| {
        let value = numbers.estimate.get(Subject::Component(index), name);
        value.map_or(f64::NAN, |value| numbers.central.of(value))
    };
    for (index, cache) in before {
        let Some(entry) = case.design.components.get(index as usize) else { continue };
        let is_counted = matches!(entry.value.replicas, None | Some(Replicas::Count(_)));
        let turns_away = numbers.estimate.get(Subject::Component(index), "rejected").is_some();
        let (warm, cold, capacity) = (of(index, "load.peak"), of(index, "load.cold"), of(index, "capacity"));
        let carries = warm < capacity && cold.is_finite() && cold > capacity;
        if !carries || !is_counted || turns_away || entry.value.overload.is_some() {
            continue;
        }
        let show = |rate: f64| quantity::format(rate, Dimension::RATE, Currency::Usd);
        let (name, cache) = (entry.name.text, case.component_name(cache));
        let message = format!(
            "while `{cache}` is empty, `{name}` gets {} at peak and can serve {}",
            show(cold),
            show(capacity)
        );
        let needed = (cold / capacity).ceil();
        let help = format!(
            "let it turn away what it cannot serve (`overload: reject` on `components.{name}`), fill the cache before it takes requests, or give `{name}` {} times its capacity",
            hops::count(needed)
        );
        out.push(
            RULE.finding(entry.name.span, message).label(format!("warm, it gets {}", show(warm))).help(help),
        );
    }
}
