//! The values of the whole.

use super::builder::Builder;
use super::evaluation::sum;
use super::label::Subject;
use super::sheet::{Formula, Value};
use super::traffic::Demand;
use crate::quantity::Dimension;

const WEIGHTED: Formula = Formula {
    model: "weighted by requests",
    text: "the mean of the availabilities, weighted by the rates",
    exact: true,
    work: 0.0,
    apply: |inputs| {
        let pairs = || inputs.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
        let rates: Vec<f64> = pairs().map(|(rate, _)| rate).collect();
        let weighted: Vec<f64> = pairs().map(|(rate, up)| rate * up).collect();
        sum(&weighted) / sum(&rates)
    },
};

/// The availability of all flows.
pub fn add(builder: &mut Builder<'_, '_>, demand: &Demand) {
    let mut inputs: Vec<Value> = Vec::new();
    for (flow, rate) in (0..).zip(&demand.rates) {
        if let Some(up) = builder.get(Subject::Flow(flow), "availability") {
            inputs.extend([rate.average, up]);
        }
    }
    if inputs.is_empty() {
        let help = "describe flows, and how often they run".to_owned();
        let lacking = builder.lacking(Dimension::NONE, "what the system does", help, None);
        builder.set(Subject::System, "availability", lacking);
        return;
    }
    let weighted = builder.sheet.formula(&WEIGHTED, &inputs, Dimension::NONE);
    builder.set(Subject::System, "availability", weighted);
}
