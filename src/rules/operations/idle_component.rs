use crate::diagnostic::Diagnostic;
use crate::estimate::calls::{Calls, Item};
use crate::model::Via;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// A component that flows call and to which, by the numbers, nothing ever comes.
    ///
    /// ## Why
    /// A chance of 0%, a cache that answers everything, a flow that never runs: what is drawn is not what happens. Either a number
    /// is wrong, and with it the load and the cost of everything behind it, or the component is paid for and idle (AWS Well-Architected
    /// Framework, Cost Optimization Pillar, "Decommission resources").
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, capacity: 100 rps }
    ///   legacy: { kind: service, capacity: 100 rps }
    /// # ^^^^^^ idle-component
    /// flows:
    ///   open:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /
    ///       - chance: 0%
    ///         steps: ["app -> legacy: GET /"]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, capacity: 100 rps }
    ///   legacy: { kind: service, capacity: 100 rps }
    /// flows:
    ///   open:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /
    ///       - chance: 5%
    ///         steps: ["app -> legacy: GET /"]
    /// ```
    ///
    /// ## Known false positives
    /// What only fallbacks call is idle by design and not reported.
    "idle-component": Warning, Operations, Recommended, on Cost, since "0.2.0", check
}

/// Adds all that is called when calls fail.
fn in_fallbacks(calls: &Calls<'_, '_>, found: &mut BTreeSet<u32>) {
    let mut waiting: Vec<Item> =
        calls.calls.iter().flat_map(|call| call.fallback.iter().flatten().copied()).collect();
    while let Some(item) = waiting.pop() {
        match item {
            Item::Call(index) => {
                let Some(call) = calls.calls.get(index) else { continue };
                found.insert(call.to);
                waiting.extend(call.body.iter().chain(call.on_miss.iter().flatten()));
            }
            Item::Group(index) => {
                let groups = calls.groups.get(index);
                waiting
                    .extend(groups.iter().flat_map(|group| &group.branches).flat_map(|branch| &branch.items));
            }
        }
    }
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    let mut excused: BTreeSet<u32> = BTreeSet::new();
    // How often a use happens need not be said; who starts something is at work without being called.
    for connection in case.connections.iter().filter(|connection| connection.via == Via::Use) {
        excused.insert(connection.to);
    }
    let mut called: BTreeSet<u32> = BTreeSet::new();
    for calls in case.calls() {
        in_fallbacks(calls, &mut excused);
        excused.extend(calls.starter);
        called.extend(calls.calls.iter().map(|call| call.to));
    }
    for api in &case.design.apis {
        excused.extend(api.value.handled_by.and_then(|name| case.names.find(Space::Component, name.text)));
    }
    for index in called {
        let is_idle = numbers.component(index, "load.peak") == 0.0;
        let Some(entry) = case.design.components.entries.get(index as usize).filter(|_| is_idle) else {
            continue;
        };
        if excused.contains(&index) || case.has(index, "is_client") {
            continue;
        }
        let name = entry.name.text;
        let message = format!("flows call `{name}`, and by the numbers nothing ever comes there");
        let mut help = "correct the chance, the hit ratio or the rate before it, or take it out".to_owned();
        let cost = numbers.component(index, "cost");
        if let Some(value) = numbers.estimate.get(crate::estimate::Subject::Component(index), "cost")
            && cost > 0.0
        {
            help += &format!(", which saves {}", numbers.estimate.shown(value, cost));
        }
        out.push(RULE.finding(entry.name.span, message).help(help));
    }
}
