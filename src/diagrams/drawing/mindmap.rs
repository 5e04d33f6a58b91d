//! A tree around a middle: half of the branches to the right, half to the left.

use super::badge::badge;
use super::canvas::{Canvas, bold, font, line_height, size};
use super::{Anchor, Step, filled, point, stroked};
use crate::diagrams::layout::text::{Weight, widest, wrap};
use crate::diagrams::layout::{Point, Rect};
use crate::diagrams::picture::{Branch, Tone};
use crate::diagrams::theme::Ink;

/// Branches that are further from the middle than this are left out.
pub(super) const FURTHEST: usize = 24;
const ASIDE: f64 = 44.0;
const BELOW: f64 = 10.0;

/// A branch with the room that it needs.
struct Sized {
    lines: Vec<String>,
    tone: Tone,
    series: usize,
    w: f64,
    h: f64,
    /// The height of all that grows from it.
    total: f64,
    branches: Vec<Self>,
}

fn measure(branch: &Branch, depth: usize, series: usize) -> Sized {
    let (font_size, weight) =
        if depth == 0 { (15.0, Weight::Bold) } else { (size::TEXT + 0.5, Weight::Regular) };
    let lines = wrap(&branch.title, font_size, weight, 190.0, 3);
    let w = widest(&lines, font_size, weight) * 1.04 + if depth == 0 { 36.0 } else { 22.0 };
    let h = lines.len().max(1) as f64 * line_height(font_size) + if depth == 0 { 22.0 } else { 11.0 };
    let mut branches = Vec::new();
    if depth < FURTHEST {
        for (index, branch) in branch.branches.iter().enumerate() {
            branches.push(measure(branch, depth + 1, if depth == 0 { index } else { series }));
        }
    }
    let total = stack(&branches).max(h);
    Sized { lines, tone: branch.tone, series, w, h, total, branches }
}

fn stack(branches: &[Sized]) -> f64 {
    let gaps = branches.len().saturating_sub(1) as f64 * BELOW;
    branches.iter().map(|branch| branch.total).sum::<f64>() + gaps
}

/// Draws a tree.
pub fn draw(root: &Branch) -> Canvas {
    let mut root = measure(root, 0, 0);
    let branches = std::mem::take(&mut root.branches);
    // The first ones go to the right until half of the height is used.
    let half = stack(&branches) / 2.0;
    let mut used = 0.0;
    let (mut right, mut left) = (Vec::new(), Vec::new());
    for branch in branches {
        let is_right = used + branch.total / 2.0 <= half || right.is_empty();
        used += branch.total + BELOW;
        if is_right { right.push(branch) } else { left.push(branch) }
    }
    let mut canvas = Canvas::default();
    let mut bounds =
        Bounds { left: -root.w / 2.0, right: root.w / 2.0, top: -root.h / 2.0, bottom: root.h / 2.0 };
    for (side, list) in [(1.0, &right), (-1.0, &left)] {
        grow(&mut canvas, list, point(side * root.w / 2.0, 0.0), side, 1, &mut bounds);
    }
    let rect = Rect { x: -root.w / 2.0, y: -root.h / 2.0, w: root.w, h: root.h };
    canvas.rect(rect, root.h / 2.0, filled(Ink::Band).edged(Ink::Text, 1.6));
    let top = -(root.lines.len() as f64) * line_height(15.0) / 2.0;
    canvas.lines(0.0, top, Anchor::Middle, bold(15.0, Ink::Text), &root.lines);
    canvas.reach(bounds.right, bounds.bottom);
    let mut whole = Canvas::default();
    whole.put(canvas, point(-bounds.left, -bounds.top));
    whole
}

struct Bounds {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

fn grow(canvas: &mut Canvas, list: &[Sized], from: Point, side: f64, depth: usize, bounds: &mut Bounds) {
    let mut y = from.y - stack(list) / 2.0;
    for branch in list {
        let middle = y + branch.total / 2.0;
        let near = from.x + side * ASIDE;
        let rect = Rect {
            x: if side > 0.0 { near } else { near - branch.w },
            y: middle - branch.h / 2.0,
            w: branch.w,
            h: branch.h,
        };
        let bend = (from.x + near) / 2.0;
        let line = if depth == 1 { 2.4 } else { 1.5 };
        canvas.path(
            vec![
                Step::Move(from),
                Step::Curve(point(bend, from.y), point(bend, middle), point(near, middle)),
            ],
            stroked(Ink::Series(branch.series), line),
        );
        let style = if branch.tone == Tone::Plain {
            filled(Ink::SeriesFill(branch.series)).edged(Ink::Series(branch.series), 1.1)
        } else {
            filled(Ink::Fill(branch.tone)).edged(Ink::Border(branch.tone), 1.4)
        };
        canvas.rect(rect, 7.0, style);
        let font_size = size::TEXT + 0.5;
        let top = middle - branch.lines.len() as f64 * line_height(font_size) / 2.0;
        let face = if depth == 1 { bold(font_size, Ink::Text) } else { font(font_size, Ink::Text) };
        canvas.lines(rect.middle().x, top, Anchor::Middle, face, &branch.lines);
        badge(canvas, point(rect.right() - 3.0, rect.y + 2.0), branch.tone);
        bounds.left = bounds.left.min(rect.x);
        bounds.right = bounds.right.max(rect.right());
        bounds.top = bounds.top.min(rect.y - 6.0);
        bounds.bottom = bounds.bottom.max(rect.bottom());
        let far = if side > 0.0 { rect.right() } else { rect.x };
        grow(canvas, &branch.branches, point(far, middle), side, depth + 1, bounds);
        y += branch.total + BELOW;
    }
}
