//! The moves of the search for a good order.

use super::{Child, Places, Search};
use crate::diagrams::layout::at::{At, Lists};
use crate::diagrams::layout::layered::Thing;

impl Search<'_> {
    /// Moves everything to the middle of what it is tied to in the rank before, or behind.
    pub(super) fn sweep(&mut self, is_forward: bool) {
        self.place_frames();
        let count = self.ranked.count;
        for step in 0..count {
            let rank = if is_forward { step } else { count - 1 - step };
            self.sort(rank, is_forward);
            self.spread(rank);
        }
    }

    /// Where frames want to be: between where they are and what they are tied to.
    fn place_frames(&mut self) {
        let count = self.plan.frames.len();
        let mut own = vec![(0.0, 0u32); count];
        let mut wish = own.clone();
        let around: Vec<Vec<usize>> =
            self.plan.boxes.iter().map(|planned| self.plan.around(planned.frame)).collect();
        let note = |sums: &mut Vec<(f64, u32)>, frame: usize, at: f64| {
            let (sum, number) = sums.at(frame);
            sums.put(frame, (sum + at, number + 1));
        };
        for (index, frames) in around.iter().enumerate() {
            frames.iter().for_each(|frame| note(&mut own, *frame, self.box_at.at(index)));
        }
        for line in &self.plan.lines {
            for (inner, outer) in [(line.from, line.to), (line.to, line.from)] {
                let others = around.list(outer);
                for frame in around.list(inner).iter().filter(|frame| !others.contains(frame)) {
                    note(&mut wish, *frame, self.box_at.at(outer));
                }
            }
        }
        for frame in 0..count {
            let mean = |(sum, number): (f64, u32)| (number > 0).then(|| sum / f64::from(number));
            let here = mean(own.at(frame)).unwrap_or_default();
            self.frame_at.put(frame, (here + mean(wish.at(frame)).unwrap_or(here)) / 2.0);
        }
    }

    fn sort(&mut self, rank: usize, is_forward: bool) {
        // For boxes and lines of this rank: the sum of what they are tied to, and how many that are.
        let mut boxes = vec![(0.0, 0u32); self.plan.boxes.len()];
        let mut lines = vec![(0.0, 0u32); self.plan.lines.len()];
        let near = if is_forward { rank.checked_sub(1) } else { Some(rank) };
        for segment in near.map_or(&[][..], |near| self.segments.list(near)) {
            let (mine, other, other_rank) = if is_forward {
                (segment.b, segment.a, rank.saturating_sub(1))
            } else {
                (segment.a, segment.b, rank + 1)
            };
            let at = self.at(other, other_rank);
            let note = |sums: &mut Vec<(f64, u32)>, index: usize| {
                let (sum, number) = sums.at(index);
                sums.put(index, (sum + at, number + 1));
            };
            match mine {
                Thing::Box(index) => note(&mut boxes, index),
                Thing::Line(index) => note(&mut lines, index),
                _ => {}
            }
        }
        let mut lists = self.children.get_mut(rank).map(std::mem::take).unwrap_or_default();
        for list in &mut lists {
            let mut keyed: Vec<(f64, usize, Child)> = list
                .iter()
                .enumerate()
                .map(|(place, child)| {
                    let key = match *child {
                        Child::Leaf(thing) => {
                            let (sum, number) = match thing {
                                Thing::Box(index) => boxes.at(index),
                                Thing::Line(index) => lines.at(index),
                                _ => (0.0, 0),
                            };
                            if number > 0 { sum / f64::from(number) } else { self.at(thing, rank) }
                        }
                        Child::Frame(frame) => self.frame_at.at(frame),
                        Child::Nothing => 0.0,
                    };
                    // Frames that want the same place keep one order in all ranks.
                    let tie = if let Child::Frame(frame) = *child { frame } else { place };
                    (key, tie, *child)
                })
                .collect();
            keyed.sort_by(|a, b| {
                let by_key = a.0.total_cmp(&b.0);
                let both = matches!((a.2, b.2), (Child::Frame(_), Child::Frame(_)));
                if both { by_key.then(a.1.cmp(&b.1)) } else { by_key }
            });
            *list = keyed.into_iter().map(|(_, _, child)| child).collect();
        }
        if let Some(slot) = self.children.get_mut(rank) {
            *slot = lists;
        }
    }

    /// Lets neighbours change places as long as that saves crossings.
    pub(super) fn exchange_neighbours(&mut self) {
        for _ in 0..6 {
            let mut has_changed = false;
            for rank in 0..self.ranked.count {
                has_changed |= self.exchange_in(rank);
            }
            if !has_changed {
                break;
            }
        }
        (0..self.ranked.count).for_each(|rank| self.spread(rank));
    }

    fn exchange_in(&mut self, rank: usize) -> bool {
        let before = rank.checked_sub(1).map(|before| Places::new(self, before));
        let behind = (rank + 1 < self.ranked.count).then(|| Places::new(self, rank + 1));
        // The places, before and behind, that each thing of this rank is tied to.
        let mut ties = Ties::default();
        if let (Some(places), Some(before)) = (&before, rank.checked_sub(1)) {
            self.segments
                .list(before)
                .iter()
                .for_each(|segment| ties.add(segment.b, places.of(segment.a), 0));
        }
        if let Some(places) = &behind {
            self.segments.list(rank).iter().for_each(|segment| ties.add(segment.a, places.of(segment.b), 1));
        }
        ties.ties.sort_unstable();
        let mut has_changed = false;
        let slots = self.children.list(rank).len();
        for slot in 0..slots {
            let mut list = self.children.list(rank).list(slot).to_vec();
            if list.len() < 2 {
                continue;
            }
            let reach: Vec<[Vec<usize>; 2]> =
                list.iter().map(|child| self.reach(rank, *child, &ties)).collect();
            let mut order: Vec<usize> = (0..list.len()).collect();
            for _ in 0..list.len().min(8) {
                let mut has_moved = false;
                for place in 1..list.len() {
                    let (a, b) = (order.at(place - 1), order.at(place));
                    let are_frames = matches!((list.at(a), list.at(b)), (Child::Frame(_), Child::Frame(_)));
                    if !are_frames && crossed(&reach, a, b) > crossed(&reach, b, a) {
                        order.swap(place - 1, place);
                        has_moved = true;
                    }
                }
                if !has_moved {
                    break;
                }
                has_changed = true;
            }
            list = order.iter().map(|place| list.at(*place)).collect();
            if let Some(kept) = self.children.get_mut(rank).and_then(|lists| lists.get_mut(slot)) {
                *kept = list;
            }
        }
        has_changed
    }

    /// The places, before and behind, that a child is tied to, with all that is in it.
    fn reach(&self, rank: usize, child: Child, ties: &Ties) -> [Vec<usize>; 2] {
        let mut things = Vec::new();
        match child {
            Child::Leaf(thing) => things.push(thing),
            Child::Frame(frame) => {
                things.push(Thing::Open(frame));
                self.flatten(self.children.list(rank), frame + 1, 0, &mut things);
                things.push(Thing::Close(frame));
            }
            Child::Nothing => {}
        }
        let mut reach =
            [0, 1].map(|side| things.iter().flat_map(|thing| ties.of(*thing, side)).collect::<Vec<usize>>());
        reach.iter_mut().for_each(|side| side.sort_unstable());
        reach
    }

    /// Lets frames beside each other change places, in all ranks, as long as that saves crossings.
    pub(super) fn exchange_frames(&mut self, least: &mut u64) {
        let count = self.plan.frames.len();
        // Every try looks at the whole picture: large ones get fewer.
        let mut tries = 60_000 / (self.plan.boxes.len() + self.plan.lines.len() + 1);
        for _ in 0..3 {
            let mut has_changed = false;
            for (one, other) in (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other))) {
                let parent = |frame: usize| self.plan.frames.get(frame).and_then(|frame| frame.parent);
                if parent(one) != parent(other) || tries == 0 || *least == 0 {
                    continue;
                }
                tries -= 1;
                let mut changed = self.clone();
                if !changed.exchange(one, other, parent(one).map_or(0, |frame| frame + 1)) {
                    continue;
                }
                changed.exchange_neighbours();
                let crossings = changed.crossings();
                if crossings < *least {
                    *least = crossings;
                    *self = changed;
                    has_changed = true;
                }
            }
            if !has_changed {
                break;
            }
        }
    }

    /// Exchanges two frames in all ranks; not when a third one stands between them.
    fn exchange(&mut self, one: usize, other: usize, slot: usize) -> bool {
        let mut has_changed = false;
        for lists in &mut self.children {
            let Some(list) = lists.get_mut(slot) else { continue };
            let place = |frame: usize| list.iter().position(|child| *child == Child::Frame(frame));
            let (Some(a), Some(b)) = (place(one), place(other)) else { continue };
            let between = list.get(a.min(b) + 1..a.max(b)).unwrap_or_default();
            if between.iter().any(|child| matches!(child, Child::Frame(_))) {
                return false;
            }
            list.swap(a, b);
            has_changed = true;
        }
        has_changed
    }
}

/// How often lines cross when the one stands before the other.
fn crossed(reach: &[[Vec<usize>; 2]], first: usize, second: usize) -> usize {
    let (Some(first), Some(second)) = (reach.get(first), reach.get(second)) else { return 0 };
    first
        .iter()
        .zip(second)
        .map(|(first, second)| {
            first.iter().map(|place| second.partition_point(|other| other < place)).sum::<usize>()
        })
        .sum()
}

/// What the things of a rank are tied to, before and behind.
#[derive(Default)]
struct Ties {
    ties: Vec<(Thing, u8, usize)>,
}

impl Ties {
    fn add(&mut self, thing: Thing, place: usize, side: u8) {
        self.ties.push((thing, side, place));
    }

    /// The places that a thing is tied to on a side; ties are sorted before.
    fn of(&self, thing: Thing, side: u8) -> impl Iterator<Item = usize> {
        let first = self.ties.partition_point(|tie| (tie.0, tie.1) < (thing, side));
        let rest = self.ties.get(first..).unwrap_or_default();
        rest.iter().take_while(move |tie| (tie.0, tie.1) == (thing, side)).map(|tie| tie.2)
    }
}
