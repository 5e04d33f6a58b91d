//! Rules of reliability: what a failure takes with it.

use super::Rule;

/// All of them, by name.
pub const ALL: &[&Rule] = &[];
