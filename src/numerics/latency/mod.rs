//! Distributions of time, and how they compose.
