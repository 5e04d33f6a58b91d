//! What an unavailability means to people: how often, how long, and how much of it an objective leaves.

/// How much of the time something is down, and how often it goes down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outages {
    /// The share of the time in which it does not work.
    pub unavailability: f64,
    /// How often it stops working, for each unit of time.
    pub frequency: f64,
}

impl Outages {
    /// How long an outage lasts on average.
    pub fn duration(self) -> f64 {
        outage(self.unavailability, self.frequency)
    }
}

/// How long an outage lasts on average: the share of the time that is down, over how often it goes down.
///
/// What is always down and never fails has one outage without an end.
pub fn outage(unavailability: f64, frequency: f64) -> f64 {
    if unavailability == 0.0 { 0.0 } else { unavailability / frequency }
}

/// The unavailability that failing over adds: each failure costs the seconds until the other one has taken over.
pub fn failover_gap(failures_per_second: f64, seconds: f64) -> f64 {
    if failures_per_second == 0.0 || seconds == 0.0 {
        return 0.0;
    }
    super::probability(failures_per_second * seconds)
}

/// The time that an objective allows to be down within a window, in the unit of the window.
///
/// An objective is a decimal that somebody wrote, and `1 - 0.99999` in binary is wrong in the twelfth digit, so the
/// difference is rounded to fifteen decimals: more could not be told apart from one anyway.
pub fn budget(objective: f64, window: f64) -> f64 {
    const DECIMALS: f64 = 1e15;
    let allowed = super::probability(1.0 - objective);
    (allowed * DECIMALS).round() / DECIMALS * window
}

/// How many times as fast as the objective allows the budget burns, when a share of the budget of a period is spent
/// within a window.
pub fn burn_rate(budget_share: f64, period: f64, window: f64) -> f64 {
    budget_share * period / window
}
