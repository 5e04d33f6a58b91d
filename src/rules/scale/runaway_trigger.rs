use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::model::names::Space;
use crate::model::{Model, Via};
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// Flows that trigger each other so that their load grows without end.
    ///
    /// ## Why
    /// A flow that runs `on:` a component runs once for all that arrives there. When its steps put something into that
    /// component again, or into one that triggers it through other flows, each run causes further runs. As long as that
    /// is less than one it dies down; from one on it never does, and takes everything on its way down with it.
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

/// For each flow that a component triggers, the flows that it triggers in turn, by index.
fn triggers(model: &Model<'_>) -> Vec<(u32, Vec<u32>)> {
    let source = |flow: &crate::spec::flow::Flow<'_>| {
        let is_own = flow.rate.is_none() && flow.every.is_none() && flow.api.is_none();
        model.names.find(Space::Component, flow.on.filter(|_| is_own)?.text)
    };
    let sources: Vec<(u32, u32)> = (0..)
        .zip(&model.design.flows)
        .filter_map(|(flow, entry)| Some((flow, source(&entry.value)?)))
        .collect();
    let next = |flow: u32| {
        let sends = |to: u32| {
            model
                .connections
                .iter()
                .any(|connection| connection.via == Via::Flow(flow) && connection.to == to)
        };
        sources.iter().filter(|(_, from)| sends(*from)).map(|(flow, _)| *flow).collect()
    };
    sources.iter().map(|(flow, _)| (*flow, next(*flow))).collect()
}

/// The flows on a way from a flow back to itself.
fn circle(triggers: &[(u32, Vec<u32>)], start: u32) -> Vec<u32> {
    let next = |flow: u32| triggers.iter().find(|(from, _)| *from == flow).map_or(&[][..], |(_, to)| to);
    let reachable = |start: u32| {
        let (mut found, mut waiting) = (Vec::new(), vec![start]);
        while let Some(flow) = waiting.pop() {
            for to in next(flow) {
                if !found.contains(to) {
                    found.push(*to);
                    waiting.push(*to);
                }
            }
        }
        found
    };
    let mut found: Vec<u32> =
        reachable(start).into_iter().filter(|flow| reachable(*flow).contains(&start)).collect();
    found.sort_unstable();
    found
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || !case.design.flows.iter().any(|flow| flow.value.on.is_some()) {
        return;
    }
    let triggers = triggers(case);
    let mut told: Vec<u32> = Vec::new();
    for (flow, _) in &triggers {
        if told.contains(flow) {
            continue;
        }
        let circle = circle(&triggers, *flow);
        told.extend(&circle);
        if !circle.contains(flow) {
            continue;
        }
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
