//! Rules of data: what is kept, where, and for how long.

use super::Rule;

mod cache_outlives_retention;
mod copy_without_original;
mod data_kept_elsewhere;
mod data_never_read;
mod data_never_written;
mod data_not_stored;
mod data_without_key;
mod long_lived_data_in_cache;
mod missing_index_for_access;
mod missing_retention;
mod money_as_float;
mod optional_key;
mod personal_data_as_key;
mod record_exceeds_store_limit;
mod reference_outlives_target;
mod schema_reference_unresolved;
mod shard_key_not_a_field;
mod size_unknown;
mod sort_key_without_partition_key;
mod store_forgets_too_early;
mod store_kind_mismatch;
mod stored_and_cached_in_one_place;
mod support;
mod two_sources_of_truth;
mod unbounded_field;

/// All of them, by name.
pub const ALL: &[&Rule] = &[
    &cache_outlives_retention::RULE,
    &copy_without_original::RULE,
    &data_kept_elsewhere::RULE,
    &data_never_read::RULE,
    &data_never_written::RULE,
    &data_not_stored::RULE,
    &data_without_key::RULE,
    &long_lived_data_in_cache::RULE,
    &missing_index_for_access::RULE,
    &missing_retention::RULE,
    &money_as_float::RULE,
    &optional_key::RULE,
    &personal_data_as_key::RULE,
    &record_exceeds_store_limit::RULE,
    &reference_outlives_target::RULE,
    &schema_reference_unresolved::RULE,
    &shard_key_not_a_field::RULE,
    &size_unknown::RULE,
    &sort_key_without_partition_key::RULE,
    &store_forgets_too_early::RULE,
    &store_kind_mismatch::RULE,
    &stored_and_cached_in_one_place::RULE,
    &two_sources_of_truth::RULE,
    &unbounded_field::RULE,
];
