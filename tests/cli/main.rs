//! What the program does as a whole: its arguments, files, streams and exit codes, and the hostile inputs that
//! reach all the way through. A test whose name begins with `h` and a number holds that row of the list of
//! hostile inputs; `tests/hostile/` has those that can be kept as files.

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

mod support;

mod allows;
mod baseline;
mod commands;
mod config;
mod determinism;
mod docs;
mod estimate;
mod first_contact;
mod fixes;
mod includes;
mod limits;
mod own_rules;
mod robustness;
mod rows;
mod scale;
mod score;
mod selecting;
mod streams;
mod sweeps;
mod targets;
