//! Numbers with units, ranges, and the expression language over them.
//!
//! Text → [`parse`] → [`Expr`], which [`Expr::check`] gives a dimension and [`Expr::central`] a value in base
//! units. [`expect`] says what is wrong when that dimension is not the one a place wants, and [`format()`]
//! writes values as people do. This module knows neither YAML nor files: it works on a text and on byte
//! ranges in it. How it reads what is ambiguous is told in `docs/decisions/quantities.md`.

mod central;
mod check;
mod condition;
mod dimension;
mod expect;
mod expr;
mod format;
mod functions;
mod interval;
mod literal;
mod math;
mod number;
mod parse;
mod problem;
mod scan;
mod suffix;
mod unexpected;
mod units;

#[cfg(test)]
mod tests;

pub use central::NoNames;
pub use condition::{Check, Comparator, Comparison, parse_check};
pub use dimension::{Currency, Dimension};
pub use expect::{Expected, expect};
pub use expr::{
    Call, Chain, Expr, Found, Interval, Kind, Link, Name, Names, Nodes, Operator, Power, Shape, Values,
};
pub use format::{format, format_share, unit_of};
pub use functions::{Function, choose};
pub use literal::Literal;
pub use parse::parse;
pub use problem::{IMPOSSIBLE_VALUE, NOT_COMPUTABLE, Problem};
pub use units::{DAY, HOUR, MINUTE, MONTH, Style, YEAR, is_unit, names as unit_names};
