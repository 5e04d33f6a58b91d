//! Uncertainty: the same sheet with twenty thousand values for each uncertain input.
//!
//! Every input has one vector of samples that follows from its name, and everything else is calculated element by element.
//! So an input that occurs twice is the same number twice, and a change of one input moves no sample of another. Nodes are
//! calculated one after the other, each for all samples, and forgotten as soon as nothing needs them any more.
//!
//! Distributions of time are too expensive for that many samples. They are calculated for the first few of them: as many
//! as a fixed budget of work allows, which depends on the design alone and not on the machine.

use super::evaluation::{Evaluation, apply};
use super::sheet::{Op, Sheet, Value};
use crate::numerics::random;
use crate::numerics::statistics;

/// What is known of a value whose inputs are uncertain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// 5% of the samples are below.
    pub p5: f64,
    /// Half of the samples are below.
    pub p50: f64,
    /// 95% of the samples are below.
    pub p95: f64,
    /// The mean of the samples that are finite.
    pub mean: f64,
    /// The share of samples in which a queue grows without end.
    pub unstable: f64,
    /// How many samples there are.
    pub samples: usize,
}

/// Drawing samples.
#[derive(Debug)]
pub struct Samples;

/// Microseconds of work for distributions of time, and as many for lines.
const BUDGET: f64 = 500_000.0;
/// Samples that are always made of them.
const LEAST: usize = 50;
/// A block that takes longer gets as many samples as the budget allows.
const COSTLY: f64 = 0.5;

/// How many samples the blocks get whose cost lies between two bounds.
fn affordable(sheet: &Sheet<'_>, needed: &[bool], samples: usize, costs: std::ops::Range<f64>) -> usize {
    let cost = |value: Value| match sheet.op(value) {
        Op::Block(block) if needed.get(value.index()).copied().unwrap_or(false) && sheet.varies(value) => {
            sheet.block_at(block).map_or(0.0, |block| block.cost())
        }
        _ => 0.0,
    };
    let total: f64 = sheet.values().map(cost).filter(|cost| costs.contains(cost)).sum();
    if total <= 0.0 {
        return samples;
    }
    let affordable = (BUDGET / total) as usize;
    let blocks = affordable / random::BLOCK * random::BLOCK;
    let count = if blocks > 0 { blocks } else { affordable.max(LEAST) };
    count.min(samples)
}

/// How many samples are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    /// Of what is cheap.
    pub samples: usize,
    /// Of distributions of time.
    heavy: usize,
    /// Of lines.
    costly: usize,
    /// What they are seeded with.
    pub seed: u64,
}

impl Counts {
    /// As many as the work for all wanted values allows, on however many threads it is done.
    pub fn new(sheet: &Sheet<'_>, wanted: &[Value], samples: usize, seed: u64) -> Self {
        let needed = Evaluation::needed(sheet, wanted);
        let heavy = affordable(sheet, &needed, samples, super::sheet::HEAVY..f64::INFINITY);
        let costly = affordable(sheet, &needed, samples, COSTLY..super::sheet::HEAVY);
        Self { samples, heavy, costly, seed }
    }
}

/// What goes into a calculation: one number for all samples, or one for each.
enum Lane<'v> {
    Same(f64),
    Each(&'v [f64]),
}

impl Lane<'_> {
    fn at(&self, index: usize) -> f64 {
        match self {
            Self::Same(number) => *number,
            Self::Each(numbers) => numbers.get(index).copied().unwrap_or(f64::NAN),
        }
    }
}

struct Run<'s, 'm> {
    sheet: &'s Sheet<'m>,
    central: &'s Evaluation,
    vectors: Vec<Option<Vec<f64>>>,
    samples: usize,
    heavy: usize,
    costly: usize,
    seed: u64,
}

/// A product in which nothing of something without end is nothing.
fn times(a: f64, b: f64) -> f64 {
    let product = a * b;
    if product.is_nan() { apply(Op::Product, &[a, b]) } else { product }
}

impl Run<'_, '_> {
    fn lane(&self, value: Value) -> Lane<'_> {
        match self.vectors.get(value.index()) {
            Some(Some(vector)) => Lane::Each(vector),
            _ => Lane::Same(self.central.of(value)),
        }
    }

    fn calculate(&mut self, value: Value, results: &mut Vec<Vec<f64>>) {
        let op = self.sheet.op(value);
        let inputs = self.sheet.inputs(value);
        let vector = match op {
            Op::Drawn(index) => match self.sheet.draws().get(index as usize) {
                Some(draw) => random::samples(draw.spread, &draw.stream, self.seed, self.samples),
                None => Vec::new(),
            },
            Op::Block(index) => {
                self.block(index, inputs, results);
                return;
            }
            Op::Output(which) => results.get_mut(which as usize).map(std::mem::take).unwrap_or_default(),
            op => self.elements(op, inputs),
        };
        if let Some(slot) = self.vectors.get_mut(value.index()) {
            *slot = Some(vector);
        }
    }

    /// As many samples as the input with the fewest has.
    fn length(&self, inputs: &[Value]) -> usize {
        let lengths =
            inputs.iter().filter_map(|input| Some(self.vectors.get(input.index())?.as_ref()?.len()));
        lengths.min().unwrap_or(self.samples)
    }

    fn elements(&self, op: Op, inputs: &[Value]) -> Vec<f64> {
        let length = self.length(inputs);
        let lanes: Vec<Lane<'_>> = inputs.iter().map(|input| self.lane(*input)).collect();
        match (op, lanes.as_slice()) {
            (Op::Product, [Lane::Each(first), Lane::Each(second)]) => {
                first.iter().zip(*second).map(|(a, b)| times(*a, *b)).collect()
            }
            (Op::Product, [Lane::Each(each), Lane::Same(same)] | [Lane::Same(same), Lane::Each(each)]) => {
                each.iter().map(|number| times(*number, *same)).collect()
            }
            (Op::Quotient, [Lane::Each(each), Lane::Same(same)]) if *same != 0.0 => {
                each.iter().map(|number| number / same).collect()
            }
            (Op::Complement, [Lane::Each(each)]) => each.iter().map(|number| 1.0 - number).collect(),
            (Op::Same, [Lane::Each(each)]) => each.to_vec(),
            (Op::Sum, lanes) => {
                let mut total = vec![0.0; length];
                // In an order that does not depend on how the design is written.
                let mut order: Vec<(f64, &Lane<'_>)> =
                    inputs.iter().map(|input| self.central.of(*input)).zip(lanes).collect();
                order.sort_by(|a, b| a.0.total_cmp(&b.0));
                for (_, lane) in order {
                    match lane {
                        Lane::Same(number) => total.iter_mut().for_each(|sum| *sum += number),
                        Lane::Each(numbers) => {
                            total.iter_mut().zip(*numbers).for_each(|(sum, number)| *sum += number);
                        }
                    }
                }
                total
            }
            (op, lanes) => {
                let mut row = vec![0.0; lanes.len()];
                (0..length)
                    .map(|index| {
                        row.iter_mut().zip(lanes).for_each(|(slot, lane)| *slot = lane.at(index));
                        apply(op, &row)
                    })
                    .collect()
            }
        }
    }

    fn block(&self, index: u32, inputs: &[Value], results: &mut Vec<Vec<f64>>) {
        let Some(block) = self.sheet.block_at(index) else { return };
        let most = match block.cost() {
            cost if cost > super::sheet::HEAVY => self.heavy,
            cost if cost >= COSTLY => self.costly,
            _ => usize::MAX,
        };
        let length = self.length(inputs).min(most);
        let lanes: Vec<Lane<'_>> = inputs.iter().map(|input| self.lane(*input)).collect();
        let count = block.outputs().len();
        *results = vec![Vec::with_capacity(length); count];
        let mut row = vec![0.0; lanes.len()];
        let mut outputs = vec![f64::NAN; count];
        for index in 0..length {
            row.iter_mut().zip(&lanes).for_each(|(slot, lane)| *slot = lane.at(index));
            outputs.iter_mut().for_each(|slot| *slot = f64::NAN);
            block.sample(&row, &mut outputs);
            results.iter_mut().zip(&outputs).for_each(|(vector, number)| vector.push(*number));
        }
    }
}

impl Samples {
    /// The samples of the wanted values that are uncertain.
    pub fn draw(
        sheet: &Sheet<'_>,
        central: &Evaluation,
        wanted: &[Value],
        counts: Counts,
        keep: &mut dyn FnMut(Value, &mut Vec<f64>),
    ) {
        let needed = Evaluation::needed(sheet, wanted);
        let Counts { samples, heavy, costly, .. } = counts;
        let mut last_use: Vec<u32> = vec![0; sheet.len()];
        let is_needed = |value: Value| needed.get(value.index()).copied().unwrap_or(false);
        for value in sheet.values().filter(|value| is_needed(*value)) {
            for input in sheet.inputs(value) {
                last_use.iter_mut().skip(input.index()).take(1).for_each(|last| *last = value.0);
            }
        }
        let mut is_wanted = vec![false; sheet.len()];
        for value in wanted {
            is_wanted.iter_mut().skip(value.index()).take(1).for_each(|flag| *flag = true);
        }
        let mut run = Run {
            sheet,
            central,
            vectors: vec![None; sheet.len()],
            samples,
            heavy,
            costly,
            seed: counts.seed,
        };
        let mut results = Vec::new();
        for value in sheet.values() {
            // A block and its results come together: the results follow it directly.
            let is_result = matches!(sheet.op(value), Op::Output(_))
                && sheet.inputs(value).iter().any(|block| is_needed(*block));
            if !(is_needed(value) || is_result) || !sheet.varies(value) || central.is_changed(value) {
                continue;
            }
            run.calculate(value, &mut results);
            if is_wanted.get(value.index()).copied().unwrap_or(false)
                && let Some(Some(vector)) = run.vectors.get_mut(value.index())
            {
                let mut copy = vector.clone();
                keep(value, &mut copy);
            }
            for input in sheet.inputs(value) {
                let done = last_use.get(input.index()).is_some_and(|last| *last <= value.0);
                if let (true, Some(slot)) = (done, run.vectors.get_mut(input.index())) {
                    *slot = None;
                }
            }
            if last_use.get(value.index()) == Some(&0)
                && let Some(slot) = run.vectors.get_mut(value.index())
                && !matches!(sheet.op(value), Op::Block(_))
            {
                *slot = None;
            }
        }
    }

    /// Percentiles, mean and instability of the wanted values; `None` for those that are certain or not known.
    pub fn summaries(
        sheet: &Sheet<'_>,
        central: &Evaluation,
        wanted: &[Value],
        samples: usize,
        seed: u64,
        threads: usize,
    ) -> Vec<Option<Summary>> {
        let uncertain: Vec<Value> = {
            let mut all: Vec<Value> = wanted.iter().copied().filter(|value| sheet.varies(*value)).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        // Neighbours rest on the same blocks, so that parts of equal work are cut where they lie.
        let weights: Vec<f64> = uncertain.iter().map(|value| weight(sheet, *value)).collect();
        let each = weights.iter().sum::<f64>() / threads.clamp(1, 8) as f64;
        let counts = Counts::new(sheet, &uncertain, samples, seed);
        let summarize = |wanted: &[Value]| {
            let mut found = std::collections::BTreeMap::new();
            Self::draw(sheet, central, wanted, counts, &mut |value, vector| {
                found.insert(value, summary(vector));
            });
            found
        };
        let mut found = std::collections::BTreeMap::new();
        let mut chunks: Vec<&[Value]> = Vec::new();
        let (mut rest, mut filled, mut taken) = (uncertain.as_slice(), 0.0, 0);
        for weight in weights {
            taken += 1;
            filled += weight;
            if filled >= each
                && let Some((chunk, others)) = rest.split_at_checked(taken)
            {
                chunks.push(chunk);
                (rest, filled, taken) = (others, 0.0, 0);
            }
        }
        if !rest.is_empty() {
            chunks.push(rest);
        }
        if let [only] = chunks.as_slice() {
            found = summarize(only);
        } else {
            let all = std::thread::scope(|scope| {
                let running: Vec<_> = chunks.iter().map(|chunk| scope.spawn(|| summarize(chunk))).collect();
                running.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
            });
            for part in all.into_iter().flatten() {
                found.extend(part);
            }
        }
        wanted.iter().map(|value| found.get(value).copied()).collect()
    }
}

/// About how much work a value is.
fn weight(sheet: &Sheet<'_>, value: Value) -> f64 {
    // A block is calculated once for all of its results.
    const RESULTS: f64 = 6.0;
    1.0 + sheet.block(value).map_or(0.0, |(block, _)| block.cost() / RESULTS)
}

fn summary(vector: &mut [f64]) -> Summary {
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
