//! What if everything is slow at once? Then percentiles do add, and the sum is an upper bound for independent parts of
//! a sequence, in the tail.

use super::distribution::nothing_times;
use super::percentiles::{SHARES, percentiles, share_within};
use super::time::{Time, chances};
use std::sync::LazyLock;

/// A timeout that runs out in less than one in ten thousand calls runs out seldom.
const SELDOM: f64 = 0.9999;

/// How many cells a grid has where one is needed for a part.
const CELLS: usize = 256;

/// Percentiles if everything is slow at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// Half of all runs stay within this.
    pub p50: f64,
    /// 90 in 100 runs stay within this.
    pub p90: f64,
    /// 95 in 100 runs stay within this.
    pub p95: f64,
    /// 99 in 100 runs stay within this.
    pub p99: f64,
    /// 999 in 1000 runs stay within this.
    pub p999: f64,
}

/// The percentiles of a time whose parts are all slow in the same runs: a sequence takes the sum of the percentiles of
/// its parts, and what waits for all takes the largest. What is decided inside a part (attempts, waits before one
/// server) stays independent.
pub fn bound(time: &Time) -> Bound {
    let values = if time.is_unknown() { Vec::new() } else { together(time, &SHARES) };
    let mut values = values.into_iter();
    let mut next = || values.next().unwrap_or(f64::NAN);
    Bound { p50: next(), p90: next(), p95: next(), p99: next(), p999: next() }
}

/// The percentiles at ascending shares.
fn together(time: &Time, shares: &[f64]) -> Vec<f64> {
    let fold = |parts: &[Time], function: fn(f64, f64) -> f64| {
        let mut result = vec![0.0; shares.len()];
        for part in parts {
            for (value, more) in result.iter_mut().zip(together(part, shares)) {
                *value = function(*value, more);
            }
        }
        result
    };
    match time {
        Time::Nothing | Time::Takes(_) | Time::Waits { .. } | Time::WaitsBehind { .. } => {
            percentiles(time, shares, CELLS)
        }
        // A timeout that seldom runs out leaves a call what it is.
        Time::Attempts { timeout, failure, each, .. }
            if *failure == 0.0 && share_within(each, *timeout) > SELDOM =>
        {
            together(each, shares).into_iter().map(|value| value.min(*timeout)).collect()
        }
        Time::Attempts { .. } => percentiles(time, shares, CELLS),
        Time::Sequence(parts) => fold(parts, |a, b| a + b),
        Time::All(parts) => fold(parts, f64::max),
        Time::First { count, of } => {
            let rows: Vec<Vec<f64>> = of.iter().map(|part| together(part, shares)).collect();
            let mut rows: Vec<_> = rows.iter().map(|row| row.iter()).collect();
            let nth = |_| {
                let mut values: Vec<f64> = rows.iter_mut().filter_map(|row| row.next().copied()).collect();
                values.sort_by(f64::total_cmp);
                match count.checked_sub(1) {
                    None => 0.0,
                    Some(index) => values.get(index).copied().unwrap_or(f64::INFINITY),
                }
            };
            shares.iter().map(nth).collect()
        }
        Time::Copies { needed, of, each } => {
            if *needed <= 0.0 {
                vec![0.0; shares.len()]
            } else if needed > of {
                vec![f64::INFINITY; shares.len()]
            } else {
                together(each, shares)
            }
        }
        Time::Hedged { each, .. } => together(each, shares),
        Time::Either(branches) => {
            let (inside, sum) = chances(branches);
            let taken = |branch: &(f64, &Time)| branch.0 > 0.0 && !matches!(branch.1, Time::Nothing);
            let mut all: Vec<(f64, &Time)> = inside.filter(|branch| branch.0 > 0.0).collect();
            let nothing: f64 = all.iter().filter(|branch| !taken(branch)).map(|branch| branch.0).sum();
            all.retain(taken);
            if let [(chance, branch)] = all.as_slice() {
                return sometimes(*chance, 1.0 - sum + nothing, branch, shares);
            }
            let rows: Vec<(f64, Vec<f64>)> =
                all.iter().map(|(chance, branch)| (*chance, together(branch, &DENSE))).collect();
            mixture(&rows, &DENSE, 1.0 - sum + nothing, shares)
        }
        Time::Again { times, each } => {
            let times = times.max(0.0);
            let (whole, part) = (times.floor(), times - times.floor());
            if part == 0.0 || whole > 1e6 {
                together(each, shares).iter().map(|value| nothing_times(times, *value)).collect()
            } else {
                let each = together(each, &DENSE);
                let row = |times: f64| each.iter().map(|value| nothing_times(times, *value)).collect();
                mixture(&[(1.0 - part, row(whole)), (part, row(whole + 1.0))], &DENSE, 0.0, shares)
            }
        }
    }
}

/// Shares that are even up to one half, and above it so many for each halving of what is left.
static DENSE: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let even = (0..64).map(|index| f64::from(index) / 128.0);
    let tail = (0..=200).map(|index| 1.0 - 0.5 * libm::exp(-0.08 * f64::from(index)));
    even.chain(tail).collect()
});

/// One branch that is taken with a chance, and else nothing: a percentile of all runs is a higher one of those that take it.
fn sometimes(chance: f64, nothing: f64, branch: &Time, shares: &[f64]) -> Vec<f64> {
    let inside = shares.iter().map(|p| (p - (1.0 - p) * 1e-9 - 1e-15 - nothing) / chance);
    let inside: Vec<f64> = inside.map(|p| p.min(1.0)).collect();
    let whole: Vec<f64> = inside.iter().map(|p| p.max(0.0)).collect();
    let values = together(branch, &whole).into_iter().zip(&inside);
    values.map(|(value, p)| if *p <= 0.0 { 0.0 } else { value }).collect()
}

/// A mixture of branches, of which each has percentiles at the dense shares, and where the rest takes no time.
fn mixture(rows: &[(f64, Vec<f64>)], dense: &[f64], rest: f64, shares: &[f64]) -> Vec<f64> {
    let within = |t: f64| {
        let branches = rows.iter().map(|(chance, row)| chance * share_at(row, dense, t));
        rest + branches.sum::<f64>()
    };
    let most =
        rows.iter().flat_map(|row| row.1.iter().copied()).filter(|t| t.is_finite()).fold(0.0, f64::max);
    shares
        .iter()
        .map(|p| {
            let p = p - (1.0 - p) * 1e-9 - 1e-15;
            if within(0.0) >= p {
                return 0.0;
            }
            let (mut low, mut high) = (0.0, most);
            if within(high) < p {
                return f64::INFINITY;
            }
            for _ in 0..100 {
                let middle = 0.5 * (low + high);
                if middle <= low || middle >= high {
                    break;
                }
                if within(middle) >= p { high = middle } else { low = middle }
            }
            high
        })
        .collect()
}

/// The share within a time, between known percentiles; the logarithm of what is left is linear between them.
fn share_at(row: &[f64], shares: &[f64], t: f64) -> f64 {
    let count = row.partition_point(|value| *value <= t);
    let before = count.checked_sub(1).and_then(|index| Some((*row.get(index)?, *shares.get(index)?)));
    let Some((from, low)) = before else { return 0.0 };
    let (Some(to), Some(high)) = (row.get(count), shares.get(count)) else { return 1.0 };
    if !to.is_finite() {
        return low;
    }
    let part = (t - from) / (to - from);
    1.0 - (1.0 - low) * libm::pow((1.0 - high) / (1.0 - low), part)
}
