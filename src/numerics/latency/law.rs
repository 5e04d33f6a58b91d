//! The law of a time on a grid: a few times that have a chance of their own, and masses at even distances.
//!
//! All times are at least zero. So the share of a sum below `t` depends on nothing but the shares of its parts below
//! `t`, and a grid may end anywhere: what lies before its end stays exact. Masses are spread between the two nearest
//! points so that the mean is kept, which makes errors of the second order in the step.

use super::fft::{Plan, Spectrum, plan};
use super::kept::Ready;
use std::rc::Rc;

/// How many single times are kept apart.
const MOST_ATOMS: usize = 48;

/// The law of a time on a grid.
#[derive(Clone, Debug, Default)]
pub(super) struct Law {
    /// Single times and their chances.
    pub(super) atoms: Vec<(f64, f64)>,
    /// What is at each point of the grid; empty where there is nothing.
    pub(super) masses: Vec<f64>,
}

/// The same as cumulated shares at the points of the grid, one more than there are masses.
#[derive(Clone, Debug, Default)]
pub(super) struct Points {
    pub(super) atoms: Vec<(f64, f64)>,
    /// Without the single times.
    pub(super) shares: Vec<f64>,
}

/// Even distances from zero on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    pub(super) step: f64,
    pub(super) cells: usize,
    pub(super) plan: &'static Plan,
    /// How many other grids ask for this one: what has grids inside grids inside grids is guessed.
    pub(super) level: usize,
}

impl Grid {
    /// A grid up to `end`, of a power of two of cells.
    pub(super) fn new(end: f64, cells: usize, level: usize) -> Option<Grid> {
        let cells = cells.clamp(16, 1 << 14).next_power_of_two();
        Some(Grid { step: end / cells as f64, cells, plan: plan(cells)?, level })
    }

    pub(super) fn end(&self) -> f64 {
        self.step * self.cells as f64
    }

    /// Adds a single time to masses, spread between two points.
    pub(super) fn spread(&self, row: &mut Vec<f64>, (time, mass): (f64, f64)) {
        row.resize(self.cells, 0.0);
        let place = time / self.step;
        if !(0.0..self.cells as f64).contains(&place) {
            return;
        }
        let index = place as usize;
        let part = place - index as f64;
        for (slot, share) in row.iter_mut().skip(index).zip([1.0 - part, part]) {
            *slot += mass * share;
        }
    }

    /// Everything as masses.
    pub(super) fn whole(&self, law: &Law) -> Vec<f64> {
        let mut row = law.masses.clone();
        row.resize(self.cells, 0.0);
        for atom in &law.atoms {
            self.spread(&mut row, *atom);
        }
        row
    }

    /// Sorts single times, joins those that are the same, and spreads the least if there are too many.
    pub(super) fn tidy(&self, law: &mut Law) {
        let (end, near) = (self.end(), self.end() * 1e-12);
        law.atoms.retain(|atom| atom.0 <= end && atom.1 > 0.0);
        law.atoms.sort_by(|a, b| a.0.total_cmp(&b.0));
        law.atoms.dedup_by(|next, kept| {
            let same = next.0 - kept.0 <= near;
            if same {
                kept.1 += next.1;
            }
            same
        });
        if law.atoms.len() > MOST_ATOMS {
            law.atoms.sort_by(|a, b| b.1.total_cmp(&a.1));
            for atom in law.atoms.split_off(MOST_ATOMS) {
                self.spread(&mut law.masses, atom);
            }
            law.atoms.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
    }

    /// The sum of independent times.
    pub(super) fn sum(&self, laws: &[Rc<Ready>]) -> Law {
        if let [only] = laws {
            return only.law.clone();
        }
        let mut atoms = vec![(0.0, 1.0)];
        let mut all: Option<Spectrum> = None;
        let mut single: Option<Spectrum> = None;
        let mut single_factor = 1.0;
        let mut crowded = false;
        for ready in laws {
            let law = &ready.law;
            if let ([(0.0, mass)], true) = (law.atoms.as_slice(), law.masses.is_empty()) {
                atoms.iter_mut().for_each(|atom| atom.1 *= mass);
                single_factor *= mass;
                if let Some(all) = &mut all {
                    all.scale(*mass);
                } else if *mass != 1.0 {
                    all = Some(self.constant(*mass));
                }
                continue;
            }
            let here = ready.spectrum(self);
            match &mut all {
                Some(all) => all.multiply(here),
                None => all = Some(here.clone()),
            }
            crowded |= product(&mut atoms, &law.atoms, self.end());
            match law.atoms.as_slice() {
                [] => {}
                [(0.0, mass)] => single_factor *= mass,
                several => {
                    let mut row = vec![0.0; self.cells];
                    several.iter().for_each(|atom| self.spread(&mut row, *atom));
                    let here = self.plan.forward(&row);
                    match &mut single {
                        Some(single) => single.multiply(&here),
                        None => single = Some(here),
                    }
                }
            }
        }
        let Some(mut all) = all else { return Law { atoms, masses: Vec::new() } };
        if !atoms.is_empty() && !crowded {
            let mut single = single.unwrap_or_else(|| self.constant(1.0));
            single.scale(single_factor);
            all.subtract(&single);
        }
        let mut law = Law { atoms, masses: self.plan.backward(all) };
        if crowded {
            // Some single times were left out, and stay in the masses.
            for (time, mass) in std::mem::take(&mut law.atoms) {
                self.spread(&mut law.masses, (time, -mass));
                law.atoms.push((time, mass));
            }
        }
        self.tidy(&mut law);
        law
    }

    fn constant(&self, value: f64) -> Spectrum {
        Spectrum { re: vec![value; self.cells / 2], im: vec![0.0; self.cells / 2] }
    }

    /// Adds a wait that has no length with chance `none`, and else is exponential: a recursion, no transform.
    pub(super) fn add_wait(&self, law: &mut Law, none: f64, some: f64, mean: f64) {
        let whole = self.whole(law);
        law.atoms.iter_mut().for_each(|atom| atom.1 *= none);
        law.masses.resize(self.cells, 0.0);
        if mean.is_infinite() {
            law.masses.iter_mut().for_each(|mass| *mass *= none);
        } else {
            let (first, second, ratio) = self.exponential(mean);
            let (first, second) = (first * some, second * some);
            let (mut tail, mut before) = (0.0, 0.0);
            for (mass, &here) in law.masses.iter_mut().zip(&whole) {
                tail = ratio * tail + second * before;
                before = here;
                *mass = none * *mass + first * here + tail;
            }
        }
        self.tidy(law);
    }

    /// The masses of an exponential time: at zero, at the first point, and the ratio from there on.
    pub(super) fn exponential(&self, mean: f64) -> (f64, f64, f64) {
        let x = self.step / mean;
        let within = -libm::expm1(-x);
        ((1.0 - within / x).max(0.0), within * within / x, 1.0 - within)
    }

    /// The same, later.
    pub(super) fn later(&self, law: &Law, by: f64) -> Law {
        let atoms =
            law.atoms.iter().map(|&(time, mass)| (time + by, mass)).filter(|atom| atom.0 <= self.end());
        let atoms = atoms.collect();
        let place = by / self.step;
        if law.masses.is_empty() || place >= self.cells as f64 {
            return Law { atoms, masses: Vec::new() };
        }
        if place == 0.0 {
            return Law { atoms, masses: law.masses.clone() };
        }
        let index = place as usize;
        let part = place - index as f64;
        let mut masses = vec![0.0; self.cells];
        let mut carried = 0.0;
        for (slot, mass) in masses.iter_mut().skip(index).zip(&law.masses) {
            *slot = mass * (1.0 - part) + carried;
            carried = mass * part;
        }
        Law { atoms, masses }
    }

    /// Adds another law, scaled.
    pub(super) fn mix(&self, law: &mut Law, factor: f64, other: &Law) {
        law.atoms.extend(other.atoms.iter().map(|&(time, mass)| (time, mass * factor)));
        if !other.masses.is_empty() {
            law.masses.resize(self.cells, 0.0);
            for (mass, other) in law.masses.iter_mut().zip(&other.masses) {
                *mass += factor * other;
            }
        }
    }

    pub(super) fn cumulated(&self, law: Law) -> Points {
        let mut shares = Vec::with_capacity(self.cells + 1);
        let mut sum = 0.0;
        for mass in &law.masses {
            shares.push(sum + mass / 2.0);
            sum += mass;
        }
        let last = law.masses.last().copied().unwrap_or(0.0);
        shares.resize(self.cells + 1, sum + last / 2.0);
        let start =
            law.masses.iter().take(2).zip([1.0, -0.5]).map(|(mass, factor)| mass * factor).sum::<f64>();
        if let Some(first) = shares.first_mut() {
            *first = start.max(0.0);
        }
        Points { atoms: law.atoms, shares }
    }

    pub(super) fn divided(&self, points: Points) -> Law {
        let mut before = 0.0;
        let masses = points.shares.windows(2).map(|pair| {
            let average = pair.iter().sum::<f64>() / 2.0;
            let mass = average - before;
            before = average;
            mass
        });
        let masses = masses.collect();
        Law { atoms: points.atoms, masses }
    }
}

/// Eight places in each doubling, the last its end.
const PLACES: [f64; 8] = [
    1.090_507_732_665_257_7,
    1.189_207_115_002_721,
    1.296_839_554_651_009_6,
    std::f64::consts::SQRT_2,
    1.542_210_825_407_940_7,
    1.681_792_830_507_429,
    1.834_008_086_409_342_4,
    2.0,
];

/// The next of a few places in each doubling: grids that end there are often the same, and what was made on them is known.
/// There are eight, or, when it need not be as close, four.
pub(super) fn rounded_up(end: f64, is_rough: bool) -> f64 {
    const FRACTION: u64 = (1 << 52) - 1;
    if !(1e-300..1e300).contains(&end) {
        return end;
    }
    let power = f64::from_bits(end.to_bits() & !FRACTION);
    if end == power {
        return end;
    }
    let each = 1 + usize::from(is_rough);
    let place = PLACES.iter().skip(each - 1).step_by(each).find(|place| **place * power >= end);
    place.map_or(end, |place| place * power)
}

impl Points {
    /// The share below or at a time, without and with the single time there.
    fn around(&self, time: f64, step: f64) -> (f64, f64) {
        let place = time / step;
        let index = place as usize;
        let mut here = self.shares.iter().skip(index);
        let low = here.next().or(self.shares.last()).copied().unwrap_or(0.0);
        let high = here.next().copied().unwrap_or(low);
        let share = low + (high - low) * (place - index as f64).min(1.0);
        let before: f64 = self.atoms.iter().take_while(|atom| atom.0 < time).map(|atom| atom.1).sum();
        let until: f64 = self.atoms.iter().take_while(|atom| atom.0 <= time).map(|atom| atom.1).sum();
        (share + before, share + until)
    }

    /// The shares with the single times.
    fn whole(&self, step: f64) -> Vec<f64> {
        let mut atoms = self.atoms.iter().peekable();
        let mut sum = 0.0;
        let points = self.shares.iter().enumerate();
        points
            .map(|(index, share)| {
                while let Some(atom) = atoms.next_if(|atom| atom.0 <= index as f64 * step) {
                    sum += atom.1;
                }
                share + sum
            })
            .collect()
    }
}

/// The law of a time whose share below any `t` is a function of those of others below `t`.
pub(super) fn pointwise(grid: &Grid, parts: &[Points], mut function: impl FnMut(&[f64]) -> f64) -> Points {
    let mut times: Vec<f64> = parts.iter().flat_map(|part| part.atoms.iter().map(|atom| atom.0)).collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    let mut atoms = Vec::with_capacity(times.len());
    for time in times {
        let (before, until): (Vec<f64>, Vec<f64>) =
            parts.iter().map(|part| part.around(time, grid.step)).unzip();
        atoms.push((time, (function(&until) - function(&before)).max(0.0)));
    }
    let wholes: Vec<Vec<f64>> = parts.iter().map(|part| part.whole(grid.step)).collect();
    let mut rows: Vec<_> = wholes.iter().map(|whole| whole.iter()).collect();
    let mut values = vec![0.0; parts.len()];
    let mut shares = Vec::with_capacity(grid.cells + 1);
    let mut jumps = atoms.iter().peekable();
    let (mut sum, mut least) = (0.0, 0.0);
    for index in 0..=grid.cells {
        for (value, row) in values.iter_mut().zip(&mut rows) {
            *value = row.next().copied().unwrap_or(*value).clamp(0.0, 1.0);
        }
        while let Some(jump) = jumps.next_if(|jump| jump.0 <= index as f64 * grid.step) {
            sum += jump.1;
        }
        least = f64::max(least, function(&values) - sum);
        shares.push(least);
    }
    let mut law = Law { atoms, masses: Vec::new() };
    grid.tidy(&mut law);
    if !law.masses.is_empty() {
        // Too many single times: the least of them are spread.
        let spread = grid.cumulated(Law { atoms: Vec::new(), masses: law.masses });
        shares.iter_mut().zip(&spread.shares).for_each(|(share, more)| *share += more);
    }
    Points { atoms: law.atoms, shares }
}

/// Each single time of one and each of the other, one after the other. Whether some had to be left out.
fn product(left: &mut Vec<(f64, f64)>, right: &[(f64, f64)], end: f64) -> bool {
    let mut result = Vec::with_capacity(left.len() * right.len());
    for &(time, mass) in left.iter() {
        result.extend(right.iter().map(|&(more, chance)| (time + more, mass * chance)));
    }
    result.retain(|atom| atom.0 <= end);
    result.sort_by(|a, b| a.0.total_cmp(&b.0));
    result.dedup_by(|next, kept| {
        let same = next.0 - kept.0 <= end * 1e-12;
        if same {
            kept.1 += next.1;
        }
        same
    });
    let crowded = result.len() > MOST_ATOMS;
    if crowded {
        result.sort_by(|a, b| b.1.total_cmp(&a.1));
        result.truncate(MOST_ATOMS);
    }
    *left = result;
    crowded
}
