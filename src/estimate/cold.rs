//! The load behind caches that are empty: after a restart, every look-up is a miss.

use super::builder::Builder;
use super::calls::{Calls, Item};
use super::capacity::Load;
use super::traffic::{Demand, times};

/// For each call, the cache whose misses lead to it.
fn behind(calls: &Calls<'_, '_>) -> Vec<Option<u32>> {
    let mut behind = vec![None; calls.calls.len()];
    for call in &calls.calls {
        let mut waiting: Vec<Item> = call.on_miss.iter().flatten().copied().collect();
        while let Some(item) = waiting.pop() {
            match item {
                Item::Call(index) => {
                    if let Some(slot) = behind.get_mut(index) {
                        *slot = Some(call.to);
                    }
                    waiting.extend(calls.calls.get(index).iter().flat_map(|call| &call.body));
                }
                Item::Group(index) => {
                    let groups = calls.groups.get(index);
                    let ways = groups.iter().flat_map(|group| &group.branches);
                    waiting.extend(ways.flat_map(|way| &way.items));
                }
            }
        }
    }
    behind
}

/// Adds to each component what it gets at peak while no cache has anything.
pub fn add<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flows: &[Calls<'m, 't>],
    demand: &Demand,
    loads: &mut [Load<'_>],
) {
    let has_cache = |calls: &Calls<'_, '_>| calls.calls.iter().any(|call| call.on_miss.is_some());
    if !flows.iter().any(has_cache) {
        return;
    }
    let behind: Vec<Vec<Option<u32>>> = flows.iter().map(behind).collect();
    for visit in &demand.visits {
        let Some(calls) = flows.get(visit.flow as usize) else { continue };
        let (Some(call), Some(rate)) = (calls.calls.get(visit.call), demand.rates.get(visit.flow as usize))
        else {
            continue;
        };
        let per_run = times(builder, visit.per_run, visit.attempts);
        let warm = times(builder, Some(rate.peak), per_run).unwrap_or(rate.peak);
        let cache = behind.get(visit.flow as usize).and_then(|behind| *behind.get(visit.call)?);
        let amount = match cache {
            // As often as there are look-ups: the rate of the misses over their share.
            Some(cache) => {
                let miss = super::caches::miss_ratio(builder, cache);
                builder.sheet.quotient(warm, miss)
            }
            None => warm,
        };
        if let Some(load) = loads.get_mut(call.to as usize) {
            load.add_cold(amount, cache.is_some());
        }
    }
}
