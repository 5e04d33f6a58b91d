//! The four pictures of the C4 model: context, containers, components, deployment.

use super::super::Context;
use super::super::picture::{Body, Edge, Graph, Group, Line, Node, Notation, Picture, Shape, Tone};
use super::super::wires::Wire;
use super::{boxes, deployment as places, looks};
use crate::spec::group::GroupKind;
use std::collections::BTreeMap;

/// What a component is, in the words of C4.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Person,
    External,
    Inside,
}

fn part(context: &Context<'_, '_, '_>, component: usize) -> Part {
    let role = context.case.model().roles.get(component).copied().unwrap_or_default();
    if role.has("external") {
        Part::External
    } else if role.has("is_client") && !role.has("speaks_http") {
        // A client that the team does not build is a person; an app of its own is a part of the system.
        Part::Person
    } else {
        Part::Inside
    }
}

fn is_system(context: &Context<'_, '_, '_>, group: usize) -> bool {
    context.groups.kind(group) == Some(GroupKind::System)
}

/// The title of the whole.
fn system(context: &Context<'_, '_, '_>) -> String {
    context.case.model().design.name.map_or("The system", |name| name.text).to_owned()
}

/// A box of C4: `Name`, `[Container: PostgreSQL]`, what it is for.
fn node(context: &Context<'_, '_, '_>, component: usize) -> Option<Node> {
    let model = context.case.model();
    let entry = model.design.components.get(component)?;
    let role = model.roles.get(component).copied().unwrap_or_default();
    let subtitle = match part(context, component) {
        Part::Person => "[Person]".to_owned(),
        Part::External => "[Software system]".to_owned(),
        Part::Inside => match looks::kind_and_technology(entry, role) {
            Some(what) => format!("[Container: {what}]"),
            None => "[Container]".to_owned(),
        },
    };
    let node = looks::node(entry, role, crate::spec::view::Detail::Normal);
    let said = role.kind.map(|kind| kind.description).filter(|_| part(context, component) != Part::Inside);
    let description = node.description.or(said.map(str::to_owned));
    Some(Node { subtitle: Some(subtitle), description, is_stacked: false, ..node })
}

/// What an arrow says: what for, and how.
fn label(wires: &[&Wire<'_>]) -> Vec<String> {
    let mut texts: Vec<&str> = Vec::new();
    for text in wires.iter().filter_map(|wire| wire.text) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    let mut lines = Vec::new();
    match texts.as_slice() {
        [] => {}
        [one] => lines.push(super::shortened(one, 48)),
        [first, rest @ ..] => {
            lines.push(super::shortened(first, 48));
            lines.push(format!("and {} more", rest.len()));
        }
    }
    let mut protocols: Vec<&str> = wires.iter().filter_map(|wire| wire.protocol).collect();
    protocols.sort_unstable();
    protocols.dedup();
    if !protocols.is_empty() {
        lines.push(format!("[{}]", protocols.join(", ")));
    }
    lines
}

/// The system, its users and the systems around it.
pub(super) fn context(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let model = context.case.model();
    let count = model.design.components.len();
    let mut drawn = boxes::Drawn { node_of: vec![None; count], ..boxes::Drawn::default() };
    drawn.graph.notation = Notation::C4Context;
    drawn.graph.direction = context.view.direction.unwrap_or(super::super::picture::Direction::TopBottom);
    let mut systems: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for component in (0..count).filter(|index| context.view.shows(*index)) {
        let place = match part(context, component) {
            Part::Inside => {
                let group = context.groups.frame(component, &|group| is_system(context, group));
                *systems.entry(group).or_insert_with(|| drawn.push(system_box(context, group), None))
            }
            Part::Person | Part::External => match node(context, component) {
                Some(node) => drawn.push(node, Some(component)),
                None => continue,
            },
        };
        drawn.node_of.iter_mut().skip(component).take(1).for_each(|slot| *slot = Some(place));
    }
    if drawn.graph.nodes.is_empty() {
        return Vec::new();
    }
    boxes::arrows(context, &mut drawn, &label);
    vec![super::picture(context, "c4-context", None, Body::Graph(drawn.graph))]
}

fn system_box(context: &Context<'_, '_, '_>, group: Option<usize>) -> Node {
    let design = &context.case.model().design;
    let (id, title, said) = match group {
        Some(group) => {
            let said = context.groups.all.get(group).and_then(|entry| entry.value.description);
            (context.groups.id(group).to_owned(), context.groups.title(group).to_owned(), said)
        }
        // Ids have no blank, so that nothing else has this one.
        None => ("the system".to_owned(), system(context), design.summary),
    };
    Node {
        id,
        title,
        subtitle: Some("[Software system]".to_owned()),
        description: said.map(|text| text.text.to_owned()),
        shape: Shape::Box,
        tone: Tone::Compute,
        ..Node::default()
    }
}

/// What runs inside the system.
pub(super) fn container(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let model = context.case.model();
    let count = model.design.components.len();
    let mut drawn = boxes::Drawn { node_of: vec![None; count], ..boxes::Drawn::default() };
    drawn.graph.notation = Notation::C4Container;
    drawn.graph.direction = context.view.direction.unwrap_or(super::super::picture::Direction::TopBottom);
    let mut frames: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for component in (0..count).filter(|index| context.view.shows(*index)) {
        let Some(mut node) = node(context, component) else { continue };
        if part(context, component) == Part::Inside {
            let group = context.groups.frame(component, &|group| is_system(context, group));
            let frame = *frames.entry(group).or_insert_with(|| {
                let whole = system_box(context, group);
                drawn.graph.groups.push(Group {
                    id: whole.id,
                    title: whole.title,
                    subtitle: Some("[Software system]".to_owned()),
                    line: Line::Dashed,
                    ..Group::default()
                });
                drawn.graph.groups.len() - 1
            });
            node.group = Some(frame);
        }
        let place = drawn.push(node, Some(component));
        drawn.node_of.iter_mut().skip(component).take(1).for_each(|slot| *slot = Some(place));
    }
    if frames.is_empty() {
        return Vec::new();
    }
    boxes::arrows(context, &mut drawn, &label);
    let mut picture = super::picture(context, "c4-container", None, Body::Graph(drawn.graph));
    if let Body::Graph(graph) = &mut picture.body
        && graph.edges.len() > super::overview::MOST_EDGES
    {
        let left_out = graph.edges.len() - super::overview::MOST_EDGES;
        graph.edges.truncate(super::overview::MOST_EDGES);
        picture.notices.push(format!("{left_out} arrows are left out: a view can show them"));
    }
    vec![picture]
}

/// The modules inside each component that has some.
pub(super) fn component(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let components = context.case.model().design.components.iter().enumerate();
    components
        .filter(|(index, _)| context.view.shows(*index))
        .filter_map(|(_, entry)| inside(context, entry))
        .collect()
}

fn inside<'t>(
    context: &Context<'_, '_, '_>,
    entry: &crate::spec::values::Entry<'t, crate::spec::component::Component<'t>>,
) -> Option<Picture> {
    let modules = &entry.value.modules;
    if modules.is_empty() {
        return None;
    }
    let title = looks::title(entry);
    let frame = Group {
        id: entry.name.text.to_owned(),
        title: title.to_owned(),
        subtitle: Some("[Container]".to_owned()),
        line: Line::Dashed,
        ..Group::default()
    };
    let mut graph = Graph { notation: Notation::C4Component, groups: vec![frame], ..Graph::default() };
    graph.direction = context.view.direction.unwrap_or(super::super::picture::Direction::TopBottom);
    for module in modules {
        let kind = module.value.kind.map_or("class", |kind| kind.value.word());
        graph.nodes.push(Node {
            // Ids have no dot, so that a module and its component differ.
            id: format!("{}.{}", entry.name.text, module.name.text),
            title: module.name.text.to_owned(),
            subtitle: Some(format!("[Component: {kind}]")),
            description: module.value.description.map(|text| text.text.to_owned()),
            tone: Tone::Compute,
            group: Some(0),
            ..Node::default()
        });
    }
    let place = |name: &str| modules.iter().position(|module| module.name.text == name);
    for (from, module) in modules.iter().enumerate() {
        let value = &module.value;
        let ties = [
            ("extends", &value.extends),
            ("implements", &value.implements),
            ("has", &value.has),
            ("uses", &value.uses),
        ];
        for (word, names) in ties {
            for to in names.iter().filter_map(|name| place(name.text)) {
                let line = if matches!(word, "extends" | "implements") { Line::Dashed } else { Line::Solid };
                let label = vec![word.to_owned()];
                graph.edges.push(Edge { from, to, label, line, weight: 1.0, ..Edge::default() });
            }
        }
    }
    Some(super::picture(context, "c4-component", Some(title), Body::Graph(graph)))
}

/// What runs on which nodes.
pub(super) fn deployment(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let Some(mut graph) = places::graph(context) else { return Vec::new() };
    graph.notation = Notation::C4Deployment;
    for group in &mut graph.groups {
        let what = group.subtitle.take().unwrap_or_default();
        group.subtitle = Some(format!("[Deployment node: {what}]"));
    }
    for node in &mut graph.nodes {
        node.subtitle = Some(match node.subtitle.take() {
            Some(what) => format!("[Container: {what}]"),
            None => "[Container]".to_owned(),
        });
    }
    vec![super::picture(context, "c4-deployment", None, Body::Graph(graph))]
}
