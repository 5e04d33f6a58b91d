//! The records of a design, their keys, and how they refer to each other.

use super::super::Context;
use super::super::picture::{Attribute, Body, Cardinality, Entities, Entity, Picture, Relation};
use crate::model::names::Space;
use crate::spec::data::Data;
use crate::spec::data_field::DataField;

/// More records than this do not fit into one picture.
const MOST: usize = 60;

/// Draws them; several pictures when there are very many.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let model = context.case.model();
    let with_fields: Vec<usize> = (0..model.design.data.len())
        .filter(|index| model.design.data.get(*index).is_some_and(|entry| is_shown(context, &entry.value)))
        .collect();
    let parts = with_fields.len().div_ceil(MOST);
    let draw = |(number, indexes): (usize, &[usize])| {
        let about = (parts > 1).then(|| format!("part {number}"));
        let entities = entities(context, indexes);
        let mut picture = super::picture(context, "entities", about.as_deref(), Body::Entities(entities));
        if parts > 1 {
            let notice = format!("{} records are drawn in {parts} pictures", with_fields.len());
            picture.notices.push(format!("{notice}; references between them are not drawn"));
        }
        picture
    };
    (1..).zip(with_fields.chunks(MOST)).map(draw).collect()
}

/// With a view, the data that is kept in what is shown.
fn is_shown(context: &Context<'_, '_, '_>, data: &Data<'_>) -> bool {
    let mut stores = data.stored_in.iter().chain(&data.cached_in).peekable();
    let shows = |name: &crate::spec::values::Name<'_>| {
        let found = context.case.model().names.find(Space::Component, name.text);
        found.is_some_and(|index| context.view.shows(index as usize))
    };
    context.request.view.is_none() || (stores.peek().is_some() && stores.any(shows))
}

fn entities(context: &Context<'_, '_, '_>, indexes: &[usize]) -> Entities {
    let model = context.case.model();
    let mut drawn = Entities::default();
    let place = |id: &str| {
        let found = model.names.find(Space::Data, id)? as usize;
        indexes.iter().position(|index| *index == found)
    };
    for index in indexes {
        let Some(entry) = model.design.data.get(*index) else { continue };
        let from = drawn.entities.len();
        let mut attributes = Vec::new();
        for field in &entry.value.fields {
            attributes.push(attribute(field.name.text, &field.value));
            let Some(reference) = field.value.reference else { continue };
            let Some(to) = place(reference.text) else { continue };
            let has = |word: &str| field.value.modifiers.iter().any(|modifier| modifier.text == word);
            drawn.relations.push(Relation {
                from,
                to,
                from_count: if has("unique") { Cardinality::ZeroOrOne } else { Cardinality::Many },
                to_count: if has("optional") { Cardinality::ZeroOrOne } else { Cardinality::One },
                is_identifying: has("key") || has("partition_key"),
                label: field.name.text.to_owned(),
            });
        }
        let name = entry.value.name.map_or(entry.name.text, |name| name.text);
        let stores: Vec<&str> = entry.value.stored_in.iter().map(|store| store.text).collect();
        let title =
            if stores.is_empty() { name.to_owned() } else { format!("{name} (in {})", stores.join(", ")) };
        drawn.entities.push(Entity { id: entry.name.text.to_owned(), title, attributes });
    }
    drawn
}

fn attribute(name: &str, field: &DataField<'_>) -> Attribute {
    let has = |word: &str| field.modifiers.iter().any(|modifier| modifier.text == word);
    let shape = match (field.reference, field.kind, field.length) {
        (Some(reference), ..) => reference.text.to_owned(),
        (None, Some(kind), Some(length)) => format!("{kind}({length})"),
        (None, kind, _) => kind.unwrap_or("any").to_owned(),
    };
    let mut keys = Vec::new();
    if has("key") || has("partition_key") || has("sort_key") {
        keys.push("PK");
    }
    if field.reference.is_some() {
        keys.push("FK");
    }
    if has("unique") {
        keys.push("UK");
    }
    let shown = |word: &&str| !matches!(*word, "key" | "unique");
    let mut said: Vec<String> = field
        .modifiers
        .iter()
        .map(|modifier| modifier.text)
        .filter(shown)
        .map(|word| word.replace('_', " "))
        .collect();
    if let Some(long) = field.long.as_deref() {
        if long.personal.is_some_and(|flag| flag.value) && !has("personal") {
            said.push("personal".to_owned());
        }
        said.extend(long.description.map(|text| text.text.to_owned()));
    }
    Attribute { shape, name: name.to_owned(), keys, comment: said.join(", ") }
}
