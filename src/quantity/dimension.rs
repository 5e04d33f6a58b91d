//! Dimensions and currencies: what a number is a number of.
//!
//! Counts have no dimension of their own, so users, requests and shares mix freely; time, data and money do
//! not. Exponents are small: a design that needs seconds to the power of 100 has a mistake, and the checked
//! operations say so with `None`.

use std::fmt;

/// Exponents of the base units second, byte and currency.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Dimension {
    /// Of the second.
    pub time: i8,
    /// Of the byte.
    pub data: i8,
    /// Of the design's currency.
    pub money: i8,
}

impl Dimension {
    /// A share or count.
    pub const NONE: Self = Self::new(0, 0, 0);
    /// Seconds.
    pub const TIME: Self = Self::new(1, 0, 0);
    /// Bytes.
    pub const DATA: Self = Self::new(0, 1, 0);
    /// The currency.
    pub const MONEY: Self = Self::new(0, 0, 1);
    /// Per second.
    pub const RATE: Self = Self::new(-1, 0, 0);
    /// Bytes per second.
    pub const BANDWIDTH: Self = Self::new(-1, 1, 0);
    /// Money per second.
    pub const SPENDING: Self = Self::new(-1, 0, 1);

    /// From the three exponents.
    pub const fn new(time: i8, data: i8, money: i8) -> Self {
        Self { time, data, money }
    }

    /// The dimension of a product; `None` when an exponent grows beyond reason.
    pub fn times(self, other: Self) -> Option<Self> {
        Some(Self {
            time: self.time.checked_add(other.time)?,
            data: self.data.checked_add(other.data)?,
            money: self.money.checked_add(other.money)?,
        })
    }

    /// The dimension of a quotient; `None` when an exponent grows beyond reason.
    pub fn over(self, other: Self) -> Option<Self> {
        Some(Self {
            time: self.time.checked_sub(other.time)?,
            data: self.data.checked_sub(other.data)?,
            money: self.money.checked_sub(other.money)?,
        })
    }

    /// The dimension of a power; `None` when an exponent is not whole (the root of a second) or too large.
    pub fn power(self, exponent: f64) -> Option<Self> {
        let scale = |own: i8| {
            let product = f64::from(own) * exponent;
            let whole = product.fract() == 0.0 && product.abs() <= f64::from(i8::MAX);
            whole.then_some(product as i8)
        };
        Some(Self { time: scale(self.time)?, data: scale(self.data)?, money: scale(self.money)? })
    }

    /// Whether this is a share or count.
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// The exponents that are not zero, with the names of their units.
    pub(super) fn parts(self, names: [&str; 3]) -> impl Iterator<Item = (&str, i8)> {
        let [money, data, time] = names;
        [(money, self.money), (data, self.data), (time, self.time)]
            .into_iter()
            .filter(|(_, exponent)| *exponent != 0)
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NONE => return out.write_str("a share or count"),
            Self::TIME => return out.write_str("a time (seconds)"),
            Self::DATA => return out.write_str("data (bytes)"),
            Self::RATE => return out.write_str("a rate (1 / second)"),
            _ => {}
        }
        let mut above = false;
        for (name, exponent) in self.parts(["money", "bytes", "seconds"]).filter(|part| part.1 > 0) {
            out.write_str(if above { " * " } else { "" })?;
            write_power(out, name, exponent)?;
            above = true;
        }
        if !above {
            out.write_str("1")?;
        }
        for (name, exponent) in self.parts(["money", "byte", "second"]).filter(|part| part.1 < 0) {
            out.write_str(" / ")?;
            write_power(out, name, exponent.saturating_neg())?;
        }
        Ok(())
    }
}

fn write_power(out: &mut fmt::Formatter<'_>, name: &str, exponent: i8) -> fmt::Result {
    match exponent {
        1 => out.write_str(name),
        _ => write!(out, "{name}^{exponent}"),
    }
}

/// The currencies that prices are written in. A design uses one of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Currency {
    /// `$`
    Usd,
    /// `€`
    Eur,
    /// `£`
    Gbp,
}

impl Currency {
    /// The sign before an amount.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Usd => "$",
            Self::Eur => "€",
            Self::Gbp => "£",
        }
    }

    /// The three letters.
    pub fn code(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::Eur => "EUR",
            Self::Gbp => "GBP",
        }
    }

    pub(super) fn of_symbol(sign: char) -> Option<Self> {
        match sign {
            '$' => Some(Self::Usd),
            '€' => Some(Self::Eur),
            '£' => Some(Self::Gbp),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> impl Iterator<Item = Dimension> {
        (0..27_i8).map(|n| Dimension::new(n % 3 - 1, n / 3 % 3 - 1, n / 9 - 1))
    }

    #[test]
    fn products_form_a_commutative_group() {
        for a in small() {
            assert_eq!(a.times(Dimension::NONE), Some(a));
            assert_eq!(a.over(a), Some(Dimension::NONE));
            for b in small() {
                assert_eq!(a.times(b), b.times(a));
                assert_eq!(a.over(b).and_then(|quotient| quotient.times(b)), Some(a));
                for c in small() {
                    let left = a.times(b).and_then(|ab| ab.times(c));
                    let right = b.times(c).and_then(|bc| a.times(bc));
                    assert_eq!(left, right);
                }
            }
        }
    }

    #[test]
    fn powers_repeat_products() {
        for a in small() {
            assert_eq!(a.power(0.0), Some(Dimension::NONE));
            assert_eq!(a.power(2.0), a.times(a));
            assert_eq!(a.power(-1.0), Dimension::NONE.over(a));
            assert_eq!(a.power(2.0).and_then(|square| square.power(0.5)), Some(a));
        }
        assert_eq!(Dimension::TIME.power(0.5), None);
    }

    #[test]
    fn exponents_never_wrap() {
        let large = Dimension::new(100, 0, 0);
        assert_eq!(large.times(large), None);
        assert_eq!(large.power(2.0), None);
        assert_eq!(Dimension::new(-100, 0, 0).over(large), None);
        assert_eq!(Dimension::TIME.power(f64::NAN), None);
        assert_eq!(Dimension::new(i8::MIN, 0, 0).to_string(), "1 / second^127");
    }

    #[test]
    fn dimensions_read_as_words() {
        let check = |dimension: Dimension, expected: &str| assert_eq!(dimension.to_string(), expected);
        check(Dimension::NONE, "a share or count");
        check(Dimension::TIME, "a time (seconds)");
        check(Dimension::DATA, "data (bytes)");
        check(Dimension::MONEY, "money");
        check(Dimension::RATE, "a rate (1 / second)");
        check(Dimension::BANDWIDTH, "bytes / second");
        check(Dimension::SPENDING, "money / second");
        check(Dimension::new(-1, -1, 1), "money / byte / second");
        check(Dimension::new(1, 2, 0), "bytes^2 * seconds");
        check(Dimension::new(-2, 0, 0), "1 / second^2");
    }
}
