//! Rows and columns.

use super::canvas::{Canvas, bold, font, line_height, size};
use super::{Anchor, filled, point, stroked};
use crate::diagrams::layout::Rect;
use crate::diagrams::layout::text::{Weight, widest, wrap};
use crate::diagrams::picture::Table;
use crate::diagrams::theme::Ink;

const ROOM: f64 = 230.0;
/// Headings over short cells are broken rather than wider than this.
const NARROW: f64 = 84.0;
const PAD: f64 = 12.0;

/// Draws a table.
pub fn draw(table: &Table) -> Canvas {
    let cell = |text: &String| wrap(text, size::TEXT, Weight::Regular, ROOM, 8);
    let rows: Vec<Vec<Vec<String>>> =
        table.rows.iter().map(|row| row.iter().take(table.columns.len()).map(cell).collect()).collect();
    // A heading is as wide as its column, or as its longest word.
    let heading = |(column, text): (usize, &String)| {
        let cells = rows.iter().filter_map(|row| row.get(column)).flatten();
        let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        let needed = widest(cells, size::TEXT, Weight::Regular).max(widest(&words, size::TEXT, Weight::Bold));
        wrap(text, size::TEXT, Weight::Bold, (needed + 1.0).clamp(NARROW, ROOM), 5)
    };
    let headings: Vec<Vec<String>> = table.columns.iter().enumerate().map(heading).collect();
    let columns: Vec<f64> = headings
        .iter()
        .enumerate()
        .map(|(column, heading)| {
            let cells = rows.iter().filter_map(|row| row.get(column)).flatten();
            let w = widest(heading, size::TEXT, Weight::Bold).max(widest(cells, size::TEXT, Weight::Regular));
            (w * 1.04).ceil() + 2.0 * PAD
        })
        .collect();
    let total: f64 = columns.iter().sum();
    let height = |cells: &[Vec<String>]| {
        cells.iter().map(Vec::len).max().unwrap_or(1).max(1) as f64 * line_height(size::TEXT) + 12.0
    };
    let mut canvas = Canvas::default();
    let mut y = 0.0;
    for (index, cells) in std::iter::once(&headings).chain(&rows).enumerate() {
        let h = height(cells);
        let row = Rect { x: 0.0, y, w: total, h };
        if index == 0 {
            canvas.rect(row, 6.0, filled(Ink::Band));
        } else if index % 2 == 0 {
            canvas.rect(row, 0.0, filled(Ink::Panel));
        }
        let font = if index == 0 { bold(size::TEXT, Ink::Text) } else { font(size::TEXT, Ink::Text) };
        let mut x = 0.0;
        for (lines, w) in cells.iter().zip(&columns) {
            canvas.lines(x + PAD, y + 6.0, Anchor::Start, font, lines);
            x += w;
        }
        y += h;
        canvas.line(point(0.0, y), point(total, y), stroked(Ink::Rule, 1.0));
    }
    canvas.rect(Rect { x: 0.0, y: 0.0, w: total, h: y }, 6.0, stroked(Ink::Frame, 1.1));
    canvas.reach(total, y);
    canvas
}
