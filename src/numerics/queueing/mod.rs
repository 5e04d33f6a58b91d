//! Waiting in line: what becomes of requests that come at random to servers that are sometimes busy.
//!
//! Means hide queues: a server that is busy for 80% of the time looks idle for the rest, and still lets requests wait for
//! four times as long as it works on them. So every model here answers with the chance of waiting, the mean wait and the
//! tail, and says when there is no answer because the line grows without end.
//!
//! Three conventions hold for all of them. What cannot be known from the numbers given (one of them is no number, or
//! negative) is `NaN`. What grows without end is infinite. Nothing to do, or nobody who asks, is no wait. Servers may be
//! any number: those that are not whole are interpolated, and there may be so many that they cannot be counted one by one.

mod balanced;
mod bounded;
mod closed;
mod erlang;
mod overload;
mod pooled;
mod powers;
mod priority;
mod sizing;
#[cfg(test)]
mod tests;

pub use balanced::{round_robin, separate, two_choices};
pub use bounded::{bounded, bounded_percentile};
pub use closed::{ClosedResult, bounds, mean_value_analysis, mean_value_analysis_beside};

pub use erlang::{erlang_b, erlang_c};
pub use overload::{Overload, attempts, backlog, drain, overload};
pub use pooled::{growth, pooled, response_percentile, stretch};
pub use priority::priority;
pub use sizing::{needed, servers_for_wait};

/// Requests that come at random, and the servers they come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Requests per second.
    pub arrivals: f64,
    /// How long a server works on a request, in the mean, in seconds.
    pub service: f64,
    /// How many requests are worked on at the same time.
    pub servers: f64,
    /// The squared coefficient of variation of the service time: 0 when it is constant, 1 when it is exponential.
    pub variation: f64,
}

/// What comes of a line. Times are in seconds, and infinite when the line grows without end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waiting {
    /// The share of the servers' time that is asked for; of what is let in, where something is turned away.
    pub utilization: f64,
    /// The share of requests that wait at all.
    pub chance: f64,
    /// The mean wait of all requests.
    pub mean: f64,
    /// The mean wait of those that wait. A share `chance * exp(-t / conditional)` waits longer than `t`.
    pub conditional: f64,
    /// The share of requests that is turned away.
    pub loss: f64,
}

/// Whether this is a number that is not negative; it may be infinite.
fn is_amount(number: f64) -> bool {
    number >= 0.0
}

impl Waiting {
    /// The wait that a share `p` of the requests does not exceed.
    pub fn percentile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) || self.chance.is_nan() || self.conditional.is_nan() {
            return f64::NAN;
        }
        let beyond = 1.0 - p;
        if self.conditional == f64::INFINITY && self.chance >= beyond && self.chance > 0.0 {
            f64::INFINITY
        } else if self.chance <= beyond || self.conditional == 0.0 {
            0.0
        } else {
            self.conditional * libm::log(self.chance / beyond)
        }
    }

    /// Nobody waits.
    const fn none(utilization: f64) -> Self {
        Self { utilization, chance: 0.0, mean: 0.0, conditional: 0.0, loss: 0.0 }
    }

    /// The line grows without end.
    const fn endless(utilization: f64) -> Self {
        Self { utilization, chance: 1.0, mean: f64::INFINITY, conditional: f64::INFINITY, loss: 0.0 }
    }

    const UNKNOWN: Self = Self {
        utilization: f64::NAN,
        chance: f64::NAN,
        mean: f64::NAN,
        conditional: f64::NAN,
        loss: f64::NAN,
    };

    /// Of those that wait, a share `chance`, each waits for `conditional` in the mean.
    fn tail(utilization: f64, chance: f64, conditional: f64) -> Self {
        // Of nobody, also those that would wait for ever are nobody.
        let mean = if chance > 0.0 { chance * conditional } else { 0.0 };
        Self { utilization, chance, mean, conditional, loss: 0.0 }
    }
}

impl Line {
    /// The work that comes in, in servers.
    fn offered(&self) -> f64 {
        self.arrivals * self.service
    }

    /// Whether one of the numbers is none.
    fn is_unknown(&self) -> bool {
        let sound =
            self.arrivals >= 0.0 && self.service >= 0.0 && self.servers >= 0.0 && self.variation >= 0.0;
        !sound || self.offered().is_nan()
    }

    fn is_idle(&self) -> bool {
        self.arrivals == 0.0 || self.service == 0.0
    }

    /// The answer where it needs no model: nothing known, nothing to do, or too much to do.
    fn without_model(&self) -> Option<Waiting> {
        if self.is_unknown() {
            return Some(Waiting::UNKNOWN);
        }
        if self.is_idle() {
            return Some(Waiting::none(0.0));
        }
        let utilization = self.offered() / self.servers;
        if utilization.is_nan() {
            Some(Waiting::UNKNOWN)
        } else if utilization >= 1.0 {
            Some(Waiting::endless(utilization))
        } else if self.servers == f64::INFINITY {
            Some(Waiting::none(0.0))
        } else {
            None
        }
    }
}
