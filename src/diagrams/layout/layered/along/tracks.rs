//! The tracks on which lines run across between two ranks: so that no two lie on each other and few cross.

use crate::diagrams::layout::at::{At, Lists};
use crate::diagrams::layout::layered::Plan;
use crate::diagrams::layout::layered::across::Across;
use crate::diagrams::layout::layered::rank::Ranked;

/// Tracks of lines.
pub(super) struct Tracks {
    /// How many tracks there are behind each rank.
    pub count: Vec<i64>,
    /// For each line, its track behind each of its ranks.
    pub at: Vec<Vec<i64>>,
}

/// A line that changes its place across between two ranks.
#[derive(Clone, Copy, Default)]
struct Step {
    line: usize,
    index: usize,
    from: i64,
    to: i64,
}

/// Distances below this look like one line.
const NEAR: i64 = 7;

impl Step {
    fn reach(&self) -> (i64, i64) {
        (self.from.min(self.to), self.from.max(self.to))
    }

    fn covers(&self, place: i64) -> bool {
        let (low, high) = self.reach();
        low < place && place < high
    }

    /// What it costs when this one runs on a track before the other one's.
    fn cost_before(&self, other: &Self) -> i64 {
        let crossed = i64::from(self.covers(other.from)) + i64::from(other.covers(self.to));
        // What this one runs along after its track, and the other one before its own, would be the same.
        let overlap = if (self.to - other.from).abs() < NEAR { 30 } else { 0 };
        crossed + overlap
    }

    fn meets(&self, other: &Self) -> bool {
        let ((low, high), (other_low, other_high)) = (self.reach(), other.reach());
        low < other_high + NEAR && other_low < high + NEAR
    }
}

/// Gives every step a track.
pub(super) fn assign(plan: &Plan, ranked: &Ranked, across: &Across) -> Tracks {
    let mut behind: Vec<Vec<Step>> = vec![Vec::new(); ranked.count];
    let mut tracks = Tracks { count: vec![0; ranked.count], at: vec![Vec::new(); plan.lines.len()] };
    for line in 0..plan.lines.len() {
        let Some(range) = ranked.ranged(line) else { continue };
        for (index, pair) in across.lines.list(line).windows(2).enumerate() {
            tracks.at.add(line, 0);
            if let [from, to] = *pair
                && from != to
            {
                behind.add(range.first + index, Step { line, index, from, to });
            }
        }
    }
    for (rank, mut steps) in behind.into_iter().enumerate() {
        // Those that go up come first by where they go up to, those that go down the other way around: they nest.
        steps.sort_by_key(|step| {
            let is_down = step.to > step.from;
            (is_down, if is_down { -step.from } else { step.from }, step.line)
        });
        settle(&mut steps);
        let mut used: Vec<i64> = Vec::with_capacity(steps.len());
        for (place, step) in steps.iter().enumerate() {
            let before = steps.iter().zip(&used).take(place);
            let track = before.filter(|(other, _)| other.meets(step)).map(|(_, track)| track + 1).max();
            used.push(track.unwrap_or(0));
            if let Some(list) = tracks.at.get_mut(step.line) {
                list.put(step.index, track.unwrap_or(0));
            }
            tracks.count.put(rank, tracks.count.at(rank).max(track.unwrap_or(0) + 1));
        }
    }
    tracks
}

/// Lets steps change places as long as that saves crossings.
fn settle(steps: &mut [Step]) {
    for _ in 0..steps.len().min(40) {
        let mut has_moved = false;
        for place in 1..steps.len() {
            let (a, b) = (steps.at(place - 1), steps.at(place));
            if a.meets(&b) && a.cost_before(&b) > b.cost_before(&a) {
                steps.swap(place - 1, place);
                has_moved = true;
            }
        }
        if !has_moved {
            break;
        }
    }
}
