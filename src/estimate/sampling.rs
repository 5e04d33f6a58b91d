//! Uncertainty: the same sheet with twenty thousand values for each uncertain input.
//!
//! Every input has one vector of samples that follows from its name, and everything else is calculated element by element.
//! So an input that occurs twice is the same number twice, and a change of one input moves no sample of another. Nodes are
//! calculated one after the other, each for all samples, and forgotten as soon as nothing needs them any more. What only
//! scales others is not calculated at all (see `lanes`).
//!
//! Distributions of time are too expensive for that many samples. They are calculated for the first few of them: as many
//! as a fixed budget of work allows, which depends on the design alone and not on the machine.

use super::builder::Options;
use super::evaluation::Evaluation;
use super::lanes::{Lane, each_row, elements, line};
use super::sensitivity::SAMPLES;
use super::sheet::{Op, Sheet, Value};
use crate::numerics::random;
use std::collections::{BTreeMap, BTreeSet};

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
const BUDGET: f64 = 250_000.0;
/// Samples that are always made of them.
const LEAST: usize = 50;
/// What takes longer gets as many samples as the budget allows.
const COSTLY: f64 = 0.5;

/// Which budget pays for a calculation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Cheap,
    Costly,
    Heavy,
}

/// Which budget pays for a node, and the microseconds that a sample of it takes.
fn class(sheet: &Sheet<'_>, value: Value) -> (Class, f64) {
    match sheet.op(value) {
        Op::Block(block) => match sheet.block_at(block) {
            Some(block) if block.cost() > super::sheet::HEAVY => (Class::Heavy, block.work()),
            Some(block) if block.work() >= COSTLY => (Class::Costly, block.work()),
            _ => (Class::Cheap, 0.0),
        },
        Op::Formula(formula) if formula.work >= COSTLY => (Class::Costly, formula.work),
        _ => (Class::Cheap, 0.0),
    }
}

/// How many samples a budget allows for some work.
fn affordable(work: f64, samples: usize) -> usize {
    if work <= 0.0 {
        return samples;
    }
    let affordable = (BUDGET / work) as usize;
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
        let (mut heavy, mut costly) = (0.0, 0.0);
        for (value, needed) in sheet.values().zip(needed) {
            if !needed || !sheet.varies(value) {
                continue;
            }
            match class(sheet, value) {
                (Class::Heavy, work) => heavy += work,
                (Class::Costly, work) => costly += work,
                (Class::Cheap, _) => {}
            }
        }
        Self { samples, heavy: affordable(heavy, samples), costly: affordable(costly, samples), seed }
    }
}

struct Run<'s, 'm> {
    sheet: &'s Sheet<'m>,
    central: &'s Evaluation,
    lanes: Vec<Option<Lane>>,
    counts: Counts,
    /// The room of samples that nothing needs any more: it is warm.
    rooms: Vec<Vec<f64>>,
}

impl Run<'_, '_> {
    fn forget(&mut self, value: Value) {
        if let Some(lane) = self.lanes.get_mut(value.index()).and_then(Option::take) {
            self.rooms.extend(lane.into_room());
        }
    }

    fn lane(&self, value: Value) -> Lane {
        match self.lanes.get(value.index()) {
            Some(Some(lane)) => lane.clone(),
            _ => Lane::Same(self.central.of(value)),
        }
    }

    fn calculate(&mut self, value: Value, results: &mut Vec<Vec<f64>>) {
        let op = self.sheet.op(value);
        let lane = match op {
            Op::Drawn(index) => Lane::each(match self.sheet.draws().get(index as usize) {
                Some(draw) => {
                    random::samples(draw.spread, &draw.stream, self.counts.seed, self.counts.samples)
                }
                None => Vec::new(),
            }),
            Op::Output(which) => {
                Lane::each(results.get_mut(which as usize).map(std::mem::take).unwrap_or_default())
            }
            op => {
                let inputs = self.sheet.inputs(value);
                let lanes: Vec<Lane> = inputs.iter().map(|input| self.lane(*input)).collect();
                // As many samples as the input with the fewest has.
                let length = lanes.iter().filter_map(Lane::len).min().unwrap_or(self.counts.samples);
                let length = match class(self.sheet, value).0 {
                    Class::Cheap => length,
                    Class::Costly => length.min(self.counts.costly),
                    Class::Heavy => length.min(self.counts.heavy),
                };
                if let Op::Block(index) = op {
                    self.block(index, &lanes, length, results);
                    return;
                }
                line(op, &lanes).unwrap_or_else(|| {
                    let central: Vec<f64> = inputs.iter().map(|input| self.central.of(*input)).collect();
                    let room = self.rooms.pop().unwrap_or_default();
                    Lane::each(elements(op, &lanes, &central, length, room))
                })
            }
        };
        if let Some(slot) = self.lanes.get_mut(value.index()) {
            *slot = Some(lane);
        }
    }

    fn block(&mut self, index: u32, lanes: &[Lane], length: usize, results: &mut Vec<Vec<f64>>) {
        let Some(block) = self.sheet.block_at(index) else { return };
        let count = block.outputs().len();
        *results = std::iter::repeat_with(|| self.rooms.pop().unwrap_or_default()).take(count).collect();
        let mut outputs = vec![f64::NAN; count];
        each_row(lanes, length, &mut |row| {
            outputs.iter_mut().for_each(|slot| *slot = f64::NAN);
            block.sample(row, &mut outputs);
            results.iter_mut().zip(&outputs).for_each(|(vector, number)| vector.push(*number));
        });
    }
}

impl Samples {
    /// The samples of the wanted values that are uncertain.
    pub fn draw(
        sheet: &Sheet<'_>,
        central: &Evaluation,
        wanted: &[Value],
        counts: Counts,
        keep: &mut dyn FnMut(Value, &Lane),
    ) {
        let needed = Evaluation::needed(sheet, wanted);
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
        let mut run = Run { sheet, central, lanes: vec![None; sheet.len()], counts, rooms: Vec::new() };
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
                && let Some(Some(lane)) = run.lanes.get(value.index())
            {
                keep(value, lane);
            }
            for input in sheet.inputs(value) {
                let done = last_use.get(input.index()).is_some_and(|last| *last <= value.0);
                if done {
                    run.forget(*input);
                }
            }
            if last_use.get(value.index()) == Some(&0) && !matches!(sheet.op(value), Op::Block(_)) {
                run.forget(value);
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
        let options = Options { samples, seed, threads, ..Options::default() };
        Self::observe(sheet, central, wanted, &BTreeSet::new(), options).summaries
    }

    /// The same, and the first samples of some of them.
    pub fn observe(
        sheet: &Sheet<'_>,
        central: &Evaluation,
        wanted: &[Value],
        kept: &BTreeSet<Value>,
        options: Options,
    ) -> Observation {
        let uncertain: Vec<Value> = {
            let mut all: Vec<Value> = wanted.iter().copied().filter(|value| sheet.varies(*value)).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let counts = Counts::new(sheet, &uncertain, options.samples, options.seed);
        let look = |wanted: &[Value]| {
            let mut summaries: BTreeMap<Value, Summary> = BTreeMap::new();
            let mut vectors: BTreeMap<Value, Vec<f64>> = BTreeMap::new();
            Self::draw(sheet, central, wanted, counts, &mut |value, lane| {
                summaries.extend(lane.summary().map(|summary| (value, summary)));
                if kept.contains(&value) {
                    vectors.insert(value, lane.first(SAMPLES));
                }
            });
            (summaries, vectors)
        };
        let chunks = chunks(sheet, &uncertain, counts, options.threads);
        let (mut summaries, mut vectors) = (BTreeMap::new(), BTreeMap::new());
        if let [only] = chunks.as_slice() {
            (summaries, vectors) = look(only);
        } else {
            let all = std::thread::scope(|scope| {
                let running: Vec<_> = chunks.iter().map(|chunk| scope.spawn(|| look(chunk))).collect();
                running.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
            });
            for part in all.into_iter().flatten() {
                summaries.extend(part.0);
                vectors.extend(part.1);
            }
        }
        Observation { summaries: wanted.iter().map(|value| summaries.get(value).copied()).collect(), vectors }
    }
}

/// What is known of wanted values, and the samples that were to be kept.
#[derive(Debug)]
pub struct Observation {
    /// In the order of what was wanted; `None` for what is certain or not known.
    pub summaries: Vec<Option<Summary>>,
    /// The first samples of some.
    pub vectors: BTreeMap<Value, Vec<f64>>,
}

/// Parts of about equal work. Neighbours rest on the same blocks, so that parts are cut where they lie.
fn chunks<'v>(sheet: &Sheet<'_>, all: &'v [Value], counts: Counts, threads: usize) -> Vec<&'v [Value]> {
    let weights: Vec<f64> = all.iter().map(|value| weight(sheet, *value, counts)).collect();
    let each = weights.iter().sum::<f64>() / threads.clamp(1, 8) as f64;
    let mut chunks: Vec<&[Value]> = Vec::new();
    let (mut rest, mut filled, mut taken) = (all, 0.0, 0);
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
    chunks
}

/// About how many microseconds all samples of a value take.
fn weight(sheet: &Sheet<'_>, value: Value, counts: Counts) -> f64 {
    // A block is calculated once for all of its results.
    const RESULTS: f64 = 6.0;
    // Calculating, and finding the percentiles.
    const CHEAP: f64 = 0.004;
    let cheap = counts.samples as f64 * CHEAP;
    let block = sheet.block(value).and_then(|_| sheet.inputs(value).first());
    cheap
        + match block.map(|block| class(sheet, *block)) {
            Some((Class::Heavy, work)) => counts.heavy as f64 * work / RESULTS,
            Some((Class::Costly, work)) => counts.costly as f64 * work / RESULTS,
            _ => 0.0,
        }
}
