//! How many arrivals come in a period that only one in so many exceeds.
//!
//! A mean rate says little about the busiest second of a small service: with 2.8 requests a second on average, one
//! second in a thousand has more than 9.

use crate::numerics::special::normal_quantile;

/// The least count that a Poisson number of arrivals does not exceed with the probability `p`.
///
/// Exact up to a mean of a thousand (by summing), and beyond to within the rounding of Temme's expansion, which
/// matters only where `p` falls on a step. NaN for a negative mean or what is no probability; infinite for `p` = 1.
pub fn poisson_quantile(mean: f64, p: f64) -> f64 {
    count_quantile(mean, 1.0, p)
}

/// The same for arrivals that come in bursts: the variance is `dispersion` times the mean.
///
/// Above 1 the counts have a negative binomial distribution, below 1 (arrivals more even than chance) a normal one. The
/// negative binomial one is summed while the standard deviation and the dispersion are below 3000; beyond, it is a
/// gamma distribution of the same mean and variance, or its Cornish-Fisher expansion where it is nearly normal.
pub fn count_quantile(mean: f64, dispersion: f64, p: f64) -> f64 {
    if !(mean >= 0.0 && dispersion >= 0.0 && (0.0..=1.0).contains(&p)) {
        return f64::NAN;
    }
    if mean == 0.0 || p == 0.0 {
        return 0.0;
    }
    if p == 1.0 || mean.is_infinite() {
        return f64::INFINITY;
    }
    let deviation = (dispersion * mean).sqrt();
    if dispersion == 1.0 {
        let usual = p.min(1.0 - p) > 1e-16;
        if mean <= 1000.0 || (!usual && mean <= 1e6) {
            return summed(mean.floor(), |count| mean / (count + 1.0), p);
        }
        return poisson_by_expansion(mean, p);
    }
    if dispersion < 1.0 {
        return (mean + normal_quantile(p) * deviation).ceil().max(0.0);
    }
    let shape = mean / (dispersion - 1.0);
    if deviation <= 3000.0 && dispersion <= 3000.0 {
        let ratio = |count: f64| (count + shape) / (count + 1.0) * (1.0 - 1.0 / dispersion);
        return summed((mean - dispersion + 1.0).floor().max(0.0), ratio, p);
    }
    let middle_of_step = if shape > 1e4 {
        let skewness = (2.0 - 1.0 / dispersion) * (dispersion / mean).sqrt();
        let excess = 6.0 / shape + 1.0 / mean / dispersion;
        mean + deviation * cornish_fisher(normal_quantile(p), skewness, excess)
    } else {
        dispersion * gamma_quantile(mean / dispersion, p)
    };
    (middle_of_step - 0.5).ceil().max(0.0)
}

/// How far a quantile is from the mean, in standard deviations, for a distribution that is nearly normal.
fn cornish_fisher(score: f64, skewness: f64, excess: f64) -> f64 {
    let (square, cube) = (score * score, score * score * score);
    score + skewness * (square - 1.0) / 6.0 + excess * (cube - 3.0 * score) / 24.0
        - skewness * skewness * (2.0 * cube - 5.0 * score) / 36.0
}

/// The quantile of a distribution of counts with one top, from the ratio of each probability to the one before.
fn summed(top: f64, ratio: impl Fn(f64) -> f64, p: f64) -> f64 {
    const MOST: usize = 2_000_000;
    // What is smaller adds nothing to the probability that is sought.
    let nothing = (1e-18 * p.min(1.0 - p)).max(1e-300);
    let (mut weight, mut lowest) = (1.0, top);
    let mut weights = vec![1.0];
    while lowest > 0.0 && weight > nothing && weights.len() < MOST {
        lowest -= 1.0;
        weight /= ratio(lowest);
        weights.push(weight);
    }
    weights.reverse();
    let (mut weight, mut highest) = (1.0, top);
    while weight > nothing && weights.len() < 2 * MOST {
        weight *= ratio(highest);
        highest += 1.0;
        weights.push(weight);
    }
    let total: f64 = weights.iter().sum();
    // From the end that is nearer, so that rare counts keep their digits.
    let mut sum = 0.0;
    if p <= 0.5 {
        let below = weights.iter().take_while(|weight| {
            sum += **weight;
            sum < p * total
        });
        (lowest + below.count() as f64).min(highest)
    } else {
        let above = weights.iter().rev().take_while(|weight| {
            sum += **weight;
            sum <= (1.0 - p) * total
        });
        (highest - above.count() as f64).max(lowest)
    }
}

/// The Poisson quantile for large means: a guess, and steps to the count where the distribution function passes `p`.
fn poisson_by_expansion(mean: f64, p: f64) -> f64 {
    let deviation = mean.sqrt();
    let guess = mean + deviation * cornish_fisher(normal_quantile(p), 1.0 / deviation, 1.0 / mean);
    let mut count = (guess - 0.5).ceil().max(0.0);
    if mean > 1e15 {
        return count;
    }
    let reaches = |count: f64| {
        let (below, above) = poisson_shares(count, mean);
        if p <= 0.5 { below >= p } else { above <= 1.0 - p }
    };
    for _ in 0..100 {
        if reaches(count) {
            break;
        }
        count += 1.0;
    }
    for _ in 0..100 {
        if count < 1.0 || !reaches(count - 1.0) {
            break;
        }
        count -= 1.0;
    }
    count
}

/// The probabilities of at most this count, and of more, by Temme's uniform expansion of the incomplete gamma function.
fn poisson_shares(count: f64, mean: f64) -> (f64, f64) {
    const FIRST: [f64; 11] = [
        -1.766_595_273_682_607_9e-7,
        8.296_711_340_953_086e-7,
        -1.854_062_210_715_16e-6,
        -2.185_448_510_679_992_2e-6,
        3.919_263_178_522_438e-5,
        -1.787_551_440_329_218e-4,
        3.527_336_860_670_194e-4,
        1.157_407_407_407_407_4e-3,
        -1.481_481_481_481_481_5e-2,
        8.333_333_333_333_333e-2,
        -3.333_333_333_333_333e-1,
    ];
    const SECOND: [f64; 9] = [
        -1.612_090_089_456_344_6e-6,
        7.649_160_916_081_11e-6,
        -1.809_855_033_448_997_8e-5,
        -4.018_775_720_164_609e-7,
        2.057_613_168_724_28e-4,
        -9.902_263_374_485_597e-4,
        2.645_502_645_502_645_5e-3,
        -3.472_222_222_222_222e-3,
        -1.851_851_851_851_852e-3,
    ];
    const THIRD: [f64; 5] = [
        -1.073_665_322_636_516_1e-4,
        2.009_387_860_082_304_5e-6,
        7.716_049_382_716_049e-4,
        -2.681_327_160_493_827e-3,
        4.133_597_883_597_883e-3,
    ];
    let horner = |factors: &[f64], x: f64| factors.iter().fold(0.0, |sum, factor| sum * x + factor);
    let shape = count + 1.0;
    let beyond = (mean - shape) / shape;
    // Half the square of Temme's variable: beyond - ln(1 + beyond), as a series where the two are nearly equal.
    let half_square = if beyond.abs() < 0.01 {
        let series = (2..14).rev().fold(0.0, |sum, order| 1.0 / f64::from(order) - beyond * sum);
        beyond * beyond * series
    } else {
        beyond - libm::log1p(beyond)
    };
    let variable = (2.0 * half_square).sqrt() * if beyond < 0.0 { -1.0 } else { 1.0 };
    let score = (shape * half_square).sqrt() * if beyond < 0.0 { -1.0 } else { 1.0 };
    let correction = (horner(&FIRST, variable)
        + (horner(&SECOND, variable) + horner(&THIRD, variable) / shape) / shape)
        * libm::exp(-shape * half_square)
        / (2.0 * std::f64::consts::PI * shape).sqrt();
    (0.5 * libm::erfc(score) + correction, 0.5 * libm::erfc(-score) - correction)
}

/// The quantile of a gamma distribution of scale 1, by bisection.
fn gamma_quantile(shape: f64, p: f64) -> f64 {
    let (mut low, mut high) = (0.0, shape + 40.0 * shape.sqrt() + 800.0);
    for _ in 0..200 {
        let middle = if low > 0.0 { low / 2.0 + high / 2.0 } else { high / 1024.0 };
        let (below, above) = gamma_shares(shape, middle);
        let reaches = if p <= 0.5 { below >= p } else { above <= 1.0 - p };
        if reaches {
            high = middle
        } else {
            low = middle
        }
        if high - low <= 1e-13 * high {
            break;
        }
    }
    high
}

/// The shares of a gamma distribution of scale 1 below and above a point.
fn gamma_shares(shape: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    let front = libm::exp(shape * libm::log(x) - x - libm::lgamma(shape));
    if x < shape + 1.0 {
        let (mut term, mut sum) = (1.0 / shape, 1.0 / shape);
        for step in 1..10_000 {
            term *= x / (shape + f64::from(step));
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        let below = (front * sum).min(1.0);
        (below, 1.0 - below)
    } else {
        // Lentz's way through the continued fraction.
        let mut even = x + 1.0 - shape;
        let (mut c, mut d) = (1e300, 1.0 / even);
        let mut fraction = d;
        for step in 1..10_000 {
            let step = f64::from(step);
            let factor = step * (shape - step);
            even += 2.0;
            let away_from_zero = |number: f64| if number.abs() < 1e-300 { 1e-300 } else { number };
            d = 1.0 / away_from_zero(even + factor * d);
            c = away_from_zero(even + factor / c);
            fraction *= c * d;
            if (c * d - 1.0).abs() < 1e-16 {
                break;
            }
        }
        let above = (front * fraction).clamp(0.0, 1.0);
        (1.0 - above, above)
    }
}

#[cfg(test)]
mod tests;
