//! The share of runs within a time, worked out in the plainest way: thousands of cells, sums over all pairs of them, and no
//! transform. It shares nothing with the program but the definition of a convolution.

/// Cells of the grid, which ends just above the time in question.
const CELLS: usize = 8192;

/// The share of runs within each of `CELLS + 1` times, `step` apart, from zero on.
#[derive(Clone, Debug)]
pub struct Law {
    pub shares: Vec<f64>,
    pub step: f64,
}

impl Law {
    /// A law by its share within each time.
    pub fn of(step: f64, share: impl Fn(f64) -> f64) -> Self {
        Self { shares: (0..=CELLS).map(|index| share(index as f64 * step)).collect(), step }
    }

    /// The step of a grid that ends at a time.
    pub fn step_to(end: f64) -> f64 {
        end / CELLS as f64
    }

    pub fn nothing(step: f64) -> Self {
        Self::of(step, |_| 1.0)
    }

    /// The share within a time, by the line between the two points around it.
    pub fn within(&self, time: f64) -> f64 {
        if time < 0.0 {
            return 0.0;
        }
        let place = time / self.step;
        let index = (place as usize).min(CELLS - 1);
        let (low, high) = (self.shares[index], self.shares[index + 1]);
        low + (high - low) * (place - index as f64).min(1.0)
    }

    pub fn map(&self, other: &Self, each: impl Fn(f64, f64) -> f64) -> Self {
        let pairs = self.shares.iter().zip(&other.shares);
        Self { shares: pairs.map(|(one, other)| each(*one, *other)).collect(), step: self.step }
    }

    pub fn times(&self, factor: f64) -> Self {
        self.map(self, |share, _| factor * share)
    }

    pub fn plus(&self, other: &Self) -> Self {
        self.map(other, |one, other| one + other)
    }

    /// Later by a time.
    pub fn later(&self, by: f64) -> Self {
        Self::of(self.step, |time| self.within(time - by))
    }

    /// What ends within a time, and nothing after it.
    pub fn cut(&self, at: f64) -> Self {
        Self::of(self.step, |time| self.within(time.min(at)))
    }

    /// One after the other: the mass of each cell of one stands in the middle of the cell.
    pub fn then(&self, other: &Self) -> Self {
        let masses: Vec<f64> = self.shares.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let middles: Vec<f64> = other.shares.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0).collect();
        let at_once = self.shares[0];
        let share = |index: usize| {
            let pairs = masses[..index].iter().zip(middles[..index].iter().rev());
            at_once * other.shares[index] + pairs.map(|(mass, share)| mass * share).sum::<f64>()
        };
        Self { shares: (0..=CELLS).map(share).collect(), step: self.step }
    }

    /// At least so many of several that start together.
    pub fn nth(count: usize, of: &[Self]) -> Self {
        let share = |index: usize| {
            // The chance that so many have ended, one part after the other.
            let mut ended = vec![0.0; of.len() + 1];
            ended[0] = 1.0;
            for (before, part) in of.iter().enumerate() {
                let share = part.shares[index];
                for number in (0..=before).rev() {
                    ended[number + 1] += ended[number] * share;
                    ended[number] *= 1.0 - share;
                }
            }
            ended[count..].iter().sum()
        };
        Self { shares: (0..=CELLS).map(share).collect(), step: of[0].step }
    }

    /// What is left of such a time at a random moment: the share is the integral of what is above, over the mean.
    pub fn left(&self, mean: f64) -> Self {
        let mut sum = 0.0;
        let later = self.shares.windows(2).map(|pair| {
            sum += (1.0 - (pair[0] + pair[1]) / 2.0) * self.step / mean;
            sum
        });
        Self { shares: std::iter::once(0.0).chain(later).collect(), step: self.step }
    }

    /// The wait before one server, after Lindley and Takács: W(t) = 1 - busy + busy × ∫ W(t - u) r(u) du, where r is the density
    /// of what is left of a service; solved from zero on. The law is that of what is left.
    pub fn wait_behind(&self, busy: f64) -> Self {
        let left: Vec<f64> = self.shares.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let mut shares = vec![1.0 - busy];
        for index in 1..=CELLS {
            let middle = |at: usize| -> f64 { (shares[at] + shares[at - 1]) / 2.0 };
            let known: f64 = (1..index).map(|cell| left[cell] * middle(index - cell)).sum();
            // The first cell has the share in question itself.
            let first = left[0] / 2.0;
            let share = (1.0 - busy + busy * (known + first * shares[index - 1])) / (1.0 - busy * first);
            shares.push(share);
        }
        Self { shares, step: self.step }
    }
}
