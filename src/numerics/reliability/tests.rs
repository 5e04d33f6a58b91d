//! Everything is checked by another route: all states with exact fractions, linear equations, published numbers.

mod lasting;
mod redundant;
mod sizes;
mod structure;

use super::Needs;

/// A small generator, so that the tests are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn needs(&mut self, variables: u32, depth: u32) -> Needs {
        if depth == 0 || self.below(5) == 0 {
            return Needs::Part(u32::try_from(self.below(u64::from(variables))).unwrap());
        }
        let children: Vec<Needs> = (0..2 + self.below(3)).map(|_| self.needs(variables, depth - 1)).collect();
        match self.below(7) {
            0..=2 => Needs::All(children),
            3..=4 => Needs::Any(children),
            _ => Needs::AtLeast(usize::try_from(1 + self.below(children.len() as u64)).unwrap(), children),
        }
    }
}

/// Whether it works when the parts work whose bits are set.
fn works(needs: &Needs, up: u32) -> bool {
    match needs {
        Needs::Nothing => true,
        Needs::Part(part) => up >> part & 1 == 1,
        Needs::All(children) => children.iter().all(|child| works(child, up)),
        Needs::Any(children) => children.iter().any(|child| works(child, up)),
        Needs::AtLeast(number, children) => {
            children.iter().filter(|child| works(child, up)).count() >= *number
        }
    }
}

fn close(found: f64, expected: f64, relative: f64) {
    assert!(
        (found - expected).abs() <= relative * expected.abs(),
        "{found:e} instead of {expected:e}, off by {:e}",
        found / expected - 1.0
    );
}

fn part(number: u32) -> Needs {
    Needs::Part(number)
}
