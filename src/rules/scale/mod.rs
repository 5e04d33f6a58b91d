//! Rules of scale: what more load, data or users would break.

use super::Rule;

mod overloaded;
mod runaway_trigger;

/// All of them, by name.
pub const ALL: &[&Rule] = &[&overloaded::RULE, &runaway_trigger::RULE];
