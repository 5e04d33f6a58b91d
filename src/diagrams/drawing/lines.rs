//! Lines between boxes: what is at their ends, and the labels that they leave room for.

use super::badge::{badge, has_badge};
use super::canvas::{Canvas, cut_out, directions, font, line_height, rounded_path, size};
use super::{Anchor, Dash, Step, filled, point, stroked};
use crate::diagrams::layout::text::{Weight, widest, wrap};
use crate::diagrams::layout::{Point, Rect};
use crate::diagrams::picture::{Cardinality, Line, Tone};
use crate::diagrams::theme::Ink;

/// How round the corners of lines are.
const CORNER: f64 = 7.0;

/// What is at an end of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tip {
    /// Nothing.
    #[default]
    None,
    /// A filled arrow.
    Arrow,
    /// An open arrow.
    Open,
    /// An empty triangle: a special case of, or the fulfilment of.
    Triangle,
    /// A filled diamond: a whole that has parts.
    Diamond,
    /// How many records there are.
    Count(Cardinality),
}

/// How a line looks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Look {
    /// Its colour.
    pub ink: Ink,
    /// How wide it is.
    pub width: f64,
    /// How it is broken.
    pub dash: Dash,
    /// What is where it begins.
    pub start: Tip,
    /// What is where it ends.
    pub end: Tip,
}

/// How a line of a picture is broken.
pub fn dash(line: Line) -> Dash {
    match line {
        Line::Solid | Line::Thick => Dash::None,
        Line::Dashed => Dash::Dashes,
        Line::Dotted => Dash::Dots,
    }
}

/// The lines of the label of a line.
pub fn label_text<'a>(label: impl IntoIterator<Item = &'a String>, room: f64) -> Vec<String> {
    label.into_iter().flat_map(|line| wrap(line, size::TEXT, Weight::Regular, room, 3)).take(6).collect()
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
    let (along, _) = directions(before, *end);
    let by = inset(*end);
    *end = point(end.x + along.x * by, end.y + along.y * by);
}

/// Draws a line with what is at its ends, leaving out the place of its label.
pub fn connect(canvas: &mut Canvas, corners: &[Point], hole: Option<Rect>, look: Look) {
    let mut corners = corners.to_vec();
    let (Some(&first), Some(&last)) = (corners.first(), corners.last()) else { return };
    let second = corners.get(1).copied().unwrap_or(last);
    let before = corners.iter().rev().nth(1).copied().unwrap_or(first);
    let size = 7.5 + look.width;
    // The line ends inside its tip, so that the tip stays sharp.
    if let Some(end) = corners.last_mut() {
        *end = short_of(before, last, look.end, size);
    }
    if let Some(end) = corners.first_mut() {
        *end = short_of(second, first, look.start, size);
    }
    let mut steps: Vec<Step> = Vec::new();
    for piece in hole.map_or_else(|| vec![corners.clone()], |hole| cut_out(&corners, hole)) {
        steps.extend(rounded_path(&piece, CORNER));
    }
    canvas.path(steps, stroked(look.ink, look.width).dashed(look.dash));
    tip(canvas, before, last, look.end, look.ink, size);
    tip(canvas, second, first, look.start, look.ink, size);
}

fn short_of(from: Point, to: Point, tip: Tip, size: f64) -> Point {
    let by = match tip {
        Tip::Arrow => size - 1.0,
        Tip::Triangle => 12.0,
        Tip::Diamond => 15.0,
        _ => 0.0,
    };
    let (along, _) = directions(from, to);
    point(to.x - along.x * by, to.y - along.y * by)
}

/// Draws what is at the end of a line.
fn tip(canvas: &mut Canvas, from: Point, to: Point, tip: Tip, ink: Ink, size: f64) {
    let (along, across) = directions(from, to);
    let place = |back: f64, aside: f64| {
        point(to.x - along.x * back + across.x * aside, to.y - along.y * back + across.y * aside)
    };
    let ground = filled(Ink::Canvas).edged(ink, 1.3);
    let mut bar = |back: f64| canvas.line(place(back, 5.5), place(back, -5.5), stroked(ink, 1.3));
    match tip {
        Tip::None => {}
        Tip::Arrow => canvas.head(from, to, ink, true, size),
        Tip::Open => canvas.head(from, to, ink, false, size),
        Tip::Triangle => canvas.polygon(&[to, place(12.0, 6.5), place(12.0, -6.5)], ground),
        Tip::Diamond => {
            canvas.polygon(&[to, place(7.5, 4.5), place(15.0, 0.0), place(7.5, -4.5)], filled(ink));
        }
        Tip::Count(count) => {
            match count {
                Cardinality::One => [4.5, 8.5].into_iter().for_each(&mut bar),
                Cardinality::ZeroOrOne => bar(5.0),
                Cardinality::OneOrMore => bar(12.0),
                Cardinality::Many => {}
            }
            if matches!(count, Cardinality::Many | Cardinality::OneOrMore) {
                for aside in [5.5, -5.5] {
                    canvas.line(place(9.5, 0.0), place(0.0, aside), stroked(ink, 1.3));
                }
            }
            match count {
                Cardinality::ZeroOrOne => canvas.circle(place(11.5, 0.0), 3.5, ground),
                Cardinality::Many => canvas.circle(place(13.0, 0.0), 3.5, ground),
                _ => {}
            }
        }
    }
}
