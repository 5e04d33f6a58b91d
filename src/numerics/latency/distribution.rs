//! How long one thing takes: the distributions that a design can name, and what is known of each.

use super::leaf::Leaf;
use crate::numerics::special::{normal_cdf, normal_quantile};

/// How long one thing takes, in seconds (or any other unit, if all are in the same).
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Always the same.
    Constant(f64),
    /// Without memory, as the wait for a random event.
    Exponential {
        /// The mean.
        mean: f64,
    },
    /// The logarithm is normal: the usual shape of measured latencies.
    Lognormal {
        /// Half of all take less.
        median: f64,
        /// The standard deviation of the natural logarithm.
        sigma: f64,
    },
    /// Anything between two bounds alike.
    Uniform {
        /// The least.
        low: f64,
        /// The most.
        high: f64,
    },
    /// Normal, where what would be below zero is left out.
    Normal {
        /// The mean of the whole normal distribution.
        mean: f64,
        /// Its standard deviation.
        deviation: f64,
    },
    /// A power law: the share above `t` is `(least / t)^exponent`.
    Pareto {
        /// The least.
        least: f64,
        /// How steeply the tail falls.
        exponent: f64,
    },
    /// A gamma distribution, which for a whole shape is a sum of so many exponential times.
    Gamma {
        /// The shape.
        shape: f64,
        /// The scale: the mean over the shape.
        scale: f64,
    },
    /// A few possible times, each with its chance; the chances are taken in proportion.
    Points(Vec<(f64, f64)>),
    /// Percentiles that were measured: shares and times. Between them, and beyond them with the slope of the last
    /// two, the logarithm of the time is linear in the normal score of the share, so two of them give a lognormal.
    Quantiles(Vec<(f64, f64)>),
}

impl Distribution {
    /// What is assumed when only a mean is known: an exponential distribution.
    pub fn from_mean(mean: f64) -> Distribution {
        Distribution::Exponential { mean }
    }

    /// The lognormal distribution with this median and 99th percentile.
    pub fn from_p50_p99(p50: f64, p99: f64) -> Distribution {
        Distribution::from_percentiles((0.5, p50), (0.99, p99))
    }

    /// The lognormal distribution through two percentiles, each a share and a time.
    pub fn from_percentiles(first: (f64, f64), second: (f64, f64)) -> Distribution {
        let (low, high) = if first.0 <= second.0 { (first, second) } else { (second, first) };
        let (from, to) = (normal_quantile(low.0), normal_quantile(high.0));
        let sigma = libm::log(high.1 / low.1) / (to - from);
        Distribution::Lognormal { median: low.1 * libm::exp(-sigma * from), sigma }
    }

    /// The lognormal distribution with this mean and squared coefficient of variation.
    pub fn lognormal_from_mean(mean: f64, variation: f64) -> Distribution {
        let square = libm::log1p(variation);
        Distribution::Lognormal { median: mean * libm::exp(-square / 2.0), sigma: square.sqrt() }
    }

    /// The gamma distribution with this mean and squared coefficient of variation; without variation, a constant.
    pub fn gamma_from_mean(mean: f64, variation: f64) -> Distribution {
        if variation == 0.0 {
            Distribution::Constant(mean)
        } else {
            Distribution::Gamma { shape: 1.0 / variation, scale: mean * variation }
        }
    }

    /// The share that takes at most `t`.
    pub fn cdf(&self, t: f64) -> f64 {
        if t.is_nan() || self.is_unknown() {
            return f64::NAN;
        }
        1.0 - self.above(t)
    }

    /// The share that takes longer than `t`, exact in the tail as well.
    pub(super) fn above(&self, t: f64) -> f64 {
        match *self {
            Distribution::Exponential { mean } if mean > 0.0 && t >= 0.0 => libm::exp(-t / mean),
            Distribution::Lognormal { median, sigma } if median > 0.0 && sigma > 0.0 => {
                if t <= 0.0 {
                    1.0
                } else {
                    normal_cdf(-libm::log(t / median) / sigma)
                }
            }
            Distribution::Pareto { least, exponent } if least > 0.0 && exponent > 0.0 => {
                if t <= least {
                    1.0
                } else {
                    libm::pow(least / t, exponent)
                }
            }
            _ => Leaf::new(self).above(t),
        }
    }

    /// The time that a share `p` stays within.
    pub fn quantile(&self, p: f64) -> f64 {
        if p.is_nan() || self.is_unknown() {
            return f64::NAN;
        }
        let p = p.clamp(0.0, 1.0);
        match *self {
            Distribution::Constant(value) => value.max(0.0),
            Distribution::Exponential { mean } => nothing_times(mean.max(0.0), -libm::log1p(-p)),
            Distribution::Lognormal { median, sigma } => {
                nothing_times(median.max(0.0), libm::exp(nothing_times(sigma.abs(), normal_quantile(p))))
            }
            Distribution::Uniform { low, high } => {
                let (low, high) = (low.min(high).max(0.0), low.max(high).max(0.0));
                low + nothing_times(p, high - low)
            }
            Distribution::Pareto { least, exponent } => nothing_times(
                least.max(0.0),
                libm::exp(nothing_times(1.0 / exponent.max(0.0), -libm::log1p(-p))),
            ),
            Distribution::Normal { mean, deviation }
                if deviation != 0.0 && mean.abs() + deviation.abs() < f64::INFINITY =>
            {
                let left = normal_cdf(mean / deviation.abs()) * (1.0 - p);
                (mean - deviation.abs() * normal_quantile(left)).max(0.0)
            }
            _ => Leaf::new(self).quantile(p),
        }
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        if self.is_unknown() { f64::NAN } else { Leaf::new(self).moment(1, f64::INFINITY) }
    }

    /// The variance.
    pub fn variance(&self) -> f64 {
        if self.is_unknown() {
            return f64::NAN;
        }
        match *self {
            Distribution::Constant(_) => 0.0,
            Distribution::Exponential { mean } => mean * mean,
            Distribution::Lognormal { median, sigma } => {
                let mean = median * libm::exp(sigma * sigma / 2.0);
                mean * mean * libm::expm1(sigma * sigma)
            }
            Distribution::Uniform { low, high } if low.min(high) >= 0.0 => (high - low) * (high - low) / 12.0,
            Distribution::Gamma { shape, scale } => shape * scale * scale,
            _ => {
                let leaf = Leaf::new(self);
                let mean = leaf.moment(1, f64::INFINITY);
                let square = leaf.moment(2, f64::INFINITY);
                if square.is_infinite() { f64::INFINITY } else { (square - mean * mean).max(0.0) }
            }
        }
    }

    /// The squared coefficient of variation: the variance over the square of the mean.
    pub fn variation(&self) -> f64 {
        let mean = self.mean();
        if mean == 0.0 { 0.0 } else { self.variance() / (mean * mean) }
    }

    /// The same, but everything takes so many times as long.
    pub fn scaled(&self, factor: f64) -> Distribution {
        let each = |pairs: &[(f64, f64)]| pairs.iter().map(|&(p, t)| (p, t * factor)).collect();
        match self {
            Distribution::Constant(value) => Distribution::Constant(value * factor),
            Distribution::Exponential { mean } => Distribution::Exponential { mean: mean * factor },
            Distribution::Lognormal { median, sigma } => {
                Distribution::Lognormal { median: median * factor, sigma: *sigma }
            }
            Distribution::Uniform { low, high } => {
                Distribution::Uniform { low: low * factor, high: high * factor }
            }
            Distribution::Normal { mean, deviation } => {
                Distribution::Normal { mean: mean * factor, deviation: deviation * factor }
            }
            Distribution::Pareto { least, exponent } => {
                Distribution::Pareto { least: least * factor, exponent: *exponent }
            }
            Distribution::Gamma { shape, scale } => {
                Distribution::Gamma { shape: *shape, scale: scale * factor }
            }
            Distribution::Points(points) => Distribution::Points(each(points)),
            Distribution::Quantiles(points) => Distribution::Quantiles(each(points)),
        }
    }

    /// Whether a number in it is not a number.
    pub(super) fn is_unknown(&self) -> bool {
        match self {
            Distribution::Constant(value) | Distribution::Exponential { mean: value } => value.is_nan(),
            Distribution::Lognormal { median: a, sigma: b }
            | Distribution::Uniform { low: a, high: b }
            | Distribution::Normal { mean: a, deviation: b }
            | Distribution::Pareto { least: a, exponent: b }
            | Distribution::Gamma { shape: a, scale: b } => a.is_nan() || b.is_nan(),
            Distribution::Points(points) | Distribution::Quantiles(points) => {
                points.is_empty() || points.iter().any(|(p, t)| p.is_nan() || t.is_nan())
            }
        }
    }
}

/// A product in which nothing times anything is nothing.
pub(super) fn nothing_times(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}
