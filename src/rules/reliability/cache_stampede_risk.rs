use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::model::names::Space;
use crate::numerics::caching;
use crate::quantity::{self, Currency, Dimension};
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::{cause, hops};
use crate::spec::component::WritePolicy;
use std::collections::BTreeMap;

rule! {
    /// A hot record that many ask the store for at once, each time it expires in the cache.
    ///
    /// ## Why
    /// From the moment a record expires until it has been fetched again, everybody who wants it goes to the store. For the hottest record
    /// that is its rate times the time of a fetch (Vattani, Chierichetti and Lowenstein, *Optimal Probabilistic Cache Stampede Prevention*,
    /// VLDB 2015; Nishtala et al., *Scaling Memcache at Facebook*, NSDI 2013, section 3.2.1). Computed from the load of the cache, the
    /// `skew` and `count` of the data and the latency of the store; reported from twenty requests at once on.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, cache-stampede-risk: warning }
    /// data:
    ///   video: { size: 2 KB, count: 1M, skew: 1.1, stored_in: videos, cached_in: hot }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, ttl: 1 minute, hit_ratio: 95%, capacity: 200k rps }
    /// #                     ^^^ cache-stampede-risk
    ///   videos: { kind: database, capacity: 5k rps, latency: 10 ms }
    /// flows:
    ///   watch:
    ///     rate: 40k / s
    ///     steps:
    ///       - browser -> app: GET /video
    ///       - app -> hot: look it up
    ///         reads: [video]
    ///         timeout: 20 ms
    ///         on_miss:
    ///           - app -> videos: select it
    ///             reads: [video]
    ///             timeout: 300 ms
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, cache-stampede-risk: warning }
    /// data:
    ///   video: { size: 2 KB, count: 1M, skew: 1.1, stored_in: videos, cached_in: hot }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, ttl: 1 minute, hit_ratio: 95%, capacity: 200k rps, write_policy: refresh-ahead }
    ///   videos: { kind: database, capacity: 5k rps, latency: 10 ms }
    /// flows:
    ///   watch:
    ///     rate: 40k / s
    ///     steps:
    ///       - browser -> app: GET /video
    ///       - app -> hot: look it up
    ///         reads: [video]
    ///         timeout: 20 ms
    ///         on_miss:
    ///           - app -> videos: select it
    ///             reads: [video]
    ///             timeout: 300 ms
    /// ```
    ///
    /// ## Known false positives
    /// Callers that let one of them fetch and the others wait. Say so with a `bulkhead` at the step that fetches.
    "cache-stampede-risk": Warning, Reliability, Recommended, at Design, since "0.2.0", check
}

/// So many requests for one record at once are a stampede.
const MANY: f64 = 20.0;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let find = |name: &str| case.names.find(Space::Component, name);
    // The data of each cache, when that is one, with what says how unequally it is asked for.
    let mut cached: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, entry) in case.design.data.iter().enumerate() {
        for cache in entry.value.cached_in.iter().filter_map(|name| find(name.text)) {
            cached.entry(cache).or_default().push(index);
        }
    }
    for (cache, data) in cached {
        let [data] = data.as_slice() else { continue };
        let Some(entry) = case.design.data.entries.get(*data) else { continue };
        let Some(component) = super::support::component(case, cache) else { continue };
        let renews = component.write_policy.is_some_and(|policy| policy.value == WritePolicy::RefreshAhead);
        let (Some(ttl), Some(skew), Some(count)) = (&component.ttl, &entry.value.skew, &entry.value.count)
        else {
            continue;
        };
        let known =
            case.central(&ttl.written).zip(case.central(&skew.written)).zip(case.central(&count.written));
        let Some(((ttl, skew), count)) = known.filter(|_| !renews && hops::role(case, cache).has("caches"))
        else {
            continue;
        };
        let calls = || case.calls().iter().flat_map(|calls| &calls.calls);
        let reads = |call: &crate::estimate::calls::Call<'_, '_>| {
            call.is_last && call.step.reads.iter().any(|name| name.text == entry.name.text)
        };
        let fetch = calls().find(|call| {
            let stores = entry.value.stored_in.iter().any(|name| find(name.text) == Some(call.to));
            stores && reads(call) && call.step.bulkhead.is_none()
        });
        let Some(fetch) = fetch.filter(|_| calls().any(|call| call.to == cache && reads(call))) else {
            continue;
        };
        let Some(numbers) = case.numbers() else { return };
        let estimate = &numbers.estimate;
        let latency = estimate.get(Subject::Component(fetch.to), "latency.mean");
        let load = estimate.get(Subject::Component(cache), "load.peak");
        let (Some(latency), Some(load)) = (latency, load) else { continue };
        let central = numbers.with(&[latency, load]);
        let (time, hottest) = (central.of(latency), central.of(load) * caching::zipf_ideal(count, skew, 1.0));
        let at_once = hottest * time;
        // What expires faster than it is asked for is no matter of the cache.
        if !at_once.is_finite() || at_once < MANY || hottest * ttl < 1.0 {
            continue;
        }
        let Some(span) = cause::fact(case, cache, &["ttl"]) else { continue };
        let store = case.component_name(fetch.to);
        let message = format!(
            "when the hottest `{}` expires, {} requests ask `{store}` for it at once",
            entry.name.text,
            hops::count(at_once)
        );
        let rate = quantity::format(hottest, Dimension::RATE, Currency::Usd);
        let help = format!(
            "renew it before it expires (`write_policy: refresh-ahead` on `components.{}`), or let one fetch while the others wait (`bulkhead: 1` where it is fetched)",
            case.component_name(cache)
        );
        out.push(
            RULE.finding(span, message)
                .related(
                    hops::span(case, fetch),
                    format!("it is wanted {rate} at peak, and fetching it takes {}", hops::time(time)),
                )
                .help(help),
        );
    }
}
