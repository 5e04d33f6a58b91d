//! Percentiles of composed times: which grid each of them is read from.

use super::closed;
use super::distribution::{Distribution, nothing_times};
use super::law::{Grid, rounded_up};
use super::leaf::invert;
use super::mean::{failed_on, mean_on};
use super::time::{Time, chances};

/// What is known of a composed time, in the unit of its parts. A percentile that is reached only by runs that never
/// end, because a line grows for ever, is infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile {
    /// The mean.
    pub mean: f64,
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
    /// The share of runs that fail because something that is needed failed in all attempts.
    pub failed: f64,
    /// The share of runs that the last grid does not reach; without a grid nothing.
    pub lost: f64,
}

/// Up to so many cells a grid may end a little further than it needs to.
const ROUNDED: usize = 256;
/// Grids of so few cells are those of samples, which need not be as close.
const ROUGH: usize = 128;
/// A reading knows where a percentile is when it is so many steps away.
const NEAR: f64 = 16.0;

/// The shares that a profile has.
pub(super) const SHARES: [f64; 5] = [0.5, 0.9, 0.95, 0.99, 0.999];

impl Profile {
    pub(super) fn new(mean: f64, values: &[f64], failed: f64, lost: f64) -> Profile {
        let mut values = values.iter().copied();
        let mut next = || values.next().unwrap_or(f64::NAN);
        Profile { mean, p50: next(), p90: next(), p95: next(), p99: next(), p999: next(), failed, lost }
    }
}

/// Mean and percentiles of a time. A grid has this many cells, if one is needed.
pub fn profile(time: &Time, cells: usize) -> Profile {
    let (values, lost) = read(time, &SHARES, cells, 0);
    Profile::new(mean_on(time, cells), &values, failed_on(time, cells), lost)
}

/// The time that a share `p` of all runs stays within.
pub fn percentile(time: &Time, p: f64, cells: usize) -> f64 {
    percentiles(time, &[p], cells).first().copied().unwrap_or(f64::NAN)
}

/// The times that these shares of all runs stay within. The shares must ascend.
pub fn percentiles(time: &Time, shares: &[f64], cells: usize) -> Vec<f64> {
    read(time, shares, cells, 0).0
}

/// A percentile that a grid asks for; too deep inside, something above it.
pub(super) fn percentile_inside(time: &Time, p: f64, cells: usize, level: usize) -> f64 {
    if level > 2 && !closed::has_formula(time) {
        let (centre, apart) = spread(time, p);
        return 2.0 * (centre + 3.0 * apart);
    }
    read(time, &[p], cells, level).0.first().copied().unwrap_or(f64::NAN)
}

/// A guess at the mean.
pub(super) fn guess(time: &Time) -> f64 {
    spread(time, 0.5).0
}

/// The share of runs that take at most `t`.
pub fn share_within(time: &Time, t: f64) -> f64 {
    if time.is_unknown() || t.is_nan() {
        return f64::NAN;
    }
    if t == f64::INFINITY {
        return time.ending();
    }
    share_inside(time, t, SHARE_CELLS, 0)
}

/// How many cells a grid has from which a share is read.
pub(super) const SHARE_CELLS: usize = 1024;

/// The share within a time that a grid asks for; too deep inside, all.
pub(super) fn share_inside(time: &Time, t: f64, cells: usize, level: usize) -> f64 {
    if let Some(left) = closed::above_short(time, t) {
        return 1.0 - left;
    }
    if level > 2 {
        return time.ending();
    }
    let least = time.least();
    if t < least {
        return 0.0;
    }
    let inside = t - least;
    let end = if inside > 0.0 { inside * 1.1 } else { 1e-9 * t.max(1e-9) };
    Grid::new(end, cells, level).map_or(f64::NAN, |grid| Reading::new(&grid, time, least).share(inside))
}

/// A law, cumulated, to be read.
struct Reading {
    step: f64,
    /// Where the first of the shares is, in steps; each other is a step further.
    start: f64,
    /// Without the single times.
    shares: Vec<f64>,
    atoms: Vec<(f64, f64)>,
}

impl Reading {
    fn new(grid: &Grid, time: &Time, least: f64) -> Reading {
        let step = grid.step;
        if matches!(time, Time::All(_) | Time::First { .. } | Time::Copies { .. } | Time::Hedged { .. }) {
            let points = grid.points(time, -least);
            return Reading { step, start: 0.0, shares: points.shares, atoms: points.atoms };
        }
        let law = grid.law(time, -least);
        let (mut sum, mut most) = (0.0, 0.0);
        let shares = law.masses.iter().map(|mass| {
            sum += mass;
            most = f64::max(most, sum);
            most
        });
        let shares = shares.collect();
        Reading { step, start: 0.5, shares, atoms: law.atoms }
    }

    /// The places and shares that are joined by lines.
    fn knots(&self) -> impl Iterator<Item = (f64, f64)> {
        let mut first = self.shares.iter().take(3).copied();
        let at_zero = match (self.start > 0.0, first.next(), first.next()) {
            // Half a step before the first; mass at zero that is there for the mean's sake stays there.
            (true, Some(one), Some(two)) => Some((0.0, (one - (two - one) / 2.0).max(0.0))),
            (true, ..) => Some((0.0, 0.0)),
            _ => None,
        };
        let shares = self.shares.iter().enumerate();
        at_zero
            .into_iter()
            .chain(shares.map(|(index, share)| ((index as f64 + self.start) * self.step, *share)))
    }

    fn share(&self, t: f64) -> f64 {
        let atoms: f64 =
            self.atoms.iter().take_while(|atom| atom.0 <= t * (1.0 + 1e-12)).map(|atom| atom.1).sum();
        let mut before = (0.0, 0.0);
        for knot in self.knots() {
            if knot.0 > t {
                let part = if knot.0 > before.0 { (t - before.0) / (knot.0 - before.0) } else { 1.0 };
                return (atoms + before.1 + part * (knot.1 - before.1)).clamp(0.0, 1.0);
            }
            before = knot;
        }
        (atoms + before.1).clamp(0.0, 1.0)
    }

    /// The least time within which there is a share `p`, if the grid has it.
    fn quantile(&self, p: f64) -> Option<f64> {
        let p = p - (1.0 - p) * 1e-6 - 1e-14;
        let mut atoms = self.atoms.iter().peekable();
        let mut sum = 0.0;
        let mut before = (0.0, 0.0);
        for knot in self.knots() {
            while let Some(atom) = atoms.next_if(|atom| atom.0 <= knot.0) {
                // Up to the single time the share grows along the line, there it jumps.
                let width = knot.0 - before.0;
                let part = if width > 0.0 { ((atom.0 - before.0) / width).clamp(0.0, 1.0) } else { 0.0 };
                let here = before.1 + part * (knot.1 - before.1);
                if sum + here >= p && here > before.1 {
                    let part = ((p - sum - before.1) / (here - before.1)).clamp(0.0, 1.0);
                    return Some(before.0 + part * (atom.0 - before.0));
                }
                sum += atom.1;
                if sum + here >= p {
                    return Some(atom.0);
                }
                before = (atom.0, here);
            }
            if sum + knot.1 >= p {
                let grown = knot.1 - before.1;
                let part = if grown > 0.0 { ((p - sum - before.1) / grown).clamp(0.0, 1.0) } else { 0.0 };
                return Some(before.0 + part * (knot.0 - before.0));
            }
            before = knot;
        }
        for atom in atoms {
            sum += atom.1;
            if sum + before.1 >= p {
                return Some(atom.0);
            }
        }
        None
    }

    /// Whether the shares around `t` are smooth enough for the line between them, and for what the steps do to sums.
    fn is_smooth(&self, t: f64, cells: usize) -> bool {
        let index = ((t / self.step - self.start).max(0.0)) as usize;
        let mut near = self.shares.iter().skip(index.saturating_sub(2)).take(6);
        let Some(mut last) = near.next() else { return true };
        let mut masses = Vec::with_capacity(5);
        for share in near {
            masses.push(share - last);
            last = share;
        }
        let most = masses.iter().copied().fold(0.0, f64::max);
        let least = masses.iter().copied().fold(f64::INFINITY, f64::min);
        // Half of what a few spreads do to the variance, about a step squared, times the slope of the density.
        let error = 0.5 * (most - least) / 4.0 * self.step / least.max(1e-300);
        error < t * if cells <= ROUGH { 0.3 } else { 0.1 } / cells as f64
    }
}

/// Percentiles, and the share beyond the last grid.
fn read(time: &Time, shares: &[f64], cells: usize, level: usize) -> (Vec<f64>, f64) {
    if time.is_unknown() {
        return (vec![f64::NAN; shares.len()], f64::NAN);
    }
    let (ending, least) = (time.ending(), time.least());
    let beyond = |p: f64| p > ending + 1e-12 || least.is_infinite();
    if closed::has_formula(time) {
        let guess = spread(time, 0.5).0;
        let value = |p: &f64| match time {
            _ if p.is_nan() => f64::NAN,
            _ if beyond(*p) => f64::INFINITY,
            Time::Takes(distribution) => distribution.quantile(*p),
            _ if *p >= 1.0 => f64::INFINITY,
            Time::Waits { chance, conditional } => {
                let (chance, left) = (chance.clamp(0.0, 1.0), 1.0 - p.max(0.0));
                let none = chance <= left * (1.0 + 1e-10) + 1e-12 || *conditional <= 0.0;
                if none { 0.0 } else { conditional * libm::log(chance / left) }
            }
            _ => invert(|t| closed::above(time, t).unwrap_or(0.0), p.max(0.0), guess),
        };
        return (shares.iter().map(value).collect(), 0.0);
    }
    let cells = cells.clamp(64, 1 << 14).next_power_of_two();
    let mut values = vec![f64::NAN; shares.len()];
    let mut last: Option<Reading> = None;
    let mut lost = 0.0;
    for (p, value) in shares.iter().zip(&mut values).rev() {
        if p.is_nan() {
            continue;
        }
        if beyond(*p) || *p >= 1.0 {
            *value = f64::INFINITY;
            continue;
        }
        let mut guess = None;
        if let Some(reading) = &last
            && let Some(t) = reading.quantile(*p)
        {
            if t == 0.0 || reading.is_smooth(t, cells) || is_single(reading, t) {
                *value = least + t;
                continue;
            }
            guess = Some((t, t > NEAR * reading.step));
        }
        let (found, reading) = find(time, least, *p, (cells, level), guess);
        *value = least + found;
        if let Some(reading) = reading {
            if last.is_none() {
                let there = reading.shares.last().copied().unwrap_or(0.0);
                lost = (ending - there - reading.atoms.iter().map(|atom| atom.1).sum::<f64>()).max(0.0);
            }
            last = Some(reading);
        }
    }
    // Different grids differ in the last digits: a percentile is never above a higher one.
    let mut most = f64::INFINITY;
    for value in values.iter_mut().rev() {
        if value.is_finite() {
            most = value.min(most);
            *value = most;
        }
    }
    (values, lost)
}

fn is_single(reading: &Reading, t: f64) -> bool {
    reading.atoms.iter().any(|atom| atom.0 == t)
}

/// A percentile less what is least, from a grid that ends a little above it.
fn find(
    time: &Time,
    least: f64,
    p: f64,
    (cells, level): (usize, usize),
    guess: Option<(f64, bool)>,
) -> (f64, Option<Reading>) {
    let coarse = 64;
    let mut end = guess.map(|(t, _)| t).filter(|t| *t > 0.0).unwrap_or_else(|| {
        let (centre, apart) = spread(time, p);
        let end = centre + apart - least;
        if end > 0.0 && end < 1e300 { end } else { least.max(1.0) }
    });
    // Of samples many ask for the same then.
    let place = |end: f64| if cells <= ROUNDED { rounded_up(end, cells <= ROUGH) } else { end };
    // With a reading that went further, the end is known well enough.
    let rounds = if guess.is_some_and(|(_, is_near)| is_near) { 0 } else { 200 };
    end *= if rounds == 0 { 1.06 } else { 1.5 };
    for round in 0..rounds {
        let Some(grid) = Grid::new(place(end), coarse, level) else { break };
        let reading = Reading::new(&grid, time, least);
        match reading.quantile(p) {
            None if end > 1e300 => return (f64::INFINITY, None),
            None if round > 20 => end *= 1e6,
            None => end *= if total_of(&reading) < 0.5 * p { 4.0 } else { 1.6 },
            Some(0.0) => return (0.0, Some(reading)),
            Some(_) if end < 1e-290 => return (0.0, Some(reading)),
            Some(t) if t < end / 5.0 => end = 1.5 * t.max(end / 64.0),
            Some(t) => {
                end = 1.06 * t + grid.step;
                break;
            }
        }
    }
    for _ in 0..20 {
        let Some(grid) = Grid::new(place(end), cells, level) else { break };
        let reading = Reading::new(&grid, time, least);
        if let Some(t) = reading.quantile(p) {
            return (t, Some(reading));
        }
        end *= 1.2;
    }
    (f64::INFINITY, None)
}

fn total_of(reading: &Reading) -> f64 {
    reading.shares.last().copied().unwrap_or(0.0) + reading.atoms.iter().map(|atom| atom.1).sum::<f64>()
}

/// A guess at the median of a time, and how far above it the percentile is.
fn spread(time: &Time, p: f64) -> (f64, f64) {
    let leaf = |distribution: &Distribution| {
        let centre = distribution.quantile(0.5);
        (centre, (distribution.quantile(p) - centre).max(0.0))
    };
    match time {
        Time::Nothing => (0.0, 0.0),
        Time::Takes(distribution) => leaf(distribution),
        Time::Waits { chance, conditional } => {
            let high = conditional * libm::log(chance / (1.0 - p));
            (0.0, if high > 0.0 && high.is_finite() { high } else { 0.0 })
        }
        Time::WaitsBehind { utilization, service } => {
            let mean = super::mean::mean(time);
            let guess = mean / utilization * libm::log(utilization / (1.0 - p));
            (0.0, if guess > 0.0 && guess.is_finite() { guess } else { service.quantile(p) })
        }
        Time::Sequence(parts) => {
            let (mut centre, mut square) = (0.0, 0.0);
            for part in parts {
                let (middle, apart) = spread(part, p);
                centre += middle;
                square += apart * apart;
            }
            (centre, square.sqrt())
        }
        Time::All(parts) | Time::First { of: parts, .. } => {
            parts.iter().map(|part| spread(part, p)).fold((0.0, 0.0), |a, b| (a.0.max(b.0), a.1.max(b.1)))
        }
        Time::Copies { needed, of, each } => {
            let p = if needed == of { libm::pow(p, 1.0 / of.max(1.0)) } else { p };
            spread(each, p.min(1.0 - 1e-14))
        }
        Time::Either(branches) => {
            let mut most: (f64, f64) = (0.0, 0.0);
            for (chance, branch) in chances(branches).0 {
                if chance > 1.0 - p {
                    let (centre, apart) = spread(branch, 1.0 - (1.0 - p) / chance);
                    most = (most.0.max(centre), most.1.max(apart));
                }
            }
            most
        }
        Time::Again { times, each } => {
            let (centre, apart) = spread(each, p);
            (nothing_times(times.max(0.0), centre), nothing_times(times.max(0.0).sqrt(), apart))
        }
        Time::Hedged { each, .. } => spread(each, p),
        Time::Attempts { timeout, each, .. } => {
            let (centre, apart) = spread(each, p);
            if centre + apart > *timeout { (timeout.max(0.0), timeout.max(0.0)) } else { (centre, apart) }
        }
    }
}

/// The integral of what is left above each time between two, counted from what is least, and what is left at the end.
pub(super) fn left_between(time: &Time, (from, to): (f64, f64), cells: usize, level: usize) -> (f64, f64) {
    let Some(grid) = Grid::new(to * 1.02, cells, level) else {
        return (0.0, 0.0);
    };
    let reading = Reading::new(&grid, time, time.least());
    let mut within = 0.0;
    let mut before = (0.0_f64, 0.0_f64);
    for knot in reading.knots().chain([(f64::INFINITY, 0.0)]) {
        let (low, high) = (before.0.clamp(from, to), knot.0.clamp(from, to));
        if high > low {
            let grown = if knot.0.is_finite() { (knot.1 - before.1) / (knot.0 - before.0) } else { 0.0 };
            within += (high - low) * (before.1 + grown * (0.5 * (low + high) - before.0));
        }
        before = knot;
    }
    within += reading.atoms.iter().map(|atom| atom.1 * (to - atom.0.clamp(from, to))).sum::<f64>();
    ((to - from - within).max(0.0), (1.0 - reading.share(to)).max(0.0))
}
