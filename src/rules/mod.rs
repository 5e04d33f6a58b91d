//! Model and numbers → findings: one file per rule.

pub mod rule;

pub use rule::{Category, Check, Profile, Rule};

mod chances_do_not_add_up;
mod contradictory_facts;
mod disconnected_component;
mod empty_flow;
mod impossible_value;
mod kind_cannot_do_that;
mod misleading_text;
mod missing_summary;
mod naming_style;
mod placeholder_text;
mod step_without_connection;
mod undefined_rate;
mod unreachable_component;
mod unused_assumption;
mod unused_component;

/// Every rule, by name.
pub const ALL: &[&Rule] = &[
    &chances_do_not_add_up::RULE,
    &contradictory_facts::RULE,
    &disconnected_component::RULE,
    &empty_flow::RULE,
    &impossible_value::RULE,
    &kind_cannot_do_that::RULE,
    &misleading_text::RULE,
    &missing_summary::RULE,
    &naming_style::RULE,
    &placeholder_text::RULE,
    &step_without_connection::RULE,
    &undefined_rate::RULE,
    &unreachable_component::RULE,
    &unused_assumption::RULE,
    &unused_component::RULE,
];

/// The rule with this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

/// The name of the rule nearest to a wrong one.
pub fn closest(wrong: &str) -> Option<&'static str> {
    crate::suggest::closest(wrong, ALL.iter().map(|rule| rule.name))
}
