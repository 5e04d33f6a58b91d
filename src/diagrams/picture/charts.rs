//! Amounts, times, trees and tables.

use super::Tone;

/// Amounts that flow.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sankey {
    /// What flows are between.
    pub nodes: Vec<(String, String)>,
    /// From, to, how much in base units, and how that is shown.
    pub links: Vec<(usize, usize, f64, String)>,
    /// What is measured.
    pub unit: String,
}

/// Lines or bars over an axis.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Chart {
    /// What is along the axis below.
    pub x_title: String,
    /// The places along it.
    pub x: Vec<String>,
    /// What is measured, with its unit.
    pub y_title: String,
    /// The series, each with its name and values; a value that is not a number is a gap.
    pub series: Vec<(String, Vec<f64>)>,
    /// Levels worth a line of their own: a limit, with its name.
    pub levels: Vec<(String, f64)>,
    /// Whether the values are bars.
    pub has_bars: bool,
}

/// Shares of a whole.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Shares {
    /// Name, amount, and how the amount is shown.
    pub slices: Vec<(String, f64, String)>,
}

/// Spans of time below each other.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Spans {
    /// The sections, each with a heading.
    pub sections: Vec<(String, Vec<TimeSpan>)>,
    /// A limit, in seconds, with its name.
    pub limit: Option<(String, f64)>,
}

/// A span of time.
#[derive(Clone, PartialEq, Debug)]
pub struct TimeSpan {
    /// What happens.
    pub title: String,
    /// When it begins, in seconds.
    pub start: f64,
    /// How long it lasts, in seconds.
    pub length: f64,
    /// The length as people read it.
    pub shown: String,
    /// Its colour.
    pub tone: Tone,
}

/// What happened when.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Timeline {
    /// The times, each with what happened.
    pub events: Vec<(String, Vec<String>)>,
}

/// A branch of a mind map.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Branch {
    /// What is written on it.
    pub title: String,
    /// Its colour.
    pub tone: Tone,
    /// What grows from it.
    pub branches: Vec<Branch>,
}

/// Rows and columns.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Table {
    /// The headings.
    pub columns: Vec<String>,
    /// The rows, each as long as the headings.
    pub rows: Vec<Vec<String>>,
}
