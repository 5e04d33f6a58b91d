//! Signs that say what a colour says, for those who do not see the colour.

use super::canvas::Canvas;
use super::{Step, filled, point, stroked};
use crate::diagrams::layout::Point;
use crate::diagrams::picture::Tone;
use crate::diagrams::theme::Ink;

/// Draws the sign of a verdict: a tick, an exclamation mark, a cross. Other colours have none.
pub fn badge(canvas: &mut Canvas, middle: Point, tone: Tone) {
    let Point { x, y } = middle;
    let sign = match tone {
        Tone::Good => vec![
            Step::Move(point(x - 3.2, y + 0.2)),
            Step::Line(point(x - 0.8, y + 2.6)),
            Step::Line(point(x + 3.4, y - 2.6)),
        ],
        Tone::Warm => vec![
            Step::Move(point(x, y - 4.0)),
            Step::Line(point(x, y + 0.8)),
            Step::Move(point(x, y + 3.2)),
            Step::Line(point(x, y + 4.0)),
        ],
        Tone::Hot => vec![
            Step::Move(point(x - 2.8, y - 2.8)),
            Step::Line(point(x + 2.8, y + 2.8)),
            Step::Move(point(x + 2.8, y - 2.8)),
            Step::Line(point(x - 2.8, y + 2.8)),
        ],
        _ => return,
    };
    canvas.circle(middle, 7.5, filled(Ink::Border(tone)).edged(Ink::Canvas, 1.5));
    canvas.path(sign, stroked(Ink::Canvas, 1.8));
}

/// Whether a colour has a sign.
pub fn has_badge(tone: Tone) -> bool {
    matches!(tone, Tone::Good | Tone::Warm | Tone::Hot)
}
