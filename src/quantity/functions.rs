//! The functions of the expression language: how many arguments they take and what they do to dimensions.

use super::math;

/// What a function does to the dimensions of its arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Effect {
    /// All arguments have one dimension, and so has the result.
    Same,
    /// Arguments and result are counts, because the result would depend on the unit otherwise.
    Counts,
    /// The square root.
    Root,
    /// A power with the exponent as second argument.
    Power,
    /// Values of one dimension, each followed by its weight, which is a count.
    Choice,
}

/// A function of the expression language.
#[derive(Debug)]
pub struct Function {
    name: &'static str,
    /// How it is called, for messages.
    pub(super) usage: &'static str,
    pub(super) effect: Effect,
    does: Does,
}

#[derive(Debug)]
enum Does {
    Fold(fn(f64, f64) -> f64),
    Map(fn(f64) -> f64),
    Logarithm(fn(f64) -> f64),
    Root,
    Power,
    Choice,
}

static FUNCTIONS: [Function; 14] = [
    function("max", "max(a, b)", Effect::Same, Does::Fold(f64::max)),
    function("min", "min(a, b)", Effect::Same, Does::Fold(f64::min)),
    function("sum", "sum(a, b)", Effect::Same, Does::Fold(|total, value| total + value)),
    function("abs", "abs(x)", Effect::Same, Does::Map(f64::abs)),
    function("ceil", "ceil(x)", Effect::Counts, Does::Map(ceil)),
    function("floor", "floor(x)", Effect::Counts, Does::Map(|x| -ceil(-x))),
    function("round", "round(x)", Effect::Counts, Does::Map(f64::round)),
    function("exp", "exp(x)", Effect::Counts, Does::Map(math::exp)),
    function("ln", "ln(x)", Effect::Counts, Does::Logarithm(math::ln)),
    function("log10", "log10(x)", Effect::Counts, Does::Logarithm(math::log10)),
    function("log2", "log2(x)", Effect::Counts, Does::Logarithm(math::log2)),
    function("sqrt", "sqrt(x)", Effect::Root, Does::Root),
    function("pow", "pow(base, exponent)", Effect::Power, Does::Power),
    function("choice", "choice(value, weight, value, weight)", Effect::Choice, Does::Choice),
];

const fn function(name: &'static str, usage: &'static str, effect: Effect, does: Does) -> Function {
    Function { name, usage, effect, does }
}

pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().map(|function| function.name)
}

impl Function {
    /// The function that is called so.
    pub fn find(name: &str) -> Option<&'static Self> {
        find(name)
    }

    /// What it is called.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What it takes instead, when it does not take so many arguments.
    pub fn wrong_count(&self, count: usize) -> Option<&'static str> {
        match self.does {
            Does::Fold(_) => (count == 0).then_some("at least one argument"),
            Does::Power => (count != 2).then_some("two arguments"),
            Does::Choice => (count < 2 || count % 2 == 1).then_some("values, each followed by its weight"),
            _ => (count != 1).then_some("one argument"),
        }
    }

    /// The value, or why there is none.
    pub fn apply(&self, arguments: &[f64]) -> Result<f64, &'static str> {
        let (Some(&first), rest) = (arguments.first(), arguments.get(1..).unwrap_or(&[])) else {
            return Err("this function has nothing to work on");
        };
        match self.does {
            Does::Fold(fold) => Ok(rest.iter().copied().fold(first, fold)),
            Does::Map(map) => Ok(map(first)),
            Does::Logarithm(_) if first <= 0.0 => Err("only positive numbers have a logarithm"),
            Does::Logarithm(logarithm) => Ok(logarithm(first)),
            Does::Root if first < 0.0 => Err("negative numbers have no square root"),
            Does::Root => Ok(first.sqrt()),
            Does::Power => power(first, rest.first().copied().unwrap_or(1.0)),
            Does::Choice => {
                choose(arguments, 0.5).ok_or("weights are not negative, and one is more than nothing")
            }
        }
    }
}

/// Of values that are each followed by their weight, the one up to which a share of the weight lies: with half of it the one in
/// the middle. `None` when the weights make no sense.
pub fn choose(pairs: &[f64], share: f64) -> Option<f64> {
    let mut sorted: Vec<(f64, f64)> = pairs
        .chunks_exact(2)
        .filter_map(|pair| match pair {
            [value, weight] => Some((*value, *weight)),
            _ => None,
        })
        .collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: f64 = sorted.iter().map(|pair| pair.1).sum();
    if !(total > 0.0 && total < f64::INFINITY && sorted.iter().all(|pair| pair.1 >= 0.0)) {
        return None;
    }
    let mut left = share * total;
    let mut last = None;
    for (value, weight) in sorted.into_iter().filter(|pair| pair.1 > 0.0) {
        last = Some(value);
        left -= weight;
        if left <= 0.0 {
            break;
        }
    }
    last
}

/// `base^exponent`, or why there is none.
pub(super) fn power(base: f64, exponent: f64) -> Result<f64, &'static str> {
    if base == 0.0 && exponent < 0.0 {
        Err("this divides by zero")
    } else if base < 0.0 && exponent.fract() != 0.0 {
        Err("negative numbers have only whole powers")
    } else {
        Ok(math::power(base, exponent))
    }
}

/// Rounds up, but not over a whole number that calculating with fractions has missed by a hair.
fn ceil(value: f64) -> f64 {
    (value - 1e-9).ceil() + 0.0
}
