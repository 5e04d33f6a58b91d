//! Graduated prices.
