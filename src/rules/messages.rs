//! Messages as rules look at them: who takes them out of which broker.

use super::instances::component;
use super::{Case, hops};
use crate::model::Model;
use crate::model::names::Space;
use crate::source::Span;
use crate::spec::component::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody who takes messages out of a broker.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// In which flow.
    pub flow: u32,
    /// Who.
    pub by: u32,
    /// Where that is written.
    pub span: Span,
}

/// So many who take messages are looked at in one flow: more of the same say nothing new.
const MOST: usize = 64;

/// Who takes messages out of which broker.
pub fn taken(case: &Case<'_, '_>) -> BTreeMap<u32, Vec<Taken>> {
    let delivers = |index: u32| hops::role(case, index).has("delivers_messages");
    let mut found: BTreeMap<u32, Vec<Taken>> = BTreeMap::new();
    for ((flow, entry), calls) in (0..).zip(&case.design.flows).zip(case.calls()) {
        let on = entry.value.on.and_then(|on| case.names.find(Space::Component, on.text));
        let mut seen: BTreeSet<(u32, u32)> = BTreeSet::new();
        let mut add = |broker: u32, by: u32, span: Span| {
            if seen.len() < MOST && seen.insert((broker, by)) {
                found.entry(broker).or_default().push(Taken { flow, by, span });
            }
        };
        for call in &calls.calls {
            let is_own = on == Some(call.to) && calls.starter == Some(call.from);
            if delivers(call.to) && (hops::takes_out(case, call) || (is_own && !hops::writes(call))) {
                add(call.to, call.from, hops::span(case, call));
            } else if delivers(call.from) && !delivers(call.to) {
                add(call.from, call.to, hops::span(case, call));
            }
        }
        let starter = calls.starter.filter(|starter| !delivers(*starter));
        if let (Some(broker), Some(starter), Some(on)) =
            (on.filter(|on| delivers(*on)), starter, entry.value.on)
            && seen.iter().all(|(known, _)| *known != broker)
        {
            found.entry(broker).or_default().push(Taken { flow, by: starter, span: on.span() });
        }
    }
    found
}

/// Whether a broker hands messages out in an order.
pub fn keeps_order(model: &Model<'_>, broker: u32) -> bool {
    let said = component(model, broker).and_then(|it| it.ordering).map(|ordering| ordering.value);
    said.map_or_else(|| hops::role(model, broker).has("keeps_log"), |ordering| ordering != Ordering::None)
}

/// Where somebody who takes messages puts them back.
pub fn put_back(case: &Case<'_, '_>, broker: u32, taken: &[Taken]) -> Option<Taken> {
    taken.iter().find_map(|taken| {
        let calls = case.calls().get(taken.flow as usize)?;
        let back = calls.calls.iter().find(|call| {
            call.from == taken.by
                && call.to == broker
                && !hops::takes_out(case, call)
                && hops::span(case, call) != taken.span
        })?;
        Some(Taken { span: hops::span(case, back), ..*taken })
    })
}
