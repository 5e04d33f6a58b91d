//! Decimal numbers as they are written, and their nearest `f64`.

use super::problem::{IMPOSSIBLE_VALUE, INVALID_EXPRESSION, Problem};
use super::scan::{Parsed, Parser};

/// A number as written: `digits * 10^exponent`, before any unit.
#[derive(Clone, Copy)]
pub(super) struct Number<'t> {
    pub text: &'t str,
    pub start: usize,
    /// All digits as one integer, when they fit.
    pub digits: Option<u64>,
    pub exponent: i32,
}

/// Powers of ten that `f64` holds exactly.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

impl Number<'_> {
    /// The nearest `f64` to this number times `10^shift`. It may overflow to infinity.
    pub fn scaled(&self, shift: i32) -> f64 {
        let exponent = self.exponent.saturating_add(shift);
        let power = TENS.get(exponent.unsigned_abs() as usize);
        match (self.digits, power) {
            // Both operands are exact, so the one operation rounds correctly.
            (Some(digits), Some(power)) if digits <= 1 << 53 => {
                let digits = digits as f64;
                if exponent < 0 { digits / power } else { digits * power }
            }
            _ => {
                let digits: String =
                    self.mantissa().chars().filter(char::is_ascii_digit).chain("e".chars()).collect();
                (digits + &exponent.to_string()).parse().unwrap_or(f64::NAN)
            }
        }
    }

    /// Whether every digit is zero.
    pub fn is_zero(&self) -> bool {
        !self.mantissa().contains(|letter: char| matches!(letter, '1'..='9'))
    }

    fn mantissa(&self) -> &str {
        self.text.split(['e', 'E']).next().unwrap_or("")
    }
}

impl<'t> Parser<'t> {
    /// A number from here on; the next byte is a digit, or a dot and then a digit.
    pub(super) fn number(&mut self) -> Parsed<Number<'t>> {
        let start = self.at;
        let mut digits = Some(0_u64);
        let mut exponent = 0_i32;
        self.digits(&mut digits)?;
        if self.byte() == Some(b'.') && self.byte_after(1).is_some_and(|next| next.is_ascii_digit()) {
            self.at += 1;
            let counted = self.digits(&mut digits)?;
            exponent = -i32::try_from(counted).unwrap_or(i32::MAX);
        }
        let mantissa = self.slice(start, self.at);
        if mantissa.len() > 1 && mantissa.starts_with('0') && !mantissa.starts_with("0.") {
            return self.odd_number(start, "a number does not begin with a zero", |text| {
                let plain = text.trim_start_matches(['0', '_']);
                format!("write `{}`", if plain.is_empty() { "0" } else { plain })
            });
        }
        let sign = usize::from(matches!(self.byte_after(1), Some(b'+' | b'-')));
        if matches!(self.byte(), Some(b'e' | b'E'))
            && self.byte_after(1 + sign).is_some_and(|next| next.is_ascii_digit())
        {
            let power_start = self.at + 1;
            self.at += 1 + sign;
            while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
                self.at += 1;
            }
            let written = self.slice(power_start, self.at);
            // Too many digits for an `i32` mean a number far outside of what can be computed.
            let limit = if written.starts_with('-') { -1_000_000 } else { 1_000_000 };
            exponent = exponent.saturating_add(written.parse::<i32>().unwrap_or(limit));
        }
        self.end_of_number(start)?;
        Ok(Number { text: self.slice(start, self.at), start, digits, exponent })
    }

    fn digits(&mut self, value: &mut Option<u64>) -> Parsed<usize> {
        let mut count = 0;
        let mut last = b'_';
        while let Some(byte) = self.byte() {
            match byte {
                b'0'..=b'9' => {
                    let digit = u64::from(byte - b'0');
                    *value = value.and_then(|value| value.checked_mul(10)?.checked_add(digit));
                    count += 1;
                }
                b'_' if last != b'_' && self.byte_after(1).is_some_and(|next| next.is_ascii_digit()) => {}
                _ => break,
            }
            last = byte;
            self.at += 1;
        }
        Ok(count)
    }

    /// Complains about what numbers look like elsewhere.
    fn end_of_number(&mut self, start: usize) -> Parsed<()> {
        let digit_follows = self.byte_after(1).is_some_and(|next| next.is_ascii_digit());
        let zero = self.slice(start, self.at) == "0";
        match self.byte() {
            Some(b'x' | b'X' | b'o' | b'O' | b'b') if zero && self.has_radix_digits() => {
                self.odd_number(start, "numbers are written in decimal", |text| {
                    let radix = match text.as_bytes().get(1) {
                        Some(b'x' | b'X') => 16,
                        Some(b'o' | b'O') => 8,
                        _ => 2,
                    };
                    let digits = text.get(2..).unwrap_or("").replace('_', "");
                    match u64::from_str_radix(&digits, radix) {
                        Ok(value) => format!("write `{value}`"),
                        Err(_) => "write the number with the digits 0 to 9".to_owned(),
                    }
                })
            }
            Some(b'.') if digit_follows => self.odd_number(start, "a number has one decimal point", |_| {
                "write a number such as `1.5`, or a range such as `1..5`".to_owned()
            }),
            Some(b'.') if self.byte_after(1) != Some(b'.') => {
                self.at += 1;
                self.odd_number(start, "digits follow a decimal point", |text| {
                    format!("write `{}`", text.trim_end_matches('.'))
                })
            }
            Some(b':') if digit_follows => self.odd_number(start, "this is a time of day or base 60", |_| {
                "write a duration as `12 h + 30 min + 45 s`".to_owned()
            }),
            Some(b'_') => self.odd_number(start, "`_` stands only between two digits of a number", |text| {
                format!("write `{}`", text.replace('_', ""))
            }),
            _ => Ok(()),
        }
    }

    fn has_radix_digits(&self) -> bool {
        let word = self.unit_word();
        let is_hex = word.starts_with(['x', 'X']) && word.len() > 1;
        is_hex || word.get(1..2).is_some_and(|first| first.starts_with(|digit: char| digit.is_ascii_digit()))
    }

    /// Fails with everything that hangs together from `start` on underlined.
    fn odd_number<T>(&mut self, start: usize, message: &str, help: impl Fn(&str) -> String) -> Parsed<T> {
        while let Some(b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'.' | b'_' | b':') = self.byte() {
            if self.rest().starts_with("..") {
                break;
            }
            self.at += 1;
        }
        let text = self.slice(start, self.at);
        let problem = Problem::new(INVALID_EXPRESSION, start..self.at, format!("`{text}` is not a number"));
        self.fail(problem.label(message).help(help(text)))
    }
}

/// The problem with a value that `f64` cannot hold, if it is one.
pub(super) fn out_of_reach(value: f64, is_zero: bool, range: std::ops::Range<usize>) -> Option<Problem> {
    let message = if !value.is_finite() {
        "this number is too large"
    } else if value == 0.0 && !is_zero {
        "this number is too small"
    } else {
        return None;
    };
    let limits = "numbers reach from 1e-307 to 1e308";
    Some(Problem::new(IMPOSSIBLE_VALUE, range, message).label(limits))
}
