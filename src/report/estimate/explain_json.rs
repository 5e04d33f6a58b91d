//! The tree of a value as JSON. `schemas/estimate-output.schema.json` describes it.

use super::explain::{Below, Node};
use super::origin::{Source, finite};
use crate::estimate::{Estimate, Summary};
use crate::quantity;
use crate::report::escape;
use crate::source::Sources;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    design: &'a str,
    seed: u64,
    samples: usize,
    explanation: Explained,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Explained {
    name: String,
    status: &'static str,
    value: Option<f64>,
    unit: String,
    p5: Option<f64>,
    p50: Option<f64>,
    p95: Option<f64>,
    mean: Option<f64>,
    at_least: bool,
    formula: String,
    with_numbers: String,
    model: &'static str,
    exact: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    /// `shown`, `above` when the same value was explained before, `deeper` when the depth ends here.
    below: &'static str,
    inputs: Vec<Explained>,
    #[serde(skip_serializing_if = "Option::is_none")]
    smaller: Option<Smaller>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<Bound>,
}

/// Everything uncertain at the ends of its ranges at once.
#[derive(Serialize)]
struct Bound {
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct Smaller {
    count: usize,
    share: f64,
}

/// Writes the tree as JSON, version 1.
pub fn write(
    estimate: &Estimate<'_, '_>,
    sources: &Sources,
    root: &Node,
    out: &mut dyn Write,
) -> io::Result<()> {
    let output = Output {
        version: 1,
        design: estimate.model.design.name.as_ref().map_or("", |name| name.text),
        seed: estimate.options.seed,
        samples: estimate.options.samples,
        explanation: Explained {
            bound: estimate.ends(root.derivation.value).map(|(low, high)| Bound { low, high }),
            ..explained(estimate, sources, root)
        },
    };
    escape::write_json(&output, out)
}

fn explained(estimate: &Estimate<'_, '_>, sources: &Sources, node: &Node) -> Explained {
    let derivation = &node.derivation;
    let of = |number: fn(&Summary) -> f64| node.reading.summary.as_ref().map(number).and_then(finite);
    let (below, inputs, smaller) = match &node.below {
        Below::Inputs(inputs, smaller) => {
            let inputs = inputs.iter().map(|input| explained(estimate, sources, input)).collect();
            ("shown", inputs, smaller.map(|(count, share)| Smaller { count, share }))
        }
        Below::Above => ("above", Vec::new(), None),
        Below::Deeper => ("deeper", Vec::new(), None),
    };
    Explained {
        name: derivation.name.clone(),
        status: node.reading.status.word(),
        value: finite(node.reading.number),
        unit: quantity::unit_of(derivation.dimension, estimate.currency()).into_owned(),
        p5: of(|summary| summary.p5),
        p50: of(|summary| summary.p50),
        p95: of(|summary| summary.p95),
        mean: of(|summary| summary.mean),
        at_least: node.reading.at_least,
        formula: derivation.formula.clone(),
        with_numbers: derivation.with_numbers.clone(),
        model: derivation.model,
        exact: derivation.is_exact,
        share: node.share.and_then(finite),
        source: Source::of(&derivation.origin, sources),
        below,
        inputs,
        smaller,
        bound: None,
    }
}
