//! What comes out when everything uncertain is at the ends of its ranges at once: interval arithmetic.
//!
//! That is no range of ninety in a hundred, but a bound of such ranges: hardly ever is all low at once, or high. It is wide, and the
//! wider the more often an input occurs, as each place may stand for another end.

use super::Estimate;
use super::sheet::{Op, Value};
use super::{Changes, Evaluation};
use crate::numerics::random;

/// Values with more numbers behind them are not followed.
const MOST: usize = 20_000;

impl Estimate<'_, '_> {
    /// The least and the most that a value can be while each uncertain input stays within its own 5% and 95%; `None` where one of the
    /// models on the way says only what comes out at points, or where fewer than two inputs are uncertain.
    pub fn ends(&self, value: Value) -> Option<(f64, f64)> {
        let sheet = &self.sheet;
        if !sheet.varies(value) {
            return None;
        }
        let needed = Evaluation::needed(sheet, &[value]);
        let nodes = || sheet.values().zip(&needed).filter(|(_, needed)| **needed).map(|(node, _)| node);
        let drawn = nodes().filter(|node| matches!(sheet.op(*node), Op::Drawn(_))).count();
        if drawn < 2 || nodes().count() > MOST {
            return None;
        }
        let central = self.central(&Changes::new(), &[value]);
        let mut found: Vec<Option<(f64, f64)>> = vec![None; sheet.len()];
        for node in nodes() {
            let inputs: Option<Vec<(f64, f64)>> =
                sheet.inputs(node).iter().map(|input| found.get(input.index()).copied().flatten()).collect();
            let own = match (sheet.varies(node), inputs) {
                (false, _) => Some((central.of(node), central.of(node))),
                (true, Some(inputs)) => self.own_ends(node, &inputs),
                (true, None) => None,
            };
            let own = own.filter(|(low, high)| low <= high);
            if let Some(slot) = found.get_mut(node.index()) {
                *slot = own;
            }
        }
        found.get(value.index()).copied().flatten().filter(|(low, high)| low.is_finite() && high.is_finite())
    }

    fn own_ends(&self, node: Value, inputs: &[(f64, f64)]) -> Option<(f64, f64)> {
        let corners = |a: (f64, f64), b: (f64, f64), join: fn(f64, f64) -> f64| {
            let all = [join(a.0, b.0), join(a.0, b.1), join(a.1, b.0), join(a.1, b.1)];
            let low = all.iter().copied().fold(f64::INFINITY, f64::min);
            let high = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            (low, high)
        };
        match (self.sheet.op(node), inputs) {
            (Op::Drawn(index), _) => {
                let spread = self.sheet.draws().get(index as usize)?.spread;
                Some((random::quantile(spread, 0.05), random::quantile(spread, 0.95)))
            }
            (Op::Same, [only]) => Some(*only),
            (Op::Sum, terms) => {
                Some(terms.iter().fold((0.0, 0.0), |sum, term| (sum.0 + term.0, sum.1 + term.1)))
            }
            (Op::Difference, [from, what]) => Some((from.0 - what.1, from.1 - what.0)),
            (Op::Complement, [only]) => Some((1.0 - only.1, 1.0 - only.0)),
            (Op::Product, factors) => {
                let all = factors.iter().copied();
                Some(all.fold((1.0, 1.0), |product, factor| corners(product, factor, |a, b| a * b)))
            }
            // What is divided by may not be nothing.
            (Op::Quotient, [above, below]) if below.0 > 0.0 || below.1 < 0.0 => {
                Some(corners(*above, *below, |a, b| a / b))
            }
            (Op::Largest | Op::Smallest | Op::RoundUp, all) => {
                let lows: Vec<f64> = all.iter().map(|input| input.0).collect();
                let highs: Vec<f64> = all.iter().map(|input| input.1).collect();
                let op = self.sheet.op(node);
                Some((super::evaluation::apply(op, &lows), super::evaluation::apply(op, &highs)))
            }
            _ => None,
        }
    }
}
