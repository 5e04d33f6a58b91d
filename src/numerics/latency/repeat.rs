//! The sum of very many alike: by doubling, on a window that moves and widens with the sum.
//!
//! On one grid for the whole sum each of many small times would lie within a cell, and only its mean would be kept.
//! The window keeps the spread as well, whose share of the sum becomes small but decides its percentiles.

use super::fft::plain_plan;
use super::law::{Grid, Law};
use super::percentiles::percentile;
use super::time::Time;

/// How many cells a window has.
const CELLS: usize = 1024;
/// What may be cut off at each side, to be put on the edge.
const CUT: f64 = 1e-12;

/// Masses at even steps from a start on.
#[derive(Clone, Debug)]
struct Window {
    start: f64,
    step: f64,
    masses: Vec<f64>,
}

/// The law of the sum of so many, as far as the grid reaches.
pub(super) fn many(grid: &Grid, each: &Time, times: f64, shift: f64) -> Law {
    let least = each.least();
    let ending = each.ending();
    let start = shift + least * times;
    if !(ending > 0.0 && start.is_finite() && times.is_finite()) {
        return Law::default();
    }
    // What one of them exceeds, the sum exceeds too.
    let rare = (1e-4 / times).clamp(1e-12, 1e-6);
    let most = (percentile(each, ending * (1.0 - rare), 256) - least).min(grid.end() + least.min(0.0));
    if most <= 0.0 {
        return Law { atoms: vec![(start.max(0.0), libm::pow(ending, times))], masses: Vec::new() };
    }
    let Some(own) = Grid::new(most * (1.0 + 2.0 / CELLS as f64), CELLS) else { return Law::default() };
    let masses = own.whole(&own.law(each, -least));
    let mut square = Window { start: 0.0, step: own.step, masses };
    square.normalise();
    let mut sum: Option<Window> = None;
    let mut left = times;
    while left >= 1.0 {
        let half = (left / 2.0).floor();
        if left - 2.0 * half >= 1.0 {
            sum = Some(match &sum {
                Some(sum) => sum.plus(&square),
                None => square.clone(),
            });
        }
        left = half;
        if left >= 1.0 {
            square = square.plus(&square);
        }
    }
    let mut law = Law::default();
    let share = libm::pow(ending, times);
    if let Some(sum) = sum {
        for (index, mass) in sum.masses.iter().enumerate() {
            if *mass > 0.0 {
                grid.spread(
                    &mut law.masses,
                    ((start + sum.start + index as f64 * sum.step).max(0.0), mass * share),
                );
            }
        }
    }
    law
}

impl Window {
    fn normalise(&mut self) {
        self.masses.iter_mut().for_each(|mass| *mass = mass.max(0.0));
        let total: f64 = self.masses.iter().sum();
        if total > 0.0 {
            self.masses.iter_mut().for_each(|mass| *mass /= total);
        }
    }

    /// The sum of two.
    fn plus(&self, other: &Window) -> Window {
        let (fine, wide) = if self.step <= other.step { (self, other) } else { (other, self) };
        let fine = fine.coarser(wide.step);
        let Some(plan) = plain_plan(fine.masses.len() + wide.masses.len()) else { return self.clone() };
        let mut product = plan.forward(&fine.masses);
        product.multiply(&plan.forward(&wide.masses));
        let mut sum =
            Window { start: fine.start + wide.start, step: wide.step, masses: plan.backward(product) };
        sum.normalise();
        sum.cut();
        while sum.masses.len() > CELLS {
            sum = sum.coarser(2.0 * sum.step);
        }
        sum
    }

    /// Puts what is rare at the ends on the edge.
    fn cut(&mut self) {
        let rare = |masses: &mut dyn Iterator<Item = &f64>| {
            let mut sum = 0.0;
            masses
                .take_while(|mass| {
                    sum += **mass;
                    sum < CUT
                })
                .count()
        };
        let above = rare(&mut self.masses.iter().rev());
        self.masses.truncate((self.masses.len() - above).max(1));
        let below = rare(&mut self.masses.iter()).min(self.masses.len() - 1);
        self.masses.drain(..below);
        self.start += below as f64 * self.step;
        self.normalise();
    }

    /// The same in wider steps, with the same mean.
    fn coarser(&self, step: f64) -> Window {
        let ratio = self.step / step;
        if ratio == 1.0 {
            return self.clone();
        }
        let count = (self.masses.len() as f64 * ratio) as usize + 2;
        let mut masses = vec![0.0; count];
        for (index, mass) in self.masses.iter().enumerate() {
            let place = index as f64 * ratio;
            let cell = place as usize;
            let part = place - cell as f64;
            for (slot, share) in masses.iter_mut().skip(cell).zip([1.0 - part, part]) {
                *slot += mass * share;
            }
        }
        Window { start: self.start, step, masses }
    }
}
