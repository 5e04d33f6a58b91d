//! Rules of latency: where time goes.

use super::Rule;

/// All of them, by name.
pub const ALL: &[&Rule] = &[];
