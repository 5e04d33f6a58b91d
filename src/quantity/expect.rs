//! What a place in a design wants, and what to say when an expression is something else.

use super::dimension::Dimension;
use super::expr::{Expr, Kind};
use super::literal::Literal;
use super::problem::{DIMENSION_MISMATCH, MISSING_UNIT, Problem};
use super::units;

/// What a place in a design wants.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expected {
    /// A fraction, in percent or as a number.
    Share,
    /// A number of things.
    Count,
    /// A quantity with this dimension.
    Quantity(Dimension),
}

impl Expected {
    /// A duration.
    pub const TIME: Self = Self::Quantity(Dimension::TIME);
    /// An amount of data.
    pub const DATA: Self = Self::Quantity(Dimension::DATA);
    /// So many a second.
    pub const RATE: Self = Self::Quantity(Dimension::RATE);
    /// So much data a second.
    pub const BANDWIDTH: Self = Self::Quantity(Dimension::BANDWIDTH);
    /// An amount of money.
    pub const MONEY: Self = Self::Quantity(Dimension::MONEY);
    /// Money over time.
    pub const SPENDING: Self = Self::Quantity(Dimension::SPENDING);

    fn dimension(self) -> Dimension {
        match self {
            Self::Share | Self::Count => Dimension::NONE,
            Self::Quantity(dimension) => dimension,
        }
    }

    fn words(self) -> String {
        match self {
            Self::Share => "a share".to_owned(),
            Self::Count => "a count".to_owned(),
            Self::TIME => "a time".to_owned(),
            Self::DATA => "a size".to_owned(),
            Self::RATE => "a rate".to_owned(),
            Self::BANDWIDTH => "a bandwidth".to_owned(),
            Self::MONEY => "an amount of money".to_owned(),
            Self::SPENDING => "a price over time".to_owned(),
            Self::Quantity(dimension) => dimension.to_string(),
        }
    }
}

/// The problem with `expr`, whose dimension is `found`, in a place that wants `expected`.
pub fn expect(expr: &Expr, found: Dimension, expected: Expected) -> Option<Problem> {
    let wanted = expected.dimension();
    if found == wanted {
        return None;
    }
    let words = expected.words();
    if found.is_none() {
        let message = format!("{words} is wanted here, and this has no unit");
        let help = match &expr.kind {
            Kind::Literal(literal) => with_unit(literal, wanted),
            Kind::Interval(interval) if !interval.is_margin => {
                interval.literals.last().and_then(|high| examples(high, wanted)).map(|[first, second]| {
                    let low = interval.literals.first().map_or("", |low| low.text);
                    format!("write `{low}..{first}` or `{low}..{second}`")
                })
            }
            _ => None,
        };
        let counted = || {
            let label = expr.as_literal()?.label()?;
            Some(format!("`{label}` is what is counted, not a unit: write {}", example(wanted)?))
        };
        let help = help.or_else(counted);
        let help = help.or_else(|| unit_for(wanted).map(|unit| format!("multiply by a unit: `* {unit}`")));
        return Some(Problem::new(MISSING_UNIT, expr.range(), message).maybe_help(help));
    }
    let message = format!("this is {found}, but {words} is wanted here");
    let help = way_out(expr, found, wanted).or_else(|| match expected {
        Expected::Share => Some("write a share, such as `99.9%`".to_owned()),
        Expected::Count => Some("write a plain number".to_owned()),
        Expected::Quantity(_) if expr.as_literal().is_some() => {
            example(wanted).map(|example| format!("write {example}"))
        }
        Expected::Quantity(_) => bridge(found, wanted),
    });
    Some(Problem::new(DIMENSION_MISMATCH, expr.range(), message).maybe_help(help))
}

/// A dimension in words, with a value of it.
pub(super) fn example(dimension: Dimension) -> Option<&'static str> {
    Some(match dimension {
        Dimension::NONE => "a plain number",
        Dimension::TIME => "a time, such as `300 ms`",
        Dimension::DATA => "a size, such as `500 B`",
        Dimension::RATE => "a rate, such as `200 / s`",
        Dimension::BANDWIDTH => "a bandwidth, such as `50 MB / s`",
        Dimension::MONEY => "an amount, such as `$70`",
        Dimension::SPENDING => "a price, such as `$70 / month`",
        _ => return None,
    })
}

/// What to multiply with to get from one dimension to another.
pub(super) fn bridge(found: Dimension, wanted: Dimension) -> Option<String> {
    let factor = wanted.over(found).and_then(example)?;
    let what = match found {
        Dimension::NONE => "number",
        Dimension::TIME => "time",
        Dimension::DATA => "size",
        Dimension::RATE => "rate",
        Dimension::BANDWIDTH => "bandwidth",
        Dimension::MONEY => "amount",
        _ => "value",
    };
    Some(format!("multiply the {what} by {factor}"))
}

fn way_out(expr: &Expr, found: Dimension, wanted: Dimension) -> Option<String> {
    let literal = expr.as_literal()?;
    let text = literal.text;
    let billions = || {
        let number =
            text.split_once('B').filter(|(number, _)| number.ends_with(|end: char| end.is_ascii_digit()));
        number.map(|(number, rest)| format!("`B` is bytes; a billion is written `{number}bn{rest}`"))
    };
    match (found, wanted) {
        (Dimension::DATA, Dimension::NONE) | (Dimension::BANDWIDTH, Dimension::RATE) => billions(),
        (Dimension::TIME, Dimension::RATE) => Some(format!("write `1 / {text}` for once every {text}")),
        (Dimension::MONEY, Dimension::SPENDING) => Some(format!("write `{text} / month` or `{text} / year`")),
        (Dimension::DATA, Dimension::BANDWIDTH) => Some(format!("write `{text} / s` or `{text} / day`")),
        (Dimension::BANDWIDTH, Dimension::DATA) => {
            Some("leave out the time that it is divided by".to_owned())
        }
        (Dimension::SPENDING, Dimension::MONEY) => {
            Some("leave out the time that it is divided by".to_owned())
        }
        _ => None,
    }
}

/// `write … or …`, with the user's own number.
pub(super) fn with_unit(literal: &Literal, wanted: Dimension) -> Option<String> {
    let [first, second] = examples(literal, wanted)?;
    Some(format!("write `{first}` or `{second}`"))
}

/// Two ways to give a bare number the wanted dimension.
fn examples(literal: &Literal, wanted: Dimension) -> Option<[String; 2]> {
    // Percents, multiples and counts of something named are no forgotten units.
    let written = literal.text.trim_start_matches('-').strip_prefix(literal.number())?;
    let scale = written.trim();
    let is_bare = literal.dimension.is_none() && (scale.is_empty() || units::scale(scale).is_some());
    if !is_bare {
        return None;
    }
    let text = literal.text;
    let number = text.strip_suffix(written).unwrap_or(text);
    let with = |unit: &str| format!("{text}{unit}");
    let priced = |sign: &str| match text.strip_prefix('-') {
        Some(amount) => format!("-{sign}{amount}"),
        None => format!("{sign}{text}"),
    };
    Some(match wanted {
        Dimension::TIME => [with(" ms"), with(" s")],
        Dimension::RATE => [with(" / s"), with(" / day")],
        Dimension::MONEY => ["$", "€"].map(priced),
        Dimension::SPENDING => ["$", "€"].map(|sign| priced(sign) + " / month"),
        // A scale word before `B` reads as a prefix; without one, the smallest units are the likely ones.
        Dimension::DATA | Dimension::BANDWIDTH => {
            let second = if wanted == Dimension::DATA { "" } else { " / s" };
            let prefixed = match scale {
                "k" | "K" => Some(["KB", "KiB"]),
                "M" => Some(["MB", "MiB"]),
                "G" => Some(["GB", "GiB"]),
                "T" => Some(["TB", "TiB"]),
                "P" => Some(["PB", "PiB"]),
                _ => None,
            };
            match prefixed {
                Some(units) => units.map(|unit| format!("{number} {unit}{second}")),
                None => ["B", "KB"].map(|unit| format!("{text} {unit}{second}")),
            }
        }
        _ => return None,
    })
}

fn unit_for(wanted: Dimension) -> Option<&'static str> {
    Some(match wanted {
        Dimension::TIME => "1 s",
        Dimension::DATA => "1 B",
        Dimension::RATE => "1 rps",
        Dimension::BANDWIDTH => "1 MBps",
        Dimension::MONEY => "$1",
        Dimension::SPENDING => "$1 / month",
        _ => return None,
    })
}
