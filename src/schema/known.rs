//! What the schema of a design offers but does not demand: the kinds, technologies and rules that are known.

use crate::catalog::{Catalog, builtin};
use crate::rules::{self, Category};
use crate::spec::values::text_schema;
use serde_json::{Map, Value, json};

/// Kinds and technologies are open sets, but editors should offer those of the catalogue.
pub fn suggest_catalogue_names(parts: &mut Map<String, Value>) {
    let catalog = builtin::shared();
    parts.insert("kind".into(), kinds(catalog));
    parts.insert("technology".into(), technologies(catalog));
    for (part, member, of) in
        [("component", "kind", "kind"), ("component", "tech", "technology"), ("selector", "kind", "kind")]
    {
        for object in parts.get_mut(part).into_iter().flat_map(forms_of) {
            let title = object.get("title").and_then(Value::as_str).unwrap_or_default();
            if title.starts_with(&format!("{member}: ")) {
                // The short form: `app: service`.
                refer(object, of);
            }
            let members = object.get_mut("properties").and_then(Value::as_object_mut);
            let known = members.and_then(|members| members.get_mut(member)).and_then(Value::as_object_mut);
            known.into_iter().for_each(|member| refer(member, of));
        }
    }
}

fn refer(member: &mut Map<String, Value>, part: &str) {
    ["if", "else"].into_iter().for_each(|keyword| {
        member.remove(keyword);
    });
    let key = member.get("title").and_then(Value::as_str).and_then(|title| Some(title.split_once(": ")?.0));
    let title = format!("{}: a {part}", key.unwrap_or(part));
    member.insert("title".into(), title.into());
    member.insert("$ref".into(), format!("#/$defs/{part}").into());
}

fn kinds(catalog: &Catalog<'_>) -> Value {
    let (ids, docs): (Vec<&str>, Vec<&str>) = catalog.kinds().map(|kind| (kind.id, kind.description)).unzip();
    let known = json!({ "title": "a known kind", "enum": ids, "markdownEnumDescriptions": docs });
    json!({ "title": "a kind", "anyOf": [known, text_schema("a kind of your own catalogue")] })
}

/// There are hundreds, which would all be listed whenever somebody points at one if they were an `enum`.
fn technologies(catalog: &Catalog<'_>) -> Value {
    let snippet = |id: &str, name: &str, description: &str| {
        let description = if description.is_empty() { name } else { description };
        json!({ "label": id, "body": id, "markdownDescription": description })
    };
    let snippets = catalog.technologies().map(|it| snippet(it.id, it.name, it.description));
    let mut schema = text_schema("a technology");
    if let Value::Object(members) = &mut schema {
        members.insert("defaultSnippets".into(), snippets.collect());
    }
    schema
}

/// The names of the rules that users may change.
pub fn list_rules(parts: &mut Map<String, Value>) {
    for object in parts.get_mut("rules_block").into_iter().flat_map(forms_of) {
        let severity = object.get("additionalProperties").cloned().unwrap_or(Value::Bool(true));
        let Some(members) = object.get_mut("properties").and_then(Value::as_object_mut) else { continue };
        for rule in rules::ALL.iter().filter(|rule| rule.category != Category::Language) {
            let mut member = severity.clone();
            if let Value::Object(member) = &mut member {
                member.insert("title".into(), format!("{}: a severity", rule.name).into());
                member.insert("description".into(), rule.summary().into());
                member.insert("examples".into(), json!(["error"]));
            }
            members.insert(rule.name.to_owned(), member);
        }
    }
}

/// The forms in which a part may be written.
fn forms_of(part: &mut Value) -> Vec<&mut Map<String, Value>> {
    let Value::Object(part) = part else { return Vec::new() };
    if part.contains_key("anyOf") {
        let forms = part.get_mut("anyOf").and_then(Value::as_array_mut);
        return forms.into_iter().flatten().filter_map(Value::as_object_mut).collect();
    }
    vec![part]
}
