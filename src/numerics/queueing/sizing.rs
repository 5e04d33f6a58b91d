//! How many servers it takes.

use super::{Line, is_amount, pooled};

/// The fewest servers that are not busier than `target`, at least one. How many servers `line` has does not matter.
pub fn needed(line: Line, target: f64) -> f64 {
    if (Line { servers: 1.0, variation: 1.0, ..line }).is_unknown() || !is_amount(target) {
        return f64::NAN;
    }
    if line.is_idle() {
        return 1.0;
    }
    let exact = line.offered() / target;
    // What is more only because of rounding is not a reason for another server.
    let slack = (4.0 * f64::EPSILON * exact).max(1e-9);
    if exact == f64::INFINITY { exact } else { (exact - slack).ceil().max(1.0) }
}

/// The fewest servers of one pooled line for which a share `p` of the requests waits no longer than `seconds`; infinite when no
/// number does. How many servers `line` has does not matter.
pub fn servers_for_wait(line: Line, p: f64, seconds: f64) -> f64 {
    let line = Line { servers: 1.0, ..line };
    if line.is_unknown() || !(0.0..=1.0).contains(&p) || !is_amount(seconds) {
        return f64::NAN;
    }
    if line.is_idle() {
        return 1.0;
    }
    if p >= 1.0 || line.offered() >= 1e15 {
        return f64::INFINITY;
    }
    let enough = |servers: f64| pooled(Line { servers, ..line }).percentile(p) <= seconds;
    let mut low = line.offered().floor();
    let mut step = 1.0;
    while !enough(low + step) {
        low += step;
        step *= 2.0;
        if step > 1e15 {
            return f64::INFINITY;
        }
    }
    // `low` is too few, `low + step` is enough, and the wait falls with every server.
    while step > 1.0 {
        step = (step / 2.0).floor().max(1.0);
        if !enough(low + step) {
            low += step;
        }
    }
    low + 1.0
}
