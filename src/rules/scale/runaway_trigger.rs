use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::model::names::Space;
use crate::model::{Model, Via, cycles};
use crate::rules::Case;
use crate::rules::rule::rule;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

rule! {
    /// Flows that trigger each other so that their load grows without end.
    ///
    /// ## Why
    /// A flow that runs `on:` a component runs once for all that arrives there. When its steps put something into that
    /// component again, or into one that triggers it through other flows, each run causes further runs. As long as that
    /// is less than one it dies down; from one on it never does, and takes everything on its way down with it. AWS stops
    /// functions that do so (AWS Lambda, *Use Lambda recursive loop detection to prevent infinite loops*).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   jobs: { kind: queue }
    ///   worker: { kind: worker }
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser ~> jobs] }
    ///   work: { on: jobs, steps: [jobs ~> worker, worker ~> jobs] }
    /// #         ^^ runaway-trigger
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   jobs: { kind: queue }
    ///   worker: { kind: worker }
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser ~> jobs] }
    ///   work:
    ///     on: jobs
    ///     steps:
    ///       - jobs ~> worker
    ///       - chance: 5%
    ///         steps: ["worker ~> jobs: try again later"]
    /// ```
    "runaway-trigger": Error, Scale, Minimal, since "0.1.0", check
}

/// The flows on each circle of triggers, each circle in the order of the design. Flows are tied to one another by the
/// components that they send to and wait for.
fn circles(model: &Model<'_>) -> Vec<Vec<u32>> {
    let mut graph = DiGraph::<u32, ()>::new();
    let mut flows: BTreeMap<u32, NodeIndex> = BTreeMap::new();
    let mut components: BTreeMap<u32, NodeIndex> = BTreeMap::new();
    for (flow, entry) in (0..).zip(&model.design.flows) {
        let value = &entry.value;
        let is_own = value.rate.is_none() && value.every.is_none() && value.api.is_none();
        let on = value.on.filter(|_| is_own).and_then(|on| model.names.find(Space::Component, on.text));
        let Some(component) = on else { continue };
        let node = graph.add_node(flow);
        flows.insert(flow, node);
        let source = *components.entry(component).or_insert_with(|| graph.add_node(NO_FLOW));
        graph.add_edge(source, node, ());
    }
    for connection in &model.connections {
        let Via::Flow(flow) = connection.via else { continue };
        if let (Some(from), Some(to)) = (flows.get(&flow), components.get(&connection.to)) {
            graph.add_edge(*from, *to, ());
        }
    }
    let in_order = |part: Vec<NodeIndex>| {
        let found = part.into_iter().filter_map(|node| graph.node_weight(node).copied());
        let mut found: Vec<u32> = found.filter(|flow| *flow != NO_FLOW).collect();
        found.sort_unstable();
        found
    };
    // A flow and what triggers it make two nodes.
    let knots = cycles::parts(&graph).into_iter().filter(|part| part.len() > 1);
    let mut found: Vec<Vec<u32>> = knots.map(in_order).collect();
    found.sort_unstable();
    found
}

/// Stands for a component among the nodes.
const NO_FLOW: u32 = u32::MAX;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || !case.design.flows.iter().any(|flow| flow.value.on.is_some()) {
        return;
    }
    for circle in circles(case) {
        let Some(flow) = circle.first() else { continue };
        let Some(numbers) = case.numbers() else { return };
        let rate = numbers.estimate.get(Subject::Flow(*flow), "rate");
        if !rate.is_some_and(|rate| numbers.central.of(rate).is_infinite()) {
            continue;
        }
        let entries = circle.iter().filter_map(|flow| case.design.flows.get(*flow as usize));
        let places: Vec<(&str, crate::source::Span)> = entries
            .map(|entry| (entry.name.text, entry.value.key_span("on").unwrap_or(entry.name.span)))
            .collect();
        let Some(((name, span), others)) = places.split_first() else { continue };
        let message = match others {
            [] => format!("`{name}` triggers itself, so that its load grows without end"),
            _ => {
                let all: Vec<String> = places.iter().map(|(name, _)| format!("`{name}`")).collect();
                let all = all.join(", ");
                format!("the flows {all} trigger each other, so that their load grows without end")
            }
        };
        let mut finding = RULE.finding(*span, message);
        for (name, span) in others {
            finding = finding.related(*span, format!("`{name}` is triggered here"));
        }
        let help = "put the step that closes the circle under a `chance`, so that each run causes less than \
                    one other, or take it out";
        out.push(finding.help(help));
    }
}
