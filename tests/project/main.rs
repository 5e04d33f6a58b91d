//! What users of the repository get: the examples, the page they see first, the hook, and the blocks they paste.

#![cfg(test)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test stops at what it does not expect, and looks at the repository"
)]

mod ci_page;
mod examples;
mod messages;
mod page;
mod pre_commit;
mod readme;
mod support;
mod svg;
