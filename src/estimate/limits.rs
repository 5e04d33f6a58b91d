//! How far an input can go before something breaks, and what breaks then.
//!
//! The input is multiplied by factors of √2 (of 2 where a step takes long), upwards and downwards, until enough has broken; where something breaks
//! between two factors, the place is found by halving the step on a logarithmic scale. Nothing has to be monotone for
//! that, but what breaks and mends again between two factors is overlooked.

use super::label::Subject;
use super::sheet::{Formula, Op, Value};
use super::{Changes, Estimate, Evaluation, Missing, Samples};
use crate::model::names::Space;
use crate::quantity::{Comparator, Dimension};
use std::collections::BTreeMap;

/// The farthest that is looked.
pub const FARTHEST: f64 = 1e6;
/// The most that is found to break in one direction.
pub const MOST_BREAKS: usize = 5;
/// The place where something breaks is known to this factor: three significant digits.
const PRECISE: f64 = 1.0002;
/// The same where it is drawn so few times that more digits would say nothing.
const ROUGH: f64 = 1.005;
/// How many samples are drawn unless somebody says.
pub const SAMPLES: usize = 2_000;

/// How many samples are drawn of what takes long, such as percentiles of a time.
const HEAVY_SAMPLES: usize = 200;

const BOUNDED: Formula = Formula {
    model: "stability",
    text: "{0} does not grow without end",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [number] if !number.is_nan() => f64::from(u8::from(number.is_finite())),
        _ => f64::NAN,
    },
};

/// What cannot go on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    /// The check of a requirement, by index, does not hold.
    Requirement(u32),
    /// A component, by index, is asked for all that it has, or for more.
    Component(u32),
}

/// A value that something hangs on, and how it must compare.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Measure {
    /// The value.
    pub value: Value,
    /// How it must compare.
    pub comparator: Comparator,
    /// With what.
    pub bound: Value,
}

/// Something that breaks.
#[derive(Clone, PartialEq, Debug)]
pub struct Break {
    /// What does.
    pub part: Part,
    /// The first value of the input at which it is broken.
    pub at: f64,
    /// The same as a factor of today's.
    pub factor: f64,
    /// What it hangs on.
    pub measure: Option<Measure>,
    /// That value today.
    pub today: f64,
    /// That value then.
    pub then: f64,
    /// The bound then.
    pub bound: f64,
    /// How probable it is that all is well then, where something is uncertain.
    pub chance: Option<f64>,
    /// How probable it has to be.
    pub wanted: f64,
}

/// What happens in one direction.
#[derive(Clone, PartialEq, Debug)]
pub struct Way {
    /// The last value at which everything holds; `None` when nothing breaks.
    pub limit: Option<f64>,
    /// The value up to which it was sought.
    pub sought_to: f64,
    /// What breaks, in the order in which it does.
    pub breaks: Vec<Break>,
}

/// How far an input can go.
#[derive(Clone, PartialEq, Debug)]
pub struct Limits {
    /// The input.
    pub input: Value,
    /// Its value today.
    pub today: f64,
    /// When it grows.
    pub up: Way,
    /// When it shrinks.
    pub down: Way,
    /// What is broken today.
    pub broken: Vec<Break>,
    /// When something is broken today: the nearest value at which everything would hold.
    pub would_hold: Option<f64>,
    /// Checks that nobody can answer, and what is missing for them.
    pub unknown: Vec<(u32, Vec<Missing>)>,
    /// Whether anything that was looked at rests on the input.
    pub matters: bool,
}

/// Why no limit can be sought.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hopeless {
    /// The value is not known.
    Unknown,
    /// The value is zero, and factors of zero are zero.
    Zero,
}

struct Condition {
    part: Part,
    holds: Value,
    confidence: f64,
    measures: Vec<Measure>,
}

/// Whether a condition holds, and how probably; `None` when that is not known.
type State = Option<(bool, Option<f64>)>;

struct Search<'e, 'm, 't> {
    estimate: &'e Estimate<'m, 't>,
    conditions: Vec<Condition>,
    input: Value,
    today: f64,
    now: Evaluation,
    wish: Wish,
}

/// How a limit is sought.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wish {
    /// Whether it is also sought how far the input can shrink.
    pub with_down: bool,
    /// Whether every uncertain input stands for its median.
    pub is_central: bool,
}

/// Seeks how far an input can grow. Adds what it compares to the sheet.
pub fn find(estimate: &mut Estimate<'_, '_>, input: Value, wish: Wish) -> Result<Limits, Hopeless> {
    let conditions = conditions(estimate);
    let estimate = &*estimate;
    let wanted: Vec<Value> = conditions.iter().map(|condition| condition.holds).chain([input]).collect();
    let now = estimate.central(&Changes::new(), &wanted);
    let today = now.of(input);
    if !estimate.sheet.is_known(input) || !today.is_finite() {
        return Err(Hopeless::Unknown);
    }
    if today == 0.0 {
        return Err(Hopeless::Zero);
    }
    let holds: Vec<Value> = conditions.iter().map(|condition| condition.holds).collect();
    let matters = Evaluation::needed(&estimate.sheet, &holds).get(input.index()).copied().unwrap_or(false);
    let search = Search { estimate, conditions, input, today, now, wish };
    Ok(search.run(matters))
}

fn conditions(estimate: &mut Estimate<'_, '_>) -> Vec<Condition> {
    let mut conditions = Vec::new();
    for (requirement, holds) in estimate.checks.clone() {
        let measures = measures(estimate, holds);
        let confidence = estimate.confidence(requirement);
        conditions.push(Condition { part: Part::Requirement(requirement), holds, confidence, measures });
    }
    let one = estimate.sheet.given(1.0, Dimension::NONE);
    let endless = estimate.sheet.given(f64::INFINITY, Dimension::TIME);
    for component in 0..u32::try_from(estimate.model.names.all(Space::Component).len()).unwrap_or(u32::MAX) {
        let subject = Subject::Component(component);
        let mut parts = Vec::new();
        let mut measures = Vec::new();
        for (name, bound) in [("utilization", one), ("wait.mean", endless)] {
            let Some(value) = estimate.get(subject, name) else { continue };
            if !estimate.sheet.is_known(value) || estimate.sheet.is_heavy(value) {
                continue;
            }
            parts.push(match name {
                "utilization" => estimate.sheet.compare(value, Comparator::Less, bound),
                _ => estimate.sheet.formula(&BOUNDED, &[value], Dimension::NONE),
            });
            measures.push(Measure { value, comparator: Comparator::Less, bound });
        }
        if parts.is_empty() {
            continue;
        }
        let holds = estimate.sheet.smallest(&parts);
        let confidence = super::readings::CONFIDENCE;
        conditions.push(Condition { part: Part::Component(component), holds, confidence, measures });
    }
    conditions
}

/// The comparisons that a check is made of, as they are told when it breaks.
fn measures(estimate: &Estimate<'_, '_>, check: Value) -> Vec<Measure> {
    const MOST: usize = 100;
    let measure = |compare: Value| match (estimate.sheet.op(compare), estimate.sheet.inputs(compare)) {
        (Op::Compare(comparator), [left, right]) => Some(Measure { value: *left, comparator, bound: *right }),
        _ => None,
    };
    estimate.comparisons(check).into_iter().filter_map(measure).take(MOST).collect()
}

impl Search<'_, '_, '_> {
    fn run(self, matters: bool) -> Limits {
        let all: Vec<usize> = (0..self.conditions.len()).collect();
        let today = self.states(1.0, &all);
        let mut unknown = Vec::new();
        let mut broken = Vec::new();
        for (condition, state) in self.conditions.iter().zip(&today) {
            match (state, condition.part) {
                (None, Part::Requirement(index)) => {
                    unknown.push((index, self.estimate.missing(condition.holds)));
                }
                (Some((false, chance)), _) => broken.push(self.broken(condition, 1.0, *chance)),
                _ => {}
            }
        }
        let nowhere = Way { limit: None, sought_to: self.today, breaks: Vec::new() };
        let mut limits = Limits {
            input: self.input,
            today: self.today,
            up: nowhere.clone(),
            down: nowhere,
            broken,
            would_hold: None,
            unknown,
            matters,
        };
        let known: Vec<usize> =
            all.iter().zip(&today).filter(|(_, state)| state.is_some()).map(|(index, _)| *index).collect();
        if !matters {
            return limits;
        }
        if limits.broken.is_empty() {
            limits.up = self.way(&known, true);
            if self.wish.with_down {
                limits.down = self.way(&known, false);
            }
        } else {
            limits.would_hold = self.mended(&known).map(|factor| self.today * factor);
        }
        limits
    }

    /// The conditions with these indexes, at a factor of today's value.
    fn states(&self, factor: f64, which: &[usize]) -> Vec<State> {
        let chosen: Vec<&Condition> = which.iter().filter_map(|index| self.conditions.get(*index)).collect();
        let values: Vec<Value> = chosen.iter().map(|condition| condition.holds).collect();
        // Today is as it is written: an uncertain input is uncertain.
        let changes = match factor == 1.0 {
            true => Changes::new(),
            false => Changes::from([(self.input, self.today * factor)]),
        };
        let central = self.estimate.central(&changes, &values);
        let options = self.estimate.options;
        let sheet = &self.estimate.sheet;
        // What takes long is drawn less often, and so that it does not hold up the others.
        let drawn = if self.wish.is_central { [].iter() } else { values.iter() };
        let (heavy, light): (Vec<Value>, Vec<Value>) = drawn.partition(|value| sheet.is_heavy(**value));
        let mut known = BTreeMap::new();
        for (values, samples) in [(light, options.samples), (heavy, options.samples.min(HEAVY_SAMPLES))] {
            let found = Samples::summaries(sheet, &central, &values, samples, options.seed, options.threads);
            known.extend(values.into_iter().zip(found));
        }
        let summaries = values.iter().map(|value| known.get(value).copied().flatten());
        let state = |(condition, summary): (&&Condition, Option<super::Summary>)| {
            let holds = central.of(condition.holds);
            if !sheet.is_known(condition.holds) || holds.is_nan() {
                return None;
            }
            Some(match summary.map(|summary| summary.mean).filter(|chance| !chance.is_nan()) {
                Some(chance) => (chance >= condition.confidence, Some(chance)),
                None => (holds >= 0.5, None),
            })
        };
        chosen.iter().zip(summaries).map(state).collect()
    }

    /// Whether all of them hold; those that take long are asked last.
    fn all_hold(&self, factor: f64, which: &[usize]) -> bool {
        let is_slow = |index: &usize| {
            self.conditions.get(*index).is_some_and(|condition| self.estimate.sheet.is_heavy(condition.holds))
        };
        let (slow, quick): (Vec<usize>, Vec<usize>) = which.iter().partition(|index| is_slow(index));
        [quick, slow]
            .iter()
            .all(|which| self.states(factor, which).iter().all(|state| state.is_some_and(|(holds, _)| holds)))
    }

    /// Whether it takes long to say whether a condition holds.
    fn is_slow(&self, condition: &Condition) -> bool {
        let varies = self.estimate.sheet.varies(condition.holds) && !self.wish.is_central;
        varies && self.estimate.sheet.is_heavy(condition.holds)
    }

    /// The step from one factor to the next: larger where each step takes long.
    fn step(&self) -> f64 {
        let is_slow = self.conditions.iter().any(|condition| self.is_slow(condition));
        if is_slow { 2.0 } else { std::f64::consts::SQRT_2 }
    }

    /// The factors to look at, from today's value outwards.
    fn factors(&self, is_up: bool, step: f64) -> Vec<f64> {
        let sheet = &self.estimate.sheet;
        let is_share = sheet.dimension(self.input).is_none() && self.estimate.is_share(self.input);
        let most = match is_share && (0.0..=1.0).contains(&self.today) {
            true => (1.0 / self.today).min(FARTHEST),
            false => FARTHEST,
        };
        let mut factors = Vec::new();
        let mut factor = step;
        let end = if is_up { most } else { FARTHEST };
        while factor < end * (1.0 - 1e-9) {
            factors.push(factor);
            factor *= step;
        }
        if end > 1.0 {
            factors.push(end);
        }
        if is_up { factors } else { factors.into_iter().map(|factor| 1.0 / factor).collect() }
    }

    fn way(&self, known: &[usize], is_up: bool) -> Way {
        let mut way = Way { limit: None, sought_to: self.today, breaks: Vec::new() };
        let mut waiting: Vec<usize> = known.to_vec();
        let mut before = 1.0;
        for factor in self.factors(is_up, self.step()) {
            let states = self.states(factor, &waiting);
            let (mut now_broken, mut holding) = (Vec::new(), Vec::new());
            for (index, state) in waiting.iter().zip(states) {
                let list = if matches!(state, Some((false, _))) { &mut now_broken } else { &mut holding };
                list.push(*index);
            }
            way.sought_to = self.today * factor;
            self.refine(before, factor, &now_broken, &mut way);
            if way.breaks.len() >= MOST_BREAKS || holding.is_empty() {
                break;
            }
            waiting = holding;
            before = factor;
        }
        way
    }

    /// Where between two factors each of some conditions breaks, the nearest first.
    fn refine(&self, holds_at: f64, broken_at: f64, which: &[usize], way: &mut Way) {
        if which.is_empty() || way.breaks.len() >= MOST_BREAKS {
            return;
        }
        let mut conditions = which.iter().filter_map(|index| self.conditions.get(*index));
        let precise = if conditions.all(|condition| self.is_slow(condition)) { ROUGH } else { PRECISE };
        if (broken_at / holds_at).max(holds_at / broken_at) <= precise {
            way.limit.get_or_insert(self.today * holds_at);
            let states = self.states(broken_at, which);
            for (index, state) in which.iter().zip(states) {
                let Some(condition) = self.conditions.get(*index) else { continue };
                if way.breaks.len() < MOST_BREAKS {
                    let chance = state.and_then(|(_, chance)| chance);
                    way.breaks.push(self.broken(condition, broken_at, chance));
                }
            }
            return;
        }
        let middle = (holds_at * broken_at).sqrt();
        let states = self.states(middle, which);
        let (mut sooner, mut later) = (Vec::new(), Vec::new());
        for (index, state) in which.iter().zip(states) {
            let list = if matches!(state, Some((false, _))) { &mut sooner } else { &mut later };
            list.push(*index);
        }
        self.refine(holds_at, middle, &sooner, way);
        self.refine(middle, broken_at, &later, way);
    }

    /// The factor nearest to today at which everything holds.
    fn mended(&self, known: &[usize]) -> Option<f64> {
        let (down, up) = (self.factors(false, 2.0), self.factors(true, 2.0));
        let mut before = (1.0, 1.0);
        for step in 0..down.len().max(up.len()) {
            let tries = [(down.get(step), before.0), (up.get(step), before.1)];
            for (factor, before) in tries {
                let Some(factor) = factor.filter(|factor| self.all_hold(**factor, known)) else { continue };
                let (mut holds, mut broken) = (*factor, before);
                while (broken / holds).max(holds / broken) > PRECISE {
                    let middle = (holds * broken).sqrt();
                    *(if self.all_hold(middle, known) { &mut holds } else { &mut broken }) = middle;
                }
                return Some(holds);
            }
            before = (down.get(step).copied().unwrap_or(before.0), up.get(step).copied().unwrap_or(before.1));
        }
        None
    }

    fn broken(&self, condition: &Condition, factor: f64, chance: Option<f64>) -> Break {
        let changes = match factor == 1.0 {
            true => Changes::new(),
            false => Changes::from([(self.input, self.today * factor)]),
        };
        let then = self.estimate.central(&changes, &[condition.holds]);
        let fails = |measure: &&Measure| {
            let (value, bound) = (then.of(measure.value), then.of(measure.bound));
            value.is_infinite() || (bound.is_finite() && !measure.comparator.holds(value, bound))
        };
        let measure = condition.measures.iter().find(fails).or(condition.measures.first()).copied();
        let of = |evaluation: &Evaluation| measure.map_or(f64::NAN, |measure| evaluation.of(measure.value));
        Break {
            part: condition.part,
            at: self.today * factor,
            factor,
            measure,
            today: of(&self.now),
            then: of(&then),
            bound: measure.map_or(f64::NAN, |measure| then.of(measure.bound)),
            chance,
            wanted: condition.confidence,
        }
    }
}

/// The largest value of an input at which everything holds, whether it does so today or not.
pub fn largest(limits: &Limits) -> Option<f64> {
    match limits.broken.is_empty() {
        true => limits.up.limit,
        false => limits.would_hold,
    }
}
