//! Values with units: an expression, and what it must measure where it stands.

use super::shape::{Reader, Schemas, Shape, Visit};
use crate::diagnostic::Diagnostic;
use crate::quantity::{self, Dimension, Expected, Expr, Problem};
use crate::source::Span;
use crate::syntax::{CoreType, Node, NodeKind};
use serde_json::{Value, json};
use std::marker::PhantomData;

/// What is wanted at some place of the language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// A share, from nothing to all.
    Share,
    /// A number without dimension.
    Count,
    /// A quantity with this dimension.
    Quantity(Dimension),
    /// A share per time, which may be negative.
    Growth,
    /// Money, alone or per anything.
    Price,
    /// Whatever it is.
    Anything,
}

impl Wanted {
    /// Whether a number without a unit is fine.
    pub fn takes_bare_numbers(self) -> bool {
        matches!(self, Self::Share | Self::Count | Self::Anything)
    }

    /// What is wrong with an expression of this dimension, if anything is.
    pub fn check(self, found: Dimension, expr: &Expr<'_>) -> Option<Problem> {
        let expected = match self {
            Self::Anything => return None,
            Self::Price if found.money == 1 => return None,
            Self::Price => Expected::MONEY,
            Self::Share => Expected::Share,
            Self::Count => Expected::Count,
            Self::Growth => Expected::RATE,
            Self::Quantity(dimension) => Expected::Quantity(dimension),
        };
        let problem = quantity::expect(expr, found, expected)?;
        if self != Self::Growth {
            return Some(problem);
        }
        let example = match expr.as_literal().filter(|literal| literal.is_share()) {
            Some(share) => format!("write `{0} / year` or `{0} / month`", share.text),
            None => "write a share over time, such as `40% / year`".to_owned(),
        };
        let message = "a growth says in which time something grows by how much".to_owned();
        Some(Problem { message, ..problem }.help(example))
    }
}

/// What a value must measure at some place of the language.
pub trait Measure {
    /// The dimension.
    const EXPECTED: Wanted;
    /// In words, with an example.
    const WANTED: &'static str;
}

macro_rules! measures {
    ($($(#[doc = $docs:literal])* $name:ident, $expected:expr, $wanted:literal;)*) => {
        $(
            $(#[doc = $docs])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;
            impl Measure for $name {
                const EXPECTED: Wanted = $expected;
                const WANTED: &'static str = $wanted;
            }
        )*
    };
}

measures! {
    /// Seconds.
    Time, Wanted::Quantity(Dimension::TIME), "a time, such as `300 ms`";
    /// Bytes.
    Bytes, Wanted::Quantity(Dimension::DATA), "a size, such as `500 B` or `2 GB`";
    /// Per second.
    Rate, Wanted::Quantity(Dimension::RATE), "a rate, such as `200 / s` or `1M / day`";
    /// Bytes per second.
    Throughput, Wanted::Quantity(Dimension::BANDWIDTH), "a bandwidth, such as `10 Gbps` or `50 MB/s`";
    /// A fraction of one.
    Share, Wanted::Share, "a share, such as `99.9%` or `0.1`";
    /// A number without dimension.
    Count, Wanted::Count, "a number";
    /// Per year, as a share.
    Growth, Wanted::Growth, "a growth, such as `40% / year`";
    /// Money, alone or per something.
    Money, Wanted::Price, "a price, such as `$70 / month`";
    /// Whatever it is.
    Anything, Wanted::Anything, "a number, a quantity with its unit, or an expression";
}

/// What a quantity keeps of what was written.
#[derive(Debug)]
pub struct Written<'t> {
    /// The value.
    pub expr: Expr<'t>,
    /// Where it stands.
    pub node: Node<'t>,
    /// What it must measure here.
    pub expected: Wanted,
}

/// A value with a unit. Boxed, because a component has room for dozens and states a handful.
#[derive(Debug)]
pub struct Quantity<'t, M> {
    /// What was written.
    pub written: Box<Written<'t>>,
    measure: PhantomData<M>,
}

impl<M> Quantity<'_, M> {
    /// Where it stands.
    pub fn span(&self) -> Span {
        self.written.node.span()
    }
}

/// A problem inside a scalar as a diagnostic at its characters.
pub fn locate(problem: Problem, node: Node<'_>) -> Diagnostic {
    let wrong = node.text().get(problem.range.clone()).unwrap_or_default();
    let mut diagnostic = Diagnostic::error(problem.rule, node.subspan(problem.range), problem.message);
    if let Some((right, is_sure)) = problem.instead {
        diagnostic = diagnostic.instead(wrong, &right, is_sure);
    }
    diagnostic.label = problem.label;
    diagnostic.help = problem.help;
    for (range, message) in problem.related {
        diagnostic = diagnostic.related(node.subspan(range), message);
    }
    diagnostic
}

impl<'t, M: Measure> Shape<'t> for Quantity<'t, M> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        if node.kind() != NodeKind::Scalar || node.is_null() || matches!(node.core_type(), CoreType::Bool(_))
        {
            reader.wrong_type(node, M::WANTED);
            return None;
        }
        if matches!(node.core_type(), CoreType::Number(_)) && !M::EXPECTED.takes_bare_numbers() {
            let expr = quantity::parse(node.text()).ok();
            match expr.and_then(|expr| M::EXPECTED.check(Dimension::NONE, &expr)) {
                Some(problem) => reader.report(locate(problem, node)),
                // A number that only YAML knows, such as `0x10`.
                None => reader.wrong_type(node, M::WANTED),
            }
            return None;
        }
        match quantity::parse(node.text()) {
            Ok(expr) => {
                let written = Box::new(Written { expr, node, expected: M::EXPECTED });
                Some(Self { written, measure: PhantomData })
            }
            Err(problems) => {
                for problem in problems {
                    reader.report(locate(problem, node));
                }
                None
            }
        }
    }

    fn schema(_: &mut Schemas) -> Value {
        let title = M::WANTED.split(", such as").next().unwrap_or(M::WANTED);
        let types =
            if M::EXPECTED.takes_bare_numbers() { json!(["string", "number"]) } else { json!("string") };
        json!({ "title": title, "type": types, "errorMessage": format!("write {}", M::WANTED) })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        visitor.quantity(&self.written);
    }
}

/// A comparison over computed values.
#[derive(Debug)]
pub struct Check<'t> {
    /// What was written, understood.
    pub check: Box<quantity::Check<'t>>,
    /// Where it stands.
    pub node: Node<'t>,
}

const COMPARISON: &str = "a comparison, such as `flows.buy.latency.p99 < 200 ms`";

/// Reads a comparison; `wanted` says in words what should stand there.
pub fn read_comparison<'t>(
    node: Node<'t>,
    wanted: &str,
    reader: &mut Reader,
) -> Option<Box<quantity::Check<'t>>> {
    if node.kind() != NodeKind::Scalar || node.core_type() != CoreType::Text {
        reader.wrong_type(node, wanted);
        return None;
    }
    match quantity::parse_check(node.text()) {
        Ok(check) => Some(Box::new(check)),
        Err(problems) => {
            problems.into_iter().for_each(|problem| reader.report(locate(problem, node)));
            None
        }
    }
}

impl<'t> Shape<'t> for Check<'t> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        read_comparison(node, COMPARISON, reader).map(|check| Self { check, node })
    }

    fn schema(_: &mut Schemas) -> Value {
        json!({ "title": "a comparison", "type": "string", "errorMessage": format!("write {COMPARISON}") })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        visitor.check(self);
    }
}
