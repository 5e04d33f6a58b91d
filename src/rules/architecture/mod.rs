//! Rules of architecture: who calls whom, and how.

use super::Rule;

/// All of them, by name.
pub const ALL: &[&Rule] = &[];
