//! More instances of a component as a change that a program can write, where that is the one obvious change.

use super::{Case, instances};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::model::names::Space;
use crate::source::Span;
use crate::spec::component::Component;
use crate::spec::component_parts::Replicas;
use crate::spec::quantities::{Count, Quantity};
use crate::syntax::insertion;

/// Lets a finding be mended by `wanted` instances of a component. Not without being asked: what they cost, and where they run,
/// is for somebody to look at.
pub fn mended_by(mut finding: Diagnostic, case: &Case<'_, '_>, index: u32, wanted: f64) -> Diagnostic {
    if let Some(edits) = edits(case, index, wanted).filter(|_| may_be_several(case, index)) {
        finding.fix = Some(Fix { edits, is_safe: false });
    }
    finding
}

/// Whether a second instance of a component changes nothing but how much fails with one: what keeps state would have to be
/// replicated, and what begins work by the clock would begin it twice.
fn may_be_several(case: &Case<'_, '_>, index: u32) -> bool {
    let Some(component) = case.component(index) else { return false };
    let keeps = ["holds_state", "starts_on_schedule", "processes_streams", "external"];
    let is_kept_in = |name: &str| case.names.find(Space::Component, name) == Some(index);
    let holds_data = case.design.data.iter().any(|data| {
        let stores = data.value.stored_in.iter().chain(data.value.cached_in.iter());
        stores.into_iter().any(|store| is_kept_in(store.text))
    });
    let begins_by_the_clock = || {
        let mut flows = case.design.flows.iter().zip(case.calls());
        flows.any(|(flow, calls)| flow.value.every.is_some() && calls.starter == Some(index))
    };
    case.roles.get(index as usize).is_some_and(|role| role.kind.is_some())
        && instances::is_own(case, index)
        && !keeps.iter().any(|wanted| case.has(index, wanted))
        && !holds_data
        && !keeps_state(component)
        && !begins_by_the_clock()
}

fn keeps_state(component: &Component<'_>) -> bool {
    component.durable.is_some_and(|durable| durable.value)
        || component.sessions.is_some_and(|sessions| sessions.text == "memory")
        || component.replication.is_some()
        || component.quorum.is_some()
        || component.shards.is_some()
        || component.every.is_some()
}

fn edits(case: &Case<'_, '_>, index: u32, wanted: f64) -> Option<Vec<Edit>> {
    let entry = case.design.components.get(index as usize)?;
    let component = &entry.value;
    let change = |key: Span, count: &Quantity<'_, Count>| {
        let edit = insertion::with_value(key, count.written.node, &grown(case, count, wanted)?)?;
        Some(vec![edit])
    };
    match &component.replicas {
        None => insertion::with_key(entry.name.span, component.node, "kind", "replicas", &wanted.to_string()),
        Some(Replicas::Count(count)) => change(component.key_span("replicas")?, count),
        Some(Replicas::Scaling(scaling)) => {
            // Beyond the most that there may be, it is no longer one number that has to change.
            let most = scaling.max.as_ref().and_then(|most| case.central(&most.written));
            let least = scaling.min.as_ref().filter(|_| most.is_none_or(|most| most >= wanted))?;
            change(scaling.key_span("min")?, least)
        }
        Some(Replicas::Auto(_)) => None,
    }
}

/// The larger number, when the smaller one is written as a number: an assumption or a sum has reasons of its own.
fn grown(case: &Case<'_, '_>, count: &Quantity<'_, Count>, wanted: f64) -> Option<String> {
    let written: f64 = count.written.node.text().parse().ok()?;
    (written < wanted && wanted.is_finite() && case.central(&count.written) == Some(written))
        .then(|| wanted.to_string())
}
