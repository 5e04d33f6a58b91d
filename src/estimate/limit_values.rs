//! The address `system.limit(A)`: in checks, and asked for by name.

use super::Estimate;
use super::builder::{Builder, Options};
use super::label::{Label, Subject};
use super::limits::{FARTHEST, Wish, find, largest};
use super::sheet::Value;
use crate::model::Model;
use crate::model::names::Space;
use crate::quantity::{Dimension, Expr};

/// The most limits that the checks of one design may ask for: each is a search of its own.
const MOST_IN_CHECKS: usize = 10;

/// `system.limit(A)` in a check: the largest value of an assumption at which everything else holds, for central values.
/// What holds at a million times today's value counts as that much.
pub(super) fn in_check<'m>(builder: &mut Builder<'m, '_>, argument: &'m Expr<'m>) -> Value {
    let text = argument.names().next().map_or("", |name| name.text);
    let id = text.strip_prefix("assumptions.").unwrap_or(text);
    let index = builder.model.names.find(Space::Assumption, id);
    let dimension = index.map(|index| builder.assumption(index)).map(|value| builder.sheet.dimension(value));
    let known = index.and_then(|index| builder.limits.get(&index).copied());
    let may_seek = !builder.options.without_limits && builder.limits.len() < MOST_IN_CHECKS;
    let number = match (known, index) {
        (Some(known), _) => known,
        (None, Some(index)) if may_seek => {
            let found = central_limit(builder.model, builder.options, index);
            builder.limits.insert(index, found);
            found
        }
        _ => None,
    };
    let dimension = dimension.unwrap_or(Dimension::NONE);
    let name = format!("limit({id})");
    match number {
        Some(number) => {
            let value = builder.sheet.given(number, dimension);
            builder.sheet.named(value, Label::AddressOf(Subject::System, name))
        }
        None => {
            let help = format!("ask for it with `sysdesign limit` and the name `{id}`");
            builder.lacking(dimension, format!("`system.{name}`"), help, None)
        }
    }
}

fn central_limit(model: &Model<'_>, options: Options, index: u32) -> Option<f64> {
    let options = Options { without_limits: true, with_traffic_factor: false, ..options };
    let mut estimate = Estimate::new(model, options);
    let input = estimate.get(Subject::Assumption(index), "")?;
    let found = find(&mut estimate, input, Wish { with_down: false, is_central: true }).ok()?;
    let farthest = if found.matters { found.up.sought_to } else { found.today * FARTHEST };
    let unlimited = found.broken.is_empty().then_some(farthest);
    // When something is broken whatever the value is, no value is small enough.
    Some(largest(&found).or(unlimited).unwrap_or(0.0))
}

/// Works out the value at an address `system.limit(A)`, which is only done when somebody asks for it.
pub fn ask(estimate: &mut Estimate<'_, '_>, address: &str) {
    let id = address.strip_prefix("system.limit(").and_then(|rest| rest.strip_suffix(')'));
    let Some(id) = id.map(|id| id.trim()).map(|id| id.strip_prefix("assumptions.").unwrap_or(id)) else {
        return;
    };
    let index = estimate.model.names.find(Space::Assumption, id);
    let input = index.and_then(|index| Some((index, estimate.get(Subject::Assumption(index), "")?)));
    let found = input
        .and_then(|(index, input)| Some((input, central_limit(estimate.model, estimate.options, index)?)));
    if let Some((input, number)) = found.filter(|_| estimate.limits.len() < MOST_IN_CHECKS) {
        let value = estimate.sheet.given(number, estimate.sheet.dimension(input));
        let label = Label::AddressOf(Subject::System, format!("limit({id})"));
        estimate.limits.push((address.to_owned(), estimate.sheet.named(value, label)));
    }
}
