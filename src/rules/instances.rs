//! Components as rules look at them: how many instances there are, whose they are, where they stand.

use super::hops;
use crate::model::Model;
use crate::spec::component::Component;
use crate::spec::component_parts::{FailoverMode, Replicas};

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
