//! Rules of security: who can reach, read or change what.

use super::Rule;

mod admin_api_public;
mod api_key_in_public_client;
mod authorization_without_authentication;
mod backup_outlives_retention;
mod card_code_stored;
mod datastore_exposed;
mod encryption_switched_off;
mod excessive_data_exposure;
mod missing_audit_log;
mod missing_authentication;
mod missing_authorization;
mod missing_identity_provider;
mod missing_input_limit;
mod missing_rate_limit;
mod missing_secret_store;
mod missing_waf_or_firewall;
mod plaintext_protocol;
mod retention_of_personal_data;
mod secret_in_config_store;
mod sensitive_data_in_cache;
mod sensitive_data_in_log;
mod sensitive_data_in_shared_cache;
mod sensitive_data_in_url;
mod sensitive_data_to_third_party;
mod sensitive_data_without_authentication;
mod sensitive_field_unmarked;
mod sensitive_files_exposed;
mod sensitivity_understated;
mod sensitivity_unknown;
mod server_side_request_risk;
pub mod support;
mod third_party_calls_datastore;
mod trust_boundary_crossed_unguarded;
mod unauthenticated_change;
mod unencrypted_at_rest;
mod unencrypted_in_transit;
mod weak_authentication;
mod webhook_unverified;

/// All of them, by name.
pub const ALL: &[&Rule] = &[
    &admin_api_public::RULE,
    &api_key_in_public_client::RULE,
    &authorization_without_authentication::RULE,
    &backup_outlives_retention::RULE,
    &card_code_stored::RULE,
    &datastore_exposed::RULE,
    &encryption_switched_off::RULE,
    &excessive_data_exposure::RULE,
    &missing_audit_log::RULE,
    &missing_authentication::RULE,
    &missing_authorization::RULE,
    &missing_identity_provider::RULE,
    &missing_input_limit::RULE,
    &missing_rate_limit::RULE,
    &missing_secret_store::RULE,
    &missing_waf_or_firewall::RULE,
    &plaintext_protocol::RULE,
    &retention_of_personal_data::RULE,
    &secret_in_config_store::RULE,
    &sensitive_data_in_cache::RULE,
    &sensitive_data_in_log::RULE,
    &sensitive_data_in_shared_cache::RULE,
    &sensitive_data_in_url::RULE,
    &sensitive_data_to_third_party::RULE,
    &sensitive_data_without_authentication::RULE,
    &sensitive_field_unmarked::RULE,
    &sensitive_files_exposed::RULE,
    &sensitivity_understated::RULE,
    &sensitivity_unknown::RULE,
    &server_side_request_risk::RULE,
    &third_party_calls_datastore::RULE,
    &trust_boundary_crossed_unguarded::RULE,
    &unauthenticated_change::RULE,
    &unencrypted_at_rest::RULE,
    &unencrypted_in_transit::RULE,
    &weak_authentication::RULE,
    &webhook_unverified::RULE,
];
