//! Runs one rule: what it needs, allows, compares and forbids.

use super::elements::{self, Element};
use super::matching::Matcher;
use super::{Run, invalid};
use crate::diagnostic::Diagnostic;
use crate::estimate::calls::{Calls, Item};
use crate::estimate::{Evaluation, Value};
use crate::model::addresses::Address;
use crate::model::assumptions::Scope;
use crate::quantity::{self, Call, Dimension, Found, Names, Values};
use crate::rules::{Case, Numbers};
use crate::spec::own_rule::{Condition, Find, OwnRule};
use crate::spec::quantities::locate;
use crate::suggest::nearest;
use std::collections::BTreeSet;

pub(super) fn run(run: &Run<'_, '_, '_>, out: &mut Vec<Diagnostic>) {
    let rule = &run.entry.value;
    forbidden(run, out);
    let Some(find) = rule.find.map(|find| find.value) else { return };
    let mut meant = elements::all(run.case.model(), find);
    if let Some(only) = &rule.only {
        let matcher = Matcher::new(run.case.model(), find, only);
        meant.retain(|element| matcher.takes(element));
    }
    for element in &meant {
        needed(run, find, element, out);
        allowed(run, find, element, out);
    }
    if let Some(condition) = &rule.check {
        compared(run, find, &meant, condition, out);
    }
    if let Some(most) = rule.depth.as_ref().and_then(|depth| run.case.central(&depth.written)) {
        for element in meant.iter().filter(|_| find == Find::Flows) {
            nested(run, element, most, out);
        }
    }
}

/// `id` is what a finding is about.
fn about<'a>(element: &Element<'a>) -> impl Fn(&str) -> Option<String> + use<'a> {
    let id = element.name.text;
    move |name| (name == "id").then(|| id.to_owned())
}

fn needed(run: &Run<'_, '_, '_>, find: Find, element: &Element<'_>, out: &mut Vec<Diagnostic>) {
    let is_missing = |key: &str| elements::value(find, element.node, key).is_none();
    for key in run.entry.value.needs.iter().filter(|key| is_missing(key.text)) {
        let id = about(element);
        let fill = |name: &str| if name == "key" { Some(key.text.to_owned()) } else { id(name) };
        let message = format!("`{}` has no `{}`", element.name.text, key.text);
        let finding = run.finding(element.name.span, message, &fill);
        out.push(with_help(finding, || format!("add `{}: …`", key.text)));
    }
}

fn with_help(mut finding: Diagnostic, help: impl FnOnce() -> String) -> Diagnostic {
    if finding.help.is_none() {
        finding.help = Some(help());
    }
    finding
}

fn allowed(run: &Run<'_, '_, '_>, find: Find, element: &Element<'_>, out: &mut Vec<Diagnostic>) {
    let technology = |name: &str| run.case.catalog.technology(name).map(|known| known.id);
    for entry in run.entry.value.allowed.iter() {
        let key = entry.name.text;
        let words: Vec<&str> = entry.value.iter().map(|text| text.text).collect();
        let is_allowed = |text: &str| {
            // A technology may be known by several names.
            let same = |word: &str| {
                key == "tech" && technology(word).is_some() && technology(word) == technology(text)
            };
            words.iter().any(|word| *word == text || same(word))
        };
        for value in elements::texts(find, element.node, key) {
            if is_allowed(value.text()) {
                continue;
            }
            let id = about(element);
            let fill = |name: &str| match name {
                "key" => Some(key.to_owned()),
                "value" => Some(value.text().to_owned()),
                _ => id(name),
            };
            let message = format!("`{}` may not have `{key}: {}`", element.name.text, value.text());
            let finding = run.finding(value.span(), message, &fill);
            out.push(with_help(finding, || match words.as_slice() {
                [] => format!("take `{key}` out"),
                words => format!("write one of: {}", words.join(", ")),
            }));
        }
    }
}

fn forbidden(run: &Run<'_, '_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(forbid) = &run.entry.value.forbid else { return };
    let (Some(from), Some(to)) = (&forbid.from, &forbid.to) else { return };
    let model = run.case.model();
    let components = elements::all(model, Find::Components);
    let like = |only| {
        let matcher = Matcher::new(model, Find::Components, only);
        components.iter().map(|element| matcher.takes(element)).collect::<Vec<bool>>()
    };
    let (from, to) = (like(from), like(to));
    let is = |list: &[bool], index: u32| list.get(index as usize).copied().unwrap_or(false);
    // A pair that several flows connect is one finding, where it is written first.
    let mut seen = BTreeSet::new();
    for connection in &model.connections {
        let pair = (connection.from, connection.to);
        if !is(&from, connection.from) || !is(&to, connection.to) || !seen.insert(pair) {
            continue;
        }
        let (caller, called) = (model.component_name(connection.from), model.component_name(connection.to));
        let fill = |name: &str| match name {
            "from" => Some(caller.to_owned()),
            "to" => Some(called.to_owned()),
            _ => None,
        };
        let finding = run.finding(connection.span, format!("`{caller}` must not reach `{called}`"), &fill);
        out.push(with_help(finding, || {
            "put something between them that may, or take the connection out".to_owned()
        }));
    }
}

/// How many calls wait for each other, one inside the other.
fn depth(calls: &Calls<'_, '_>) -> usize {
    let mut deepest = 0;
    let mut waiting: Vec<(&[Item], usize)> = vec![(&calls.roots, 0)];
    while let Some((items, depth)) = waiting.pop() {
        deepest = deepest.max(depth);
        for item in items {
            match *item {
                Item::Call(index) => {
                    let Some(call) = calls.calls.get(index) else { continue };
                    // Nobody waits for what a message sets off: there, counting begins anew.
                    let inside = if call.waits { depth + 1 } else { 0 };
                    let others = [Some(&call.body), call.on_miss.as_ref(), call.fallback.as_ref()];
                    waiting.extend(others.into_iter().flatten().map(|items| (items.as_slice(), inside)));
                }
                Item::Group(index) => {
                    let group = calls.groups.get(index);
                    let branches = group.into_iter().flat_map(|group| &group.branches);
                    waiting.extend(branches.map(|branch| (branch.items.as_slice(), depth)));
                }
            }
        }
    }
    deepest
}

fn nested(run: &Run<'_, '_, '_>, element: &Element<'_>, most: f64, out: &mut Vec<Diagnostic>) {
    let Some(calls) = run.case.calls().get(element.index as usize) else { return };
    let depth = depth(calls);
    if depth as f64 <= most {
        return;
    }
    let id = about(element);
    let fill = |name: &str| if name == "depth" { Some(depth.to_string()) } else { id(name) };
    let message =
        format!("in `{}`, {depth} calls wait for each other, and at most {most} may", element.name.text);
    let finding = run.finding(element.name.span, message, &fill);
    out.push(with_help(finding, || "answer earlier, or send a message instead of waiting".to_owned()));
}

/// What a comparison may name: the computed values of what the rule looks at, and assumptions.
struct Relative<'a, 'm, 't> {
    table: &'static [Address],
    assumptions: &'a Scope<'m, 't>,
}

impl Relative<'_, '_, '_> {
    fn address(&self, name: &str) -> Option<&'static Address> {
        self.table.iter().find(|address| address.name == name && address.argument.is_none())
    }
}

impl Names for Relative<'_, '_, '_> {
    fn dimension_of(&self, name: &str) -> Found<Dimension> {
        match self.address(name) {
            Some(address) => Found::Known(address.dimension),
            None => self.assumptions.dimension_of(name),
        }
    }

    fn closest(&self, wrong: &str) -> Option<String> {
        let near = nearest(wrong, self.table.iter().map(|address| address.name));
        near.map(|near| near.word.to_owned()).or_else(|| self.assumptions.closest(wrong))
    }
}

/// Reports what makes no sense in the comparison of a rule.
pub(super) fn review_check(case: &Case<'_, '_>, find: Find, rule: &OwnRule<'_>, out: &mut Vec<Diagnostic>) {
    let Some(condition) = &rule.check else { return };
    let table = elements::addresses(find);
    if table.is_empty() {
        let message = format!("nothing is computed for {}", find.word());
        out.push(invalid(condition.node.span(), message, "look at components, flows, apis or data"));
        return;
    }
    let model = case.model();
    let assumptions = Scope::new(&model.names, &model.assumed);
    if let Err(problems) = condition.check.check(&Relative { table, assumptions: &assumptions }) {
        out.extend(problems.into_iter().map(|problem| locate(problem, condition.node)));
    }
}

/// The values of one element.
struct Of<'a, 'm, 't> {
    numbers: &'a Numbers<'m, 't>,
    central: &'a Evaluation,
    find: Find,
    index: u32,
    assumptions: &'a Scope<'m, 't>,
}

impl Of<'_, '_, '_> {
    fn value(&self, name: &str) -> Option<Value> {
        self.numbers.estimate.get(elements::subject(self.find, self.index)?, name)
    }
}

impl Values for Of<'_, '_, '_> {
    fn value_of(&self, name: &str) -> Found<f64> {
        if !elements::addresses(self.find).iter().any(|address| address.name == name) {
            return self.assumptions.value_of(name);
        }
        // What is not known does not break a rule: that a number is missing is said elsewhere.
        let known = self.value(name).map(|value| self.central.of(value)).filter(|number| !number.is_nan());
        known.map_or(Found::Broken, Found::Known)
    }

    fn value_of_call(&self, _: &Call) -> Result<Found<f64>, Box<quantity::Problem>> {
        Ok(Found::Broken)
    }
}

fn compared(
    run: &Run<'_, '_, '_>,
    find: Find,
    meant: &[Element<'_>],
    condition: &Condition<'_>,
    out: &mut Vec<Diagnostic>,
) {
    let model = run.case.model();
    let assumptions = Scope::new(&model.names, &model.assumed);
    let table = elements::addresses(find);
    if meant.is_empty() || condition.check.check(&Relative { table, assumptions: &assumptions }).is_err() {
        return;
    }
    let Some(numbers) = run.case.numbers() else { return };
    let named: BTreeSet<&str> = condition.check.names().map(|name| name.text).collect();
    let of = |element: &Element<'_>, name: &str| {
        elements::subject(find, element.index).and_then(|subject| numbers.estimate.get(subject, name))
    };
    let wanted: Vec<Value> =
        meant.iter().flat_map(|element| named.iter().filter_map(|name| of(element, name))).collect();
    let central = numbers.with(&wanted);
    for element in meant {
        let values = Of { numbers, central: &central, find, index: element.index, assumptions: &assumptions };
        if !matches!(condition.check.central(&values), Ok(false)) {
            continue;
        }
        let shown = |name: &str| {
            let value = values.value(name)?;
            Some(numbers.estimate.shown(value, central.of(value)))
        };
        let id = about(element);
        let fill = |name: &str| id(name).or_else(|| shown(name));
        let facts: Vec<String> =
            named.iter().filter_map(|name| Some(format!("{name} is {}", shown(name)?))).collect();
        let text = condition.node.text();
        let message = format!("`{}` breaks `{text}`: {}", element.name.text, facts.join(", "));
        let finding = run.finding(element.name.span, message, &fill);
        out.push(with_help(finding, || {
            let name = facts.first().and_then(|fact| fact.split(' ').next()).unwrap_or_default();
            let address = format!("{}.{}.{name}", find.word(), element.name.text);
            format!("see what it is made of: `sysdesign explain FILE {address}`")
        }));
    }
}
