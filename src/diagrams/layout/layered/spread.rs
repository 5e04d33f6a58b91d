//! What could stand in one rank, and would make a picture that is far too long, is spread over several.

use super::rank::Ranked;
use super::{Plan, gap, is_sideways};
use crate::diagrams::layout::at::{At, Lists};
use std::collections::BTreeMap;

/// So many boxes that hang on the same others may stand in one rank.
const FEW: usize = 12;
/// Boxes that hang on the same others are spread over so many ranks at most: each has to let the lines to the next ones through.
const MOST_RANKS: usize = 8;

/// Spreads boxes that have no lines, frames that none reaches, and boxes that hang on the same others.
pub(super) fn spread(plan: &Plan, ranked: &mut Ranked, step: usize) {
    let mut is_tied = vec![false; plan.boxes.len()];
    for line in ranked.lines.iter().flatten() {
        is_tied.put(line.from, true);
        is_tied.put(line.to, true);
    }
    alone(plan, ranked, &is_tied, step);
    frames(plan, ranked, &is_tied, step);
    alike(plan, ranked, step);
}

/// How much a picture of this size has to shrink for a page.
fn shrinks(plan: &Plan, across: i64, along: i64) -> f64 {
    let (w, h) = if is_sideways(plan.direction) { (along, across) } else { (across, along) };
    (w as f64 / 1500.0).max(h as f64 / 950.0)
}

/// Into how many parts something is taken: one, unless several fit the page much better, so that a small change of the design
/// does not turn the whole picture over.
fn best(most: usize, shrinks: impl Fn(usize) -> f64) -> usize {
    let best = (1..=most.max(1)).min_by(|a, b| shrinks(*a).total_cmp(&shrinks(*b))).unwrap_or(1);
    if shrinks(1) > 1.0 && shrinks(1) > 1.3 * shrinks(best) { best } else { 1 }
}

/// Boxes without lines: about as many beside each other as behind each other.
fn alone(plan: &Plan, ranked: &mut Ranked, is_tied: &[bool], step: usize) {
    for frame in std::iter::once(None).chain((0..plan.frames.len()).map(Some)) {
        let members = |tied: bool| {
            let boxes = plan.boxes.iter().enumerate();
            boxes.filter(move |(index, planned)| planned.frame == frame && is_tied.at(*index) == tied)
        };
        let alone: Vec<usize> = members(false).map(|(index, _)| index).collect();
        let first = members(true).map(|(index, _)| ranked.boxes.at(index)).min().unwrap_or(0);
        let columns = (1..=alone.len()).find(|columns| columns * columns >= alone.len()).unwrap_or(1);
        let columns = if alone.len() < 3 { 1 } else { columns };
        for (place, index) in alone.into_iter().enumerate() {
            ranked.boxes.put(index, first + step * (place % columns));
        }
    }
}

/// A frame that no line reaches, with what is in it.
struct Quiet {
    boxes: Vec<usize>,
    across: i64,
    along: i64,
    /// How many ranks it takes.
    ranks: usize,
}

impl Quiet {
    fn new(plan: &Plan, ranked: &Ranked, boxes: Vec<usize>) -> Self {
        let mut ranks: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
        for index in &boxes {
            let (across, along) = plan.size(*index);
            let (sum, most) = ranks.entry(ranked.boxes.at(*index)).or_default();
            (*sum, *most) = (*sum + across + gap::BOXES, along.max(*most));
        }
        let across = ranks.values().map(|(across, _)| *across).max().unwrap_or(0) + 2 * gap::OUTSIDE;
        let along = ranks.values().map(|(_, along)| along + 2 * gap::LEAD).sum::<i64>() + 2 * gap::INSIDE;
        let first = ranks.keys().next().copied().unwrap_or(0);
        let last = ranks.keys().next_back().copied().unwrap_or(0);
        Self { boxes, across, along, ranks: last - first + 1 }
    }
}

/// Frames beside each other that no line reaches: in rows, when one row is too long.
fn frames(plan: &Plan, ranked: &mut Ranked, is_tied: &[bool], step: usize) {
    let mut inside = vec![Vec::new(); plan.frames.len()];
    for (index, planned) in plan.boxes.iter().enumerate() {
        plan.around(planned.frame).into_iter().for_each(|frame| inside.add(frame, index));
    }
    // Inner ones first: the rows of an outer one depend on how large they are.
    for parent in (0..plan.frames.len()).rev().map(Some).chain([None]) {
        let beside = (0..plan.frames.len())
            .filter(|frame| plan.frames.get(*frame).and_then(|frame| frame.parent) == parent)
            .filter(|frame| {
                let boxes = inside.list(*frame);
                !boxes.is_empty() && !boxes.iter().any(|index| is_tied.at(*index))
            });
        let quiet: Vec<Quiet> =
            beside.map(|frame| Quiet::new(plan, ranked, inside.list(frame).to_vec())).collect();
        let size = |rows: usize| {
            let rows = quiet.chunks(quiet.len().div_ceil(rows).max(1));
            let across = rows.clone().map(|row| row.iter().map(|frame| frame.across).sum::<i64>()).max();
            let along = rows.map(|row| row.iter().map(|frame| frame.along).max().unwrap_or(0)).sum();
            shrinks(plan, across.unwrap_or(0), along)
        };
        let rows = best(quiet.len(), size);
        let mut down = 0;
        for row in quiet.chunks(quiet.len().div_ceil(rows).max(1)) {
            for index in row.iter().flat_map(|frame| &frame.boxes) {
                ranked.boxes.put(*index, ranked.boxes.at(*index) + down);
            }
            down += row.iter().map(|frame| frame.ranks).max().unwrap_or(0).next_multiple_of(step);
        }
    }
}

/// What boxes have in common that hang alike: their frame, whether lines lead to them, and the boxes at the other ends.
type Hang = (Option<usize>, bool, Vec<usize>);

/// Many boxes that hang on the same others, and that nothing else hangs on.
fn alike(plan: &Plan, ranked: &mut Ranked, step: usize) {
    let count = plan.boxes.len();
    let (mut before, mut after) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for line in ranked.lines.iter().flatten() {
        before.add(line.to, line.from);
        after.add(line.from, line.to);
    }
    let mut groups: BTreeMap<Hang, Vec<usize>> = BTreeMap::new();
    for (index, planned) in plan.boxes.iter().enumerate() {
        let (is_last, others) = match (before.list(index), after.list(index)) {
            (others, []) if !others.is_empty() => (true, others),
            ([], others) if !others.is_empty() => (false, others),
            _ => continue,
        };
        let mut others = others.to_vec();
        others.sort_unstable();
        others.dedup();
        groups.entry((planned.frame, is_last, others)).or_default().push(index);
    }
    // How far back boxes went before the first rank.
    let mut back = 0;
    let mut moved: Vec<(usize, bool, usize)> = Vec::new();
    for ((_, is_last, _), boxes) in groups.into_iter().filter(|(_, boxes)| boxes.len() > FEW) {
        let number = boxes.len() as i64;
        let sizes = boxes.iter().map(|index| plan.size(*index));
        let (across, along) = sizes.fold((0, 0), |sum, size| (sum.0 + size.0, sum.1 + size.1));
        let (across, along) = (across / number + gap::BOXES, along / number + 4 * gap::LEAD);
        let ranks = best(MOST_RANKS, |ranks| {
            let each = (boxes.len().div_ceil(ranks)) as i64;
            shrinks(plan, each * across + (number - each) * gap::LINES, along * ranks as i64)
        });
        for (place, chunk) in boxes.chunks(boxes.len().div_ceil(ranks).max(1)).enumerate() {
            for index in chunk {
                moved.push((*index, is_last, place * step));
                if !is_last {
                    back = back.max((place * step).saturating_sub(ranked.boxes.at(*index)));
                }
            }
        }
    }
    if back > 0 {
        ranked.boxes.iter_mut().for_each(|rank| *rank += back);
    }
    for (index, is_last, by) in moved {
        let rank = ranked.boxes.at(index);
        ranked.boxes.put(index, if is_last { rank + by } else { rank.saturating_sub(by) });
    }
}
