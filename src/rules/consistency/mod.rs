//! Rules of consistency: what readers may see.

use super::Rule;

/// All of them, by name.
pub const ALL: &[&Rule] = &[];
