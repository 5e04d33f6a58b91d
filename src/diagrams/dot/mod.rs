//! Pictures for Graphviz.

mod graph;

use super::mermaid::Theme;
use super::picture::{Body, Edge, Graph, Head, Line, Node, Picture, Tone};

/// Writes a picture; `None` for what Graphviz has no picture for.
pub fn write(picture: &Picture, theme: Theme) -> Option<String> {
    match &picture.body {
        Body::Graph(drawn) => Some(graph::write(picture, drawn, theme)),
        Body::Entities(drawn) => {
            let node = |entity: &super::picture::Entity| {
                let lines = entity.attributes.iter().map(|field| {
                    let keys = if field.keys.is_empty() {
                        String::new()
                    } else {
                        format!(" ({})", field.keys.join(", "))
                    };
                    format!("{}: {}{keys}", field.name, field.shape)
                });
                plain(&entity.id, &entity.title, lines.collect(), Tone::Store)
            };
            let edge = |relation: &super::picture::Relation| {
                labelled(relation.from, relation.to, &relation.label, Line::Solid)
            };
            let nodes = drawn.entities.iter().map(node).collect();
            Some(graph::write(picture, &graph_of(nodes, drawn.relations.iter().map(edge).collect()), theme))
        }
        Body::Classes(drawn) => {
            let node = |class: &super::picture::Class| {
                let mut lines: Vec<String> = class.stereotype.iter().map(|it| format!("«{it}»")).collect();
                lines.extend(class.fields.iter().chain(&class.methods).cloned());
                plain(&class.id, &class.title, lines, Tone::Compute)
            };
            let edge = |tie: &super::picture::Tie| {
                use super::picture::TieKind;
                let (label, line) = match tie.kind {
                    TieKind::Extends => ("extends", Line::Solid),
                    TieKind::Implements => ("implements", Line::Dashed),
                    TieKind::Has => ("has", Line::Solid),
                    TieKind::Uses => ("uses", Line::Dashed),
                };
                labelled(tie.from, tie.to, label, line)
            };
            let nodes = drawn.classes.iter().map(node).collect();
            Some(graph::write(picture, &graph_of(nodes, drawn.ties.iter().map(edge).collect()), theme))
        }
        Body::States(drawn) => {
            let mut nodes: Vec<Node> =
                drawn.states.iter().map(|(id, name)| plain(id, name, Vec::new(), Tone::Compute)).collect();
            // Ids have no blank, so that no state is called so.
            let (begin, end) = (nodes.len(), nodes.len() + 1);
            nodes.push(plain("the beginning", "●", Vec::new(), Tone::Plain));
            nodes.push(plain("the end", "◉", Vec::new(), Tone::Plain));
            let edge = |change: &super::picture::Change| {
                labelled(change.from.unwrap_or(begin), change.to.unwrap_or(end), &change.label, Line::Solid)
            };
            let edges: Vec<Edge> = drawn.changes.iter().map(edge).collect();
            if !drawn.changes.iter().any(|change| change.to.is_none()) {
                nodes.truncate(end);
            }
            Some(graph::write(picture, &graph_of(nodes, edges), theme))
        }
        Body::Requirements(drawn) => {
            let wanted = drawn.requirements.iter().map(|wanted| {
                let lines =
                    [Some(wanted.text.clone()), wanted.verdict.clone()].into_iter().flatten().collect();
                plain(&format!("requirement {}", wanted.id), &wanted.id, lines, wanted.tone)
            });
            let elements = drawn.elements.iter().map(|(id, _)| plain(id, id, Vec::new(), Tone::Compute));
            let first = drawn.requirements.len();
            let edge = |(element, requirement): &(usize, usize)| {
                labelled(first + element, *requirement, "satisfies", Line::Dashed)
            };
            let edges = drawn.ties.iter().map(edge).collect();
            Some(graph::write(picture, &graph_of(wanted.chain(elements).collect(), edges), theme))
        }
        _ => None,
    }
}

fn plain(id: &str, title: &str, lines: Vec<String>, tone: Tone) -> Node {
    Node { id: id.to_owned(), title: title.to_owned(), lines, tone, ..Node::default() }
}

fn labelled(from: usize, to: usize, label: &str, line: Line) -> Edge {
    Edge { from, to, label: vec![label.to_owned()], line, head: Head::Arrow, weight: 1.0, tone: Tone::Plain }
}

fn graph_of(nodes: Vec<Node>, edges: Vec<Edge>) -> Graph {
    Graph { nodes, edges, ..Graph::default() }
}
