//! Special functions.

use std::sync::LazyLock;

/// The share of a standard normal distribution below `x`.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// The shares that are asked for all the time.
const USUAL: [f64; 5] = [0.5, 0.9, 0.95, 0.99, 0.999];

static AT_USUAL: LazyLock<[f64; 5]> = LazyLock::new(|| USUAL.map(solved_quantile));

/// The point below which a share `p` of a standard normal distribution lies.
pub fn normal_quantile(p: f64) -> f64 {
    let usual = USUAL.iter().zip(AT_USUAL.iter()).find(|(share, _)| **share == p);
    usual.map_or_else(|| solved_quantile(p), |(_, found)| *found)
}

/// Acklam's rational approximation, and one step of Halley's method, which brings it to the last bits.
fn solved_quantile(p: f64) -> f64 {
    const CENTRAL: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const BELOW_CENTRAL: [f64; 6] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
        1.0,
    ];
    const TAIL: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const BELOW_TAIL: [f64; 5] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    const LOW: f64 = 0.02425;
    if !(p > 0.0 && p < 1.0) {
        return match p {
            0.0 => f64::NEG_INFINITY,
            1.0 => f64::INFINITY,
            _ => f64::NAN,
        };
    }
    let horner = |factors: &[f64], x: f64| factors.iter().fold(0.0, |sum, factor| sum * x + factor);
    let tail = |p: f64| {
        let q = (-2.0 * libm::log(p)).sqrt();
        horner(&TAIL, q) / horner(&BELOW_TAIL, q)
    };
    let guess = if p < LOW {
        tail(p)
    } else if p > 1.0 - LOW {
        -tail(1.0 - p)
    } else {
        let q = p - 0.5;
        q * horner(&CENTRAL, q * q) / horner(&BELOW_CENTRAL, q * q)
    };
    // Above the middle, what is missing to one is the more exact number.
    let error = if guess <= 0.0 { normal_cdf(guess) - p } else { (1.0 - p) - normal_cdf(-guess) };
    let step = error * (2.0 * std::f64::consts::PI).sqrt() * libm::exp(guess * guess / 2.0);
    guess - step / (1.0 + guess * step / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_is_the_inverse_of_the_share() {
        for exponent in 1..300 {
            let p = libm::pow(10.0, -f64::from(exponent) / 20.0);
            let back = normal_cdf(normal_quantile(p));
            assert!((back / p - 1.0).abs() < 1e-12, "{p}: {back}");
        }
        for step in 1..1000 {
            let p = f64::from(step) / 1000.0;
            assert!((normal_cdf(normal_quantile(p)) - p).abs() < 1e-14, "{p}");
        }
    }

    #[test]
    fn known_quantiles_come_out_to_the_last_digits() {
        assert!((normal_quantile(0.95) - 1.644_853_626_951_472_7).abs() < 1e-14);
        assert!((normal_quantile(0.99) - 2.326_347_874_040_841).abs() < 1e-14);
        assert!((normal_quantile(0.001) + 3.090_232_306_167_813).abs() < 1e-13);
        assert_eq!(normal_quantile(0.5), 0.0);
        assert!(normal_quantile(2.0).is_nan());
    }
}
