//! Text → expression. Sums of products of powers, by recursive descent.

use super::expr::{Call, Chain, Expr, Kind, Link, Name, Operator, Place, Power};
use super::functions;
use super::literal::bare_unit;
use super::problem::{INVALID_EXPRESSION, Problem, UNRESOLVED_REFERENCE};
use super::scan::{Parsed, Parser, Stop};
use super::suffix::is_reserved;
use crate::suggest::{Near, nearest};

/// Reads an expression.
///
/// All unknown units are reported together; what breaks the grammar ends the reading.
pub fn parse(text: &str) -> Result<Expr<'_>, Vec<Problem>> {
    let mut parser = Parser::new(text);
    match parser.whole() {
        Ok(expr) if parser.problems.is_empty() => Ok(expr),
        _ => Err(parser.problems),
    }
}

impl<'t> Parser<'t> {
    fn whole(&mut self) -> Parsed<Expr<'t>> {
        let expr = self.sum()?;
        self.end(&expr)?;
        Ok(expr)
    }

    pub(super) fn sum(&mut self) -> Parsed<Expr<'t>> {
        let first = self.product()?;
        let mut rest = Vec::new();
        loop {
            self.skip_space();
            let operator = match self.byte() {
                Some(b'+') => Operator::Add,
                Some(b'-') => Operator::Subtract,
                _ => break,
            };
            self.at += 1;
            let operand = self.product()?;
            // Most chains have two operands, and a vector would make room for four more.
            if rest.is_empty() {
                rest.reserve_exact(1);
            }
            rest.push(Link { operator, operand });
        }
        if let [Link { operator: Operator::Subtract, operand }] = rest.as_slice() {
            self.no_range(&first, operand);
        }
        Ok(chain(first, rest, Kind::Sum))
    }

    fn product(&mut self) -> Parsed<Expr<'t>> {
        let first = self.unary(true)?;
        // Whether what stands to the left is a literal and the words that it is divided by.
        let mut after_literal = matches!(first.kind, Kind::Literal(_) | Kind::Interval(_));
        let mut rest = Vec::new();
        loop {
            self.skip_space();
            let operator = match self.byte() {
                Some(b'*') if self.byte_after(1) == Some(b'*') => {
                    let problem = Problem::new(INVALID_EXPRESSION, self.at..self.at + 2, "unexpected `**`");
                    return self.fail(problem.help("write `^` for a power"));
                }
                Some(b'*') => Operator::Multiply,
                Some(b'/') => Operator::Divide,
                _ => break,
            };
            self.at += 1;
            self.skip_space();
            let label = match operator {
                Operator::Divide => self.counted(after_literal),
                _ => None,
            };
            let operand = match label {
                Some(word) => self.raised(word)?,
                None => self.unary(operator == Operator::Multiply)?,
            };
            after_literal = match &operand.kind {
                Kind::Literal(_) | Kind::Interval(_) => true,
                Kind::Name(name) => name.may_be_label,
                _ => false,
            };
            // Most chains have two operands, and a vector would make room for four more.
            if rest.is_empty() {
                rest.reserve_exact(1);
            }
            rest.push(Link { operator, operand });
        }
        Ok(chain(first, rest, Kind::Product))
    }

    /// A bare unit or the name of what is counted, right after a `/`.
    fn counted(&mut self, after_literal: bool) -> Option<Expr<'t>> {
        let start = self.at;
        if let Some((measure, length)) = self.divisor() {
            self.at += length;
            let place = Place::new(start, self.at);
            return Some(Expr::new(Kind::Literal(bare_unit(self.text, place, measure)), place));
        }
        let word = self.path();
        let is_word = after_literal
            && !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !is_reserved(word)
            && !self.is_path_or_call(word.len());
        if !is_word {
            return None;
        }
        self.at += word.len();
        let place = Place::new(start, self.at);
        Some(Expr::new(Kind::Name(Name { text: word, may_be_label: true, place }), place))
    }

    /// An operand with the signs before it. `with_tail` says whether a literal here takes the units that
    /// follow: `100M / month` is one literal, but in `6 / 3 / day` the `3` stands alone.
    pub(super) fn unary(&mut self, with_tail: bool) -> Parsed<Expr<'t>> {
        self.skip_space();
        let start = self.at;
        if !self.eat(b'-') {
            return self.power(with_tail);
        }
        if self.at_literal() {
            let literal = self.literal(start, true, with_tail)?;
            if self.next_visible() != Some('^') {
                return Ok(literal);
            }
            self.at = start + 1;
        }
        let inner = self.nested(|parser| parser.unary(with_tail))?;
        let place = Place { start: Place::new(start, start).start, end: inner.place.end };
        Ok(Expr::new(Kind::Negate(Box::new(inner)), place))
    }

    fn power(&mut self, with_tail: bool) -> Parsed<Expr<'t>> {
        let base = self.primary(with_tail)?;
        self.raised(base)
    }

    fn raised(&mut self, base: Expr<'t>) -> Parsed<Expr<'t>> {
        if self.next_visible() != Some('^') {
            return Ok(base);
        }
        self.skip_space();
        self.at += 1;
        let exponent = self.nested(|parser| parser.unary(false))?;
        let place = base.place.to(exponent.place);
        Ok(Expr::new(Kind::Power(Box::new(Power { base, exponent })), place))
    }

    fn primary(&mut self, with_tail: bool) -> Parsed<Expr<'t>> {
        self.skip_space();
        if self.at_literal() {
            return self.literal(self.at, false, with_tail);
        }
        let start = self.at;
        if self.eat(b'(') {
            let mut inner = self.nested(Self::sum)?;
            self.skip_space();
            if !self.eat(b')') {
                if self.byte().is_some() {
                    return self.unexpected(&inner);
                }
                let problem = Problem::new(INVALID_EXPRESSION, start..start + 1, "this `(` is never closed");
                return self.fail(problem.help("add a `)`"));
            }
            inner.place = Place::new(start, self.at);
            return Ok(inner);
        }
        let path = self.path();
        if path.is_empty() || is_reserved(path) {
            return self.no_operand();
        }
        self.at += path.len();
        let place = Place::new(start, self.at);
        let name = Name { text: path, may_be_label: false, place };
        if self.next_visible() == Some('(') {
            self.skip_space();
            return self.call(name);
        }
        Ok(Expr::new(Kind::Name(name), place))
    }

    fn call(&mut self, name: Name<'t>) -> Parsed<Expr<'t>> {
        let open = self.at;
        self.at += 1;
        let mut arguments = Vec::new();
        self.skip_space();
        while !self.eat(b')') {
            if self.byte().is_none() {
                let problem = Problem::new(INVALID_EXPRESSION, open..open + 1, "this `(` is never closed");
                return self.fail(problem.help("add a `)`"));
            }
            let argument = self.nested(Self::sum)?;
            self.skip_space();
            if self.byte().is_some_and(|byte| !matches!(byte, b',' | b')')) {
                return self.unexpected(&argument);
            }
            arguments.push(argument);
            if self.eat(b',') {
                self.skip_space();
                if self.byte() == Some(b')') {
                    return self.no_operand();
                }
            }
        }
        let call = Call { name, arguments };
        let place = Place { start: name.place.start, end: Place::new(open, self.at).end };
        self.known_function(&call, place);
        Ok(Expr::new(Kind::Call(Box::new(call)), place))
    }

    fn known_function(&mut self, call: &Call<'t>, place: Place) {
        if call.is_address() {
            return;
        }
        let name = call.name.text;
        let Some(function) = functions::find(name) else {
            let message = format!("there is no function `{name}`");
            let problem = Problem::new(UNRESOLVED_REFERENCE, call.name.range(), message);
            self.problems.push(match nearest(name, functions::names()) {
                Some(Near { word, is_sure }) => {
                    problem.help(format!("did you mean `{word}`?")).instead(word, is_sure)
                }
                None => problem.help(format!("write `{name} * (…)` to multiply")),
            });
            return;
        };
        if let Some(wanted) = function.wrong_count(call.arguments.len()) {
            let problem = Problem::new(INVALID_EXPRESSION, place.range(), format!("`{name}` takes {wanted}"));
            self.problems.push(problem.help(format!("write `{}`", function.usage)));
        }
    }

    /// Complains when something follows the expression.
    pub(super) fn end(&mut self, before: &Expr<'t>) -> Parsed<()> {
        self.skip_space();
        if self.byte().is_none() { Ok(()) } else { self.unexpected(before).map_err(|Stop| Stop) }
    }
}

fn chain<'t>(first: Expr<'t>, rest: Vec<Link<'t>>, kind: fn(Box<Chain<'t>>) -> Kind<'t>) -> Expr<'t> {
    let Some(last) = rest.last() else { return first };
    let place = first.place.to(last.operand.place);
    Expr::new(kind(Box::new(Chain { first, rest })), place)
}
