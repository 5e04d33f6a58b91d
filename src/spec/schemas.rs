//! The JSON Schema as it is put together from the types, and what makes it good to read in an editor.
//!
//! Every schema has a `title` in plain words ("a time", "a name, or a list of them"): editors show it above the
//! description, and the reference page prints it as what a key takes. `errorMessage` is what
//! yaml-language-server says instead of "Incorrect type".

use crate::syntax::{CoreType, Node, NodeKind};
use serde_json::{Map as JsonMap, Value, json};

/// Named parts that refer to each other.
#[derive(Debug, Default)]
pub struct Schemas {
    /// The parts, by name.
    pub parts: JsonMap<String, Value>,
}

impl Schemas {
    /// A reference to the part that messages call `title`, made by `build` when it is first asked for.
    pub fn part(&mut self, title: &str, build: impl FnOnce(&mut Self) -> Value) -> Value {
        let name = title.replace(' ', "_").to_ascii_lowercase();
        if !self.parts.contains_key(&name) {
            // The placeholder ends the recursion of types that contain themselves.
            self.parts.insert(name.clone(), json!({ "title": with_article(title) }));
            let part = build(self);
            self.parts.insert(name.clone(), part);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// What a schema takes, in plain words.
    pub fn title_of(&self, schema: &Value) -> String {
        let own = schema.get("title").and_then(Value::as_str);
        let part = || {
            let name = schema.get("$ref").and_then(Value::as_str)?.strip_prefix("#/$defs/")?;
            self.parts.get(name)?.get("title")?.as_str()
        };
        own.or_else(part).unwrap_or("anything").to_owned()
    }
}

/// `a component`, `an API`.
pub fn with_article(word: &str) -> String {
    if word == "data" {
        return word.to_owned();
    }
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'A']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// The schema of an empty value.
///
/// The same as `type: null`, but editors offer `null` as a completion for that, which nobody should write.
pub fn nothing() -> Value {
    json!({ "title": "nothing", "not": { "type": ["string", "number", "boolean", "object", "array"] } })
}

/// Documentation lines as one text, without the examples.
pub fn description(docs: &[&str]) -> String {
    let mut text = String::new();
    for line in docs.iter().map(|line| line.trim()).filter(|line| example_in(line).is_none()) {
        if !text.is_empty() {
            text.push(if line.is_empty() { '\n' } else { ' ' });
        }
        text.push_str(line);
    }
    text.trim().to_owned()
}

fn example_in(line: &str) -> Option<&str> {
    line.strip_prefix("Example: `").and_then(|rest| rest.strip_suffix('`'))
}

/// A member of a record with its documentation split into sentence and examples.
pub fn member(key: &str, docs: &[&str], mut schema: Value, schemas: &Schemas) -> Value {
    let title = format!("{key}: {}", schemas.title_of(&schema));
    let examples: Vec<Value> =
        docs.iter().filter_map(|line| example_in(line.trim())).map(example_value).collect();
    if let Value::Object(members) = &mut schema {
        members.insert("title".into(), title.into());
        members.insert("description".into(), description(docs).into());
        // yaml-language-server writes maps in a list as `[object Object]` unless they are a snippet.
        let maps_in_list = |example: &&Value| {
            example.as_array().is_some_and(|items| items.iter().any(|item| item.is_object()))
        };
        if let Some(body) = examples.first().filter(maps_in_list) {
            members.insert("defaultSnippets".into(), json!([{ "label": key, "body": body }]));
        }
        if !examples.is_empty() {
            members.insert("examples".into(), examples.into());
        }
    }
    schema
}

/// An example as JSON: it is written in YAML, like everything else that a user sees.
fn example_value(text: &str) -> Value {
    let mut sources = crate::source::Sources::new();
    let Some(file) = sources.add(crate::source::SourceFile::new("example", text)) else { return Value::Null };
    let parsed = crate::syntax::parse(&sources, file);
    parsed.tree.root(&sources).map_or(Value::Null, to_json)
}

/// A node as JSON, scalars by YAML's core schema.
pub fn to_json(node: Node<'_>) -> Value {
    match node.kind() {
        NodeKind::Map => Value::Object(
            node.entries().map(|(key, value)| (key.text().to_owned(), to_json(value))).collect(),
        ),
        NodeKind::List => node.items().map(to_json).collect(),
        NodeKind::Scalar => match node.core_type() {
            CoreType::Null => Value::Null,
            CoreType::Bool(value) => value.into(),
            CoreType::Number(value) if value.fract() == 0.0 && value.abs() < 1e15 => (value as i64).into(),
            CoreType::Number(value) => value.into(),
            CoreType::Text => node.text().into(),
        },
    }
}
