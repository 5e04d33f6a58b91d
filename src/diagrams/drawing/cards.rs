//! Boxes with a heading and rows below it: records, classes, requirements.

use super::badge::badge;
use super::canvas::{Canvas, bold, font, line_height, size};
use super::lines::{Look, connect, label_size, label_text, write_label};
use super::{Anchor, Step, filled, point, stroked};
use crate::diagrams::layout::layered::{Plan, PlannedBox, PlannedFrame, PlannedLine, lay_out, loop_room};
use crate::diagrams::layout::text::{Weight, cut, widest, width, wrap};
use crate::diagrams::layout::{Point, Rect};
use crate::diagrams::picture::{Direction, Tone};
use crate::diagrams::theme::Ink;

const ROW: f64 = 18.0;
const PAD: f64 = 12.0;

/// A box with a heading and rows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Card {
    /// What it is: `interface`.
    pub stereotype: Option<String>,
    /// Its name.
    pub title: String,
    /// The parts below the heading; each row has cells, which stand below each other.
    pub parts: Vec<Vec<Vec<String>>>,
    /// The colour of the heading.
    pub tone: Tone,
    /// The frame that it stands in.
    pub frame: Option<usize>,
}

/// A line between cards.
pub struct Tied {
    /// The card that it leaves.
    pub from: usize,
    /// The card that it reaches.
    pub to: usize,
    /// What is written at it.
    pub label: String,
    /// How it looks.
    pub look: Look,
}

/// A card with its sizes.
struct Sized {
    stereotype: String,
    title: Vec<String>,
    parts: Vec<Vec<Vec<String>>>,
    columns: Vec<f64>,
    heading: f64,
    w: f64,
    h: f64,
}

impl Sized {
    fn new(card: &Card) -> Self {
        let stereotype = card.stereotype.as_ref().map(|text| format!("«{text}»")).unwrap_or_default();
        let stereotype = cut(&stereotype, size::SMALL, Weight::Regular, 240.0);
        let title = wrap(&card.title, size::NAME, Weight::Bold, 240.0, 3);
        let parts: Vec<Vec<Vec<String>>> = card
            .parts
            .iter()
            .filter(|rows| !rows.is_empty())
            .map(|rows| {
                let cell = |text: &String| cut(text, size::TEXT, Weight::Regular, 280.0);
                rows.iter().map(|row| row.iter().map(cell).collect()).collect()
            })
            .collect();
        let number = parts.iter().flatten().map(Vec::len).max().unwrap_or(0);
        let columns: Vec<f64> = (0..number)
            .map(|column| {
                widest(parts.iter().flatten().filter_map(|row| row.get(column)), size::TEXT, Weight::Regular)
            })
            .map(|w| if w > 0.0 { (w * 1.04).ceil() + 12.0 } else { 0.0 })
            .collect();
        let heading_w =
            widest(&title, size::NAME, Weight::Bold).max(width(&stereotype, size::SMALL, Weight::Regular))
                * 1.04;
        let rows_w = (columns.iter().sum::<f64>() - 12.0).max(0.0);
        let heading = title.len().max(1) as f64 * line_height(size::NAME)
            + if stereotype.is_empty() { 0.0 } else { line_height(size::SMALL) }
            + 14.0;
        let rows: f64 = parts.iter().map(|rows| rows.len() as f64 * ROW + 9.0).sum();
        let w = (((heading_w.max(rows_w) + 2.0 * PAD) / 8.0).ceil() * 8.0).max(112.0);
        Self { stereotype, title, parts, columns, heading, w, h: heading + rows }
    }

    fn draw(&self, canvas: &mut Canvas, rect: Rect, tone: Tone) {
        let border = Ink::Border(tone);
        canvas.rect(rect, 6.0, filled(Ink::Fill(Tone::Plain)));
        let bottom = if self.parts.is_empty() { rect.bottom() } else { rect.y + self.heading };
        // The heading has round corners above, and below only when nothing follows it.
        let round = |y: f64| if y < rect.bottom() - 0.5 { 0.0 } else { 6.0 };
        let low = round(bottom);
        let (left, right, top) = (rect.x, rect.right(), rect.y);
        let ground = vec![
            Step::Move(point(left, bottom - low)),
            Step::Line(point(left, top + 6.0)),
            Step::Bend(point(left, top), point(left + 6.0, top)),
            Step::Line(point(right - 6.0, top)),
            Step::Bend(point(right, top), point(right, top + 6.0)),
            Step::Line(point(right, bottom - low)),
            Step::Bend(point(right, bottom), point(right - low, bottom)),
            Step::Line(point(left + low, bottom)),
            Step::Bend(point(left, bottom), point(left, bottom - low)),
            Step::Close,
        ];
        let heading = if tone == Tone::Plain { Ink::Band } else { Ink::Fill(tone) };
        canvas.path(ground, filled(heading));
        let x = rect.middle().x;
        let mut y = rect.y + 7.0;
        if !self.stereotype.is_empty() {
            let lines = [self.stereotype.clone()];
            y = canvas.lines(x, y, Anchor::Middle, font(size::SMALL, Ink::Soft), &lines);
        }
        canvas.lines(x, y, Anchor::Middle, bold(size::NAME, Ink::Text), &self.title);
        let mut y = rect.y + self.heading;
        for rows in &self.parts {
            canvas.line(point(left, y), point(right, y), stroked(border, 1.0));
            y += 4.5;
            for row in rows {
                let mut x = left + PAD;
                for (column, cell) in row.iter().enumerate() {
                    let ink = if column == 1 || row.len() == 1 { Ink::Text } else { Ink::Soft };
                    canvas.text(point(x, y + 13.0), Anchor::Start, font(size::TEXT, ink), cell);
                    x += self.columns.get(column).copied().unwrap_or_default();
                }
                y += ROW;
            }
            y += 4.5;
        }
        canvas.rect(rect, 6.0, stroked(border, 1.3));
        badge(canvas, point(right - 3.0, top + 3.0), tone);
    }
}

/// Draws cards with lines between them, in frames with titles.
pub fn draw(cards: &[Card], frames: &[String], ties: &[Tied], direction: Direction) -> Canvas {
    let sized: Vec<Sized> = cards.iter().map(Sized::new).collect();
    let texts: Vec<Vec<String>> = ties.iter().map(|tie| label_text([&tie.label], 130.0)).collect();
    let mut plan = Plan { direction, tips: 8.0, ..Plan::default() };
    for (card, size) in cards.iter().zip(&sized) {
        plan.boxes.push(PlannedBox { w: size.w, h: size.h, frame: card.frame, aside: 0.0 });
    }
    for title in frames {
        let title_w = width(title, size::NAME, Weight::Bold).min(300.0);
        plan.frames.push(PlannedFrame { parent: None, title_w, title_h: 18.0 });
    }
    for (tie, text) in ties.iter().zip(&texts) {
        let (label_w, label_h) = label_size(text, Tone::Plain);
        if tie.from == tie.to
            && let Some(planned) = plan.boxes.get_mut(tie.from)
        {
            planned.aside = planned.aside.max(loop_room(plan.direction, label_w, label_h));
        }
        plan.lines.push(PlannedLine { from: tie.from, to: tie.to, label_w, label_h });
    }
    let placed = lay_out(&plan);
    let mut canvas = Canvas { w: placed.w, h: placed.h, ..Canvas::default() };
    for (title, rect) in frames.iter().zip(&placed.frames) {
        canvas.begin(title);
        canvas.rect(*rect, 10.0, filled(Ink::Panel).edged(Ink::Frame, 1.1));
        let title = cut(title, size::NAME, Weight::Bold, rect.w - 24.0);
        let at = point(rect.x + 14.0, rect.y + 21.0);
        canvas.text(at, Anchor::Start, bold(size::NAME, Ink::Text), &title);
        canvas.end();
    }
    for (index, (tie, text)) in ties.iter().zip(&texts).enumerate() {
        let Some(corners) = placed.lines.get(index).filter(|corners| corners.len() > 1) else { continue };
        let name = |card: usize| cards.get(card).map_or("", |card| card.title.as_str());
        canvas.begin(&format!("{} → {} {}", name(tie.from), name(tie.to), tie.label));
        let hole = placed.labels.get(index).copied().flatten();
        connect(&mut canvas, corners, hole, tie.look);
        if let Some(hole) = hole {
            write_label(&mut canvas, hole, text, Tone::Plain);
        }
        canvas.end();
    }
    for ((card, sized), rect) in cards.iter().zip(&sized).zip(&placed.boxes) {
        canvas.begin(&card.title);
        let rect = Rect { h: rect.h.max(sized.h), ..*rect };
        sized.draw(&mut canvas, rect, card.tone);
        canvas.end();
    }
    canvas
}

/// The middle of a line of text that is centred in a band.
pub fn base_line(top: f64, height: f64, size: f64) -> f64 {
    top + height / 2.0 + size * 0.36
}

/// A small square in the colour of a series.
pub fn series_swatch(canvas: &mut Canvas, at: Point, series: usize) {
    canvas.rect(Rect { x: at.x, y: at.y, w: 11.0, h: 11.0 }, 2.5, filled(Ink::Series(series)));
}
