//! Which rank a box is in: as far along as what it comes after, and as near to it as can be.

use super::Plan;
use crate::diagrams::layout::at::{At, Lists};
use crate::diagrams::layout::simplex::{self, Constraint};

/// Ranks of boxes, and of frames.
#[derive(Debug, Default)]
pub(crate) struct Ranked {
    /// The rank of each box.
    pub boxes: Vec<usize>,
    /// The first and last rank of each frame; none when nothing is in it.
    pub frames: Vec<Option<(usize, usize)>>,
    /// The lines, each with its ends in the order of ranks and whether that turned it around; none for a line from a box to
    /// itself, or to nowhere.
    pub lines: Vec<Option<Ranging>>,
    /// How many ranks there are.
    pub count: usize,
}

/// A line between ranks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Ranging {
    /// The end in the lower rank.
    pub from: usize,
    /// The end in the higher rank.
    pub to: usize,
    /// Whether the line runs against the ranks.
    pub is_turned: bool,
}

/// The lines that run against the order in which boxes are reached: without them there is no way back to a box.
pub(super) fn turned(plan: &Plan) -> Vec<bool> {
    let count = plan.boxes.len();
    let mut out = vec![Vec::new(); count];
    let mut comes_in = vec![false; count];
    for (index, line) in plan.lines.iter().enumerate() {
        out.add(line.from, index);
        if line.from != line.to {
            comes_in.put(line.to, true);
        }
    }
    let mut turned = vec![false; plan.lines.len()];
    // 0: not seen, 1: on the way, 2: done.
    let mut state = vec![0u8; count];
    // Where nothing comes in, things begin; circles begin where they are written first.
    let starts = (0..count).filter(|index| !comes_in.at(*index)).chain(0..count);
    for start in starts {
        let mut stack = vec![(start, 0)];
        while let Some((index, next)) = stack.pop() {
            if next == 0 {
                if state.at(index) != 0 {
                    continue;
                }
                state.put(index, 1);
            }
            let Some(&line) = out.list(index).get(next) else {
                state.put(index, 2);
                continue;
            };
            stack.push((index, next + 1));
            let to = plan.lines.get(line).map_or(index, |line| line.to);
            match state.at(to) {
                0 => stack.push((to, 0)),
                1 if to != index => turned.put(line, true),
                _ => {}
            }
        }
    }
    turned
}

/// Puts boxes into ranks.
pub(crate) fn rank(plan: &Plan, is_staged: bool) -> Ranked {
    let count = plan.boxes.len();
    let turned = turned(plan);
    let mut ranked = Ranked { frames: vec![None; plan.frames.len()], ..Ranked::default() };
    for (line, is_turned) in plan.lines.iter().zip(turned) {
        let is_drawn = line.from != line.to && line.from < count && line.to < count;
        let (from, to) = if is_turned { (line.to, line.from) } else { (line.from, line.to) };
        ranked.lines.push(is_drawn.then_some(Ranging { from, to, is_turned }));
    }
    // Labels take a rank of their own between the boxes.
    let step = if (0..plan.lines.len()).any(|line| plan.label(line).0 > 0) { 2 } else { 1 };
    let mut constraints: Vec<Constraint> = Vec::new();
    for line in ranked.lines.iter().flatten() {
        constraints.push(Constraint { from: line.from, to: line.to, min: step, weight: 1 });
    }
    let pivots = (2_000_000 / (count + 1)).clamp(200, 4000);
    let staged = is_staged.then(|| stages(plan, &ranked.lines, step)).flatten();
    let values = staged
        .and_then(|(total, stages)| {
            let all: Vec<Constraint> = constraints.iter().chain(&stages).copied().collect();
            simplex::solve(total, &all, pivots)
        })
        .or_else(|| simplex::solve(count, &constraints, pivots))
        .unwrap_or_default();
    ranked.boxes = (0..count).map(|index| usize::try_from(values.at(index)).unwrap_or(0)).collect();
    super::spread::spread(plan, &mut ranked, step as usize);
    for index in 0..count {
        let at = ranked.boxes.at(index);
        for frame in plan.around(plan.boxes.get(index).and_then(|planned| planned.frame)) {
            if let Some(range) = ranked.frames.get_mut(frame) {
                let (first, last) = range.unwrap_or((at, at));
                *range = Some((first.min(at), last.max(at)));
            }
        }
    }
    ranked.count = ranked.boxes.iter().max().map_or(0, |last| last + 1);
    ranked
}

/// Constraints that put frames behind those that their lines come from, where lines lead only one way; with the number of
/// variables that they need. Nothing when there are no such frames.
fn stages(plan: &Plan, lines: &[Option<Ranging>], step: i64) -> Option<(usize, Vec<Constraint>)> {
    let frames = plan.frames.len();
    let around: Vec<Vec<usize>> = plan.boxes.iter().map(|planned| plan.around(planned.frame)).collect();
    let parent = |frame: usize| plan.frames.get(frame).and_then(|frame| frame.parent);
    // Which frame leads to which, among those that stand beside each other.
    let mut leads: Vec<(usize, usize)> = Vec::new();
    for line in lines.iter().flatten() {
        for from in around.list(line.from) {
            let other = around.list(line.to).iter().find(|to| *to != from && parent(**to) == parent(*from));
            if let Some(to) = other.filter(|_| !around.list(line.to).contains(from)) {
                leads.push((*from, *to));
            }
        }
    }
    leads.sort_unstable();
    leads.dedup();
    // Frames that lead to each other, over whatever way, cannot stand behind each other.
    let mut reach: Vec<Vec<bool>> = vec![vec![false; frames]; frames];
    if frames > 80 {
        return None;
    }
    leads.iter().for_each(|(from, to)| {
        if let Some(row) = reach.get_mut(*from) {
            row.put(*to, true)
        }
    });
    for middle in 0..frames {
        let through = reach.list(middle).to_vec();
        for row in reach.iter_mut().filter(|row| row.at(middle)) {
            row.iter_mut().zip(&through).for_each(|(reached, more)| *reached |= more);
        }
    }
    leads.retain(|(from, to)| !reach.list(*to).at(*from));
    let mut constraints = Vec::new();
    let mut total = plan.boxes.len();
    for (from, to) in &leads {
        for (index, frames) in around.iter().enumerate() {
            if frames.contains(from) {
                constraints.push(Constraint { from: index, to: total, min: step, weight: 0 });
            } else if frames.contains(to) {
                constraints.push(Constraint { from: total, to: index, min: 0, weight: 0 });
            }
        }
        total += 1;
    }
    (!leads.is_empty()).then_some((total, constraints))
}

/// A line with the ranks of its ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Ranged {
    /// The box in the lower rank.
    pub from: usize,
    /// The box in the higher rank.
    pub to: usize,
    /// The lower rank.
    pub first: usize,
    /// The higher rank.
    pub last: usize,
    /// Whether the line runs against the ranks.
    pub is_turned: bool,
}

impl Ranked {
    /// The ranks that a line runs between.
    pub(crate) fn ranged(&self, line: usize) -> Option<Ranged> {
        let Ranging { from, to, is_turned } = self.lines.at(line)?;
        let (first, last) = (self.boxes.at(from), self.boxes.at(to));
        (first < last).then_some(Ranged { from, to, first, last, is_turned })
    }

    /// The rank that the label of a line stands in: the middle of its way.
    pub(crate) fn label_rank(&self, line: usize) -> Option<usize> {
        let range = self.ranged(line)?;
        let middle = (range.first + range.last) / 2;
        (range.first < middle && middle < range.last).then(|| {
            // Labels stand between boxes, not among them.
            if (middle - range.first) % 2 == 0 { middle - 1 } else { middle }
        })
    }
}
