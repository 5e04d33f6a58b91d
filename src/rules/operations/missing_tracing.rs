use crate::diagnostic::Diagnostic;
use crate::rules::rule::rule;
use crate::rules::{Case, computed};
use std::collections::BTreeSet;

use super::support::{collects, components};

rule! {
    /// Requests that pass four or more programs of one's own, which nothing follows on their way.
    ///
    /// ## Why
    /// When a request is slow, the logs of each program on its way say that it was waiting for the next one. Only a trace shows
    /// where the time went, and with every further program there are more places to look at (Sigelman et al., "Dapper, a
    /// Large-Scale Distributed Systems Tracing Infrastructure", Google, 2010).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   shop: { kind: service }
    /// # ^^^^ missing-tracing
    ///   orders: { kind: service }
    ///   stock: { kind: service }
    ///   prices: { kind: service }
    /// flows:
    ///   buy:
    ///     steps: ["browser -> shop -> orders: POST /orders", "orders -> stock: reserve", "orders -> prices: the price"]
    /// rules: { stage: sketch, missing-tracing: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   shop: { kind: service, uses: [{ to: traces, async: true }] }
    ///   orders: { kind: service, uses: [{ to: traces, async: true }] }
    ///   stock: { kind: service, uses: [{ to: traces, async: true }] }
    ///   prices: { kind: service, uses: [{ to: traces, async: true }] }
    ///   traces: { kind: tracing, retention: 7 days }
    /// flows:
    ///   buy:
    ///     steps: ["browser -> shop -> orders: POST /orders", "orders -> stock: reserve", "orders -> prices: the price"]
    /// rules: { stage: sketch, missing-tracing: warning }
    /// ```
    "missing-tracing": Warning, Operations, Recommended, at Production, since "0.2.0", check
}

const MANY: usize = 4;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || components(case).any(|index| collects(case, index, "collects_traces")) {
        return;
    }
    // The flow that passes most of them stands for all.
    let mut most: (usize, Vec<u32>) = (0, Vec::new());
    for (at, calls) in case.calls().iter().enumerate() {
        let mut seen = BTreeSet::new();
        let programs: Vec<u32> = calls
            .calls
            .iter()
            .flat_map(|call| [call.from, call.to])
            .filter(|index| case.has(*index, "runs_code") && seen.insert(*index))
            .collect();
        if programs.len() > most.1.len() {
            most = (at, programs);
        }
    }
    let (at, programs) = most;
    let Some(flow) = case.design.flows.entries.get(at).filter(|_| programs.len() >= MANY) else { return };
    let Some(first) = programs.first().and_then(|first| case.design.components.entries.get(*first as usize))
    else {
        return;
    };
    let names: Vec<&str> = programs.iter().map(|index| case.component_name(*index)).collect();
    let message = format!(
        "a run of `{}` passes {} programs ({}), and nothing follows it on its way",
        flow.name.text,
        names.len(),
        computed::listed(&names)
    );
    let help =
        "add a component that collects traces (`kind: tracing`), and name it under `uses` of those programs";
    out.push(RULE.finding(first.name.span, message).related(flow.name.span, "this is the flow").help(help));
}
