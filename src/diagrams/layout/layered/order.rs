//! The order of things in their ranks, with as few crossings as can be found: boxes move to the middle of what they are tied
//! to, back and forth over the ranks, then neighbours change places. The order of frames beside each other is the same in all ranks.

mod sweep;

use super::rank::{Ranged, Ranked};
use super::{Plan, Thing, gap};
use crate::diagrams::layout::at::{At, Lists};

/// The order in each rank.
#[derive(Debug, Default)]
pub(crate) struct Ordered {
    /// The things of each rank, frames opened before what is in them and closed behind it.
    pub ranks: Vec<Vec<Thing>>,
}

/// What a frame holds in a rank.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Child {
    Leaf(Thing),
    Frame(usize),
    #[default]
    Nothing,
}

/// A piece of a line, or the side of a frame, between two ranks that follow each other.
#[derive(Clone, Copy, Debug, Default)]
struct Segment {
    a: Thing,
    b: Thing,
}

/// The state of the search.
#[derive(Clone)]
struct Search<'a> {
    plan: &'a Plan,
    ranked: &'a Ranked,
    /// For each rank, and in it for no frame and for each frame, what is in it, in order.
    children: Vec<Vec<Vec<Child>>>,
    /// The segments behind each rank.
    segments: Vec<Vec<Segment>>,
    /// Where the pieces of each line are kept in lists about pieces.
    pieces: Vec<usize>,
    piece_count: usize,
    /// Where boxes, pieces and frames lie, roughly.
    box_at: Vec<f64>,
    piece_at: Vec<f64>,
    frame_at: Vec<f64>,
}

/// Finds an order with few crossings.
pub(crate) fn order(plan: &Plan, ranked: &Ranked) -> Ordered {
    let mut search = Search::new(plan, ranked);
    let mut best = search.clone();
    let mut least = (search.crossings(), search.disorder());
    let rounds = if plan.boxes.len() > 400 { 6 } else { 16 };
    let mut last_gain = 0;
    for round in 0..rounds {
        if least.0 == 0 && round >= 4 || round > last_gain + 6 {
            break;
        }
        search.sweep(round % 2 == 0);
        let mut polished = search.clone();
        polished.exchange_neighbours();
        let reached = (polished.crossings(), polished.disorder());
        if reached < least {
            (least, last_gain) = (reached, round);
            best = polished;
        }
    }
    best.exchange_frames(&mut least.0);
    best.exchange_neighbours();
    // A picture and its mirror image are as good as each other: the one nearer to the order of the design stays the same when
    // the design changes a little.
    let mut mirrored = best.clone();
    mirrored.mirror();
    if mirrored.disorder() < best.disorder() {
        best = mirrored;
    }
    Ordered { ranks: (0..ranked.count).map(|rank| best.flat(rank)).collect() }
}

impl<'a> Search<'a> {
    fn new(plan: &'a Plan, ranked: &'a Ranked) -> Self {
        let mut children = vec![vec![Vec::new(); plan.frames.len() + 1]; ranked.count];
        let slot = |frame: Option<usize>| frame.map_or(0, |frame| frame + 1);
        let mut add = |rank: usize, frame: Option<usize>, child: Child| {
            if let Some(lists) = children.get_mut(rank) {
                lists.add(slot(frame), child);
            }
        };
        let mut segments = vec![Vec::new(); ranked.count];
        for (index, frame) in plan.frames.iter().enumerate() {
            if let Some((first, last)) = ranked.frames.at(index) {
                (first..=last).for_each(|rank| add(rank, frame.parent, Child::Frame(index)));
                for rank in first..last {
                    segments.add(rank, Segment { a: Thing::Open(index), b: Thing::Open(index) });
                    segments.add(rank, Segment { a: Thing::Close(index), b: Thing::Close(index) });
                }
            }
        }
        for (index, planned) in plan.boxes.iter().enumerate() {
            add(ranked.boxes.at(index), planned.frame, Child::Leaf(Thing::Box(index)));
        }
        let mut pieces = Vec::with_capacity(plan.lines.len());
        let mut piece_count = 0;
        for index in 0..plan.lines.len() {
            pieces.push(piece_count);
            let Some(range) = ranked.ranged(index) else { continue };
            piece_count += range.last - range.first - 1;
            for rank in range.first..range.last {
                let a = if rank == range.first { Thing::Box(range.from) } else { Thing::Line(index) };
                let b = if rank + 1 == range.last { Thing::Box(range.to) } else { Thing::Line(index) };
                segments.add(rank, Segment { a, b });
                if rank > range.first {
                    add(rank, frame_on_the_way(plan, ranked, range, rank), Child::Leaf(Thing::Line(index)));
                }
            }
        }
        let (box_at, piece_at) = (vec![0.0; plan.boxes.len()], vec![0.0; piece_count]);
        let frame_at = vec![0.0; plan.frames.len()];
        let mut search =
            Self { plan, ranked, children, segments, pieces, piece_count, box_at, piece_at, frame_at };
        (0..ranked.count).for_each(|rank| search.spread(rank));
        search
    }

    /// Where the piece of a line in a rank is kept.
    fn piece(&self, line: usize, rank: usize) -> usize {
        let first = self.ranked.ranged(line).map_or(0, |range| range.first);
        (self.pieces.at(line) + rank).saturating_sub(first + 1).min(self.piece_count)
    }

    /// The things of a rank in order.
    fn flat(&self, rank: usize) -> Vec<Thing> {
        let lists = self.children.list(rank);
        let mut out = Vec::new();
        self.flatten(lists, 0, 0, &mut out);
        out
    }

    fn flatten(&self, lists: &[Vec<Child>], slot: usize, depth: usize, out: &mut Vec<Thing>) {
        for child in lists.list(slot) {
            match *child {
                Child::Leaf(thing) => out.push(thing),
                Child::Frame(frame) => {
                    out.push(Thing::Open(frame));
                    // Frames lie in each other as far as the picture says, and no picture is deeper than its frames are many.
                    if depth <= self.plan.frames.len() {
                        self.flatten(lists, frame + 1, depth + 1, out);
                    }
                    out.push(Thing::Close(frame));
                }
                Child::Nothing => {}
            }
        }
    }

    /// How far a thing reaches across.
    fn breadth(&self, thing: Thing, rank: usize) -> i64 {
        match thing {
            Thing::Box(index) => self.plan.size(index).0 + gap::BOXES,
            Thing::Line(line) if self.ranked.label_rank(line) == Some(rank) => {
                self.plan.label(line).0 + gap::LABELS
            }
            Thing::Line(_) => gap::LINES,
            Thing::Open(_) | Thing::Close(_) => gap::INSIDE + gap::OUTSIDE / 2,
            Thing::Nothing => 0,
        }
    }

    /// Lays the things of a rank beside each other, around the middle.
    fn spread(&mut self, rank: usize) {
        let things = self.flat(rank);
        let total: i64 = things.iter().map(|thing| self.breadth(*thing, rank)).sum();
        let mut at = -(total as f64) / 2.0;
        for thing in things {
            let breadth = self.breadth(thing, rank) as f64;
            match thing {
                Thing::Box(index) => self.box_at.put(index, at + breadth / 2.0),
                Thing::Line(line) => {
                    let piece = self.piece(line, rank);
                    self.piece_at.put(piece, at + breadth / 2.0);
                }
                _ => {}
            }
            at += breadth;
        }
    }

    /// Where a thing lies, roughly.
    fn at(&self, thing: Thing, rank: usize) -> f64 {
        match thing {
            Thing::Box(index) => self.box_at.at(index),
            Thing::Line(line) => self.piece_at.at(self.piece(line, rank)),
            _ => 0.0,
        }
    }

    /// How many pairs of boxes stand in another order than they are written in.
    fn disorder(&self) -> u64 {
        let mut pairs = 0;
        for rank in 0..self.ranked.count {
            let things = self.flat(rank);
            let boxes = things.iter().filter_map(|thing| match thing {
                Thing::Box(index) => Some(*index),
                _ => None,
            });
            let mut seen: Vec<usize> = Vec::new();
            for index in boxes {
                let place = seen.partition_point(|other| *other < index);
                pairs += (seen.len() - place) as u64;
                seen.insert(place, index);
            }
        }
        pairs
    }

    /// Turns the order around in all ranks.
    fn mirror(&mut self) {
        self.children.iter_mut().flatten().for_each(|list| list.reverse());
        (0..self.ranked.count).for_each(|rank| self.spread(rank));
    }

    /// How often lines cross each other and the sides of frames.
    fn crossings(&self) -> u64 {
        (0..self.ranked.count.saturating_sub(1)).map(|rank| self.crossings_behind(rank)).sum()
    }

    fn crossings_behind(&self, rank: usize) -> u64 {
        let before = Places::new(self, rank);
        let behind = Places::new(self, rank + 1);
        let mut ends: Vec<(usize, usize)> = self
            .segments
            .list(rank)
            .iter()
            .map(|segment| (before.of(segment.a), behind.of(segment.b)))
            .collect();
        ends.sort_unstable();
        // Counts, for each segment, those before it that end behind it.
        let mut sums = vec![0u64; behind.count + 1];
        let mut crossings = 0;
        for (seen, (_, end)) in ends.iter().enumerate() {
            let mut not_behind = 0;
            let mut place = end + 1;
            while place > 0 {
                not_behind += sums.at(place);
                place &= place - 1;
            }
            crossings += seen as u64 - not_behind;
            let mut place = end + 1;
            while place < sums.len() {
                sums.put(place, sums.at(place) + 1);
                place += place & place.wrapping_neg();
            }
        }
        crossings
    }
}

/// The places of things in a rank.
struct Places {
    count: usize,
    places: Vec<(Thing, usize)>,
}

impl Places {
    fn new(search: &Search<'_>, rank: usize) -> Self {
        let things = search.flat(rank).into_iter().enumerate();
        let mut places: Vec<(Thing, usize)> = things.map(|(place, thing)| (thing, place)).collect();
        places.sort_unstable();
        Self { count: places.len(), places }
    }

    fn of(&self, thing: Thing) -> usize {
        let found = self.places.binary_search_by_key(&thing, |(thing, _)| *thing).ok();
        found.and_then(|found| self.places.get(found)).map_or(0, |(_, place)| *place)
    }
}

/// The frame that a line is in at a rank on its way: one of those around its ends, as long as it has not left it.
fn frame_on_the_way(plan: &Plan, ranked: &Ranked, range: Ranged, rank: usize) -> Option<usize> {
    let around = |index: usize| plan.around(plan.boxes.get(index).and_then(|planned| planned.frame));
    let (from, to) = (around(range.from), around(range.to));
    let is_here = |frame: &&usize| {
        ranked.frames.at(**frame).is_some_and(|(first, last)| (first..=last).contains(&rank))
    };
    let left = from.iter().filter(|frame| !to.contains(frame)).find(is_here);
    let entered = to.iter().filter(|frame| !from.contains(frame)).find(is_here);
    left.or(entered).or_else(|| from.iter().find(|frame| to.contains(frame))).copied()
}
