//! Special functions that a grid needs often: quick, and exact to about 1e-13.

use crate::numerics::special::normal_cdf;
use std::sync::LazyLock;

/// How many points of the table lie in one unit.
const POINTS: f64 = 32.0;
/// Where the table ends on both sides.
const END: f64 = 8.5;

/// The normal distribution and its density at even distances.
static NORMAL: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
    let count = (2.0 * END * POINTS) as usize;
    (0..=count)
        .map(|index| {
            let z = index as f64 / POINTS - END;
            (normal_cdf(z), libm::exp(-z * z / 2.0) * 0.398_942_280_401_432_7)
        })
        .collect()
});

static LOGARITHMS: LazyLock<Vec<f64>> =
    LazyLock::new(|| (0..=4096).map(|index| libm::log(f64::from(index))).collect());

/// The logarithms of 0, 1, 2 and so on up to 4096.
pub(super) fn logarithms() -> &'static [f64] {
    &LOGARITHMS
}

/// The share of a standard normal distribution below `z`, from a table: a Taylor polynomial around the nearest point.
pub(super) fn normal_below(z: f64) -> f64 {
    if z.is_nan() {
        return z;
    }
    if z >= END {
        return 1.0;
    }
    if z <= -END {
        return 0.0;
    }
    let place = (z + END) * POINTS + 0.5;
    let index = place as usize;
    let Some(&(value, density)) = NORMAL.get(index) else { return 1.0 };
    let at = index as f64 / POINTS - END;
    let d = z - at;
    let square = at * at;
    // The derivatives of the density are Hermite polynomials.
    let h2 = square - 1.0;
    let h3 = at * (square - 3.0);
    let h4 = square * (square - 6.0) + 3.0;
    let h5 = at * (square * (square - 10.0) + 15.0);
    let sum = 1.0 + d * (-at / 2.0 + d * (h2 / 6.0 + d * (-h3 / 24.0 + d * (h4 / 120.0 - d * h5 / 720.0))));
    value + density * d * sum
}

/// The regularised lower incomplete gamma function.
pub(super) fn gamma_below(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x == f64::INFINITY {
        return 1.0;
    }
    if shape > 1e6 {
        // The cube root is all but normal.
        let ninth = 1.0 / (9.0 * shape);
        return normal_below((libm::cbrt(x / shape) - 1.0 + ninth) / ninth.sqrt());
    }
    let front = libm::exp(shape * libm::log(x) - x - libm::lgamma(shape));
    if x < shape + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / shape, 1.0 / shape, shape);
        for _ in 0..20_000 {
            n += 1.0;
            term *= x / n;
            sum += term;
            if term < sum * 1e-16 {
                break;
            }
        }
        (front * sum).min(1.0)
    } else {
        let mut b = x + 1.0 - shape;
        let mut c = 1e300;
        let mut d = 1.0 / b;
        let mut h = d;
        for index in 1..20_000 {
            let index = f64::from(index);
            let a = -index * (index - shape);
            b += 2.0;
            d = 1.0 / away_from_zero(a * d + b);
            c = away_from_zero(b + a / c);
            h *= d * c;
            if (d * c - 1.0).abs() < 1e-15 {
                break;
            }
        }
        (1.0 - front * h).clamp(0.0, 1.0)
    }
}

fn away_from_zero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

/// The chance that at least `needed` of `of` independent things happen, each with chance `p` (and not with `q`).
///
/// It is the regularised incomplete beta function, by Lentz's continued fraction.
pub(super) fn at_least(needed: f64, of: f64, p: f64, q: f64) -> f64 {
    if needed <= 0.0 || p >= 1.0 {
        return 1.0;
    }
    if needed > of || p <= 0.0 {
        return 0.0;
    }
    if of > 1e12 && needed < of {
        // Of so many the share that it happens to is known.
        return if needed <= of * p { 1.0 } else { 0.0 };
    }
    if needed == of {
        return libm::exp(of * if p > 0.5 { libm::log1p(-q) } else { libm::log(p) });
    }
    if needed == 1.0 {
        return -libm::expm1(of * if q > 0.5 { libm::log1p(-p) } else { libm::log(q) });
    }
    if of <= FEW && of.fract() == 0.0 && needed.fract() == 0.0 {
        return few(needed as u32, of as u32, p, q);
    }
    let (a, b) = (needed, of - needed + 1.0);
    let distance = (p - a / (a + b)) / (a * b / ((a + b) * (a + b) * (a + b + 1.0))).sqrt();
    if of > 1e4 && distance.abs() > 40.0 {
        return if distance > 0.0 { 1.0 } else { 0.0 };
    }
    let log_p = if p > 0.5 { libm::log1p(-q) } else { libm::log(p) };
    let log_q = if q > 0.5 { libm::log1p(-p) } else { libm::log(q) };
    let front = libm::exp(libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * log_p + b * log_q);
    if p < (a + 1.0) / (a + b + 2.0) {
        (front * fraction(a, b, p) / a).clamp(0.0, 1.0)
    } else {
        (1.0 - front * fraction(b, a, q) / b).clamp(0.0, 1.0)
    }
}

/// So few are added up one by one.
const FEW: f64 = 12.0;

/// The chance of each number from `needed` to `of`, added up.
fn few(needed: u32, of: u32, p: f64, q: f64) -> f64 {
    // From all of them downwards: each term is the one before, times `count / (of - count + 1) * q / p`.
    let (mut ways, mut sum) = (1.0, 0.0);
    let mut powers = (0..of).fold(1.0, |power, _| power * p);
    let mut misses = 1.0;
    for count in (needed..=of).rev() {
        sum += ways * powers * misses;
        ways *= f64::from(count) / f64::from(of - count + 1);
        misses *= q;
        powers = (1..count).fold(1.0, |power, _| power * p);
    }
    f64::min(sum, 1.0)
}

fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for index in 1..5_000 {
        let m = f64::from(index);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        h *= d * c;
        if (d * c - 1.0).abs() < 1e-14 {
            break;
        }
    }
    h
}
