//! What is short against a grid, looked at more closely: on the grid itself it would begin and end within a cell, and
//! nobody could say where in it.

use super::law::{Grid, Law, Points};
use super::time::Time;

/// Into how many each cell is cut.
const PARTS: usize = 16;
/// The most cells there are then.
const MOST: usize = 4096;
/// Grids with fewer cells only look for a place.
const LEAST: usize = 128;
/// By which share of the grid a mean may be wrong.
const WRONG: f64 = 1e-4;

impl Grid {
    /// The law of a time of which shares are known at the points of the grid.
    pub(super) fn by_points(&self, time: &Time, shift: f64) -> Law {
        let points = self.points(time, shift);
        match self.is_coarse_for(&points) {
            true => self.closer(time, shift, &points).unwrap_or_else(|| self.divided(points)),
            false => self.divided(points),
        }
    }

    /// Whether the mean would come out otherwise if every other point were left out.
    fn is_coarse_for(&self, points: &Points) -> bool {
        if self.cells < LEAST {
            return false;
        }
        let mut sign = -1.0;
        let alternating = points.shares.iter().map(|share| {
            sign = -sign;
            sign * share
        });
        let ends: f64 = points.shares.iter().take(1).chain(points.shares.last()).sum();
        let difference = alternating.sum::<f64>() - ends / 2.0;
        difference.abs() > 2.0 * WRONG * self.cells as f64
    }

    /// The same from cells that are cut, as far as there is a cell with much in it.
    fn closer(&self, time: &Time, shift: f64, points: &Points) -> Option<Law> {
        let masses = points.shares.windows(2).map(|pair| pair.iter().rev().copied().reduce(|a, b| a - b));
        let most: f64 = masses.clone().flatten().fold(0.0, f64::max);
        let last = masses.enumerate().rfind(|(_, mass)| mass.is_some_and(|mass| mass > 0.25 * most))?.0;
        let cells = (last + 2).next_power_of_two().min(self.cells);
        let end = self.step * cells as f64;
        let fine = Grid::new(end, (PARTS * cells).min(MOST), self.level)?;
        let near = fine.points(time, shift);
        let single = |points: &Points| -> f64 {
            points.atoms.iter().take_while(|atom| atom.0 <= end).map(|atom| atom.1).sum()
        };
        // What the two see differently as single times.
        let moved = single(points) - single(&near);
        let mut atoms: Vec<(f64, f64)> = near.atoms.iter().copied().filter(|atom| atom.0 <= end).collect();
        atoms.extend(points.atoms.iter().filter(|atom| atom.0 > end));
        let inside = fine.divided(near);
        let mut law = Law { atoms, masses: vec![0.0; self.cells] };
        let mut before = 0.0;
        for (index, mass) in inside.masses.iter().enumerate() {
            before += mass;
            self.spread(&mut law.masses, (index as f64 * fine.step, *mass));
        }
        before -= moved;
        let rest = points.shares.windows(2).enumerate().skip(cells);
        for ((_, pair), slot) in rest.zip(law.masses.iter_mut().skip(cells)) {
            let average = pair.iter().sum::<f64>() / 2.0;
            *slot += average - before;
            before = average;
        }
        self.tidy(&mut law);
        Some(law)
    }
}
