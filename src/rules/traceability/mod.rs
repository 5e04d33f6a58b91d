//! Rules of traceability: what is asked for and what is built do not meet.

use super::Rule;

mod api_flow_misses_handler;
mod api_without_flow;
mod component_without_owner;
mod decision_superseded_by_nothing;
mod decision_without_status;
mod decisions_in_a_circle;
mod flow_without_requirement;
mod flow_without_trigger;
mod missing_quality_attribute;
mod open_question_past_due;
mod open_question_without_owner;
mod quality_requirement_without_number;
mod requirement_at_risk;
mod requirement_not_computable;
mod requirement_violated;
mod requirement_without_flow;
mod ruled_out_requirement_built;
mod step_differs_from_api;
mod superseded_decision_in_force;
mod support;

/// All of them, by name.
pub const ALL: &[&Rule] = &[
    &api_flow_misses_handler::RULE,
    &api_without_flow::RULE,
    &component_without_owner::RULE,
    &decision_superseded_by_nothing::RULE,
    &decision_without_status::RULE,
    &decisions_in_a_circle::RULE,
    &flow_without_requirement::RULE,
    &flow_without_trigger::RULE,
    &missing_quality_attribute::RULE,
    &open_question_past_due::RULE,
    &open_question_without_owner::RULE,
    &quality_requirement_without_number::RULE,
    &requirement_at_risk::RULE,
    &requirement_not_computable::RULE,
    &requirement_violated::RULE,
    &requirement_without_flow::RULE,
    &ruled_out_requirement_built::RULE,
    &step_differs_from_api::RULE,
    &superseded_decision_in_force::RULE,
];
