//! Designs that are too large for one picture: an overview in which groups are boxes, and a picture for each of them.

use super::super::picture::{Body, Edge, Line, Node, Picture, Tone};
use super::super::{Context, counted};
use super::architecture;
use super::boxes;
use crate::spec::view::Detail;
use std::collections::BTreeMap;

/// More boxes than this are no picture that anybody reads.
const MOST_NODES: usize = 120;
/// Mermaid refuses more than 500 arrows.
pub(in crate::diagrams) const MOST_EDGES: usize = 400;
/// More pictures than this are not made.
const MOST_PARTS: usize = 200;

/// The overview and its parts; `None` when everything fits into one picture.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Option<Vec<Picture>> {
    let (nodes, edges) = size(context);
    if nodes <= MOST_NODES && edges <= MOST_EDGES {
        return None;
    }
    let parts = parts(context);
    let mut pictures = vec![overview(context, &parts, (nodes, edges))];
    for part in parts.iter().take(MOST_PARTS) {
        pictures.extend(detail(context, part));
    }
    if parts.len() > MOST_PARTS {
        let left_out = parts.len() - MOST_PARTS;
        let notice =
            format!("{} are not drawn on their own: a view can show them", counted(left_out, "part"));
        pictures.iter_mut().take(1).for_each(|first| first.notices.push(notice.clone()));
    }
    Some(pictures)
}

/// How many boxes and arrows one picture would have.
fn size(context: &Context<'_, '_, '_>) -> (usize, usize) {
    let mut drawn = boxes::boxes(context, &|_| true);
    boxes::arrows(context, &mut drawn, &|_| Vec::new());
    (drawn.graph.nodes.len(), drawn.graph.edges.len())
}

/// Components that are drawn as one box.
struct Part {
    id: String,
    title: String,
    members: Vec<usize>,
}

/// Cuts what is shown into parts that each fit into a picture: outermost groups, and what is in none by kind.
fn parts(context: &Context<'_, '_, '_>) -> Vec<Part> {
    let model = context.case.model();
    let mut of_group: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut of_kind: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for component in (0..model.design.components.len()).filter(|index| context.view.shows(*index)) {
        let mut outermost = context.groups.frame(component, &|_| true);
        for _ in 0..context.groups.all.len() {
            match outermost.and_then(|group| context.groups.parent(group, &|_| true)) {
                Some(outer) => outermost = Some(outer),
                None => break,
            }
        }
        match outermost {
            Some(group) => of_group.entry(group).or_default().push(component),
            None => {
                let kind = model.roles.get(component).and_then(|role| role.kind);
                of_kind.entry(kind.map_or("Component", |kind| kind.name)).or_default().push(component);
            }
        }
    }
    let mut parts = Vec::new();
    for (group, members) in of_group {
        let (id, title) = (context.groups.id(group).to_owned(), context.groups.title(group).to_owned());
        cut(&mut parts, &id, &title, members);
    }
    for (kind, members) in of_kind {
        // Ids have no blank, so that no group has this one.
        cut(&mut parts, &format!("kind {kind}"), kind, members);
    }
    parts
}

/// A part, or several of it when it is too large.
fn cut(parts: &mut Vec<Part>, id: &str, title: &str, members: Vec<usize>) {
    const MOST: usize = 40;
    if members.len() <= MOST {
        parts.push(Part { id: id.to_owned(), title: title.to_owned(), members });
        return;
    }
    for (number, members) in (1..).zip(members.chunks(MOST)) {
        let (id, title) = (format!("{id} {number}"), format!("{title} {number}"));
        parts.push(Part { id, title, members: members.to_vec() });
    }
}

fn overview(context: &Context<'_, '_, '_>, parts: &[Part], whole: (usize, usize)) -> Picture {
    let count = context.case.model().design.components.len();
    let mut drawn = boxes::Drawn { node_of: vec![None; count], ..boxes::Drawn::default() };
    drawn.graph.direction = context.view.direction.unwrap_or_default();
    for part in parts {
        let node = Node {
            id: part.id.clone(),
            title: part.title.clone(),
            subtitle: Some(counted(part.members.len(), "component")),
            tone: Tone::Compute,
            is_stacked: part.members.len() > 1,
            ..Node::default()
        };
        let index = drawn.push(node, None);
        for member in &part.members {
            if let Some(slot) = drawn.node_of.get_mut(*member) {
                *slot = Some(index);
            }
        }
    }
    let connections = |wires: &[&super::super::wires::Wire<'_>]| vec![counted(wires.len(), "connection")];
    boxes::arrows(context, &mut drawn, &connections);
    let mut notices = vec![format!(
        "{} boxes and {} arrows are too many for one picture: parts are drawn as one box, and each in a picture of its own",
        whole.0, whole.1
    )];
    if drawn.graph.edges.len() > MOST_EDGES {
        let weight = |wires: &Vec<usize>| wires.len();
        let mut order: Vec<(usize, usize)> =
            drawn.wires_of.iter().map(weight).enumerate().map(|(index, weight)| (weight, index)).collect();
        order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut kept: Vec<usize> = order.iter().take(MOST_EDGES).map(|(_, index)| *index).collect();
        kept.sort_unstable();
        notices.push(format!("{} arrows with the fewest connections are left out", order.len() - kept.len()));
        let edges: Vec<Edge> =
            kept.iter().filter_map(|index| drawn.graph.edges.get(*index).cloned()).collect();
        drawn.graph.edges = edges;
    }
    let mut picture = super::picture(context, "architecture", None, Body::Graph(drawn.graph));
    picture.notices = notices;
    picture
}

/// One part with what it is connected to outside, drawn faintly.
fn detail(context: &Context<'_, '_, '_>, part: &Part) -> Option<Picture> {
    let count = context.case.model().design.components.len();
    let mut shown = vec![false; count];
    let set =
        |shown: &mut Vec<bool>, index: usize| shown.iter_mut().skip(index).take(1).for_each(|it| *it = true);
    part.members.iter().for_each(|member| set(&mut shown, *member));
    let inner = Context {
        case: context.case,
        request: context.request,
        view: super::super::view::View {
            title: context.view.title,
            description: None,
            direction: context.view.direction,
            detail: Detail::Normal,
            shown,
            collapsed: context.view.collapsed.clone(),
            flows: context.view.flows.clone(),
        },
        groups: super::super::groups::Groups::new(context.case.model()),
        wires: context.wires.clone(),
    };
    let mut picture = architecture::one(&inner, Some(&part.title))?;
    let Body::Graph(graph) = &mut picture.body else { return Some(picture) };
    if graph.edges.len() > MOST_EDGES {
        picture.notices.push(format!("{} arrows are left out", graph.edges.len() - MOST_EDGES));
        graph.edges.truncate(MOST_EDGES);
    }
    neighbours(context, part, graph, &mut picture.notices);
    Some(picture)
}

/// Adds what a part calls, and what calls it, as faint boxes.
fn neighbours(
    context: &Context<'_, '_, '_>,
    part: &Part,
    graph: &mut super::super::picture::Graph,
    notices: &mut Vec<String>,
) {
    const MOST: usize = 30;
    let model = context.case.model();
    let place =
        |graph: &super::super::picture::Graph, id: &str| graph.nodes.iter().position(|node| node.id == id);
    let mut is_inside = vec![false; model.design.components.len()];
    part.members
        .iter()
        .for_each(|member| is_inside.iter_mut().skip(*member).take(1).for_each(|it| *it = true));
    let inside = |component: usize| is_inside.get(component).copied().unwrap_or(false);
    let mut seen = std::collections::BTreeSet::new();
    let mut left_out = std::collections::BTreeSet::new();
    let mut added = 0;
    for wire in &context.wires {
        if inside(wire.from) == inside(wire.to) || !seen.insert((wire.from, wire.to, wire.waits)) {
            continue;
        }
        let outer = if inside(wire.from) { wire.to } else { wire.from };
        let Some(entry) = model.design.components.get(outer) else { continue };
        let id = entry.name.text;
        if place(graph, id).is_none() {
            if added >= MOST {
                left_out.insert(outer);
                continue;
            }
            added += 1;
            let role = model.roles.get(outer).copied().unwrap_or_default();
            let node = super::looks::node(entry, role, Detail::Normal);
            graph.nodes.push(Node { tone: Tone::Faint, ..node });
        }
        let name =
            |component: usize| model.design.components.get(component).map_or("", |entry| entry.name.text);
        let (Some(from), Some(to)) = (place(graph, name(wire.from)), place(graph, name(wire.to))) else {
            continue;
        };
        let line = if wire.waits { Line::Solid } else { Line::Dashed };
        if graph.edges.len() < MOST_EDGES {
            graph.edges.push(Edge { from, to, line, weight: 1.0, tone: Tone::Faint, ..Edge::default() });
        }
    }
    if !left_out.is_empty() {
        notices.push(format!("{} outside are left out", counted(left_out.len(), "neighbour")));
    }
}
