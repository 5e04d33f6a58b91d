//! Rules of data: what is kept, where, and for how long.

use super::Rule;

/// All of them, by name.
pub const ALL: &[&Rule] = &[];
