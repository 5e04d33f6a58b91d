//! An exact answer for structures in which parts are shared.
//!
//! A decision diagram asks for one part after the other whether it is down, and joins all questions that lead to the
//! same rest. Built once, it is evaluated in one pass for any probabilities.

use super::probability;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A monotone structure over parts: what must work for the whole to work.
///
/// Meant for structures that fit on a page. For graphs of services with long chains or many layers use a [`Builder`]: a
/// tree repeats what is shared, and is copied and given back by recursion.
#[derive(Clone, Debug, PartialEq)]
pub enum Needs {
    /// Always works.
    Nothing,
    /// One part, by its number.
    Part(u32),
    /// Each of them. All of none always work.
    All(Vec<Needs>),
    /// At least one of them. Any of none never works.
    Any(Vec<Needs>),
    /// At least as many of them.
    AtLeast(usize, Vec<Needs>),
}

impl Needs {
    fn children(&self) -> &[Needs] {
        match self {
            Needs::Nothing | Needs::Part(_) => &[],
            Needs::All(children) | Needs::Any(children) | Needs::AtLeast(_, children) => children,
        }
    }
}

/// A node beyond this many is not made: the structure is given up.
const MOST_NODES: usize = 1_000_000;
/// More questions than this are not asked while a diagram is built.
const MOST_STEPS: usize = 10_000_000;

const WORKS: u32 = 0;
const FAILS: u32 = 1;
/// Nodes are numbered after the two answers.
const ANSWERS: usize = 2;

/// One question. Its two rests have smaller numbers than itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) part: u32,
    pub(super) up: u32,
    pub(super) down: u32,
}

/// An ordered binary decision diagram of a structure.
#[derive(Clone, Debug)]
pub struct Diagram {
    nodes: Vec<Node>,
    root: u32,
    variables: usize,
    parts: Vec<u32>,
}

impl Diagram {
    /// Builds the diagram of a structure over the parts `0..variables`, in the order in which they first appear.
    ///
    /// Nothing when a part has a higher number, or when there are more than a million parts or questions, or when it would
    /// take too long to find them.
    pub fn new(needs: &Needs, variables: usize) -> Option<Self> {
        let mut builder = Builder::new(&first_appearance(needs, variables)?, variables)?;
        // Children before what they belong to, without recursion: structures may be nested deeply.
        let mut open = vec![(needs, false)];
        let mut done: Vec<Condition> = Vec::new();
        while let Some((needs, children_done)) = open.pop() {
            if !children_done {
                open.push((needs, true));
                open.extend(needs.children().iter().rev().map(|child| (child, false)));
                continue;
            }
            let children = done.split_off(done.len().checked_sub(needs.children().len())?);
            done.push(match needs {
                Needs::Nothing => Condition(WORKS),
                Needs::Part(part) => builder.part(*part)?,
                Needs::All(_) => builder.all(&children)?,
                Needs::Any(_) => builder.any(&children)?,
                Needs::AtLeast(number, _) => builder.at_least(*number, &children)?,
            });
        }
        Some(builder.finish(done.pop()?))
    }

    /// The unavailability of the whole, given that of each part.
    ///
    /// Parts without a probability are unknown, and then so is the whole if it depends on them.
    pub fn unavailability(&self, parts: &[f64]) -> f64 {
        self.evaluate(parts, &mut Vec::new())
    }

    /// As [`Diagram::unavailability`], with memory that is used again; it then has the value of each node.
    pub(super) fn evaluate(&self, parts: &[f64], values: &mut Vec<f64>) -> f64 {
        values.clear();
        values.reserve(self.nodes.len() + ANSWERS);
        values.extend([0.0, 1.0]);
        for node in &self.nodes {
            let down = parts.get(node.part as usize).map_or(f64::NAN, |part| probability(*part));
            values.push((1.0 - down) * value(values, node.up) + down * value(values, node.down));
        }
        probability(value(values, self.root))
    }

    /// Birnbaum's importance of each part: by how much the unavailability of the whole rises when it is down rather
    /// than up. One pass up and one down give all of them.
    pub fn importance(&self, parts: &[f64]) -> Vec<f64> {
        let mut values = Vec::new();
        self.evaluate(parts, &mut values);
        self.importance_of(parts, &values)
    }

    /// As [`Diagram::importance`], when the nodes have been evaluated already.
    pub(super) fn importance_of(&self, parts: &[f64], values: &[f64]) -> Vec<f64> {
        let mut importance = vec![0.0; self.variables];
        // How likely it is that a question is asked.
        let mut asked = vec![0.0; self.nodes.len() + ANSWERS];
        add(&mut asked, self.root, 1.0);
        for (index, node) in self.nodes.iter().enumerate().rev() {
            let weight = asked.get(index + ANSWERS).copied().unwrap_or(0.0);
            let down = parts.get(node.part as usize).map_or(f64::NAN, |part| probability(*part));
            let difference = value(values, node.down) - value(values, node.up);
            // More down is never better; what rounding says is not heard.
            add(&mut importance, node.part, if difference < 0.0 { 0.0 } else { weight * difference });
            add(&mut asked, node.up, weight * (1.0 - down));
            add(&mut asked, node.down, weight * down);
        }
        importance
    }

    /// How often the whole stops working, given how often each part fails (over all the time).
    pub fn frequency(&self, parts: &[f64], failure_frequencies: &[f64]) -> f64 {
        weighted(&self.importance(parts), failure_frequencies)
    }

    /// How many questions there are.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// The parts that the whole depends on, in the order in which they are asked for.
    pub fn parts(&self) -> &[u32] {
        &self.parts
    }

    /// How many parts there are, whether the whole depends on them or not.
    pub fn variables(&self) -> usize {
        self.variables
    }

    pub(super) fn node(&self, number: u32) -> Option<&Node> {
        self.nodes.get((number as usize).checked_sub(ANSWERS)?)
    }

    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub(super) fn root(&self) -> u32 {
        self.root
    }

    pub(super) fn always_fails(number: u32) -> bool {
        number == FAILS
    }
}

fn value(values: &[f64], number: u32) -> f64 {
    values.get(number as usize).copied().unwrap_or(f64::NAN)
}

fn add(values: &mut [f64], number: u32, more: f64) {
    if let Some(slot) = values.get_mut(number as usize) {
        *slot += more;
    }
}

/// The sum of what each part adds. What does not matter, or never fails, adds nothing, known or not.
pub(super) fn weighted(importance: &[f64], frequencies: &[f64]) -> f64 {
    let pairs = importance.iter().zip(frequencies);
    pairs
        .filter(|(i, f)| **i != 0.0 && **f != 0.0)
        .map(|(importance, frequency)| importance * frequency)
        .sum()
}

/// The parts in the order in which they first appear.
fn first_appearance(needs: &Needs, variables: usize) -> Option<Vec<u32>> {
    if variables > MOST_NODES {
        return None;
    }
    let mut order = Vec::new();
    let mut seen = vec![false; variables];
    let mut open = vec![needs];
    while let Some(needs) = open.pop() {
        if let Needs::Part(part) = needs {
            let seen = seen.get_mut(*part as usize)?;
            if !*seen {
                order.push(*part);
            }
            *seen = true;
        }
        open.extend(needs.children().iter().rev());
    }
    Some(order)
}

/// When something does not work, as a place within a [`Builder`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition(u32);

/// Makes diagrams piece by piece.
///
/// A [`Needs`] writes out a service again wherever it is used, which for services that use each other in many layers is
/// exponentially long. Whoever has such a graph asks a builder once for each service.
pub struct Builder {
    variables: usize,
    order: Vec<u32>,
    levels: Vec<u32>,
    nodes: Vec<Node>,
    known: Table<(u32, u32, u32)>,
    solved: Table<(u32, u32, u32)>,
    steps: usize,
}

impl Builder {
    /// A builder for parts below `variables`, which are asked for in this order.
    ///
    /// Parts that are used together should be near each other. Nothing when a part is too high or twice there.
    pub fn new(order: &[u32], variables: usize) -> Option<Self> {
        if variables > MOST_NODES {
            return None;
        }
        let mut levels = vec![u32::MAX; variables];
        for (level, part) in (0..).zip(order) {
            let slot = levels.get_mut(*part as usize)?;
            if *slot != u32::MAX {
                return None;
            }
            *slot = level;
        }
        let (known, solved) = (Table::default(), Table::default());
        Some(Builder { variables, order: order.to_vec(), levels, nodes: Vec::new(), known, solved, steps: 0 })
    }

    /// What always works.
    pub fn nothing(&self) -> Condition {
        Condition(WORKS)
    }

    /// One part. Nothing when it is not in the order.
    pub fn part(&mut self, part: u32) -> Option<Condition> {
        let level = *self.levels.get(part as usize)?;
        if level == u32::MAX { None } else { self.node(level, WORKS, FAILS).map(Condition) }
    }

    /// Each of them must work.
    pub fn all(&mut self, conditions: &[Condition]) -> Option<Condition> {
        let conditions = self.last_first(conditions);
        conditions.into_iter().try_fold(WORKS, |rest, one| self.choose(one, FAILS, rest)).map(Condition)
    }

    /// At least one of them must work.
    pub fn any(&mut self, conditions: &[Condition]) -> Option<Condition> {
        let conditions = self.last_first(conditions);
        conditions.into_iter().try_fold(FAILS, |rest, one| self.choose(one, rest, WORKS)).map(Condition)
    }

    /// While `one` works, `then` must work, and otherwise `instead`.
    pub fn choice(&mut self, one: Condition, then: Condition, instead: Condition) -> Option<Condition> {
        self.choose(one.0, instead.0, then.0).map(Condition)
    }

    /// At least as many of them must work.
    pub fn at_least(&mut self, number: usize, conditions: &[Condition]) -> Option<Condition> {
        let Some(spare) = conditions.len().checked_sub(number) else { return Some(Condition(FAILS)) };
        if number == 0 {
            return Some(Condition(WORKS));
        }
        if spare >= MOST_NODES {
            return None;
        }
        // At each index, that at least as many of those that were looked at are down.
        let mut failed = vec![WORKS; spare + 2];
        if let Some(first) = failed.first_mut() {
            *first = FAILS;
        }
        let conditions = self.last_first(conditions);
        let mut left = conditions.len();
        for (looked_at, one) in (1..).zip(conditions) {
            left -= 1;
            // Only what can still matter: the others can add no more than there are.
            let lowest = (spare + 1).saturating_sub(left).max(1);
            for index in (lowest..=looked_at.min(spare + 1)).rev() {
                let (fewer, same) = (*failed.get(index - 1)?, *failed.get(index)?);
                *failed.get_mut(index)? = self.choose(one, fewer, same)?;
            }
        }
        failed.last().copied().map(Condition)
    }

    /// The diagram of one condition, without what was only needed on the way.
    pub fn finish(&self, condition: Condition) -> Diagram {
        let mut needed = vec![false; self.nodes.len() + ANSWERS];
        mark(&mut needed, condition.0);
        for (index, node) in self.nodes.iter().enumerate().rev() {
            if needed.get(index + ANSWERS) == Some(&true) {
                mark(&mut needed, node.up);
                mark(&mut needed, node.down);
            }
        }
        let mut numbers = vec![WORKS, FAILS];
        let mut nodes = Vec::new();
        let mut next = FAILS;
        let mut used = vec![false; self.order.len()];
        for (node, needed) in self.nodes.iter().zip(needed.iter().skip(ANSWERS)) {
            if *needed {
                let number = |old: u32| numbers.get(old as usize).copied().unwrap_or(FAILS);
                let part = self.order.get(node.part as usize).copied().unwrap_or(u32::MAX);
                mark(&mut used, node.part);
                nodes.push(Node { part, up: number(node.up), down: number(node.down) });
                next += 1;
            }
            numbers.push(next);
        }
        let root = numbers.get(condition.0 as usize).copied().unwrap_or(FAILS);
        let parts = self.order.iter().zip(used).filter(|(_, used)| *used).map(|(part, _)| *part).collect();
        Diagram { nodes, root, variables: self.variables, parts }
    }

    /// Joined from the end of the order, each step of a series is a single question.
    fn last_first(&self, conditions: &[Condition]) -> Vec<u32> {
        let mut sorted: Vec<u32> = conditions.iter().map(|condition| condition.0).collect();
        sorted.sort_by_key(|number| std::cmp::Reverse(self.level(*number)));
        sorted
    }

    /// Within a builder a node has its level in the place of its part.
    fn level(&self, number: u32) -> u32 {
        self.get(number).map_or(u32::MAX, |node| node.part)
    }

    fn get(&self, number: u32) -> Option<&Node> {
        self.nodes.get((number as usize).checked_sub(ANSWERS)?)
    }

    /// What is left of a condition once the part at a level is known to be up, and to be down.
    fn rests(&self, number: u32, level: u32) -> (u32, u32) {
        match self.get(number) {
            Some(node) if node.part == level => (node.up, node.down),
            _ => (number, number),
        }
    }

    fn node(&mut self, level: u32, up: u32, down: u32) -> Option<u32> {
        if up == down {
            return Some(up);
        }
        if let Some(number) = self.known.get(&(level, up, down)) {
            return Some(*number);
        }
        if self.nodes.len() >= MOST_NODES {
            return None;
        }
        self.nodes.push(Node { part: level, up, down });
        let number = u32::try_from(self.nodes.len() + ANSWERS - 1).ok()?;
        self.known.insert((level, up, down), number);
        Some(number)
    }

    /// If the first fails then the second, or else the third. With a stack of its own, because a diagram is as deep as there are
    /// parts.
    fn choose(&mut self, condition: u32, then: u32, otherwise: u32) -> Option<u32> {
        enum Task {
            Solve(u32, u32, u32),
            Join(u32, (u32, u32, u32)),
        }
        let mut tasks = vec![Task::Solve(condition, then, otherwise)];
        let mut results: Vec<u32> = Vec::new();
        while let Some(task) = tasks.pop() {
            match task {
                Task::Solve(condition, then, otherwise) => {
                    self.steps += 1;
                    if self.steps > MOST_STEPS {
                        return None;
                    }
                    let then = if then == condition { FAILS } else { then };
                    let otherwise = if otherwise == condition { WORKS } else { otherwise };
                    let key = (condition, then, otherwise);
                    let simple = match key {
                        (FAILS, then, _) => Some(then),
                        (WORKS, _, otherwise) => Some(otherwise),
                        (_, then, otherwise) if then == otherwise => Some(then),
                        (condition, FAILS, WORKS) => Some(condition),
                        _ => self.solved.get(&key).copied(),
                    };
                    if let Some(result) = simple {
                        results.push(result);
                        continue;
                    }
                    let level = self.level(condition).min(self.level(then)).min(self.level(otherwise));
                    let (condition_up, condition_down) = self.rests(condition, level);
                    let (then_up, then_down) = self.rests(then, level);
                    let (otherwise_up, otherwise_down) = self.rests(otherwise, level);
                    tasks.push(Task::Join(level, key));
                    tasks.push(Task::Solve(condition_down, then_down, otherwise_down));
                    tasks.push(Task::Solve(condition_up, then_up, otherwise_up));
                }
                Task::Join(level, key) => {
                    let (down, up) = (results.pop()?, results.pop()?);
                    let number = self.node(level, up, down)?;
                    if self.solved.len() >= 2 * MOST_NODES {
                        self.solved.clear();
                    }
                    self.solved.insert(key, number);
                    results.push(number);
                }
            }
        }
        results.pop()
    }
}

fn mark(marks: &mut [bool], number: u32) {
    if let Some(slot) = marks.get_mut(number as usize) {
        *slot = true;
    }
}

type Table<Key> = HashMap<Key, u32, BuildHasherDefault<Mixer>>;

/// A short hash of a few small numbers, the same in every run.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(u32::from(*byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(number)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}
