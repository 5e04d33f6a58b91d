//! How far a design reaches: as text for people, and as JSON. `schemas/limit-output.schema.json` describes the latter.

use super::origin::finite;
use crate::estimate::limits::{self, Break, FARTHEST, Limits, Part, Way};
use crate::estimate::{Estimate, Subject, Value, sweeps};
use crate::model::names::Space;
use crate::quantity;
use crate::report::escape;
use crate::report::sanitize::{Signs, Visible};
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// What is written.
#[derive(Clone, Copy)]
pub struct Answer<'a, 'm, 't> {
    /// The numbers.
    pub estimate: &'a Estimate<'m, 't>,
    /// What was found.
    pub limits: &'a Limits,
    /// The assumption; `None` for all traffic.
    pub name: Option<&'a str>,
}

impl Answer<'_, '_, '_> {
    fn id(&self, part: Part) -> &str {
        let (space, index) = match part {
            Part::Requirement(index) => (Space::Requirement, index),
            Part::Component(index) => (Space::Component, index),
        };
        self.estimate.model.names.all(space).get(index as usize).map_or("", |name| name.text)
    }

    fn check(&self, index: u32) -> &str {
        let entry = self.estimate.model.design.requirements.entries.get(index as usize);
        entry.and_then(|entry| entry.value.check.as_ref()).map_or("", |check| check.node.text())
    }

    /// A value of the input as people read it.
    fn value(&self, value: f64) -> String {
        match self.name {
            Some(_) => sweeps::shown_as_written(self.estimate, self.limits.input, value),
            None => times(value),
        }
    }

    fn shown(&self, value: Value, number: f64) -> String {
        self.estimate.shown(value, number)
    }
}

fn times(factor: f64) -> String {
    format!("{} ×", quantity::format(factor, quantity::Dimension::NONE, quantity::Currency::Usd))
}

/// Writes it for people.
pub fn text(answer: &Answer<'_, '_, '_>, signs: Signs, out: &mut dyn Write) -> io::Result<()> {
    let mut page = String::new();
    let limits = answer.limits;
    let what = answer.name.map_or("all traffic".to_owned(), |name| format!("`{name}`"));
    if limits.broken.is_empty() {
        holding(answer, &what, &mut page);
    } else {
        page.push_str("not everything holds today:\n");
        list(answer, &limits.broken, false, &mut page);
        page.push_str(&match (limits.would_hold, limits.matters) {
            (Some(value), _) => {
                format!("\neverything would hold if {what} were {}{}\n", answer.value(value), today(answer))
            }
            (None, true) => format!("\nno value of {what} that was tried mends that\n"),
            (None, false) => format!("\nnone of what is checked rests on {what}\n"),
        });
    }
    if !limits.unknown.is_empty() {
        page.push_str("\nleft out, because nobody can answer it yet:\n");
        for (index, missing) in &limits.unknown {
            page.push_str(&format!("  {}", answer.id(Part::Requirement(*index))));
            if let Some(first) = missing.first() {
                page.push_str(&format!(": {} is not known; {}", first.what, first.help));
            }
            page.push('\n');
        }
    }
    let page = Visible::lines(&page, signs);
    out.write_all(page.as_str().as_bytes())
}

fn today(answer: &Answer<'_, '_, '_>) -> String {
    match answer.name {
        Some(_) => format!("; today it is {}", answer.value(answer.limits.today)),
        None => " what it is".to_owned(),
    }
}

fn holding(answer: &Answer<'_, '_, '_>, what: &str, page: &mut String) {
    let limits = answer.limits;
    if !limits.matters {
        page.push_str(&format!("everything holds, and none of what is checked rests on {what}\n"));
        return;
    }
    page.push_str(&match (limits.up.limit, answer.name) {
        (Some(limit), Some(_)) => {
            let factor = times(limit / limits.today);
            let (limit, today) = (answer.value(limit), answer.value(limits.today));
            format!("{what} can be {limit} at most; today it is {today} ({factor})\n")
        }
        (Some(limit), None) => format!("all traffic can be {} what it is today\n", times(limit)),
        (None, _) if limits.up.sought_to / limits.today >= FARTHEST * 0.999 => {
            format!("nothing breaks when {what} grows up to {}\n", times(FARTHEST))
        }
        (None, _) => {
            format!("nothing breaks when {what} grows up to {}\n", answer.value(limits.up.sought_to))
        }
    });
    ways(answer, &limits.up, page);
    if limits.down.limit.is_none() && answer.name.is_some() {
        page.push_str(&format!("\nnothing breaks when {what} shrinks\n"));
    }
    if let (Some(limit), Some(_)) = (limits.down.limit, answer.name) {
        let factor = times(limit / limits.today);
        let (limit, today) = (answer.value(limit), answer.value(limits.today));
        page.push_str(&format!("\n{what} must be {limit} at least; today it is {today} ({factor})\n"));
        ways(answer, &limits.down, page);
    }
}

fn ways(answer: &Answer<'_, '_, '_>, way: &Way, page: &mut String) {
    let Some((first, rest)) = way.breaks.split_first() else { return };
    page.push_str("\nthis breaks first:\n");
    list(answer, std::slice::from_ref(first), true, page);
    if !rest.is_empty() {
        page.push_str("\nand this next:\n");
        list(answer, rest, true, page);
    }
}

fn list(answer: &Answer<'_, '_, '_>, breaks: &[Break], with_value: bool, page: &mut String) {
    for found in breaks {
        let place = if with_value { format!("at {}: ", answer.value(found.at)) } else { String::new() };
        let id = answer.id(found.part);
        let what = match found.part {
            Part::Requirement(index) => format!("requirement {id}, {}", answer.check(index)),
            Part::Component(_) => format!("component {id} is at its limit"),
        };
        page.push_str(&format!("  {place}{what}\n"));
        let Some(measure) = found.measure else { continue };
        let name = sweeps::name(answer.estimate, measure.value);
        let (today, then) =
            (answer.shown(measure.value, found.today), answer.shown(measure.value, found.then));
        let chance = found.chance.filter(|chance| *chance > 0.0 && *chance < 1.0);
        let chance = chance.map_or_else(String::new, |chance| {
            // Rounded down, so that what is not enough does not look like it.
            let chance = quantity::format_share((chance * 1000.0).floor() / 1000.0);
            let wanted = quantity::format_share(found.wanted);
            format!("; in {chance} of the samples it holds, and {wanted} are wanted")
        });
        page.push_str(&match with_value {
            true => format!("      {name}: {today} today, {then} then{chance}\n"),
            false => format!("      {name}: {today}{chance}\n"),
        });
    }
}

/// Writes it as JSON, version 1.
pub fn json(answer: &Answer<'_, '_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let limits = answer.limits;
    let estimate = answer.estimate;
    let unit = |value: Value| quantity::unit_of(estimate.sheet.dimension(value), estimate.currency());
    let found = |found: &Break| {
        let (kind, check) = match found.part {
            Part::Requirement(index) => ("requirement", Some(answer.check(index))),
            Part::Component(_) => ("component", None),
        };
        let measure = found.measure.map(|measure| {
            json!({
                "name": sweeps::name(estimate, measure.value),
                "unit": unit(measure.value),
                "today": finite(found.today),
                "then": finite(found.then),
                "unstable": found.then.is_infinite(),
                "comparison": measure.comparator.sign(),
                "bound": finite(found.bound),
            })
        });
        json!({
            "kind": kind,
            "id": answer.id(found.part),
            "check": check,
            "value": found.at,
            "factor": found.factor,
            "measure": measure,
            "probability": found.chance,
            "confidence": found.wanted,
        })
    };
    let all = |breaks: &[Break]| breaks.iter().map(found).collect::<Vec<Json>>();
    let way = |way: &Way| {
        json!({
            "limit": way.limit,
            "factor": way.limit.map(|limit| limit / limits.today),
            "soughtTo": way.sought_to,
            "breaks": all(&way.breaks),
        })
    };
    let unknown = limits.unknown.iter().map(|(index, missing)| {
        let missing = missing.iter().map(|missing| json!({ "what": missing.what, "help": missing.help }));
        json!({ "id": answer.id(Part::Requirement(*index)), "missing": missing.collect::<Vec<Json>>() })
    });
    let output = json!({
        "version": 1,
        "design": estimate.model.design.name.as_ref().map_or("", |name| name.text),
        "seed": estimate.options.seed,
        "samples": estimate.options.samples,
        "input": match answer.name {
            Some(name) => {
                let id = name.strip_prefix("assumptions.").unwrap_or(name);
                let index = estimate.model.names.find(Space::Assumption, id).unwrap_or(u32::MAX);
                Subject::Assumption(index).path(estimate.model)
            }
            None => "traffic".to_owned(),
        },
        "unit": unit(limits.input),
        "today": limits.today,
        "holds": limits.broken.is_empty(),
        "matters": limits.matters,
        "largest": limits::largest(limits),
        "up": way(&limits.up),
        "down": way(&limits.down),
        "broken": all(&limits.broken),
        "wouldHold": limits.would_hold,
        "unknown": unknown.collect::<Vec<Json>>(),
    });
    escape::write_json(&output, out)
}
