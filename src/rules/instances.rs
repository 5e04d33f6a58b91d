//! Components as rules look at them: how many instances there are, whose they are, where they stand.

use super::hops;
use crate::model::Model;
use crate::model::names::Space;
use crate::spec::component::Component;
use crate::spec::component_parts::{FailoverMode, Replicas};
use crate::spec::values::Name;

/// A component.
pub fn component<'c, 't>(model: &'c Model<'t>, index: u32) -> Option<&'c Component<'t>> {
    model.design.components.get(index as usize).map(|entry| &entry.value)
}

/// How many instances there are at least, when the design says so.
pub fn instances(model: &Model<'_>, component: &Component<'_>) -> Option<f64> {
    match component.replicas.as_ref()? {
        Replicas::Count(count) => model.central(&count.written),
        Replicas::Auto(_) => None,
        Replicas::Scaling(scaling) => model.central(&scaling.min.as_ref()?.written),
    }
}

/// Whether the team itself counts the instances of a component: it is no client, not somebody else's and not managed.
pub fn is_own(model: &Model<'_>, index: u32) -> bool {
    let role = hops::role(model, index);
    let is_managed = role.technology.is_some_and(|technology| technology.managed);
    !is_managed && !["is_client", "external", "elastic"].iter().any(|wanted| role.has(wanted))
}

/// What stands ready when an instance fails, when the design says so.
pub fn failover(component: &Component<'_>) -> Option<FailoverMode> {
    component.failover.as_ref()?.mode.map(|mode| mode.value)
}

/// The places that a component is said to run in.
pub fn places<'c, 't>(model: &'c Model<'t>) -> Vec<Vec<Name<'t>>> {
    let components = model.design.components.iter();
    let mut found: Vec<Vec<Name<'t>>> =
        components.map(|entry| entry.value.zones.iter().copied().collect()).collect();
    let Some(deployment) = &model.design.deployment else { return found };
    let nodes = deployment.nodes.iter().flat_map(|node| {
        let place = node.value.place.unwrap_or(node.name);
        node.value.runs.iter().map(move |name| (name.text, vec![place]))
    });
    let runs = deployment.runs.entries.iter().map(|(name, places)| (name.text, places.clone()));
    for (name, places) in nodes.chain(runs) {
        let index = model.names.find(Space::Component, name);
        if let Some(slot) = index.and_then(|index| found.get_mut(index as usize)) {
            slot.extend(places);
        }
    }
    found
}
