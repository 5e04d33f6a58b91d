//! Where components run: the zones and regions that a design names for each.

use crate::model::Model;
use crate::spec::deployment::DeploymentNode;
use std::collections::{BTreeMap, BTreeSet};

/// The zones and regions of all components.
#[derive(Debug, Default)]
pub struct Places<'t> {
    all: Vec<Place<'t>>,
}

/// Where one component runs.
#[derive(Debug, Default)]
struct Place<'t> {
    zones: BTreeSet<&'t str>,
    regions: BTreeSet<&'t str>,
    /// The machines that are named for it, with those of a pool counted one by one.
    machines: f64,
    /// Whether nobody says where one of these stands.
    is_partly_unknown: bool,
}

impl<'t> Places<'t> {
    /// Looks them up, in the component itself and in the deployment.
    pub fn new(model: &Model<'t>) -> Self {
        let design = &model.design;
        let deployment = design.deployment.as_ref();
        let mut region_of: BTreeMap<&str, &str> = BTreeMap::new();
        for region in deployment.iter().flat_map(|deployment| &deployment.regions) {
            region_of.insert(region.name.text, region.name.text);
            for (zone, _) in &region.value.zones.zones {
                region_of.insert(zone.text, region.name.text);
            }
        }
        let nodes: BTreeMap<&str, &DeploymentNode<'_>> = deployment
            .iter()
            .flat_map(|deployment| &deployment.nodes)
            .map(|node| (node.name.text, &node.value))
            .collect();
        // A node may say what it runs, and the deployment on which nodes a component runs.
        let mut placed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (name, node) in &nodes {
            for component in &node.runs {
                placed.entry(component.text).or_default().insert(name);
            }
        }
        for (component, places) in deployment.iter().flat_map(|deployment| &deployment.runs.entries) {
            placed.entry(component.text).or_default().extend(places.iter().map(|place| place.text));
        }
        let mut all = Self::default();
        for entry in &design.components {
            let component = &entry.value;
            let mut here = Place {
                zones: component.zones.iter().map(|zone| zone.text).collect(),
                regions: component.regions.iter().map(|region| region.text).collect(),
                ..Place::default()
            };
            for place in placed.get(entry.name.text).into_iter().flatten() {
                let mut place = Some(*place);
                if let Some(node) = place.and_then(|place| nodes.get(place)) {
                    let count = node.count.as_ref().and_then(|count| model.central(&count.written));
                    here.machines += count.unwrap_or(1.0);
                    here.is_partly_unknown |= node.place.is_none();
                    place = node.place.map(|place| place.text);
                }
                let Some(place) = place else { continue };
                match region_of.get(place) {
                    Some(region) if *region == place => here.regions.insert(place),
                    _ => here.zones.insert(place),
                };
            }
            here.regions.extend(here.zones.iter().filter_map(|zone| region_of.get(zone).copied()));
            all.all.push(here);
        }
        all
    }

    /// The zones that a component runs in, as far as they are named.
    pub fn zones(&self, index: u32) -> &BTreeSet<&'t str> {
        static NONE: BTreeSet<&str> = BTreeSet::new();
        self.all.get(index as usize).map_or(&NONE, |place| &place.zones)
    }

    /// The regions that a component runs in, as far as they are named.
    pub fn regions(&self, index: u32) -> &BTreeSet<&'t str> {
        static NONE: BTreeSet<&str> = BTreeSet::new();
        self.all.get(index as usize).map_or(&NONE, |place| &place.regions)
    }

    /// The zone that all of a component runs in, when there is just one and nothing of it stands elsewhere.
    pub fn only_zone(&self, index: u32) -> Option<&'t str> {
        let place = self.all.get(index as usize).filter(|place| !place.is_partly_unknown)?;
        place.zones.first().copied().filter(|_| place.zones.len() == 1)
    }

    /// Whether a component is said to run in more than one place or on more than one machine.
    pub fn is_spread(&self, index: u32) -> bool {
        self.all
            .get(index as usize)
            .is_some_and(|place| place.zones.len() > 1 || place.regions.len() > 1 || place.machines > 1.0)
    }
}
