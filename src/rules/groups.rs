//! Which groups a component is in, directly or by way of other groups.

use crate::model::Model;
use crate::model::groups::each_group;
use crate::model::names::Space;
use crate::spec::group::Group;
use crate::spec::values::Entry;

/// Groups inside groups are followed so far, so that one odd design does not take all the time there is.
const MOST_GROUPS: usize = 64;

/// The groups of a design from inside out.
#[derive(Debug)]
pub struct Groups<'m, 't> {
    groups: Vec<Option<&'m Entry<'t, Group<'t>>>>,
    of_component: Vec<Vec<u32>>,
    of_group: Vec<Vec<u32>>,
}

impl<'m, 't> Groups<'m, 't> {
    /// Reads them once.
    pub fn new(model: &'m Model<'t>) -> Self {
        let count = |space| model.names.all(space).len();
        let mut found = Self {
            groups: vec![None; count(Space::Group)],
            of_component: vec![Vec::new(); count(Space::Component)],
            of_group: vec![Vec::new(); count(Space::Group)],
        };
        each_group(&model.design.groups, &mut |entry| {
            let Some(outer) = model.names.find(Space::Group, entry.name.text) else { return };
            if let Some(slot) = found.groups.get_mut(outer as usize) {
                *slot = Some(entry);
            }
            let inner = entry.value.groups.iter().map(|inner| inner.name.text);
            for name in inner.chain(entry.value.contains.iter().map(|member| member.text)) {
                let component = model.names.find(Space::Component, name);
                let list = match component {
                    Some(component) => found.of_component.get_mut(component as usize),
                    None => model
                        .names
                        .find(Space::Group, name)
                        .and_then(|group| found.of_group.get_mut(group as usize)),
                };
                list.into_iter().for_each(|list| list.push(outer));
            }
        });
        found
    }

    /// A group by its place among all of them.
    pub fn get(&self, index: u32) -> Option<&'m Entry<'t, Group<'t>>> {
        self.groups.get(index as usize).copied().flatten()
    }

    /// The groups right around a group.
    pub fn around_group(&self, index: u32) -> &[u32] {
        self.of_group.get(index as usize).map_or(&[], Vec::as_slice)
    }

    /// All groups around a component, inner ones first.
    pub fn around(&self, component: u32) -> Vec<u32> {
        let mut found: Vec<u32> = self.of_component.get(component as usize).cloned().unwrap_or_default();
        let mut at = 0;
        while let Some(group) = found.get(at).copied().filter(|_| found.len() < MOST_GROUPS) {
            for outer in self.around_group(group) {
                if !found.contains(outer) {
                    found.push(*outer);
                }
            }
            at += 1;
        }
        found
    }
}
