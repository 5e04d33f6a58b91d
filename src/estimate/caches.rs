//! How much of what is asked of a cache it has: as stated, or by its size and how unequally records are asked for.

use super::builder::Builder;
use super::label::Subject;
use super::sheet::{Formula, Value};
use crate::numerics::caching;
use crate::quantity::Dimension;
use crate::spec::component::Eviction;
use std::collections::BTreeMap;
use std::rc::Rc;

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

/// Data by the id of the component that keeps copies of it, and by that of the one that keeps it in any way.
pub type KeptAt<'m> = [BTreeMap<&'m str, Vec<u32>>; 2];

/// The data that components keep copies of, by the id of the component, and then all that they keep in any way: looked up
/// once, because there may be as many caches as data.
pub fn kept_at<'m>(builder: &mut Builder<'m, '_>) -> Rc<KeptAt<'m>> {
    let model = builder.model;
    let read = || {
        let mut maps = [BTreeMap::<&str, Vec<u32>>::new(), BTreeMap::new()];
        let [cached, kept] = &mut maps;
        let add = |map: &mut BTreeMap<&'m str, Vec<u32>>, id: &'m str, data: u32| {
            let all = map.entry(id).or_default();
            if all.last() != Some(&data) {
                all.push(data);
            }
        };
        for (data, entry) in (0..).zip(&model.design.data) {
            for store in &entry.value.cached_in {
                add(cached, store.text, data);
                add(kept, store.text, data);
            }
            entry.value.stored_in.iter().for_each(|store| add(kept, store.text, data));
        }
        Rc::new(maps)
    };
    builder.kept_at.get_or_insert_with(read).clone()
}

/// The records that a cache is asked for, and the exponent by which they are wanted unequally; a missing number when one of them
/// is not said.
pub fn popularity(builder: &mut Builder<'_, '_>, component: u32) -> Result<(Value, Value), Value> {
    asked_for(builder, component).map(|(_, items, exponent)| (items, exponent))
}

fn lacking(builder: &mut Builder<'_, '_>, component: u32, help: String) -> Value {
    let name = builder.model.component_name(component);
    let what = format!("the hit ratio of {name}");
    let place = builder.model.design.components.entries.get(component as usize).map(|entry| entry.name.span);
    builder.lacking(Dimension::NONE, what, help, place)
}

/// The data that decides, its records, and the exponent.
fn asked_for(builder: &mut Builder<'_, '_>, component: u32) -> Result<(u32, Value, Value), Value> {
    let model = builder.model;
    let name = model.component_name(component);
    let [_, kept] = &*kept_at(builder);
    let cached = kept.get(name).into_iter().flatten().find_map(|data| {
        let entry = model.design.data.entries.get(*data as usize)?;
        entry.value.skew.is_some().then_some((*data, entry))
    });
    let Some((data, entry)) = cached else {
        let help = format!(
            "state `hit_ratio` on `components.{name}`, or `skew` and `count` of the data that is `cached_in: {name}`"
        );
        return Err(lacking(builder, component, help));
    };
    let subject = Subject::Data(data);
    let Some(exponent) = builder.stated(subject, "skew", entry.value.skew.as_ref()) else {
        return Err(lacking(builder, component, format!("state `skew` on `data.{}`", entry.name.text)));
    };
    match super::volumes::stated_records(builder, data) {
        Some(items) => Ok((data, items, exponent)),
        None => Err(lacking(builder, component, format!("state `count` on `data.{}`", entry.name.text))),
    }
}

/// What the hit ratio would be by the size of the cache; a missing number when something for that is not known.
pub fn from_size(builder: &mut Builder<'_, '_>, component: u32) -> Value {
    let (data, items, exponent) = match asked_for(builder, component) {
        Ok(found) => found,
        Err(missing) => return missing,
    };
    let model = builder.model;
    let of = Subject::Component(component);
    let written = model.design.components.entries.get(component as usize);
    let memory = written.and_then(|entry| entry.value.memory.as_ref());
    let memory = builder.stated(of, "memory", memory).or_else(|| builder.catalog_number(component, "memory"));
    let Some(memory) = memory else {
        let name = model.component_name(component);
        return lacking(builder, component, format!("state `memory` on `components.{name}`"));
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
