//! A number with its scale, unit and the name of what it counts: `10k rps`, `$0.10 / GB / month`,
//! `150M users`, `99.95%`.

use super::dimension::{Currency, Dimension};
use super::expr::Place;
use super::number::{Number, out_of_reach};
use super::problem::{IMPOSSIBLE_VALUE, Problem};
use super::units::{Measure, Style};
use std::ops::Range;

/// A number and its unit. Nothing is allocated for it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Literal<'t> {
    /// Exactly what is written, unit included.
    pub text: &'t str,
    /// The value in base units: seconds, bytes, the currency, shares as fractions.
    pub value: f64,
    /// What it is a number of.
    pub dimension: Dimension,
    /// How the number is meant.
    pub style: Style,
    pub(super) currency: Option<Currency>,
    /// Further power of ten by which scale and unit move the decimal point.
    pub(super) shift: i16,
    pub(super) start: u32,
    pub(super) number: Place,
    pub(super) label: Option<Place>,
}

impl<'t> Literal<'t> {
    /// Its bytes in the text of the expression.
    pub fn range(&self) -> Range<usize> {
        let start = self.start as usize;
        start..start + self.text.len()
    }

    /// The digits as written, without sign, scale and unit; empty for a bare unit (`day` in `x / day`).
    pub fn number(&self) -> &'t str {
        self.inner(self.number)
    }

    /// The name of what is counted: `users` in `150M users`.
    pub fn label(&self) -> Option<&'t str> {
        self.label.map(|place| self.inner(place))
    }

    /// The currency, when the literal is written in one.
    pub fn currency(&self) -> Option<Currency> {
        self.currency
    }

    /// Whether it is written as a share: in percent or nines.
    pub fn is_share(&self) -> bool {
        self.style != Style::Plain && self.dimension.is_none()
    }

    pub(super) fn inner(&self, place: Place) -> &'t str {
        let start = self.start as usize;
        let range = place.range();
        self.text.get(range.start.saturating_sub(start)..range.end.saturating_sub(start)).unwrap_or("")
    }

    /// One minus this share, by decimal subtraction: `99.999%` gives exactly what `1e-5` gives.
    ///
    /// `None` when the literal has a dimension or more digits than the subtraction can hold.
    pub fn complement(&self) -> Option<f64> {
        if !self.dimension.is_none() || self.number().is_empty() {
            return None;
        }
        if self.style == Style::Nines {
            return Some(1.0 - self.value).filter(|_| self.number().contains('.')).or_else(|| {
                let nines: u32 = self.number().parse().ok()?;
                format!("1e-{nines}").parse().ok()
            });
        }
        let (mantissa, power) = self.number().split_once(['e', 'E']).unwrap_or((self.number(), "0"));
        let mut digits = 0_i128;
        let mut exponent = power.parse::<i32>().ok()?.checked_add(i32::from(self.shift))?;
        let decimals = mantissa.split_once('.').map_or("", |(_, decimals)| decimals);
        exponent = exponent.checked_sub(i32::try_from(decimals.replace('_', "").len()).ok()?)?;
        for digit in mantissa.chars().filter_map(|letter| letter.to_digit(10)) {
            digits = digits.checked_mul(10)?.checked_add(i128::from(digit))?;
        }
        if self.text.starts_with('-') {
            digits = -digits;
        }
        if exponent > 0 {
            digits = digits.checked_mul(10_i128.checked_pow(exponent.unsigned_abs())?)?;
            exponent = 0;
        }
        let one = 10_i128.checked_pow(exponent.unsigned_abs())?;
        format!("{}e{exponent}", one.checked_sub(digits)?).parse().ok()
    }
}

/// A literal that is still being read.
#[derive(Clone, Copy)]
pub(super) struct Draft<'t> {
    pub start: usize,
    pub end: usize,
    pub negative: bool,
    pub number: Number<'t>,
    pub scale: Option<i16>,
    /// Its own unit.
    pub unit: Option<Measure>,
    /// What it is divided by: `/ GB / month`.
    pub tail: Option<Measure>,
    pub label: Option<Place>,
}

impl<'t> Draft<'t> {
    pub fn measure(&self) -> Option<Measure> {
        let unit = self.unit.unwrap_or(Measure::NONE);
        self.tail.map_or(Some(unit), |tail| unit.over(tail))
    }

    /// The finished literal over `text` from `start` to `end`.
    pub fn finish(&self, text: &'t str) -> Result<Literal<'t>, Box<Problem>> {
        let range = self.start..self.end;
        let Some(measure) = self.measure() else {
            let message = "these units do not make one quantity";
            return Err(Box::new(Problem::new(IMPOSSIBLE_VALUE, range, message)));
        };
        let shift = self.scale.unwrap_or(0).saturating_add(measure.exponent);
        let magnitude = match measure.style {
            Style::Nines => {
                let nines = self.number.scaled(i32::from(shift));
                if nines > 15.0 || self.negative {
                    let message = "a share has between 0 and 15 nines";
                    return Err(Box::new(Problem::new(IMPOSSIBLE_VALUE, range, message)));
                }
                1.0 - super::math::tenth_to_the(nines)
            }
            _ => self.number.scaled(i32::from(shift)) * measure.times / measure.per,
        };
        let is_zero = self.number.is_zero() || measure.style == Style::Nines;
        if let Some(problem) = out_of_reach(magnitude, is_zero, range.clone()) {
            return Err(Box::new(problem));
        }
        let place = Place::new(self.start, self.end);
        Ok(Literal {
            text: text.get(range).unwrap_or(""),
            // Zero has no sign here: `-0` is 0.
            value: if self.negative && magnitude != 0.0 { -magnitude } else { magnitude },
            dimension: measure.dimension,
            style: measure.style,
            currency: measure.currency,
            shift,
            start: place.start,
            number: Place::new(self.number.start, self.number.start + self.number.text.len()),
            label: self.label,
        })
    }
}

/// A unit that stands alone after `/`.
pub(super) fn bare_unit<'t>(text: &'t str, place: Place, measure: Measure) -> Literal<'t> {
    let one = Number { text: "", start: place.start as usize, digits: Some(1), exponent: 0 };
    Literal {
        text: text.get(place.range()).unwrap_or(""),
        value: one.scaled(i32::from(measure.exponent)) * measure.times / measure.per,
        dimension: measure.dimension,
        style: measure.style,
        currency: measure.currency,
        shift: measure.exponent,
        start: place.start,
        number: Place { start: place.start, end: place.start },
        label: None,
    }
}
