//! Rules of the model: what is written does not make sense as it stands.

use super::Rule;

mod api_counted_twice;
mod chances_do_not_add_up;
mod contradictory_facts;
mod disconnected_component;
mod empty_flow;
mod expired_allow;
mod house_schema;
mod impossible_value;
mod kind_cannot_do_that;
mod misleading_text;
mod missing_summary;
mod naming_style;
mod parallel_with_one_branch;
mod placeholder_text;
mod stated_differs_from_derived;
mod step_without_connection;
mod technology_does_not_fit_kind;
mod undefined_rate;
mod unknown_rule;
mod unknown_technology;
mod unreachable_component;
mod unused_allow;
mod unused_assumption;
mod unused_component;
mod waits_for_too_many;

pub use expired_allow::RULE as EXPIRED_ALLOW;
pub use house_schema::RULE as HOUSE_SCHEMA;
pub use unknown_rule::RULE as UNKNOWN_RULE;
pub use unused_allow::RULE as UNUSED_ALLOW;

/// All of them, by name.
pub const ALL: &[&Rule] = &[
    &api_counted_twice::RULE,
    &chances_do_not_add_up::RULE,
    &contradictory_facts::RULE,
    &disconnected_component::RULE,
    &empty_flow::RULE,
    &expired_allow::RULE,
    &house_schema::RULE,
    &impossible_value::RULE,
    &kind_cannot_do_that::RULE,
    &misleading_text::RULE,
    &missing_summary::RULE,
    &naming_style::RULE,
    &parallel_with_one_branch::RULE,
    &placeholder_text::RULE,
    &stated_differs_from_derived::RULE,
    &step_without_connection::RULE,
    &technology_does_not_fit_kind::RULE,
    &undefined_rate::RULE,
    &unknown_rule::RULE,
    &unknown_technology::RULE,
    &unreachable_component::RULE,
    &unused_allow::RULE,
    &unused_assumption::RULE,
    &unused_component::RULE,
    &waits_for_too_many::RULE,
];
