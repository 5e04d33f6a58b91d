//! All quantities of a design: the names they use, what they measure, and whether the value can be.

use super::addresses;
use super::assumptions::{Assumed, Scope};
use super::names::{Names, Space};
use crate::diagnostic::Diagnostic;
use crate::quantity::{self, Currency};
use crate::source::Span;
use crate::spec::Design;
use crate::spec::quantities::{Check, Wanted, Written, locate};
use crate::spec::shape::{Reader, Shape, Visit};
use std::collections::BTreeSet;

/// What was learned from seeing every quantity.
#[derive(Debug, Default)]
pub struct Seen {
    /// The assumptions that something rests on, by index.
    pub used_assumptions: BTreeSet<u32>,
    /// The currency of the design and where it is first used.
    pub currency: Option<(Currency, Span)>,
}

struct Checker<'m, 't> {
    names: &'m Names<'t>,
    assumed: &'m Assumed,
    seen: Seen,
    reader: &'m mut Reader,
}

/// Checks them all.
pub fn resolve<'t>(design: &Design<'t>, names: &Names<'t>, assumed: &Assumed, reader: &mut Reader) -> Seen {
    let mut checker = Checker { names, assumed, seen: Seen::default(), reader };
    design.visit(&mut checker);
    checker.seen
}

impl Checker<'_, '_> {
    fn see(&mut self, expr: &quantity::Expr<'_>, node: crate::syntax::Node<'_>) {
        for name in expr.names() {
            let id = name.text.strip_prefix("assumptions.").unwrap_or(name.text);
            if let Some(index) = self.names.find(Space::Assumption, id) {
                self.seen.used_assumptions.insert(index);
            }
        }
        for (currency, range) in expr.currencies() {
            let span = node.subspan(range);
            match self.seen.currency {
                None => self.seen.currency = Some((currency, span)),
                Some((first, first_span)) if first != currency => {
                    let message =
                        format!("this design counts money in {}, not in {}", first.code(), currency.code());
                    self.reader.report(
                        Diagnostic::error("mixed-currencies", span, message)
                            .related(first_span, format!("{} is first used here", first.symbol()))
                            .help(format!("convert the amount to {}", first.code())),
                    );
                }
                Some(_) => {}
            }
        }
    }
}

impl<'t> Visit<'t> for Checker<'_, 't> {
    fn quantity(&mut self, written: &Written<'t>) {
        self.see(&written.expr, written.node);
        if written.expected == Wanted::Anything {
            // Assumptions have been checked, in the order in which they rest on each other.
            return;
        }
        let scope = Scope::new(self.names, self.assumed);
        let problems = match written.expr.check(&scope) {
            Err(problems) => problems,
            Ok(dimension) => match written.expected.check(dimension, &written.expr) {
                Some(problem) => vec![problem],
                None => check_value(written, &scope).into_iter().collect(),
            },
        };
        problems.into_iter().for_each(|problem| self.reader.report(locate(problem, written.node)));
    }

    fn check(&mut self, check: &Check<'t>) {
        let scope = addresses::Addresses { names: self.names, assumed: self.assumed };
        for comparison in check.check.comparisons() {
            self.see(&comparison.left, check.node);
            self.see(&comparison.right, check.node);
        }
        if let Err(problems) = check.check.check(&scope) {
            problems.into_iter().for_each(|problem| self.reader.report(locate(problem, check.node)));
        }
    }
}

/// Values that nothing in the world can have.
fn check_value(written: &Written<'_>, scope: &Scope<'_, '_>) -> Option<quantity::Problem> {
    let whole = 0..written.node.text().len();
    let value = match written.expr.central(scope) {
        Ok(value) => value,
        Err(problem) => return (problem.rule != quantity::NOT_COMPUTABLE).then_some(*problem),
    };
    let shown = written.node.text();
    let (message, help) = match written.expected {
        Wanted::Share if value > 1.0 => more_than_all(shown, value),
        Wanted::Growth | Wanted::Anything => return None,
        _ if value < 0.0 => {
            (format!("`{shown}` is less than nothing"), "write a value that is not negative".into())
        }
        _ => return None,
    };
    Some(quantity::Problem::new(quantity::IMPOSSIBLE_VALUE, whole, message).help(help))
}

/// What is wrong with a share of more than all, and what to write instead.
pub fn more_than_all(shown: &str, value: f64) -> (String, String) {
    let message = match shown.contains('%') {
        true => format!("`{shown}` is more than 100%"),
        false => format!("`{shown}` is more than 1, which stands for 100%"),
    };
    let is_number = shown.starts_with(|first: char| first.is_ascii_digit()) && shown.parse::<f64>().is_ok();
    let help = if value <= 100.0 && is_number {
        format!("write `{shown}%` or a number from 0 to 1")
    } else {
        "write a share from 0% to 100%".to_owned()
    };
    (message, help)
}

/// The central value of a quantity of the design; `None` when it is not known.
pub fn central(written: &Written<'_>, names: &Names<'_>, assumed: &Assumed) -> Option<f64> {
    written.expr.central(&Scope::new(names, assumed)).ok()
}
