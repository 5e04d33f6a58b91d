//! What rules of reliability have in common: what must be up or last, what a flow cannot do without, who takes messages.

pub use crate::rules::instances::{component, failover, instances, is_own};
pub use crate::rules::messages::{Taken, keeps_order, put_back, taken};

use crate::diagnostic::Diagnostic;
use crate::estimate::calls::{Call, Calls, Group, Together};
use crate::estimate::{Subject, address};
use crate::model::Model;
use crate::model::names::Space;
use crate::quantity::{Check, Comparator, Kind, MONTH};
use crate::rules::{Case, hops};
use crate::source::Span;
use crate::spec::component::Component;
use crate::spec::component_parts::{ReplicationMode, YesNoOr};
use crate::spec::requirement::{Priority, Quality};
use crate::spec::values::Name;
use std::collections::{BTreeMap, BTreeSet};

/// For each flow, the first requirement that asks for some quality of it, or for some computed value.
fn asked<'t>(model: &Model<'t>, qualities: &[Quality], values: &[&str]) -> Vec<Option<Name<'t>>> {
    let design = &model.design;
    let mut found: Vec<Option<Name<'t>>> = vec![None; design.flows.entries.len()];
    let mut wanted = Vec::with_capacity(design.requirements.entries.len());
    let mut of_all = None;
    for entry in &design.requirements {
        let it = &entry.value;
        let is_ruled_out = it.priority.is_some_and(|priority| priority.value == Priority::Wont);
        let mut is_wanted = it.quality.is_some_and(|quality| qualities.contains(&quality.value));
        for name in it.check.iter().filter(|_| !is_ruled_out).flat_map(|check| check.check.names()) {
            match address::parse(model, name.text) {
                Some((_, value)) if !values.contains(&value) => {}
                Some((Subject::Flow(flow), _)) => {
                    if let Some(slot) = found.get_mut(flow as usize) {
                        slot.get_or_insert(entry.name);
                    }
                }
                Some((Subject::System, _)) => of_all = of_all.or(Some(entry.name)),
                Some(_) => is_wanted = true,
                None => {}
            }
        }
        wanted.push(is_wanted && !is_ruled_out);
    }
    for (slot, entry) in found.iter_mut().zip(&design.flows) {
        let satisfied = entry.value.satisfies.iter().find_map(|name| {
            let index = model.names.find(Space::Requirement, name.text)? as usize;
            let is_wanted = wanted.get(index).copied().unwrap_or(false);
            design.requirements.get(index).filter(|_| is_wanted).map(|entry| entry.name)
        });
        *slot = slot.or(satisfied).or(of_all);
    }
    found
}

/// For each flow, the requirement that wants it to be up.
pub fn protected<'t>(model: &Model<'t>) -> Vec<Option<Name<'t>>> {
    let values = ["availability", "downtime", "outages", "outage", "errors"];
    asked(model, &[Quality::Availability, Quality::Reliability], &values)
}

/// For each flow, the requirement that wants what it writes to last.
pub fn must_last<'t>(model: &Model<'t>) -> Vec<Option<Name<'t>>> {
    asked(model, &[Quality::Durability], &["durability"])
}

/// Whether a call fails what is around it when it fails.
pub fn is_needed(call: &Call<'_, '_>) -> bool {
    call.waits && !call.is_optional() && call.fallback.is_none()
}

/// Whether what happens in a group fails what is around it when it fails.
pub fn is_needed_group(model: &Model<'_>, group: &Group<'_, '_>) -> bool {
    let step = group.step;
    let enough = step.wait_for.as_ref().and_then(|count| model.central(&count.written));
    let waits_for_all = group.together != Together::Parallel
        || enough.is_none_or(|enough| enough >= group.branches.len() as f64);
    !group.in_background && !step.optional.is_some_and(|flag| flag.value) && waits_for_all
}

/// The calls without which a flow fails, at least on some of its runs.
pub fn needed<'c, 'm, 't>(model: &Model<'_>, calls: &'c Calls<'m, 't>) -> Vec<&'c Call<'m, 't>> {
    let mut found = Vec::new();
    hops::walk(
        calls,
        true,
        &mut |group, _, around| around && is_needed_group(model, group),
        &mut |call, around| {
            let needed = around && is_needed(call);
            if needed && call.on_miss.is_none() {
                found.push(call);
            }
            hops::Inside { body: needed, on_miss: needed, fallback: false }
        },
    );
    found
}

/// For each component, the first flow that some requirement asks for and that fails with it.
pub fn needed_by<'t>(case: &Case<'_, 't>, asked: &[Option<Name<'t>>]) -> BTreeMap<u32, (Name<'t>, Name<'t>)> {
    let mut found = BTreeMap::new();
    for ((entry, calls), requirement) in case.design.flows.iter().zip(case.calls()).zip(asked) {
        let Some(requirement) = requirement else { continue };
        for call in needed(case, calls) {
            found.entry(call.to).or_insert((entry.name, *requirement));
        }
    }
    found
}

/// How often a flow must be up, by the check of a requirement.
#[derive(Clone, Copy, Debug)]
pub struct Target<'t> {
    /// The requirement, by index.
    pub requirement: u32,
    /// Its id.
    pub name: Name<'t>,
    /// The flow.
    pub flow: u32,
    /// The share of time.
    pub up: f64,
    /// The comparison.
    pub span: Span,
}

/// What checks ask of the availability of flows.
pub fn targets<'t>(model: &Model<'t>) -> Vec<Target<'t>> {
    let scope = crate::model::assumptions::Scope::new(&model.names, &model.assumed);
    let mut found = Vec::new();
    for (requirement, entry) in (0..).zip(&model.design.requirements) {
        let Some(check) = &entry.value.check else { continue };
        // Of alternatives, none must hold by itself.
        let is_plain = match &*check.check {
            Check::Compare(_) => true,
            Check::All(parts) => parts.iter().all(|part| matches!(part, Check::Compare(_))),
            Check::Any(_) | Check::Not(_) => false,
        };
        for comparison in check.check.comparisons().into_iter().filter(|_| is_plain) {
            let Kind::Name(name) = &comparison.left.kind else { continue };
            let Some((Subject::Flow(flow), value)) = address::parse(model, name.text) else { continue };
            let Ok(limit) = comparison.right.central(&scope) else { continue };
            let up = match (value, comparison.operator) {
                ("availability", Comparator::AtLeast | Comparator::Greater) => limit,
                ("downtime", Comparator::AtMost | Comparator::Less) => 1.0 - limit / MONTH,
                _ => continue,
            };
            if (0.0..1.0).contains(&up) {
                let span = check.node.subspan(comparison.range());
                found.push(Target { requirement, name: entry.name, flow, up, span });
            }
        }
    }
    found
}

/// Whether a component keeps data of its own that must not get lost: something is stored in it, and nothing else has a copy.
pub fn keeps_originals(model: &Model<'_>) -> Vec<bool> {
    let mut found = vec![false; model.design.components.entries.len()];
    for entry in &model.design.data {
        // Of several stores the first has the original, the others are made from it.
        let first = entry.value.stored_in.iter().next();
        let index = first.and_then(|name| model.names.find(Space::Component, name.text));
        let Some(index) = index else { continue };
        let role = hops::role(model, index);
        let written = component(model, index);
        let durable = written.and_then(|it| it.durable).map_or_else(|| role.has("durable"), |it| it.value);
        let is_kept = durable && !["delivers_messages", "external", "observes"].iter().any(|it| role.has(it));
        if let Some(slot) = found.get_mut(index as usize).filter(|_| is_kept) {
            *slot = true;
        }
    }
    found
}

/// Whether copies are made for the day when all else is lost.
pub fn has_backup(component: &Component<'_>) -> bool {
    component.backup.as_ref().is_some_and(|backup| backup.is_yes())
}

/// Adds the requirement that is the reason for a finding.
pub fn because(finding: Diagnostic, requirement: Name<'_>, flow: Name<'_>) -> Diagnostic {
    finding.related(requirement.span, format!("`{}` has to meet `{}`", flow.text, requirement.text))
}

/// For each component that a flow writes to, the flow and the requirement that wants it to last.
pub fn lasting<'t>(case: &Case<'_, 't>) -> BTreeMap<u32, (Name<'t>, Name<'t>)> {
    let mut found = BTreeMap::new();
    let asked = must_last(case);
    for ((entry, calls), requirement) in case.design.flows.iter().zip(case.calls()).zip(asked) {
        let Some(requirement) = requirement else { continue };
        for call in calls.calls.iter().filter(|call| hops::writes(call) && !call.is_optional()) {
            found.entry(call.to).or_insert((entry.name, requirement));
        }
    }
    found
}

/// Stores with copies and no backup that a flow writes to which must not lose anything.
pub fn replicated_without_backup<'t>(case: &Case<'_, 't>) -> BTreeMap<u32, (Name<'t>, Name<'t>)> {
    let keeps = keeps_originals(case);
    let mut found = lasting(case);
    found.retain(|index, _| {
        let keeps = keeps.get(*index as usize).copied().unwrap_or(false);
        component(case, *index).is_some_and(|it| {
            let mode = it.replication.as_ref().and_then(|replication| replication.mode);
            let is_copied =
                mode.is_some_and(|mode| mode.value != ReplicationMode::None) || it.quorum.is_some();
            keeps && is_copied && !has_backup(it)
        })
    });
    found
}

/// Brokers that somebody takes messages from, and that nobody gives a place for those which cannot be handled.
pub fn without_dead_letters(case: &Case<'_, '_>) -> BTreeMap<u32, Vec<Taken>> {
    let has = |it: &Component<'_>| it.dead_letter.as_ref().is_some_and(|to| to.is_yes());
    let targets: BTreeSet<u32> = case
        .design
        .components
        .iter()
        .filter_map(|entry| match &entry.value.dead_letter {
            Some(YesNoOr::Facts(to)) => case.names.find(Space::Component, to.text),
            _ => None,
        })
        .collect();
    let mut found = taken(case);
    found.retain(|broker, taken| {
        // A consumer may put messages aside by itself.
        taken.retain(|taken| !component(case, taken.by).is_some_and(has));
        let own = component(case, *broker).is_some_and(has);
        !own && !taken.is_empty() && !targets.contains(broker) && !hops::role(case, *broker).has("external")
    });
    found
}

/// Caches that have nothing but copies of what is stored elsewhere.
pub fn only_copies(model: &Model<'_>) -> BTreeSet<u32> {
    let find = |name: &str| model.names.find(Space::Component, name);
    let data = &model.design.data;
    let mut found: BTreeSet<u32> =
        data.iter().flat_map(|data| data.value.cached_in.iter().filter_map(|name| find(name.text))).collect();
    for store in data.iter().flat_map(|data| data.value.stored_in.iter().filter_map(|name| find(name.text))) {
        found.remove(&store);
    }
    for sessions in model.design.components.iter().filter_map(|entry| find(entry.value.sessions?.text)) {
        found.remove(&sessions);
    }
    found.retain(|index| {
        let role = hops::role(model, *index);
        let durable = component(model, *index).is_some_and(|it| it.durable.is_some_and(|flag| flag.value));
        // A CDN stands before what it caches: nobody gets past it.
        role.has("caches") && !role.has("serves_content") && !durable
    });
    found
}
