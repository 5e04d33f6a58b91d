//! What rules of traceability ask of requirements, flows and decisions.

use crate::model::Model;
use crate::model::flows::each_step;
use crate::model::names::Space;
use crate::source::Span;
use crate::spec::decision::DecisionStatus;
use std::collections::BTreeSet;

/// The requirements that something says it meets, by index: flows, use cases, and decisions that are about them.
pub fn met_requirements(model: &Model<'_>) -> BTreeSet<u32> {
    let flows = model.design.flows.iter().flat_map(|flow| flow.value.satisfies.iter());
    let use_cases = model.design.components.iter().flat_map(|component| component.value.use_cases.iter());
    let by_use_cases = use_cases.flat_map(|use_case| use_case.value.satisfies.iter());
    let decisions = model.design.decisions.iter().flat_map(|decision| decision.value.affects.iter());
    let by_decisions =
        decisions.map(|element| element.text.strip_prefix("requirements.").unwrap_or(element.text));
    let names = flows.chain(by_use_cases).map(|name| name.text).chain(by_decisions);
    names.filter_map(|name| model.names.find(Space::Requirement, name)).collect()
}

/// Whether the design says at all which flow meets which requirement.
pub fn is_traced(model: &Model<'_>) -> bool {
    model.design.flows.iter().any(|flow| !flow.value.satisfies.is_empty())
}

/// The flows whose numbers some requirement compares, by index.
pub fn checked_flows(model: &Model<'_>) -> BTreeSet<u32> {
    let checks = model.design.requirements.iter().filter_map(|entry| entry.value.check.as_ref());
    let names = checks.flat_map(|check| check.check.names());
    let ids = names.filter_map(|name| name.text.strip_prefix("flows.")?.split('.').next());
    ids.filter_map(|id| model.names.find(Space::Flow, id)).collect()
}

/// Whether anything happens in a flow that has two ends.
pub fn first_sender<'t>(model: &Model<'t>, flow: usize) -> Option<(&'t str, Span)> {
    let mut found = None;
    each_step(&model.design.flows.get(flow)?.value.steps, &mut |step| {
        found = found.or(step.others.as_ref().map(|arrow| (arrow.from.text, arrow.from.span)));
    });
    found
}

/// Which decision replaces which: of each, that which is replaced and where that is said. Both by index.
pub fn replacements(model: &Model<'_>) -> Vec<(u32, u32, Span)> {
    let find = |name: &str| model.names.find(Space::Decision, name);
    let mut found = Vec::new();
    for entry in &model.design.decisions {
        let Some(own) = find(entry.name.text) else { continue };
        for old in &entry.value.supersedes {
            found.extend(find(old.text).map(|replaced| (own, replaced, old.span)));
        }
        if let Some(new) = entry.value.superseded_by {
            found.extend(find(new.text).map(|by| (by, own, new.span)));
        }
    }
    found
}

/// Where a decision stands, when it says so.
pub fn status(model: &Model<'_>, decision: u32) -> Option<DecisionStatus> {
    let entry = model.design.decisions.get(decision as usize)?;
    entry.value.status.map(|status| status.value)
}
