//! Reads what stands after a number: scale word, unit, percent sign, currency, the name of what is counted,
//! and the units it is divided by.

use super::dimension::Currency;
use super::expr::Place;
use super::literal::Draft;
use super::problem::{INVALID_EXPRESSION, MIXED_CURRENCIES, Problem, UNKNOWN_UNIT};
use super::scan::{Parsed, Parser};
use super::units::{self, Hint, Measure};

const FEWEST_LETTERS: usize = 3;

impl<'t> Parser<'t> {
    /// A literal up to, but not including, what it is divided by.
    pub(super) fn draft(&mut self, negative: bool, start: usize) -> Parsed<Draft<'t>> {
        let sign = self.currency_sign();
        if sign.is_some() {
            self.skip_space();
        }
        if !self.at_number() {
            let problem = Problem::new(INVALID_EXPRESSION, self.here(), "a number is missing here");
            return self.fail(problem.help("write a number, such as `5` or `$5`"));
        }
        let number = self.number()?;
        let unit = sign.map(Measure::money);
        let mut draft =
            Draft { start, end: self.at, negative, number, scale: None, unit, tail: None, label: None };
        self.suffix(&mut draft)?;
        Ok(draft)
    }

    pub(super) fn at_number(&self) -> bool {
        match self.byte() {
            Some(b'0'..=b'9') => true,
            Some(b'.') => self.byte_after(1).is_some_and(|next| next.is_ascii_digit()),
            _ => false,
        }
    }

    pub(super) fn at_literal(&self) -> bool {
        self.at_number() || self.rest().starts_with(['$', '€', '£'])
    }

    fn currency_sign(&mut self) -> Option<Currency> {
        // Nearly every literal begins with a digit.
        if self.byte().is_none_or(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let sign = self.rest().chars().next()?;
        let currency = Currency::of_symbol(sign)?;
        self.at += sign.len_utf8();
        Some(currency)
    }

    fn suffix(&mut self, draft: &mut Draft<'t>) -> Parsed<()> {
        let spaced = self.skip_space();
        if let Some(scale) = units::scale(self.unit_word()) {
            self.at += self.unit_word().len();
            draft.scale = Some(scale);
            draft.end = self.at;
            self.skip_space();
        }
        let attached_factor = !spaced && draft.scale.is_none();
        let word = self.unit_word();
        let found = if self.byte() == Some(b'%') {
            Some((Measure::PERCENT, 1))
        } else if word == "x" && !attached_factor {
            None
        } else if word.is_empty() {
            let before = self.at;
            let sign = self.currency_sign().map(|currency| (Measure::money(currency), self.at - before));
            self.at = before;
            sign
        } else {
            units::unit(word).filter(|_| !self.is_path_or_call(word.len())).map(|unit| (unit, word.len()))
        };
        match found {
            Some((unit, length)) => {
                let place = self.at..self.at + length;
                self.at += length;
                self.combine(draft, unit, place)?;
                draft.end = self.at;
                self.end_of_unit(draft)?;
            }
            None => self.noun(draft, word)?,
        }
        self.at = draft.end;
        Ok(())
    }

    /// Joins a unit with the currency sign before the number, when there is one.
    fn combine(&mut self, draft: &mut Draft<'t>, unit: Measure, place: std::ops::Range<usize>) -> Parsed<()> {
        let Some(before) = draft.unit.replace(unit) else { return Ok(()) };
        let text = self.slice(place.start, place.end);
        let amount = self.slice(draft.start, draft.end);
        let problem = if unit.currency.is_some() && unit.currency != before.currency {
            Problem::new(MIXED_CURRENCIES, draft.start..place.end, "this amount has two currencies")
                .help(format!("write `{amount}`, or the number with `{text}` alone"))
        } else if unit.currency.is_some() {
            return Ok(());
        } else {
            let message = format!("an amount of money is not counted in `{text}`");
            let help = match text {
                "B" => format!("write `{amount}bn` for billions"),
                _ => format!("write `{amount} / {text}` for a price"),
            };
            Problem::new(INVALID_EXPRESSION, place, message).help(help)
        };
        self.fail(problem)
    }

    /// A word after a unit is a slip; the most frequent one is `1B users`.
    fn end_of_unit(&mut self, draft: &Draft<'t>) -> Parsed<()> {
        self.skip_space();
        let word = self.unit_word();
        if word.is_empty() || is_reserved(word) {
            return Ok(());
        }
        let place = self.at..self.at + word.len();
        let amount = self.slice(draft.start, draft.end);
        if let Some(number) = amount.strip_suffix('B').filter(|rest| !rest.ends_with(char::is_alphabetic)) {
            let number = number.trim_end();
            let problem = Problem::new(UNKNOWN_UNIT, draft.end - 1..draft.end, "`B` is bytes, not billions");
            return self.fail(
                problem
                    .label(format!("`{amount}` is data, and `{word}` are counted"))
                    .help(format!("write `{number}bn {word}`")),
            );
        }
        if let Some(helped) = connective(word, amount, self.slice(place.end, self.text.len())) {
            return self.fail(Problem::new(INVALID_EXPRESSION, place, helped.0).help(helped.1));
        }
        let problem =
            Problem::new(INVALID_EXPRESSION, place, format!("`{word}` is not expected after a unit"));
        let label = format!("`{amount}` has its unit already");
        self.fail(
            problem
                .label(label)
                .help(format!("leave it out, or write `{amount} * {word}` or `{amount} / {word}`")),
        )
    }

    fn noun(&mut self, draft: &mut Draft<'t>, word: &'t str) -> Parsed<()> {
        if word.is_empty() || is_reserved(word) || self.is_path_or_call(word.len()) {
            return Ok(());
        }
        let place = Place::new(self.at, self.at + word.len());
        let amount = self.slice(draft.start, draft.end);
        if let Some(helped) = connective(word, amount, self.slice(self.at + word.len(), self.text.len())) {
            return self.fail(Problem::new(INVALID_EXPRESSION, place.range(), helped.0).help(helped.1));
        }
        let whole = self.path();
        if whole.len() > word.len() {
            let message = format!("an operator is missing before `{whole}`");
            let help = format!("write `{amount} * {whole}`; what is counted is named with letters only");
            return self
                .fail(Problem::new(INVALID_EXPRESSION, self.at..self.at + whole.len(), message).help(help));
        }
        let hint = if word == "x" {
            Some(Hint::words(format!("write `{amount}x` for a factor or `{amount} * x` for a product")))
        } else {
            parts_of_time(amount, word).map(Hint::words).or_else(|| units::mistaken(word))
        };
        let is_noun = word.len() >= FEWEST_LETTERS && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        self.at += word.len();
        draft.end = self.at;
        draft.label = Some(place);
        if hint.is_some() || !is_noun {
            let other = "write a unit such as `ms`, `KB`, `rps` or `%`; what is counted is named with three letters or more";
            let hint = hint.unwrap_or_else(|| Hint::words(other.to_owned()));
            let problem = Problem::new(UNKNOWN_UNIT, place.range(), format!("unknown unit `{word}`"));
            self.problems.push(problem.hint(hint));
        }
        Ok(())
    }

    /// Takes `/ unit` as often as it follows. A power binds tighter than `/`, so `/ s ^ 2` is left alone.
    pub(super) fn tail(&mut self, draft: &mut Draft<'t>) {
        loop {
            self.at = draft.end;
            self.skip_space();
            if !self.eat(b'/') {
                break;
            }
            self.skip_space();
            let Some((unit, length)) = self.divisor() else { break };
            self.at += length;
            if self.next_visible() == Some('^') {
                break;
            }
            let tail = draft.tail.unwrap_or(Measure::NONE);
            let Some(joined) = tail.multiplied(unit) else { break };
            let longer = Draft { tail: Some(joined), ..*draft };
            if longer.measure().is_none() {
                break;
            }
            *draft = Draft { end: self.at, ..longer };
        }
        self.at = draft.end;
    }

    /// The unit that stands here alone, as something to divide by, and its length.
    pub(super) fn divisor(&self) -> Option<(Measure, usize)> {
        let word = self.unit_word();
        if word.is_empty() || self.path().len() > word.len() || self.is_path_or_call(word.len()) {
            return None;
        }
        Some((units::divisor(word)?, word.len()))
    }
}

/// Words of checks, which name nothing.
pub(super) fn is_reserved(word: &str) -> bool {
    matches!(word, "and" | "or" | "not")
}

/// `1h30m`, which has a sign between its parts here.
fn parts_of_time(amount: &str, word: &str) -> Option<String> {
    let (unit, rest) = word.split_at_checked(word.find(|sign: char| sign.is_ascii_digit())?)?;
    let (number, last) = rest.split_at_checked(rest.find(|sign: char| !sign.is_ascii_digit())?)?;
    // After hours, `m` is minutes.
    let last = if last == "m" { "min" } else { last };
    let are_units = [unit, last].into_iter().all(|unit| units::unit(unit).is_some());
    are_units.then(|| format!("write `{amount} {unit} + {number} {last}`"))
}

/// English between two quantities, which has a sign here.
fn connective(word: &str, amount: &str, after: &str) -> Option<(String, String)> {
    let rest = after.trim();
    let sign = match word {
        "per" => format!("write `{amount} / {rest}`"),
        "to" => format!("write `{amount}..{rest}`"),
        "of" | "times" if rest.starts_with(char::is_alphanumeric) => format!("write `{amount} * {rest}`"),
        _ => return None,
    };
    Some((format!("`{word}` is not part of an expression"), sign))
}
