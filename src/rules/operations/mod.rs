//! Rules of operations: running it, and paying for it.

use super::Rule;

/// All of them, by name.
pub const ALL: &[&Rule] = &[];
