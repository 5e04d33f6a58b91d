//! Pictures for PlantUML.

mod records;

use super::mermaid::Theme;
use super::nesting::{Part, heading, parts};
use super::picture::{
    Body, Branch, Direction, Edge, Frame, Graph, Head, Line, MessageKind, Node, Picture, Sequence, Shape,
    Step, Tone,
};

/// Text of which nothing is markup, a directive or a variable: all signs that could be are written by their codes.
fn safe<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut safe = String::new();
    for (number, line) in lines.map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        if number > 0 {
            safe.push_str("\\n");
        }
        for sign in line.chars().take(300) {
            match sign {
                _ if !super::plain_sign(sign) => safe.push(' '),
                ',' | '.' | ' ' => safe.push(sign),
                // Quotation marks of any language end a text.
                _ if sign.is_ascii_punctuation() || matches!(sign, '«' | '»' | '\u{2010}'..='\u{205e}') => {
                    safe.push_str(&format!("<U+{:04X}>", u32::from(sign)));
                }
                _ => safe.push(sign),
            }
        }
    }
    // Where a text has to be, a blank is none.
    if safe.is_empty() { "<U+00A0>".to_owned() } else { safe }
}

fn text(text: &str) -> String {
    safe(std::iter::once(text))
}

fn id(prefix: char, raw: &str) -> String {
    super::mermaid::plain_id(prefix, raw)
}

/// Writes a picture; `None` for what PlantUML has no picture for.
pub fn write(picture: &Picture, theme: Theme) -> Option<String> {
    let is_dark = theme == Theme::Dark;
    let (begin, end) = match picture.body {
        Body::Mindmap(_) => ("@startmindmap", "@endmindmap"),
        _ => ("@startuml", "@enduml"),
    };
    let mut out = format!("{begin}\n");
    if is_dark {
        out.push_str("skinparam backgroundColor #0d1117\nskinparam defaultFontColor #e6edf3\nskinparam ArrowColor #e6edf3\n");
    }
    out.push_str(&format!("title {}\n", text(&picture.title)));
    match &picture.body {
        Body::Graph(drawn) => graph(&mut out, drawn, is_dark),
        Body::Sequence(drawn) => sequence(&mut out, drawn),
        Body::Entities(drawn) => records::entities(&mut out, drawn),
        Body::Classes(drawn) => records::classes(&mut out, drawn),
        Body::States(drawn) => records::states(&mut out, drawn),
        Body::Mindmap(root) => mindmap(&mut out, root),
        _ => return None,
    }
    out.push_str(&format!("{end}\n"));
    Some(out)
}

fn graph(out: &mut String, graph: &Graph, is_dark: bool) {
    out.push_str(match graph.direction {
        Direction::LeftRight | Direction::RightLeft => "left to right direction\n",
        Direction::TopBottom | Direction::BottomTop => "top to bottom direction\n",
    });
    parts(graph, &mut |depth, part| match part {
        Part::Begin(group) => {
            let label = safe(heading(group).iter().map(String::as_str));
            let dashed = if group.line == Line::Solid { "" } else { " #line.dashed" };
            let (pad, id) = (pad(depth), id('g', &group.id));
            out.push_str(&format!("{pad}rectangle \"{label}\" as {id}{dashed} {{\n"));
        }
        Part::Boxes(nodes) => nodes.iter().for_each(|node| out.push_str(&box_of(node, depth, is_dark))),
        Part::End => out.push_str(&format!("{}}}\n", pad(depth))),
    });
    graph.edges.iter().for_each(|edge| out.push_str(&arrow(graph, edge)));
}

fn pad(depth: usize) -> String {
    "  ".repeat(depth.min(20))
}

fn box_of(node: &Node, depth: usize, is_dark: bool) -> String {
    let word = match node.shape {
        Shape::Box | Shape::Round | Shape::Process => "rectangle",
        Shape::Cylinder => "database",
        Shape::Pipe => "queue",
        Shape::Hexagon | Shape::Diamond => "node",
        Shape::Person => "actor",
        Shape::External => "cloud",
        Shape::Ellipse => "usecase",
        Shape::Note => "file",
    };
    let title = if node.title.trim().is_empty() { node.id.as_str() } else { node.title.as_str() };
    let texts =
        std::iter::once(title).chain(node.subtitle.as_deref()).chain(node.lines.iter().map(String::as_str));
    let colour =
        super::mermaid::fill_colour(node.tone, is_dark).map_or(String::new(), |colour| format!(" {colour}"));
    let pad = pad(depth);
    format!("{pad}{word} \"{}\" as {}{colour}\n", safe(texts), id('n', &node.id))
}

fn arrow(graph: &Graph, edge: &Edge) -> String {
    let (Some(from), Some(to)) = (graph.nodes.get(edge.from), graph.nodes.get(edge.to)) else {
        return String::new();
    };
    let head = if edge.head == Head::None { "" } else { ">" };
    let shaft = match (edge.line, edge.tone) {
        (Line::Solid, Tone::Hot) => "-[#b33c00]-",
        (Line::Solid, _) => "--",
        (Line::Dashed, _) => "..",
        (Line::Dotted, _) => "-[dotted]-",
        (Line::Thick, _) => "-[bold]-",
    };
    let has_label = edge.label.iter().any(|line| !line.trim().is_empty());
    let label = has_label.then(|| format!(" : {}", safe(edge.label.iter().map(String::as_str))));
    let (from, to) = (id('n', &from.id), id('n', &to.id));
    format!("{from} {shaft}{head} {to}{}\n", label.unwrap_or_default())
}

fn sequence(out: &mut String, sequence: &Sequence) {
    for participant in &sequence.participants {
        let word = match participant.shape {
            Shape::Person => "actor",
            Shape::Cylinder => "database",
            Shape::Pipe => "queue",
            _ => "participant",
        };
        out.push_str(&format!("{word} \"{}\" as {}\n", text(&participant.title), id('n', &participant.id)));
    }
    let name = |index: usize| sequence.participants.get(index).map(|it| id('n', &it.id));
    for (_, step) in sequence.steps() {
        match step {
            Step::Message(message) => {
                let (Some(from), Some(to)) = (name(message.from), name(message.to)) else { continue };
                let (arrow, life) = match message.kind {
                    MessageKind::Call => ("->", format!("activate {to}\n")),
                    MessageKind::Answer => ("-->", format!("deactivate {from}\n")),
                    MessageKind::Async => ("->>", String::new()),
                };
                out.push_str(&format!("{from} {arrow} {to} : {}\n{life}", text(&message.text)));
            }
            Step::Note(over, text) => {
                let (Some(first), Some(last)) = (name(over.0), name(over.1)) else { continue };
                let over = if first == last { first } else { format!("{first}, {last}") };
                out.push_str(&format!("note over {over} : {}\n", safe(text.iter().map(String::as_str))));
            }
            Step::Begin(kind, heading) => {
                let word = match kind {
                    Frame::Alternatives => "alt",
                    Frame::Optional => "opt",
                    Frame::Parallel => "par",
                    Frame::Loop => "loop",
                };
                out.push_str(&format!("{word} {}\n", text(heading)));
            }
            Step::Next(_, heading) => out.push_str(&format!("else {}\n", text(heading))),
            Step::End => out.push_str("end\n"),
        }
    }
}

fn mindmap(out: &mut String, root: &Branch) {
    let mut waiting = vec![(root, 1)];
    while let Some((branch, depth)) = waiting.pop() {
        out.push_str(&format!("{} {}\n", "*".repeat(depth.min(30)), text(&branch.title)));
        waiting.extend(branch.branches.iter().rev().map(|inner| (inner, depth + 1)));
    }
}
