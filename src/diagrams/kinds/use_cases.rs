//! Who gets what done: actors, and the use cases of each component.

use super::super::Context;
use super::super::picture::{Body, Edge, Graph, Group, Head, Line, Node, Notation, Picture, Shape, Tone};
use super::looks;
use std::collections::BTreeMap;

/// Draws them all in one picture.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let mut graph = Graph { notation: Notation::UseCases, ..Graph::default() };
    graph.direction = context.view.direction.unwrap_or_default();
    let mut actors: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, component) in context.case.model().design.components.iter().enumerate() {
        let cases = &component.value.use_cases;
        if !context.view.shows(index) || cases.is_empty() {
            continue;
        }
        let frame = graph.groups.len();
        graph.groups.push(Group {
            id: component.name.text.to_owned(),
            title: looks::title(component).to_owned(),
            ..Group::default()
        });
        let first = graph.nodes.len();
        for case in cases {
            graph.nodes.push(Node {
                // Ids have no dot, so that a use case, a component and an actor differ.
                id: format!("{}.{}", component.name.text, case.name.text),
                title: case.value.text.map_or(case.name.text, |text| text.text).to_owned(),
                shape: Shape::Ellipse,
                group: Some(frame),
                ..Node::default()
            });
        }
        let place = |name: &str| cases.iter().position(|case| case.name.text == name).map(|at| first + at);
        for (at, case) in cases.iter().enumerate() {
            let own = first + at;
            for actor in &case.value.actor {
                let from = *actors.entry(actor.text).or_insert_with(|| {
                    graph.nodes.push(Node {
                        id: format!("actor {}", actor.text),
                        title: actor.text.to_owned(),
                        shape: Shape::Person,
                        tone: Tone::Person,
                        ..Node::default()
                    });
                    graph.nodes.len() - 1
                });
                graph.edges.push(Edge { from, to: own, head: Head::None, weight: 1.0, ..Edge::default() });
            }
            let ties = [("«include»", &case.value.includes), ("«extend»", &case.value.extends)];
            for (word, names) in ties {
                for to in names.iter().filter_map(|name| place(name.text)) {
                    let label = vec![word.to_owned()];
                    let edge =
                        Edge { from: own, to, label, line: Line::Dashed, weight: 1.0, ..Edge::default() };
                    graph.edges.push(edge);
                }
            }
        }
    }
    if graph.nodes.is_empty() {
        return Vec::new();
    }
    vec![super::picture(context, "use-cases", None, Body::Graph(graph))]
}
