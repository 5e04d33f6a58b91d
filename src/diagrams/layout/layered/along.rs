//! Where things lie along the way: ranks behind each other with channels between them, in which lines run across on tracks
//! of their own.

mod tracks;

use super::across::Across;
use super::order::Ordered;
use super::rank::Ranked;
use super::{LOOP, Placed, Plan, Point, Rect, Thing, gap, is_sideways};
use crate::diagrams::layout::at::{At, Lists};
use crate::diagrams::picture::Direction;

/// How far frames reach over the ranks that they begin and end with.
struct Margins {
    before: Vec<i64>,
    behind: Vec<i64>,
}

impl Margins {
    /// Frames reach over those in them; `extra` is what single ones need besides.
    fn new(plan: &Plan, ranked: &Ranked, extra: &[i64]) -> Self {
        let count = plan.frames.len();
        let mut margins = Self { before: vec![0; count], behind: vec![0; count] };
        for (index, frame) in plan.frames.iter().enumerate().rev() {
            let title = super::even(frame.title_h);
            let (before, behind) = match plan.direction {
                Direction::TopBottom => (title, 0),
                Direction::BottomTop => (0, title),
                Direction::LeftRight | Direction::RightLeft => (0, 0),
            };
            let more = extra.at(index);
            let own_before = margins.before.at(index) + gap::INSIDE + before;
            let own_behind = margins.behind.at(index) + gap::INSIDE + behind + more;
            margins.before.put(index, own_before);
            margins.behind.put(index, own_behind);
            let (Some(parent), Some((first, last))) = (frame.parent, ranked.frames.at(index)) else {
                continue;
            };
            if let Some((outer_first, outer_last)) = ranked.frames.at(parent) {
                if outer_first == first {
                    margins.before.put(parent, margins.before.at(parent).max(own_before));
                }
                if outer_last == last {
                    margins.behind.put(parent, margins.behind.at(parent).max(own_behind));
                }
            }
        }
        margins
    }
}

/// Where ranks and the tracks before them lie.
struct Ranks {
    start: Vec<i64>,
    size: Vec<i64>,
    /// For each rank, the place of the first track behind it.
    track: Vec<i64>,
}

fn ranks(
    plan: &Plan,
    ranked: &Ranked,
    ordered: &Ordered,
    margins: &Margins,
    tracks: &tracks::Tracks,
) -> Ranks {
    let count = ranked.count;
    let mut ranks = Ranks { start: vec![0; count], size: vec![0; count], track: vec![0; count] };
    let mut before = vec![0i64; count];
    let mut behind = vec![0i64; count];
    for frame in 0..plan.frames.len() {
        if let Some((first, last)) = ranked.frames.at(frame) {
            before.put(first, before.at(first).max(margins.before.at(frame)));
            behind.put(last, behind.at(last).max(margins.behind.at(frame)));
        }
    }
    let has_boxes = |rank: usize| ordered.ranks.list(rank).iter().any(|thing| matches!(thing, Thing::Box(_)));
    let mut at = 0;
    for rank in 0..count {
        at += before.at(rank);
        let sizes = ordered.ranks.list(rank).iter().map(|thing| match thing {
            Thing::Box(index) => plan.size(*index).1,
            Thing::Line(line) if ranked.label_rank(*line) == Some(rank) => plan.label(*line).1,
            _ => 0,
        });
        let size = sizes.max().unwrap_or(0);
        ranks.start.put(rank, at);
        ranks.size.put(rank, size);
        at += size + behind.at(rank);
        let number = tracks.count.at(rank);
        let between_boxes = has_boxes(rank) && has_boxes(rank + 1);
        let (lead, least) = if between_boxes { (gap::LEAD + 4, 44) } else { (gap::LEAD - 2, 20) };
        let tips = super::even(plan.tips);
        let (lead, least) = (lead + tips, least + tips);
        let width = if number > 0 { 2 * lead + (number - 1) * gap::TRACK } else { 0 }.max(least);
        let width = if rank + 1 < count { width } else { 0 };
        ranks.track.put(rank, at + (width - (number - 1).max(0) * gap::TRACK) / 2);
        at += width;
    }
    ranks
}

/// Puts everything where it belongs.
pub(crate) fn place(plan: &Plan, ranked: &Ranked, ordered: &Ordered, across: &Across) -> Placed {
    let tracks = tracks::assign(plan, ranked, across);
    let mut extra = vec![0i64; plan.frames.len()];
    let mut margins = Margins::new(plan, ranked, &extra);
    let mut ranks_at = ranks(plan, ranked, ordered, &margins, &tracks);
    if is_sideways(plan.direction) {
        // Frames are at least as long as their titles; inner ones come first, because outer ones grow with them.
        for (index, frame) in plan.frames.iter().enumerate().rev() {
            let Some((start, end)) = span(index, ranked, &margins, &ranks_at) else { continue };
            let lacking = super::even(frame.title_w) + gap::INSIDE + 8 - (end - start);
            if lacking > 0 {
                extra.put(index, lacking);
                margins = Margins::new(plan, ranked, &extra);
                ranks_at = ranks(plan, ranked, ordered, &margins, &tracks);
            }
        }
    }
    let mut flat = Flat { plan, ranked, across, ranks: &ranks_at, tracks: &tracks };
    flat.draw(&margins)
}

/// Where a frame begins and ends along.
fn span(frame: usize, ranked: &Ranked, margins: &Margins, ranks: &Ranks) -> Option<(i64, i64)> {
    let (first, last) = ranked.frames.at(frame)?;
    let end = ranks.start.at(last) + ranks.size.at(last) + margins.behind.at(frame);
    Some((ranks.start.at(first) - margins.before.at(frame), end))
}

/// The picture along and across, before it is turned the way that it runs.
struct Flat<'a> {
    plan: &'a Plan,
    ranked: &'a Ranked,
    across: &'a Across,
    ranks: &'a Ranks,
    tracks: &'a tracks::Tracks,
}

impl Flat<'_> {
    /// Where a box begins and ends along.
    fn box_span(&self, index: usize) -> (i64, i64) {
        let rank = self.ranked.boxes.at(index);
        let length = self.plan.size(index).1;
        let start = self.ranks.start.at(rank) + (self.ranks.size.at(rank) - length) / 2;
        (start, start + length)
    }

    /// The corners of a line, as pairs of along and across.
    fn corners(&self, line: usize) -> Vec<(i64, i64)> {
        let Some(range) = self.ranked.ranged(line) else { return Vec::new() };
        let places = self.across.lines.list(line);
        let mut corners = vec![(self.box_span(range.from).1, places.at(0))];
        for (step, pair) in places.windows(2).enumerate() {
            let [a, b] = pair else { continue };
            if a != b {
                let rank = range.first + step;
                let along = self.ranks.track.at(rank) + gap::TRACK * self.tracks.at.list(line).at(step);
                corners.push((along, *a));
                corners.push((along, *b));
            }
        }
        corners.push((self.box_span(range.to).0, places.at(places.len().saturating_sub(1))));
        if range.is_turned {
            corners.reverse();
        }
        corners
    }

    fn draw(&mut self, margins: &Margins) -> Placed {
        let plan = self.plan;
        let mut boxes = Vec::new();
        for index in 0..plan.boxes.len() {
            let (start, end) = self.box_span(index);
            let half = plan.size(index).0 / 2;
            let middle = self.across.boxes.at(index);
            let aside = plan.boxes.get(index).map_or(0, |planned| super::even(planned.aside));
            boxes.push((start, middle - half, end, middle + half - aside));
        }
        let mut frames = Vec::new();
        for index in 0..plan.frames.len() {
            let (top, bottom) = self.across.frames.at(index);
            let (start, end) = span(index, self.ranked, margins, self.ranks).unwrap_or_default();
            frames.push(if end > start { (start, top, end, bottom) } else { (0, 0, 0, 0) });
        }
        let lines: Vec<Vec<(i64, i64)>> = (0..plan.lines.len()).map(|line| self.corners(line)).collect();
        let mut labels = Vec::new();
        for (index, line) in plan.lines.iter().enumerate() {
            let (half, length) = plan.label(index);
            let place = self.ranked.label_rank(index).and_then(|rank| {
                let first = self.ranked.ranged(index)?.first;
                let across = self.across.lines.list(index).get(rank - first).copied()?;
                Some((self.ranks.start.at(rank) + self.ranks.size.at(rank) / 2, across))
            });
            labels.push(place.filter(|_| length > 0 && line.label_w > 0.0).map(|(along, across)| {
                (along - length / 2, across - half / 2, along + length / 2, across + half / 2)
            }));
        }
        let all = boxes.iter().chain(&frames).copied().chain(labels.iter().flatten().copied());
        let (mut near, mut far) = ((0, 0), (0, 0));
        let corners = lines.iter().flatten().map(|(along, across)| (*along, *across, *along, *across));
        for (a, b, c, d) in all.chain(corners) {
            near = (near.0.min(a), near.1.min(b));
            far = (far.0.max(c), far.1.max(d));
        }
        let turn = Turn { direction: plan.direction, near, far };
        let mut placed = Placed {
            boxes: boxes.into_iter().map(|sides| turn.rect(sides)).collect(),
            frames: frames.into_iter().map(|sides| turn.rect(sides)).collect(),
            lines: lines
                .into_iter()
                .map(|line| line.into_iter().map(|at| turn.point(at)).collect())
                .collect(),
            labels: labels.into_iter().map(|label| label.map(|sides| turn.rect(sides))).collect(),
            ..Placed::default()
        };
        let size = turn.size();
        (placed.w, placed.h) = (size.x, size.y);
        loops(plan, &mut placed);
        placed
    }
}

/// Lines from a box back to itself, below it or to its right, with their labels beside them.
fn loops(plan: &Plan, placed: &mut Placed) {
    for (index, line) in plan.lines.iter().enumerate().filter(|(_, line)| line.from == line.to) {
        let Some(rect) = placed.boxes.get(line.from).copied() else { continue };
        let (right, bottom, middle) = (rect.right(), rect.bottom(), rect.middle());
        let corner = |x: f64, y: f64| Point { x, y };
        let half = 9.0;
        let (corners, label) = if is_sideways(plan.direction) {
            let out = bottom + LOOP;
            let label = corner(middle.x - line.label_w / 2.0, out + 2.0);
            let (near, far) = (middle.x + half, middle.x - half);
            (vec![corner(near, bottom), corner(near, out), corner(far, out), corner(far, bottom)], label)
        } else {
            let out = right + LOOP;
            let label = corner(out + 2.0, middle.y - line.label_h / 2.0);
            let (near, far) = (middle.y - half, middle.y + half);
            (vec![corner(right, near), corner(out, near), corner(out, far), corner(right, far)], label)
        };
        if let Some(slot) = placed.lines.get_mut(index) {
            *slot = corners;
        }
        let (w, h) = (line.label_w, line.label_h);
        let label = Rect { x: label.x, y: label.y, w, h };
        if let Some(slot) = placed.labels.get_mut(index).filter(|_| w > 0.0) {
            *slot = Some(label);
        }
        placed.w = placed.w.max(right + LOOP + 2.0).max(label.right());
        placed.h = placed.h.max(bottom + LOOP + 2.0).max(label.bottom());
    }
}

/// Turns places along and across into places in the picture.
struct Turn {
    direction: Direction,
    near: (i64, i64),
    far: (i64, i64),
}

impl Turn {
    fn point(&self, (along, across): (i64, i64)) -> Point {
        let forward = (along - self.near.0) as f64;
        let backward = (self.far.0 - along) as f64;
        let aside = (across - self.near.1) as f64;
        match self.direction {
            Direction::LeftRight => Point { x: forward, y: aside },
            Direction::RightLeft => Point { x: backward, y: aside },
            Direction::TopBottom => Point { x: aside, y: forward },
            Direction::BottomTop => Point { x: aside, y: backward },
        }
    }

    fn rect(&self, (a, b, c, d): (i64, i64, i64, i64)) -> Rect {
        let (one, other) = (self.point((a, b)), self.point((c, d)));
        let (x, y) = (one.x.min(other.x), one.y.min(other.y));
        Rect { x, y, w: (one.x - other.x).abs(), h: (one.y - other.y).abs() }
    }

    fn size(&self) -> Point {
        let (along, across) = ((self.far.0 - self.near.0) as f64, (self.far.1 - self.near.1) as f64);
        if is_sideways(self.direction) {
            Point { x: along, y: across }
        } else {
            Point { x: across, y: along }
        }
    }
}
