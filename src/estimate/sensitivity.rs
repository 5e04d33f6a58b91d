//! Which uncertain inputs matter: how much of the spread of a value goes with that of each input.
//!
//! The measure is the squared rank correlation of the samples: it asks for no straight lines, and is near one when the input
//! alone decides. What several inputs decide only together shows up in none of them.

use super::Estimate;
use super::label::Subject;
use super::sheet::Value;
use crate::numerics::statistics::Ranks;
use std::collections::BTreeMap;

/// More samples make no difference that one could see.
pub(super) const SAMPLES: usize = 4_096;
/// Below this share chance looks like an influence.
const LEAST: f64 = 0.01;

/// What decides on a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Influences {
    /// The value.
    pub target: Value,
    /// Inputs by their place among the draws, with their squared rank correlation and whether they raise the value; the
    /// strongest first.
    pub inputs: Vec<(usize, f64, bool)>,
}

impl Estimate<'_, '_> {
    /// What requirements are about, as far as it is uncertain; or else the cost and the slowest runs of each flow.
    pub fn uncertain_targets(&self) -> Vec<Value> {
        let mut targets: Vec<Value> = Vec::new();
        for (_, check) in &self.checks {
            let compared = self.comparisons(*check);
            targets.extend(compared.iter().rev().filter_map(|compare| self.sheet.inputs(*compare).first()));
        }
        targets.retain(|value| self.sheet.varies(*value) && self.sheet.is_known(*value));
        if targets.is_empty() {
            let flows = 0..u32::try_from(self.model.design.flows.entries.len()).unwrap_or(u32::MAX);
            let times = flows.filter_map(|flow| self.get(Subject::Flow(flow), "latency.p99"));
            targets = self.get(Subject::System, "cost").into_iter().chain(times).collect();
            targets.retain(|value| self.sheet.varies(*value) && self.sheet.is_known(*value));
        }
        let mut seen = std::collections::BTreeSet::new();
        targets.retain(|value| seen.insert(*value));
        targets
    }

    /// What decides on each of these values.
    pub fn influences(&self, targets: &[Value]) -> Vec<Influences> {
        let draws: Vec<Value> = self.sheet.draws().iter().map(|draw| draw.value).collect();
        let vectors = &self.observe().vectors;
        // Expensive values have fewer samples than their inputs: the first ones belong together.
        let mut ranks: BTreeMap<(Value, usize), Ranks> = BTreeMap::new();
        let mut found = Vec::new();
        for target in targets {
            let Some(own) = vectors.get(target) else { continue };
            let own_ranks = Ranks::of(own);
            let mut inputs: Vec<(usize, f64, bool)> = Vec::new();
            for (index, draw) in draws.iter().enumerate() {
                let Some(vector) = vectors.get(draw) else { continue };
                let of_draw = ranks
                    .entry((*draw, own.len()))
                    .or_insert_with(|| Ranks::of(vector.get(..own.len()).unwrap_or(vector)));
                let correlation = own_ranks.correlation(of_draw);
                let noise = 4.0 / own.len().max(1) as f64;
                if correlation * correlation >= LEAST.max(noise) {
                    inputs.push((index, correlation * correlation, correlation > 0.0));
                }
            }
            inputs.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            if !inputs.is_empty() {
                found.push(Influences { target: *target, inputs });
            }
        }
        found
    }
}
