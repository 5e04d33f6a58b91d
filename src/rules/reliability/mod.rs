//! Rules of reliability: what a failure takes with it.

use super::Rule;

mod acknowledged_write_can_be_lost;
mod at_least_once_without_idempotency;
mod availability_budget_exceeded;
mod backup_never_tested;
mod cache_stampede_risk;
mod cold_cache_overload;
mod dead_letter_to_itself;
mod durability_below_target;
mod even_quorum;
mod failover_slower_than_budget;
mod failover_without_standby;
mod fallback_to_the_same;
mod hard_dependency_on_optional;
mod hedge_non_idempotent;
mod metastable_retry_storm;
mod missing_backup;
mod missing_bulkhead;
mod missing_circuit_breaker;
mod missing_dead_letter_queue;
mod missing_failover;
mod missing_graceful_degradation;
mod missing_health_check;
mod missing_monitoring;
mod missing_point_in_time_recovery;
mod missing_timeout;
mod poison_message_risk;
mod queue_not_durable;
mod replicas_in_one_zone;
mod replication_is_not_backup;
mod replication_without_copies;
mod retry_amplification;
mod retry_non_idempotent;
mod retry_without_backoff;
mod retry_without_jitter;
mod retry_without_timeout;
mod scheduler_without_lock;
mod single_point_of_failure;
mod split_brain_risk;
mod support;
mod timeout_above_callers;

/// All of them, by name.
pub const ALL: &[&Rule] = &[
    &acknowledged_write_can_be_lost::RULE,
    &at_least_once_without_idempotency::RULE,
    &availability_budget_exceeded::RULE,
    &backup_never_tested::RULE,
    &cache_stampede_risk::RULE,
    &cold_cache_overload::RULE,
    &dead_letter_to_itself::RULE,
    &durability_below_target::RULE,
    &even_quorum::RULE,
    &failover_slower_than_budget::RULE,
    &failover_without_standby::RULE,
    &fallback_to_the_same::RULE,
    &hard_dependency_on_optional::RULE,
    &hedge_non_idempotent::RULE,
    &metastable_retry_storm::RULE,
    &missing_backup::RULE,
    &missing_bulkhead::RULE,
    &missing_circuit_breaker::RULE,
    &missing_dead_letter_queue::RULE,
    &missing_failover::RULE,
    &missing_graceful_degradation::RULE,
    &missing_health_check::RULE,
    &missing_monitoring::RULE,
    &missing_point_in_time_recovery::RULE,
    &missing_timeout::RULE,
    &poison_message_risk::RULE,
    &queue_not_durable::RULE,
    &replicas_in_one_zone::RULE,
    &replication_is_not_backup::RULE,
    &replication_without_copies::RULE,
    &retry_amplification::RULE,
    &retry_non_idempotent::RULE,
    &retry_without_backoff::RULE,
    &retry_without_jitter::RULE,
    &retry_without_timeout::RULE,
    &scheduler_without_lock::RULE,
    &single_point_of_failure::RULE,
    &split_brain_risk::RULE,
    &timeout_above_callers::RULE,
];
