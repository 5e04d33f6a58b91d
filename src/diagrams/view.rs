//! What of a design is shown, and how much of it.

use super::groups::Groups;
use super::picture::Direction;
use crate::model::Model;
use crate::model::names::Space;
use crate::spec::view::{self as spec, Detail, Selector};
use std::collections::BTreeSet;

/// What is shown.
pub(super) struct View<'m> {
    /// The title over it.
    pub title: Option<&'m str>,
    /// What it shows, in words.
    pub description: Option<&'m str>,
    /// Which way it runs.
    pub direction: Option<Direction>,
    /// How much is shown.
    pub detail: Detail,
    /// For each component, whether it is shown.
    pub shown: Vec<bool>,
    /// The groups that are drawn as one box.
    pub collapsed: BTreeSet<usize>,
    /// The flows that are shown, when not all are.
    pub flows: Option<BTreeSet<usize>>,
}

impl<'m> View<'m> {
    /// The view with this id, or everything.
    pub fn new<'t>(model: &'m Model<'t>, groups: &Groups<'m, 't>, id: Option<&str>) -> Self {
        let mut all = Self {
            title: None,
            description: None,
            direction: None,
            detail: Detail::Normal,
            shown: vec![true; model.design.components.len()],
            collapsed: BTreeSet::new(),
            flows: None,
        };
        let named = id.and_then(|id| model.design.views.iter().find(|entry| entry.name.text == id));
        let Some(entry) = named else { return all };
        let said = &entry.value;
        all.title = said.title.map(|title| title.text).or(Some(entry.name.text));
        all.description = said.description.map(|text| text.text);
        all.direction = said.direction.map(|direction| way(direction.value));
        all.detail = said.detail.map_or(Detail::Normal, |detail| detail.value);
        if !said.flows.is_empty() {
            let flows = said.flows.iter().filter_map(|name| model.names.find(Space::Flow, name.text));
            all.flows = Some(flows.map(|index| index as usize).collect());
        }
        if !said.include.is_empty() {
            all.shown = any(model, groups, &said.include);
        } else if let Some(flows) = &all.flows {
            all.shown = vec![false; model.design.components.len()];
            for connection in &model.connections {
                let crate::model::Via::Flow(flow) = connection.via else { continue };
                if flows.contains(&(flow as usize)) {
                    mark(&mut all.shown, connection.from as usize);
                    mark(&mut all.shown, connection.to as usize);
                }
            }
        }
        let left_out = any(model, groups, &said.exclude);
        all.shown.iter_mut().zip(left_out).for_each(|(shown, out)| *shown &= !out);
        let group = |name: &str| model.names.find(Space::Group, name).map(|index| index as usize);
        all.collapsed = said.collapse.iter().filter_map(|name| group(name.text)).collect();
        if all.detail == Detail::Overview {
            let outer = |group: &usize| groups.parent(*group, &|_| true).is_none();
            all.collapsed.extend((0..groups.all.len()).filter(outer));
        }
        all
    }

    /// Whether a component is shown.
    pub fn shows(&self, component: usize) -> bool {
        self.shown.get(component).copied().unwrap_or(false)
    }

    /// Whether a connection is shown: one of a flow, or a use where no flows are asked for.
    pub fn shows_flow(&self, flow: Option<usize>) -> bool {
        self.flows.as_ref().is_none_or(|flows| flow.is_some_and(|flow| flows.contains(&flow)))
    }
}

fn way(direction: spec::Direction) -> Direction {
    match direction {
        spec::Direction::LeftRight => Direction::LeftRight,
        spec::Direction::RightLeft => Direction::RightLeft,
        spec::Direction::TopBottom => Direction::TopBottom,
        spec::Direction::BottomTop => Direction::BottomTop,
    }
}

fn mark(list: &mut [bool], index: usize) {
    if let Some(slot) = list.get_mut(index) {
        *slot = true;
    }
}

/// The components that any of the selectors selects.
fn any<'t>(model: &Model<'t>, groups: &Groups<'_, 't>, selectors: &[Selector<'_>]) -> Vec<bool> {
    let mut found = vec![false; model.design.components.len()];
    for selector in selectors {
        let one = selected(model, groups, selector);
        found.iter_mut().zip(one).for_each(|(all, one)| *all |= one);
    }
    found
}

/// The components that fulfil all that a selector says, and those around them.
fn selected<'t>(model: &Model<'t>, groups: &Groups<'_, 't>, selector: &Selector<'_>) -> Vec<bool> {
    let in_group = |name: &str, component: usize| {
        let group = model.names.find(Space::Group, name);
        group.is_some_and(|group| groups.holds(group as usize, component))
    };
    let fulfils =
        |(index, entry): (usize, &crate::spec::values::Entry<'_, crate::spec::component::Component<'_>>)| {
            let by_id = selector.id.is_none_or(|id| id.text == entry.name.text || in_group(id.text, index));
            let kind = model.roles.get(index).and_then(|role| role.kind).map(|kind| kind.id);
            let by_kind = selector.kind.is_none_or(|wanted| kind == Some(wanted.text));
            let by_group = selector.group.is_none_or(|group| in_group(group.text, index));
            let tagged = |tag: &str| {
                let is_tag = |own: &crate::spec::values::Name<'_>| own.text == tag;
                let of_group =
                    |group: usize| groups.all.get(group).is_some_and(|it| it.value.tags.iter().any(is_tag));
                entry.value.tags.iter().any(is_tag)
                    || (0..groups.all.len()).any(|group| of_group(group) && groups.holds(group, index))
            };
            by_id && by_kind && by_group && selector.tag.is_none_or(|tag| tagged(tag.text))
        };
    let mut found: Vec<bool> = model.design.components.iter().enumerate().map(fulfils).collect();
    let steps = selector.neighbours.as_ref().and_then(|count| model.central(&count.written)).unwrap_or(0.0);
    for _ in 0..found.len().min(steps.clamp(0.0, 1e6) as usize) {
        let before = found.clone();
        let was = |index: u32| before.get(index as usize).copied().unwrap_or(false);
        for connection in &model.connections {
            if was(connection.from) || was(connection.to) {
                mark(&mut found, connection.from as usize);
                mark(&mut found, connection.to as usize);
            }
        }
        if found == before {
            break;
        }
    }
    found
}
