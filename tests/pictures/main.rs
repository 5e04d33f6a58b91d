//! Pictures drawn by the program itself: what they look like, and what always holds for them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "tests may fail, and these read and repair files"
)]

mod bodies;
mod charts;
mod fonts;
mod layout;
mod look;
mod output;
mod proportions;
mod samples;
