//! How times compose, and what follows from the composition alone: what is least, whether it ever ends, what fails.

use super::distribution::{Distribution, nothing_times};
use super::functions::at_least;
use super::leaf::Leaf;

/// How long something takes that is made of other things. Times of different parts are independent.
#[derive(Clone, Debug, PartialEq)]
pub enum Time {
    /// No time at all.
    Nothing,
    /// One thing.
    Takes(Distribution),
    /// A wait in a line of several servers (M/M/c): none, or else an exponential time.
    Waits {
        /// The chance that there is a wait at all.
        chance: f64,
        /// The mean of those waits that are; infinite where the line grows for ever.
        conditional: f64,
    },
    /// The wait in a line before one server (M/G/1, first come first served), after Pollaczek and Khinchine.
    WaitsBehind {
        /// The share of time that the server is busy; the line grows for ever from one on.
        utilization: f64,
        /// How long the server takes for each.
        service: Distribution,
    },
    /// One after the other.
    Sequence(Vec<Time>),
    /// All at once, until the last has ended.
    All(Vec<Time>),
    /// All at once, until so many have ended.
    First {
        /// How many have to end.
        count: usize,
        /// The times.
        of: Vec<Time>,
    },
    /// So many alike at once, until a number of them have ended.
    Copies {
        /// How many have to end.
        needed: f64,
        /// How many there are; not necessarily whole if all are needed.
        of: f64,
        /// Each of them.
        each: Box<Time>,
    },
    /// One of several, each with its chance; what is missing to one takes no time.
    Either(Vec<(f64, Time)>),
    /// The same so many times one after the other; a fraction is the chance of one more.
    Again {
        /// How many times.
        times: f64,
        /// Each of them.
        each: Box<Time>,
    },
    /// A second copy is sent when the first has not ended in time; the earlier end counts.
    Hedged {
        /// When the second is sent.
        after: f64,
        /// Each of the two.
        each: Box<Time>,
    },
    /// Tried again when it fails or takes too long.
    Attempts {
        /// How long an attempt may take; infinite for any time.
        timeout: f64,
        /// How many attempts there are at most, the first included.
        attempts: f64,
        /// The pause before the second attempt, the third, and so on; the last repeats.
        pauses: Vec<f64>,
        /// The chance that an attempt fails by itself, at its end.
        failure: f64,
        /// One attempt.
        each: Box<Time>,
        /// Whether runs in which all attempts fail go on, after the time of the attempts. Otherwise they have failed,
        /// and the percentiles are those of the other runs.
        gives_up: bool,
    },
}

/// What a [`Time::Attempts`] says, with numbers that make no sense made sensible.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trying<'a> {
    pub(super) timeout: f64,
    pub(super) attempts: f64,
    pub(super) failure: f64,
    pub(super) gives_up: bool,
    pub(super) each: &'a Time,
    pauses: &'a [f64],
}

impl<'a> Trying<'a> {
    pub(super) fn of(time: &'a Time) -> Option<Trying<'a>> {
        let Time::Attempts { timeout, attempts, pauses, failure, each, gives_up } = time else { return None };
        Some(Trying {
            timeout: timeout.max(0.0),
            attempts: attempts.floor().max(1.0),
            failure: failure.clamp(0.0, 1.0),
            gives_up: *gives_up,
            each,
            pauses,
        })
    }

    /// The pause after so many attempts.
    pub(super) fn pause_after(&self, attempts: usize) -> f64 {
        let last = self.pauses.last();
        attempts
            .checked_sub(1)
            .and_then(|index| self.pauses.get(index))
            .or(last)
            .map_or(0.0, |pause| pause.max(0.0))
    }

    /// The chance that one attempt fails, given the share of times within the timeout.
    pub(super) fn failing(&self, within: f64) -> f64 {
        (self.failure * within + (1.0 - within)).clamp(0.0, 1.0)
    }

    /// `chance^attempts`.
    pub(super) fn all(&self, chance: f64) -> f64 {
        libm::pow(chance, self.attempts)
    }
}

/// The chances of the branches, none negative, and their sum, at most one.
pub(super) fn chances(branches: &[(f64, Time)]) -> (impl Iterator<Item = (f64, &Time)>, f64) {
    let sum: f64 = branches.iter().map(|branch| branch.0.max(0.0)).sum();
    let factor = if sum > 1.0 && sum < f64::INFINITY { 1.0 / sum } else { 1.0 };
    (
        branches.iter().map(move |(chance, time)| (chance.clamp(0.0, 1.0 / factor) * factor, time)),
        sum.min(1.0),
    )
}

/// The chance that at least so many of independent things happen that have these chances.
pub(super) fn at_least_of(needed: usize, happening: &[f64]) -> f64 {
    let count = happening.len();
    if needed == 0 {
        return 1.0;
    }
    if needed > count {
        return 0.0;
    }
    if needed == count {
        return happening.iter().product();
    }
    if needed == 1 {
        return 1.0 - happening.iter().map(|p| 1.0 - p).product::<f64>();
    }
    // Count what is rarer to be many: states 0, 1, … up to the number that decides.
    let misses = count - needed + 1;
    let (size, by_misses) = if misses < needed { (misses, true) } else { (needed, false) };
    let mut states = vec![0.0; size];
    if let Some(first) = states.first_mut() {
        *first = 1.0;
    }
    let mut decided = 0.0;
    for &p in happening {
        let step = if by_misses { 1.0 - p } else { p };
        decided += states.last().copied().unwrap_or(0.0) * step;
        let mut carried = 0.0;
        for state in &mut states {
            let here = *state;
            *state = here * (1.0 - step) + carried;
            carried = here * step;
        }
    }
    if by_misses { (1.0 - decided).max(0.0) } else { decided.min(1.0) }
}

impl Time {
    /// The times directly inside.
    pub(super) fn parts(&self) -> Vec<&Time> {
        match self {
            Time::Nothing | Time::Takes(_) | Time::Waits { .. } | Time::WaitsBehind { .. } => Vec::new(),
            Time::Sequence(parts) | Time::All(parts) | Time::First { of: parts, .. } => {
                parts.iter().collect()
            }
            Time::Either(branches) => branches.iter().map(|branch| &branch.1).collect(),
            Time::Copies { each, .. }
            | Time::Again { each, .. }
            | Time::Hedged { each, .. }
            | Time::Attempts { each, .. } => vec![each],
        }
    }

    /// Whether it is one thing, or a sequence of such.
    pub(super) fn is_simple(&self) -> bool {
        match self {
            Time::Nothing | Time::Takes(_) | Time::Waits { .. } | Time::WaitsBehind { .. } => true,
            Time::Sequence(parts) => parts.iter().all(|part| part.parts().is_empty()),
            _ => false,
        }
    }

    /// Whether any number in it is not a number.
    pub(super) fn is_unknown(&self) -> bool {
        let here = match self {
            Time::Nothing | Time::Sequence(_) | Time::All(_) | Time::First { .. } => false,
            Time::Takes(distribution) => distribution.is_unknown(),
            Time::Waits { chance, conditional } => chance.is_nan() || conditional.is_nan(),
            Time::WaitsBehind { utilization, service } => utilization.is_nan() || service.is_unknown(),
            Time::Copies { needed, of, .. } => needed.is_nan() || of.is_nan(),
            Time::Either(branches) => branches.iter().any(|branch| branch.0.is_nan()),
            Time::Again { times, .. } => times.is_nan(),
            Time::Hedged { after, .. } => after.is_nan(),
            Time::Attempts { timeout, attempts, pauses, failure, .. } => {
                [timeout, attempts, failure].iter().any(|value| value.is_nan())
                    || pauses.iter().any(|pause| pause.is_nan())
            }
        };
        here || self.parts().iter().any(|part| part.is_unknown())
    }

    /// A time that all but about 1e-19 take at least, not necessarily the most that can be said.
    pub(super) fn least(&self) -> f64 {
        match self {
            Time::Nothing | Time::WaitsBehind { .. } => 0.0,
            Time::Waits { chance, conditional } => {
                if *chance >= 1.0 && conditional.is_infinite() {
                    f64::INFINITY
                } else {
                    0.0
                }
            }
            Time::Takes(distribution) => match distribution {
                Distribution::Constant(value) => value.max(0.0),
                Distribution::Uniform { low, high } => low.min(*high).max(0.0),
                Distribution::Pareto { least, .. } => least.max(0.0),
                // Of what is narrow, all but about 1e-19 lies within nine deviations.
                Distribution::Normal { mean, deviation } => (mean - 9.0 * deviation.abs()).max(0.0),
                Distribution::Lognormal { median, sigma } if sigma.abs() < 0.25 => {
                    nothing_times(median.max(0.0), libm::exp(-9.0 * sigma.abs()))
                }
                Distribution::Gamma { shape, scale } if *shape > 100.0 && *scale > 0.0 => {
                    nothing_times(*scale, shape - 9.0 * shape.sqrt())
                }
                Distribution::Points(_) => match Leaf::new(distribution) {
                    Leaf::Steps(steps) => steps.first().map_or(f64::INFINITY, |step| step.0),
                    _ => f64::INFINITY,
                },
                _ => 0.0,
            },
            Time::Sequence(parts) => parts.iter().map(Time::least).sum(),
            Time::First { count: 0, .. } => 0.0,
            Time::First { count, of } if *count > of.len() => f64::INFINITY,
            // Whatever is started by then has not ended, so that all parts are seen from the same time on.
            Time::All(parts) | Time::First { of: parts, .. } => {
                let least = parts.iter().map(Time::least).fold(f64::INFINITY, f64::min);
                if parts.is_empty() { 0.0 } else { least }
            }
            Time::Copies { needed, of, each } => {
                if *needed <= 0.0 {
                    0.0
                } else if needed > of {
                    f64::INFINITY
                } else {
                    each.least()
                }
            }
            Time::Either(branches) => {
                let (inside, sum) = chances(branches);
                let least = inside.filter(|branch| branch.0 > 0.0).map(|branch| branch.1.least());
                let least = least.fold(f64::INFINITY, f64::min);
                if sum < 1.0 - 1e-12 || !least.is_finite() && sum == 0.0 { 0.0 } else { least }
            }
            Time::Again { times, each } => {
                let times = times.floor();
                if times <= 0.0 { 0.0 } else { nothing_times(times, each.least()) }
            }
            Time::Hedged { each, .. } => each.least(),
            Time::Attempts { timeout, each, .. } => each.least().min(timeout.max(0.0)),
        }
    }

    /// The share of runs that ever end.
    pub(super) fn ending(&self) -> f64 {
        match self {
            Time::Nothing => 1.0,
            Time::Takes(Distribution::Lognormal { median, sigma })
                if *median > 0.0 && median.max(sigma.abs()).is_finite() =>
            {
                1.0
            }
            Time::Takes(distribution) => match Leaf::new(distribution) {
                Leaf::Never => 0.0,
                Leaf::Steps(steps) => steps.last().map_or(0.0, |step| step.1[0]),
                _ => 1.0,
            },
            Time::Waits { chance, conditional } => {
                if conditional.is_infinite() {
                    1.0 - chance.clamp(0.0, 1.0)
                } else {
                    1.0
                }
            }
            Time::WaitsBehind { utilization, service } => {
                if *utilization <= 0.0 || *utilization < 1.0 && service.mean() < f64::INFINITY {
                    1.0
                } else {
                    0.0
                }
            }
            Time::Sequence(parts) | Time::All(parts) => parts.iter().map(Time::ending).product(),
            Time::First { count, of } => {
                at_least_of(*count, &of.iter().map(Time::ending).collect::<Vec<f64>>())
            }
            Time::Copies { needed, of, each } => {
                let p = each.ending();
                at_least(*needed, *of, p, 1.0 - p)
            }
            Time::Either(branches) => {
                let (inside, sum) = chances(branches);
                1.0 - sum + inside.map(|(chance, time)| chance * time.ending()).sum::<f64>()
            }
            Time::Again { times, each } => {
                let p = each.ending();
                if p == 1.0 {
                    return if times.is_infinite() && each.least() > 0.0 { 0.0 } else { 1.0 };
                }
                let whole = times.max(0.0).floor();
                let part = times.max(0.0) - whole;
                libm::pow(p, whole) * (1.0 - part + part * p)
            }
            Time::Hedged { each, after } => {
                let never = 1.0 - each.ending();
                1.0 - never * if after.is_infinite() { 1.0 } else { never }
            }
            Time::Attempts { timeout, failure, each, gives_up, .. } => {
                let p = each.ending();
                let failure = failure.clamp(0.0, 1.0);
                if timeout.is_finite() {
                    if *gives_up || (p > 0.0 && failure < 1.0) { 1.0 } else { 0.0 }
                } else if *gives_up && failure >= 1.0 {
                    p
                } else {
                    (1.0 - failure) * p / (1.0 - p * failure)
                }
            }
        }
    }
}
