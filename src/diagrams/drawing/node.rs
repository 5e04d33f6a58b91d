//! The boxes of graphs: how large they must be for their text, and what their shapes look like.

use super::badge::badge;
use super::canvas::{Canvas, bold, font, line_height, size};
use super::{Anchor, Dash, Step, Style, filled, point, stroked};
use crate::diagrams::layout::text::{Weight, widest, wrap};
use crate::diagrams::layout::{Point, Rect};
use crate::diagrams::picture::{Node, Notation, Shape, Tone};
use crate::diagrams::theme::Ink;

/// How far a second copy of a box looks out behind the first.
const STACK: f64 = 5.0;

/// A box with its text broken into lines.
pub struct Label {
    title: Vec<String>,
    subtitle: Vec<String>,
    description: Vec<String>,
    facts: Vec<String>,
    shape: Shape,
    tone: Tone,
    is_stacked: bool,
    is_figure: bool,
    /// How wide it must be.
    pub w: f64,
    /// How high it must be.
    pub h: f64,
}

/// What a shape needs around its text: at the left and right together, at the top, at the bottom.
fn margins(shape: Shape) -> (f64, f64, f64) {
    match shape {
        Shape::Box | Shape::Round | Shape::External => (28.0, 10.0, 10.0),
        Shape::Cylinder => (30.0, 20.0, 14.0),
        Shape::Pipe => (48.0, 10.0, 10.0),
        Shape::Hexagon => (48.0, 10.0, 10.0),
        Shape::Person => (28.0, 34.0, 10.0),
        Shape::Process => (44.0, 10.0, 10.0),
        Shape::Note => (32.0, 12.0, 10.0),
        Shape::Ellipse | Shape::Diamond => (40.0, 12.0, 12.0),
    }
}

impl Label {
    /// Breaks the text of a box into lines and says how much room it needs.
    pub fn new(node: &Node, notation: Notation) -> Self {
        let is_c4 = !matches!(notation, Notation::Plain | Notation::UseCases);
        let room = if is_c4 { 190.0 } else { 168.0 };
        let wrapped =
            |text: &str, size: f64, weight: Weight, most: usize| wrap(text, size, weight, room, most);
        let title = wrapped(&node.title, size::NAME, Weight::Bold, 3);
        let subtitle = node.subtitle.as_deref().unwrap_or_default();
        // What C4 calls things stands in brackets, which kinds of pictures may have written already.
        let is_bare = is_c4 && !subtitle.is_empty() && !subtitle.starts_with('[');
        let subtitle = if is_bare { format!("[{subtitle}]") } else { subtitle.to_owned() };
        let subtitle = wrapped(&subtitle, size::TEXT, Weight::Regular, 2);
        let description =
            wrapped(node.description.as_deref().unwrap_or_default(), size::TEXT, Weight::Regular, 4);
        let facts: Vec<String> =
            node.lines.iter().flat_map(|line| wrapped(line, size::TEXT, Weight::Regular, 2)).collect();
        let is_figure = notation == Notation::UseCases && node.shape == Shape::Person;
        let mut label = Self {
            title,
            subtitle,
            description,
            facts,
            shape: node.shape,
            tone: node.tone,
            is_stacked: node.is_stacked && !is_figure,
            is_figure,
            w: 0.0,
            h: 0.0,
        };
        let (aside, top, bottom) = margins(node.shape);
        let text_w = widest(&label.title, size::NAME, Weight::Bold)
            .max(widest(&label.subtitle, size::TEXT, Weight::Regular))
            .max(widest(&label.description, size::TEXT, Weight::Regular))
            .max(widest(&label.facts, size::TEXT, Weight::Regular));
        let text_h = label.text_height();
        // Fonts of readers may be a little wider than ours.
        let (mut w, mut h) = (text_w * 1.04 + aside, text_h + top + bottom);
        match node.shape {
            Shape::Ellipse => (w, h) = (text_w * 1.3 + 24.0, text_h * 1.45 + 14.0),
            Shape::Diamond => (w, h) = (text_w * 1.5 + 50.0, text_h * 2.0 + 22.0),
            _ if label.is_figure => (w, h) = (text_w.max(40.0) + 8.0, text_h + 62.0),
            _ => {}
        }
        let least = if is_c4 { 168.0 } else { 120.0 };
        if !label.is_figure {
            (w, h) = (w.max(least), h.max(46.0));
        }
        // Sizes that step make boxes of similar names alike.
        w = (w / 8.0).ceil() * 8.0;
        let stack = if label.is_stacked { STACK } else { 0.0 };
        (label.w, label.h) = (w + stack, h + stack);
        label
    }

    fn text_height(&self) -> f64 {
        let height = |lines: &Vec<String>, size: f64| lines.len() as f64 * line_height(size);
        let mut total = height(&self.title, size::NAME) + height(&self.subtitle, size::TEXT);
        if !self.description.is_empty() {
            total += 5.0 + height(&self.description, size::TEXT);
        }
        if !self.facts.is_empty() {
            total += 9.0 + height(&self.facts, size::TEXT);
        }
        total
    }

    fn style(&self) -> Style {
        let style = filled(Ink::Fill(self.tone)).edged(Ink::Border(self.tone), 1.3);
        match self.shape {
            Shape::External => style.dashed(Dash::Dashes),
            _ if self.tone == Tone::External => style.dashed(Dash::Dashes),
            _ if self.tone == Tone::Hot => Style { width: 2.2, ..style },
            _ => style,
        }
    }

    /// Draws the box.
    pub fn draw(&self, canvas: &mut Canvas, rect: Rect) {
        let stack = if self.is_stacked { STACK } else { 0.0 };
        let front = Rect { x: rect.x, y: rect.y + stack, w: rect.w - stack, h: rect.h - stack };
        if self.is_figure {
            self.figure(canvas, rect);
            return;
        }
        if self.is_stacked {
            self.outline(canvas, front.moved(stack, -stack));
        }
        self.outline(canvas, front);
        let (_, top, bottom) = margins(self.shape);
        let (top, bottom) =
            if matches!(self.shape, Shape::Ellipse | Shape::Diamond) { (0.0, 0.0) } else { (top, bottom) };
        let free = (front.h - top - bottom - self.text_height()).max(0.0);
        self.write(canvas, front, front.y + top + free / 2.0);
        badge(canvas, point(front.right() - 3.0, front.y + 3.0), self.tone);
    }

    fn write(&self, canvas: &mut Canvas, rect: Rect, top: f64) {
        let x = rect.middle().x;
        let soft = font(size::TEXT, Ink::Soft);
        let mut y = canvas.lines(x, top, Anchor::Middle, bold(size::NAME, Ink::Text), &self.title);
        y = canvas.lines(x, y, Anchor::Middle, soft, &self.subtitle);
        if !self.description.is_empty() {
            y = canvas.lines(x, y + 5.0, Anchor::Middle, font(size::TEXT, Ink::Text), &self.description);
        }
        if !self.facts.is_empty() {
            let (left, right) = (rect.x + 12.0, rect.right() - 12.0);
            let style = Style { opacity: None, ..stroked(Ink::Border(self.tone), 0.6) };
            canvas.line(point(left, y + 4.5), point(right, y + 4.5), style);
            canvas.lines(x, y + 9.0, Anchor::Middle, font(size::TEXT, Ink::Text), &self.facts);
        }
    }

    /// People in use cases: a figure of lines over the name.
    fn figure(&self, canvas: &mut Canvas, rect: Rect) {
        let (x, y) = (rect.middle().x, rect.y + 10.0);
        let style = stroked(Ink::Border(self.tone), 1.8);
        canvas.circle(point(x, y), 8.0, filled(Ink::Fill(self.tone)).edged(Ink::Border(self.tone), 1.8));
        canvas.path(
            vec![
                Step::Move(point(x, y + 8.0)),
                Step::Line(point(x, y + 27.0)),
                Step::Move(point(x - 14.0, y + 15.0)),
                Step::Line(point(x + 14.0, y + 15.0)),
                Step::Move(point(x - 11.0, y + 42.0)),
                Step::Line(point(x, y + 27.0)),
                Step::Line(point(x + 11.0, y + 42.0)),
            ],
            style,
        );
        self.write(canvas, rect, y + 47.0);
    }

    fn outline(&self, canvas: &mut Canvas, rect: Rect) {
        let style = self.style();
        let line = Style { fill: None, ..style };
        let (left, top, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
        let middle = rect.middle();
        match self.shape {
            Shape::Box | Shape::External => canvas.rect(rect, 6.0, style),
            Shape::Round => canvas.rect(rect, (rect.h / 2.0).min(20.0), style),
            Shape::Cylinder => cylinder(canvas, rect, style),
            Shape::Pipe => pipe(canvas, rect, style),
            Shape::Hexagon => {
                let cut = 13.0;
                let corners = [
                    point(left, middle.y),
                    point(left + cut, top),
                    point(right - cut, top),
                    point(right, middle.y),
                    point(right - cut, bottom),
                    point(left + cut, bottom),
                ];
                canvas.polygon(&corners, style);
            }
            Shape::Person => {
                canvas.rect(rect, 16.0, style);
                let solid = filled(Ink::Border(self.tone));
                canvas.circle(point(middle.x, top + 13.5), 5.0, solid);
                let (y, half) = (top + 30.0, 9.0);
                canvas.path(
                    vec![
                        Step::Move(point(middle.x - half, y)),
                        Step::Curve(
                            point(middle.x - half, y - 12.5),
                            point(middle.x + half, y - 12.5),
                            point(middle.x + half, y),
                        ),
                        Step::Close,
                    ],
                    solid,
                );
            }
            Shape::Process => {
                canvas.rect(rect, 3.0, style);
                for x in [left + 8.0, right - 8.0] {
                    canvas.line(point(x, top), point(x, bottom), line);
                }
            }
            Shape::Ellipse => canvas.ellipse(middle, point(rect.w / 2.0, rect.h / 2.0), style),
            Shape::Diamond => {
                let corners = [
                    point(left, middle.y),
                    point(middle.x, top),
                    point(right, middle.y),
                    point(middle.x, bottom),
                ];
                canvas.polygon(&corners, style);
            }
            Shape::Note => note(canvas, rect, style),
        }
    }

    /// How far inside its rectangle the side of a shape lies where a line meets it.
    pub fn inset(&self, rect: Rect, at: Point) -> f64 {
        let stack = if self.is_stacked { STACK } else { 0.0 };
        let front = Rect { x: rect.x, y: rect.y + stack, w: rect.w - stack, h: rect.h - stack };
        let middle = front.middle();
        let is_aside = (at.x - rect.x).abs() < 0.5 || (at.x - rect.right()).abs() < 0.5;
        let (off, half, other_half) = if is_aside {
            (at.y - middle.y, front.h / 2.0, front.w / 2.0)
        } else {
            (at.x - middle.x, front.w / 2.0, front.h / 2.0)
        };
        let part = if half > 0.0 { (off.abs() / half).min(1.0) } else { 0.0 };
        match self.shape {
            Shape::Ellipse => other_half * (1.0 - (1.0 - part * part).sqrt()),
            Shape::Diamond => other_half * part,
            Shape::Hexagon if is_aside => 13.0 * part,
            Shape::Pipe if is_aside => 9.0 * (1.0 - (1.0 - part * part).sqrt()),
            Shape::Cylinder if !is_aside => 7.0 * (1.0 - (1.0 - part * part).sqrt()),
            _ if self.is_figure && is_aside => (other_half - 16.0).max(0.0),
            _ => 0.0,
        }
    }
}

/// A drum.
fn cylinder(canvas: &mut Canvas, rect: Rect, style: Style) {
    let (left, right, half) = (rect.x, rect.right(), rect.w / 2.0);
    let cap = 7.0;
    // Two curves that are as good as half an ellipse.
    let bow = |y: f64, height: f64, from: f64, to: f64| {
        let lean = (to - from).signum() * half * 0.448;
        let middle = left + half;
        [
            Step::Curve(
                point(from, y + height * 0.552),
                point(middle - lean * 1.232, y + height),
                point(middle, y + height),
            ),
            Step::Curve(
                point(middle + lean * 1.232, y + height),
                point(to, y + height * 0.552),
                point(to, y),
            ),
        ]
    };
    let (top, bottom) = (rect.y + cap, rect.bottom() - cap);
    let mut steps = vec![Step::Move(point(left, top))];
    steps.extend(bow(top, -cap, left, right));
    steps.push(Step::Line(point(right, bottom)));
    steps.extend(bow(bottom, cap, right, left));
    steps.push(Step::Close);
    canvas.path(steps, style);
    let mut steps = vec![Step::Move(point(left, top))];
    steps.extend(bow(top, cap, left, right));
    canvas.path(steps, Style { fill: None, ..style });
}

/// A drum that lies on its side.
fn pipe(canvas: &mut Canvas, rect: Rect, style: Style) {
    let (top, bottom, half) = (rect.y, rect.bottom(), rect.h / 2.0);
    let cap = 9.0;
    let bow = |x: f64, width: f64, from: f64, to: f64| {
        let lean = (to - from).signum() * half * 0.552;
        let middle = top + half;
        [
            Step::Curve(
                point(x + width * 0.552, from),
                point(x + width, middle - lean),
                point(x + width, middle),
            ),
            Step::Curve(point(x + width, middle + lean), point(x + width * 0.552, to), point(x, to)),
        ]
    };
    let (left, right) = (rect.x + cap, rect.right() - cap);
    let mut steps = vec![Step::Move(point(left, top)), Step::Line(point(right, top))];
    steps.extend(bow(right, cap, top, bottom));
    steps.push(Step::Line(point(left, bottom)));
    steps.extend(bow(left, -cap, bottom, top));
    steps.push(Step::Close);
    canvas.path(steps, style);
    let mut steps = vec![Step::Move(point(right, top))];
    steps.extend(bow(right, -cap, top, bottom));
    canvas.path(steps, Style { fill: None, ..style });
}

/// A sheet with a folded corner.
pub fn note(canvas: &mut Canvas, rect: Rect, style: Style) {
    let (left, top, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
    let fold = 10.0;
    let corners = [
        point(left, top),
        point(right - fold, top),
        point(right, top + fold),
        point(right, bottom),
        point(left, bottom),
    ];
    canvas.polygon(&corners, style);
    let corners = [point(right - fold, top), point(right - fold, top + fold), point(right, top + fold)];
    canvas.path(super::canvas::open_path(&corners), Style { fill: None, ..style });
}
