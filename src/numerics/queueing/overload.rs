//! Attempts that fail, and are made again.

use super::is_amount;
use super::powers::powers;

/// How many attempts a request takes in the mean when each fails with the chance `failure` and at most `attempts` are made, and
/// the share of requests that one of them succeeds for.
pub fn attempts(failure: f64, attempts: f64) -> (f64, f64) {
    if !(0.0..=1.0).contains(&failure) || !is_amount(attempts) {
        return (f64::NAN, f64::NAN);
    }
    if attempts == f64::INFINITY {
        let success = if failure < 1.0 { 1.0 } else { 0.0 };
        return (1.0 / (1.0 - failure), success);
    }
    let expected = powers(failure, attempts).sum;
    (expected, ((1.0 - failure) * expected).min(1.0))
}

/// What comes of requests that are made again when they are turned away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overload {
    /// Attempts per second.
    pub load: f64,
    /// The share of attempts that is turned away.
    pub rejected: f64,
    /// The share of requests that succeeds in the end.
    pub success: f64,
}

/// Where it settles when `first_attempts` a second come to something that does `capacity` a second and turns the rest away, and
/// each request is tried up to `attempts` times. A `budget` limits repetitions to that share of first attempts.
///
/// The load is `x = first Σ f^j` over `j < attempts`, of which a share `f = 1 - capacity / x` is turned away. As `x (1 - f)` is the
/// capacity, `f` is the root of `f^attempts = 1 - capacity / first`, and there is only one.
pub fn overload(first_attempts: f64, capacity: f64, attempts: f64, budget: Option<f64>) -> Overload {
    let sound = first_attempts >= 0.0
        && capacity >= 0.0
        && attempts >= 0.0
        && budget.is_none_or(|share| share >= 0.0);
    if !sound || first_attempts == f64::INFINITY {
        return Overload { load: f64::NAN, rejected: f64::NAN, success: f64::NAN };
    }
    if first_attempts <= capacity {
        return Overload { load: first_attempts, rejected: 0.0, success: 1.0 };
    }
    let attempts = attempts.floor().max(1.0);
    let success = capacity / first_attempts;
    let surplus = (first_attempts - capacity) / first_attempts;
    let rejected = libm::exp(libm::log(surplus) / attempts);
    let expected = if attempts == f64::INFINITY { f64::INFINITY } else { powers(rejected, attempts).sum };
    let allowed = 1.0 + budget.unwrap_or(f64::INFINITY);
    if expected <= allowed {
        return Overload { load: first_attempts * expected, rejected, success };
    }
    let load = first_attempts * allowed;
    Overload { load, rejected: ((load - capacity) / load).min(1.0), success }
}

/// What has piled up after nothing was taken for `outage` seconds.
pub fn backlog(rate: f64, outage: f64) -> f64 {
    if rate == 0.0 && !outage.is_nan() || outage == 0.0 && !rate.is_nan() { 0.0 } else { rate * outage }
}

/// How many seconds it takes until a backlog is gone while more comes in at `rate`: only the surplus of the capacity works on
/// it, and without one it takes for ever.
pub fn drain(backlog: f64, capacity: f64, rate: f64) -> f64 {
    if backlog.is_nan() || capacity.is_nan() || rate.is_nan() {
        f64::NAN
    } else if capacity <= rate {
        f64::INFINITY
    } else if capacity == f64::INFINITY && backlog < f64::INFINITY {
        0.0
    } else {
        backlog / (capacity - rate)
    }
}
