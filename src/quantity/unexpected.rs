//! What to say when the text does not go on as an expression.

use super::expr::Expr;
use super::problem::{INVALID_EXPRESSION, Problem};
use super::scan::{Parsed, Parser};
use super::suffix::is_reserved;
use super::units;

impl<'t> Parser<'t> {
    /// Complains about `10-20 ms` and `50%-60%`, which are ranges in English and subtractions here.
    pub(super) fn no_range(&mut self, left: &Expr<'t>, right: &Expr<'t>) {
        let (Some(low), Some(high)) = (left.as_literal(), right.as_literal()) else { return };
        let between = self.slice(low.range().end, high.range().start);
        let is_bare = low.dimension.is_none() && !low.is_share() && low.label().is_none();
        let misses_unit = is_bare && !high.dimension.is_none();
        let is_close = between == "-" && low.dimension == high.dimension && low.value < high.value;
        if misses_unit || is_close {
            let range = low.range().start..high.range().end;
            let problem = Problem::new(INVALID_EXPRESSION, range, "this is a subtraction and not a range");
            let help = format!("write `{}..{}` for a range", low.text, high.text);
            let spaced = if is_close { ", or spaces around the minus for a subtraction" } else { "" };
            self.problems.push(problem.help(help + spaced));
        }
    }

    /// Something follows `before` that cannot.
    pub(super) fn unexpected<T>(&mut self, before: &Expr<'t>) -> Parsed<T> {
        let here = self.here();
        let found = self.slice(here.start, here.end);
        let left = self.slice(before.range().start, before.range().end);
        let word = self.path();
        let (range, message, help) = if !word.is_empty() || self.at_literal() || found == "(" {
            let digits = self.rest().find(|sign: char| !sign.is_ascii_digit()).unwrap_or(self.rest().len());
            let shown = match word {
                "" => self.slice(here.start, here.end.max(here.start + digits)),
                _ => word,
            };
            let range = here.start..here.start + shown.len();
            if is_reserved(word) {
                return self.no_operand();
            }
            let literal = before.as_literal();
            let help = match (literal.map(|literal| literal.dimension.is_none()), word) {
                (Some(false), "") => {
                    format!("write `{left} + {}` when both belong together", self.rest().trim_end())
                }
                (Some(true), "") if digits == 3 => {
                    format!("write the number without spaces: `{left}{shown}`")
                }
                _ if literal.is_some_and(|literal| literal.label().is_some()) && !word.is_empty() => {
                    format!("name what is counted with one word: leave `{word}` or the word before it out")
                }
                _ if units::is_currency(left) => {
                    format!("write the currency after the number: `{shown} {left}`")
                }
                _ => "write `*`, `/`, `+` or `-` between the two, with a space on each side".to_owned(),
            };
            (range, format!("an operator is missing before `{shown}`"), help)
        } else {
            let (message, help) = self.odd_sign(found);
            (here, message, help)
        };
        self.fail(Problem::new(INVALID_EXPRESSION, range, message).help(help))
    }

    /// A value should stand here and none does.
    pub(super) fn no_operand<T>(&mut self) -> Parsed<T> {
        let here = self.here();
        let found = self.slice(here.start, here.end);
        let before = self.slice(0, self.at).trim_end();
        let example = "a value is a number such as `300 ms`, a name, or something in parentheses";
        let (range, message, help) = if found.is_empty() && before.is_empty() {
            (here, "an expression is missing here".to_owned(), example.to_owned())
        } else if found.is_empty() {
            let word = before.trim_end_matches(|sign: char| sign.is_ascii_alphabetic()).len();
            let sign = before.len() - before.chars().next_back().map_or(0, char::len_utf8);
            let range = word.min(sign)..before.len();
            let message = format!("a value is missing after `{}`", self.slice(range.start, range.end));
            (range, message, example.to_owned())
        } else if let "*" | "/" | "^" | ")" | "," | "+" | "<" | ">" | "=" = found {
            (here, format!("a value is missing before `{found}`"), example.to_owned())
        } else if !self.path().is_empty() {
            let word = self.path();
            let message = format!("`{word}` stands only between comparisons");
            (here.start..here.start + word.len(), message, example.to_owned())
        } else if let Some(word) = self.rest().get(..4).filter(|word| is_yaml_limit(word)) {
            let message = format!("`{word}` is not a number");
            (here.start..here.start + word.len(), message, "what has no limit is left out".to_owned())
        } else {
            let (message, help) = self.odd_sign(found);
            (here, message, help)
        };
        self.fail(Problem::new(INVALID_EXPRESSION, range, message).help(help))
    }

    fn odd_sign(&self, found: &str) -> (String, String) {
        let help = match found {
            "×" | "·" | "⋅" | "∙" => "write `*` to multiply",
            "÷" | ":" => "write `/` to divide",
            "−" | "–" | "—" => "write the minus as `-`",
            "…" | "±" => "write a range such as `50..200` or `300 ± 10%`, with a number on each side",
            "." if self.rest().starts_with("..") => {
                "both ends of a range are numbers, such as `50..200`; calculate with it afterwards"
            }
            "!" => "write `not` before a comparison, or `!=` between two values",
            "<" | ">" | "=" | "≤" | "≥" | "≠" => {
                "comparisons stand only in the `check` of a requirement"
            }
            "," => "write thousands as `1000` or `1_000`, and decimals with a point as `1.5`",
            ")" => "remove it, or add the `(` that belongs to it",
            "%" => "`%` stands right after a number",
            "~" | "≈" => "write an uncertain number as a range, such as `80..120` or `100 ± 20%`",
            "{" | "[" => "group with `(` and `)`",
            "&" | "|" => "comparisons are joined with `and` and `or`",
            "¥" | "₹" | "₽" | "₩" | "₿" => "prices are in `$`, `€` or `£`",
            letter if letter.chars().all(char::is_alphabetic) => {
                "names are made of the letters a to z, digits, `_` and `-`"
            }
            _ => "write names, numbers with units, `+ - * / ^` and parentheses",
        };
        let is_blank = found.chars().all(|sign| sign.is_whitespace() || sign.is_control() || is_hidden(sign));
        if is_blank {
            let code = found.chars().next().map_or(0, u32::from);
            let message = format!("an invisible character (U+{code:04X}) stands here");
            return (message, "replace it with a plain space".to_owned());
        }
        (format!("unexpected `{found}`"), help.to_owned())
    }
}

/// YAML's way to write what is no finite number.
fn is_yaml_limit(word: &str) -> bool {
    word.eq_ignore_ascii_case(".inf") || word.eq_ignore_ascii_case(".nan")
}

/// Characters without a shape of their own that are no white space either.
fn is_hidden(sign: char) -> bool {
    matches!(sign, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
