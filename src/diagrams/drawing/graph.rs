//! Boxes and arrows, in groups.

use super::badge::{badge, has_badge};
use super::canvas::{Canvas, bold, font, size};
use super::lines::{Look, Tip, connect, dash, label_size, label_text, reach_in, write_label};
use super::node::Label;
use super::{Anchor, Style, filled, point, stroked};
use crate::diagrams::layout::Rect;
use crate::diagrams::layout::layered::{
    Placed, Plan, PlannedBox, PlannedFrame, PlannedLine, lay_out, loop_room,
};
use crate::diagrams::layout::text::{Weight, clean, cut, width};
use crate::diagrams::picture::{Edge, Graph, Group, Head, Line, Tone};
use crate::diagrams::theme::Ink;

/// Draws a graph.
pub fn draw(graph: &Graph) -> Canvas {
    let labels: Vec<Label> = graph.nodes.iter().map(|node| Label::new(node, graph.notation)).collect();
    let texts: Vec<Vec<String>> = graph.edges.iter().map(|edge| label_text(&edge.label, 128.0)).collect();
    let mut plan = Plan { direction: graph.direction, ..Plan::default() };
    for (node, label) in graph.nodes.iter().zip(&labels) {
        plan.boxes.push(PlannedBox { w: label.w, h: label.h, frame: node.group, aside: 0.0 });
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
            planned.aside = planned.aside.max(loop_room(plan.direction, label_w, label_h));
        }
        plan.lines.push(PlannedLine { from: edge.from, to: edge.to, label_w, label_h });
    }
    let placed = lay_out(&plan);
    let mut canvas = Canvas { w: placed.w, h: placed.h, ..Canvas::default() };
    for (group, rect) in graph.groups.iter().zip(&placed.frames) {
        frame(&mut canvas, group, *rect);
    }
    edges(&mut canvas, graph, &labels, &texts, &placed);
    for (group, rect) in graph.groups.iter().zip(&placed.frames) {
        heading(&mut canvas, group, *rect, &placed);
    }
    for ((node, label), rect) in graph.nodes.iter().zip(&labels).zip(&placed.boxes) {
        let kind = node.subtitle.as_deref().map(|kind| format!(" ({kind})")).unwrap_or_default();
        canvas.begin(&format!("{}{kind}", node.title));
        label.draw(&mut canvas, *rect);
        canvas.end();
    }
    canvas
}

/// The room that the heading of a frame needs.
fn frame_title(group: &Group) -> (f64, f64) {
    let title = width(&clean(&group.title), size::NAME, Weight::Bold);
    let subtitle = group
        .subtitle
        .as_deref()
        .map_or(0.0, |subtitle| width(&clean(subtitle), size::SMALL, Weight::Regular) + 10.0);
    let sign = if has_badge(group.tone) { 20.0 } else { 0.0 };
    let w = (title + subtitle + sign).min(420.0);
    (w, if w > 0.0 { 18.0 } else { 0.0 })
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
    canvas.end();
}

/// The heading of a frame, over the lines that come down through it where there is no other place.
fn heading(canvas: &mut Canvas, group: &Group, rect: Rect, placed: &Placed) {
    if rect.w <= 0.0 {
        return;
    }
    let (title_w, _) = frame_title(group);
    let (mut x, is_crossed) = free_place(rect, title_w, placed);
    if is_crossed {
        let ground = if group.tone == Tone::Plain { Ink::Panel } else { Ink::Fill(group.tone) };
        let w = title_w.min(rect.w - 24.0) + 6.0;
        canvas.rect(Rect { x: x - 3.0, y: rect.y + 8.0, w, h: 18.0 }, 4.0, filled(ground));
    }
    let base = rect.y + 21.0;
    if has_badge(group.tone) {
        badge(canvas, point(x + 7.0, base - 4.5), group.tone);
        x += 20.0;
    }
    let room = rect.right() - 12.0 - x;
    let title = cut(&group.title, size::NAME, Weight::Bold, room);
    canvas.text(point(x, base), Anchor::Start, bold(size::NAME, Ink::Text), &title);
    let used = width(&title, size::NAME, Weight::Bold) + 9.0;
    if let Some(subtitle) = &group.subtitle
        && room - used > 24.0
    {
        let subtitle = cut(subtitle, size::SMALL, Weight::Regular, room - used);
        canvas.text(point(x + used, base), Anchor::Start, font(size::SMALL, Ink::Soft), &subtitle);
    }
}

/// Where the heading of a frame begins: as far to the left as no line comes down through it; and whether there is
/// no such place.
fn free_place(rect: Rect, title_w: f64, placed: &Placed) -> (f64, bool) {
    let left = rect.x + 14.0;
    let mut crossing: Vec<f64> = placed
        .lines
        .iter()
        .flat_map(|corners| corners.windows(2))
        .filter_map(|pair| match pair {
            [a, b] if (a.x - b.x).abs() < 0.5 => Some((a.x, a.y.min(b.y), a.y.max(b.y))),
            _ => None,
        })
        .filter(|(x, top, bottom)| {
            *top < rect.y + 24.0 && *bottom > rect.y + 8.0 && (rect.x..=rect.right()).contains(x)
        })
        .map(|(x, ..)| x)
        .collect();
    crossing.sort_by(f64::total_cmp);
    let mut place = left;
    for x in crossing {
        if x > place - 6.0 && x < place + title_w + 6.0 {
            place = x + 10.0;
        }
    }
    if place + title_w + 8.0 <= rect.right() { (place, false) } else { (left, true) }
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
        connect(canvas, &corners, hole, look(edge));
        if let Some(hole) = hole {
            write_label(canvas, hole, &text, edge.tone);
        }
        canvas.end();
    }
}

/// How an arrow looks.
fn look(edge: &Edge) -> Look {
    let weight = if edge.weight.is_finite() { edge.weight.clamp(1.0, 4.0) } else { 1.0 };
    let is_strong = edge.line == Line::Thick || edge.tone == Tone::Hot;
    let width = (0.9 + 0.4 * weight) * if is_strong { 1.7 } else { 1.0 };
    let end = match edge.head {
        Head::Arrow => Tip::Arrow,
        Head::Open => Tip::Open,
        Head::None => Tip::None,
    };
    Look { ink: Ink::Line(edge.tone), width, dash: dash(edge.line), start: Tip::None, end }
}
