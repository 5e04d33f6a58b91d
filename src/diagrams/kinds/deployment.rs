//! Regions, zones and nodes, and what runs in them.

use super::super::picture::{Body, Direction, Graph, Group, Line, Node, Picture, Tone};
use super::super::{Context, written};
use super::looks;

use std::collections::BTreeMap;

/// Draws them.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let Some(graph) = graph(context) else { return Vec::new() };
    vec![super::picture(context, "deployment", None, Body::Graph(graph))]
}

/// Places as frames, inner ones inside, and components in every place that they run in.
pub(super) fn graph(context: &Context<'_, '_, '_>) -> Option<Graph> {
    let model = context.case.model();
    let deployment = model.design.deployment.as_ref();
    let mut graph =
        Graph { direction: context.view.direction.unwrap_or(Direction::TopBottom), ..Graph::default() };
    let mut place: BTreeMap<&str, usize> = BTreeMap::new();
    for region in deployment.into_iter().flat_map(|deployment| &deployment.regions) {
        let outer = graph.groups.len();
        place.insert(region.name.text, outer);
        let said = region.value.provider.map(|provider| format!("region of {}", provider.text));
        let title = region.value.name.map_or(region.name.text, |name| name.text);
        let subtitle = said.unwrap_or_else(|| "region".to_owned());
        graph.groups.push(frame(region.name.text, title, subtitle, None));
        for (zone, facts) in &region.value.zones.zones {
            place.insert(zone.text, graph.groups.len());
            let title = facts.as_ref().and_then(|zone| zone.name).map_or(zone.text, |name| name.text);
            graph.groups.push(frame(zone.text, title, "zone".to_owned(), Some(outer)));
        }
    }
    // Zones of a design without a deployment are just names.
    for component in &model.design.components {
        for zone in component.value.zones.iter().chain(&component.value.regions) {
            place.entry(zone.text).or_insert_with(|| {
                graph.groups.push(frame(zone.text, zone.text, "zone".to_owned(), None));
                graph.groups.len() - 1
            });
        }
    }
    let mut on_nodes: Vec<(&str, usize)> = Vec::new();
    for node in deployment.into_iter().flat_map(|deployment| &deployment.nodes) {
        let title = node.value.name.map_or(node.name.text, |name| name.text);
        let parent = node.value.place.and_then(|place_name| place.get(place_name.text).copied());
        let mut facts = vec!["node".to_owned()];
        facts.extend(node.value.count.as_ref().map(|count| format!("× {}", written(count))));
        facts.extend(node.value.cores.as_ref().map(|cores| format!("{} cores", written(cores))));
        facts.extend(node.value.memory.as_ref().map(|memory| written(memory).to_owned()));
        place.insert(node.name.text, graph.groups.len());
        on_nodes.extend(node.value.runs.iter().map(|component| (component.text, graph.groups.len())));
        graph.groups.push(frame(node.name.text, title, facts.join(" · "), parent));
    }
    for (index, entry) in model.design.components.iter().enumerate() {
        if !context.view.shows(index) {
            continue;
        }
        let id = entry.name.text;
        let mut places: Vec<usize> =
            on_nodes.iter().filter(|(name, _)| *name == id).map(|(_, at)| *at).collect();
        let runs = deployment.into_iter().flat_map(|deployment| &deployment.runs.entries);
        let said = runs.filter(|(name, _)| name.text == id).flat_map(|(_, places)| places);
        let own = entry.value.zones.iter();
        let named: Vec<&str> = said.chain(own).map(|name| name.text).collect();
        places.extend(named.iter().filter_map(|name| place.get(name).copied()));
        if places.is_empty() {
            let regions = entry.value.regions.iter().filter_map(|name| place.get(name.text).copied());
            places.extend(regions);
        }
        places.sort_unstable();
        places.dedup();
        let role = model.roles.get(index).copied().unwrap_or_default();
        let node = looks::node(entry, role, context.view.detail);
        for group in places {
            let at = graph.groups.get(group).map_or("", |group| group.id.as_str());
            graph.nodes.push(Node { id: format!("{id} in {at}"), group: Some(group), ..node.clone() });
        }
    }
    is_used(&mut graph);
    (!graph.nodes.is_empty()).then_some(graph)
}

fn frame(id: &str, title: &str, subtitle: String, parent: Option<usize>) -> Group {
    let (id, title) = (id.to_owned(), title.to_owned());
    Group { id, title, subtitle: Some(subtitle), parent, line: Line::Solid, tone: Tone::Plain }
}

/// Leaves out places in which nothing is shown.
fn is_used(graph: &mut Graph) {
    let mut used = vec![false; graph.groups.len()];
    for node in &graph.nodes {
        let mut at = node.group;
        while let Some(group) = at {
            match used.get_mut(group) {
                Some(slot) if !*slot => *slot = true,
                _ => break,
            }
            at = graph.groups.get(group).and_then(|group| group.parent);
        }
    }
    let mut new_place = Vec::with_capacity(used.len());
    let mut next = 0;
    for is_used in &used {
        new_place.push(is_used.then_some(next));
        next += usize::from(*is_used);
    }
    let moved = |old: Option<usize>| old.and_then(|old| new_place.get(old).copied().flatten());
    graph.nodes.iter_mut().for_each(|node| node.group = moved(node.group));
    let groups = std::mem::take(&mut graph.groups);
    let kept = groups.into_iter().zip(used).filter(|(_, is_used)| *is_used);
    graph.groups = kept.map(|(group, _)| Group { parent: moved(group.parent), ..group }).collect();
}
