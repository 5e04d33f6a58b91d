//! Rules of operations: running it, and paying for it.

use super::Rule;

mod autoscaling_without_limit;
mod idle_component;
mod missing_logging;
mod missing_runbook;
mod missing_tracing;
mod no_slo;
mod over_provisioned;
mod single_region_for_global_users;
mod support;
mod unpriced_component;

/// All of them, by name.
pub const ALL: &[&Rule] = &[
    &autoscaling_without_limit::RULE,
    &idle_component::RULE,
    &missing_logging::RULE,
    &missing_runbook::RULE,
    &missing_tracing::RULE,
    &no_slo::RULE,
    &over_provisioned::RULE,
    &single_region_for_global_users::RULE,
    &unpriced_component::RULE,
];
