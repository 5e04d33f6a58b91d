//! What is around every picture: its title, the legend, and what is not shown as it is.

use super::badge::{badge, has_badge};
use super::canvas::{Canvas, bold, font, line_height, size};
use super::{Anchor, Dash, Drawing, Style, filled, point, stroked};
use crate::diagrams::layout::Rect;
use crate::diagrams::layout::text::{Weight, clean, width, wrap};
use crate::diagrams::picture::{Body, Key, Line, Picture, Tone};
use crate::diagrams::theme::Ink;

/// The space around a picture.
const MARGIN: f64 = 20.0;

/// Draws a picture with all that is around it.
pub fn draw(picture: &Picture) -> Drawing {
    let body = match &picture.body {
        Body::Graph(graph) => super::graph::draw(graph),
        Body::Sequence(sequence) => super::sequence::draw(sequence),
        Body::Entities(entities) => super::entities::draw(entities),
        Body::Classes(classes) => super::classes::draw(classes),
        Body::States(states) => super::states::draw(states),
        Body::Requirements(requirements) => super::requirements::draw(requirements),
        Body::Sankey(sankey) => super::sankey::draw(sankey),
        Body::Chart(chart) => super::chart::draw(chart),
        Body::Shares(shares) => super::shares::draw(shares),
        Body::Spans(spans) => super::spans::draw(spans),
        Body::Timeline(timeline) => super::timeline::draw(timeline),
        Body::Mindmap(root) => super::mindmap::draw(root),
        Body::Table(table) => super::table::draw(table),
    };
    let mut page = Canvas::default();
    let room = body.w.max(440.0);
    let title = wrap(&picture.title, size::TITLE, Weight::Bold, room, 3);
    let mut y = MARGIN;
    if !title.is_empty() {
        let titles = bold(size::TITLE, Ink::Text);
        y = page.lines(MARGIN, y, Anchor::Start, titles, &title) + 14.0;
        let widest = title.iter().map(|line| width(line, size::TITLE, Weight::Bold)).fold(0.0, f64::max);
        page.reach(MARGIN + widest, y);
    }
    let bottom = y + body.h;
    let body_w = body.w;
    page.put(body, point(MARGIN, y));
    y = bottom;
    let room = (page.w - MARGIN).max(body_w).max(320.0);
    if !picture.legend.is_empty() {
        y = legend(&mut page, &picture.legend, y + 22.0, room);
    }
    let said = super::depth::notices(picture);
    if !said.is_empty() {
        y = notices(&mut page, &said, y + 14.0, room);
    }
    page.reach(page.w + MARGIN, y + MARGIN);
    Drawing { w: page.w.ceil(), h: page.h.ceil(), marks: page.marks }
}

/// Draws the legend in rows; answers where it ends.
fn legend(page: &mut Canvas, keys: &[Key], top: f64, room: f64) -> f64 {
    page.begin("Legend");
    let (mut x, mut y) = (MARGIN, top);
    for key in keys {
        let text = wrap(&key.text, size::TEXT, Weight::Regular, room - 40.0, 1).join(" ");
        let w = 40.0 + width(&text, size::TEXT, Weight::Regular);
        if x > MARGIN && x + w > MARGIN + room {
            (x, y) = (MARGIN, y + 21.0);
        }
        swatch(page, key, x, y + 8.0);
        page.text(point(x + 34.0, y + 12.2), Anchor::Start, font(size::TEXT, Ink::Soft), &text);
        page.reach(x + w - 6.0, y + 16.0);
        x += w + 18.0;
    }
    page.end();
    y + 17.0
}

/// Draws a small box, or a small line.
fn swatch(page: &mut Canvas, key: &Key, x: f64, middle: f64) {
    match key.line {
        Some(line) => {
            let ink = Ink::Line(key.tone);
            let is_strong = line == Line::Thick || key.tone == Tone::Hot;
            let style = stroked(ink, if is_strong { 2.4 } else { 1.4 }).dashed(super::lines::dash(line));
            page.line(
                point(x, middle),
                point(x + if line == Line::Dashed { 27.0 } else { 22.0 }, middle),
                style,
            );
            page.head(point(x, middle), point(x + 28.0, middle), ink, line != Line::Dashed, 8.0);
        }
        None if has_badge(key.tone) => badge(page, point(x + 14.0, middle), key.tone),
        None => {
            let dash = if key.tone == Tone::External { Dash::Dashes } else { Dash::None };
            let style = filled(Ink::Fill(key.tone)).edged(Ink::Border(key.tone), 1.3).dashed(dash);
            page.rect(Rect { x, y: middle - 7.0, w: 26.0, h: 14.0 }, 4.0, style);
        }
    }
}

/// Writes remarks below a picture; answers where they end.
pub fn notices(page: &mut Canvas, notices: &[String], top: f64, room: f64) -> f64 {
    page.begin("Notes");
    let mut y = top;
    for notice in notices {
        let lines = wrap(&clean(notice), size::TEXT, Weight::Regular, room - 26.0, 4);
        let middle = y + line_height(size::TEXT) / 2.0;
        let sign = Style { width: 1.2, ..stroked(Ink::Soft, 1.2) };
        page.circle(point(MARGIN + 7.0, middle), 6.5, sign);
        page.text(point(MARGIN + 7.0, middle + 3.8), Anchor::Middle, bold(size::SMALL, Ink::Soft), "i");
        for line in &lines {
            let w = width(line, size::TEXT, Weight::Regular);
            page.reach(MARGIN + 22.0 + w, y);
        }
        y = page.lines(MARGIN + 22.0, y, Anchor::Start, font(size::TEXT, Ink::Soft), &lines) + 4.0;
    }
    page.end();
    y
}
