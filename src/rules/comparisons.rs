//! The comparisons of a check with their numbers: which of them fail, and how that is said.

use super::Numbers;
use crate::estimate::{Evaluation, Subject, Value, address};
use crate::model::Model;
use crate::model::names::Space;
use crate::quantity::{self, Comparator, Comparison, Expr, Kind};
use crate::source::Span;
use crate::spec::quantities::Check;

/// A comparison that does not come out as it should.
#[derive(Debug)]
pub struct Failing<'c, 't> {
    /// What is written.
    pub comparison: &'c Comparison<'t>,
    /// How the two should compare.
    pub wanted: Comparator,
    /// The number to the left.
    pub left: Value,
    /// The number to the right.
    pub right: Value,
}

/// The comparisons because of which a check fails by the central values.
pub fn failing<'c, 't>(
    numbers: &Numbers<'_, '_>,
    central: &Evaluation,
    check: &'c quantity::Check<'t>,
    value: Value,
) -> Vec<Failing<'c, 't>> {
    let mut found = Vec::new();
    walk(numbers, central, check, value, true, &mut found);
    found
}

fn walk<'c, 't>(
    numbers: &Numbers<'_, '_>,
    central: &Evaluation,
    check: &'c quantity::Check<'t>,
    value: Value,
    should_hold: bool,
    found: &mut Vec<Failing<'c, 't>>,
) {
    if (central.of(value) >= 0.5) == should_hold {
        return;
    }
    let inputs = numbers.estimate.sheet.inputs(value);
    match check {
        quantity::Check::Compare(comparison) => {
            if let [left, right] = inputs {
                let wanted = if should_hold { comparison.operator } else { opposite(comparison.operator) };
                found.push(Failing { comparison, wanted, left: *left, right: *right });
            }
        }
        quantity::Check::All(parts) | quantity::Check::Any(parts) => match parts.as_slice() {
            // One alone has no node of its own.
            [only] => walk(numbers, central, only, value, should_hold, found),
            parts => {
                for (part, value) in parts.iter().zip(inputs) {
                    walk(numbers, central, part, *value, should_hold, found);
                }
            }
        },
        quantity::Check::Not(inner) => {
            if let [value] = inputs {
                walk(numbers, central, inner, *value, !should_hold, found);
            }
        }
    }
}

fn opposite(comparator: Comparator) -> Comparator {
    match comparator {
        Comparator::Less => Comparator::AtLeast,
        Comparator::AtMost => Comparator::Greater,
        Comparator::Greater => Comparator::AtMost,
        Comparator::AtLeast => Comparator::Less,
        Comparator::Equal => Comparator::NotEqual,
        Comparator::NotEqual => Comparator::Equal,
    }
}

fn mirrored(comparator: Comparator) -> Comparator {
    match comparator {
        Comparator::Less => Comparator::Greater,
        Comparator::AtMost => Comparator::AtLeast,
        Comparator::Greater => Comparator::Less,
        Comparator::AtLeast => Comparator::AtMost,
        same => same,
    }
}

/// The first computed value that an expression names.
pub fn first_address(model: &Model<'_>, expr: &Expr<'_>) -> Option<(Subject, &'static str)> {
    let is_computed = |found: &(Subject, &'static str)| !matches!(found.0, Subject::Assumption(_));
    expr.names().filter_map(|name| address::parse(model, name.text)).find(is_computed)
}

/// `p99 of redirect`
pub fn words(model: &Model<'_>, subject: Subject, name: &str) -> String {
    let what = match name {
        "instances" => "number of instances needed".to_owned(),
        "replicas" => "number of instances".to_owned(),
        "records" => "number of records".to_owned(),
        "outages" => "rate of outages".to_owned(),
        "outage" => "length of an outage".to_owned(),
        "errors" => "share of errors".to_owned(),
        "rejected" => "share that is turned away".to_owned(),
        "wait.chance" => "share that waits".to_owned(),
        "latency.mean" => "mean latency".to_owned(),
        _ => match name.strip_prefix("latency.") {
            Some(percentile) => percentile.replace('.', " "),
            None => name.split('.').rev().collect::<Vec<_>>().join(" "),
        },
    };
    let path = subject.path(model);
    let of = path.split_once('.').map_or("the system", |(_, id)| id);
    format!("{what} of {of}")
}

impl<'t> Failing<'_, 't> {
    /// The side that is computed: its expression and number, then those of the other.
    fn sides(&self, model: &Model<'_>) -> [(&Expr<'t>, Value); 2] {
        let left = (&self.comparison.left, self.left);
        let right = (&self.comparison.right, self.right);
        let is_turned = first_address(model, left.0).is_none() && first_address(model, right.0).is_some();
        if is_turned { [right, left] } else { [left, right] }
    }

    /// Whose value it is about.
    pub fn about(&self, model: &Model<'_>) -> Option<(Subject, &'static str)> {
        first_address(model, self.sides(model)[0].0)
    }

    /// The number that is computed.
    pub fn measured(&self, model: &Model<'_>) -> Value {
        self.sides(model)[0].1
    }

    /// Its characters.
    pub fn span(&self, check: &Check<'_>) -> Span {
        check.node.subspan(self.comparison.range())
    }

    /// `p99 of redirect is 63 ms, more than 50 ms`
    pub fn message(
        &self,
        model: &Model<'_>,
        numbers: &Numbers<'_, '_>,
        central: &Evaluation,
        check: &Check<'_>,
    ) -> String {
        let [(one, value), (other, against)] = self.sides(model);
        let text = |expr: &Expr<'_>| check.node.text().get(expr.range()).unwrap_or_default().to_owned();
        let what = match &one.kind {
            Kind::Name(name) => match address::parse(model, name.text) {
                Some((Subject::Assumption(index), _)) => {
                    let known = model.names.all(Space::Assumption).get(index as usize);
                    known.map_or(String::new(), |name| format!("`{}`", name.text))
                }
                Some((subject, name)) => words(model, subject, name),
                None => format!("`{}`", name.text),
            },
            _ => format!("`{}`", text(one)),
        };
        let (number, limit) = (central.of(value), central.of(against));
        let is_share = numbers.estimate.is_share(value) || numbers.estimate.is_share(against);
        let show = |value: Value, number: f64| {
            let dimension = numbers.estimate.sheet.dimension(value);
            numbers.estimate.shown_as(number, dimension, is_share && dimension.is_none())
        };
        let limit_text = match other.as_literal() {
            Some(_) => text(other),
            None => show(against, limit),
        };
        if number.is_infinite() {
            return format!("{what} grows without end, and {limit_text} is asked for");
        }
        let is_turned = std::ptr::eq(one, &raw const self.comparison.right);
        let wanted = if is_turned { mirrored(self.wanted) } else { self.wanted };
        let shown = show(value, number);
        // What is printed with the same digits is told apart by words alone.
        let is_near = shown == show(against, limit);
        let relation = match wanted {
            Comparator::Less | Comparator::AtMost if number == limit => "not less than",
            Comparator::Greater | Comparator::AtLeast if number == limit => "not more than",
            Comparator::Less | Comparator::AtMost if is_near => "a little more than",
            Comparator::Greater | Comparator::AtLeast if is_near => "a little less than",
            Comparator::Less | Comparator::AtMost => "more than",
            Comparator::Greater | Comparator::AtLeast => "less than",
            Comparator::Equal => "not",
            Comparator::NotEqual => "which must not be",
        };
        format!("{what} is {shown}, {relation} {limit_text}")
    }
}
