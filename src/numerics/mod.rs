//! The mathematics of estimates: plain functions over plain numbers. This module knows nothing of designs.
//!
//! Everything transcendental goes through `libm`, and nothing depends on the order of threads, so that the same
//! numbers give the same bits on every machine.

pub mod caching;
pub mod demand;
pub mod growth;
pub mod latency;
pub mod pricing;
pub mod queueing;
pub mod random;
pub mod reliability;
pub mod special;
pub mod statistics;
