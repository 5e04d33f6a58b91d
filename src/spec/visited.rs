//! How many entries of designs have been handed out: what a test holds the work of rules to, because time is noisy.
//!
//! It is counted per thread, and only where debug assertions are on.

use std::cell::Cell;

thread_local! {
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

/// So many entries are handed out.
pub fn hand_out(count: usize) {
    if cfg!(debug_assertions) {
        COUNT.with(|sum| sum.set(sum.get().wrapping_add(count as u64)));
    }
}

/// How many have been handed out on this thread.
pub fn so_far() -> u64 {
    COUNT.with(Cell::get)
}
