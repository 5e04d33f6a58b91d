//! A distribution made ready for a grid: its shares and partial moments below any time.
//!
//! Parameters that make no sense are read as the nearest that do: negative times are zero, a spread of nothing is a
//! constant, and what is infinite never ends.

use super::distribution::{Distribution, nothing_times};
use super::functions::{gamma_below, normal_below};
use crate::numerics::special::normal_quantile;

/// A piece of a lognormal distribution: the logarithm of the time is `base + slope * z` from a normal score on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// From which logarithm of the time on.
    from: f64,
    base: f64,
    slope: f64,
    /// The partial moments below the start, less what the formula of the piece gives there.
    before: [f64; 3],
}

/// A distribution that is ready.
#[derive(Clone, Debug)]
pub(super) enum Leaf {
    /// It never ends.
    Never,
    /// Times with, cumulated, the share and the first two moments, ascending.
    Steps(Vec<(f64, [f64; 3])>),
    Exponential(f64),
    Uniform(f64, f64),
    /// Mean, deviation, and the share above zero.
    Normal(f64, f64, f64),
    Pareto(f64, f64),
    Gamma(f64, f64),
    Pieces(Vec<Piece>),
}

const DENSITY: f64 = 0.398_942_280_401_432_7;

fn density(z: f64) -> f64 {
    DENSITY * libm::exp(-z * z / 2.0)
}

impl Leaf {
    pub(super) fn new(distribution: &Distribution) -> Leaf {
        match *distribution {
            Distribution::Constant(value) => Leaf::constant(value),
            Distribution::Exponential { mean } if mean > 0.0 && mean < f64::INFINITY => {
                Leaf::Exponential(mean)
            }
            Distribution::Exponential { mean } => Leaf::constant(mean),
            Distribution::Lognormal { median, sigma } if median > 0.0 && sigma != 0.0 => {
                if median.is_infinite() || sigma.is_infinite() {
                    return Leaf::Never;
                }
                let base = libm::log(median);
                Leaf::Pieces(vec![Piece {
                    from: f64::NEG_INFINITY,
                    base,
                    slope: sigma.abs(),
                    before: [0.0; 3],
                }])
            }
            Distribution::Lognormal { median, .. } => Leaf::constant(median),
            Distribution::Uniform { low, high } => {
                let (low, high) = (low.min(high).max(0.0), low.max(high).max(0.0));
                if high.is_infinite() || high <= low {
                    Leaf::constant(high)
                } else {
                    Leaf::Uniform(low, high)
                }
            }
            Distribution::Normal { mean, deviation } => {
                let deviation = deviation.abs();
                if deviation == 0.0 || !(mean.abs() + deviation).is_finite() {
                    return Leaf::constant(if deviation.is_infinite() { deviation } else { mean });
                }
                let above = normal_below(mean / deviation);
                if above < 1e-12 { Leaf::constant(0.0) } else { Leaf::Normal(mean, deviation, above) }
            }
            Distribution::Pareto { least, exponent } => {
                if least.is_infinite() || (least > 0.0 && exponent <= 0.0) {
                    Leaf::Never
                } else if least <= 0.0 || exponent.is_infinite() {
                    Leaf::constant(least)
                } else {
                    Leaf::Pareto(least, exponent)
                }
            }
            Distribution::Gamma { shape, scale } => {
                if shape.max(scale).is_infinite() {
                    Leaf::Never
                } else if shape <= 0.0 || scale <= 0.0 {
                    Leaf::constant(0.0)
                } else {
                    Leaf::Gamma(shape, scale)
                }
            }
            Distribution::Points(ref points) => Leaf::steps(points),
            Distribution::Quantiles(ref points) => Leaf::pieces(points),
        }
    }

    fn constant(value: f64) -> Leaf {
        let value = value.max(0.0);
        if value.is_infinite() {
            Leaf::Never
        } else {
            Leaf::Steps(vec![(value, [1.0, value, value * value])])
        }
    }

    fn steps(points: &[(f64, f64)]) -> Leaf {
        let total: f64 = points.iter().map(|(chance, _)| chance.max(0.0)).sum();
        if !(total > 0.0 && total.is_finite()) {
            return Leaf::Never;
        }
        let mut sorted: Vec<(f64, f64)> =
            points.iter().map(|&(chance, time)| (time.max(0.0), chance.max(0.0) / total)).collect();
        sorted.retain(|(time, chance)| *chance > 0.0 && time.is_finite());
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut sums = [0.0; 3];
        let mut steps: Vec<(f64, [f64; 3])> = Vec::with_capacity(sorted.len());
        for (time, chance) in sorted {
            sums = [sums[0] + chance, sums[1] + chance * time, sums[2] + chance * time * time];
            match steps.last_mut() {
                Some(last) if last.0 == time => last.1 = sums,
                _ => steps.push((time, sums)),
            }
        }
        Leaf::Steps(steps)
    }

    fn pieces(points: &[(f64, f64)]) -> Leaf {
        let mut sorted = points.to_vec();
        sorted.retain(|(p, time)| (0.0..=1.0).contains(p) && *time >= 0.0);
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        sorted.dedup_by(|a, b| a.0 == b.0);
        if sorted.iter().any(|point| point.1.is_infinite()) {
            return Leaf::Never;
        }
        let mut least = 1e-300;
        let knots: Vec<(f64, f64)> = sorted
            .iter()
            .map(|&(p, time)| {
                least = time.max(least);
                (normal_quantile(p.clamp(1e-6, 1.0 - 1e-6)), libm::log(least))
            })
            .collect();
        let Some(first) = knots.first() else { return Leaf::Never };
        if knots.len() == 1 {
            let p = sorted.first().map_or(0.5, |point| point.0).clamp(1e-6, 1.0 - 1e-6);
            return Leaf::Exponential(libm::exp(first.1) / -libm::log1p(-p));
        }
        let mut pieces: Vec<Piece> = Vec::with_capacity(knots.len());
        for pair in knots.windows(2) {
            let &[(z, log), (next_z, next_log)] = pair else { continue };
            let slope = ((next_log - log) / (next_z - z)).max(1e-9);
            let from = if pieces.is_empty() { f64::NEG_INFINITY } else { log };
            let piece = Piece { from, base: log - slope * z, slope, before: [0.0; 3] };
            let before = match pieces.last() {
                Some(last) => [0, 1, 2].map(|power| last.moment(power, log) - piece.moment(power, log)),
                None => [0.0; 3],
            };
            pieces.push(Piece { before, ..piece });
        }
        Leaf::Pieces(pieces)
    }

    /// The mean of the `power`-th power where the time is at most `t`, and nothing elsewhere.
    pub(super) fn moment(&self, power: usize, t: f64) -> f64 {
        if t < 0.0 {
            return 0.0;
        }
        match *self {
            Leaf::Never => {
                if t == f64::INFINITY && power > 0 {
                    f64::INFINITY
                } else {
                    0.0
                }
            }
            Leaf::Steps(ref steps) => {
                let count = steps.partition_point(|step| step.0 <= t);
                let sums =
                    count.checked_sub(1).and_then(|index| steps.get(index)).map_or([0.0; 3], |step| step.1);
                sums.get(power).copied().unwrap_or(0.0)
            }
            Leaf::Exponential(mean) => {
                let x = t / mean;
                let left = if x > 745.0 { 0.0 } else { libm::exp(-x) };
                let x = x.min(1e6);
                match power {
                    0 => -libm::expm1(-x),
                    1 => mean * (1.0 - left * (1.0 + x)),
                    _ => mean * mean * (2.0 - left * (2.0 + 2.0 * x + x * x)),
                }
            }
            Leaf::Uniform(low, high) => {
                let (t, width) = (t.clamp(low, high), high - low);
                match power {
                    0 => (t - low) / width,
                    1 => (t - low) / width * (t + low) / 2.0,
                    _ => (t - low) / width * (t * t + t * low + low * low) / 3.0,
                }
            }
            Leaf::Normal(mean, deviation, above) => {
                let (start, z) = (-mean / deviation, ((t - mean) / deviation).min(40.0));
                let share = (above - normal_below(-z)) / above;
                let (before, here) = (density(start), density(z));
                match power {
                    0 => share,
                    1 => mean * share - deviation * (here - before) / above,
                    _ => {
                        (mean * mean + deviation * deviation) * share
                            - deviation
                                * (2.0 * mean * (here - before) + deviation * (z * here - start * before))
                                / above
                    }
                }
            }
            Leaf::Pareto(least, exponent) => {
                if t <= least {
                    return 0.0;
                }
                let power = power as f64;
                let rest = power - exponent;
                if rest >= 0.0 && t == f64::INFINITY {
                    return f64::INFINITY;
                }
                let log = libm::log(t / least);
                let factor = if rest == 0.0 {
                    log
                } else if t == f64::INFINITY {
                    -1.0 / rest
                } else {
                    libm::expm1(rest * log) / rest
                };
                exponent * libm::pow(least, power) * factor
            }
            Leaf::Gamma(shape, scale) => match power {
                0 => gamma_below(shape, t / scale),
                1 => shape * scale * gamma_below(shape + 1.0, t / scale),
                _ => shape * (shape + 1.0) * scale * scale * gamma_below(shape + 2.0, t / scale),
            },
            Leaf::Pieces(ref pieces) => {
                if t == 0.0 {
                    return 0.0;
                }
                moment_of(pieces, power, libm::log(t))
            }
        }
    }

    /// The share above `t`.
    pub(super) fn above(&self, t: f64) -> f64 {
        match *self {
            Leaf::Normal(mean, deviation, above) if t >= 0.0 => {
                (crate::numerics::special::normal_cdf((mean - t) / deviation) / above).min(1.0)
            }
            Leaf::Exponential(mean) if t >= 0.0 => libm::exp(-t / mean),
            Leaf::Pieces(ref pieces) if t > 0.0 => {
                let log = libm::log(t);
                piece_at(pieces, log).map_or(1.0, |piece| {
                    crate::numerics::special::normal_cdf((piece.base - log) / piece.slope)
                })
            }
            _ => (1.0 - self.moment(0, t)).clamp(0.0, 1.0),
        }
    }

    /// The time that a share `p` stays within, by halving where there is no formula.
    pub(super) fn quantile(&self, p: f64) -> f64 {
        match self {
            Leaf::Never => f64::INFINITY,
            Leaf::Steps(steps) => {
                let enough = steps.iter().find(|step| step.1[0] >= p - 1e-12);
                enough.map_or(f64::INFINITY, |step| step.0)
            }
            Leaf::Pieces(pieces) => {
                let z = normal_quantile(p);
                let last = pieces.iter().rev().find(|piece| piece.from < piece.base + piece.slope * z);
                last.or(pieces.first()).map_or(f64::NAN, |piece| libm::exp(piece.base + piece.slope * z))
            }
            _ if p >= 1.0 => f64::INFINITY,
            _ => invert(|t| self.above(t), p, self.moment(1, f64::INFINITY)),
        }
    }

    pub(super) fn as_pieces(&self) -> Option<&[Piece]> {
        match self {
            Leaf::Pieces(pieces) => Some(pieces),
            _ => None,
        }
    }
}

impl Piece {
    fn moment(&self, power: usize, log: f64) -> f64 {
        let z = (log - self.base) / self.slope;
        let power_f = power as f64;
        let below = normal_below(z - power_f * self.slope);
        let before = self.before.get(power).copied().unwrap_or(0.0);
        match power {
            0 => before + below,
            _ => {
                let whole =
                    libm::exp(power_f * self.base + power_f * power_f * self.slope * self.slope / 2.0);
                before + nothing_times(below, whole)
            }
        }
    }
}

fn piece_at(pieces: &[Piece], log: f64) -> Option<&Piece> {
    match pieces {
        [only] => Some(only),
        _ => pieces.iter().rev().find(|piece| piece.from <= log),
    }
}

/// A partial moment of pieces of lognormal distributions, below a logarithm of time.
pub(super) fn moment_of(pieces: &[Piece], power: usize, log: f64) -> f64 {
    piece_at(pieces, log).map_or(0.0, |piece| piece.moment(power, log))
}

/// The least time above which no more than `1 - p` is left, by halving, to the last bits.
pub(super) fn invert(above: impl Fn(f64) -> f64, p: f64, guess: f64) -> f64 {
    let left = (1.0 - p) * (1.0 + 1e-9) + 1e-15;
    let enough = |t: f64| above(t) <= left;
    if enough(0.0) {
        return 0.0;
    }
    let mut high = if guess > 0.0 && guess.is_finite() { guess } else { 1.0 };
    let mut low = 0.0;
    while !enough(high) {
        low = high;
        high *= 2.0;
        if !high.is_finite() {
            return f64::INFINITY;
        }
    }
    while low == 0.0 && high > 1e-300 {
        if enough(high / 4.0) {
            high /= 4.0;
        } else {
            low = high / 4.0;
        }
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if enough(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}
