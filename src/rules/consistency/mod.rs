//! Rules of consistency: what readers may see.

use super::Rule;

mod cache_without_expiry_or_invalidation;
mod cap_claim_impossible;
mod consistency_requirement_unmet;
mod cqrs_lag_unstated;
mod cross_store_transaction;
mod dual_write;
mod exactly_once_claimed;
mod lag_longer_than_freshness;
mod multi_leader_without_conflict_resolution;
mod ordering_lost;
mod quorum_not_overlapping;
mod read_your_writes_broken;
mod strong_read_from_async_replica;
mod support;
mod ttl_longer_than_freshness;
mod write_quorum_conflict;

/// All of them, by name.
pub const ALL: &[&Rule] = &[
    &cache_without_expiry_or_invalidation::RULE,
    &cap_claim_impossible::RULE,
    &consistency_requirement_unmet::RULE,
    &cqrs_lag_unstated::RULE,
    &cross_store_transaction::RULE,
    &dual_write::RULE,
    &exactly_once_claimed::RULE,
    &lag_longer_than_freshness::RULE,
    &multi_leader_without_conflict_resolution::RULE,
    &ordering_lost::RULE,
    &quorum_not_overlapping::RULE,
    &read_your_writes_broken::RULE,
    &strong_read_from_async_replica::RULE,
    &ttl_longer_than_freshness::RULE,
    &write_quorum_conflict::RULE,
];
