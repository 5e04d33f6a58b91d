//! The samples of a number: one for all, or those of another number times a factor and more.
//!
//! Much of a design only scales what is uncertain: the load of a service is a rate times so many calls, its cost a load times a
//! price. Such numbers share their samples, and their percentiles follow from those that they share.

use super::evaluation::{apply, compare, quotient, round_up};
use super::sampling::Summary;
use super::sheet::Op;
use crate::numerics::statistics;
use std::cell::OnceCell;
use std::cmp::Ordering;
use std::rc::Rc;

/// Samples, and what is known of them as soon as that is asked for.
#[derive(Debug)]
pub struct Root {
    values: Vec<f64>,
    summary: OnceCell<Summary>,
}

/// What a number is in each sample.
#[derive(Clone, Debug)]
pub enum Lane {
    /// The same in all.
    Same(f64),
    /// Samples, times a factor that is not zero, and more.
    Line {
        /// The samples.
        root: Rc<Root>,
        /// The factor.
        factor: f64,
        /// What is added.
        plus: f64,
    },
}

/// A product in which nothing of something without end is nothing.
fn times(a: f64, b: f64) -> f64 {
    let product = a * b;
    if product.is_nan() { apply(Op::Product, &[a, b]) } else { product }
}

impl Lane {
    /// Samples of their own.
    pub fn each(values: Vec<f64>) -> Self {
        Self::Line { root: Rc::new(Root { values, summary: OnceCell::new() }), factor: 1.0, plus: 0.0 }
    }

    /// How many samples there are, when it is not the same in all.
    pub fn len(&self) -> Option<usize> {
        match self {
            Self::Same(_) => None,
            Self::Line { root, .. } => Some(root.values.len()),
        }
    }

    /// Changes each of some numbers by what it is in that sample.
    fn join(&self, all: &mut [f64], join: impl Fn(f64, f64) -> f64) {
        match self {
            Self::Same(number) => all.iter_mut().for_each(|value| *value = join(*value, *number)),
            Self::Line { root, factor, plus } if *factor == 1.0 && *plus == 0.0 => {
                all.iter_mut().zip(&root.values).for_each(|(value, other)| *value = join(*value, *other));
            }
            Self::Line { root, factor, plus } => all
                .iter_mut()
                .zip(&root.values)
                .for_each(|(value, other)| *value = join(*value, other * factor + plus)),
        }
    }

    /// What it is in one sample.
    fn at(&self, sample: usize) -> f64 {
        match self {
            Self::Same(number) => *number,
            Self::Line { root, factor, plus } => {
                moved(root.values.get(sample).copied().unwrap_or(f64::NAN), *factor, *plus)
            }
        }
    }

    /// Its first samples; none when it is the same in all.
    pub fn first(&self, most: usize) -> Vec<f64> {
        let mut all = vec![0.0; self.len().unwrap_or(0).min(most)];
        self.join(&mut all, |_, value| value);
        all
    }

    /// The room that its samples take, when nothing else needs them.
    pub fn into_room(self) -> Option<Vec<f64>> {
        let Self::Line { root, .. } = self else { return None };
        let mut values = Rc::into_inner(root)?.values;
        values.clear();
        Some(values)
    }

    /// Percentiles, mean and instability; `None` when it is the same in all samples.
    pub fn summary(&self) -> Option<Summary> {
        let Self::Line { root, factor, plus } = self else { return None };
        let of_root = *root.summary.get_or_init(|| summary(&root.values));
        let moved = |value: f64| value * factor + plus;
        let (low, high) = match *factor > 0.0 {
            true => (of_root.p5, of_root.p95),
            false => (of_root.p95, of_root.p5),
        };
        Some(Summary {
            p5: moved(low),
            p50: moved(of_root.p50),
            p95: moved(high),
            mean: moved(of_root.mean),
            ..of_root
        })
    }

    /// The same samples times a factor, and more; `None` where that is no line.
    fn moved(&self, by: f64, more: f64) -> Option<Self> {
        let Self::Line { root, factor, plus } = self else { return None };
        let (factor, plus) = (factor * by, plus * by + more);
        let is_line = factor != 0.0 && factor.is_finite() && plus.is_finite();
        is_line.then(|| Self::Line { root: Rc::clone(root), factor, plus })
    }

    /// Several that are added, from the smallest of the central values on; `None` unless all rest on the same samples.
    fn sum(lanes: &[Self]) -> Option<Self> {
        let mut factors: Vec<f64> = Vec::with_capacity(lanes.len());
        let mut more: Vec<f64> = Vec::with_capacity(lanes.len());
        let mut all: Option<&Rc<Root>> = None;
        for lane in lanes {
            match lane {
                Self::Same(number) => more.push(*number),
                Self::Line { root, factor, plus } => {
                    if all.is_some_and(|all| !Rc::ptr_eq(all, root)) {
                        return None;
                    }
                    all = Some(root);
                    factors.push(*factor);
                    more.push(*plus);
                }
            }
        }
        // In an order that does not depend on how the design is written.
        factors.sort_unstable_by(f64::total_cmp);
        more.sort_unstable_by(f64::total_cmp);
        let (factor, plus): (f64, f64) = (factors.iter().sum(), more.iter().sum());
        let is_line = factor != 0.0 && factor.is_finite() && plus.is_finite();
        is_line.then(|| all.map(|root| Self::Line { root: Rc::clone(root), factor, plus })).flatten()
    }
}

/// What an operation makes of its inputs where that is a line.
pub fn line(op: Op, lanes: &[Lane]) -> Option<Lane> {
    match (op, lanes) {
        (Op::Same, [only]) => Some(only.clone()),
        (Op::Complement, [only]) => only.moved(-1.0, 1.0),
        (Op::Sum, lanes) => Lane::sum(lanes),
        (Op::Difference, [from, Lane::Same(what)]) => from.moved(1.0, -what),
        (Op::Difference, [Lane::Same(from), what]) => what.moved(-1.0, *from),
        (Op::Difference, [from, what]) => Lane::sum(&[from.clone(), what.moved(-1.0, 0.0)?]),
        (Op::Quotient, [Lane::Line { root, factor, plus }, Lane::Same(by)]) => {
            let (factor, plus) = (factor / by, plus / by);
            let is_line = factor != 0.0 && factor.is_finite() && plus.is_finite();
            is_line.then(|| Lane::Line { root: Rc::clone(root), factor, plus })
        }
        (Op::Product, lanes) => {
            let mut varying = lanes.iter().filter(|lane| matches!(lane, Lane::Line { .. }));
            let (only, None) = (varying.next()?, varying.next()) else { return None };
            let certain = lanes.iter().filter_map(|lane| match lane {
                Lane::Same(number) => Some(*number),
                Lane::Line { .. } => None,
            });
            only.moved(certain.product(), 0.0)
        }
        _ => None,
    }
}

/// What an operation makes of its inputs, sample by sample, written to `into`, which is empty. `central` has the central
/// value of each input.
pub fn elements(op: Op, lanes: &[Lane], central: &[f64], length: usize, mut into: Vec<f64>) -> Vec<f64> {
    let folded = |mut all: Vec<f64>, join: fn(f64, f64) -> f64| {
        let mut rest = lanes.iter();
        if let Some(first) = rest.next() {
            all.resize(length, 0.0);
            first.join(&mut all, |_, value| value);
        }
        rest.for_each(|lane| lane.join(&mut all, join));
        all
    };
    match op {
        Op::Product => folded(into, times),
        Op::Difference => folded(into, |a, b| a - b),
        Op::Quotient => folded(into, quotient),
        Op::Largest => folded(into, super::evaluation::largest),
        Op::Smallest => folded(into, super::evaluation::smallest),
        Op::Compare(comparator) => {
            let mut all = folded(into, |left, _| left);
            if let [_, right] = lanes {
                right.join(&mut all, |left, right| compare(comparator, left, right));
            }
            all
        }
        Op::RoundUp => {
            let mut all = folded(into, |value, _| value);
            all.iter_mut().for_each(|value| *value = round_up(*value));
            all
        }
        Op::Sum => {
            into.resize(length, 0.0);
            // In an order that does not depend on how the design is written.
            let mut order: Vec<(f64, &Lane)> = central.iter().copied().zip(lanes).collect();
            // Of those that are alike in the middle, or without end there, the samples decide.
            let same = |a: &Lane, b: &Lane| {
                let mut pairs = (0..length).map(|sample| a.at(sample).total_cmp(&b.at(sample)));
                pairs.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
            };
            order.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| same(a.1, b.1)));
            order.iter().for_each(|(_, lane)| lane.join(&mut into, |sum, value| sum + value));
            into
        }
        op => {
            each_row(lanes, length, &mut |row| into.push(apply(op, row)));
            into
        }
    }
}

/// Does something with the inputs of each sample.
pub fn each_row(lanes: &[Lane], length: usize, work: &mut dyn FnMut(&[f64])) {
    let mut row: Vec<f64> = Vec::with_capacity(lanes.len());
    let mut varying: Vec<(usize, &[f64], f64, f64)> = Vec::new();
    for (at, lane) in lanes.iter().enumerate() {
        match lane {
            Lane::Same(number) => row.push(*number),
            Lane::Line { root, factor, plus } => {
                row.push(f64::NAN);
                varying.push((at, &root.values, *factor, *plus));
            }
        }
    }
    for sample in 0..length {
        for (at, values, factor, plus) in &varying {
            if let (Some(slot), Some(value)) = (row.get_mut(*at), values.get(sample)) {
                *slot = moved(*value, *factor, *plus);
            }
        }
        work(&row);
    }
}

/// What is infinite stays so, and nothing is added to what is not moved.
fn moved(value: f64, factor: f64, plus: f64) -> f64 {
    if factor == 1.0 && plus == 0.0 { value } else { value * factor + plus }
}

fn summary(vector: &[f64]) -> Summary {
    let mean = statistics::mean(vector);
    let samples = vector.len();
    let found = statistics::percentiles(vector, &[0.05, 0.5, 0.95]);
    let at = |index: usize| found.get(index).copied().unwrap_or(f64::NAN);
    Summary {
        p5: at(0),
        p50: at(1),
        p95: at(2),
        mean: mean.of_finite,
        unstable: mean.infinite_share,
        samples,
    }
}
