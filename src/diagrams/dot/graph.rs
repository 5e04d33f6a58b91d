//! Boxes and arrows in Graphviz' language.

use super::super::mermaid::Theme;
use super::super::nesting::{Part, heading, parts};
use super::super::picture::{Direction, Edge, Graph, Group, Head, Line, Node, Picture, Shape, Tone};

/// Text in quotes: whatever the language would take for a command is written so that it is shown. Entities of HTML are one
/// of these.
fn quoted<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut safe = String::from("\"");
    for (number, line) in lines.map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        if number > 0 {
            safe.push_str("\\n");
        }
        for sign in line.chars().take(300) {
            match sign {
                '"' => safe.push_str("\\\""),
                '\\' => safe.push_str("\\\\"),
                '&' => safe.push_str("&amp;"),
                _ if super::super::plain_sign(sign) => safe.push(sign),
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

pub(super) fn write(picture: &Picture, graph: &Graph, theme: Theme) -> String {
    let is_dark = theme == Theme::Dark;
    let (ink, paper) = if is_dark { ("#e6edf3", "#0d1117") } else { ("#1f2328", "#ffffff") };
    let direction = match graph.direction {
        Direction::LeftRight => "LR",
        Direction::RightLeft => "RL",
        Direction::TopBottom => "TB",
        Direction::BottomTop => "BT",
    };
    let mut out = format!(
        "digraph {} {{\n  graph [rankdir={direction}, labelloc=t, compound=true, fontname=\"sans-serif\", bgcolor=\"{paper}\", \
         fontcolor=\"{ink}\", label={}];\n  node [fontname=\"sans-serif\", style=filled, fillcolor=\"{paper}\", \
         fontcolor=\"{ink}\", color=\"{ink}\"];\n  edge [fontname=\"sans-serif\", fontsize=11, fontcolor=\"{ink}\", color=\"{ink}\"];\n",
        text(&picture.name),
        text(&picture.title),
    );
    parts(graph, &mut |depth, part| match part {
        Part::Begin(group) => out.push_str(&frame(group, &pad(depth + 1), ink)),
        Part::Boxes(nodes) => nodes.iter().for_each(|node| box_of(&mut out, depth + 1, node, is_dark)),
        Part::End => out.push_str(&format!("{}}}\n", pad(depth + 1))),
    });
    graph.edges.iter().for_each(|edge| arrow(&mut out, graph, edge, is_dark));
    out.push_str("}\n");
    out
}

fn pad(depth: usize) -> String {
    "  ".repeat(depth.min(20))
}

fn frame(group: &Group, pad: &str, ink: &str) -> String {
    let style = if group.line == Line::Solid { "rounded" } else { "dashed" };
    let label = quoted(heading(group).iter().map(String::as_str));
    let id = text(&format!("cluster {}", group.id));
    format!(
        "{pad}subgraph {id} {{\n{pad}  label={label}; style=\"{style}\"; color=\"{ink}\"; fontcolor=\"{ink}\";\n"
    )
}

fn box_of(out: &mut String, depth: usize, node: &Node, is_dark: bool) {
    let shape = match node.shape {
        Shape::Box => "box",
        Shape::Round | Shape::Person => "box, style=\"filled,rounded\"",
        Shape::External => "box, style=\"filled,dashed\"",
        Shape::Cylinder => "cylinder",
        Shape::Pipe => "cds",
        Shape::Hexagon => "hexagon",
        Shape::Process => "box, peripheries=2",
        Shape::Ellipse => "ellipse",
        Shape::Diamond => "diamond",
        Shape::Note => "note",
    };
    let title = if node.title.trim().is_empty() { node.id.as_str() } else { node.title.as_str() };
    let texts =
        std::iter::once(title).chain(node.subtitle.as_deref()).chain(node.lines.iter().map(String::as_str));
    let pad = pad(depth);
    let (id, label) = (text(&node.id), quoted(texts));
    let fill = super::super::mermaid::fill(node.tone, is_dark);
    out.push_str(&format!("{pad}{id} [label={label}, shape={shape}{fill}];\n"));
}

fn arrow(out: &mut String, graph: &Graph, edge: &Edge, is_dark: bool) {
    let (Some(from), Some(to)) = (graph.nodes.get(edge.from), graph.nodes.get(edge.to)) else { return };
    let mut said = Vec::new();
    if edge.label.iter().any(|line| !line.trim().is_empty()) {
        said.push(format!("label={}", quoted(edge.label.iter().map(String::as_str))));
    }
    match edge.line {
        Line::Solid => {}
        Line::Dashed => said.push("style=dashed".to_owned()),
        Line::Dotted => said.push("style=dotted".to_owned()),
        Line::Thick => said.push("style=bold".to_owned()),
    }
    match edge.head {
        Head::Arrow if edge.line == Line::Dashed => said.push("arrowhead=vee".to_owned()),
        Head::Arrow => {}
        Head::Open => said.push("arrowhead=vee".to_owned()),
        Head::None => said.push("arrowhead=none".to_owned()),
    }
    if edge.weight > 1.0 {
        said.push(format!("penwidth={:.1}", edge.weight.min(8.0)));
    }
    if edge.tone == Tone::Hot {
        said.push(format!("color=\"{}\"", if is_dark { "#ff8a5c" } else { "#b33c00" }));
    }
    let said = if said.is_empty() { String::new() } else { format!(" [{}]", said.join(", ")) };
    out.push_str(&format!("  {} -> {}{said};\n", text(&from.id), text(&to.id)));
}
