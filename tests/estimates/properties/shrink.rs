//! The smallest design that still has a mistake: `SYSDESIGN_SHRINK=1` prints it.

use serde_json::Value;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Takes out keys and items for as long as the design still fails.
pub fn smallest(design: &Value, fails: &dyn Fn(&Value) -> bool) -> Value {
    let fails = |design: &Value| catch_unwind(AssertUnwindSafe(|| fails(design))).unwrap_or(false);
    let mut design = design.clone();
    loop {
        let found = pointers(&design, String::new()).into_iter().find_map(|pointer| {
            let less = without(&design, &pointer);
            fails(&less).then_some(less)
        });
        match found {
            Some(less) => design = less,
            None => return design,
        }
    }
}

fn pointers(value: &Value, path: String) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |key: &str, inner: &Value| {
        let path = format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(path.clone());
        found.extend(pointers(inner, path));
    };
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, inner)| add(key, inner)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, inner)| add(&at.to_string(), inner)),
        _ => {}
    }
    found
}

fn without(design: &Value, pointer: &str) -> Value {
    let mut less = design.clone();
    let (outer, key) = pointer.rsplit_once('/').unwrap();
    match less.pointer_mut(outer) {
        Some(Value::Object(entries)) => {
            entries.shift_remove(&key.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(items)) => {
            items.remove(key.parse().unwrap());
        }
        _ => {}
    }
    less
}

/// Prints the smallest design that fails, when somebody asks for it.
pub fn show(name: &str, design: &Value, violations: &dyn Fn(&Value) -> Vec<String>) {
    if std::env::var_os("SYSDESIGN_SHRINK").is_some() && !violations(design).is_empty() {
        let smallest = smallest(design, &|design| !violations(design).is_empty());
        eprintln!("{name}, smallest: {smallest}\n  {:?}", violations(&smallest));
    }
}
