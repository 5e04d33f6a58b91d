//! Parts that share a fate: whatever runs in a zone is down while the zone is.
//!
//! Given which places are up, parts are independent, and what is left to do is a sum over the states of the places.

use super::diagram::{Diagram, weighted};
use super::probability;
use super::service_level::Outages;

/// As many places can be looked at together: each doubles the number of states.
const MOST_PLACES: usize = 16;
/// States whose whole probability is below this share of the result are left out.
const NEGLIGIBLE: f64 = 1e-16;

/// Places that fail as a whole, and in how many ways.
#[derive(Clone, Debug)]
pub struct Places {
    unavailability: Vec<f64>,
    /// For each place, the places that go down with it, itself among them.
    within: Vec<u32>,
    states: Vec<State>,
}

#[derive(Clone, Copy, Debug)]
struct State {
    /// A bit for each place that is up.
    up: u32,
    probability: f64,
    /// The probability of this state and of all behind it.
    remaining: f64,
}

impl Places {
    /// Places with their unavailability, given that the place around them is up, and the place around them.
    ///
    /// Nothing for more than 16 places, for parents that do not exist, and for places that are within themselves.
    pub fn new(unavailability: &[f64], parents: &[Option<usize>]) -> Option<Self> {
        if unavailability.len() > MOST_PLACES || unavailability.len() != parents.len() {
            return None;
        }
        let mut within = vec![0; parents.len()];
        let mut by_depth = Vec::new();
        for place in 0..parents.len() {
            let (mut around, mut depth) = (Some(place), 0);
            while let Some(one) = around {
                *within.get_mut(one)? |= 1 << place;
                depth += 1;
                if depth > parents.len() {
                    return None;
                }
                around = *parents.get(one)?;
            }
            by_depth.push((depth, place));
        }
        by_depth.sort_unstable();
        let mut states = vec![(0_u32, 1.0)];
        for (_, place) in by_depth {
            let down = probability(*unavailability.get(place)?);
            let parent = *parents.get(place)?;
            let mut next = Vec::with_capacity(states.len() * 2);
            for (up, likely) in states {
                if parent.is_some_and(|parent| up & (1 << parent) == 0) {
                    next.push((up, likely));
                } else {
                    next.extend([(up | 1 << place, likely * (1.0 - down)), (up, likely * down)]);
                }
            }
            next.retain(|(_, likely)| *likely != 0.0);
            states = next;
        }
        states.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
        let mut remaining = 0.0;
        let mut states: Vec<State> = states
            .into_iter()
            .rev()
            .map(|(up, probability)| {
                remaining += probability;
                State { up, probability, remaining }
            })
            .collect();
        states.reverse();
        Some(Places { unavailability: unavailability.to_vec(), within, states })
    }

    /// How many states there are that can occur.
    pub fn state_count(&self) -> usize {
        self.states.len()
    }

    /// The unavailability of the whole. `part` gives that of a part while the places whose bits are set are up.
    ///
    /// The likeliest states come first, and the sum ends when all others together cannot change it any more.
    pub fn unavailability(&self, diagram: &Diagram, part: &mut dyn FnMut(u32, u32) -> f64) -> f64 {
        let mut parts = vec![0.0; diagram.variables()];
        let mut values = Vec::new();
        let mut total = 0.0;
        for state in &self.states {
            if state.remaining <= total * NEGLIGIBLE {
                break;
            }
            fill(diagram, &mut parts, |number| part(number, state.up));
            total += state.probability * diagram.evaluate(&parts, &mut values);
        }
        probability(total)
    }

    /// Unavailability and frequency of outages. `part` gives both for a part, `place_frequencies` how often each place
    /// fails by itself (over all the time).
    ///
    /// An outage begins when a part fails on which it hangs in that state, or when a place takes down what was needed.
    pub fn outages(
        &self,
        diagram: &Diagram,
        place_frequencies: &[f64],
        part: &mut dyn FnMut(u32, u32) -> (f64, f64),
    ) -> Outages {
        let mut parts = vec![0.0; diagram.variables()];
        let mut frequencies = vec![0.0; diagram.variables()];
        let mut values = Vec::new();
        let mut known = vec![f64::NAN; 1 << self.unavailability.len()];
        let (mut unavailability, mut frequency, mut most_events) = (0.0, 0.0, 0.0_f64);
        for state in &self.states {
            let done = state.remaining <= unavailability * NEGLIGIBLE;
            if done && state.remaining * most_events <= frequency * NEGLIGIBLE {
                break;
            }
            fill(diagram, &mut parts, |number| {
                let (down, often) = part(number, state.up);
                if let Some(slot) = frequencies.get_mut(number as usize) {
                    *slot = often;
                }
                down
            });
            let here = diagram.evaluate(&parts, &mut values);
            let mut often = weighted(&diagram.importance_of(&parts, &values), &frequencies);
            let mut events: f64 = frequencies.iter().sum();
            for (place, (within, own)) in self.within.iter().zip(place_frequencies).enumerate() {
                let down = self.unavailability.get(place).map_or(f64::NAN, |down| probability(*down));
                if state.up & (1 << place) == 0 || *own == 0.0 {
                    continue;
                }
                let rate = own / (1.0 - down);
                let after = state.up & !within;
                let mut then = known.get(after as usize).copied().unwrap_or(f64::NAN);
                if then.is_nan() {
                    fill(diagram, &mut parts, |number| part(number, after).0);
                    then = diagram.evaluate(&parts, &mut values);
                    if let Some(slot) = known.get_mut(after as usize) {
                        *slot = then;
                    }
                }
                // More down is never better; what rounding says is not heard.
                often += if then < here { 0.0 } else { rate * (then - here) };
                events += rate;
            }
            unavailability += state.probability * here;
            frequency += state.probability * often;
            most_events = most_events.max(events);
        }
        Outages { unavailability: probability(unavailability), frequency }
    }
}

fn fill(diagram: &Diagram, parts: &mut [f64], mut part: impl FnMut(u32) -> f64) {
    for number in diagram.parts() {
        if let Some(slot) = parts.get_mut(*number as usize) {
            *slot = part(*number);
        }
    }
}
