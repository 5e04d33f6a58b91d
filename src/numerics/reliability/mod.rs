//! What fails together, and how rarely.
//!
//! Availabilities of services must not be multiplied: two services that need the same database fail together. So the
//! parts are the variables, each occurring once, and what needs what is a monotone structure over them ([`Needs`]),
//! which is turned into a decision diagram ([`Diagram`]) and evaluated exactly. Parts that share a zone or a region
//! are independent only when it is known which places are up ([`Places`]).
//!
//! Everything is computed as unavailability, from sums and products of positive numbers, so that nine nines have as
//! many exact digits as two. An availability of `1 - u` is for display only.

pub mod cut_sets;
pub mod diagram;
pub mod durability;
pub mod places;
pub mod redundancy;
pub mod service_level;

pub use cut_sets::{CutSets, minimal_cut_sets};
pub use diagram::{Builder, Condition, Diagram, Needs};
pub use durability::{durability_loss, mean_time_to_data_loss};
pub use places::Places;
pub use redundancy::{
    Group, from_times, k_of_groups, k_of_groups_frequency, k_of_n, k_of_n_frequency, k_of_n_mixed, repaired,
    with_common_cause,
};
pub use service_level::{Outages, budget, burn_rate, failover_gap, outage};

/// A probability within its limits. What is not a number stays so: unknown is not zero.
fn probability(value: f64) -> f64 {
    value.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests;
