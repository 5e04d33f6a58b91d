//! The language as JSON Schema: for editors, for other programs, and for a project's own stricter rules.

mod house;
mod tree;

pub use house::HouseSchema;
pub use tree::TreeJson;

use crate::catalog::builtin;
use crate::catalog::entry::CatalogFile;
use crate::rules::{self, Category};
use crate::spec::Design;
use crate::spec::design::HEADER;
use crate::spec::shape::{Schemas, Shape};
use serde_json::{Map, Value, json};

/// The schema of a design (draft 2020-12), made from the types that read it.
pub fn design() -> Value {
    let mut schemas = Schemas::default();
    let root = Design::schema(&mut schemas);
    let Value::Object(mut root) = schemas.parts.remove("design").unwrap_or(root) else { return Value::Null };
    root.insert("required".into(), HEADER.into());
    suggest_catalogue_names(&mut schemas.parts);
    list_rules(&mut schemas.parts);
    document("sysdesign design", "https://json-schema.org/draft/2020-12/schema", root, schemas.parts)
}

/// The schema of a catalogue file.
pub fn catalog() -> Value {
    let mut schemas = Schemas::default();
    let root = CatalogFile::schema(&mut schemas);
    let Value::Object(root) = schemas.parts.remove("catalogue").unwrap_or(root) else { return Value::Null };
    document("sysdesign catalogue", "https://json-schema.org/draft/2020-12/schema", root, schemas.parts)
}

fn document(title: &str, dialect: &str, root: Map<String, Value>, parts: Map<String, Value>) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), dialect.into());
    schema.insert("title".into(), title.into());
    schema.extend(root);
    schema.insert("$defs".into(), Value::Object(parts));
    Value::Object(schema)
}

/// Kinds and technologies are open sets, but editors should offer those that are known.
fn suggest_catalogue_names(parts: &mut Map<String, Value>) {
    let catalog = builtin::shared();
    let kinds: Vec<&str> = catalog.kinds().map(|kind| kind.id).collect();
    let technologies: Vec<&str> = catalog.technologies().map(|technology| technology.id).collect();
    for (part, member, names) in
        [("component", "kind", &kinds), ("component", "tech", &technologies), ("selector", "kind", &kinds)]
    {
        let Some(shape) = parts.get_mut(part) else { continue };
        for object in variants_of(shape) {
            let member = object.get_mut("properties").and_then(|members| members.get_mut(member));
            if let Some(Value::Object(member)) = member {
                let any = member.remove("type").unwrap_or_else(|| json!(["string", "number", "boolean"]));
                member.insert("anyOf".into(), json!([{ "enum": names }, { "type": any }]));
            }
        }
    }
}

/// The names of the rules that users may change.
fn list_rules(parts: &mut Map<String, Value>) {
    let Some(block) = parts.get_mut("rules_block") else { return };
    for object in variants_of(block) {
        let severity = object.get("additionalProperties").cloned().unwrap_or(Value::Bool(true));
        if let Some(Value::Object(members)) = object.get_mut("properties") {
            for rule in rules::ALL.iter().filter(|rule| rule.category != Category::Language) {
                let mut member = severity.clone();
                if let Value::Object(member) = &mut member {
                    member.insert("description".into(), rule.summary().into());
                    member.insert("examples".into(), json!(["error"]));
                }
                members.insert(rule.name.to_owned(), member);
            }
        }
    }
}

/// The object schemas of a part that may also be written in a short form.
fn variants_of(part: &mut Value) -> Vec<&mut Map<String, Value>> {
    let Value::Object(part) = part else { return Vec::new() };
    if part.contains_key("anyOf") {
        let choices = part.get_mut("anyOf").and_then(Value::as_array_mut);
        return choices.into_iter().flatten().filter_map(Value::as_object_mut).collect();
    }
    vec![part]
}
