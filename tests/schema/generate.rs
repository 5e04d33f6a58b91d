//! Random documents that fit a schema, and random damage to good ones.

use crate::support::Dice;
use serde_json::{Map, Value, json};

const TEXTS: &[&str] = &[
    "app",
    "GET /",
    "10 ms",
    "5 GB",
    "200 / s",
    "$3 / month",
    "40% / year",
    "yes",
    "on",
    "1.10",
    "",
    " ",
    "null",
    "true",
    "5",
    "é ⭐",
    "2027-06-01",
    "a -> b",
    "string(8), key",
    "flows.f.rate > 3 / s",
    "5..20",
    "x > 1",
    "#",
    "12:30:45",
    "0x1F",
    "a: b",
    "-",
];
const IDS: &[&str] = &["a", "app", "B2", "with-dash", "snake_case", "x", "true", "null", "end", "kind", "on"];
const ARROWS: &[&str] = &["a -> b", "a -> b ~> c", "->", "a~>b", "1 -> 2"];
const NUMBERS: &[f64] = &[0.0, 1.0, 3.0, -2.0, 0.5, 1e9, 1.5e-7];

/// Any value at all.
pub fn junk(dice: &mut Dice, depth: usize) -> Value {
    match dice.roll(if depth == 0 { 8 } else { 13 }) {
        0 => Value::Null,
        1 => true.into(),
        2 => false.into(),
        3 | 4 => number(dice),
        5 => json!([]),
        6 => json!({}),
        7 | 8 => (*dice.pick(TEXTS)).into(),
        9 => (0..dice.roll(3)).map(|_| junk(dice, depth - 1)).collect(),
        10 => (*dice.pick(ARROWS)).into(),
        _ => {
            let entry = |_| ((*dice.pick(IDS)).to_owned(), junk(dice, depth - 1));
            Value::Object((0..2).map(entry).collect())
        }
    }
}

fn number(dice: &mut Dice) -> Value {
    let number = *dice.pick(NUMBERS);
    if number.fract() == 0.0 { (number as i64).into() } else { number.into() }
}

/// Documents that fit a schema.
pub struct Generator<'s> {
    pub root: &'s Value,
    pub dice: Dice,
}

impl Generator<'_> {
    /// A value that fits `schema`, not much deeper than `depth`.
    pub fn value(&mut self, schema: &Value, depth: usize) -> Value {
        const KNOWN: &[&str] = &[
            "$ref",
            "$schema",
            "$defs",
            "title",
            "description",
            "examples",
            "markdownEnumDescriptions",
            "errorMessage",
            "defaultSnippets",
            "format",
            "type",
            "pattern",
            "enum",
            "const",
            "anyOf",
            "if",
            "else",
            "not",
            "items",
            "properties",
            "patternProperties",
            "additionalProperties",
            "propertyNames",
            "required",
        ];
        if schema == &Value::Bool(true) {
            return junk(&mut self.dice, 2);
        }
        for keyword in schema.as_object().expect("a schema").keys() {
            assert!(KNOWN.contains(&keyword.as_str()), "the generator does not know `{keyword}`");
        }
        if let Some(part) = schema["$ref"].as_str() {
            let part = self.root.pointer(part.trim_start_matches('#')).expect("the part exists");
            return self.value(part, depth);
        }
        if let Some(forms) = schema["anyOf"].as_array() {
            let flat = |form: &&Value| form["type"] != "object" && form["type"] != "array";
            let cheap: Vec<&Value> = forms.iter().filter(flat).collect();
            let forms = if depth == 0 && !cheap.is_empty() { cheap } else { forms.iter().collect() };
            let form = *self.dice.pick(&forms);
            return self.value(form, depth);
        }
        if schema["not"].is_object() {
            return Value::Null;
        }
        if schema["if"].is_object() {
            let truth = self.dice.roll(10) == 0;
            return if truth { (self.dice.roll(2) == 0).into() } else { self.value(&schema["else"], depth) };
        }
        if let Some(words) = schema["enum"].as_array() {
            return self.dice.pick(words).clone();
        }
        if let Some(only) = schema.get("const") {
            return only.clone();
        }
        let types: Vec<&str> = match &schema["type"] {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        };
        match *self.dice.pick(&types) {
            "string" => self.text(schema).into(),
            "number" => number(&mut self.dice),
            "boolean" => (self.dice.roll(2) == 0).into(),
            "array" => {
                let count = if depth == 0 { 0 } else { self.dice.roll(4) };
                (0..count).map(|_| self.value(&schema["items"], depth - 1)).collect()
            }
            "object" => self.object(schema, depth),
            other => panic!("the generator does not know the type `{other}`"),
        }
    }

    fn text(&mut self, schema: &Value) -> String {
        let pool = match schema["pattern"].as_str() {
            None => TEXTS,
            Some("->|~>") => ARROWS,
            Some(pattern) if pattern.starts_with("^[A-Za-z]") => IDS,
            Some(other) => panic!("the generator does not know the pattern `{other}`"),
        };
        (*self.dice.pick(pool)).to_owned()
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let mut object = Map::new();
        let inner = depth.saturating_sub(1);
        let members: Vec<(&String, &Value)> =
            schema["properties"].as_object().into_iter().flatten().collect();
        for (key, member) in &members {
            let must = schema["required"].as_array().is_some_and(|keys| keys.iter().any(|it| it == *key));
            // Large records would otherwise fill the document.
            if must || (depth > 0 && self.dice.roll(members.len().max(8)) < 4) {
                object.insert((*key).clone(), self.value(member, inner));
            }
        }
        for (pattern, member) in schema["patternProperties"].as_object().into_iter().flatten() {
            let key = match pattern.as_str() {
                "^x-" => *self.dice.pick(&["x-note", "x-a b", "x-", "x-1"]),
                "->|~>" => *self.dice.pick(ARROWS),
                families => {
                    families.trim_start_matches("^(").split('|').nth(self.dice.roll(5)).expect("a family")
                }
            };
            if self.dice.roll(6) == 0 {
                object.insert(key.to_owned(), self.value(member, inner));
            }
        }
        if schema["additionalProperties"].is_object() && depth > 0 {
            for _ in 0..self.dice.roll(4) {
                let key = *self.dice.pick(IDS);
                if !members.iter().any(|(known, _)| *known == key) {
                    object.insert(key.to_owned(), self.value(&schema["additionalProperties"], inner));
                }
            }
        }
        Value::Object(object)
    }
}

/// Damages a document in one place.
pub fn damage(document: &mut Value, keys: &[String], dice: &mut Dice) {
    let places = count(document);
    let at = dice.roll(places);
    let other = nth(&mut document.clone(), dice.roll(places)).map(|value| value.clone());
    let Some(value) = nth(document, at) else { return };
    match dice.roll(10) {
        0 | 1 => *value = junk(dice, 2),
        2 => *value = other.unwrap_or_default(),
        3 => *value = json!([value.take()]),
        4 => *value = json!({ "a": value.take() }),
        _ => match value {
            Value::Object(members) => change_members(members, keys, dice),
            Value::Array(items) if !items.is_empty() && dice.roll(2) == 0 => {
                let first = items.swap_remove(0);
                *value = first;
            }
            Value::Array(items) => items.push(junk(dice, 1)),
            scalar => *scalar = junk(dice, 1),
        },
    }
}

fn change_members(members: &mut Map<String, Value>, keys: &[String], dice: &mut Dice) {
    let old: Vec<String> = members.keys().cloned().collect();
    let mut fresh = match dice.roll(6) {
        0..=2 => dice.pick(keys).clone(),
        3 => (*dice.pick(IDS)).to_owned(),
        4 => {
            (*dice.pick(&["1", "a b", "x-own", "X-own", "a -> b", "x->y", "<", "é", "key.", "-"])).to_owned()
        }
        _ => old.first().map_or_else(|| "q".to_owned(), |key| format!("{key}s")),
    };
    if members.contains_key(&fresh) {
        fresh.push('q');
    }
    match dice.roll(3) {
        0 if !old.is_empty() => {
            members.shift_remove(dice.pick(&old));
        }
        1 if !old.is_empty() => {
            let value = members.shift_remove(dice.pick(&old)).unwrap_or_default();
            members.insert(fresh, value);
        }
        _ => {
            members.insert(fresh, junk(dice, 1));
        }
    }
}

/// How many values there are in a value, itself included.
fn count(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(count).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(count).sum::<usize>(),
        _ => 1,
    }
}

fn nth(value: &mut Value, at: usize) -> Option<&mut Value> {
    if at == 0 {
        return Some(value);
    }
    let mut left = at - 1;
    let children: Vec<&mut Value> = match value {
        Value::Object(members) => members.values_mut().collect(),
        Value::Array(items) => items.iter_mut().collect(),
        _ => Vec::new(),
    };
    for child in children {
        let size = count(child);
        if left < size {
            return nth(child, left);
        }
        left -= size;
    }
    None
}
