//! Each model against another way to the same number: chains of states solved one by one, small simulations, enumeration.

mod balanced;
mod bounded;
mod closed;
mod hostile;
mod overload;
mod pooled;
mod priority;
mod sizing;

use super::Line;

fn line(arrivals: f64, service: f64, servers: f64, variation: f64) -> Line {
    Line { arrivals, service, servers, variation }
}

#[track_caller]
fn near(found: f64, expected: f64, relative: f64) {
    assert!(
        found == expected || (found - expected).abs() <= relative * expected.abs(),
        "{found} should be {expected}, off by {:e}",
        found / expected - 1.0
    );
}

/// A birth-death chain of requests at servers, solved state by state, in whole numbers of servers.
struct Chain {
    arrivals: f64,
    /// Services per second of one server.
    rate: f64,
    servers: usize,
    chances: Vec<f64>,
}

impl Chain {
    fn solve(line: Line, states: usize) -> Self {
        let (servers, rate) = (line.servers as usize, 1.0 / line.service);
        let mut chances = vec![1.0];
        for state in 1..=states {
            let last = chances[state - 1];
            chances.push(last * line.arrivals / (state.min(servers) as f64 * rate));
        }
        let sum: f64 = chances.iter().rev().sum();
        chances.iter_mut().for_each(|chance| *chance /= sum);
        Self { arrivals: line.arrivals, rate, servers, chances }
    }

    fn loss(&self) -> f64 {
        *self.chances.last().unwrap()
    }

    fn chance(&self) -> f64 {
        let states = self.chances.len() - 1;
        self.chances[..states].iter().skip(self.servers).sum::<f64>() / (1.0 - self.loss())
    }

    fn mean(&self) -> f64 {
        let waiting =
            self.chances.iter().skip(self.servers).zip(0..).map(|(p, n)| p * f64::from(n)).sum::<f64>();
        waiting / self.arrivals / (1.0 - self.loss())
    }

    /// The share of those let in that waits longer: a mixture of Erlang distributions, term by term.
    fn longer(&self, time: f64) -> f64 {
        let (x, states) = (self.rate * self.servers as f64 * time, self.chances.len() - 1);
        let (mut term, mut fewer, mut sum) = ((-x).exp(), 0.0, 0.0);
        for (place, chance) in self.chances[..states].iter().skip(self.servers).enumerate() {
            fewer += term;
            sum += chance * fewer;
            term *= x / (place + 1) as f64;
        }
        sum / (1.0 - self.loss())
    }
}

/// A generator of random numbers, with a fixed start.
struct Dice(u64);

impl Dice {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn exponential(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.uniform()).ln()
    }

    fn below(&mut self, count: usize) -> usize {
        (self.uniform() * count as f64) as usize
    }
}

/// The waits of requests at lines of servers, in the order they come; `choose` picks a line from the requests in each.
fn simulate(
    requests: usize,
    lines: usize,
    servers: usize,
    mut gap: impl FnMut() -> f64,
    mut service: impl FnMut() -> f64,
    mut choose: impl FnMut(&[usize]) -> usize,
) -> Vec<f64> {
    let mut free = vec![vec![0.0_f64; servers]; lines];
    let mut leaving: Vec<Vec<f64>> = vec![vec![]; lines];
    let (mut now, mut waits) = (0.0, vec![]);
    let mut present = vec![0; lines];
    for _ in 0..requests {
        now += gap();
        for (left, present) in leaving.iter_mut().zip(&mut present) {
            left.retain(|time| *time > now);
            *present = left.len();
        }
        let chosen = choose(&present);
        let server = (0..servers).min_by(|&a, &b| free[chosen][a].total_cmp(&free[chosen][b])).unwrap();
        let start = free[chosen][server].max(now);
        free[chosen][server] = start + service();
        leaving[chosen].push(free[chosen][server]);
        waits.push(start - now);
    }
    waits.drain(..requests / 10);
    waits
}

fn mean(waits: &[f64]) -> f64 {
    waits.iter().sum::<f64>() / waits.len() as f64
}

fn chance(waits: &[f64]) -> f64 {
    waits.iter().filter(|wait| **wait > 0.0).count() as f64 / waits.len() as f64
}
