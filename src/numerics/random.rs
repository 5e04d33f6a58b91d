//! Aligned samples of named inputs.
