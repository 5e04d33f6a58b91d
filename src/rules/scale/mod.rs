//! Rules of scale: what more load, data or users would break.

use super::Rule;

mod above_target_utilization;
mod bandwidth_exceeded;
mod cache_too_small;
mod connection_limit_exceeded;
mod connection_pools_exceed_limit;
mod consumer_slower_than_producer;
mod fan_out_on_write_explosion;
mod hot_shard;
mod job_overruns_its_period;
mod media_without_object_store;
mod monotonic_shard_key;
mod more_consumers_than_partitions;
mod needs_sharding;
mod no_headroom_for_zone_loss;
mod overloaded;
mod read_heavy_without_cache;
mod runaway_trigger;
mod saturates_within_horizon;
mod shard_key_missing;
mod shard_key_with_few_values;
mod stateful_replicas;
mod static_content_without_cdn;
mod sticky_sessions;
mod support;
mod thread_pool_exhausted;
mod unbounded_storage;
mod vertical_scaling_limit;
mod write_heavy_without_buffer;
mod write_hotspot;

/// All of them, by name.
pub const ALL: &[&Rule] = &[
    &above_target_utilization::RULE,
    &bandwidth_exceeded::RULE,
    &cache_too_small::RULE,
    &connection_limit_exceeded::RULE,
    &connection_pools_exceed_limit::RULE,
    &consumer_slower_than_producer::RULE,
    &fan_out_on_write_explosion::RULE,
    &hot_shard::RULE,
    &job_overruns_its_period::RULE,
    &media_without_object_store::RULE,
    &monotonic_shard_key::RULE,
    &more_consumers_than_partitions::RULE,
    &needs_sharding::RULE,
    &no_headroom_for_zone_loss::RULE,
    &overloaded::RULE,
    &read_heavy_without_cache::RULE,
    &runaway_trigger::RULE,
    &saturates_within_horizon::RULE,
    &shard_key_missing::RULE,
    &shard_key_with_few_values::RULE,
    &stateful_replicas::RULE,
    &static_content_without_cdn::RULE,
    &sticky_sessions::RULE,
    &thread_pool_exhausted::RULE,
    &unbounded_storage::RULE,
    &vertical_scaling_limit::RULE,
    &write_heavy_without_buffer::RULE,
    &write_hotspot::RULE,
];
