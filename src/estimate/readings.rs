//! Values as they are reported: known, unknown or unstable, with their range.

use super::label::Subject;
use super::sampling::Summary;
use super::sheet::{Op, Value};
use super::{Changes, Estimate, Evaluation, Missing};
use crate::model::names::Space;
use crate::source::Span;
use std::collections::BTreeMap;

/// Whether there is a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// There is.
    Known,
    /// Something that it rests on is not said.
    Unknown,
    /// A queue grows without end.
    Unstable,
}

impl Status {
    /// The word for it in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Unknown => "unknown",
            Self::Unstable => "unstable",
        }
    }
}

/// A value that has an address.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The address.
    pub address: String,
    /// Whose it is.
    pub subject: Subject,
    /// Which of its values.
    pub name: &'static str,
    /// The node.
    pub value: Value,
    /// Whether there is a number.
    pub status: Status,
    /// The central estimate.
    pub number: f64,
    /// What is known under uncertainty; `None` when it is certain.
    pub summary: Option<Summary>,
    /// Whether something that is not known was left out.
    pub at_least: bool,
}

/// What became of a requirement's check.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The requirement's index.
    pub requirement: u32,
    /// Its id.
    pub id: String,
    /// Where the check is written.
    pub span: Span,
    /// What it says.
    pub text: String,
    /// The answer.
    pub answer: Answer,
    /// The node that says whether it holds.
    pub value: Value,
}

/// Whether a check holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It does; with this probability, when something is uncertain.
    Holds(Option<f64>),
    /// It does not; with this probability it does.
    Fails(Option<f64>),
    /// It may not: with this probability it does, and this much is wanted.
    AtRisk(f64, f64),
    /// Nobody can tell; this is missing.
    NotComputable(Vec<Missing>),
}

/// How sure one wants to be of a requirement that does not say.
pub const CONFIDENCE: f64 = 0.9;

impl Estimate<'_, '_> {
    /// Reads some values, or all that are worth reporting.
    pub fn readings(&self, wanted: Option<&[(String, Subject, &'static str, Value)]>) -> Vec<Reading> {
        let all;
        let wanted = match wanted {
            Some(wanted) => wanted,
            None => {
                self.observe();
                all = self.addresses(false);
                &all
            }
        };
        let values: Vec<Value> = wanted.iter().map(|(.., value)| *value).collect();
        let central = self.central(&Changes::new(), &values);
        let summaries = self.summaries(&central, &values);
        let readings =
            wanted.iter().zip(summaries).map(|((address, subject, name, value), summary)| Reading {
                address: address.clone(),
                subject: *subject,
                name,
                value: *value,
                status: self.status(*value, &central),
                number: central.of(*value),
                summary,
                at_least: self.sheet.is_partial(*value),
            });
        readings.collect()
    }

    /// Whether there is a number.
    pub fn status(&self, value: Value, central: &Evaluation) -> Status {
        match (self.sheet.is_known(value), central.of(value)) {
            (false, _) => Status::Unknown,
            (true, number) if number.is_nan() => Status::Unknown,
            (true, number) if number.is_infinite() => Status::Unstable,
            (true, _) => Status::Known,
        }
    }

    /// How sure one wants to be of a requirement.
    pub fn confidence(&self, requirement: u32) -> f64 {
        let entry = self.model.design.requirements.entries.get(requirement as usize);
        let stated = entry.and_then(|entry| entry.value.confidence.as_ref());
        stated.and_then(|stated| self.model.central(&stated.written)).unwrap_or(CONFIDENCE)
    }

    /// The comparisons that a check is made of, from left to right.
    pub fn comparisons(&self, check: Value) -> Vec<Value> {
        let mut waiting = vec![check];
        let mut found = Vec::new();
        while let Some(value) = waiting.pop() {
            match self.sheet.op(value) {
                Op::Compare(_) => found.push(value),
                Op::Smallest | Op::Largest | Op::Complement => {
                    waiting.extend(self.sheet.inputs(value).iter().rev());
                }
                _ => {}
            }
        }
        found
    }

    /// The answers to all checks of requirements, in their order.
    pub fn verdicts(&self) -> Vec<Verdict> {
        let values: Vec<Value> = self.checks.iter().map(|(_, value)| *value).collect();
        let central = self.central(&Changes::new(), &values);
        let summaries = self.summaries(&central, &values);
        let chances: BTreeMap<Value, Option<f64>> =
            values.into_iter().zip(summaries.into_iter().map(|summary| summary.map(|it| it.mean))).collect();
        self.judged(&central, |value, _| chances.get(&value).copied().flatten())
    }

    /// The answers to all checks, given how probably each holds: what is asked with the value and the confidence that is
    /// wanted, and `None` for what is certain.
    pub fn judged(
        &self,
        central: &Evaluation,
        mut chance: impl FnMut(Value, f64) -> Option<f64>,
    ) -> Vec<Verdict> {
        let mut verdicts = Vec::new();
        for (requirement, value) in &self.checks {
            let entry = self.model.design.requirements.entries.get(*requirement as usize);
            let Some(check) = entry.and_then(|entry| entry.value.check.as_ref()) else { continue };
            let confidence = self.confidence(*requirement);
            let chance = chance(*value, confidence);
            let holds = central.of(*value);
            let answer = match (self.sheet.is_known(*value) && !holds.is_nan(), chance) {
                (false, _) => Answer::NotComputable(self.missing(*value)),
                (true, None) if holds >= 0.5 => Answer::Holds(None),
                (true, None) => Answer::Fails(None),
                (true, Some(chance)) if chance >= confidence => Answer::Holds(Some(chance)),
                (true, Some(chance)) if holds < 0.5 || chance < 0.5 => Answer::Fails(Some(chance)),
                (true, Some(chance)) => Answer::AtRisk(chance, confidence),
            };
            let name = self.model.names.all(Space::Requirement).get(*requirement as usize);
            verdicts.push(Verdict {
                requirement: *requirement,
                id: name.map_or(String::new(), |name| name.text.to_owned()),
                span: check.node.span(),
                text: check.node.text().to_owned(),
                answer,
                value: *value,
            });
        }
        verdicts
    }
}
