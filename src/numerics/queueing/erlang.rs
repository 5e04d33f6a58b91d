//! Erlang's two formulas, for any number of servers.
//!
//! Both follow from one sum: how much more often fewer than all servers are busy than exactly all of them, when nobody
//! waits. Its terms are positive, so that nothing cancels, and it is small or large where the formulas are near one or
//! near zero, so that both keep their digits at either end. Factorials, which overflow, do not appear.

/// Up to here the sum is added up term by term; beyond, it is an integral.
const COUNTED: f64 = 1024.0;

/// The share of requests that is turned away when `offered` work comes to `servers` without a place to wait.
pub fn erlang_b(offered: f64, servers: f64) -> f64 {
    if !(offered >= 0.0 && servers >= 0.0) {
        return f64::NAN;
    }
    if offered == f64::INFINITY && servers == f64::INFINITY {
        return f64::NAN;
    }
    1.0 / (1.0 + fewer_than_all(offered, servers))
}

/// The share of requests that has to wait when `offered` work comes to `servers`; 1 when it is more than they can do.
pub fn erlang_c(offered: f64, servers: f64) -> f64 {
    if !(offered >= 0.0 && servers >= 0.0) || (offered == f64::INFINITY && servers == f64::INFINITY) {
        return f64::NAN;
    }
    if offered == 0.0 {
        return 0.0;
    }
    if offered >= servers {
        return 1.0;
    }
    if servers == f64::INFINITY {
        return 0.0;
    }
    1.0 / (1.0 + (servers - offered) / servers * fewer_than_all(offered, servers))
}

/// How much more often fewer than all servers are busy than all, when requests that find all busy go away:
/// `1/B - 1`. Wants numbers that are not negative.
pub(super) fn fewer_than_all(offered: f64, servers: f64) -> f64 {
    if servers == 0.0 || offered == f64::INFINITY {
        0.0
    } else if offered == 0.0 || servers == f64::INFINITY {
        f64::INFINITY
    } else if servers <= COUNTED {
        counted(offered, servers)
    } else {
        integrated(offered, servers)
    }
}

/// From all servers downwards: `c/a + c(c-1)/a² + …`.
fn counted(offered: f64, servers: f64) -> f64 {
    let whole = servers.floor();
    let rest = servers - whole;
    let each = 1.0 / offered;
    let (mut term, mut sum, mut busy) = (1.0, 0.0, servers);
    while busy >= 1.0 {
        term *= busy * each;
        sum += term;
        if term < sum * 1e-17 && busy <= offered {
            return sum;
        }
        if sum > 1e300 {
            return f64::INFINITY;
        }
        busy -= 1.0;
    }
    if rest > 0.0 {
        // Between no server and one, Rapp's parabola, which is exact for 0, 1 and 2 servers.
        let next = 1.0 + offered;
        let base = next * next + offered;
        let blocked = 1.0 - rest * (offered + 2.0) / base + rest * rest / (next * base);
        sum += term * (1.0 - blocked) / blocked;
    }
    sum
}

/// `c ∫ exp(-a t) (1 + t)^(c - 1) dt` from 0, which is the same sum. The integrand is nearly a bell around its peak, cut off at 0:
/// within the nine widths that count, Gauss's rule is exact to the last digits.
fn integrated(offered: f64, servers: f64) -> f64 {
    let power = servers - 1.0;
    let surplus = (offered - power) / power;
    // The peak is at zero, or, measured in shares of it, around the point where growth and decay are in balance.
    let (factor, slope, from) = if surplus >= 0.0 {
        (1.0, offered - power, 0.0)
    } else {
        let height = power * bend(surplus);
        if height > 680.0 {
            return f64::INFINITY;
        }
        (libm::exp(height) * power / offered, 0.0, surplus)
    };
    // Where the exponent has fallen by 42, and a little more, because the bend is weaker than its parabola.
    let to = 1.15 * 84.0 / (slope + (slope * slope + 84.0 * power).sqrt());
    let from = from.max(-to);
    let area = gauss(from, to, |at| libm::exp(-power * bend(at) - slope * at));
    servers * factor * area
}

/// `x - ln(1 + x)`, exact also where both are nearly the same.
fn bend(x: f64) -> f64 {
    if x.abs() > 0.2 {
        return x - libm::log1p(x);
    }
    let s = x / (2.0 + x);
    let q = s * s;
    let series = [1.0 / 15.0, 1.0 / 13.0, 1.0 / 11.0, 1.0 / 9.0, 1.0 / 7.0, 1.0 / 5.0, 1.0 / 3.0];
    x * s - 2.0 * s * q * series.iter().fold(1.0 / 17.0, |sum, factor| sum * q + factor)
}

/// Gauss's rule with sixteen points on each of four parts.
fn gauss(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    const POINTS: [(f64, f64); 8] = [
        (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
        (0.281_603_550_779_258_9, 0.182_603_415_044_923_6),
        (0.458_016_777_657_227_37, 0.169_156_519_395_002_54),
        (0.617_876_244_402_643_7, 0.149_595_988_816_576_74),
        (0.755_404_408_355_003, 0.124_628_971_255_533_88),
        (0.865_631_202_387_831_8, 0.095_158_511_682_492_78),
        (0.944_575_023_073_232_6, 0.062_253_523_938_647_89),
        (0.989_400_934_991_649_9, 0.027_152_459_411_754_096),
    ];
    let half = (to - from) / 8.0;
    let mut sum = 0.0;
    for part in 0..4_u8 {
        let middle = from + half * (2.0 * f64::from(part) + 1.0);
        for (point, weight) in POINTS {
            sum += weight * (f(middle - half * point) + f(middle + half * point));
        }
    }
    sum * half
}
