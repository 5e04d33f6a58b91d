//! The network simplex method: integers that keep their distances and lie as near to each other as they can. It puts boxes
//! into ranks and onto lines. (Gansner, Koutsofios, North, Vo: A Technique for Drawing Directed Graphs, 1993.)

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::at::{At, Lists};

/// `to` lies at least `min` behind `from`, and each further step costs `weight`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Constraint {
    pub from: usize,
    pub to: usize,
    pub min: i64,
    pub weight: i64,
}

/// Values for `count` variables that keep all constraints, the cheapest when `pivots` suffice; the least value of each part
/// that hangs together is 0. Nothing when constraints contradict each other.
pub(crate) fn solve(count: usize, constraints: &[Constraint], pivots: usize) -> Option<Vec<i64>> {
    let parts = parts(count, constraints);
    let mut all = constraints.to_vec();
    // One more variable ties the parts together.
    let mut tied = vec![false; count + 1];
    for variable in 0..count {
        if !tied.at(parts.at(variable)) {
            tied.put(parts.at(variable), true);
            all.push(Constraint { from: count, to: variable, min: 0, weight: 0 });
        }
    }
    let mut tree = Tree::new(count + 1, all)?;
    tree.grow();
    tree.index();
    for _ in 0..pivots {
        let Some(leaving) = tree.leaving() else { break };
        let Some(entering) = tree.entering(leaving) else { break };
        tree.exchange(leaving, entering);
    }
    let mut least = vec![i64::MAX; count];
    for variable in 0..count {
        let part = parts.at(variable);
        least.put(part, least.at(part).min(tree.values.at(variable)));
    }
    Some((0..count).map(|variable| tree.values.at(variable) - least.at(parts.at(variable))).collect())
}

/// For each variable, the first variable of the part that it hangs together with.
fn parts(count: usize, constraints: &[Constraint]) -> Vec<usize> {
    let mut near = vec![Vec::new(); count];
    for constraint in constraints {
        near.add(constraint.from, constraint.to);
        near.add(constraint.to, constraint.from);
    }
    let mut part = vec![usize::MAX; count];
    for first in 0..count {
        let mut waiting = vec![first];
        while let Some(variable) = waiting.pop() {
            if part.at(variable) == usize::MAX {
                part.put(variable, first);
                waiting.extend(near.list(variable));
            }
        }
    }
    part
}

/// A spanning tree of constraints without slack, and what follows from it.
struct Tree {
    constraints: Vec<Constraint>,
    /// The constraints at each variable.
    near: Vec<Vec<usize>>,
    values: Vec<i64>,
    in_tree: Vec<bool>,
    /// For each variable, the constraint that leads to its parent.
    up: Vec<usize>,
    /// The variables, children before parents, and for each variable its place and the first place of its subtree.
    order: Vec<usize>,
    place: Vec<usize>,
    first: Vec<usize>,
    /// For each constraint of the tree, what one step longer would cost.
    cut: Vec<i64>,
    cursor: usize,
}

impl Tree {
    /// Values that keep all constraints; nothing when there are none.
    fn new(count: usize, constraints: Vec<Constraint>) -> Option<Self> {
        let mut near = vec![Vec::new(); count];
        let mut before = vec![0usize; count];
        for (index, constraint) in constraints.iter().enumerate() {
            near.add(constraint.from, index);
            near.add(constraint.to, index);
            before.put(constraint.to, before.at(constraint.to) + 1);
        }
        let mut ready: VecDeque<usize> = (0..count).filter(|variable| before.at(*variable) == 0).collect();
        let mut values = vec![0i64; count];
        let mut done = 0;
        while let Some(variable) = ready.pop_front() {
            done += 1;
            for constraint in near.list(variable).iter().filter_map(|index| constraints.get(*index)) {
                if constraint.from == variable {
                    let to = constraint.to;
                    values.put(to, values.at(to).max(values.at(variable) + constraint.min));
                    before.put(to, before.at(to).saturating_sub(1));
                    if before.at(to) == 0 {
                        ready.push_back(to);
                    }
                }
            }
        }
        if done < count {
            return None;
        }
        let (in_tree, cut) = (vec![false; constraints.len()], vec![0; constraints.len()]);
        let (up, place, first) = (vec![usize::MAX; count], vec![0; count], vec![0; count]);
        Some(Self { constraints, near, values, in_tree, up, order: Vec::new(), place, first, cut, cursor: 0 })
    }

    fn constraint(&self, index: usize) -> Constraint {
        self.constraints.at(index)
    }

    fn slack(&self, constraint: Constraint) -> i64 {
        self.values.at(constraint.to) - self.values.at(constraint.from) - constraint.min
    }

    /// Grows a tree of constraints without slack, moving what is in it until it reaches everything. Always the constraint with
    /// the least slack comes next; two heaps know it, one of those that lead out of the tree and one of those that lead in.
    fn grow(&mut self) {
        let mut is_in = vec![false; self.values.len()];
        // How far the tree has moved: the value of what is in it is the one that is kept, and this.
        let mut moved = 0i64;
        let mut heaps: [BinaryHeap<Reverse<(i64, usize)>>; 2] = [BinaryHeap::new(), BinaryHeap::new()];
        let mut joining = Some(0);
        while let Some(variable) = joining.take() {
            is_in.put(variable, true);
            let value = self.values.at(variable);
            self.values.put(variable, value - moved);
            for &index in self.near.list(variable) {
                let Constraint { from, to, min, .. } = self.constraints.at(index);
                let [out, into] = &mut heaps;
                if from == variable && !is_in.at(to) {
                    out.push(Reverse((self.values.at(to) - value - min + moved, index)));
                } else if to == variable && !is_in.at(from) {
                    into.push(Reverse((value - self.values.at(from) - min - moved, index)));
                }
            }
            let done = |index: usize| {
                let constraint = self.constraints.at(index);
                is_in.at(constraint.from) && is_in.at(constraint.to)
            };
            for heap in &mut heaps {
                while heap.peek().is_some_and(|Reverse((_, index))| done(*index)) {
                    heap.pop();
                }
            }
            let [out, into] = &heaps;
            let out = out.peek().map(|Reverse((key, index))| (key - moved, *index));
            let into = into.peek().map(|Reverse((key, index))| (key + moved, *index));
            let (slack, index, leads_out) = match (out, into) {
                (Some(out), Some(into)) if out <= into => (out.0, out.1, true),
                (_, Some(into)) => (into.0, into.1, false),
                (Some(out), None) => (out.0, out.1, true),
                (None, None) => break,
            };
            moved += if leads_out { slack } else { -slack };
            self.in_tree.put(index, true);
            let constraint = self.constraint(index);
            joining = Some(if leads_out { constraint.to } else { constraint.from });
        }
        for (value, is_in) in self.values.iter_mut().zip(is_in) {
            *value += if is_in { moved } else { 0 };
        }
    }

    /// Finds parents, places and cut values of the tree.
    fn index(&mut self) {
        self.order.clear();
        let mut stack = vec![(0usize, 0usize)];
        self.up.put(0, usize::MAX);
        self.first.put(0, 0);
        while let Some((variable, next)) = stack.pop() {
            let parent = self.up.at(variable);
            let mut child = None;
            for (offset, &index) in self.near.list(variable).iter().enumerate().skip(next) {
                if self.in_tree.at(index) && index != parent {
                    child = Some((offset, index));
                    break;
                }
            }
            match child {
                Some((offset, index)) => {
                    let constraint = self.constraint(index);
                    let other = if constraint.from == variable { constraint.to } else { constraint.from };
                    stack.push((variable, offset + 1));
                    self.up.put(other, index);
                    self.first.put(other, self.order.len());
                    stack.push((other, 0));
                }
                None => {
                    self.place.put(variable, self.order.len());
                    self.order.push(variable);
                    self.weigh(variable);
                }
            }
        }
    }

    /// The cut value of the constraint between a variable and its parent, when those below are known.
    fn weigh(&mut self, variable: usize) {
        let up = self.up.at(variable);
        if up == usize::MAX {
            return;
        }
        let is_tail = self.constraint(up).from == variable;
        let mut cut = self.constraint(up).weight;
        for &index in self.near.list(variable).iter().filter(|index| **index != up) {
            let constraint = self.constraints.at(index);
            let same_way = (constraint.from == variable) == is_tail;
            cut += if same_way { constraint.weight } else { -constraint.weight };
            if self.in_tree.at(index) {
                cut += if same_way { -self.cut.at(index) } else { self.cut.at(index) };
            }
        }
        self.cut.put(up, cut);
    }

    /// A constraint of the tree that would better be longer: the worst of the first few that are found.
    fn leaving(&mut self) -> Option<usize> {
        let count = self.constraints.len();
        let (mut worst, mut found) = (None, 0);
        for step in 0..count {
            let index = (self.cursor + step) % count;
            if self.in_tree.at(index) && self.cut.at(index) < 0 {
                if worst.is_none_or(|worst| self.cut.at(index) < self.cut.at(worst)) {
                    worst = Some(index);
                }
                found += 1;
                if found >= 20 {
                    self.cursor = (index + 1) % count;
                    break;
                }
            }
        }
        worst
    }

    /// The child end of a constraint of the tree.
    fn child(&self, index: usize) -> usize {
        let constraint = self.constraint(index);
        if self.up.at(constraint.from) == index { constraint.from } else { constraint.to }
    }

    fn is_below(&self, variable: usize, top: usize) -> bool {
        (self.first.at(top)..=self.place.at(top)).contains(&self.place.at(variable))
    }

    /// The constraint with the least slack that leads back over the cut of the leaving one.
    fn entering(&self, leaving: usize) -> Option<usize> {
        let child = self.child(leaving);
        let is_tail = self.constraint(leaving).from == child;
        let mut best: Option<(i64, usize)> = None;
        for place in self.first.at(child)..=self.place.at(child) {
            let variable = self.order.at(place);
            for &index in self.near.list(variable) {
                let constraint = self.constraint(index);
                let (inner, outer) =
                    if is_tail { (constraint.to, constraint.from) } else { (constraint.from, constraint.to) };
                if inner == variable && !self.is_below(outer, child) {
                    let candidate = (self.slack(constraint), index);
                    if best.is_none_or(|best| candidate < best) {
                        best = Some(candidate);
                    }
                }
            }
        }
        best.map(|(_, index)| index)
    }

    fn exchange(&mut self, leaving: usize, entering: usize) {
        let child = self.child(leaving);
        let is_tail = self.constraint(leaving).from == child;
        let slack = self.slack(self.constraint(entering));
        let step = if is_tail { -slack } else { slack };
        for place in self.first.at(child)..=self.place.at(child) {
            let variable = self.order.at(place);
            self.values.put(variable, self.values.at(variable) + step);
        }
        self.in_tree.put(leaving, false);
        self.in_tree.put(entering, true);
        self.index();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn constraint(from: usize, to: usize, min: i64, weight: i64) -> Constraint {
        Constraint { from, to, min, weight }
    }

    #[test]
    fn what_hangs_together_lies_as_near_as_the_constraints_allow() {
        // A chain of four, and a short way around that should lie at its end.
        let constraints = [
            constraint(0, 1, 1, 1),
            constraint(1, 2, 1, 1),
            constraint(2, 3, 1, 1),
            constraint(0, 4, 1, 1),
            constraint(4, 3, 1, 5),
        ];
        assert_eq!(solve(5, &constraints, 100), Some(vec![0, 1, 2, 3, 2]));
    }

    #[test]
    fn parts_that_do_not_hang_together_all_begin_at_nothing() {
        assert_eq!(solve(4, &[constraint(0, 1, 3, 1), constraint(3, 2, 2, 1)], 100), Some(vec![0, 3, 2, 0]));
    }

    #[test]
    fn constraints_in_a_circle_have_no_answer() {
        assert_eq!(solve(2, &[constraint(0, 1, 1, 1), constraint(1, 0, 1, 1)], 100), None);
    }
}
