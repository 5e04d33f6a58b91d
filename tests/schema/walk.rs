//! The records of a schema, and a smallest document around each.

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A record: its schema, and how to put one into a document.
#[derive(Debug)]
pub struct Record {
    /// The name of the part; empty for the whole document.
    pub part: String,
    /// The pointer to the object schema.
    pub pointer: String,
    /// The object schema.
    pub schema: Value,
    path: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Step {
    /// Into a member of an object that must have others too.
    Member(String, Map<String, Value>),
    /// Into a map of names.
    Named,
    /// Into a list.
    Item,
}

impl Record {
    /// The smallest valid document with `value` in the place of this record.
    pub fn around(&self, value: Value) -> Value {
        self.path.iter().rev().fold(value, |value, step| match step {
            Step::Member(key, others) => {
                let mut object = others.clone();
                object.insert(key.clone(), value);
                Value::Object(object)
            }
            Step::Named => json!({ "a": value }),
            Step::Item => json!([value]),
        })
    }

    /// The record with one member, and the others that it must have.
    pub fn with(&self, key: &str, value: Value) -> Value {
        let mut object = required(&self.schema);
        object.insert(key.to_owned(), value);
        Value::Object(object)
    }

    pub fn members(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.schema["properties"].as_object().into_iter().flatten()
    }
}

/// The members that an object must have, with their first examples.
fn required(object: &Value) -> Map<String, Value> {
    let keys = object["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    keys.map(|key| (key.to_owned(), object["properties"][key]["examples"][0].clone())).collect()
}

/// All records, each with the shortest way to it.
pub fn records(root: &Value) -> Vec<Record> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = vec![(String::new(), root.clone(), Vec::new(), String::new())];
    while !next.is_empty() {
        for (part, schema, path, pointer) in std::mem::take(&mut next) {
            let mut go = |schema: &Value, step: Option<Step>, pointer: String| {
                let path: Vec<Step> = path.iter().cloned().chain(step).collect();
                next.push((part.clone(), schema.clone(), path, pointer));
            };
            if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
                if seen.insert(name.to_owned()) {
                    let schema = root["$defs"][name].clone();
                    next.push((name.to_owned(), schema, path.clone(), format!("/$defs/{name}")));
                }
                continue;
            }
            for (at, form) in schema["anyOf"].as_array().into_iter().flatten().enumerate() {
                go(form, None, format!("{pointer}/anyOf/{at}"));
            }
            if schema["items"].is_object() {
                go(&schema["items"], Some(Step::Item), format!("{pointer}/items"));
            }
            if schema["additionalProperties"].is_object() {
                let pointer = format!("{pointer}/additionalProperties");
                go(&schema["additionalProperties"], Some(Step::Named), pointer);
            }
            for (pattern, schema) in schema["patternProperties"].as_object().into_iter().flatten() {
                if let Some(name) = pattern.strip_prefix("^(").and_then(|rest| rest.split('|').next()) {
                    let step = Step::Member(name.to_owned(), Map::new());
                    go(schema, Some(step), format!("{pointer}/patternProperties/{pattern}"));
                }
            }
            let others = required(&schema);
            for (key, member) in schema["properties"].as_object().into_iter().flatten() {
                let step = Step::Member(key.clone(), others.clone());
                go(member, Some(step), format!("{pointer}/properties/{key}"));
            }
            if schema["properties"].is_object() {
                found.push(Record { part: part.clone(), pointer, schema, path });
            }
        }
    }
    found
}

/// Documents in which every member of every record stands with each of its examples.
pub fn example_documents(root: &Value) -> Vec<(String, Value)> {
    let mut documents = Vec::new();
    for record in records(root) {
        for (key, member) in record.members() {
            for example in member["examples"].as_array().into_iter().flatten() {
                let document = record.around(record.with(key, example.clone()));
                documents.push((format!("{}.{key}: {example}", record.part), document));
            }
        }
    }
    documents
}
