//! Spans of time below each other, on one axis.

use super::axis::{Axis, finite, seconds};
use super::badge::badge;
use super::canvas::{Canvas, bold, font, size};
use super::cards::base_line;
use super::{Anchor, Dash, filled, point, stroked};
use crate::diagrams::layout::Rect;
use crate::diagrams::layout::text::{Weight, cut, width};
use crate::diagrams::picture::{Spans, Tone};
use crate::diagrams::theme::Ink;

const PLOT: f64 = 560.0;
const ROW: f64 = 25.0;

/// Draws spans.
pub fn draw(spans: &Spans) -> Canvas {
    let all = || spans.sections.iter().flat_map(|(_, spans)| spans);
    let ends = all().map(|span| finite(span.start) + finite(span.length).max(0.0));
    let limit = spans.limit.iter().map(|(_, at)| *at);
    let axis = Axis::over(ends.chain(limit), 6.0);
    let left = all()
        .map(|span| width(&cut(&span.title, size::TEXT, Weight::Regular, 230.0), size::TEXT, Weight::Regular))
        .fold(60.0, f64::max)
        * 1.04
        + 16.0;
    let x = |time: f64| left + PLOT * axis.part(time);
    let top = 24.0;
    let mut rows = Canvas::default();
    let mut y = top + 6.0;
    for (heading, list) in &spans.sections {
        if !heading.trim().is_empty() {
            let heading = cut(heading, size::NAME, Weight::Bold, left + PLOT);
            let at = point(0.0, base_line(y, ROW, size::NAME));
            rows.text(at, Anchor::Start, bold(size::NAME, Ink::Text), &heading);
            y += ROW;
        }
        for span in list {
            rows.begin(&format!("{}: {}", span.title, span.shown));
            let base = base_line(y, ROW - 6.0, size::TEXT);
            let title = cut(&span.title, size::TEXT, Weight::Regular, 230.0);
            rows.text(point(left - 12.0, base), Anchor::End, font(size::TEXT, Ink::Text), &title);
            let (start, end) = (x(span.start), x(finite(span.start) + finite(span.length).max(0.0)));
            let tone = if span.tone == Tone::Plain { Tone::Compute } else { span.tone };
            let rect = Rect { x: start, y, w: (end - start).max(3.0), h: ROW - 7.0 };
            rows.rect(rect, 3.0, filled(Ink::Fill(tone)).edged(Ink::Border(tone), 1.3));
            let shown = cut(&span.shown, size::TEXT, Weight::Regular, 160.0);
            let w = width(&shown, size::TEXT, Weight::Regular);
            let fits = w + 14.0 < rect.w;
            let sign = if matches!(tone, Tone::Good | Tone::Warm | Tone::Hot) { 12.0 } else { 0.0 };
            let at = if fits { rect.x + 7.0 } else { rect.right() + 7.0 + sign };
            rows.text(point(at, base), Anchor::Start, font(size::TEXT, Ink::Text), &shown);
            rows.reach(at + w + 4.0, y + ROW);
            badge(&mut rows, point(rect.right(), rect.y + 1.0), tone);
            rows.end();
            y += ROW;
        }
        y += 8.0;
    }
    let bottom = y - 4.0;
    let mut canvas = Canvas::default();
    for mark in axis.marks() {
        let at = x(mark);
        let text = seconds(mark, axis.high);
        canvas.line(point(at, top), point(at, bottom), stroked(Ink::Rule, 1.0));
        canvas.text(point(at, top - 8.0), Anchor::Middle, font(size::TEXT, Ink::Soft), &text);
        canvas.reach(at + width(&text, size::TEXT, Weight::Regular) / 2.0, bottom);
    }
    canvas.marks.extend(rows.marks);
    canvas.reach(rows.w, bottom);
    if let Some((name, at)) = spans.limit.as_ref().filter(|(_, at)| at.is_finite()) {
        let at = x(*at);
        canvas.begin(name);
        let style = stroked(Ink::Border(Tone::Hot), 1.6).dashed(Dash::Mixed);
        canvas.line(point(at, top - 2.0), point(at, bottom + 8.0), style);
        let name = cut(name, size::TEXT, Weight::Bold, 300.0);
        let w = width(&name, size::TEXT, Weight::Bold);
        let half = (w / 2.0).min(at);
        let anchor = if half < w / 2.0 { Anchor::Start } else { Anchor::Middle };
        let from = if anchor == Anchor::Start { 0.0 } else { at };
        canvas.text(point(from, bottom + 22.0), anchor, bold(size::TEXT, Ink::Border(Tone::Hot)), &name);
        canvas.reach(at + w / 2.0, bottom + 28.0);
        canvas.end();
    }
    canvas
}
