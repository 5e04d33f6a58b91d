//! Numbers as JSON, in base units. `schemas/estimate-output.schema.json` describes it.

use super::Numbers;
use super::origin::{Source, finite};
use crate::estimate::derivation::Origin;
use crate::estimate::{Changes, Derivation, Evaluation, Status, Value};
use crate::quantity;
use crate::report::escape;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    design: &'a str,
    seed: u64,
    samples: usize,
    values: Vec<Number>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Number {
    address: String,
    status: &'static str,
    value: Option<f64>,
    unit: String,
    p5: Option<f64>,
    p50: Option<f64>,
    p95: Option<f64>,
    mean: Option<f64>,
    unstable: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    samples: Option<usize>,
    at_least: bool,
    formula: String,
    model: &'static str,
    exact: bool,
    inputs: Vec<Input>,
    missing: Vec<Lacking>,
}

#[derive(Serialize)]
struct Input {
    name: String,
    value: Option<f64>,
    unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
}

#[derive(Serialize)]
struct Lacking {
    what: String,
    help: String,
}

/// Writes the numbers as JSON, version 1.
pub fn write(numbers: &Numbers<'_, '_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let estimate = numbers.estimate;
    let wanted: Vec<Value> = numbers.readings.iter().map(|reading| reading.value).collect();
    let central = estimate.central(&Changes::new(), &wanted);
    let unit =
        |value: Value| quantity::unit_of(estimate.sheet.dimension(value), estimate.currency()).into_owned();
    let values = numbers.readings.iter().map(|reading| {
        let derivation = estimate.derivation(reading.value, &central);
        let summary = reading.summary.filter(|_| reading.status != Status::Unknown);
        let of = |number: fn(&crate::estimate::Summary) -> f64| summary.as_ref().map(number).and_then(finite);
        let missing = match reading.status == Status::Unknown || reading.at_least {
            true => estimate.missing(reading.value),
            false => Vec::new(),
        };
        Number {
            address: reading.address.clone(),
            status: reading.status.word(),
            value: finite(reading.number),
            unit: unit(reading.value),
            p5: of(|summary| summary.p5),
            p50: of(|summary| summary.p50),
            p95: of(|summary| summary.p95),
            mean: of(|summary| summary.mean),
            unstable: of(|summary| summary.unstable),
            samples: summary.map(|summary| summary.samples),
            at_least: reading.at_least,
            formula: derivation.formula.clone(),
            model: derivation.model,
            exact: estimate.sheet.is_exact(reading.value),
            inputs: inputs(numbers, &derivation, &central),
            missing: missing
                .into_iter()
                .map(|missing| Lacking { what: missing.what, help: missing.help })
                .collect(),
        }
    });
    let output = Output {
        version: 1,
        design: estimate.model.design.name.as_ref().map_or("", |name| name.text),
        seed: estimate.options.seed,
        samples: estimate.options.samples,
        values: values.collect(),
    };
    escape::write_json(&output, out)
}

fn inputs(numbers: &Numbers<'_, '_, '_>, derivation: &Derivation, central: &Evaluation) -> Vec<Input> {
    let estimate = numbers.estimate;
    let own = matches!(derivation.origin, Origin::Written(..) | Origin::Catalog { .. } | Origin::Assumed(_));
    let all = derivation.inputs.iter().copied().chain(
        // What is not calculated has its own line as its source.
        (derivation.inputs.is_empty() && own).then_some(derivation.value),
    );
    let input = |value: Value| {
        let of = estimate.derivation(value, central);
        let source = Source::of(&of.origin, numbers.sources);
        let source = source.filter(|source| !matches!(source, Source::Missing { .. }));
        let unit = quantity::unit_of(of.dimension, estimate.currency()).into_owned();
        Input { name: of.name, value: finite(of.number), unit, source }
    };
    all.map(input).collect()
}
