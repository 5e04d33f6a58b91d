//! What a whole report looks at, calculated and sampled once: readings, checks, and what decides on them.

use super::sampling::{Observation, Summary};
use super::sheet::Value;
use super::{Changes, Estimate, Evaluation, Samples};
use std::collections::{BTreeMap, BTreeSet};

/// Central values and samples of everything that is worth reporting.
#[derive(Debug)]
pub struct Observed {
    central: Evaluation,
    summaries: BTreeMap<Value, Option<Summary>>,
    /// The samples of what is compared with others.
    pub vectors: BTreeMap<Value, Vec<f64>>,
}

impl Estimate<'_, '_> {
    /// Looks at everything that is worth reporting. From then on, whoever asks for a part of it gets it from here.
    pub fn observe(&self) -> &Observed {
        self.observed.get_or_init(|| {
            let mut wanted: Vec<Value> = self.addresses(false).into_iter().map(|(.., value)| value).collect();
            for (_, check) in &self.checks {
                wanted.push(*check);
                for compared in self.comparisons(*check) {
                    wanted.extend(self.sheet.inputs(compared));
                }
            }
            let mut kept: BTreeSet<Value> = self.uncertain_targets().into_iter().collect();
            kept.extend(self.sheet.draws().iter().map(|draw| draw.value));
            wanted.extend(&kept);
            wanted.sort_unstable();
            wanted.dedup();
            let central = Evaluation::on_threads(&self.sheet, &Changes::new(), &wanted, self.options.threads);
            let Observation { summaries, vectors } =
                Samples::observe(&self.sheet, &central, &wanted, &kept, self.options);
            Observed { central, summaries: wanted.into_iter().zip(summaries).collect(), vectors }
        })
    }

    /// The central values, when all that is wanted was looked at already.
    pub(super) fn observed_central(&self, wanted: &[Value]) -> Option<&Evaluation> {
        let observed = self.observed.get()?;
        let is_there = |value: &Value| !self.sheet.is_heavy(*value) || observed.summaries.contains_key(value);
        wanted.iter().all(is_there).then_some(&observed.central)
    }

    /// What is known under uncertainty, when all that is wanted was looked at already.
    pub(super) fn observed_summaries(&self, wanted: &[Value]) -> Option<Vec<Option<Summary>>> {
        let observed = self.observed.get()?;
        wanted.iter().map(|value| observed.summaries.get(value).copied()).collect()
    }
}
