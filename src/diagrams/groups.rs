//! The groups of a design as a picture nests them: each component stands in one, each group in at most one other.

use crate::model::Model;
use crate::model::groups::each_group;
use crate::model::names::Space;
use crate::spec::group::{Group, GroupKind};
use crate::spec::values::Entry;

/// A chain of groups inside each other is followed so far: a longer one is no drawing.
const MOST_LEVELS: usize = 100;

/// All groups.
pub(super) struct Groups<'m, 't> {
    /// In the order they are written, outer ones before those written inside them.
    pub all: Vec<&'m Entry<'t, Group<'t>>>,
    /// The groups that name a group.
    parents: Vec<Vec<usize>>,
    /// The groups that name a component.
    of_component: Vec<Vec<usize>>,
}

impl<'m, 't> Groups<'m, 't> {
    /// Collects them.
    pub fn new(model: &'m Model<'t>) -> Self {
        let mut all = Vec::new();
        each_group(&model.design.groups, &mut |entry| all.push(entry));
        let place = |id: &str| model.names.find(Space::Group, id).map(|index| index as usize);
        let mut parents = vec![Vec::new(); all.len()];
        let mut of_component = vec![Vec::new(); model.design.components.len()];
        for (index, entry) in all.iter().enumerate() {
            let is_in = |list: &mut Vec<Vec<usize>>, inner: Option<usize>| {
                if let Some(slot) = inner.and_then(|inner| list.get_mut(inner)) {
                    slot.push(index);
                }
            };
            entry.value.groups.iter().for_each(|inner| is_in(&mut parents, place(inner.name.text)));
            for member in &entry.value.contains {
                let component = model.names.find(Space::Component, member.text).map(|found| found as usize);
                match component {
                    Some(_) => is_in(&mut of_component, component),
                    None => is_in(&mut parents, place(member.text)),
                }
            }
        }
        Self { all, parents, of_component }
    }

    /// The id of a group.
    pub fn id(&self, group: usize) -> &'t str {
        self.all.get(group).map_or("", |entry| entry.name.text)
    }

    /// The name that people see.
    pub fn title(&self, group: usize) -> &'t str {
        let named = self.all.get(group).and_then(|entry| entry.value.name);
        named.map_or(self.id(group), |name| name.text)
    }

    /// What kind of group it is.
    pub fn kind(&self, group: usize) -> Option<GroupKind> {
        self.all.get(group).and_then(|entry| entry.value.kind).map(|kind| kind.value)
    }

    /// The group around a group, of those that are accepted.
    pub fn parent(&self, group: usize, accepts: &dyn Fn(usize) -> bool) -> Option<usize> {
        nearest(&self.parents, self.parents.get(group)?, accepts)
    }

    /// The group that a component is drawn in, of those that are accepted.
    pub fn frame(&self, component: usize, accepts: &dyn Fn(usize) -> bool) -> Option<usize> {
        nearest(&self.parents, self.of_component.get(component)?, accepts)
    }

    /// In how many groups a component is said to be.
    pub fn count_of(&self, component: usize) -> usize {
        self.of_component.get(component).map_or(0, Vec::len)
    }

    /// Whether a component is in a group, at any depth.
    pub fn holds(&self, group: usize, component: usize) -> bool {
        let mut waiting = self.of_component.get(component).cloned().unwrap_or_default();
        let mut seen = vec![false; self.all.len()];
        while let Some(next) = waiting.pop() {
            if next == group {
                return true;
            }
            if let Some(slot) = seen.get_mut(next).filter(|slot| !**slot) {
                *slot = true;
                waiting.extend(self.parents.get(next).into_iter().flatten());
            }
        }
        false
    }
}

/// The first group that is accepted, going outwards from the first of each level.
fn nearest(parents: &[Vec<usize>], first: &[usize], accepts: &dyn Fn(usize) -> bool) -> Option<usize> {
    let mut level: Vec<usize> = first.to_vec();
    for _ in 0..MOST_LEVELS {
        if let Some(found) = level.iter().copied().find(|group| accepts(*group)) {
            return Some(found);
        }
        level = level.iter().filter_map(|group| parents.get(*group)).flatten().copied().collect();
        level.dedup();
        level.truncate(MOST_LEVELS);
        if level.is_empty() {
            break;
        }
    }
    None
}
