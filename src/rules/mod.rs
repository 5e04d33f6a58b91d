//! Model and numbers → findings: one file per rule.

pub mod policy;
pub mod rule;

pub use policy::Policy;
pub use rule::{Category, Check, Profile, Rule};

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
mod placeholder_text;
mod step_without_connection;
mod technology_does_not_fit_kind;
mod undefined_rate;
mod unknown_rule;
mod unknown_technology;
mod unreachable_component;
mod unused_allow;
mod unused_assumption;
mod unused_component;

/// Every rule, by name.
pub const ALL: &[&Rule] = &[
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
    &placeholder_text::RULE,
    &step_without_connection::RULE,
    &technology_does_not_fit_kind::RULE,
    &undefined_rate::RULE,
    &unknown_rule::RULE,
    &unknown_technology::RULE,
    &unreachable_component::RULE,
    &unused_allow::RULE,
    &unused_assumption::RULE,
    &unused_component::RULE,
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
