use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::rule::rule;
use crate::rules::{Case, computed};
use std::collections::BTreeMap;

rule! {
    /// A store to which its callers together may open more connections than it accepts.
    ///
    /// ## Why
    /// Each instance of a caller keeps a pool, and pools fill up exactly when the store is slow. What counts is then not the
    /// usual number of requests under way but all instances times all that each may open; scaling out the callers on a busy day
    /// takes the store down (HikariCP, "About Pool Sizing"; the PostgreSQL documentation on `max_connections`).
    ///
    /// Counted is the `bulkhead` of the calls, or else the `concurrency` of the caller.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 12, concurrency: 50 }
    ///   links: { kind: database, max_connections: 400 }
    /// #                                           ^^^ connection-pools-exceed-limit
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> app: GET /", "app -> links: select"] }
    /// rules: { stage: sketch, connection-pools-exceed-limit: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 12, concurrency: 50 }
    ///   links: { kind: database, max_connections: 800 }
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> app: GET /", "app -> links: select"] }
    /// rules: { stage: sketch, connection-pools-exceed-limit: warning }
    /// ```
    ///
    /// ## Known false positives
    /// A caller whose pool is smaller than its `concurrency`: say so with `bulkhead` on its calls.
    "connection-pools-exceed-limit": Warning, Scale, Strict, at Design, since "0.2.0", check
}

/// For each caller of each store with a limit: the most calls that a bulkhead lets through, when all calls have one.
fn pools(case: &Case<'_, '_>) -> BTreeMap<u32, BTreeMap<u32, Option<f64>>> {
    let mut found: BTreeMap<u32, BTreeMap<u32, Option<f64>>> = BTreeMap::new();
    let limited = |index: u32| {
        case.has(index, "holds_state") && case.component(index).is_some_and(|it| it.max_connections.is_some())
    };
    for call in case.calls().iter().flat_map(|calls| &calls.calls).filter(|call| call.waits) {
        if !limited(call.to) || !case.has(call.from, "runs_code") {
            continue;
        }
        let bulkhead = call.step.bulkhead.as_ref().filter(|_| call.is_first);
        let bulkhead = bulkhead.and_then(|bulkhead| case.central(&bulkhead.written));
        let pools = found.entry(call.to).or_default();
        let known = pools.entry(call.from).or_insert(bulkhead);
        *known = known.zip(bulkhead).map(|(one, other)| one.max(other));
    }
    found
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || !case.design.components.iter().any(|entry| entry.value.max_connections.is_some()) {
        return;
    }
    for (store, callers) in pools(case) {
        let Some(limit) = case.component(store).and_then(|it| it.max_connections.as_ref()) else { continue };
        let Some(each) = case.central(&limit.written) else { continue };
        let Some(instances) = case.most_instances(store) else { continue };
        let accepted = each * instances;
        let opens = |(caller, bulkhead): (u32, Option<f64>)| {
            let stated = case.component(caller)?.concurrency.as_ref();
            let pool = bulkhead.or_else(|| case.central(&stated?.written))?;
            Some((caller, case.most_instances(caller)?, pool))
        };
        let known: Vec<(u32, f64, f64)> = callers.into_iter().filter_map(opens).collect();
        let all: f64 = known.iter().map(|(_, instances, pool)| instances * pool).sum();
        if all.is_nan() || all <= accepted {
            continue;
        }
        let names: Vec<&str> = known.iter().map(|(caller, ..)| case.component_name(*caller)).collect();
        let name = case.component_name(store);
        let message = format!(
            "{} may open {all} connections to `{name}`, which accepts {accepted}",
            computed::listed(&names)
        );
        let mut finding = RULE.finding(limit.span(), message);
        for (caller, instances, pool) in known.iter().take(4) {
            let id = case.component_name(*caller);
            if let Some(place) = case.names.defined_at(Space::Component, id) {
                finding = finding.related(place, format!("`{id}`: {instances} instances with {pool} each"));
            }
        }
        let help = "put a connection pooler between them, bound the calls with `bulkhead`, or raise `max_connections`";
        out.push(finding.help(help));
    }
}
