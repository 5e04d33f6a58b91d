//! Dimension check: what an expression is a number of, and everything that does not fit together.

use super::dimension::{Currency, Dimension};
use super::expr::{Call, Chain, Expr, Found, Kind, Name, Names, Operator};
use super::functions::{self, Effect};
use super::literal::Literal;
use super::problem::{
    DIMENSION_MISMATCH, IMPOSSIBLE_VALUE, INVALID_EXPRESSION, MISSING_UNIT, MIXED_CURRENCIES, Problem,
    UNKNOWN_UNIT, UNRESOLVED_REFERENCE,
};
use super::units::{self, Hint};
use super::{central, format};
use crate::suggest;
use std::ops::Range;

impl Expr<'_> {
    /// The dimension of the whole, or everything that is wrong.
    ///
    /// `Err` with an empty list means that the dimension cannot be known because of an error in something
    /// this refers to, which is reported there.
    pub fn check(&self, names: &dyn Names) -> Result<Dimension, Vec<Problem>> {
        let mut checker = Checker::new(names);
        match checker.expr(self) {
            Some(dimension) if checker.problems.is_empty() => Ok(dimension),
            _ => Err(checker.problems),
        }
    }
}

pub(super) struct Checker<'n> {
    names: &'n dyn Names,
    pub problems: Vec<Problem>,
    currency: Option<(Currency, Range<usize>)>,
}

impl<'n> Checker<'n> {
    pub fn new(names: &'n dyn Names) -> Self {
        Self { names, problems: Vec::new(), currency: None }
    }

    /// `None` when the dimension cannot be known; then nothing more is said about what it is part of.
    pub fn expr(&mut self, expr: &Expr) -> Option<Dimension> {
        match &expr.kind {
            Kind::Literal(literal) => self.literal(literal),
            Kind::Interval(interval) => {
                let [low, high] = &interval.literals;
                self.literal(high);
                self.literal(low)
            }
            Kind::Name(name) => self.name(name),
            Kind::Negate(inner) => self.expr(inner),
            Kind::Sum(chain) => self.sum(chain),
            Kind::Product(chain) => self.product(expr, chain),
            Kind::Power(power) => self.power(expr, &power.base, &power.exponent),
            Kind::Call(call) => self.call(expr, call),
        }
    }

    fn literal(&mut self, literal: &Literal) -> Option<Dimension> {
        if let Some(currency) = literal.currency() {
            self.one_currency(currency, literal.range());
        }
        if let (Some(label), Some(place)) = (literal.label(), literal.label) {
            self.label_after_number(label, place.range(), literal);
        }
        Some(literal.dimension)
    }

    fn one_currency(&mut self, currency: Currency, range: Range<usize>) {
        match &self.currency {
            None => self.currency = Some((currency, range)),
            Some((first, _)) if *first == currency => {}
            Some((first, place)) => self.problems.push(
                Problem::new(MIXED_CURRENCIES, range, "a design has one currency")
                    .label(format!("this is in {}", currency.code()))
                    .related(place.clone(), format!("this is in {}", first.code()))
                    .help(format!("convert the amount to {}", first.code())),
            ),
        }
    }

    fn label_after_number(&mut self, label: &str, range: Range<usize>, literal: &Literal) {
        let number = literal.text.strip_suffix(label).unwrap_or(literal.number()).trim_end();
        if self.names.dimension_of(label) != Found::Unknown {
            let message = format!("an operator is missing before `{label}`");
            self.problems.push(
                Problem::new(INVALID_EXPRESSION, range, message)
                    .label("this is the name of a value")
                    .help(format!("write `{number} * {label}` to multiply, or only `{number}`")),
            );
        } else if let Some(near) = self.slip_for_name(label) {
            let message = format!("unknown unit `{label}`");
            self.problems.push(
                Problem::new(UNKNOWN_UNIT, range, message)
                    .help(format!("did you mean `{near}`? then write `{number} * {near}`")),
            );
        }
    }

    /// The known name that a label is one slip away from. Singular and plural of one word are no slip:
    /// `2 / user` reads well beside an assumption `users`.
    fn slip_for_name(&self, label: &str) -> Option<String> {
        let near = self.names.closest(label)?;
        let slip = suggest::distance(label, &near).is_some_and(|distance| distance <= 1);
        let plural = |one: &str, many: &str| {
            let stem = one.strip_suffix('y').map(|stem| format!("{stem}ies"));
            [format!("{one}s"), format!("{one}es")].into_iter().chain(stem).any(|form| form == many)
        };
        (slip && !plural(label, &near) && !plural(&near, label)).then_some(near)
    }

    fn name(&mut self, name: &Name) -> Option<Dimension> {
        match self.names.dimension_of(name.text) {
            Found::Known(dimension) => return Some(dimension),
            Found::Broken => return None,
            Found::Unknown => {}
        }
        let text = name.text;
        if name.may_be_label {
            let hint = match self.slip_for_name(text) {
                Some(near) => Some(Hint {
                    help: format!("did you mean `{near}`?"),
                    instead: Some((near.clone(), self.names.is_sure(text, &near))),
                }),
                None => units::mistaken(text).or_else(|| self.too_short(text).map(Hint::words)),
            };
            let Some(hint) = hint else { return Some(Dimension::NONE) };
            let message = format!("unknown unit `{text}`");
            self.problems.push(Problem::new(UNKNOWN_UNIT, name.range(), message).hint(hint));
            return None;
        }
        let problem = Problem::new(UNRESOLVED_REFERENCE, name.range(), format!("nothing is called `{text}`"));
        self.problems.push(if let Some(difference) = self.difference(text) {
            problem.help(difference)
        } else if units::unit(text).is_some() {
            problem.help(format!("a unit needs a number: write `1 {text}`"))
        } else if let Some(near) = self.names.closest(text) {
            let is_sure = self.names.is_sure(text, &near);
            problem.help(format!("did you mean `{near}`?")).instead(near, is_sure)
        } else if matches!(text.to_ascii_lowercase().as_str(), "nan" | "inf" | "infinity") {
            problem.help("write a number; what has no limit is left out")
        } else if text.contains('.') {
            problem.help("check the path, part by part")
        } else {
            problem.help(format!("add `{text}:` to `assumptions`"))
        });
        None
    }

    fn too_short(&self, text: &str) -> Option<String> {
        (text.len() < 3).then(|| "what is counted is named with three letters or more".to_owned())
    }

    /// What to write when a name with a minus is two known names.
    fn difference(&self, text: &str) -> Option<String> {
        let known = |name: &str| self.names.dimension_of(name) != Found::Unknown;
        let parts =
            text.match_indices('-').filter_map(|(at, _)| Some((text.get(..at)?, text.get(at + 1..)?)));
        let (left, right) = parts.into_iter().find(|(left, right)| known(left) && known(right))?;
        Some(format!("a minus between names has spaces around it: write `{left} - {right}`"))
    }

    fn sum(&mut self, chain: &Chain) -> Option<Dimension> {
        let verb = chain.rest.first().map_or("add", |link| match link.operator {
            Operator::Subtract => "subtract",
            _ => "add",
        });
        let operands = std::iter::once(&chain.first).chain(chain.rest.iter().map(|link| &link.operand));
        self.alike(operands, verb)
    }

    /// The one dimension of all operands.
    pub fn alike<'e, 't: 'e>(
        &mut self,
        operands: impl Iterator<Item = &'e Expr<'t>>,
        verb: &str,
    ) -> Option<Dimension> {
        let mut first: Option<(Dimension, &Expr)> = None;
        let mut all_known = true;
        for operand in operands {
            let Some(dimension) = self.expr(operand) else {
                all_known = false;
                continue;
            };
            match first {
                None => first = Some((dimension, operand)),
                Some((expected, _)) if expected == dimension => {}
                Some((expected, other)) => {
                    self.problems.push(mismatch((expected, other), (dimension, operand), verb));
                    all_known = false;
                }
            }
        }
        first.map(|(dimension, _)| dimension).filter(|_| all_known)
    }

    fn product(&mut self, whole: &Expr, chain: &Chain) -> Option<Dimension> {
        let mut product = self.expr(&chain.first);
        for link in &chain.rest {
            let factor = self.expr(&link.operand);
            let (Some(left), Some(right)) = (product, factor) else {
                product = None;
                continue;
            };
            product = match link.operator {
                Operator::Divide => left.over(right),
                _ => left.times(right),
            };
            if product.is_none() {
                self.problems.push(absurd(whole));
            }
        }
        product
    }

    fn power(&mut self, whole: &Expr, base: &Expr, exponent: &Expr) -> Option<Dimension> {
        let dimension = self.expr(base);
        let power = self.expr(exponent)?;
        if !power.is_none() {
            let problem = Problem::new(DIMENSION_MISMATCH, exponent.range(), "an exponent has no unit");
            self.problems.push(problem.label(format!("this is {power}")));
            return None;
        }
        let dimension = dimension?;
        if dimension.is_none() {
            return Some(dimension);
        }
        let has_names = exponent.nodes().any(|node| matches!(node.kind, Kind::Name(_) | Kind::Call(_)));
        let value = if has_names { None } else { exponent.central(&central::NoNames).ok() };
        let Some(value) = value else {
            let message = "the exponent of a quantity with a unit is a plain number";
            let problem = Problem::new(DIMENSION_MISMATCH, exponent.range(), message);
            self.problems.push(problem.related(base.range(), format!("this is {dimension}")));
            return None;
        };
        let raised = dimension.power(value);
        if raised.is_none() {
            self.problems.push(absurd(whole).label(format!("{dimension} to the power of {value}")));
        }
        raised
    }

    fn call(&mut self, whole: &Expr, call: &Call) -> Option<Dimension> {
        if call.is_address() {
            return self.address(call);
        }
        // The parser has reported calls of unknown functions.
        let function = functions::find(call.name.text)?;
        match (function.effect, call.arguments.as_slice()) {
            (Effect::Same, arguments) => self.alike(arguments.iter(), "compare"),
            (Effect::Power, [base, exponent]) => self.power(whole, base, exponent),
            (Effect::Root, [inner]) => {
                let dimension = self.expr(inner)?;
                let root = dimension.power(0.5);
                if root.is_none() {
                    self.problems.push(absurd(whole).label(format!("the square root of {dimension}")));
                }
                root
            }
            (Effect::Choice, arguments) => {
                let value = self.alike(arguments.iter().step_by(2), "choose between");
                let weight = self.counts(call, arguments.iter().skip(1).step_by(2));
                value.filter(|_| weight.is_some())
            }
            (_, arguments) => self.counts(call, arguments.iter()),
        }
    }

    /// Arguments that are counts.
    fn counts<'e, 't: 'e>(
        &mut self,
        call: &Call,
        arguments: impl Iterator<Item = &'e Expr<'t>>,
    ) -> Option<Dimension> {
        let mut all_known = true;
        for argument in arguments {
            let found = self.expr(argument);
            all_known &= found == Some(Dimension::NONE);
            if let Some(dimension) = found.filter(|dimension| !dimension.is_none()) {
                self.problems.push(needs_count(call.name.text, argument, dimension));
            }
        }
        all_known.then_some(Dimension::NONE)
    }

    fn address(&mut self, call: &Call) -> Option<Dimension> {
        let before = self.problems.len();
        for argument in &call.arguments {
            self.expr(argument);
        }
        match self.names.dimension_of_call(call) {
            Found::Known(dimension) => Some(dimension).filter(|_| self.problems.len() == before),
            Found::Broken => None,
            Found::Unknown => {
                let message = format!("nothing is called `{}` that takes arguments", call.name.text);
                let near = self.names.closest(call.name.text).map(|near| format!("did you mean `{near}`?"));
                let problem = Problem::new(UNRESOLVED_REFERENCE, call.name.range(), message);
                self.problems.push(problem.maybe_help(near));
                None
            }
        }
    }
}

/// Two operands that cannot be added or compared.
fn mismatch(first: (Dimension, &Expr), second: (Dimension, &Expr), verb: &str) -> Problem {
    let (expected, _) = first;
    let (dimension, operand) = second;
    let message = match verb {
        "subtract" => format!("cannot subtract {dimension} from {expected}"),
        "compare" => format!("cannot compare {expected} with {dimension}"),
        _ => format!("cannot add {dimension} to {expected}"),
    };
    let share = operand.as_literal().filter(|literal| literal.is_share());
    if let (Some(share), true) = (share, verb != "compare") {
        let sign = if verb == "add" { '+' } else { '-' };
        return two_places(DIMENSION_MISMATCH, message, second, first)
            .help(format!("write `* (1 {sign} {})` for a change by a part", share.text));
    }
    for (bare, with_unit) in [(second, first), (first, second)] {
        let help = bare.1.as_literal().and_then(|literal| super::expect::with_unit(literal, with_unit.0));
        if let Some(help) = help {
            return two_places(MISSING_UNIT, message, bare, with_unit).help(help);
        }
    }
    let help = match verb {
        "compare" => super::expect::example(expected).map(|example| format!("compare it with {example}")),
        _ => super::expect::bridge(dimension, expected)
            .or_else(|| super::expect::example(expected).map(|example| format!("{verb} {example}"))),
    };
    two_places(DIMENSION_MISMATCH, message, second, first).maybe_help(help)
}

fn two_places(
    rule: &'static str,
    message: String,
    (dimension, operand): (Dimension, &Expr),
    (expected, other): (Dimension, &Expr),
) -> Problem {
    Problem::new(rule, operand.range(), message)
        .label(format!("this is {dimension}"))
        .related(other.range(), format!("this is {expected}"))
}

fn needs_count(function: &str, argument: &Expr, dimension: Dimension) -> Problem {
    let example = match dimension {
        Dimension::TIME | Dimension::MONEY => format(1.0, dimension, Currency::Usd),
        Dimension::DATA => "1 GB".to_owned(),
        _ => format!("({})", format(1.0, dimension, Currency::Usd)),
    };
    let message = format!("`{function}` works on counts, and this is {dimension}");
    Problem::new(DIMENSION_MISMATCH, argument.range(), message)
        .label("the result would depend on the unit")
        .help(format!("divide by a unit first: `{function}(… / {example})`"))
}

fn absurd(whole: &Expr) -> Problem {
    let message = "no quantity has a dimension like this";
    Problem::new(IMPOSSIBLE_VALUE, whole.range(), message)
        .help("check which units are multiplied and divided")
}
