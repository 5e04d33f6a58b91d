//! `sysdesign` reads a system design written as YAML, understands it and says what is wrong with it.
//!
//! The way of the data: text → [`syntax`] → `spec` → `model` → [`rules`] → [`report`].

pub mod diagnostic;
pub mod quantity;
pub mod report;
pub mod rules;
pub mod source;
pub mod suggest;
pub mod syntax;
