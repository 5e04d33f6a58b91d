//! Where components run: the zones and regions that a design names for each.

use super::Case;
use std::collections::{BTreeMap, BTreeSet};

/// The zones and regions of all components.
#[derive(Debug, Default)]
pub struct Places<'c> {
    zones: Vec<BTreeSet<&'c str>>,
    regions: Vec<BTreeSet<&'c str>>,
}

impl<'c> Places<'c> {
    /// Looks them up, in the component itself and in the deployment.
    pub fn new(case: &'c Case<'_, '_>) -> Self {
        let design = &case.design;
        let deployment = design.deployment.as_ref();
        let mut region_of: BTreeMap<&str, &str> = BTreeMap::new();
        for region in deployment.iter().flat_map(|deployment| &deployment.regions) {
            region_of.insert(region.name.text, region.name.text);
            for (zone, _) in &region.value.zones.zones {
                region_of.insert(zone.text, region.name.text);
            }
        }
        let mut node_in: BTreeMap<&str, &str> = BTreeMap::new();
        let mut placed: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for node in deployment.iter().flat_map(|deployment| &deployment.nodes) {
            let Some(place) = node.value.place else { continue };
            node_in.insert(node.name.text, place.text);
            for component in &node.value.runs {
                placed.entry(component.text).or_default().push(place.text);
            }
        }
        for (component, places) in deployment.iter().flat_map(|deployment| &deployment.runs.entries) {
            let places = places.iter().map(|place| node_in.get(place.text).copied().unwrap_or(place.text));
            placed.entry(component.text).or_default().extend(places);
        }
        let mut all = Self::default();
        for entry in &design.components {
            let component = &entry.value;
            let mut zones: BTreeSet<&str> = component.zones.iter().map(|zone| zone.text).collect();
            let mut regions: BTreeSet<&str> = component.regions.iter().map(|region| region.text).collect();
            for place in placed.get(entry.name.text).into_iter().flatten() {
                match region_of.get(place) {
                    Some(region) if region == place => regions.insert(place),
                    _ => zones.insert(place),
                };
            }
            regions.extend(zones.iter().filter_map(|zone| region_of.get(zone).copied()));
            all.zones.push(zones);
            all.regions.push(regions);
        }
        all
    }

    /// The zones that a component runs in, as far as they are named.
    pub fn zones(&self, index: u32) -> &BTreeSet<&'c str> {
        static NONE: BTreeSet<&str> = BTreeSet::new();
        self.zones.get(index as usize).unwrap_or(&NONE)
    }

    /// The regions that a component runs in, as far as they are named.
    pub fn regions(&self, index: u32) -> &BTreeSet<&'c str> {
        static NONE: BTreeSet<&str> = BTreeSet::new();
        self.regions.get(index as usize).unwrap_or(&NONE)
    }
}
