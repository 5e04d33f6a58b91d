//! Numbers → bytes: one file for each format, and what all that people read have in common.

pub mod csv;
pub mod explain;
pub mod explain_json;
pub mod explain_text;
pub mod figures;
pub mod json;
pub mod limit;
pub mod markdown;
mod origin;
pub mod page;
pub mod sections;
pub mod sweep;
mod sweep_chart;
pub mod text;
pub mod values;

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
