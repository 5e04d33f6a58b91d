//! Diagrams: what the examples look like, labels that break other programs, limits, blocks in pages, and what the real
//! Mermaid makes of all that.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test stops at what it does not expect, and looks at files"
)]

mod commands;
mod corpus;
mod examples;
mod gallery;
mod grammar;
mod labels;
mod limits;
mod other_programs;
mod page;
mod parsing;
mod renderers;
mod stability;
mod support;
