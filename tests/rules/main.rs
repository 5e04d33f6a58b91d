//! The documentation of every rule, run: examples, the pages made from it, and what the messages look like.
//!
//! A caret line (`# ^^^^ rule-name`) says that the rule finds something in the line above it, exactly over the
//! carets. How the blocks are read stands in [`example`].

#![expect(clippy::disallowed_methods, reason = "tests read the sources and repair the pages")]

mod catalogue;
#[cfg(test)]
mod connections;
#[cfg(test)]
mod consequences;
mod data_ways;
#[cfg(test)]
mod example;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod failures;
#[cfg(test)]
mod habits;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod realistic;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod traces;
#[cfg(test)]
mod work;

#[cfg(test)]
use std::path::PathBuf;

/// A path inside the repository.
#[cfg(test)]
fn path(inside: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(inside)
}
