//! The tree of an expression. It borrows from the text and every node knows its bytes there.
//!
//! A literal is a leaf without allocation. Sums and products are flat chains, so that a long sum is not a
//! deep tree; the depth of the rest is bounded by the parser.

use super::dimension::Currency;
use super::literal::Literal;
use super::problem::Problem;
use std::ops::Range;

/// Bytes of the text, in half the space of a `Range<usize>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub start: u32,
    pub end: u32,
}

impl Place {
    /// Texts come from files of at most 16 MiB, so the offsets fit.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end) }
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn to(self, end: Self) -> Self {
        Self { start: self.start, end: end.end }
    }
}

/// An expression or a part of one.
#[derive(Clone, PartialEq, Debug)]
pub struct Expr<'t> {
    /// What it is.
    pub kind: Kind<'t>,
    pub(super) place: Place,
}

/// What an expression is.
#[derive(Clone, PartialEq, Debug)]
pub enum Kind<'t> {
    /// `300 B`, `99.95%`, `100M / month`.
    Literal(Literal<'t>),
    /// `50..200`, `20 ± 5 ms`.
    Interval(Box<Interval<'t>>),
    /// `dau`, `flows.redirect.latency.p99`.
    Name(Name<'t>),
    /// `-x`
    Negate(Box<Expr<'t>>),
    /// Terms with `+` and `-` between them.
    Sum(Box<Chain<'t>>),
    /// Factors with `*` and `/` between them.
    Product(Box<Chain<'t>>),
    /// `base ^ exponent`
    Power(Box<Power<'t>>),
    /// `max(a, b)`, `data.link.storage.at(1 year)`.
    Call(Box<Call<'t>>),
}

/// Operands with operators of one precedence between them, from left to right.
#[derive(Clone, PartialEq, Debug)]
pub struct Chain<'t> {
    /// The leftmost operand.
    pub first: Expr<'t>,
    /// The others, each with the operator before it.
    pub rest: Vec<Link<'t>>,
}

/// An operator and what stands to its right.
#[derive(Clone, PartialEq, Debug)]
pub struct Link<'t> {
    /// The operator.
    pub operator: Operator,
    /// What stands to its right.
    pub operand: Expr<'t>,
}

/// The operators of sums and products.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// `base ^ exponent`
#[derive(Clone, PartialEq, Debug)]
pub struct Power<'t> {
    /// What is raised.
    pub base: Expr<'t>,
    /// To which power.
    pub exponent: Expr<'t>,
}

/// A name followed by arguments in parentheses.
#[derive(Clone, PartialEq, Debug)]
pub struct Call<'t> {
    /// A function of the language, or an address of the model.
    pub name: Name<'t>,
    /// What stands between the parentheses.
    pub arguments: Vec<Expr<'t>>,
}

/// A variable, an address or, where the text allows it, the name of what is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Name<'t> {
    /// As it is written.
    pub text: &'t str,
    /// Whether it may name what is counted (`user` in `2 / user / day`). It does when nothing is called so.
    pub may_be_label: bool,
    pub(super) place: Place,
}

impl Name<'_> {
    /// Its bytes in the text.
    pub fn range(&self) -> Range<usize> {
        self.place.range()
    }
}

/// A 90% interval.
#[derive(Clone, PartialEq, Debug)]
pub struct Interval<'t> {
    /// The 5th percentile in base units.
    pub low: f64,
    /// The 95th percentile in base units.
    pub high: f64,
    /// The median in base units.
    pub median: f64,
    /// Which distribution has these percentiles.
    pub shape: Shape,
    /// Whether both ends are written as shares (percent, nines), so that samples belong between 0 and 1.
    pub is_share: bool,
    /// The two literals: low and high of `a..b`, middle and margin of `a ± b`.
    pub literals: [Literal<'t>; 2],
    /// Whether it is written `a ± b`.
    pub is_margin: bool,
}

/// The distribution that an interval stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// The logarithm is normal: both ends are positive.
    Lognormal,
    /// The log-odds are normal: both ends are shares above 0% and below 100%.
    Logitnormal,
    /// Normal.
    Normal,
}

impl<'t> Expr<'t> {
    pub(super) fn new(kind: Kind<'t>, place: Place) -> Self {
        Self { kind, place }
    }

    /// Its bytes in the text, parentheses included.
    pub fn range(&self) -> Range<usize> {
        self.place.range()
    }

    /// The literal, when that is all there is.
    pub fn as_literal(&self) -> Option<&Literal<'t>> {
        match &self.kind {
            Kind::Literal(literal) => Some(literal),
            _ => None,
        }
    }

    /// This node and all below it, from left to right, parents first.
    pub fn nodes(&self) -> Nodes<'_, 't> {
        Nodes { next: Some(self), waiting: Vec::new() }
    }

    /// Every literal, those in intervals included.
    pub fn literals(&self) -> impl Iterator<Item = &Literal<'t>> {
        self.nodes().flat_map(|node| match &node.kind {
            Kind::Literal(literal) => std::slice::from_ref(literal).iter(),
            Kind::Interval(interval) => interval.literals.iter(),
            _ => [].iter(),
        })
    }

    /// Every variable and address, called addresses included; functions of the language are not names.
    pub fn names(&self) -> impl Iterator<Item = Name<'t>> {
        self.nodes().filter_map(|node| match &node.kind {
            Kind::Name(name) => Some(*name),
            Kind::Call(call) if call.is_address() => Some(call.name),
            _ => None,
        })
    }

    /// Which currencies are written where.
    pub fn currencies(&self) -> impl Iterator<Item = (Currency, Range<usize>)> {
        self.literals().filter_map(|literal| Some((literal.currency()?, literal.range())))
    }
}

impl Call<'_> {
    /// Whether an address of the model is called and not a function of the language.
    pub fn is_address(&self) -> bool {
        self.name.text.contains('.')
    }
}

/// See [`Expr::nodes`].
pub struct Nodes<'e, 't> {
    next: Option<&'e Expr<'t>>,
    waiting: Vec<&'e Expr<'t>>,
}

impl<'e, 't> Iterator for Nodes<'e, 't> {
    type Item = &'e Expr<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        let node = self.next.take()?;
        match &node.kind {
            Kind::Literal(_) | Kind::Interval(_) | Kind::Name(_) => {}
            Kind::Negate(inner) => self.waiting.push(inner),
            Kind::Sum(chain) | Kind::Product(chain) => {
                self.waiting.extend(chain.rest.iter().rev().map(|link| &link.operand));
                self.waiting.push(&chain.first);
            }
            Kind::Power(power) => self.waiting.extend([&power.exponent, &power.base]),
            Kind::Call(call) => self.waiting.extend(call.arguments.iter().rev()),
        }
        self.next = self.waiting.pop();
        Some(node)
    }
}

/// What is known under a name.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Found<T> {
    /// It exists.
    Known(T),
    /// It exists but an error, reported elsewhere, keeps it from being known.
    Broken,
    /// Nothing is called so.
    Unknown,
}

/// The names that an expression may use and their dimensions.
///
/// While an assumption is checked, its own name is best left unknown: then `users: 150M users` reads as the
/// label it is, and an assumption that refers to itself is reported as a name that does not exist.
pub trait Names {
    /// The dimension of a variable or address.
    fn dimension_of(&self, name: &str) -> Found<super::Dimension>;

    /// The dimension of an address with arguments, which have been checked already.
    fn dimension_of_call(&self, _call: &Call) -> Found<super::Dimension> {
        Found::Unknown
    }

    /// The known name that `wrong` was probably meant to be.
    fn closest(&self, wrong: &str) -> Option<String>;

    /// Whether nothing else than `near`, which is the closest, can have been meant.
    fn is_sure(&self, _wrong: &str, _near: &str) -> bool {
        false
    }
}

/// The values behind the names, in base units.
pub trait Values {
    /// The value of a variable or address.
    fn value_of(&self, name: &str) -> Found<f64>;

    /// The value of an address with arguments.
    fn value_of_call(&self, _call: &Call) -> Result<Found<f64>, Box<Problem>> {
        Ok(Found::Unknown)
    }
}
