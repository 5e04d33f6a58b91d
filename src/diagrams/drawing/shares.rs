//! Shares of a whole, as bars: lengths beside each other are compared better than angles.

use super::axis::finite;
use super::canvas::{Canvas, bold, font, size};
use super::cards::base_line;
use super::{Anchor, filled, point};
use crate::diagrams::layout::Rect;
use crate::diagrams::layout::text::{Weight, cut, width};
use crate::diagrams::picture::Shares;
use crate::diagrams::theme::Ink;

const BAR: f64 = 360.0;
const ROW: f64 = 30.0;

/// Draws shares in the order that they are given: what stands for all the others is the last, however large.
pub fn draw(shares: &Shares) -> Canvas {
    let amounts: Vec<f64> = shares.slices.iter().map(|slice| finite(slice.1).max(0.0)).collect();
    let total: f64 = amounts.iter().sum();
    let most = amounts.iter().copied().fold(0.0, f64::max);
    let names: Vec<String> =
        shares.slices.iter().map(|slice| cut(&slice.0, size::NAME, Weight::Regular, 240.0)).collect();
    let left =
        names.iter().map(|name| width(name, size::NAME, Weight::Regular)).fold(0.0, f64::max) * 1.04 + 14.0;
    let mut canvas = Canvas::default();
    for (row, ((slice, amount), name)) in shares.slices.iter().zip(&amounts).zip(&names).enumerate() {
        let y = row as f64 * ROW;
        let part = if total > 0.0 { amount / total * 100.0 } else { 0.0 };
        let percent = if part > 0.0 && part < 1.0 { "< 1 %".to_owned() } else { format!("{part:.0} %") };
        let shown = cut(&slice.2, size::TEXT, Weight::Regular, 160.0);
        canvas.begin(&format!("{name}: {shown}, {percent}"));
        let base = base_line(y, ROW - 8.0, size::NAME);
        canvas.text(point(left - 14.0, base), Anchor::End, font(size::NAME, Ink::Text), name);
        canvas.rect(Rect { x: left, y, w: BAR, h: ROW - 8.0 }, 4.0, filled(Ink::Panel));
        let w = if most > 0.0 { (amount / most * BAR).max(2.0) } else { 2.0 };
        canvas.rect(Rect { x: left, y, w, h: ROW - 8.0 }, 4.0, filled(Ink::Series(0)));
        let x = left + BAR + 12.0;
        canvas.text(point(x + 36.0, base), Anchor::End, bold(size::TEXT, Ink::Text), &percent);
        canvas.text(point(x + 46.0, base), Anchor::Start, font(size::TEXT, Ink::Soft), &shown);
        canvas.reach(x + 50.0 + width(&shown, size::TEXT, Weight::Regular), y + ROW - 6.0);
        canvas.end();
    }
    canvas
}
