//! Stored data at other times than the horizon: the same formula, with another time put in.

use super::label::Subject;
use super::sheet::{Op, Value};
use super::{Changes, Estimate, Summary};

/// The model of the formula that lets data grow, as it is named there.
const GROWING: &str = "compound growth, retention";

/// Stored data after some time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stored {
    /// Seconds from now.
    pub after: f64,
    /// Bytes, with copies.
    pub bytes: f64,
    /// Under uncertainty.
    pub summary: Option<Summary>,
}

impl Estimate<'_, '_> {
    /// The time that stored data is counted for, and the retention; `None` when the time is not known.
    fn time_of(&self, data: u32) -> Option<(Value, Option<Value>)> {
        let mut waiting = vec![self.get(Subject::Data(data), "storage")?];
        let mut steps = 0;
        while let Some(value) = waiting.pop() {
            steps += 1;
            if steps > 1_000 {
                return None;
            }
            match self.sheet.op(value) {
                Op::Formula(formula) if formula.model == GROWING => {
                    let inputs = self.sheet.inputs(value);
                    return Some((*inputs.get(3)?, inputs.get(4).copied()));
                }
                _ => waiting.extend(self.sheet.inputs(value)),
            }
        }
        None
    }

    /// How far ahead the data of the design is counted, when all of it is counted for the same time.
    pub fn horizon(&self) -> Option<f64> {
        let count = u32::try_from(self.model.design.data.entries.len()).unwrap_or(u32::MAX);
        let central = self.central(&Changes::new(), &[]);
        let mut times = (0..count)
            .filter_map(|data| self.time_of(data))
            .filter(|(time, retention)| *retention != Some(*time))
            .map(|(time, _)| central.of(time));
        let first = times.next()?;
        times.all(|time| time == first).then_some(first).filter(|time| time.is_finite() && *time > 0.0)
    }

    /// What is stored of some data after these times; `None` when that is not known.
    pub fn stored_after(&self, data: u32, times: &[f64]) -> Option<Vec<Stored>> {
        let storage = self.get(Subject::Data(data), "storage").filter(|value| self.sheet.is_known(*value))?;
        let (time, retention) = self.time_of(data)?;
        // Without a horizon the time is the retention itself, which is not another time.
        if retention == Some(time) {
            return None;
        }
        let after = |seconds: &f64| {
            let changes = Changes::from([(time, *seconds)]);
            let central = self.central(&changes, &[storage]);
            let summary = self.summaries(&central, &[storage]).into_iter().next().flatten();
            Stored { after: *seconds, bytes: central.of(storage), summary }
        };
        Some(times.iter().map(after).collect())
    }
}
