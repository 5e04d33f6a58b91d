//! The only code that touches disk, clock, environment, terminal and streams.
#![allow(clippy::disallowed_methods, reason = "this module is the one place for them")]

pub mod clock;
pub mod files;
pub mod search;
pub mod terminal;
pub mod write;
