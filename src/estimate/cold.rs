//! The load behind caches that are empty: after a restart, every look-up is a miss, also in the caches behind caches.

use super::builder::Builder;
use super::calls::Calls;
use super::capacity::Load;
use super::facts::Facts;
use super::retries::Failures;
use super::traffic::{Demand, Visit, times};

/// Adds to each component what it gets at peak while no cache has anything.
pub fn add<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flows: &[Calls<'m, 't>],
    demand: &Demand,
    facts: &[Facts],
    failures: &Failures,
    loads: &mut [Load<'_>],
) {
    let has_cache = |calls: &Calls<'_, '_>| calls.calls.iter().any(|call| call.on_miss.is_some());
    if !flows.iter().any(has_cache) {
        return;
    }
    for visits in demand.visits.chunk_by(|one, next| one.flow == next.flow) {
        let Some(flow) = visits.first().map(|visit| visit.flow) else { continue };
        let (Some(calls), Some(rate)) = (flows.get(flow as usize), demand.rates.get(flow as usize)) else {
            continue;
        };
        let visits: Vec<(Visit, bool)> = match has_cache(calls) {
            true => builder.cold_visits(flow, calls, facts, failures),
            false => visits.iter().map(|visit| (*visit, false)).collect(),
        };
        for (visit, is_behind) in visits {
            let Some(call) = calls.calls.get(visit.call) else { continue };
            let per_run = times(builder, visit.per_run, visit.attempts);
            let amount = times(builder, Some(rate.peak), per_run).unwrap_or(rate.peak);
            if let Some(load) = loads.get_mut(call.to as usize) {
                load.add_cold(amount, is_behind);
            }
        }
    }
}
