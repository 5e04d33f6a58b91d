//! Putting numbers into a sheet: one pass over the nodes, each after those it is made from.

use super::sheet::{Node, Op, Sheet, Value};
use std::collections::BTreeMap;

/// Other values for some inputs: what a what-if changes.
pub type Changes = std::collections::BTreeMap<Value, f64>;

/// The central values: every uncertain input stands for its median.
#[derive(Clone, Debug)]
pub struct Evaluation {
    values: Vec<f64>,
    /// What was changed: it is certain, whatever the design says.
    changed: Vec<Value>,
}

/// Room for the results of any block.
const MOST_OUTPUTS: usize = 24;

type Results = [f64; MOST_OUTPUTS];

/// So few expensive blocks are not worth a thread.
const FEW: usize = 20;

impl Evaluation {
    /// Calculates everything cheap, and of the expensive blocks those that `wanted` rests on.
    pub fn new(sheet: &Sheet<'_>, changes: &Changes, wanted: &[Value]) -> Self {
        Self::on_threads(sheet, changes, wanted, 1)
    }

    /// The same, with the expensive blocks divided among threads; the numbers do not depend on how many there are.
    pub fn on_threads(sheet: &Sheet<'_>, changes: &Changes, wanted: &[Value], threads: usize) -> Self {
        let needed = Self::needed(sheet, wanted);
        let mut this =
            Self { values: vec![f64::NAN; sheet.len()], changed: changes.keys().copied().collect() };
        this.calculate(sheet, changes, &|_, node| !node.is_heavy, &BTreeMap::new());
        let is_wanted = |value: Value| needed.get(value.index()).copied().unwrap_or(false);
        let heavy = sheet.values().filter(|value| is_wanted(*value) && sheet.is_heavy(*value));
        let blocks: Vec<Value> = heavy
            .filter(|value| matches!(sheet.op(*value), Op::Block(_)))
            .filter(|value| !sheet.inputs(*value).iter().any(|input| sheet.is_heavy(*input)))
            .collect();
        let known = this.in_parallel(sheet, &blocks, threads);
        this.calculate(sheet, changes, &|value, node| node.is_heavy && is_wanted(value), &known);
        this
    }

    /// The results of blocks that rest on nothing that is not calculated yet.
    fn in_parallel(&self, sheet: &Sheet<'_>, blocks: &[Value], threads: usize) -> BTreeMap<Value, Results> {
        let calculated = |part: &[Value]| -> Vec<(Value, Results)> {
            let mut inputs = Vec::new();
            let results = |value: &Value| {
                inputs.clear();
                inputs.extend(sheet.inputs(*value).iter().map(|input| self.of(*input)));
                (*value, results(sheet, sheet.op(*value), &inputs))
            };
            part.iter().map(results).collect()
        };
        let each = blocks.len().div_ceil(threads.clamp(1, 8)).max(FEW);
        let mut parts = blocks.chunks(each);
        let first = parts.next().unwrap_or(&[]);
        std::thread::scope(|scope| {
            let others: Vec<_> = parts.map(|part| scope.spawn(|| calculated(part))).collect();
            let mut all: BTreeMap<Value, Results> = calculated(first).into_iter().collect();
            for other in others {
                all.extend(other.join().into_iter().flatten());
            }
            all
        })
    }

    /// Calculates some nodes in their order; of some blocks the results are known.
    fn calculate(
        &mut self,
        sheet: &Sheet<'_>,
        changes: &Changes,
        is_meant: &dyn Fn(Value, &Node) -> bool,
        known: &BTreeMap<Value, Results>,
    ) {
        let mut inputs = Vec::new();
        let mut found = [f64::NAN; MOST_OUTPUTS];
        for value in sheet.values() {
            let Some(node) = sheet.node(value).filter(|node| is_meant(value, node)) else { continue };
            inputs.clear();
            inputs.extend(sheet.inputs(value).iter().map(|input| self.of(*input)));
            let number = match (changes.get(&value), node.op) {
                (Some(changed), _) => *changed,
                (None, Op::Drawn(index)) => {
                    sheet.draws().get(index as usize).map_or(f64::NAN, |draw| draw.median)
                }
                (None, op @ Op::Block(_)) => {
                    found = known.get(&value).copied().unwrap_or_else(|| results(sheet, op, &inputs));
                    f64::NAN
                }
                // The results of a block follow it directly.
                (None, Op::Output(which)) => found.get(which as usize).copied().unwrap_or(f64::NAN),
                (None, op) => apply(op, &inputs),
            };
            if let Some(slot) = self.values.get_mut(value.index()) {
                *slot = number;
            }
        }
    }

    /// The value of a node: NaN when it is not known or was not asked for.
    pub fn of(&self, value: Value) -> f64 {
        self.values.get(value.index()).copied().unwrap_or(f64::NAN)
    }

    /// Whether anything was given another value.
    pub(super) fn has_changes(&self) -> bool {
        !self.changed.is_empty()
    }

    /// Whether a node was given another value, which then holds in every sample too.
    pub(super) fn is_changed(&self, value: Value) -> bool {
        self.changed.binary_search(&value).is_ok()
    }

    /// Which nodes the wanted ones rest on.
    pub(super) fn needed(sheet: &Sheet<'_>, wanted: &[Value]) -> Vec<bool> {
        let mut needed = vec![false; sheet.len()];
        let mark = |value: &Value, needed: &mut Vec<bool>| {
            if let Some(slot) = needed.get_mut(value.index()) {
                *slot = true;
            }
        };
        wanted.iter().for_each(|value| mark(value, &mut needed));
        for value in sheet.values().rev() {
            if needed.get(value.index()).copied().unwrap_or(false) {
                sheet.inputs(value).iter().for_each(|input| mark(input, &mut needed));
            }
        }
        needed
    }
}

/// The results of a block.
fn results(sheet: &Sheet<'_>, op: Op, inputs: &[f64]) -> Results {
    let mut found = [f64::NAN; MOST_OUTPUTS];
    if let Op::Block(block) = op
        && let Some(block) = sheet.block_at(block)
    {
        let count = block.outputs().len().min(MOST_OUTPUTS);
        block.evaluate(inputs, found.get_mut(..count).unwrap_or(&mut []));
    }
    found
}

/// What an operation makes of its inputs.
pub(super) fn apply(op: Op, inputs: &[f64]) -> f64 {
    let first = inputs.first().copied().unwrap_or(f64::NAN);
    let second = inputs.get(1).copied().unwrap_or(f64::NAN);
    match op {
        Op::Given(number) => number,
        Op::Same => first,
        Op::Sum => sum(inputs),
        Op::SumOfKnown => sum(&inputs.iter().copied().filter(|input| !input.is_nan()).collect::<Vec<f64>>()),
        Op::Difference => first - second,
        Op::Product => product(inputs),
        Op::Quotient => quotient(first, second),
        Op::Largest => inputs.iter().copied().fold(f64::NEG_INFINITY, largest),
        Op::Smallest => inputs.iter().copied().fold(f64::INFINITY, smallest),
        Op::RoundUp => round_up(first),
        Op::Complement => 1.0 - first,
        Op::Call(function) => function.apply(inputs).unwrap_or(f64::NAN),
        Op::Formula(formula) => (formula.apply)(inputs),
        Op::Compare(comparator) => compare(comparator, first, second),
        Op::Drawn(_) | Op::Missing(_) | Op::Unknown | Op::Block(_) | Op::Output(_) => f64::NAN,
    }
}

/// The order in which a design is written does not change a digit: the small ones are added first.
pub(super) fn sum(terms: &[f64]) -> f64 {
    match terms {
        [first, second] => first + second,
        _ => {
            let mut sorted = terms.to_vec();
            sorted.sort_unstable_by(f64::total_cmp);
            sorted.iter().sum()
        }
    }
}

/// Nothing of something without end is nothing: a path that is never taken does not wait.
fn product(factors: &[f64]) -> f64 {
    if factors.contains(&0.0) && !factors.iter().any(|factor| factor.is_nan()) {
        return 0.0;
    }
    factors.iter().product()
}

/// Nothing over nothing is nothing here: no load needs none of a capacity of none.
pub(super) fn quotient(above: f64, below: f64) -> f64 {
    if above == 0.0 && below == 0.0 { 0.0 } else { above / below }
}

pub(super) fn round_up(value: f64) -> f64 {
    (value - 1e-9).ceil() + 0.0
}

pub(super) fn largest(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

pub(super) fn smallest(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.min(b) }
}

pub(super) fn compare(comparator: crate::quantity::Comparator, left: f64, right: f64) -> f64 {
    if left.is_nan() || right.is_nan() {
        return f64::NAN;
    }
    // Two queues that both grow without end do not compare.
    if left.is_infinite() && left == right {
        return 0.0;
    }
    f64::from(u8::from(comparator.holds(left, right)))
}
