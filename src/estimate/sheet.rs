//! The sheet: every number is a node that knows what it was made from.
//!
//! Building the sheet never calculates anything twice and never looks at a value to decide what to build, so that one
//! sheet serves the central estimate, the samples and every what-if: they only differ in what is put into its inputs.
//! What cannot be known is a node too, and everything made from it leads back to what is missing.

use super::label::{Label, Missing};
use crate::numerics::random::Spread;
use crate::quantity::{Comparator, Dimension, Function};
use std::collections::BTreeMap;

/// A number of the sheet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Value(pub(super) u32);

impl Value {
    /// Its place among all nodes.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A formula with a name: what the values are put into.
#[derive(Debug)]
pub struct Formula {
    /// The model it belongs to, in the words of the literature.
    pub model: &'static str,
    /// How it is written, with `{0}`, `{1}` … for what goes in.
    pub text: &'static str,
    /// Whether it is exact, given what goes in.
    pub exact: bool,
    /// The value.
    pub apply: fn(&[f64]) -> f64,
    /// About how many microseconds it takes, when that is more than a fraction of one.
    pub work: f64,
}

/// A calculation with several results, such as the percentiles of one distribution.
pub trait Block: Send + Sync + std::fmt::Debug {
    /// The names of the results.
    fn outputs(&self) -> &'static [&'static str];
    /// Calculates them.
    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]);
    /// Calculates them for one of many samples, where less precision will do.
    fn sample(&self, inputs: &[f64], outputs: &mut [f64]) {
        self.evaluate(inputs, outputs);
    }
    /// The model, in the words of the literature.
    fn model(&self) -> &'static str;
    /// Whether it is exact, given what goes in.
    fn exact(&self) -> bool;
    /// How it is calculated, in a line.
    fn text(&self) -> String;
    /// About how many microseconds one calculation takes: those above a few are only done when somebody asks.
    fn cost(&self) -> f64 {
        0.1
    }
    /// About how many microseconds one of many samples takes.
    fn work(&self) -> f64 {
        self.cost()
    }
}

/// How a node is made from others.
#[derive(Clone, Copy, Debug)]
pub enum Op {
    /// A number.
    Given(f64),
    /// An uncertain input, by its index among the draws.
    Drawn(u32),
    /// Something that nobody has said, by its index among what is missing.
    Missing(u32),
    /// Rests on something that is missing.
    Unknown,
    /// The same under another name.
    Same,
    /// All of them together.
    Sum,
    /// All of them that are known: at least this much.
    SumOfKnown,
    /// The first without the second.
    Difference,
    /// All of them multiplied.
    Product,
    /// The first by the second.
    Quotient,
    /// The largest.
    Largest,
    /// The smallest.
    Smallest,
    /// Up to a whole number, but not over one that was missed by a hair.
    RoundUp,
    /// What is missing to one.
    Complement,
    /// A function of the expression language.
    Call(&'static Function),
    /// A formula with a name.
    Formula(&'static Formula),
    /// A calculation with several results, by its index among the blocks.
    Block(u32),
    /// A result of the block that is the only input, by its position.
    Output(u32),
    /// Whether two values compare so: 1 or 0.
    Compare(Comparator),
}

/// An uncertain input.
#[derive(Clone, Debug)]
pub struct Draw {
    /// The name that its samples follow from.
    pub name: String,
    /// What the samples are seeded with: its own name, or that of another input that it moves with.
    pub stream: String,
    /// The distribution.
    pub spread: Spread,
    /// The median.
    pub median: f64,
    /// The node.
    pub value: Value,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub op: Op,
    first: u32,
    count: u32,
    label: u32,
    pub dimension: Dimension,
    /// Whether it depends on an uncertain input.
    pub varies: bool,
    /// Whether an expensive block lies on the way to it.
    pub is_heavy: bool,
    /// Whether something is left out because it is not known, so that the value is at least this much.
    pub is_partial: bool,
    /// Whether no approximation lies on the way to it.
    pub is_exact: bool,
}

/// All numbers of a design.
#[derive(Debug, Default)]
pub struct Sheet<'m> {
    nodes: Vec<Node>,
    inputs: Vec<Value>,
    labels: Vec<Label<'m>>,
    blocks: Vec<Box<dyn Block>>,
    draws: Vec<Draw>,
    missing: Vec<Missing>,
    known_draws: BTreeMap<String, Value>,
}

/// Blocks that take longer are calculated only when somebody asks for what rests on them.
pub const HEAVY: f64 = 3.0;

impl<'m> Sheet<'m> {
    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// All nodes, each after those it is made from.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = Value> + use<> {
        (0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).map(Value)
    }

    /// The uncertain inputs.
    pub fn draws(&self) -> &[Draw] {
        &self.draws
    }

    pub(super) fn node(&self, value: Value) -> Option<&Node> {
        self.nodes.get(value.index())
    }

    /// The number that a node is as it is written, or under another name.
    pub fn plain(&self, value: Value) -> Option<f64> {
        let mut value = value;
        for _ in 0..8 {
            match (self.op(value), self.inputs(value)) {
                (Op::Given(number), _) => return Some(number),
                (Op::Same, [other]) => value = *other,
                (Op::Product, factors) => {
                    let given = |factor: &Value| match self.op(*factor) {
                        Op::Given(number) => Some(number),
                        _ => None,
                    };
                    return factors.iter().map(given).product();
                }
                _ => return None,
            }
        }
        None
    }

    /// How a node is made.
    pub fn op(&self, value: Value) -> Op {
        self.node(value).map_or(Op::Unknown, |node| node.op)
    }

    /// What a node is made from.
    pub fn inputs(&self, value: Value) -> &[Value] {
        let Some(node) = self.node(value) else { return &[] };
        let first = node.first as usize;
        self.inputs.get(first..first + node.count as usize).unwrap_or(&[])
    }

    /// What it measures.
    pub fn dimension(&self, value: Value) -> Dimension {
        self.node(value).map_or(Dimension::NONE, |node| node.dimension)
    }

    /// Whether the value can be calculated at all.
    pub fn is_known(&self, value: Value) -> bool {
        !matches!(self.op(value), Op::Missing(_) | Op::Unknown)
    }

    /// Whether it depends on an uncertain input.
    pub fn varies(&self, value: Value) -> bool {
        self.node(value).is_some_and(|node| node.varies)
    }

    /// Whether an expensive block lies on the way to it.
    pub fn is_heavy(&self, value: Value) -> bool {
        self.node(value).is_some_and(|node| node.is_heavy)
    }

    /// Whether something that is not known was left out.
    pub fn is_partial(&self, value: Value) -> bool {
        self.node(value).is_some_and(|node| node.is_partial)
    }

    /// Whether no approximation lies on the way to it.
    pub fn is_exact(&self, value: Value) -> bool {
        self.node(value).is_some_and(|node| node.is_exact)
    }

    /// What it stands for, when it stands for something.
    pub fn label(&self, value: Value) -> Option<&Label<'m>> {
        let label = self.node(value)?.label;
        self.labels.get((label as usize).checked_sub(1)?)
    }

    /// The block behind an output, and which of its results that is.
    pub fn block(&self, value: Value) -> Option<(&dyn Block, u32)> {
        let Op::Output(which) = self.op(value) else { return None };
        let Op::Block(index) = self.op(*self.inputs(value).first()?) else { return None };
        Some((self.blocks.get(index as usize)?.as_ref(), which))
    }

    pub(super) fn block_at(&self, index: u32) -> Option<&dyn Block> {
        self.blocks.get(index as usize).map(AsRef::as_ref)
    }

    /// What nobody has said, when that is what the node stands for.
    pub fn missing(&self, value: Value) -> Option<&Missing> {
        let Op::Missing(index) = self.op(value) else { return None };
        self.missing.get(index as usize)
    }

    fn push(&mut self, op: Op, inputs: &[Value], dimension: Dimension) -> Value {
        let first = u32::try_from(self.inputs.len()).unwrap_or(u32::MAX);
        let sums_what_is_known = matches!(op, Op::SumOfKnown);
        let (mut unknown, mut varies, mut is_heavy) = (0, matches!(op, Op::Drawn(_)), false);
        let (mut is_partial, mut is_exact) = (false, true);
        for input in inputs {
            let Some(node) = self.node(*input) else {
                unknown += 1;
                continue;
            };
            unknown += usize::from(matches!(node.op, Op::Missing(_) | Op::Unknown));
            varies |= node.varies;
            is_heavy |= node.is_heavy;
            is_partial |= node.is_partial;
            is_exact &= node.is_exact;
        }
        let op = match op {
            Op::SumOfKnown if unknown == 0 => Op::Sum,
            Op::SumOfKnown if unknown < inputs.len() => Op::SumOfKnown,
            _ if unknown > 0 => Op::Unknown,
            op => op,
        };
        match op {
            // Only what is missing matters then.
            Op::Unknown => {
                let missing: Vec<Value> =
                    inputs.iter().copied().filter(|input| !self.is_known(*input)).collect();
                self.inputs.extend(missing);
            }
            _ => self.inputs.extend_from_slice(inputs),
        }
        let count = u32::try_from(self.inputs.len()).unwrap_or(u32::MAX).saturating_sub(first);
        match op {
            Op::Formula(formula) => is_exact &= formula.exact,
            Op::Block(block) => {
                let block = self.block_at(block);
                is_exact &= block.is_none_or(|block| block.exact());
                is_heavy |= block.is_some_and(|block| block.cost() > HEAVY);
            }
            _ => {}
        }
        is_partial |= sums_what_is_known && unknown > 0;
        let node = Node { op, first, count, label: 0, dimension, varies, is_heavy, is_partial, is_exact };
        let value = Value(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        value
    }

    /// Says what a node stands for. What it stood for before is kept, but for a bare literal: where it is written says more.
    pub fn named(&mut self, value: Value, label: Label<'m>) -> Value {
        let index = u32::try_from(self.labels.len() + 1).unwrap_or(0);
        let is_literal = matches!(self.label(value), Some(Label::Literal(_)));
        let says_more = matches!(label, Label::Written { .. } | Label::Catalog(_));
        if let Some(node) = self.nodes.get_mut(value.index())
            && (node.label == 0 || (is_literal && says_more))
        {
            node.label = index;
            self.labels.push(label);
        }
        value
    }

    /// A number.
    pub fn given(&mut self, number: f64, dimension: Dimension) -> Value {
        self.push(Op::Given(number), &[], dimension)
    }

    /// An uncertain input. The same name is the same input.
    pub fn drawn(&mut self, draw: Draw, dimension: Dimension) -> Value {
        if let Some(known) = self.known_draws.get(&draw.name) {
            return *known;
        }
        let index = u32::try_from(self.draws.len()).unwrap_or(u32::MAX);
        let value = self.push(Op::Drawn(index), &[], dimension);
        self.known_draws.insert(draw.name.clone(), value);
        self.draws.push(Draw { value, ..draw });
        value
    }

    /// Something that nobody has said.
    pub fn lacking(&mut self, missing: Missing, dimension: Dimension) -> Value {
        let index = u32::try_from(self.missing.len()).unwrap_or(u32::MAX);
        self.missing.push(missing);
        self.push(Op::Missing(index), &[], dimension)
    }

    /// The same number, to be known by another name.
    pub fn same(&mut self, value: Value) -> Value {
        let dimension = self.dimension(value);
        self.push(Op::Same, &[value], dimension)
    }

    /// All of them together. One alone is itself.
    pub fn sum(&mut self, parts: &[Value], dimension: Dimension) -> Value {
        match parts {
            [] => self.given(0.0, dimension),
            [only] => *only,
            _ => self.push(Op::Sum, parts, dimension),
        }
    }

    /// All of them that are known together.
    pub fn sum_of_known(&mut self, parts: &[Value], dimension: Dimension) -> Value {
        match parts {
            [] => self.given(0.0, dimension),
            [only] => *only,
            _ => self.push(Op::SumOfKnown, parts, dimension),
        }
    }

    /// The first without the second.
    pub fn difference(&mut self, from: Value, what: Value) -> Value {
        let dimension = self.dimension(from);
        self.push(Op::Difference, &[from, what], dimension)
    }

    /// All of them multiplied. A nameless one is left out.
    pub fn product(&mut self, factors: &[Value]) -> Value {
        let is_one = |sheet: &Self, value: &Value| {
            matches!(sheet.op(*value), Op::Given(number) if number == 1.0)
                && sheet.dimension(*value).is_none()
                && sheet.label(*value).is_none()
        };
        let some: Vec<Value>;
        let kept = if factors.iter().any(|factor| is_one(self, factor)) {
            some = factors.iter().copied().filter(|factor| !is_one(self, factor)).collect();
            &some
        } else {
            factors
        };
        let times = |product: Dimension, factor: &Value| {
            product.times(self.dimension(*factor)).unwrap_or(Dimension::NONE)
        };
        let dimension = kept.iter().fold(Dimension::NONE, times);
        match kept {
            [] => self.given(1.0, Dimension::NONE),
            [only] => *only,
            _ => self.push(Op::Product, kept, dimension),
        }
    }

    /// The first by the second.
    pub fn quotient(&mut self, above: Value, below: Value) -> Value {
        let dimension = self.dimension(above).over(self.dimension(below)).unwrap_or(Dimension::NONE);
        self.push(Op::Quotient, &[above, below], dimension)
    }

    /// The largest. One alone is itself.
    pub fn largest(&mut self, of: &[Value]) -> Value {
        self.choose(Op::Largest, of)
    }

    /// The smallest. One alone is itself.
    pub fn smallest(&mut self, of: &[Value]) -> Value {
        self.choose(Op::Smallest, of)
    }

    fn choose(&mut self, op: Op, of: &[Value]) -> Value {
        match of {
            [] => self.given(0.0, Dimension::NONE),
            [only] => *only,
            [first, ..] => {
                let dimension = self.dimension(*first);
                self.push(op, of, dimension)
            }
        }
    }

    /// Up to a whole number.
    pub fn round_up(&mut self, value: Value) -> Value {
        self.push(Op::RoundUp, &[value], Dimension::NONE)
    }

    /// What is missing to one.
    pub fn complement(&mut self, share: Value) -> Value {
        self.push(Op::Complement, &[share], Dimension::NONE)
    }

    /// A function of the expression language.
    pub fn call(&mut self, function: &'static Function, inputs: &[Value], dimension: Dimension) -> Value {
        self.push(Op::Call(function), inputs, dimension)
    }

    /// A formula with a name.
    pub fn formula(&mut self, formula: &'static Formula, inputs: &[Value], dimension: Dimension) -> Value {
        self.push(Op::Formula(formula), inputs, dimension)
    }

    /// Whether two values compare so.
    pub fn compare(&mut self, left: Value, comparator: Comparator, right: Value) -> Value {
        self.push(Op::Compare(comparator), &[left, right], Dimension::NONE)
    }

    /// A calculation with several results: one node for each, with the dimension given for it.
    pub fn calculation(
        &mut self,
        block: Box<dyn Block>,
        inputs: &[Value],
        dimensions: &[Dimension],
    ) -> Vec<Value> {
        let index = u32::try_from(self.blocks.len()).unwrap_or(u32::MAX);
        self.blocks.push(block);
        let value = self.push(Op::Block(index), inputs, Dimension::NONE);
        let results = dimensions.iter().zip(0..);
        results.map(|(dimension, which)| self.push(Op::Output(which), &[value], *dimension)).collect()
    }
}
