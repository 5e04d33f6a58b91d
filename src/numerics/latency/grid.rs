//! The law of a composed time, on a grid.

use super::distribution::Distribution;
use super::fft::Spectrum;
use super::functions::{at_least, logarithms};
use super::kept::{Made, Ready, kept};
use super::law::{Grid, Law, Points, pointwise};
use super::leaf::{Leaf, moment_of};
use super::mean::{INSIDE, known};
use super::percentiles::{guess, share_inside};
use super::repeat::many;
use super::time::{Time, Trying, at_least_of, chances};
use std::rc::Rc;

/// How many attempts are followed one by one; single times in those after them are spread.
const MOST_ATTEMPTS: usize = 24;
/// Above how many repetitions each may as well take its mean.
const MOST_REPETITIONS: f64 = 1e12;
/// Up to which share of the cells there are repetitions on this grid; the spread of each would be lost for more.
const REPETITIONS: f64 = 1.0 / 32.0;

impl Grid {
    /// The law of `time + shift`, which must not be negative.
    pub(super) fn law(&self, time: &Time, shift: f64) -> Law {
        let at = |time: f64| Law { atoms: vec![(time.max(0.0), 1.0)], masses: Vec::new() };
        match time {
            Time::Nothing => at(shift),
            Time::Takes(distribution) => self.ready(distribution, shift).law.clone(),
            Time::Waits { chance, conditional } => {
                let chance = chance.clamp(0.0, 1.0);
                let mut law = at(shift);
                self.add_wait(&mut law, 1.0 - chance, chance, conditional.max(0.0));
                law
            }
            Time::WaitsBehind { utilization, service } => {
                let law = self.waits_behind(*utilization, service);
                if shift == 0.0 { law } else { self.later(&law, shift) }
            }
            Time::Sequence(parts) => self.sequence(parts, shift),
            Time::Either(branches) => {
                let (inside, sum) = chances(branches);
                let mut law = Law::default();
                for (chance, branch) in inside {
                    if chance > 0.0 {
                        self.mix(&mut law, chance, &self.law(branch, shift));
                    }
                }
                if sum < 1.0 {
                    law.atoms.push((shift.max(0.0), 1.0 - sum));
                }
                self.tidy(&mut law);
                law
            }
            Time::Again { times, each } => self.again(*times, each, shift),
            Time::Attempts { .. } => self.attempts(time, shift),
            Time::All(_) | Time::First { .. } | Time::Copies { .. } | Time::Hedged { .. } => {
                self.by_points(time, shift)
            }
        }
    }

    /// The cumulated shares of `time + shift`.
    pub(super) fn points(&self, time: &Time, shift: f64) -> Points {
        match time {
            Time::Takes(distribution) => match Leaf::new(distribution) {
                Leaf::Steps(steps) => self.cumulated(self.leaf(&Leaf::Steps(steps), shift)),
                leaf => Points { atoms: Vec::new(), shares: self.shares(&leaf, shift) },
            },
            Time::All(parts) => {
                let parts: Vec<Points> = parts.iter().map(|part| self.points(part, shift)).collect();
                pointwise(self, &parts, |shares| shares.iter().product())
            }
            Time::First { count, of } => {
                let parts: Vec<Points> = of.iter().map(|part| self.points(part, shift)).collect();
                pointwise(self, &parts, |shares| at_least_of(*count, shares))
            }
            Time::Copies { needed, of, each } => {
                let each = self.points(each, shift);
                pointwise(self, &[each], |shares| {
                    shares.iter().map(|share| at_least(*needed, *of, *share, 1.0 - share)).sum()
                })
            }
            Time::Hedged { after, each } => {
                let after = after.max(0.0);
                if after >= self.end() {
                    return self.points(each, shift);
                }
                // What is deep is composed once only.
                let parts = if each.is_simple() {
                    [self.points(each, shift), self.points(each, shift + after)]
                } else {
                    let law = self.law(each, shift);
                    let second = self.cumulated(self.later(&law, after));
                    [self.cumulated(law), second]
                };
                pointwise(self, &parts, |shares| {
                    1.0 - shares.iter().map(|share| 1.0 - share).product::<f64>()
                })
            }
            _ => self.cumulated(self.law(time, shift)),
        }
    }

    /// The shares of a distribution at the points of the grid.
    fn shares(&self, leaf: &Leaf, shift: f64) -> Vec<f64> {
        match (leaf.as_pieces(), logarithms().get(..=self.cells)) {
            (Some(pieces), Some(logarithms)) if shift == 0.0 => {
                let step = libm::log(self.step);
                logarithms.iter().map(|log| moment_of(pieces, 0, log + step)).collect()
            }
            _ => (0..=self.cells).map(|index| leaf.moment(0, index as f64 * self.step - shift)).collect(),
        }
    }

    fn ready(&self, distribution: &Distribution, shift: f64) -> Rc<Ready> {
        kept(self, distribution, Made::Law(shift), || self.leaf(&Leaf::new(distribution), shift))
    }

    fn leaf(&self, leaf: &Leaf, shift: f64) -> Law {
        if let Leaf::Steps(steps) = leaf {
            let mut before = 0.0;
            let atoms = steps.iter().map(|(time, sums)| {
                let mass = sums[0] - before;
                before = sums[0];
                ((time + shift).max(0.0), mass)
            });
            let mut law = Law { atoms: atoms.collect(), masses: Vec::new() };
            self.tidy(&mut law);
            return law;
        }
        if let (Leaf::Exponential(mean), true) = (leaf, shift == 0.0) {
            let (first, mut mass, ratio) = self.exponential(*mean);
            let mut masses = Vec::with_capacity(self.cells);
            masses.push(first);
            for _ in 1..self.cells {
                masses.push(mass);
                mass *= ratio;
            }
            return Law { atoms: Vec::new(), masses };
        }
        let shares = self.shares(leaf, shift);
        let masses = self.masses(&shares, |index| leaf.moment(1, index as f64 * self.step - shift), shift);
        Law { atoms: Vec::new(), masses }
    }

    /// Masses from the shares at the points, and the partial means where these are needed: where the density is
    /// smooth, its slope says how the mass of a cell is to be divided.
    fn masses(&self, shares: &[f64], mean_below: impl Fn(usize) -> f64, shift: f64) -> Vec<f64> {
        let mut masses = Vec::with_capacity(self.cells);
        let cells =
            shares.windows(2).map(|pair| pair.iter().rev().copied().reduce(|a, b| a - b).unwrap_or(0.0));
        let mut after = cells.clone().skip(1);
        let (mut before, mut carried) = (0.0, 0.0);
        let mut known: Option<(usize, f64)> = None;
        for (index, mass) in cells.enumerate() {
            let next = after.next().unwrap_or(mass);
            let slope = next - before;
            let right = if mass < 1e-15 {
                0.5 * mass
            } else if slope.abs() < 0.5 * mass && index > 8 {
                0.5 * mass + slope / 24.0
            } else {
                let low = match known {
                    Some((place, value)) if place == index => value,
                    _ => mean_below(index),
                };
                let high = mean_below(index + 1);
                known = Some((index + 1, high));
                let inside = (high - low) - (index as f64 * self.step - shift) * mass;
                let part = inside / self.step;
                if part.is_nan() { 0.5 * mass } else { part.clamp(0.0, mass) }
            };
            masses.push(carried + mass - right);
            carried = right;
            before = mass;
        }
        masses
    }

    /// The wait before one server: a geometric number of residual lives of the service.
    fn waits_behind(&self, utilization: f64, service: &Distribution) -> Law {
        let leaf = Leaf::new(service);
        let mean = leaf.moment(1, f64::INFINITY);
        if utilization <= 0.0 || mean == 0.0 {
            return Law { atoms: vec![(0.0, 1.0)], masses: Vec::new() };
        }
        if !(utilization < 1.0 && mean < f64::INFINITY) {
            return Law::default();
        }
        // A long line before a short service is a sum of very many: what a step does to the spread of each adds up.
        if mean < 4.0 * self.step
            && self.cells <= 2048
            && let Some(fine) = Grid::new(self.end(), 4 * self.cells, self.level)
        {
            let mut law = Law { atoms: vec![(0.0, 1.0 - utilization)], masses: Vec::new() };
            for (index, mass) in fine.line(utilization, service, &leaf, mean).iter().enumerate() {
                self.spread(&mut law.masses, (index as f64 * fine.step, *mass));
            }
            return law;
        }
        Law { atoms: vec![(0.0, 1.0 - utilization)], masses: self.line(utilization, service, &leaf, mean) }
    }

    /// The masses of the waits that have a length.
    fn line(&self, utilization: f64, service: &Distribution, leaf: &Leaf, mean: f64) -> Vec<f64> {
        let masses = || self.residual(leaf, mean);
        let residual = kept(self, service, Made::Residual, || Law { atoms: Vec::new(), masses: masses() });
        let mut spectrum = residual.spectrum(self).clone();
        spectrum.geometric(1.0 - utilization, utilization);
        let mut masses = self.plan.backward(spectrum);
        if let Some(first) = masses.first_mut() {
            *first -= 1.0 - utilization;
        }
        masses
    }

    /// The masses of what is left of a service at a random moment.
    fn residual(&self, leaf: &Leaf, mean: f64) -> Vec<f64> {
        let moments = |index: usize| {
            let t = index as f64 * self.step;
            let above = 1.0 - leaf.moment(0, t);
            (t, above)
        };
        let shares: Vec<f64> = (0..=self.cells)
            .map(|index| {
                let (t, above) = moments(index);
                ((t * above + leaf.moment(1, t)) / mean).min(1.0)
            })
            .collect();
        let mean_below = |index: usize| {
            let (t, above) = moments(index);
            (t * t * above + leaf.moment(2, t)) / (2.0 * mean)
        };
        self.masses(&shares, mean_below, 0.0)
    }

    fn sequence(&self, parts: &[Time], shift: f64) -> Law {
        let mut flat = Vec::new();
        flatten(parts, &mut flat);
        let mut offset = shift;
        let (mut waits, mut laws, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        for part in flat {
            match part {
                Time::Nothing => {}
                Time::Takes(Distribution::Constant(value)) => offset += value.max(0.0),
                Time::Takes(Distribution::Exponential { mean }) => waits.push((0.0, 1.0, *mean)),
                Time::Waits { chance, conditional } => {
                    let chance = chance.clamp(0.0, 1.0);
                    waits.push((1.0 - chance, chance, *conditional));
                }
                other => {
                    let least = other.least();
                    offset += least;
                    rest.push((other, least));
                }
            }
        }
        // The offset goes to one of them, where it costs nothing, and best to one that is not kept.
        let offset = if offset.is_finite() { offset.max(0.0) } else { return Law::default() };
        let bearer = rest.iter().position(|(part, _)| !matches!(part, Time::Takes(_))).unwrap_or(0);
        for (index, (part, least)) in rest.into_iter().enumerate() {
            let shift = if index == bearer { offset - least } else { -least };
            laws.push(match part {
                Time::Takes(distribution) => self.ready(distribution, shift),
                other => Ready::new(self.law(other, shift)),
            });
        }
        if laws.is_empty() {
            laws.push(Ready::new(Law { atoms: vec![(offset, 1.0)], masses: Vec::new() }));
        }
        let mut law = self.sum(&laws);
        for (none, some, mean) in waits {
            self.add_wait(&mut law, none, some, mean.max(0.0));
        }
        law
    }

    fn again(&self, times: f64, each: &Time, shift: f64) -> Law {
        let times = times.max(0.0);
        let whole = times.floor();
        let part = times - whole;
        if whole > MOST_REPETITIONS {
            let each_mean = if self.level > 1 { guess(each) } else { known(each, INSIDE, self.level + 1) };
            let at = shift + times * each_mean;
            return if at.is_finite() {
                Law { atoms: vec![(at.max(0.0), each.ending())], masses: Vec::new() }
            } else {
                Law::default()
            };
        }
        if whole > 2.0 && whole > REPETITIONS * self.cells as f64 {
            return many(self, each, times, shift);
        }
        let least = each.least();
        let law = Ready::new(self.law(each, -least));
        let mut sum = self.repeated(&law, whole as u64);
        if part > 0.0 {
            // Of each of them what is least is added at the end, so that of one more it is added here.
            let more = self.later(&self.sum(&[Ready::new(sum.clone()), law]), least);
            let mut once = Law::default();
            self.mix(&mut once, 1.0 - part, &sum);
            self.mix(&mut once, part, &more);
            self.tidy(&mut once);
            sum = once;
        }
        self.later(&sum, (shift + whole * least).max(0.0))
    }

    fn repeated(&self, each: &Rc<Ready>, times: u64) -> Law {
        let law = &each.law;
        match times {
            0 => return Law { atoms: vec![(0.0, 1.0)], masses: Vec::new() },
            1 => return law.clone(),
            _ => {}
        }
        let all = each.spectrum(self).power(times);
        match law.atoms.as_slice() {
            [] => Law { atoms: Vec::new(), masses: self.plan.backward(all) },
            [(time, mass)] => {
                let (count, mut masses) = (times as f64, self.plan.backward(all));
                let atom = (time * count, libm::pow(*mass, count));
                self.spread(&mut masses, (atom.0, -atom.1));
                let mut law = Law { atoms: vec![atom], masses };
                self.tidy(&mut law);
                law
            }
            _ if times <= 8 => self.sum(&vec![Rc::clone(each); times as usize]),
            _ => Law { atoms: Vec::new(), masses: self.plan.backward(all) },
        }
    }

    /// What is within a time, and nothing else.
    fn within(&self, law: &Law, timeout: f64) -> Law {
        let mut law = law.clone();
        if timeout >= self.end() {
            return law;
        }
        law.atoms.retain(|atom| atom.0 <= timeout);
        if !law.masses.is_empty() {
            let share = self.cumulated(Law { atoms: Vec::new(), masses: law.masses.clone() });
            let place = timeout / self.step;
            let index = place as usize;
            let mut around = share.shares.iter().skip(index);
            let low = around.next().copied().unwrap_or(0.0);
            let high = around.next().copied().unwrap_or(low);
            let mut left = low + (high - low) * (place - index as f64);
            for mass in &mut law.masses {
                *mass = mass.clamp(0.0, left.max(0.0));
                left -= *mass;
            }
        }
        law
    }

    fn attempts(&self, time: &Time, shift: f64) -> Law {
        let Some(trying) = Trying::of(time) else { return Law::default() };
        // All is counted from the least that an attempt takes.
        let (least, timeout) = (time.least(), trying.timeout - time.least());
        let lives = trying.each.least() <= trying.timeout;
        let each = if lives { self.law(trying.each, -least) } else { Law::default() };
        let ended = self.within(&each, timeout);
        let within = if trying.timeout.is_infinite() {
            trying.each.ending()
        } else if timeout >= self.end() {
            // What takes too long does so beyond the end, but how much it is counts for the rest.
            share_inside(trying.each, trying.timeout, self.cells.min(256), self.level + 1)
        } else {
            total(&ended)
        };
        let mut failing = Law::default();
        self.mix(&mut failing, trying.failure, &ended);
        if trying.timeout.is_finite() {
            failing.atoms.push((timeout, 1.0 - within));
        }
        self.tidy(&mut failing);
        let (ended, failing) = (Ready::new(ended), Ready::new(failing));
        let none = trying.all(trying.failing(within));
        let scale = if trying.gives_up || none >= 1.0 { 1.0 } else { 1.0 / (1.0 - none) };
        let mut law = Law::default();
        let start = Law { atoms: vec![((shift + least).max(0.0), 1.0)], masses: Vec::new() };
        let mut before = Ready::new(start);
        for attempt in 1..=MOST_ATTEMPTS {
            self.mix(&mut law, (1.0 - trying.failure) * scale, &self.after(&before, &ended));
            let failed = self.after(&before, &failing);
            if attempt as f64 >= trying.attempts {
                if trying.gives_up {
                    self.mix(&mut law, 1.0, &failed);
                }
                break;
            }
            if total(&failed) < 1e-15 {
                break;
            }
            before = Ready::new(self.later(&failed, trying.pause_after(attempt) + least));
            self.tidy(&mut law);
            if attempt == MOST_ATTEMPTS {
                let more = trying.attempts - attempt as f64;
                let again = self.later(&failing.law, trying.pause_after(attempt + 1) + least);
                let (tries, last) = self.many_attempts(&before, &again, &failing, more);
                let mut sum = tries;
                sum.multiply(ended.spectrum(self));
                let row = Law { atoms: Vec::new(), masses: self.plan.backward(sum) };
                self.mix(&mut law, (1.0 - trying.failure) * scale, &row);
                if trying.gives_up {
                    let row = Law { atoms: Vec::new(), masses: self.plan.backward(last) };
                    self.mix(&mut law, 1.0, &row);
                }
            }
        }
        self.tidy(&mut law);
        law
    }

    /// When each of so many attempts begins, all together, and when the last has failed, as transforms: the sum of a
    /// geometric series.
    fn many_attempts(&self, first: &Ready, again: &Law, failing: &Ready, count: f64) -> (Spectrum, Spectrum) {
        let mut tries = first.spectrum(self).clone();
        let again = self.plan.forward(&self.whole(again));
        // Everything is a little inside the unit circle, so that a very high power is nothing.
        let power = again.power(count.min(1e18) as u64);
        let mut last = tries.clone();
        last.multiply(&again.power((count - 1.0).clamp(0.0, 1e18) as u64));
        last.multiply(failing.spectrum(self));
        let mut series = again;
        let values = series.re.iter_mut().zip(&mut series.im);
        for ((re, im), (power_re, power_im)) in values.zip(power.re.iter().zip(&power.im)) {
            let (below_re, below_im) = (1.0 - *re, -*im);
            let size = below_re * below_re + below_im * below_im;
            (*re, *im) = if size < 1e-24 {
                (count.min(1e12), 0.0)
            } else {
                let (above_re, above_im) = (1.0 - power_re, -power_im);
                (
                    (above_re * below_re + above_im * below_im) / size,
                    (above_im * below_re - above_re * below_im) / size,
                )
            };
        }
        tries.multiply(&series);
        (tries, last)
    }

    /// The sum of two, of which the first is often a single time.
    fn after(&self, first: &Rc<Ready>, second: &Rc<Ready>) -> Law {
        if let (&[(at, mass)], true) = (first.law.atoms.as_slice(), first.law.masses.is_empty()) {
            let mut law = Law::default();
            self.mix(&mut law, mass, &self.later(&second.law, at));
            return law;
        }
        self.sum(&[Rc::clone(first), Rc::clone(second)])
    }
}

/// The whole of the masses that are on the grid.
pub(super) fn total(law: &Law) -> f64 {
    law.masses.iter().sum::<f64>() + law.atoms.iter().map(|atom| atom.1).sum::<f64>()
}

fn flatten<'a>(parts: &'a [Time], into: &mut Vec<&'a Time>) {
    for part in parts {
        match part {
            Time::Sequence(inner) => flatten(inner, into),
            other => into.push(other),
        }
    }
}
