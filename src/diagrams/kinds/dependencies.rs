//! Who depends on whom, in layers, with cycles marked.

use super::super::Context;
use super::super::picture::{Body, Direction, Group, Key, Line, Picture, Tone};
use super::boxes;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

/// Draws them: what is depended on stands below what depends on it.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let mut drawn = boxes::boxes(context, &|_| false);
    drawn.with_watching = true;
    boxes::arrows(context, &mut drawn, &|_| Vec::new());
    if drawn.graph.edges.is_empty() {
        return Vec::new();
    }
    drawn.graph.direction = context.view.direction.unwrap_or(Direction::TopBottom);
    let mut graph = DiGraph::<(), ()>::new();
    let nodes: Vec<NodeIndex> = drawn.graph.nodes.iter().map(|_| graph.add_node(())).collect();
    for edge in &drawn.graph.edges {
        if let (Some(from), Some(to)) = (nodes.get(edge.from), nodes.get(edge.to)) {
            graph.add_edge(*from, *to, ());
        }
    }
    // Parts come after all that they depend on.
    let parts = tarjan_scc(&graph);
    let mut part_of = vec![0; nodes.len()];
    for (number, part) in parts.iter().enumerate() {
        for node in part {
            part_of.iter_mut().skip(node.index()).take(1).for_each(|slot| *slot = number);
        }
    }
    let part = |node: usize| part_of.get(node).copied().unwrap_or(0);
    let mut depth = vec![0_usize; parts.len()];
    for (number, members) in parts.iter().enumerate() {
        let below = members.iter().flat_map(|node| graph.neighbors(*node)).map(|to| part(to.index()));
        let deepest = below.filter(|other| *other != number).filter_map(|other| depth.get(other)).max();
        let own = deepest.map_or(0, |deepest| deepest + 1);
        depth.iter_mut().skip(number).take(1).for_each(|slot| *slot = own);
    }
    let layers = depth.iter().max().map_or(0, |most| most + 1);
    // Layers are numbered from below, so that a new client on top renames nothing.
    for layer in (0..layers).rev() {
        drawn.graph.groups.push(Group {
            id: format!("layer {layer}"),
            title: format!("layer {layer}"),
            line: Line::Dotted,
            tone: Tone::Faint,
            ..Group::default()
        });
    }
    let mut in_cycle = 0;
    for (index, node) in drawn.graph.nodes.iter_mut().enumerate() {
        let layer = depth.get(part(index)).copied().unwrap_or(0);
        node.group = Some(layers - 1 - layer.min(layers - 1));
        if parts.get(part(index)).is_some_and(|members| members.len() > 1) {
            node.tone = Tone::Hot;
            node.lines.push("in a cycle".to_owned());
            in_cycle += 1;
        }
    }
    for edge in &mut drawn.graph.edges {
        if part(edge.from) == part(edge.to) {
            edge.tone = Tone::Hot;
            edge.line = if edge.line == Line::Solid { Line::Thick } else { edge.line };
            edge.label.push("cycle".to_owned());
        }
    }
    let mut legend = Vec::new();
    if in_cycle > 0 {
        let text = "depends on itself by way of others".to_owned();
        legend.push(Key { tone: Tone::Hot, line: None, text });
    }
    boxes::line_keys(&drawn.graph, &mut legend);
    let mut picture = super::picture(context, "dependencies", None, Body::Graph(drawn.graph));
    picture.legend = legend;
    if let Body::Graph(graph) = &mut picture.body
        && graph.edges.len() > super::overview::MOST_EDGES
    {
        let left_out = graph.edges.len() - super::overview::MOST_EDGES;
        graph.edges.truncate(super::overview::MOST_EDGES);
        picture.notices.push(format!("{left_out} arrows are left out: a view can show them"));
    }
    vec![picture]
}
