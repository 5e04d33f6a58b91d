//! The central estimate of an expression: every interval stands for its median.

use super::dimension::Dimension;
use super::expr::{Call, Chain, Expr, Found, Kind, Name, Names, Operator, Values};
use super::functions;
use super::problem::{IMPOSSIBLE_VALUE, NOT_COMPUTABLE, Problem, UNRESOLVED_REFERENCE};

/// Knows no names: for expressions that are made of numbers alone.
#[derive(Debug)]
pub struct NoNames;

impl Names for NoNames {
    fn dimension_of(&self, _: &str) -> Found<Dimension> {
        Found::Unknown
    }

    fn closest(&self, _: &str) -> Option<String> {
        None
    }
}

impl Values for NoNames {
    fn value_of(&self, _: &str) -> Found<f64> {
        Found::Unknown
    }
}

impl Expr<'_> {
    /// The value in base units (seconds, bytes, the currency, fractions); always finite.
    pub fn central(&self, values: &dyn Values) -> Result<f64, Box<Problem>> {
        let value = match &self.kind {
            Kind::Literal(literal) => return Ok(literal.value),
            Kind::Interval(interval) => interval.median,
            Kind::Name(name) => name_value(name, values)?,
            Kind::Negate(inner) => -inner.central(values)?,
            Kind::Sum(chain) => sum(chain, values)?,
            Kind::Product(chain) => product(chain, values)?,
            Kind::Power(power) => {
                let [base, exponent] = [power.base.central(values)?, power.exponent.central(values)?];
                functions::power(base, exponent).map_err(|why| impossible(self, why))?
            }
            Kind::Call(call) => self.call(call, values)?,
        };
        if value.is_finite() {
            // The sum with zero turns minus zero into zero.
            return Ok(value + 0.0);
        }
        Err(impossible(self, "this is larger than any number that can be computed with"))
    }

    fn call(&self, call: &Call, values: &dyn Values) -> Result<f64, Box<Problem>> {
        if call.is_address() {
            return known(values.value_of_call(call)?, &call.name);
        }
        let arguments: Result<Vec<f64>, Box<Problem>> =
            call.arguments.iter().map(|argument| argument.central(values)).collect();
        let Some(function) = functions::find(call.name.text) else {
            return known(Found::Unknown, &call.name);
        };
        function.apply(&arguments?).map_err(|why| impossible(self, why))
    }
}

fn sum(chain: &Chain, values: &dyn Values) -> Result<f64, Box<Problem>> {
    let first = chain.first.central(values)?;
    chain.rest.iter().try_fold(first, |total, link| {
        let term = link.operand.central(values)?;
        Ok(if link.operator == Operator::Subtract { total - term } else { total + term })
    })
}

fn product(chain: &Chain, values: &dyn Values) -> Result<f64, Box<Problem>> {
    let first = chain.first.central(values)?;
    chain.rest.iter().try_fold(first, |product, link| {
        let factor = link.operand.central(values)?;
        if link.operator != Operator::Divide {
            return Ok(product * factor);
        }
        if factor == 0.0 {
            return Err(impossible(&link.operand, "this divides by zero"));
        }
        Ok(product / factor)
    })
}

fn name_value(name: &Name, values: &dyn Values) -> Result<f64, Box<Problem>> {
    match values.value_of(name.text) {
        // What is counted is counted in ones.
        Found::Unknown if name.may_be_label => Ok(1.0),
        found => known(found, name),
    }
}

fn known(found: Found<f64>, name: &Name) -> Result<f64, Box<Problem>> {
    let text = name.text;
    let (rule, message) = match found {
        Found::Known(value) => return Ok(value),
        Found::Broken => (NOT_COMPUTABLE, format!("the value of `{text}` is not known")),
        Found::Unknown => (UNRESOLVED_REFERENCE, format!("nothing is called `{text}`")),
    };
    Err(Box::new(Problem::new(rule, name.range(), message)))
}

fn impossible(expr: &Expr, why: &str) -> Box<Problem> {
    Box::new(Problem::new(IMPOSSIBLE_VALUE, expr.range(), why))
}
