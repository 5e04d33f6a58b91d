//! Rules of the language: the text is not a design that can be understood.

use super::Rule;

mod conflict_marker;
mod control_character;
mod cyclic_assumption;
mod cyclic_group;
mod cyclic_include;
mod dimension_mismatch;
mod duplicate_id;
mod duplicate_key;
mod empty_design;
mod ids_differ_in_case;
mod include_failed;
mod include_refused;
mod invalid_date;
mod invalid_encoding;
mod invalid_expression;
mod invalid_field;
mod invalid_id;
mod invalid_rule;
mod invalid_step;
mod limit_exceeded;
mod missing_key;
mod missing_unit;
mod mixed_currencies;
mod unknown_alias;
mod unknown_key;
mod unknown_kind;
mod unknown_unit;
mod unknown_value;
mod unresolved_reference;
mod unsupported_version;
mod wrong_type;
mod yaml_not_supported;
mod yaml_syntax;

pub use invalid_rule::RULE as INVALID_RULE;

/// All of them, by name.
pub const ALL: &[&Rule] = &[
    &conflict_marker::RULE,
    &control_character::RULE,
    &cyclic_assumption::RULE,
    &cyclic_group::RULE,
    &cyclic_include::RULE,
    &dimension_mismatch::RULE,
    &duplicate_id::RULE,
    &duplicate_key::RULE,
    &empty_design::RULE,
    &ids_differ_in_case::RULE,
    &include_failed::RULE,
    &include_refused::RULE,
    &invalid_date::RULE,
    &invalid_encoding::RULE,
    &invalid_expression::RULE,
    &invalid_field::RULE,
    &invalid_id::RULE,
    &invalid_rule::RULE,
    &invalid_step::RULE,
    &limit_exceeded::RULE,
    &missing_key::RULE,
    &missing_unit::RULE,
    &mixed_currencies::RULE,
    &unknown_alias::RULE,
    &unknown_key::RULE,
    &unknown_kind::RULE,
    &unknown_unit::RULE,
    &unknown_value::RULE,
    &unresolved_reference::RULE,
    &unsupported_version::RULE,
    &wrong_type::RULE,
    &yaml_not_supported::RULE,
    &yaml_syntax::RULE,
];
