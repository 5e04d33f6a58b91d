use crate::diagnostic::Diagnostic;
use crate::estimate::WRITES;
use crate::estimate::calls::{Calls, Item};
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::flow::Parallel;

rule! {
    /// One run of a flow whose many writes leave the store no time for anything else.
    ///
    /// ## Why
    /// Copying something to everybody who may read it makes reads cheap and a single write as large as its audience. What the
    /// average hides, one author with very many followers shows: all others wait behind that one run. Twitter therefore fans
    /// out on write for most and on read for the few (Kleppmann, Designing Data-Intensive Applications, chapter 1).
    ///
    /// Reported is a run whose writes, sent side by side, take all that the store can do for a second or more.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   phone: { kind: client }
    ///   app: { kind: service }
    ///   timelines: { kind: cache, capacity: { read: 20k rps, write: 20k rps }, ttl: 7 days, eviction: lru }
    /// flows:
    ///   post:
    ///     rate: 1 / minute
    ///     steps:
    ///       - phone -> app: POST /posts
    ///       - times: 50k
    /// #              ^^^ fan-out-on-write-explosion
    ///         parallel: true
    ///         steps:
    ///           - app ~> timelines: add the post
    ///             operation: write
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   phone: { kind: client }
    ///   app: { kind: service }
    ///   timelines: { kind: cache, capacity: { read: 20k rps, write: 20k rps }, ttl: 7 days, eviction: lru }
    /// flows:
    ///   post:
    ///     rate: 1 / minute
    ///     steps:
    ///       - phone -> app: POST /posts
    ///       - times: 2k
    ///         parallel: true
    ///         steps:
    ///           - app ~> timelines: add the post
    ///             operation: write
    /// ```
    "fan-out-on-write-explosion": Warning, Scale, Recommended, since "0.2.0", check
}

/// The first write within some items: who is written to.
fn written(calls: &Calls<'_, '_>, items: &[Item], depth: usize) -> Option<u32> {
    if depth > 64 {
        return None;
    }
    items.iter().find_map(|item| match item {
        Item::Call(index) => {
            let call = calls.calls.get(*index)?;
            let writes = call.operation().is_some_and(|operation| WRITES.contains(&operation));
            if writes { Some(call.to) } else { written(calls, &call.body, depth + 1) }
        }
        Item::Group(_) => None,
    })
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    for (flow, calls) in case.design.flows.iter().zip(case.calls()) {
        for group in &calls.groups {
            let together = matches!(&group.step.parallel, Some(Parallel::Repetitions(flag)) if flag.value);
            let Some(times) = group.step.times.as_ref().filter(|_| together) else { continue };
            let Some(count) = case.central(&times.written).filter(|count| *count >= 1000.0) else { continue };
            let Some(branch) = group.branches.first() else { continue };
            let Some(store) = written(calls, &branch.items, 0) else { continue };
            let chance =
                branch.chance.map_or(Some(1.0), |chance| case.central(&chance.written)).unwrap_or(1.0);
            let can = numbers.component(store, "capacity");
            let busy = count * chance / can;
            if !busy.is_finite() || busy < 1.0 || numbers.component(store, "utilization") >= 1.0 {
                continue;
            }
            let name = case.component_name(store);
            let message = format!(
                "one run of `{}` writes {} times to `{name}`, which takes {}: nothing else for {}",
                flow.name.text,
                numbers.count(count * chance),
                numbers.rate(can),
                numbers.time(busy)
            );
            let most = numbers.count((can * 0.1).floor());
            let help = format!(
                "let a queue pace the writes, and leave those with more than some {most} readers to be merged in when \
                 somebody reads"
            );
            out.push(RULE.finding(times.span(), message).help(help));
        }
    }
}
