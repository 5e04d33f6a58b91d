//! Where things lie across: in their order, with the space that they need, and so that lines are as straight as can be.

use super::order::Ordered;
use super::rank::Ranked;
use super::{Plan, Thing, gap, is_sideways};
use crate::diagrams::layout::at::{At, Lists};
use crate::diagrams::layout::simplex::{self, Constraint};

/// Places across.
#[derive(Debug, Default)]
pub(crate) struct Across {
    /// The middles of boxes.
    pub boxes: Vec<i64>,
    /// The two sides of frames.
    pub frames: Vec<(i64, i64)>,
    /// For each line, where it is in each rank from its first to its last, ends included.
    pub lines: Vec<Vec<i64>>,
    /// How far the whole reaches.
    pub breadth: i64,
}

/// The variables of the search.
struct Variables {
    boxes: usize,
    /// For each line, the variable of each rank on its way.
    lines: Vec<Vec<usize>>,
    count: usize,
}

impl Variables {
    /// The variable of a thing in a rank.
    fn of(&self, thing: Thing, rank: usize, ranked: &Ranked) -> Option<usize> {
        match thing {
            Thing::Box(index) => Some(index),
            Thing::Open(frame) => Some(self.boxes + 2 * frame),
            Thing::Close(frame) => Some(self.boxes + 2 * frame + 1),
            Thing::Line(line) => {
                let first = ranked.ranged(line)?.first;
                self.lines.list(line).get(rank.checked_sub(first + 1)?).copied()
            }
            Thing::Nothing => None,
        }
    }
}

/// Where lines meet boxes, measured from the middles of these.
pub(crate) struct Ports {
    /// For each line, at its lower and its higher end.
    pub ends: Vec<(i64, i64)>,
}

/// Gives each end of a line a place of its own at its box, in the order of what the lines lead to.
fn ports(plan: &Plan, ranked: &Ranked, places: &[Vec<(Thing, usize)>]) -> Ports {
    let count = plan.boxes.len();
    // For each box, the lines that leave it and those that reach it, by where they come from.
    let mut leaving = vec![Vec::new(); count];
    let mut reaching = vec![Vec::new(); count];
    let find = |rank: usize, thing: Thing| {
        let list = places.list(rank);
        list.binary_search_by_key(&thing, |(thing, _)| *thing)
            .ok()
            .and_then(|found| list.get(found))
            .map_or(0, |(_, place)| *place)
    };
    for line in 0..plan.lines.len() {
        let Some(range) = ranked.ranged(line) else { continue };
        let (mut next, mut before) = (Thing::Line(line), Thing::Line(line));
        if range.last == range.first + 1 {
            (next, before) = (Thing::Box(range.to), Thing::Box(range.from));
        }
        leaving.add(range.from, (find(range.first + 1, next), line));
        reaching.add(range.to, (find(range.last - 1, before), line));
    }
    let mut ends = vec![(0, 0); plan.lines.len()];
    for index in 0..count {
        let shift = -plan.boxes.get(index).map_or(0, |planned| super::even(planned.aside)) / 2;
        let room = (plan.size(index).0 + 2 * shift.min(0) - 20).max(2);
        for (lists, is_leaving) in [(&mut leaving, true), (&mut reaching, false)] {
            let Some(list) = lists.get_mut(index) else { continue };
            list.sort_unstable();
            // Each end takes the room of its label; all are squeezed together where a box is too small.
            let wanted: Vec<i64> = list.iter().map(|(_, line)| super::port(plan, *line)).collect();
            let sum: i64 = wanted.windows(2).map(|pair| pair.iter().sum::<i64>() / 2).sum();
            let mut at = 0;
            let mut offsets = vec![0];
            for pair in wanted.windows(2) {
                let step = pair.iter().sum::<i64>() / 2;
                at += if sum > room { step * room / sum } else { step };
                offsets.push(at);
            }
            for ((_, line), offset) in list.iter().zip(offsets) {
                let offset = offset - at / 2 + shift;
                let (from, to) = ends.at(*line);
                ends.put(*line, if is_leaving { (offset, to) } else { (from, offset) });
            }
        }
    }
    Ports { ends }
}

/// Half of what a thing needs across.
fn half(plan: &Plan, ranked: &Ranked, thing: Thing, rank: usize) -> i64 {
    match thing {
        Thing::Box(index) => plan.size(index).0 / 2,
        Thing::Line(line) if ranked.label_rank(line) == Some(rank) => plan.label(line).0 / 2,
        _ => 0,
    }
}

/// The space between neighbours.
fn between(plan: &Plan, ranked: &Ranked, a: Thing, b: Thing, rank: usize) -> i64 {
    let title = |frame: usize| {
        let height = plan.frames.get(frame).map_or(0, |frame| super::even(frame.title_h));
        if is_sideways(plan.direction) { height } else { 0 }
    };
    let is_label = |thing: Thing| half(plan, ranked, thing, rank) > 0 && matches!(thing, Thing::Line(_));
    match (a, b) {
        (Thing::Open(frame), Thing::Line(_)) => gap::INSIDE - 4 + title(frame),
        (Thing::Open(frame), _) => gap::INSIDE + title(frame),
        (Thing::Close(_), Thing::Close(_)) => gap::INSIDE,
        (Thing::Close(_), Thing::Line(_)) | (Thing::Line(_), Thing::Open(_)) => gap::LINE_BOX,
        (Thing::Close(_), _) | (_, Thing::Open(_)) => gap::OUTSIDE,
        (_, Thing::Close(_)) => gap::INSIDE,
        (Thing::Box(_), Thing::Box(_)) => gap::BOXES,
        (Thing::Line(_), Thing::Line(_)) if is_label(a) || is_label(b) => gap::LABELS,
        (Thing::Line(_), Thing::Line(_)) => gap::LINES,
        _ => gap::LINE_BOX,
    }
}

/// Which lines must bend on their way, at which ranks: where they cross others that are on their way, or sides of frames.
fn bends(plan: &Plan, ranked: &Ranked, ordered: &Ordered, places: &[Vec<(Thing, usize)>]) -> Vec<Vec<usize>> {
    let mut bends = vec![Vec::new(); plan.lines.len()];
    for rank in 0..ranked.count.saturating_sub(1) {
        let behind = places.list(rank + 1);
        // What goes on from this rank to the next, in order, with the place that it has there.
        let straight: Vec<(Thing, usize)> = ordered
            .ranks
            .list(rank)
            .iter()
            .filter(|thing| !matches!(thing, Thing::Box(_)))
            .filter_map(|thing| {
                let found = behind.binary_search_by_key(thing, |(thing, _)| *thing).ok()?;
                behind.get(found).map(|(_, place)| (*thing, *place))
            })
            .collect();
        for (index, (thing, place)) in straight.iter().enumerate() {
            let Thing::Line(line) = *thing else { continue };
            let yields = |other: &Thing| !matches!(other, Thing::Line(other) if *other > line);
            let earlier = straight.iter().take(index).any(|(other, at)| at > place && yields(other));
            let later = straight.iter().skip(index + 1).any(|(other, at)| at < place && yields(other));
            if earlier || later {
                bends.add(line, rank);
            }
        }
    }
    bends
}

/// Finds places across.
pub(crate) fn place(plan: &Plan, ranked: &Ranked, ordered: &Ordered) -> Across {
    let places: Vec<Vec<(Thing, usize)>> = ordered
        .ranks
        .iter()
        .map(|things| {
            let mut list: Vec<(Thing, usize)> =
                things.iter().enumerate().map(|(at, thing)| (*thing, at)).collect();
            list.sort_unstable();
            list
        })
        .collect();
    let ports = ports(plan, ranked, &places);
    let bends = bends(plan, ranked, ordered, &places);
    let solve = |may_merge: bool| {
        let (variables, constraints) = constraints(plan, ranked, ordered, &ports, &bends, may_merge);
        let pivots = (400_000 / (variables.count + 1)).clamp(60, 4000);
        let values = simplex::solve(variables.count, &constraints, pivots)?;
        Some((variables, values))
    };
    // Straight lines can contradict each other in rare cases; then they may bend at every rank.
    let Some((variables, values)) = solve(true).or_else(|| solve(false)) else { return Across::default() };
    let mut across = Across { lines: vec![Vec::new(); plan.lines.len()], ..Across::default() };
    across.boxes = (0..plan.boxes.len()).map(|index| values.at(index)).collect();
    for frame in 0..plan.frames.len() {
        let side = |thing: Thing| variables.of(thing, 0, ranked).map_or(0, |variable| values.at(variable));
        across.frames.push((side(Thing::Open(frame)), side(Thing::Close(frame))));
    }
    for line in 0..plan.lines.len() {
        let Some(range) = ranked.ranged(line) else { continue };
        let (from, to) = ports.ends.at(line);
        across.lines.add(line, values.at(range.from) + from);
        for variable in variables.lines.list(line) {
            across.lines.add(line, values.at(*variable));
        }
        across.lines.add(line, values.at(range.to) + to);
        if let Some(places) = across.lines.get_mut(line) {
            straighten(places);
        }
    }
    across.breadth = values.iter().copied().max().unwrap_or(0);
    across
}

/// Ends that lie beside their line by less than anybody means move along their box.
fn straighten(places: &mut [i64]) {
    if let [first, second, ..] = places
        && (*first - *second).abs() <= 5
    {
        *first = *second;
    }
    if let [.., before, last] = places
        && (*last - *before).abs() <= 5
    {
        *last = *before;
    }
}

fn constraints(
    plan: &Plan,
    ranked: &Ranked,
    ordered: &Ordered,
    ports: &Ports,
    bends: &[Vec<usize>],
    may_merge: bool,
) -> (Variables, Vec<Constraint>) {
    let count = plan.boxes.len() + 2 * plan.frames.len();
    let mut variables = Variables { boxes: plan.boxes.len(), lines: Vec::new(), count };
    for line in 0..plan.lines.len() {
        let mut list = Vec::new();
        if let Some(range) = ranked.ranged(line) {
            for rank in range.first + 1..range.last {
                let goes_on = may_merge && rank > range.first + 1 && !bends.list(line).contains(&(rank - 1));
                if !goes_on {
                    variables.count += 1;
                }
                list.push(variables.count - 1);
            }
        }
        variables.lines.push(list);
    }
    let mut constraints = Vec::new();
    for (rank, things) in ordered.ranks.iter().enumerate() {
        for pair in things.windows(2) {
            let [a, b] = pair else { continue };
            let (Some(from), Some(to)) = (variables.of(*a, rank, ranked), variables.of(*b, rank, ranked))
            else {
                continue;
            };
            let min = half(plan, ranked, *a, rank)
                + between(plan, ranked, *a, *b, rank)
                + half(plan, ranked, *b, rank);
            constraints.push(Constraint { from, to, min, weight: 0 });
        }
    }
    for (index, frame) in plan.frames.iter().enumerate() {
        if ranked.frames.at(index).is_some() {
            let title = if is_sideways(plan.direction) { 0 } else { super::even(frame.title_w) };
            let (from, to) = (plan.boxes.len() + 2 * index, plan.boxes.len() + 2 * index + 1);
            let min = title + 2 * gap::INSIDE;
            constraints.push(Constraint { from, to, min, weight: 1 });
        }
    }
    // How far a line is from straight between two ranks: a variable before both ends, so that the sum of the distances to
    // them counts.
    let mut pull = |a: usize, a_port: i64, b: usize, b_port: i64, weight: i64| {
        if a == b {
            return;
        }
        let low = a_port.min(b_port);
        let middle = variables.count;
        variables.count += 1;
        // Distances are measured between ports: y_a + a_port and y_b + b_port.
        constraints.push(Constraint { from: middle, to: a, min: low - a_port, weight });
        constraints.push(Constraint { from: middle, to: b, min: low - b_port, weight });
    };
    for line in 0..plan.lines.len() {
        let Some(range) = ranked.ranged(line) else { continue };
        let (from_port, to_port) = ports.ends.at(line);
        let mut at = (range.from, from_port, true);
        for variable in variables.lines.list(line) {
            pull(at.0, at.1, *variable, 0, if at.2 { 2 } else { 8 });
            at = (*variable, 0, false);
        }
        pull(at.0, at.1, range.to, to_port, if at.2 { 4 } else { 2 });
    }
    (variables, constraints)
}
