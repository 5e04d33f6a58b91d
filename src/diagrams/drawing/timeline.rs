//! What happened when, from top to bottom.

use super::canvas::{Canvas, bold, font, line_height, size};
use super::{Anchor, filled, point, stroked};
use crate::diagrams::layout::Rect;
use crate::diagrams::layout::text::{Weight, cut, widest, width, wrap};
use crate::diagrams::picture::{Timeline, Tone};
use crate::diagrams::theme::Ink;

const ROOM: f64 = 420.0;

/// Draws a timeline.
pub fn draw(timeline: &Timeline) -> Canvas {
    let times: Vec<String> =
        timeline.events.iter().map(|(time, _)| cut(time, size::NAME, Weight::Bold, 200.0)).collect();
    let left =
        times.iter().map(|time| width(time, size::NAME, Weight::Bold)).fold(0.0, f64::max) * 1.04 + 18.0;
    let mut canvas = Canvas::default();
    let mut dots = Vec::new();
    let mut y = 0.0;
    for ((_, events), time) in timeline.events.iter().zip(&times) {
        canvas.begin(time);
        dots.push(y + 15.0);
        canvas.text(point(left - 16.0, y + 19.5), Anchor::End, bold(size::NAME, Ink::Text), time);
        for event in events {
            let lines = wrap(event, size::TEXT, Weight::Regular, ROOM, 5);
            let h = lines.len() as f64 * line_height(size::TEXT) + 14.0;
            let w = widest(&lines, size::TEXT, Weight::Regular) * 1.04 + 24.0;
            let rect = Rect { x: left + 20.0, y, w: w.max(60.0), h };
            canvas.rect(rect, 6.0, filled(Ink::Panel).edged(Ink::Rule, 1.0));
            let soft = font(size::TEXT, Ink::Text);
            canvas.lines(rect.x + 12.0, y + 7.0, Anchor::Start, soft, &lines);
            canvas.reach(rect.right(), rect.bottom());
            y += h + 6.0;
        }
        y = y.max(dots.last().copied().unwrap_or_default() + 20.0) + 12.0;
        canvas.end();
    }
    let mut whole = Canvas::default();
    if let (Some(first), Some(last)) = (dots.first(), dots.last()) {
        whole.line(point(left, *first), point(left, *last), stroked(Ink::Frame, 2.0));
    }
    for dot in dots {
        let style = filled(Ink::Fill(Tone::Compute)).edged(Ink::Border(Tone::Compute), 2.0);
        whole.circle(point(left, dot), 5.5, style);
    }
    whole.marks.extend(canvas.marks);
    whole.reach(canvas.w, canvas.h.max(y - 12.0));
    whole
}
