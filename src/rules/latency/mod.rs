//! Rules of latency: where time goes.

use super::Rule;

mod cross_region_sync_call;
mod deep_sync_chain;
mod fan_out_tail;
mod hedge_too_early;
mod large_payload_on_hot_path;
mod latency_budget_exceeded;
mod n_plus_one_calls;
mod queueing_dominates;
mod serial_calls_that_could_be_parallel;
mod slow_above_500ms;
mod support;
mod timeout_below_p99;
mod waits_for_batch_job;
mod waits_for_telemetry;

/// All of them, by name.
pub const ALL: &[&Rule] = &[
    &cross_region_sync_call::RULE,
    &deep_sync_chain::RULE,
    &fan_out_tail::RULE,
    &hedge_too_early::RULE,
    &large_payload_on_hot_path::RULE,
    &latency_budget_exceeded::RULE,
    &n_plus_one_calls::RULE,
    &queueing_dominates::RULE,
    &serial_calls_that_could_be_parallel::RULE,
    &slow_above_500ms::RULE,
    &timeout_below_p99::RULE,
    &waits_for_batch_job::RULE,
    &waits_for_telemetry::RULE,
];
