//! `assumptions:` the numbers that everything else is computed from.

use super::quantities::{Anything, Quantity};
use super::record::{Form, record};
use super::values::{Date, Spanned, Text};

record! {
    /// A number that the design rests on: a quantity, a range, or an expression over other assumptions.
    Assumption = "assumption", Form { required: &["value"], shorthand: Some("value"), ..Form::MAP };
    /// The value, with its unit. `5..20` means "I am 90% sure it is between these".
    /// Example: `100M / month`
    /// Example: `50..200`
    /// Example: `dau * posts_per_user`
    value: Option<Quantity<'t, Anything>>,
    /// What is counted or measured, in a sentence.
    /// Example: `Daily active users, from the product plan`
    description: Option<Text<'t>>,
    /// Where the number comes from.
    /// Example: `https://example.com/analytics`
    source: Option<Text<'t>>,
    /// When the number was last known to be right.
    /// Example: `2026-11-01`
    date: Option<Spanned<Date>>,
}
