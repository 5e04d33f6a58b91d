//! Kinds and technologies as JSON.

use crate::catalog::{Catalog, Kind, Number, Technology};
use serde_json::{Value, json};

/// All of them: kinds, then technologies, by id.
pub fn all(catalog: &Catalog<'_>) -> Vec<Value> {
    let kinds = catalog.kinds().map(|it| kind(catalog, it));
    kinds.chain(catalog.technologies().map(|it| technology(catalog, it))).collect()
}

/// A kind.
pub fn kind<'t>(catalog: &Catalog<'t>, kind: &Kind<'t>) -> Value {
    json!({
        "type": "kind",
        "id": kind.id,
        "name": kind.name,
        "description": kind.description,
        "traits": kind.traits,
        "shape": kind.shape.word(),
        "numbers": numbers(&catalog.kind_numbers(kind)),
    })
}

/// A technology.
pub fn technology<'t>(catalog: &Catalog<'t>, technology: &Technology<'t>) -> Value {
    json!({
        "type": "technology",
        "id": technology.id,
        "name": technology.name,
        "description": technology.description,
        "kinds": technology.kinds,
        "aliases": technology.aliases,
        "managed": technology.managed,
        "homepage": technology.homepage,
        "numbers": numbers(&catalog.technology_numbers(technology)),
    })
}

fn numbers(numbers: &[Number<'_, '_>]) -> Vec<Value> {
    let one = |number: &Number<'_, '_>| {
        let source = number.source.map(
            |source| json!({ "title": source.title, "url": source.url, "date": source.date.to_string() }),
        );
        json!({
            "name": number.name,
            "text": number.text,
            "basis": number.basis.word(),
            "note": number.note,
            "source": source,
        })
    };
    numbers.iter().map(one).collect()
}
