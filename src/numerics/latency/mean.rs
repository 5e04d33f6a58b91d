//! Means, which add, and shares of runs that fail.

use super::closed;
use super::distribution::{Distribution, nothing_times};
use super::functions::at_least;
use super::leaf::Leaf;
use super::percentiles::{SHARE_CELLS, left_between, percentile_inside, share_inside};
use super::time::{Time, Trying, at_least_of, chances};

/// The mean of a time.
pub fn mean(time: &Time) -> f64 {
    mean_on(time, CELLS)
}

/// The mean, with grids of so many cells where grids are needed.
pub(super) fn mean_on(time: &Time, cells: usize) -> f64 {
    if time.is_unknown() { f64::NAN } else { known(time, cells.min(CELLS), 0) }
}

/// How many cells a grid has that is asked for by another.
pub(super) const INSIDE: usize = 128;

/// How many cells are enough.
const CELLS: usize = 256;

/// The mean, as asked for by a grid of this level, with so many cells if a grid is needed for it.
pub(super) fn known(time: &Time, cells: usize, level: usize) -> f64 {
    match time {
        Time::Nothing => 0.0,
        Time::Takes(distribution) => distribution.mean().max(0.0),
        Time::Waits { chance, conditional } => nothing_times(chance.clamp(0.0, 1.0), conditional.max(0.0)),
        Time::WaitsBehind { utilization, service } => behind(*utilization, service),
        Time::Sequence(parts) => parts.iter().map(|part| known(part, cells, level)).sum(),
        Time::Either(branches) => {
            chances(branches).0.map(|(chance, time)| nothing_times(chance, known(time, cells, level))).sum()
        }
        Time::Again { times, each } => nothing_times(times.max(0.0), known(each, cells, level)),
        Time::All(parts) if parts.iter().any(|part| known(part, cells, level).is_infinite()) => f64::INFINITY,
        Time::All(_)
        | Time::First { .. }
        | Time::Copies { .. }
        | Time::Hedged { .. }
        | Time::Attempts { .. } => integrated(time, cells, level),
    }
}

fn behind(utilization: f64, service: &Distribution) -> f64 {
    let leaf = Leaf::new(service);
    let mean = leaf.moment(1, f64::INFINITY);
    if utilization <= 0.0 || mean == 0.0 {
        return 0.0;
    }
    if utilization >= 1.0 || mean.is_infinite() {
        return f64::INFINITY;
    }
    let square = match service {
        Distribution::Lognormal { .. } => service.variance() + mean * mean,
        _ => leaf.moment(2, f64::INFINITY),
    };
    utilization / (1.0 - utilization) * square / (2.0 * mean)
}

/// A function is asked for so many values before its integral is taken as it is.
const PATIENCE: u32 = 20_000;

/// The mean as the whole of what is left above each time.
fn integrated(time: &Time, cells: usize, level: usize) -> f64 {
    let least = time.least();
    if time.ending() < 1.0 - 1e-12 || least.is_infinite() {
        return f64::INFINITY;
    }
    let middle = percentile_inside(time, 0.9, 64, level) - least;
    let (has_formula, scale) = (closed::has_formula(time), if middle > 0.0 { middle } else { 1e-9 });
    let asked = std::cell::Cell::new(0_u32);
    let above = |t: f64| {
        asked.set(asked.get() + 1);
        closed::above(time, least + t).unwrap_or(0.0)
    };
    let (mut sum, mut from) = (0.0, 0.0);
    let mut to = if has_formula { scale / 64.0 } else { scale };
    for round in 0..200 {
        let (more, left) = if has_formula {
            let ends = (above(from), above(0.5 * (from + to)), above(to));
            // What rounding makes jagged would be halved without end.
            let depth = if asked.get() < PATIENCE { 40 } else { 0 };
            (simpson(&above, &|| asked.get() >= PATIENCE, from, to, ends, 1e-8 * scale, depth), ends.2)
        } else {
            // What is far out is little, and need not be as close.
            left_between(time, (from, to), if round == 0 { cells } else { cells / 4 }, level)
        };
        sum += more;
        if left * to <= 1e-6 * sum || (!has_formula && left < 1e-7) {
            return least + sum;
        }
        if to > 1e290 {
            break;
        }
        from = to;
        to *= match has_formula {
            _ if round > 60 => 1e4,
            true => 2.0,
            false => 4.0,
        };
    }
    f64::INFINITY
}

/// The integral between two places, by halving where the function is not smooth.
fn simpson(
    function: &impl Fn(f64) -> f64,
    is_enough: &impl Fn() -> bool,
    from: f64,
    to: f64,
    ends: (f64, f64, f64),
    exact: f64,
    depth: u32,
) -> f64 {
    let (low, middle, high) = ends;
    let half = 0.5 * (from + to);
    let (left, right) = (function(0.5 * (from + half)), function(0.5 * (half + to)));
    let width = (to - from) / 6.0;
    let whole = width * (low + 4.0 * middle + high);
    let halves = 0.5 * width * (low + 4.0 * left + 2.0 * middle + 4.0 * right + high);
    if depth == 0 || (halves - whole).abs() <= 15.0 * exact || is_enough() {
        return halves + (halves - whole) / 15.0;
    }
    simpson(function, is_enough, from, half, (low, left, middle), 0.5 * exact, depth - 1)
        + simpson(function, is_enough, half, to, (middle, right, high), 0.5 * exact, depth - 1)
}

/// The share of runs that fail because something that is needed fails in all attempts.
pub fn failed(time: &Time) -> f64 {
    failed_on(time, SHARE_CELLS)
}

/// The same, where percentiles are read from grids of so many cells.
pub(super) fn failed_on(time: &Time, cells: usize) -> f64 {
    // A small share is all that is asked for: it needs a closer look.
    if time.is_unknown() { f64::NAN } else { failing(time, (4 * cells).min(SHARE_CELLS)) }
}

fn failing(time: &Time, cells: usize) -> f64 {
    match time {
        Time::Nothing | Time::Takes(_) | Time::Waits { .. } | Time::WaitsBehind { .. } => 0.0,
        Time::Sequence(parts) | Time::All(parts) => {
            -libm::expm1(parts.iter().map(|part| libm::log1p(-failing(part, cells))).sum::<f64>())
        }
        Time::First { count, of } => {
            let shares: Vec<f64> = of.iter().map(|part| 1.0 - failing(part, cells)).collect();
            if shares.iter().all(|share| *share == 1.0) { 0.0 } else { 1.0 - at_least_of(*count, &shares) }
        }
        Time::Copies { needed, of, each } => match failing(each, cells) {
            0.0 => 0.0,
            share if needed == of => -libm::expm1(of.max(0.0) * libm::log1p(-share)),
            share => 1.0 - at_least(*needed, *of, 1.0 - share, share),
        },
        Time::Either(branches) => {
            chances(branches).0.map(|(chance, time)| chance * failing(time, cells)).sum()
        }
        Time::Again { times, each } => match failing(each, cells) {
            0.0 => 0.0,
            share => -libm::expm1(times.max(0.0) * libm::log1p(-share)),
        },
        Time::Hedged { each, .. } => {
            let share = failing(each, cells);
            share * share
        }
        Time::Attempts { .. } => match Trying::of(time) {
            Some(trying) if !trying.gives_up => {
                let within = if trying.timeout.is_infinite() {
                    1.0
                } else {
                    match closed::above_short(trying.each, trying.timeout) {
                        // What is left is more exact than what is missing to one.
                        Some(left) => {
                            let late = left + (1.0 - left) * trying.failure;
                            let inside = failing(trying.each, cells);
                            return trying.all(late + (1.0 - late) * inside);
                        }
                        None => share_inside(trying.each, trying.timeout, cells, 0),
                    }
                };
                let chance = trying.failing(within);
                trying.all(chance + (1.0 - chance) * failing(trying.each, cells))
            }
            _ => 0.0,
        },
    }
}
