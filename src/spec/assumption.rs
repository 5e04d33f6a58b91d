//! `assumptions:` the numbers that everything else is computed from.

use super::quantities::{Anything, Quantity};
use super::record::{Form, choice, record};
use super::values::{Date, Name, Spanned, Text};

choice! {
    /// How likely the values of a range are.
    Likelihood = "a distribution of a range";
    /// Its logarithm is normal: as likely to be twice as much as half as much.
    Lognormal = "lognormal",
    /// The bell curve.
    Normal = "normal",
    /// All values between the ends are equally likely, and none beyond them.
    Uniform = "uniform",
}

record! {
    /// A number that the design rests on: a quantity, a range, or an expression over other assumptions.
    Assumption = "assumption", Form { required: &["value"], shorthand: Some("value"), ..Form::MAP };
    /// The value, with its unit. `5..20` means "I am 90% sure it is between these".
    /// Example: `100M / month`
    /// Example: `50..200`
    /// Example: `dau * posts_per_user`
    value: Option<Quantity<'t, Anything>>,
    /// How likely the values of a range are. A range of positive numbers is lognormal when nothing is said.
    /// Example: `uniform`
    distribution: Option<Spanned<Likelihood>>,
    /// Another assumption that is high when this one is high, and low when it is low.
    /// Example: `dau`
    moves_with: Option<Name<'t>>,
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
