//! Rules of security: who can reach, read or change what.

use super::Rule;

/// All of them, by name.
pub const ALL: &[&Rule] = &[];
