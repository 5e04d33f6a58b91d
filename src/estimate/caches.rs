//! How much of what is asked of a cache it has: as stated, or by its size and how unequally records are asked for.

use super::builder::Builder;
use super::label::Subject;
use super::sheet::{Formula, Value};
use crate::numerics::caching;
use crate::quantity::Dimension;
use crate::spec::component::Eviction;

const LRU: Formula = Formula {
    model: "Che's approximation of LRU under Zipf's law",
    text: "hit ratio of {2} places for {0} records asked for by Zipf's law with exponent {1}",
    exact: false,
    work: 60.0,
    apply: |inputs| match inputs {
        [items, exponent, places] => caching::zipf_lru(*items, *exponent, *places),
        _ => f64::NAN,
    },
};

const IDEAL: Formula = Formula {
    model: "Zipf's law",
    text: "share of requests for the {2} most wanted of {0} records, exponent {1}",
    exact: true,
    work: 2.0,
    apply: |inputs| match inputs {
        [items, exponent, places] => caching::zipf_ideal(*items, *exponent, *places),
        _ => f64::NAN,
    },
};

/// The share of requests that a cache answers.
pub fn hit_ratio(builder: &mut Builder<'_, '_>, component: u32) -> Value {
    let subject = Subject::Component(component);
    if let Some(known) = builder.get(subject, "hit_ratio") {
        return known;
    }
    let stated = builder.component(component).and_then(|it| it.hit_ratio.as_ref());
    let value = match builder.stated(subject, "hit_ratio", stated) {
        Some(stated) => builder.sheet.same(stated),
        None => from_size(builder, component),
    };
    builder.set(subject, "hit_ratio", value)
}

/// The share of requests that it does not answer.
pub fn miss_ratio(builder: &mut Builder<'_, '_>, component: u32) -> Value {
    let hit = hit_ratio(builder, component);
    let miss = builder.sheet.complement(hit);
    builder.step(miss, "misses")
}

/// What the hit ratio would be by the size of the cache; a missing number when something for that is not known.
pub fn from_size(builder: &mut Builder<'_, '_>, component: u32) -> Value {
    let model = builder.model;
    let name = model.component_name(component).to_owned();
    let of = Subject::Component(component);
    let written = model.design.components.entries.get(component as usize);
    let place = written.map(|entry| entry.name.span);
    let lacking = |builder: &mut Builder<'_, '_>, help: String| {
        builder.lacking(Dimension::NONE, format!("the hit ratio of {name}"), help, place)
    };
    let cached = (0..).zip(&model.design.data).find(|(_, data)| {
        let stores = data.value.cached_in.iter().chain(data.value.stored_in.iter());
        data.value.skew.is_some() && stores.into_iter().any(|store| store.text == name)
    });
    let Some((data, entry)) = cached else {
        let help = format!(
            "state `hit_ratio` on `components.{name}`, or `skew` and `count` of the data that is `cached_in: {name}`"
        );
        return lacking(builder, help);
    };
    let subject = Subject::Data(data);
    let Some(exponent) = builder.stated(subject, "skew", entry.value.skew.as_ref()) else {
        return lacking(builder, format!("state `skew` on `data.{}`", entry.name.text));
    };
    let Some(items) = super::volumes::stated_records(builder, data) else {
        return lacking(builder, format!("state `count` on `data.{}`", entry.name.text));
    };
    let memory = written.and_then(|entry| entry.value.memory.as_ref());
    let memory = builder.stated(of, "memory", memory).or_else(|| builder.catalog_number(component, "memory"));
    let Some(memory) = memory else {
        return lacking(builder, format!("state `memory` on `components.{name}`"));
    };
    let size = super::volumes::record_size(builder, data);
    let parts = builder.memory_parts(component);
    let whole = builder.sheet.product(&[memory, parts]);
    let places = builder.sheet.quotient(whole, size);
    let places = builder.step(places, "records that fit");
    let eviction = written.and_then(|entry| entry.value.eviction).map(|eviction| eviction.value);
    let formula = if eviction == Some(Eviction::Lfu) { &IDEAL } else { &LRU };
    builder.sheet.formula(formula, &[items, exponent, places], Dimension::NONE)
}
