//! States and the changes between them.

use super::canvas::{Canvas, bold, line_height, size};
use super::lines::{Look, Tip, connect, label_size, label_text, write_label};
use super::{Anchor, Dash, filled};
use crate::diagrams::layout::layered::{Plan, PlannedBox, PlannedLine, lay_out, loop_room};
use crate::diagrams::layout::text::{Weight, widest, wrap};
use crate::diagrams::picture::{Direction, States, Tone};
use crate::diagrams::theme::Ink;

/// How wide the dots of beginnings and ends are.
const DOT: f64 = 20.0;

/// Draws states.
pub fn draw(states: &States) -> Canvas {
    let names: Vec<Vec<String>> = states
        .states
        .iter()
        .map(|(id, name)| {
            let name = if name.trim().is_empty() { id } else { name };
            wrap(name, size::NAME, Weight::Bold, 160.0, 3)
        })
        .collect();
    let mut plan = Plan { direction: Direction::TopBottom, ..Plan::default() };
    // The beginning comes first, so that everything runs from it.
    let has_start = states.changes.iter().any(|change| change.from.is_none());
    let has_end = states.changes.iter().any(|change| change.to.is_none());
    let dot = PlannedBox { w: DOT, h: DOT, ..PlannedBox::default() };
    plan.boxes.extend(has_start.then_some(dot));
    let first = plan.boxes.len();
    for lines in &names {
        let w = (widest(lines, size::NAME, Weight::Bold) * 1.04 + 36.0).max(96.0);
        let h = lines.len().max(1) as f64 * line_height(size::NAME) + 22.0;
        plan.boxes.push(PlannedBox { w: (w / 8.0).ceil() * 8.0, h, ..PlannedBox::default() });
    }
    let end = plan.boxes.len();
    plan.boxes.extend(has_end.then_some(dot));
    let texts: Vec<Vec<String>> =
        states.changes.iter().map(|change| label_text([&change.label], 150.0)).collect();
    for (change, text) in states.changes.iter().zip(&texts) {
        let (label_w, label_h) = label_size(text, Tone::Plain);
        let from = change.from.map_or(0, |state| first + state);
        let to = change.to.map_or(end, |state| first + state);
        if from == to
            && let Some(planned) = plan.boxes.get_mut(from)
        {
            planned.aside = planned.aside.max(loop_room(plan.direction, label_w, label_h));
        }
        plan.lines.push(PlannedLine { from, to, label_w, label_h });
    }
    let placed = lay_out(&plan);
    let mut canvas = Canvas { w: placed.w, h: placed.h, ..Canvas::default() };
    let look =
        Look { ink: Ink::Line(Tone::Plain), width: 1.3, dash: Dash::None, start: Tip::None, end: Tip::Arrow };
    for (index, (change, text)) in states.changes.iter().zip(&texts).enumerate() {
        let Some(corners) = placed.lines.get(index).filter(|corners| corners.len() > 1) else { continue };
        let name = |state: Option<usize>, none: &'static str| {
            state.and_then(|state| states.states.get(state)).map_or(none, |(_, name)| name.as_str())
        };
        let (from, to) = (name(change.from, "beginning"), name(change.to, "end"));
        canvas.begin(&format!("{from} → {to}: {}", change.label));
        let hole = placed.labels.get(index).copied().flatten();
        connect(&mut canvas, corners, hole, look);
        if let Some(hole) = hole {
            write_label(&mut canvas, hole, text, Tone::Plain);
        }
        canvas.end();
    }
    for (index, rect) in placed.boxes.iter().enumerate() {
        let middle = rect.middle();
        if has_start && index == 0 {
            canvas.begin("Beginning");
            canvas.circle(middle, 8.0, filled(Ink::Text));
        } else if index == end {
            canvas.begin("End");
            canvas.circle(middle, 9.0, filled(Ink::Canvas).edged(Ink::Text, 1.5));
            canvas.circle(middle, 5.0, filled(Ink::Text));
        } else {
            let lines = names.get(index - first).cloned().unwrap_or_default();
            canvas.begin(&lines.join(" "));
            let style = filled(Ink::Fill(Tone::Compute)).edged(Ink::Border(Tone::Compute), 1.3);
            canvas.rect(*rect, 14.0, style);
            let height = lines.len() as f64 * line_height(size::NAME);
            let top = middle.y - height / 2.0;
            canvas.lines(middle.x, top, Anchor::Middle, bold(size::NAME, Ink::Text), &lines);
        }
        canvas.end();
    }
    canvas
}
