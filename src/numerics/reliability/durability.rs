//! How likely it is to lose data that is kept in several copies, or in pieces of an erasure code.
//!
//! The copies are a chain of births and deaths: one fails, and before it is rebuilt the next may fail. The product of
//! the failure rates of a year is not a model of it, because it forgets that lost copies are replaced.

use super::redundancy::k_of_n;

/// More lost pieces than this are not followed: no code has as many, and the loop must end.
const MOST_LOSSES: u32 = 1_000_000;

/// The mean time until fewer than `needed` of the copies are left. Starts with all of them.
///
/// `failure_rate` is that of one copy, `repair` the mean time to rebuild one; `parallel` says whether all missing ones
/// are rebuilt at once or one after the other. Both in the same unit of time, in which the answer is too.
///
/// The mean time `m` from one state to the next worse one follows from the one before: `m0 = 1/l0` and
/// `m = 1/l + (mu/l) m'`, which has no subtractions.
pub fn mean_time_to_data_loss(
    copies: u32,
    needed: u32,
    failure_rate: f64,
    repair: f64,
    parallel: bool,
) -> f64 {
    if failure_rate.is_nan() || repair.is_nan() || failure_rate < 0.0 || repair < 0.0 {
        return f64::NAN;
    }
    if needed == 0 {
        return f64::INFINITY;
    }
    if needed > copies {
        return 0.0;
    }
    if failure_rate == 0.0 {
        return f64::INFINITY;
    }
    if failure_rate == f64::INFINITY {
        return 0.0;
    }
    let mut total = 0.0;
    let mut step = 0.0;
    for lost in 0..=(copies - needed).min(MOST_LOSSES) {
        let failures = f64::from(copies - lost) * failure_rate;
        let rebuilt_at_once = if parallel { lost } else { 1 };
        // Written as a quotient of products, so that a rebuild that takes no time is infinitely fast and not 0/0.
        let back = if lost == 0 { 0.0 } else { f64::from(rebuilt_at_once) / (repair * failures) * step };
        step = 1.0 / failures + back;
        total += step;
        if total == f64::INFINITY {
            break;
        }
    }
    total
}

/// The probability that data is lost within `span`: fewer than `needed` of its `copies` are left at some moment.
///
/// `needed` is 1 for copies and the number of data pieces for an erasure code. The failures of the copies are taken as
/// independent: disks of one batch, one rack or one operator lose more.
///
/// For spans up to the mean time to data loss the answer is not below that of the chain: `1 - exp(-span/mean)` is an
/// upper bound, and so is the loss without any repair, which is the smaller one where repairs are slow.
pub fn durability_loss(
    copies: u32,
    needed: u32,
    failure_rate: f64,
    repair: f64,
    parallel: bool,
    span: f64,
) -> f64 {
    let mean = mean_time_to_data_loss(copies, needed, failure_rate, repair, parallel);
    if mean.is_nan() || span.is_nan() {
        return f64::NAN;
    }
    if mean == 0.0 {
        return 1.0;
    }
    if span <= 0.0 || mean == f64::INFINITY {
        return 0.0;
    }
    let unrepaired = k_of_n(-libm::expm1(-failure_rate * span), needed, copies);
    (-libm::expm1(-span / mean)).min(unrepaired)
}
