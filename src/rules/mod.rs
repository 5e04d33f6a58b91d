//! Model and numbers → findings: one file per rule.

pub mod case;
mod cause;
mod comparisons;
mod judge;
pub mod policy;
pub mod rule;

pub use case::{Case, Numbers};
pub use policy::Policy;
pub use rule::{Category, Check, Profile, Rule};

mod chances_do_not_add_up;
mod conflict_marker;
mod contradictory_facts;
mod control_character;
mod cyclic_assumption;
mod cyclic_group;
mod cyclic_include;
mod dimension_mismatch;
mod disconnected_component;
mod duplicate_id;
mod duplicate_key;
mod empty_design;
mod empty_flow;
mod expired_allow;
mod house_schema;
mod ids_differ_in_case;
mod impossible_value;
mod include_failed;
mod include_refused;
mod invalid_date;
mod invalid_encoding;
mod invalid_expression;
mod invalid_field;
mod invalid_id;
mod invalid_step;
mod kind_cannot_do_that;
mod limit_exceeded;
mod misleading_text;
mod missing_key;
mod missing_summary;
mod missing_unit;
mod mixed_currencies;
mod naming_style;
mod overloaded;
mod placeholder_text;
mod requirement_at_risk;
mod requirement_not_computable;
mod requirement_violated;
mod runaway_trigger;
mod stated_differs_from_derived;
mod step_without_connection;
mod technology_does_not_fit_kind;
mod undefined_rate;
mod unknown_alias;
mod unknown_key;
mod unknown_kind;
mod unknown_rule;
mod unknown_technology;
mod unknown_unit;
mod unknown_value;
mod unreachable_component;
mod unresolved_reference;
mod unsupported_version;
mod unused_allow;
mod unused_assumption;
mod unused_component;
mod wrong_type;
mod yaml_not_supported;
mod yaml_syntax;

/// Every rule, by name.
pub const ALL: &[&Rule] = &[
    &chances_do_not_add_up::RULE,
    &conflict_marker::RULE,
    &contradictory_facts::RULE,
    &control_character::RULE,
    &cyclic_assumption::RULE,
    &cyclic_group::RULE,
    &cyclic_include::RULE,
    &dimension_mismatch::RULE,
    &disconnected_component::RULE,
    &duplicate_id::RULE,
    &duplicate_key::RULE,
    &empty_design::RULE,
    &empty_flow::RULE,
    &expired_allow::RULE,
    &house_schema::RULE,
    &ids_differ_in_case::RULE,
    &impossible_value::RULE,
    &include_failed::RULE,
    &include_refused::RULE,
    &invalid_date::RULE,
    &invalid_encoding::RULE,
    &invalid_expression::RULE,
    &invalid_field::RULE,
    &invalid_id::RULE,
    &invalid_step::RULE,
    &kind_cannot_do_that::RULE,
    &limit_exceeded::RULE,
    &misleading_text::RULE,
    &missing_key::RULE,
    &missing_summary::RULE,
    &missing_unit::RULE,
    &mixed_currencies::RULE,
    &naming_style::RULE,
    &overloaded::RULE,
    &placeholder_text::RULE,
    &requirement_at_risk::RULE,
    &requirement_not_computable::RULE,
    &requirement_violated::RULE,
    &runaway_trigger::RULE,
    &stated_differs_from_derived::RULE,
    &step_without_connection::RULE,
    &technology_does_not_fit_kind::RULE,
    &undefined_rate::RULE,
    &unknown_alias::RULE,
    &unknown_key::RULE,
    &unknown_kind::RULE,
    &unknown_rule::RULE,
    &unknown_technology::RULE,
    &unknown_unit::RULE,
    &unknown_value::RULE,
    &unreachable_component::RULE,
    &unresolved_reference::RULE,
    &unsupported_version::RULE,
    &unused_allow::RULE,
    &unused_assumption::RULE,
    &unused_component::RULE,
    &wrong_type::RULE,
    &yaml_not_supported::RULE,
    &yaml_syntax::RULE,
];

/// What is said of names under `rules:` that are no rules.
pub const UNKNOWN_RULE: &Rule = &unknown_rule::RULE;
/// What is said of an `allow:` that allows nothing.
pub const UNUSED_ALLOW: &Rule = &unused_allow::RULE;
/// What is said of an `allow:` whose day has passed.
pub const EXPIRED_ALLOW: &Rule = &expired_allow::RULE;
/// What is said of a design that does not fit the project's own schema.
pub const HOUSE_SCHEMA: &Rule = &house_schema::RULE;

/// The rule with this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

/// The name of the rule nearest to a wrong one.
pub fn closest(wrong: &str) -> Option<&'static str> {
    crate::suggest::closest(wrong, ALL.iter().map(|rule| rule.name))
}
