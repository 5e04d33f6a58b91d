//! What a grid makes of a distribution is kept: flows share components, and samples share what is certain.
//!
//! Grids of few cells end at one of a few places in each doubling (see [`rounded_up`](super::law::rounded_up)), so that
//! different flows and samples often ask for the very same one. What is kept follows from its key alone, so that nothing
//! depends on what was asked for before.

use super::distribution::Distribution;
use super::fft::Spectrum;
use super::law::{Grid, Law};
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// A law, and its transform as soon as that is asked for.
#[derive(Debug, Default)]
pub(super) struct Ready {
    pub(super) law: Law,
    spectrum: OnceCell<Spectrum>,
}

impl Ready {
    pub(super) fn new(law: Law) -> Rc<Ready> {
        Rc::new(Ready { law, spectrum: OnceCell::new() })
    }

    pub(super) fn spectrum(&self, grid: &Grid) -> &Spectrum {
        self.spectrum.get_or_init(|| grid.plan.forward(&grid.whole(&self.law)))
    }
}

/// What is made of a distribution.
#[derive(Clone, Copy, Debug)]
pub(super) enum Made {
    /// Its law, later by so much.
    Law(f64),
    /// What is left of it at a random moment.
    Residual,
}

/// How many numbers a thread keeps before it begins anew: eight megabytes.
const MOST_NUMBERS: usize = 1 << 20;

#[derive(Default)]
struct Kept {
    laws: HashMap<Vec<u64>, Rc<Ready>>,
    numbers: usize,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// What was made of a distribution on a grid, or what is made now.
pub(super) fn kept(
    grid: &Grid,
    distribution: &Distribution,
    made: Made,
    make: impl FnOnce() -> Law,
) -> Rc<Ready> {
    let key = key(grid, distribution, made);
    let known = KEPT.with(|kept| kept.try_borrow().ok().and_then(|kept| kept.laws.get(&key).map(Rc::clone)));
    if let Some(known) = known {
        return known;
    }
    let ready = Ready::new(make());
    KEPT.with(|kept| {
        let Ok(mut kept) = kept.try_borrow_mut() else { return };
        if kept.numbers > MOST_NUMBERS {
            *kept = Kept::default();
        }
        kept.numbers += 2 * grid.cells + key.len();
        kept.laws.insert(key, Rc::clone(&ready));
    });
    ready
}

fn key(grid: &Grid, distribution: &Distribution, made: Made) -> Vec<u64> {
    let (kind, numbers, points): (u64, [f64; 2], &[(f64, f64)]) = match distribution {
        Distribution::Constant(value) => (0, [*value, 0.0], &[]),
        Distribution::Exponential { mean } => (1, [*mean, 0.0], &[]),
        Distribution::Lognormal { median, sigma } => (2, [*median, *sigma], &[]),
        Distribution::Uniform { low, high } => (3, [*low, *high], &[]),
        Distribution::Normal { mean, deviation } => (4, [*mean, *deviation], &[]),
        Distribution::Pareto { least, exponent } => (5, [*least, *exponent], &[]),
        Distribution::Gamma { shape, scale } => (6, [*shape, *scale], &[]),
        Distribution::Points(points) => (7, [0.0; 2], points),
        Distribution::Quantiles(points) => (8, [0.0; 2], points),
    };
    let (made, shift) = match made {
        Made::Law(shift) => (0, shift),
        Made::Residual => (1, 0.0),
    };
    let mut key = Vec::with_capacity(6 + 2 * points.len());
    key.extend([kind * 2 + made, grid.cells as u64]);
    key.extend([grid.step, shift].into_iter().chain(numbers).map(f64::to_bits));
    key.extend(points.iter().flat_map(|&(p, t)| [p.to_bits(), t.to_bits()]));
    key
}
