//! Where a value comes from, as a tree: its formula in words and in numbers, and the same for what goes in, down to the lines
//! of the design and the sources of the catalogue.

use super::figures::{Figures, percent};
use crate::estimate::derivation::Origin;
use crate::estimate::{Changes, Derivation, Estimate, Op, Reading, Status, Subject, Value};
use crate::source::Sources;
use std::collections::{BTreeMap, BTreeSet};

/// The most nodes of a tree; what is beyond can be asked for by its own address.
const MOST_NODES: usize = 500;
/// Terms of a sum that are shown at least.
const TERMS: usize = 5;

/// A value in the tree.
#[derive(Debug)]
pub struct Node {
    /// How it follows.
    pub derivation: Derivation,
    /// The number with its range.
    pub reading: Reading,
    /// The share that it has of the sum it is in.
    pub share: Option<f64>,
    /// Shares of the hops, for a time of a flow.
    pub hops: String,
    /// What goes in.
    pub below: Below,
}

/// What stands below a value.
#[derive(Debug)]
pub enum Below {
    /// Its inputs, and how many small terms of a sum are left out, with their share.
    Inputs(Vec<Node>, Option<(usize, f64)>),
    /// It has been explained further up.
    Above,
    /// It goes on, but not here.
    Deeper,
}

/// A value, and its share of the sum that it is a term of.
type Term = (Value, Option<f64>);
/// How many small terms there are, and their share.
type Small = (usize, f64);

struct Planned {
    value: Value,
    share: Option<f64>,
    below: PlannedBelow,
}

enum PlannedBelow {
    Inputs(Vec<Planned>, Option<(usize, f64)>),
    Above,
    Deeper,
}

struct Planner<'p, 'm, 't> {
    estimate: &'p Estimate<'m, 't>,
    central: &'p crate::estimate::Evaluation,
    seen: BTreeSet<Value>,
    count: usize,
}

impl Planner<'_, '_, '_> {
    fn plan(&mut self, value: Value, share: Option<f64>, depth: usize) -> Planned {
        self.count += 1;
        let inputs = self.estimate.derivation(value, self.central).inputs;
        let below = if inputs.is_empty() {
            PlannedBelow::Inputs(Vec::new(), None)
        } else if self.seen.contains(&value) {
            PlannedBelow::Above
        } else if depth == 0 || self.count > MOST_NODES {
            PlannedBelow::Deeper
        } else {
            self.seen.insert(value);
            let (kept, rest) = self.terms(value, inputs);
            let inputs = kept.into_iter().map(|(input, share)| self.plan(input, share, depth - 1)).collect();
            PlannedBelow::Inputs(inputs, rest)
        };
        Planned { value, share, below }
    }

    /// Of a sum the large terms first, and how many small ones there are besides.
    fn terms(&self, value: Value, inputs: Vec<Value>) -> (Vec<Term>, Option<Small>) {
        let sheet = &self.estimate.sheet;
        let of = |input: Value| self.central.of(input);
        let total = of(value);
        let is_sum = matches!(sheet.op(value), Op::Sum | Op::SumOfKnown)
            && inputs.len() > 2
            && total > 0.0
            && total.is_finite()
            && inputs.iter().all(|input| {
                sheet.inputs(value).contains(input) && (of(*input).is_nan() || of(*input) >= 0.0)
            });
        if !is_sum {
            return (inputs.into_iter().map(|input| (input, None)).collect(), None);
        }
        let share = |input: Value| if of(input).is_nan() { 0.0 } else { of(input) / total };
        let mut terms: Vec<(Value, Option<f64>)> =
            inputs.into_iter().map(|input| (input, Some(share(input)))).collect();
        terms.sort_by(|a, b| share(b.0).total_cmp(&share(a.0)));
        let is_small = |term: &(Value, Option<f64>)| share(term.0) < 0.02 && !of(term.0).is_nan();
        let small: Vec<(Value, Option<f64>)> = terms
            .iter()
            .enumerate()
            .filter(|(at, term)| *at >= TERMS && is_small(term))
            .map(|(_, term)| *term)
            .collect();
        if small.len() < 2 {
            return (terms, None);
        }
        let rest = small.iter().map(|term| share(term.0)).sum();
        terms.retain(|term| !small.contains(term));
        (terms, Some((small.len(), rest)))
    }
}

fn values(planned: &Planned, all: &mut BTreeSet<Value>) {
    all.insert(planned.value);
    if let PlannedBelow::Inputs(inputs, _) = &planned.below {
        inputs.iter().for_each(|input| values(input, all));
    }
}

/// The tree of a value, so many levels deep.
pub fn tree(estimate: &Estimate<'_, '_>, value: Value, depth: usize) -> Node {
    let central = estimate.central(&Changes::new(), &[value]);
    let mut planner = Planner { estimate, central: &central, seen: BTreeSet::new(), count: 0 };
    let planned = planner.plan(value, None, depth.min(64));
    let mut all = BTreeSet::new();
    values(&planned, &mut all);
    let all: Vec<Value> = all.into_iter().collect();
    let central = estimate.central(&Changes::new(), &all);
    let figures = Figures::new(estimate, &central, &[]);
    let readings: BTreeMap<Value, Reading> = all.iter().copied().zip(figures.readings_of(&all)).collect();
    filled(&figures, planned, &readings)
}

fn filled(figures: &Figures<'_, '_, '_>, planned: Planned, readings: &BTreeMap<Value, Reading>) -> Node {
    let Planned { value, share, below } = planned;
    let reading = readings.get(&value).cloned().unwrap_or_else(|| Reading {
        address: String::new(),
        subject: Subject::System,
        name: "",
        value,
        status: Status::Unknown,
        number: f64::NAN,
        summary: None,
        at_least: false,
    });
    let mut derivation = figures.estimate.derivation(value, figures.central);
    // A reference to something is no formula of its own.
    if derivation.inputs.len() == 1 && derivation.formula == derivation.with_numbers {
        derivation.with_numbers.clear();
    }
    let below = match below {
        PlannedBelow::Inputs(inputs, rest) => {
            Below::Inputs(inputs.into_iter().map(|input| filled(figures, input, readings)).collect(), rest)
        }
        PlannedBelow::Above => Below::Above,
        PlannedBelow::Deeper => Below::Deeper,
    };
    Node { derivation, reading, share, hops: hops(figures, value), below }
}

/// `db 78%, app 22%` for the mean and the percentiles of a flow.
fn hops(figures: &Figures<'_, '_, '_>, value: Value) -> String {
    use crate::estimate::Label;
    let Some(Label::Address(Subject::Flow(flow), name)) = figures.estimate.sheet.label(value) else {
        return String::new();
    };
    let Some(which) = name.strip_prefix("latency.").filter(|which| !which.starts_with("bound")) else {
        return String::new();
    };
    let is_mean = which == "mean";
    let mut hops = match is_mean {
        true => figures.estimate.hops(*flow, figures.central),
        false => figures.estimate.hops_of(*flow, which, figures.central),
    };
    let share = |hop: &crate::estimate::shares::Hop| if is_mean { hop.mean } else { hop.tail };
    hops.sort_by(|a, b| share(b).total_cmp(&share(a)));
    let parts: Vec<String> = hops
        .iter()
        .filter(|hop| share(hop) >= 0.0005)
        .map(|hop| format!("{} {}", figures.estimate.part_name(hop.part), percent(share(hop))))
        .collect();
    if parts.len() < 2 { String::new() } else { parts.join(", ") }
}

/// Where something that is not calculated comes from, in a line or a few. What is written there is left out where it is just
/// what is shown already.
pub fn origin(derivation: &Derivation, shown: &str, sources: &Sources) -> Vec<String> {
    match &derivation.origin {
        Origin::Calculated => Vec::new(),
        Origin::Written(span, text) => {
            let file = sources.get(span.file);
            let place = format!("{}:{}", file.name(), sources.position(*span).line);
            vec![if text == shown { place } else { format!("{place}: {text}") }]
        }
        Origin::Catalog { what, source, basis, note } => {
            let mut lines = vec![format!("catalogue: {what} ({basis})")];
            if let Some((title, url, date)) = source {
                lines.push(format!("source: {title}, {date}, {url}"));
            }
            lines.extend(note.as_ref().map(|note| format!("note: {note}")));
            lines
        }
        Origin::Assumed(why) => vec![format!("assumed: {why}")],
        Origin::Missing(help) => vec![format!("not known: {help}")],
    }
}
