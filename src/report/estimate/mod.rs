//! Numbers → bytes: one file for each format.

pub mod json;
pub mod limit;
pub mod sweep;
mod sweep_chart;

use crate::estimate::{Estimate, Reading};
use crate::source::Sources;

/// What is written.
pub struct Numbers<'n, 'm, 't> {
    /// The design's numbers and what they are made from.
    pub estimate: &'n Estimate<'m, 't>,
    /// The values to report.
    pub readings: &'n [Reading],
    /// The texts of the design.
    pub sources: &'n Sources,
}
