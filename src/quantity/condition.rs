//! The checks of requirements: comparisons, joined by `and`, `or` and `not`.

use super::check::Checker;
use super::expr::{Expr, Name, Names, Place, Values};
use super::problem::{INVALID_EXPRESSION, Problem};
use super::scan::{Parsed, Parser};
use std::ops::Range;

/// Numbers that differ by less than this part of the larger are equal.
const EQUAL: f64 = 1e-9;

/// What a requirement demands.
#[derive(Clone, PartialEq, Debug)]
pub enum Check<'t> {
    /// One comparison.
    Compare(Box<Comparison<'t>>),
    /// All of these hold.
    All(Vec<Check<'t>>),
    /// At least one of these holds.
    Any(Vec<Check<'t>>),
    /// This does not hold.
    Not(Box<Check<'t>>),
}

/// `left operator right`
#[derive(Clone, PartialEq, Debug)]
pub struct Comparison<'t> {
    /// What stands to the left.
    pub left: Expr<'t>,
    /// How the two are compared.
    pub operator: Comparator,
    /// What stands to the right.
    pub right: Expr<'t>,
}

/// How two values are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparator {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
}

impl Comparator {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
        }
    }

    /// Whether it holds between two values. What differs by rounding alone is equal.
    pub fn holds(self, left: f64, right: f64) -> bool {
        let larger = left.abs().max(right.abs());
        // What is without end equals nothing but itself.
        let equal = left == right || (larger.is_finite() && (left - right).abs() <= EQUAL * larger);
        match self {
            Self::Less => left < right && !equal,
            Self::AtMost => left <= right || equal,
            Self::Greater => left > right && !equal,
            Self::AtLeast => left >= right || equal,
            Self::Equal => equal,
            Self::NotEqual => !equal,
        }
    }
}

impl Comparison<'_> {
    /// Its bytes in the text.
    pub fn range(&self) -> Range<usize> {
        self.left.place.to(self.right.place).range()
    }
}

impl<'t> Check<'t> {
    /// Every comparison, from left to right.
    pub fn comparisons(&self) -> Vec<&Comparison<'t>> {
        let mut found = Vec::new();
        let mut waiting = vec![self];
        while let Some(check) = waiting.pop() {
            match check {
                Self::Compare(comparison) => found.push(&**comparison),
                Self::All(parts) | Self::Any(parts) => waiting.extend(parts.iter().rev()),
                Self::Not(inner) => waiting.push(inner),
            }
        }
        found
    }

    /// Every variable and address.
    pub fn names(&self) -> impl Iterator<Item = Name<'t>> {
        self.comparisons().into_iter().flat_map(|comparison| [&comparison.left, &comparison.right]).flat_map(
            |side| {
                // The names borrow from the text alone, so they outlive this walk.
                side.names().collect::<Vec<_>>()
            },
        )
    }

    /// Everything that does not fit together. As with [`Expr::check`], an empty list means that something this
    /// refers to is broken.
    pub fn check(&self, names: &dyn Names) -> Result<(), Vec<Problem>> {
        let mut checker = Checker::new(names);
        let mut all_known = true;
        for comparison in self.comparisons() {
            let sides = [&comparison.left, &comparison.right];
            all_known &= checker.alike(sides.into_iter(), "compare").is_some();
        }
        if all_known && checker.problems.is_empty() { Ok(()) } else { Err(checker.problems) }
    }

    /// Whether it holds for the central estimates.
    pub fn central(&self, values: &dyn Values) -> Result<bool, Box<Problem>> {
        match self {
            Self::Compare(comparison) => {
                let [left, right] = [comparison.left.central(values)?, comparison.right.central(values)?];
                Ok(comparison.operator.holds(left, right))
            }
            // Every part is computed, so that what cannot be is always noticed.
            Self::All(parts) => parts.iter().try_fold(true, |all, part| Ok(part.central(values)? && all)),
            Self::Any(parts) => parts.iter().try_fold(false, |any, part| Ok(part.central(values)? || any)),
            Self::Not(inner) => Ok(!inner.central(values)?),
        }
    }
}

/// Reads a check.
pub fn parse_check(text: &str) -> Result<Check<'_>, Vec<Problem>> {
    let mut parser = Parser::new(text);
    match parser.whole_check() {
        Ok(check) if parser.problems.is_empty() => Ok(check),
        _ => Err(parser.problems),
    }
}

impl<'t> Parser<'t> {
    fn whole_check(&mut self) -> Parsed<Check<'t>> {
        let check = self.any()?;
        self.skip_space();
        if self.byte().is_none() {
            return Ok(check);
        }
        let here = self.here();
        let (range, help) = match self.path() {
            "" if self.rest().starts_with("&&") => (here.start..here.start + 2, "write `and`"),
            "" if self.rest().starts_with("||") => (here.start..here.start + 2, "write `or`"),
            "" => (here, "join comparisons with `and` or `or`"),
            word => (here.start..here.start + word.len(), "join comparisons with `and` or `or`"),
        };
        let message = format!("unexpected `{}`", self.slice(range.start, range.end));
        self.fail(Problem::new(INVALID_EXPRESSION, range, message).help(help))
    }

    fn any(&mut self) -> Parsed<Check<'t>> {
        self.joined("or", Self::all, Check::Any)
    }

    fn all(&mut self) -> Parsed<Check<'t>> {
        self.joined("and", Self::condition, Check::All)
    }

    fn joined(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Parsed<Check<'t>>,
        join: fn(Vec<Check<'t>>) -> Check<'t>,
    ) -> Parsed<Check<'t>> {
        let first = part(self)?;
        let mut parts = vec![first];
        while self.eat_word(word) {
            parts.push(part(self)?);
        }
        match parts.pop() {
            Some(only) if parts.is_empty() => Ok(only),
            last => {
                parts.extend(last);
                Ok(join(parts))
            }
        }
    }

    fn eat_word(&mut self, word: &str) -> bool {
        self.skip_space();
        let found = self.path() == word;
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn condition(&mut self) -> Parsed<Check<'t>> {
        if self.eat_word("not") {
            return Ok(Check::Not(Box::new(self.nested(Self::condition)?)));
        }
        let open = self.at;
        if self.byte() == Some(b'(') && self.compares_inside() {
            self.at += 1;
            let inner = self.nested(Self::any)?;
            self.skip_space();
            if self.eat(b')') {
                return Ok(inner);
            }
            let problem = Problem::new(INVALID_EXPRESSION, open..open + 1, "this `(` is never closed");
            return self.fail(problem.help("add a `)`"));
        }
        let left = self.sum()?;
        let operator = self.comparator(&left)?;
        let right = self.sum()?;
        self.skip_space();
        if let Some(b'<' | b'>' | b'=' | b'!') = self.byte() {
            let [first, second] =
                [&left, &right].map(|side| self.slice(side.range().start, side.range().end));
            let here = self.here();
            let message = "a comparison has two sides";
            let rest = self.rest().trim_end();
            let help = format!("write `{first} {} {second} and {second} {rest}`", operator.sign());
            return self.fail(Problem::new(INVALID_EXPRESSION, here, message).help(help));
        }
        Ok(Check::Compare(Box::new(Comparison { left, operator, right })))
    }

    /// Whether the parenthesis that opens here holds comparisons and not a value.
    fn compares_inside(&self) -> bool {
        let mut depth = 0_usize;
        for sign in self.rest().chars() {
            match sign {
                '(' => depth += 1,
                ')' if depth <= 1 => return false,
                ')' => depth -= 1,
                '<' | '>' | '=' | '!' | '≤' | '≥' | '≠' => return true,
                _ => {}
            }
        }
        false
    }

    fn comparator(&mut self, left: &Expr<'t>) -> Parsed<Comparator> {
        const SIGNS: [(&str, Comparator); 9] = [
            ("<=", Comparator::AtMost),
            (">=", Comparator::AtLeast),
            ("==", Comparator::Equal),
            ("!=", Comparator::NotEqual),
            ("≤", Comparator::AtMost),
            ("≥", Comparator::AtLeast),
            ("≠", Comparator::NotEqual),
            ("<", Comparator::Less),
            (">", Comparator::Greater),
        ];
        const ODD: [(&str, &str); 4] = [("=<", "<="), ("=>", ">="), ("<>", "!="), ("=", "==")];
        self.skip_space();
        if let Some((odd, right)) =
            ODD.into_iter().find(|(odd, _)| self.rest().starts_with(odd) && !self.rest().starts_with("=="))
        {
            let place = Place::new(self.at, self.at + odd.len());
            let problem = Problem::new(INVALID_EXPRESSION, place.range(), format!("unexpected `{odd}`"));
            let limits = if odd == "=" { ", or `<=` or `>=` for a limit" } else { "" };
            return self.fail(problem.help(format!("write `{right}`{limits}")));
        }
        for (sign, comparator) in SIGNS {
            if self.eat_text(sign) {
                return Ok(comparator);
            }
        }
        let word = self.path();
        if self.byte().is_some_and(|byte| byte != b')') && !matches!(word, "and" | "or" | "not") {
            return self.unexpected(left);
        }
        let value = self.slice(left.range().start, left.range().end);
        let problem = Problem::new(INVALID_EXPRESSION, left.range(), "a check compares two values");
        self.fail(problem.label("this is one value").help(format!("write `{value} < …` or `{value} >= …`")))
    }
}
