//! Boxes in layers, in frames that lie in each other, with lines at right angles that run around them.
//!
//! Everything is computed along two axes: `along` the way that the graph runs, and `across` it. Boxes get ranks (where they
//! are along), an order in their rank, and then a place across; the network simplex method does the first and the last. A
//! frame takes part in all ranks between its first and its last, so what does not belong to it stays outside.

mod across;
mod along;
mod order;
mod rank;
mod spread;

use super::at::At;
use super::{Point, Rect};
use crate::diagrams::picture::Direction;

/// What is to be laid out. Indexes point into the lists.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Plan {
    /// Which way it runs.
    pub direction: Direction,
    /// The boxes.
    pub boxes: Vec<PlannedBox>,
    /// The frames, outer ones before inner ones.
    pub frames: Vec<PlannedFrame>,
    /// The lines.
    pub lines: Vec<PlannedLine>,
    /// Room that lines need besides, straight before a box, for what is at their ends.
    pub tips: f64,
}

/// A box of a known size.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct PlannedBox {
    /// How wide it is.
    pub w: f64,
    /// How high it is.
    pub h: f64,
    /// The frame that it stands in.
    pub frame: Option<usize>,
    /// Room kept free across, below it or to its right, for lines that come back to it.
    pub aside: f64,
}

/// A frame with a title.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct PlannedFrame {
    /// The frame around it.
    pub parent: Option<usize>,
    /// How wide its title is.
    pub title_w: f64,
    /// How high its title is.
    pub title_h: f64,
}

/// A line from box to box.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct PlannedLine {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// How wide its label is; nothing when there is none.
    pub label_w: f64,
    /// How high its label is.
    pub label_h: f64,
}

/// Where everything lies.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Placed {
    /// How wide the whole is.
    pub w: f64,
    /// How high the whole is.
    pub h: f64,
    /// The boxes.
    pub boxes: Vec<Rect>,
    /// The frames.
    pub frames: Vec<Rect>,
    /// The lines: corners from the first box to the second.
    pub lines: Vec<Vec<Point>>,
    /// The labels of the lines, which the lines run through the middle of.
    pub labels: Vec<Option<Rect>>,
}

/// The space between things, in pixels.
pub(crate) mod gap {
    /// Between boxes of a rank.
    pub const BOXES: i64 = 28;
    /// Between a line and a box.
    pub const LINE_BOX: i64 = 16;
    /// Between lines.
    pub const LINES: i64 = 12;
    /// Between labels, and labels and boxes.
    pub const LABELS: i64 = 10;
    /// Between a frame and what is in it.
    pub const INSIDE: i64 = 18;
    /// Between a frame and what is beside it.
    pub const OUTSIDE: i64 = 22;
    /// Between ends of lines at a box.
    pub const PORTS: i64 = 14;
    /// Along, between a box and the first line that runs across.
    pub const LEAD: i64 = 16;
    /// Along, between lines that run across.
    pub const TRACK: i64 = 10;
}

/// The room that a line needs that comes back to its box, with its label.
pub fn loop_room(direction: Direction, label_w: f64, label_h: f64) -> f64 {
    let label = if is_sideways(direction) { label_h } else { label_w };
    LOOP + if label > 0.0 { label + 8.0 } else { 4.0 }
}

/// How far lines go out that come back to their box.
pub(crate) const LOOP: f64 = 18.0;

/// What stands at a place in a rank.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) enum Thing {
    /// A box.
    Box(usize),
    /// A line on its way.
    Line(usize),
    /// The near side of a frame.
    Open(usize),
    /// The far side of a frame.
    Close(usize),
    /// Nothing.
    #[default]
    Nothing,
}

/// Whether the graph runs from side to side.
pub(crate) fn is_sideways(direction: Direction) -> bool {
    matches!(direction, Direction::LeftRight | Direction::RightLeft)
}

/// Lays everything out: with frames behind each other where their lines run one way, unless that
/// makes the picture much larger.
pub fn lay_out(plan: &Plan) -> Placed {
    let loose = lay_out_ranked(plan, &rank::rank(plan, false));
    if plan.frames.len() < 2 || plan.boxes.len() > 300 {
        return loose;
    }
    let staged = rank::rank(plan, true);
    let staged = lay_out_ranked(plan, &staged);
    // Not whichever is a little smaller: then any change of the design could turn the whole picture over.
    if staged.size_on_page() < 1.3 * loose.size_on_page() { staged } else { loose }
}

fn lay_out_ranked(plan: &Plan, ranked: &rank::Ranked) -> Placed {
    let plan = &with_room_for_ends(plan, ranked);
    let ordered = order::order(plan, ranked);
    let across = across::place(plan, ranked, &ordered);
    along::place(plan, ranked, &ordered, &across)
}

impl Placed {
    /// How much it has to shrink for a page, and how much of that it would leave empty.
    fn size_on_page(&self) -> f64 {
        (self.w / 1500.0).max(self.h / 950.0) + self.w * self.h / 8e6
    }
}

/// Which lines run back to where they came from, as seen from the boxes that nothing leads to: without them there are no
/// circles.
pub fn turned(plan: &Plan) -> Vec<bool> {
    rank::turned(plan)
}

/// The ranks of boxes alone, for pictures that have a layout of their own.
pub fn ranks(plan: &Plan) -> Vec<usize> {
    rank::rank(plan, false).boxes
}

/// How much room the end of a line takes at its box: labels beside each other need more than lines.
pub(crate) fn port(plan: &Plan, line: usize) -> i64 {
    let label = plan.label(line).0;
    if is_sideways(plan.direction) && label > 0 && label <= 20 { label + gap::LABELS } else { gap::PORTS }
}

/// Boxes with many lines at a side grow until these have room.
fn with_room_for_ends(plan: &Plan, ranked: &rank::Ranked) -> Plan {
    let mut grown = plan.clone();
    let mut ends = vec![(0i64, 0i64); plan.boxes.len()];
    for (line, range) in (0..plan.lines.len()).filter_map(|line| Some((line, ranked.ranged(line)?))) {
        let room = port(plan, line).min(if plan.lines.len() > 60 { gap::PORTS } else { 40 });
        let (leaving, reaching) = ends.at(range.from);
        ends.put(range.from, (leaving + room, reaching));
        let (leaving, reaching) = ends.at(range.to);
        ends.put(range.to, (leaving, reaching + room));
    }
    for (planned, (leaving, reaching)) in grown.boxes.iter_mut().zip(ends) {
        let room = leaving.max(reaching) as f64 + 4.0;
        if is_sideways(plan.direction) {
            planned.h = planned.h.max(room);
        } else {
            planned.w = planned.w.max(room);
        }
    }
    grown
}

/// Rounds up to an even number of pixels, so that middles are whole.
pub(crate) fn even(size: f64) -> i64 {
    let whole = if size.is_finite() { size.clamp(0.0, 1e6).ceil() as i64 } else { 0 };
    whole + whole % 2
}

impl Plan {
    /// How far a box reaches across, and along.
    pub(crate) fn size(&self, index: usize) -> (i64, i64) {
        let planned = self.boxes.get(index).copied().unwrap_or_default();
        let (w, h, aside) = (even(planned.w), even(planned.h), even(planned.aside));
        if is_sideways(self.direction) { (h + aside, w) } else { (w + aside, h) }
    }

    /// How far the label of a line reaches across, and along.
    pub(crate) fn label(&self, index: usize) -> (i64, i64) {
        let line = self.lines.get(index).copied().unwrap_or_default();
        let (w, h) = (even(line.label_w), even(line.label_h));
        if w == 0 {
            (0, 0)
        } else if is_sideways(self.direction) {
            (h, w)
        } else {
            (w, h)
        }
    }

    /// The frames around a frame, from inside to outside, itself first.
    pub(crate) fn around(&self, frame: Option<usize>) -> Vec<usize> {
        let mut found = Vec::new();
        let mut next = frame;
        while let Some(index) = next {
            if found.contains(&index) || index >= self.frames.len() {
                break;
            }
            found.push(index);
            next = self.frames.get(index).and_then(|frame| frame.parent);
        }
        found
    }
}
