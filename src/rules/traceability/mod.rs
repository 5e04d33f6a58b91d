//! Rules of traceability: what is asked for and what is built do not meet.

use super::Rule;

mod requirement_at_risk;
mod requirement_not_computable;
mod requirement_violated;

/// All of them, by name.
pub const ALL: &[&Rule] =
    &[&requirement_at_risk::RULE, &requirement_not_computable::RULE, &requirement_violated::RULE];
