//! Rules of architecture: who calls whom, and how.

use super::Rule;

mod answer_drawn_as_step;
mod api_not_rest_shaped;
mod broker_calls_out;
mod chatty_flow;
mod client_calls_datastore;
mod client_calls_internal_service;
mod cyclic_sync_dependency;
mod datastore_calls_service;
mod distributed_monolith;
mod event_driven_without_broker;
mod forwards_to_nothing;
mod get_changes_data;
mod god_component;
mod layer_violation;
mod microservices_with_one_service;
mod missing_api_gateway;
mod missing_load_balancer;
mod missing_pagination;
mod missing_reverse_proxy;
mod missing_service_discovery;
mod monolith_with_network_calls;
mod non_idempotent_put;
mod queue_without_consumer;
mod queue_without_producer;
mod serverless_without_functions;
mod shared_database;
mod support;
mod unversioned_api;
mod waits_for_client;
mod worker_called_directly;
mod write_api_blocks;

/// All of them, by name.
pub const ALL: &[&Rule] = &[
    &answer_drawn_as_step::RULE,
    &api_not_rest_shaped::RULE,
    &broker_calls_out::RULE,
    &chatty_flow::RULE,
    &client_calls_datastore::RULE,
    &client_calls_internal_service::RULE,
    &cyclic_sync_dependency::RULE,
    &datastore_calls_service::RULE,
    &distributed_monolith::RULE,
    &event_driven_without_broker::RULE,
    &forwards_to_nothing::RULE,
    &get_changes_data::RULE,
    &god_component::RULE,
    &layer_violation::RULE,
    &microservices_with_one_service::RULE,
    &missing_api_gateway::RULE,
    &missing_load_balancer::RULE,
    &missing_pagination::RULE,
    &missing_reverse_proxy::RULE,
    &missing_service_discovery::RULE,
    &monolith_with_network_calls::RULE,
    &non_idempotent_put::RULE,
    &queue_without_consumer::RULE,
    &queue_without_producer::RULE,
    &serverless_without_functions::RULE,
    &shared_database::RULE,
    &unversioned_api::RULE,
    &waits_for_client::RULE,
    &worker_called_directly::RULE,
    &write_api_blocks::RULE,
];
