//! Model and numbers → findings: one file per rule.

pub mod rule;

pub use rule::{Category, Profile, Rule};
