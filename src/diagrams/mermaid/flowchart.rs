//! Graphs as flowcharts.

use super::super::nesting::{Part, heading, parts};
use super::super::picture::{Direction, Edge, Graph, Head, Line, Node, Notation, Picture, Shape, Tone};
use super::super::theme::Theme;
use super::accessible;
use super::escape::{Page, Safe, line};
use super::palette::style;
use std::collections::BTreeSet;

pub(super) fn write(page: &mut Page, picture: &Picture, graph: &Graph, theme: Theme) {
    let direction = match graph.direction {
        Direction::LeftRight => "flowchart LR",
        Direction::RightLeft => "flowchart RL",
        Direction::TopBottom => "flowchart TB",
        Direction::BottomTop => "flowchart BT",
    };
    line!(page, 0, direction);
    accessible(page, picture);
    frames(page, graph);
    for edge in &graph.edges {
        arrow(page, graph, edge);
    }
    legend(page, picture, graph);
    let mut tones: BTreeSet<Tone> = graph.nodes.iter().map(|node| node.tone).collect();
    tones.extend(picture.legend.iter().filter(|key| is_drawn(key)).map(|key| key.tone));
    for (name, look) in tones.into_iter().filter_map(|tone| style(tone, theme)) {
        line!(page, 1, "classDef ", name, " ", look);
    }
    for group in graph.groups.iter().filter(|group| group.line != Line::Solid) {
        let look = match group.line {
            Line::Dotted => "fill:none,stroke:#8c959f,stroke-dasharray:2 4",
            _ => "fill:none,stroke:#8c959f,stroke-width:2px,stroke-dasharray:8 4",
        };
        line!(page, 1, "style ", Safe::id('g', &group.id), " ", look);
    }
}

/// Groups with what is in them, and what is in none.
fn frames(page: &mut Page, graph: &Graph) {
    parts(graph, &mut |depth, part| match part {
        Part::Begin(group) => {
            let title = Safe::text(&heading(group).join(" "));
            line!(page, depth + 1, "subgraph ", Safe::id('g', &group.id), "[\"", title, "\"]");
        }
        Part::Boxes(nodes) => {
            nodes.iter().for_each(|node| shape(page, depth + 1, graph, node));
            if depth > 0 && graph.edges.is_empty() {
                below_each_other(page, depth + 1, nodes);
            }
        }
        Part::End => line!(page, depth + 1, "end"),
    });
}

/// Boxes that no arrow places would stand in one long row: they stand below each other, and many of them in several columns.
fn below_each_other(page: &mut Page, depth: usize, nodes: &[&Node]) {
    const FEW: usize = 7;
    const ROWS: usize = 5;
    for (number, pair) in (1..).zip(nodes.windows(2)) {
        let [upper, lower] = pair else { continue };
        if nodes.len() > FEW && number % ROWS == 0 {
            continue;
        }
        line!(page, depth, Safe::id('n', &upper.id), " ~~~ ", Safe::id('n', &lower.id));
    }
}

/// One box.
fn shape(page: &mut Page, depth: usize, graph: &Graph, node: &Node) {
    let is_c4 = !matches!(graph.notation, Notation::Plain | Notation::UseCases);
    let described = node.description.as_deref().filter(|_| is_c4).map(shortened);
    let texts = std::iter::once(node.title.as_str())
        .chain(node.subtitle.as_deref())
        .chain(described.as_deref())
        .chain(node.lines.iter().map(String::as_str));
    // A box without a name still has an id.
    let label = match node.title.trim() {
        "" => Safe::lines(std::iter::once(node.id.as_str()).chain(texts)),
        _ => Safe::lines(texts),
    };
    let (open, close) = match node.shape {
        Shape::Box | Shape::External => ("[\"", "\"]"),
        Shape::Round | Shape::Person => ("(\"", "\")"),
        Shape::Cylinder => ("[(\"", "\")]"),
        Shape::Pipe | Shape::Ellipse => ("([\"", "\"])"),
        Shape::Hexagon => ("{{\"", "\"}}"),
        Shape::Process => ("[[\"", "\"]]"),
        Shape::Diamond => ("{\"", "\"}"),
        Shape::Note => (">\"", "\"]"),
    };
    let id = Safe::id('n', &node.id);
    match style(node.tone, Theme::Adaptive) {
        Some((name, _)) => line!(page, depth, id, open, label, close, ":::", name),
        None => line!(page, depth, id, open, label, close),
    }
}

/// The first sentence or so of what something is for.
fn shortened(text: &str) -> String {
    const MOST: usize = 90;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let kept: String = text.chars().take(MOST).collect();
    let kept = kept.rsplit_once(' ').map_or(kept.as_str(), |(kept, _)| kept);
    format!("{kept} …")
}

/// One arrow.
fn arrow(page: &mut Page, graph: &Graph, edge: &Edge) {
    let (Some(from), Some(to)) = (graph.nodes.get(edge.from), graph.nodes.get(edge.to)) else { return };
    let is_heavy = edge.line == Line::Solid && edge.weight >= 3.0;
    let arrow = match (edge.line, edge.head) {
        (Line::Solid, Head::None) => " --- ",
        (Line::Solid, _) if is_heavy => " ==> ",
        (Line::Solid, _) => " --> ",
        (Line::Dashed | Line::Dotted, Head::None) => " -.- ",
        (Line::Dashed | Line::Dotted, _) => " -.-> ",
        (Line::Thick, Head::None) => " === ",
        (Line::Thick, _) => " ==> ",
    };
    let ends = (Safe::id('n', &from.id), Safe::id('n', &to.id));
    if edge.label.iter().all(|text| text.trim().is_empty()) {
        line!(page, 1, ends.0, arrow, ends.1);
    } else {
        let label = Safe::lines(edge.label.iter().map(String::as_str));
        line!(page, 1, ends.0, arrow, "|\"", label, "\"| ", ends.1);
    }
}

/// Lines that everybody reads alike need no key.
fn is_drawn(key: &super::super::picture::Key) -> bool {
    key.line.is_none() || key.tone != Tone::Plain
}

/// What colours mean.
fn legend(page: &mut Page, picture: &Picture, graph: &Graph) {
    let keys: Vec<_> = picture.legend.iter().filter(|key| is_drawn(key)).collect();
    if keys.is_empty() || graph.nodes.is_empty() {
        return;
    }
    line!(page, 1, "subgraph legend[\"Legend\"]");
    for (number, key) in (1_usize..).zip(keys) {
        let sample = match key.line {
            Some(Line::Solid) => "── ",
            Some(Line::Dashed) => "╌╌ ",
            Some(Line::Dotted) => "┈┈ ",
            Some(Line::Thick) => "━━ ",
            None => "",
        };
        let text = Safe::text(&format!("{sample}{}", key.text));
        match style(key.tone, Theme::Adaptive) {
            Some((name, _)) => line!(page, 2, "key", number, "[\"", text, "\"]:::", name),
            None => line!(page, 2, "key", number, "[\"", text, "\"]"),
        }
    }
    line!(page, 1, "end");
}
