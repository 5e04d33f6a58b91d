//! The probability that everything a flow needs is up.

use super::places::{self, Placement};
use super::sheet::Block;
use crate::numerics::reliability::{self, Diagram};
use std::sync::Arc;

/// How a part of a flow is put into the calculation.
#[derive(Clone, Debug)]
pub enum Fed {
    /// Unavailability and frequency of failures.
    Whole,
    /// The chance that a branch is not taken.
    Chance,
    /// Five numbers of the instances, which are spread over shared places.
    Placed(Placement),
}

/// The probability that a structure is up, each of its parts and places counted once.
#[derive(Debug)]
pub struct FlowUp {
    /// The structure.
    pub diagram: Arc<Diagram>,
    /// How its parts are put in.
    pub fed: Vec<Fed>,
    /// The place around each shared place.
    pub parents: Vec<Option<usize>>,
}

impl Block for FlowUp {
    fn outputs(&self) -> &'static [&'static str] {
        &["availability", "unavailability", "outages"]
    }

    /// Inputs: the unavailability of each place, then the numbers of each part.
    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        let (places, mut rest) = inputs.split_at_checked(self.parents.len()).unwrap_or((&[], inputs));
        let mut numbers: Vec<&[f64]> = Vec::with_capacity(self.fed.len());
        for fed in &self.fed {
            let count = match fed {
                Fed::Whole => 2,
                Fed::Chance => 1,
                Fed::Placed(_) => places::INPUTS,
            };
            let (own, others) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            numbers.push(own);
            rest = others;
        }
        // Most states of all places are the same for the few that a part runs in.
        let mut known: Vec<Vec<Option<(f64, f64)>>> = vec![Vec::new(); self.fed.len()];
        let mut of_part = |part: u32, up: u32| -> (f64, f64) {
            let own = numbers.get(part as usize).copied().unwrap_or(&[]);
            match (self.fed.get(part as usize), own) {
                (Some(Fed::Whole), [down, often]) => (*down, *often),
                (Some(Fed::Chance), [not_taken]) => (1.0 - not_taken, 0.0),
                (Some(Fed::Placed(placement)), own) => {
                    let given = || placement.given(own, up);
                    match (placement.state(up), known.get_mut(part as usize)) {
                        (Some(state), Some(known)) => {
                            known.resize(known.len().max(state + 1), None);
                            known.get_mut(state).map_or_else(given, |slot| *slot.get_or_insert_with(given))
                        }
                        _ => given(),
                    }
                }
                _ => (f64::NAN, f64::NAN),
            }
        };
        let (down, often) = if self.parents.is_empty() {
            let pairs: Vec<(f64, f64)> = (0..).zip(&self.fed).map(|(part, _)| of_part(part, 0)).collect();
            let parts: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
            let frequencies: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
            (self.diagram.unavailability(&parts), self.diagram.frequency(&parts, &frequencies))
        } else {
            match reliability::Places::new(places, &self.parents) {
                Some(places) => {
                    let none = vec![0.0; self.parents.len()];
                    let outages = places.outages(&self.diagram, &none, &mut |part, up| of_part(part, up));
                    (outages.unavailability, outages.frequency)
                }
                None => (f64::NAN, f64::NAN),
            }
        };
        for (slot, number) in outputs.iter_mut().zip([1.0 - down, down, often]) {
            *slot = number;
        }
    }

    fn model(&self) -> &'static str {
        "binary decision diagram over shared components"
    }

    fn exact(&self) -> bool {
        true
    }

    fn text(&self) -> String {
        "the probability that everything it needs is up, each component and place once".to_owned()
    }

    fn cost(&self) -> f64 {
        let states = 1_u32 << self.parents.len().min(16);
        0.01 * self.diagram.node_count() as f64 * f64::from(states)
    }

    fn work(&self) -> f64 {
        let states = 1_u32 << self.parents.len().min(16);
        (0.02 * self.diagram.node_count() as f64 + 0.2 * self.fed.len() as f64) * f64::from(states)
    }
}
