//! The documentation of every rule, run: examples, the pages made from it, and what the messages look like.
//!
//! A caret line (`# ^^^^ rule-name`) says that the rule finds something in the line above it, exactly over the
//! carets. How the blocks are read stands in [`example`].

#![expect(clippy::disallowed_methods, reason = "tests read the sources and repair the pages")]

#[cfg(test)]
mod cases;
mod catalogue;
#[cfg(test)]
mod connections;
#[cfg(test)]
mod consequences;
#[cfg(test)]
mod damaged;
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
#[cfg(test)]
use sysdesign::rules::{ALL, Rule};

/// A path inside the repository. Cargo says where that is; without it, it is where it was when this was built.
#[cfg(test)]
fn path(inside: &str) -> PathBuf {
    let root = std::env::var_os("CARGO_MANIFEST_DIR");
    root.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from).join(inside)
}

/// The rules whose examples and cases are checked: all of them, or the one that `SYSDESIGN_ONLY_RULE` names.
#[cfg(test)]
fn rules_to_check() -> impl Iterator<Item = &'static Rule> {
    let only = std::env::var("SYSDESIGN_ONLY_RULE").ok();
    ALL.iter().copied().filter(move |rule| only.as_deref().is_none_or(|name| name == rule.name))
}
