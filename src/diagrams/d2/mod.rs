//! Pictures for D2.

use super::mermaid::Theme;
use super::picture::{
    Body, Direction, Frame, Graph, Head, Line, MessageKind, Node, Picture, Sequence, Shape, Step,
};
use std::collections::BTreeMap;

/// Text in double quotes: its language knows escapes and `${…}` in there, and both are taken apart.
fn quoted<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut safe = String::from("\"");
    for (number, line) in lines.map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        if number > 0 {
            safe.push_str("\\n");
        }
        for sign in line.chars().take(300) {
            match sign {
                '"' | '\\' | '$' => {
                    safe.push('\\');
                    safe.push(sign);
                }
                _ if super::plain_sign(sign) => safe.push(sign),
                _ => safe.push(' '),
            }
        }
    }
    safe.push('"');
    safe
}

fn text(text: &str) -> String {
    quoted(std::iter::once(text))
}

/// An id of letters, digits and `_`, so that nothing in it is a path, a star or a word of the language.
fn id(prefix: char, raw: &str) -> String {
    super::mermaid::plain_id(prefix, raw)
}

/// Writes a picture; `None` for what D2 has no picture for.
pub fn write(picture: &Picture, theme: Theme) -> Option<String> {
    let mut out = String::new();
    if theme == Theme::Dark {
        out.push_str("vars: { d2-config: { theme-id: 200 } }\n");
    }
    out.push_str(&format!(
        "title: {} {{ shape: text; near: top-center; style.font-size: 28 }}\n",
        text(&picture.title)
    ));
    match &picture.body {
        Body::Graph(drawn) => graph(&mut out, drawn),
        Body::Sequence(drawn) => sequence(&mut out, drawn),
        Body::Entities(drawn) => {
            for entity in &drawn.entities {
                out.push_str(&format!(
                    "{}: {} {{\n  shape: sql_table\n",
                    id('n', &entity.id),
                    text(&entity.title)
                ));
                for field in &entity.attributes {
                    let keys: Vec<&str> = field
                        .keys
                        .iter()
                        .filter_map(|key| match *key {
                            "PK" => Some("primary_key"),
                            "FK" => Some("foreign_key"),
                            "UK" => Some("unique"),
                            _ => None,
                        })
                        .collect();
                    let said = match keys.as_slice() {
                        [] => String::new(),
                        [one] => format!(" {{ constraint: {one} }}"),
                        several => format!(" {{ constraint: [{}] }}", several.join("; ")),
                    };
                    out.push_str(&format!("  {}: {}{said}\n", text(&field.name), text(&field.shape)));
                }
                out.push_str("}\n");
            }
            for relation in &drawn.relations {
                let name = |index: usize| drawn.entities.get(index).map(|entity| id('n', &entity.id));
                let (Some(from), Some(to)) = (name(relation.from), name(relation.to)) else { continue };
                out.push_str(&format!("{from} -> {to}: {}\n", text(&relation.label)));
            }
        }
        Body::Classes(drawn) => {
            for class in &drawn.classes {
                out.push_str(&format!("{}: {} {{\n  shape: class\n", id('n', &class.id), text(&class.title)));
                for member in class.fields.iter().chain(&class.methods) {
                    out.push_str(&format!("  {}\n", text(member)));
                }
                out.push_str("}\n");
            }
            for tie in &drawn.ties {
                use super::picture::TieKind;
                let name = |index: usize| drawn.classes.get(index).map(|class| id('n', &class.id));
                let (Some(from), Some(to)) = (name(tie.from), name(tie.to)) else { continue };
                let word = match tie.kind {
                    TieKind::Extends => "extends",
                    TieKind::Implements => "implements",
                    TieKind::Has => "has",
                    TieKind::Uses => "uses",
                };
                out.push_str(&format!("{from} -> {to}: {word}\n"));
            }
        }
        Body::States(drawn) => {
            out.push_str("begin: \"\" { shape: circle; width: 20; height: 20 }\n");
            for (state, name) in &drawn.states {
                out.push_str(&format!("{}: {}\n", id('n', state), text(name)));
            }
            if drawn.changes.iter().any(|change| change.to.is_none()) {
                out.push_str(
                    "finish: \"\" { shape: circle; width: 20; height: 20; style.double-border: true }\n",
                );
            }
            for change in &drawn.changes {
                let name = |end: Option<usize>, none: &str| match end {
                    None => Some(none.to_owned()),
                    Some(index) => drawn.states.get(index).map(|(state, _)| id('n', state)),
                };
                let (Some(from), Some(to)) = (name(change.from, "begin"), name(change.to, "finish")) else {
                    continue;
                };
                out.push_str(&format!("{from} -> {to}: {}\n", text(&change.label)));
            }
        }
        _ => return None,
    }
    Some(out)
}

fn graph(out: &mut String, graph: &Graph) {
    let direction = match graph.direction {
        Direction::LeftRight => "right",
        Direction::RightLeft => "left",
        Direction::TopBottom => "down",
        Direction::BottomTop => "up",
    };
    out.push_str(&format!("direction: {direction}\n"));
    for group in &graph.groups {
        let label = quoted(super::nesting::heading(group).iter().map(String::as_str));
        let dash = if group.line == Line::Solid { "" } else { " { style.stroke-dash: 4 }" };
        out.push_str(&format!("{}: {label}{dash}\n", path(graph, group.parent, &id('g', &group.id))));
    }
    for node in &graph.nodes {
        let shape = match node.shape {
            Shape::Box | Shape::Round => "rectangle",
            Shape::Cylinder => "cylinder",
            Shape::Pipe => "queue",
            Shape::Hexagon => "hexagon",
            Shape::Person => "person",
            Shape::External => "cloud",
            Shape::Process => "step",
            Shape::Ellipse => "oval",
            Shape::Diamond => "diamond",
            Shape::Note => "page",
        };
        let title = if node.title.trim().is_empty() { node.id.as_str() } else { node.title.as_str() };
        let texts = std::iter::once(title)
            .chain(node.subtitle.as_deref())
            .chain(node.lines.iter().map(String::as_str));
        let stacked = if node.is_stacked { "; style.multiple: true" } else { "" };
        let place = place(graph, node);
        out.push_str(&format!("{place}: {} {{ shape: {shape}{stacked} }}\n", quoted(texts)));
    }
    for edge in &graph.edges {
        let (Some(from), Some(to)) = (graph.nodes.get(edge.from), graph.nodes.get(edge.to)) else { continue };
        let arrow = if edge.head == Head::None { "--" } else { "->" };
        let label = quoted(edge.label.iter().map(String::as_str));
        let mut said = Vec::new();
        match edge.line {
            Line::Solid => {}
            Line::Dashed | Line::Dotted => said.push("style.stroke-dash: 4".to_owned()),
            Line::Thick => said.push("style.stroke-width: 4".to_owned()),
        }
        let said = if said.is_empty() { String::new() } else { format!(" {{ {} }}", said.join("; ")) };
        out.push_str(&format!("{} {arrow} {}: {label}{said}\n", place(graph, from), place(graph, to)));
    }
}

fn place(graph: &Graph, node: &Node) -> String {
    path(graph, node.group, &id('n', &node.id))
}

/// The path of something inside its groups: `g1.g2.n3`.
fn path(graph: &Graph, group: Option<usize>, own: &str) -> String {
    let mut parts = vec![own.to_owned()];
    let mut at = group;
    // Outer groups come first in the list, so that no circle can close.
    while let Some(index) = at {
        let Some(group) = graph.groups.get(index) else { break };
        parts.push(id('g', &group.id));
        at = group.parent.filter(|parent| *parent < index);
    }
    parts.reverse();
    parts.join(".")
}

fn sequence(out: &mut String, sequence: &Sequence) {
    out.push_str("flow: \"\" {\n  shape: sequence_diagram\n");
    for participant in &sequence.participants {
        let shape = if participant.shape == Shape::Person { " { shape: person }" } else { "" };
        out.push_str(&format!("  {}: {}{shape}\n", id('n', &participant.id), text(&participant.title)));
    }
    let name = |index: usize| sequence.participants.get(index).map(|it| id('n', &it.id));
    let mut frames = 0;
    let mut notes: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (depth, step) in sequence.steps() {
        let pad = "  ".repeat((depth + 1).min(20));
        match step {
            Step::Message(message) => {
                let (Some(from), Some(to)) = (name(message.from), name(message.to)) else { continue };
                let dash = match message.kind {
                    MessageKind::Call => "",
                    MessageKind::Answer | MessageKind::Async => " { style.stroke-dash: 4 }",
                };
                out.push_str(&format!("{pad}{from} -> {to}: {}{dash}\n", text(&message.text)));
            }
            Step::Note(over, text) => {
                let Some(first) = name(over.1) else { continue };
                // What has the name of another is taken for it.
                let said = quoted(text.iter().map(String::as_str));
                let times = notes.entry((first.clone(), said.clone())).or_insert(0);
                *times += 1;
                match *times {
                    1 => out.push_str(&format!("{pad}{first}.{said}\n")),
                    again => {
                        let name = said.strip_suffix('"').unwrap_or(&said);
                        out.push_str(&format!("{pad}{first}.{name} #{again}\": {said}\n"));
                    }
                }
            }
            Step::Begin(kind, heading) | Step::Next(kind, heading) => {
                if matches!(step, Step::Next(..)) {
                    out.push_str(&format!("{pad}}}\n"));
                }
                let word = match kind {
                    Frame::Alternatives => "either",
                    Frame::Optional => "perhaps",
                    Frame::Parallel => "side by side",
                    Frame::Loop => "repeat",
                };
                frames += 1;
                out.push_str(&format!("{pad}f{frames}: {} {{\n", text(&format!("{word}: {heading}"))));
            }
            Step::End => out.push_str(&format!("{pad}}}\n")),
        }
    }
    out.push_str("}\n");
}
