//! Putting numbers into a sheet: one pass over the nodes, each after those it is made from.

use super::sheet::{Op, Sheet, Value};

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

impl Evaluation {
    /// Calculates everything cheap, and of the expensive blocks those that `wanted` rests on.
    pub fn new(sheet: &Sheet<'_>, changes: &Changes, wanted: &[Value]) -> Self {
        let needed = Self::needed(sheet, wanted);
        let mut this =
            Self { values: vec![f64::NAN; sheet.len()], changed: changes.keys().copied().collect() };
        let mut inputs = Vec::new();
        let mut results = [f64::NAN; MOST_OUTPUTS];
        for value in sheet.values() {
            let Some(node) = sheet.node(value) else { continue };
            if node.is_heavy && !needed.get(value.index()).copied().unwrap_or(false) {
                continue;
            }
            inputs.clear();
            inputs.extend(sheet.inputs(value).iter().map(|input| this.of(*input)));
            let number = match (changes.get(&value), node.op) {
                (Some(changed), _) => *changed,
                (None, Op::Drawn(index)) => {
                    sheet.draws().get(index as usize).map_or(f64::NAN, |draw| draw.median)
                }
                (None, Op::Block(block)) => {
                    if let Some(block) = sheet.block_at(block) {
                        let count = block.outputs().len().min(MOST_OUTPUTS);
                        results = [f64::NAN; MOST_OUTPUTS];
                        block.evaluate(&inputs, results.get_mut(..count).unwrap_or(&mut []));
                    }
                    f64::NAN
                }
                // The results of a block follow it directly.
                (None, Op::Output(which)) => results.get(which as usize).copied().unwrap_or(f64::NAN),
                (None, op) => apply(op, &inputs),
            };
            if let Some(slot) = this.values.get_mut(value.index()) {
                *slot = number;
            }
        }
        this
    }

    /// The value of a node: NaN when it is not known or was not asked for.
    pub fn of(&self, value: Value) -> f64 {
        self.values.get(value.index()).copied().unwrap_or(f64::NAN)
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

/// What an operation makes of its inputs.
pub(super) fn apply(op: Op, inputs: &[f64]) -> f64 {
    let first = inputs.first().copied().unwrap_or(f64::NAN);
    let second = inputs.get(1).copied().unwrap_or(f64::NAN);
    match op {
        Op::Given(number) => number,
        Op::Same => first,
        Op::Sum => sum(inputs),
        Op::SumOfKnown => inputs.iter().filter(|input| !input.is_nan()).sum(),
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
fn sum(terms: &[f64]) -> f64 {
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

fn largest(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

fn smallest(a: f64, b: f64) -> f64 {
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
