//! The pen: common things to draw, made of the few that formats know.

use super::{Anchor, Font, Mark, Step, Style, filled, point};
use crate::diagrams::layout::text::{Weight, clean};
use crate::diagrams::layout::{Point, Rect};
use crate::diagrams::theme::Ink;

/// Something to draw on.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Canvas {
    /// What was drawn, from back to front.
    pub marks: Vec<Mark>,
    /// How wide it is.
    pub w: f64,
    /// How high it is.
    pub h: f64,
}

/// The sizes of letters.
pub mod size {
    /// The title over a picture.
    pub const TITLE: f64 = 18.0;
    /// Names.
    pub const NAME: f64 = 13.0;
    /// Everything else.
    pub const TEXT: f64 = 11.5;
    /// Remarks.
    pub const SMALL: f64 = 10.5;
}

/// A plain font of a size.
pub fn font(size: f64, ink: Ink) -> Font {
    Font { size, weight: Weight::Regular, ink }
}

/// A heavy font of a size.
pub fn bold(size: f64, ink: Ink) -> Font {
    Font { size, weight: Weight::Bold, ink }
}

impl Canvas {
    /// Begins a part that has a name for those who do not see it.
    pub fn begin(&mut self, label: &str) {
        self.marks.push(Mark::Begin { label: Some(clean(label)), by: Point::default() });
    }

    /// Ends a part.
    pub fn end(&mut self) {
        self.marks.push(Mark::End);
    }

    /// Draws what another canvas holds, moved.
    pub fn put(&mut self, other: Self, at: Point) {
        self.marks.push(Mark::Begin { label: None, by: at });
        self.marks.extend(other.marks);
        self.marks.push(Mark::End);
        self.w = self.w.max(at.x + other.w);
        self.h = self.h.max(at.y + other.h);
    }

    /// Makes room up to a place.
    pub fn reach(&mut self, x: f64, y: f64) {
        self.w = self.w.max(x);
        self.h = self.h.max(y);
    }

    /// A rectangle with round corners.
    pub fn rect(&mut self, rect: Rect, radius: f64, style: Style) {
        self.marks.push(Mark::Rect { rect, radius, style });
    }

    /// A circle.
    pub fn circle(&mut self, middle: Point, radius: f64, style: Style) {
        self.ellipse(middle, point(radius, radius), style);
    }

    /// An ellipse.
    pub fn ellipse(&mut self, middle: Point, radius: Point, style: Style) {
        self.marks.push(Mark::Ellipse { middle, radius, style });
    }

    /// Lines and curves.
    pub fn path(&mut self, steps: Vec<Step>, style: Style) {
        if steps.len() > 1 {
            self.marks.push(Mark::Path { steps, style });
        }
    }

    /// A straight line.
    pub fn line(&mut self, from: Point, to: Point, style: Style) {
        self.path(vec![Step::Move(from), Step::Line(to)], style);
    }

    /// A closed shape.
    pub fn polygon(&mut self, corners: &[Point], style: Style) {
        let mut steps = open_path(corners);
        steps.push(Step::Close);
        self.path(steps, style);
    }

    /// A line of text.
    pub fn text(&mut self, at: Point, anchor: Anchor, font: Font, text: &str) {
        let text = clean(text);
        if !text.is_empty() {
            self.marks.push(Mark::Text { at, anchor, font, text });
        }
    }

    /// Lines of text around a middle, from a top down; answers where they end.
    pub fn lines(&mut self, x: f64, top: f64, anchor: Anchor, font: Font, lines: &[String]) -> f64 {
        let step = line_height(font.size);
        let mut y = top;
        for line in lines {
            self.text(point(x, y + step * 0.5 + font.size * 0.36), anchor, font, line);
            y += step;
        }
        y
    }

    /// The filled head of an arrow that reaches a point coming from another one.
    pub fn head(&mut self, from: Point, to: Point, ink: Ink, is_filled: bool, size: f64) {
        let (along, across) = directions(from, to);
        let place = |back: f64, aside: f64| {
            point(to.x - along.x * back + across.x * aside, to.y - along.y * back + across.y * aside)
        };
        if is_filled {
            let corners = [to, place(size, size * 0.45), place(size, -size * 0.45)];
            self.polygon(&corners, filled(ink));
        } else {
            let corners = [place(size * 0.9, size * 0.5), to, place(size * 0.9, -size * 0.5)];
            self.path(open_path(&corners), super::stroked(ink, 1.4));
        }
    }
}

/// The height of a line of text.
pub fn line_height(size: f64) -> f64 {
    (size * 1.3).round()
}

/// The directions along a line and across it, each as long as a pixel.
pub fn directions(from: Point, to: Point) -> (Point, Point) {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let length = (x * x + y * y).sqrt();
    if length > 0.0 {
        (point(x / length, y / length), point(-y / length, x / length))
    } else {
        (point(1.0, 0.0), point(0.0, 1.0))
    }
}

/// Straight lines from corner to corner.
pub fn open_path(corners: &[Point]) -> Vec<Step> {
    let mut steps: Vec<Step> = corners.iter().copied().map(Step::Line).collect();
    if let Some(first) = corners.first()
        && let Some(step) = steps.first_mut()
    {
        *step = Step::Move(*first);
    }
    steps
}

/// Lines from corner to corner with the corners rounded off.
pub fn rounded_path(corners: &[Point], radius: f64) -> Vec<Step> {
    let mut steps = Vec::new();
    let (Some(first), Some(last)) = (corners.first(), corners.last()) else { return steps };
    steps.push(Step::Move(*first));
    for window in corners.windows(3) {
        let [before, corner, after] = *window else { continue };
        let distance = |a: Point, b: Point| ((a.x - b.x).powi(2) + (a.y - b.y).powi(2)).sqrt();
        let room = (distance(before, corner) / 2.0).min(distance(corner, after) / 2.0).min(radius);
        let (come, _) = directions(before, corner);
        let (go, _) = directions(corner, after);
        steps.push(Step::Line(point(corner.x - come.x * room, corner.y - come.y * room)));
        steps.push(Step::Bend(corner, point(corner.x + go.x * room, corner.y + go.y * room)));
    }
    steps.push(Step::Line(*last));
    steps
}

/// A line without the part that lies in a rectangle: the pieces before and behind it. Lines run along the axes.
pub fn cut_out(corners: &[Point], hole: Rect) -> Vec<Vec<Point>> {
    let mut pieces = vec![Vec::new()];
    for (index, corner) in corners.iter().enumerate() {
        if let Some(piece) = pieces.last_mut() {
            piece.push(*corner);
        }
        let Some(next) = corners.get(index + 1) else { break };
        let is_level = (corner.y - next.y).abs() < 0.5;
        let crosses = if is_level {
            (hole.y..=hole.bottom()).contains(&corner.y)
                && corner.x.min(next.x) <= hole.x
                && hole.right() <= corner.x.max(next.x)
        } else {
            (hole.x..=hole.right()).contains(&corner.x)
                && corner.y.min(next.y) <= hole.y
                && hole.bottom() <= corner.y.max(next.y)
        };
        if crosses && pieces.len() == 1 {
            let (near, far) = if is_level {
                let (a, b) = (point(hole.x, corner.y), point(hole.right(), corner.y));
                if corner.x < next.x { (a, b) } else { (b, a) }
            } else {
                let (a, b) = (point(corner.x, hole.y), point(corner.x, hole.bottom()));
                if corner.y < next.y { (a, b) } else { (b, a) }
            };
            if let Some(piece) = pieces.last_mut() {
                piece.push(near);
            }
            pieces.push(vec![far]);
        }
    }
    pieces
}
