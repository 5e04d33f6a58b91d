//! The language as JSON Schema: for editors, for other programs, and for a project's own stricter rules.

mod house;
mod known;
mod tree;
mod violation;

pub use house::HouseSchema;
pub use tree::TreeJson;

use crate::catalog::entry::CatalogFile;
use crate::spec::Design;
use crate::spec::design::HEADER;
use crate::spec::shape::{Schemas, Shape};
use serde_json::{Map, Value};

/// The schema of a design (draft 2020-12), made from the types that read it.
pub fn design() -> Value {
    let mut schema = part();
    if let Value::Object(root) = &mut schema {
        root.insert("title".into(), "sysdesign design".into());
        root.insert("required".into(), HEADER.into());
    }
    schema
}

/// The schema of a file that a design includes, which has no header of its own.
pub fn part() -> Value {
    let mut schemas = Schemas::default();
    let root = Design::schema(&mut schemas);
    let Value::Object(root) = schemas.parts.remove("design").unwrap_or(root) else { return Value::Null };
    known::suggest_catalogue_names(&mut schemas.parts);
    known::list_rules(&mut schemas.parts);
    document("part of a sysdesign design", root, schemas.parts)
}

/// The schema of a catalogue file.
pub fn catalog() -> Value {
    let mut schemas = Schemas::default();
    let root = CatalogFile::schema(&mut schemas);
    let Value::Object(root) = schemas.parts.remove("catalogue").unwrap_or(root) else { return Value::Null };
    document("sysdesign catalogue", root, schemas.parts)
}

fn document(title: &str, root: Map<String, Value>, parts: Map<String, Value>) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.extend(root);
    schema.insert("title".into(), title.into());
    schema.insert("$defs".into(), Value::Object(parts));
    Value::Object(schema)
}
