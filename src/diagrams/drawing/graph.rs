//! Boxes and arrows, in groups.

use super::badge::{badge, has_badge};
use super::canvas::{Canvas, bold, cut_out, font, line_height, rounded_path, size};
use super::node::Label;
use super::{Anchor, Dash, Step, Style, filled, point, stroked};
use crate::diagrams::layout::layered::{Placed, Plan, PlannedBox, PlannedFrame, PlannedLine, lay_out};
use crate::diagrams::layout::text::{Weight, widest, width, wrap};
use crate::diagrams::layout::{Point, Rect};
use crate::diagrams::picture::{Edge, Graph, Group, Head, Line, Tone};
use crate::diagrams::theme::Ink;

/// How round the corners of lines are.
pub const CORNER: f64 = 7.0;

/// Draws a graph.
pub fn draw(graph: &Graph) -> Canvas {
    let labels: Vec<Label> = graph.nodes.iter().map(|node| Label::new(node, graph.notation)).collect();
    let texts: Vec<Vec<String>> = graph.edges.iter().map(|edge| edge_text(&edge.label)).collect();
    let mut plan = Plan { direction: graph.direction, ..Plan::default() };
    for (node, label) in graph.nodes.iter().zip(&labels) {
        plan.boxes.push(PlannedBox { w: label.w, h: label.h, frame: node.group, below: 0.0 });
    }
    for group in &graph.groups {
        let (title_w, title_h) = frame_title(group);
        plan.frames.push(PlannedFrame { parent: group.parent, title_w, title_h });
    }
    for (edge, text) in graph.edges.iter().zip(&texts) {
        let (label_w, label_h) = label_size(text, edge.tone);
        if edge.from == edge.to
            && let Some(planned) = plan.boxes.get_mut(edge.from)
        {
            planned.below = planned.below.max(label_h + 10.0).max(18.0);
        }
        plan.lines.push(PlannedLine { from: edge.from, to: edge.to, label_w, label_h });
    }
    let placed = lay_out(&plan);
    let mut canvas = Canvas { w: placed.w, h: placed.h, ..Canvas::default() };
    for (group, rect) in graph.groups.iter().zip(&placed.frames) {
        frame(&mut canvas, group, *rect);
    }
    edges(&mut canvas, graph, &labels, &texts, &placed);
    for ((node, label), rect) in graph.nodes.iter().zip(&labels).zip(&placed.boxes) {
        let kind = node.subtitle.as_deref().map(|kind| format!(" ({kind})")).unwrap_or_default();
        canvas.begin(&format!("{}{kind}", node.title));
        label.draw(&mut canvas, *rect);
        canvas.end();
    }
    canvas
}

/// The lines of the label of an edge.
fn edge_text(label: &[String]) -> Vec<String> {
    label.iter().flat_map(|line| wrap(line, size::TEXT, Weight::Regular, 128.0, 3)).take(6).collect()
}

/// The room that a label needs, with a sign before it where the colour has one.
pub fn label_size(text: &[String], tone: Tone) -> (f64, f64) {
    let sign = if has_badge(tone) { 20.0 } else { 0.0 };
    if text.is_empty() && sign == 0.0 {
        return (0.0, 0.0);
    }
    let lines = text.len() as f64 * line_height(size::TEXT);
    let w = widest(text, size::TEXT, Weight::Regular) * 1.03 + 8.0 + sign;
    (if text.is_empty() { 24.0 } else { w }, lines.max(if sign > 0.0 { 17.0 } else { 0.0 }) + 2.0)
}

/// The room that the heading of a frame needs.
fn frame_title(group: &Group) -> (f64, f64) {
    let title = width(&crate::diagrams::layout::text::clean(&group.title), size::NAME, Weight::Bold);
    let subtitle = group.subtitle.as_deref().map_or(0.0, |subtitle| {
        width(&crate::diagrams::layout::text::clean(subtitle), size::SMALL, Weight::Regular) + 10.0
    });
    let sign = if has_badge(group.tone) { 20.0 } else { 0.0 };
    let w = (title + subtitle + sign).min(420.0);
    (w, if w > 0.0 { 18.0 } else { 0.0 })
}

/// How a line of a picture is broken.
pub fn dash(line: Line) -> Dash {
    match line {
        Line::Solid | Line::Thick => Dash::None,
        Line::Dashed => Dash::Dashes,
        Line::Dotted => Dash::Dots,
    }
}

fn frame(canvas: &mut Canvas, group: &Group, rect: Rect) {
    if rect.w <= 0.0 {
        return;
    }
    canvas.begin(&match &group.subtitle {
        Some(subtitle) => format!("{} ({subtitle})", group.title),
        None => group.title.clone(),
    });
    let tone = group.tone;
    let border = if tone == Tone::Plain { Ink::Frame } else { Ink::Border(tone) };
    let width_of = if group.line == Line::Thick { 2.2 } else { 1.1 };
    let ground = Style {
        opacity: Some(0.55),
        ..filled(if tone == Tone::Plain { Ink::Panel } else { Ink::Fill(tone) })
    };
    canvas.rect(rect, 10.0, ground);
    canvas.rect(rect, 10.0, stroked(border, width_of).dashed(dash(group.line)));
    let mut x = rect.x + 14.0;
    let base = rect.y + 21.0;
    if has_badge(tone) {
        badge(canvas, point(x + 7.0, base - 4.5), tone);
        x += 20.0;
    }
    let room = rect.right() - 12.0 - x;
    let title = crate::diagrams::layout::text::cut(&group.title, size::NAME, Weight::Bold, room);
    canvas.text(point(x, base), Anchor::Start, bold(size::NAME, Ink::Text), &title);
    let used = width(&title, size::NAME, Weight::Bold) + 9.0;
    if let Some(subtitle) = &group.subtitle
        && room - used > 24.0
    {
        let subtitle =
            crate::diagrams::layout::text::cut(subtitle, size::SMALL, Weight::Regular, room - used);
        canvas.text(point(x + used, base), Anchor::Start, font(size::SMALL, Ink::Soft), &subtitle);
    }
    canvas.end();
}

fn edges(canvas: &mut Canvas, graph: &Graph, labels: &[Label], texts: &[Vec<String>], placed: &Placed) {
    for (index, edge) in graph.edges.iter().enumerate() {
        let Some(corners) = placed.lines.get(index).filter(|corners| corners.len() > 1) else { continue };
        let name = |node: usize| graph.nodes.get(node).map_or("", |node| node.title.as_str());
        let text = texts.get(index).cloned().unwrap_or_default();
        let said = if text.is_empty() { String::new() } else { format!(": {}", text.join(" ")) };
        canvas.begin(&format!("{} → {}{said}", name(edge.from), name(edge.to)));
        let mut corners = corners.clone();
        for (node, is_start) in [(edge.from, true), (edge.to, false)] {
            if let (Some(label), Some(rect)) = (labels.get(node), placed.boxes.get(node)) {
                reach_in(&mut corners, is_start, |at| label.inset(*rect, at));
            }
        }
        let hole = placed.labels.get(index).copied().flatten();
        connect(canvas, &corners, hole, edge);
        if let Some(hole) = hole {
            write_label(canvas, hole, &text, edge.tone);
        }
        canvas.end();
    }
}

/// Writes the label of a line into the hole that was left for it.
pub fn write_label(canvas: &mut Canvas, hole: Rect, text: &[String], tone: Tone) {
    let sign = if has_badge(tone) { 20.0 } else { 0.0 };
    let middle = hole.middle();
    if sign > 0.0 {
        badge(canvas, point(if text.is_empty() { middle.x } else { hole.x + 10.0 }, middle.y), tone);
    }
    let height = text.len() as f64 * line_height(size::TEXT);
    let top = middle.y - height / 2.0;
    canvas.lines(middle.x + sign / 2.0, top, Anchor::Middle, font(size::TEXT, Ink::Text), text);
}

/// Lets a line go on to the side of the shape that it meets.
pub fn reach_in(corners: &mut [Point], is_start: bool, inset: impl Fn(Point) -> f64) {
    let count = corners.len();
    let (end, before) = if is_start { (0, 1) } else { (count.saturating_sub(1), count.saturating_sub(2)) };
    let Some(before) = corners.get(before).copied() else { return };
    let Some(end) = corners.get_mut(end) else { return };
    let (along, _) = super::canvas::directions(before, *end);
    let by = inset(*end);
    *end = point(end.x + along.x * by, end.y + along.y * by);
}

/// Draws a line with its head, leaving out the place of its label.
pub fn connect(canvas: &mut Canvas, corners: &[Point], hole: Option<Rect>, edge: &Edge) {
    let weight = if edge.weight.is_finite() { edge.weight.clamp(1.0, 4.0) } else { 1.0 };
    let is_strong = edge.line == Line::Thick || edge.tone == Tone::Hot;
    let line_width = (0.9 + 0.4 * weight) * if is_strong { 1.7 } else { 1.0 };
    let ink = Ink::Line(edge.tone);
    let head = 7.5 + line_width;
    let mut corners = corners.to_vec();
    let tip = corners.last().copied().unwrap_or_default();
    let before = corners.iter().rev().nth(1).copied().unwrap_or(tip);
    if edge.head == Head::Arrow {
        // The line ends inside its head, so that the tip stays sharp.
        let (along, _) = super::canvas::directions(before, tip);
        if let Some(last) = corners.last_mut() {
            *last = point(tip.x - along.x * (head - 1.0), tip.y - along.y * (head - 1.0));
        }
    }
    let mut steps: Vec<Step> = Vec::new();
    let pieces = hole.map_or_else(|| vec![corners.clone()], |hole| cut_out(&corners, hole));
    for piece in pieces {
        steps.extend(rounded_path(&piece, CORNER));
    }
    canvas.path(steps, stroked(ink, line_width).dashed(dash(edge.line)));
    match edge.head {
        Head::Arrow => canvas.head(before, tip, ink, true, head),
        Head::Open => canvas.head(before, tip, ink, false, head),
        Head::None => {}
    }
}
