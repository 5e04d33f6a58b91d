//! More load is never less of anything, and one more instance never makes things worse.

use super::generate::{Dice, Taste, design};
use super::run::{FEW, Numbers, examples, numbers};
use super::{designs, each, ids, none};
use serde_json::{Value, json};

const TAME: Taste = Taste { wild: false, uncertain: false };

/// A number or a quantity, so many times.
fn times(quantity: &Value, factor: f64) -> Value {
    match quantity {
        Value::String(text) => format!("({text}) * {factor}").into(),
        number => format!("{number} * {factor}").into(),
    }
}

/// The design with every rate multiplied.
fn with_load(design: &Value, factor: f64) -> Value {
    let mut design = design.clone();
    let scale = |entry: &mut Value, key: &str, factor: f64| {
        if let Some(quantity) = entry.get_mut(key) {
            *quantity = times(quantity, factor);
        }
    };
    for section in ["flows", "apis", "data"] {
        for id in ids(&design, section) {
            let entry = &mut design[section][&id];
            scale(entry, "rate", factor);
            scale(entry, "users", factor);
            scale(entry, "every", 1.0 / factor);
        }
    }
    for id in ids(&design, "components") {
        let uses = design["components"][&id].get_mut("uses").and_then(Value::as_array_mut);
        uses.into_iter()
            .flatten()
            .filter(|used| used.is_object())
            .for_each(|used| scale(used, "rate", factor));
    }
    design
}

/// What more load never lowers.
fn grows_with_load(name: &str) -> bool {
    const VALUES: &[&str] = &[
        "load",
        "rate",
        "utilization",
        "instances",
        "wait",
        "queue",
        "latency",
        "concurrency",
        "bandwidth",
        "storage",
        "records",
        "memory",
        "cost",
        "rejected",
        "growth",
    ];
    VALUES.contains(&name.split('.').next().unwrap_or_default())
}

/// The name of the value behind an address.
fn name_of(address: &str) -> &str {
    let parts = match address.split('.').next() {
        Some("system") => 1,
        Some("connections") => 3,
        _ => 2,
    };
    address.splitn(parts + 1, '.').nth(parts).unwrap_or_default()
}

/// Where something is less than it was, by more than half a percent.
fn lowered(before: &Numbers, after: &Numbers, is_meant: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (address, number) in before.by_address.iter().filter(|(address, _)| is_meant(address)) {
        let (was, is) = (number.value, after.of(address));
        if was.is_nan() && is.is_nan() {
            continue;
        }
        if was.is_nan() || is.is_nan() || is < was - was.abs() * 0.005 - 1e-12 {
            found.push(format!("{address}: {was} became {is}"));
        }
    }
    found
}

fn less_with_more_load(name: &str, design: &Value) -> Vec<String> {
    let before = numbers(design, FEW);
    let mut found = Vec::new();
    for factor in [1.1, 1.5, 4.0] {
        let after = numbers(&with_load(design, factor), FEW);
        let lower = lowered(&before, &after, |address| grows_with_load(name_of(address)));
        found.extend(lower.into_iter().map(|lower| format!("{name}, load times {factor}: {lower}")));
    }
    found
}

#[test]
fn more_load_never_lowers_anything_in_generated_designs() {
    let found = each(designs(40), |number| {
        let design = design(&mut Dice::new(number), TAME);
        super::shrink::show(&format!("design {number}"), &design, &|design| {
            less_with_more_load("it", design)
        });
        less_with_more_load(&format!("design {number}"), &design)
    });
    none(&found);
}

/// The examples with as many instances as there may be: where they come and go with the load, more load can mean less waiting.
fn examples_of_fixed_size() -> Vec<(String, Value)> {
    let mut examples = examples();
    for (_, design) in &mut examples {
        for component in design["components"].as_object_mut().unwrap().values_mut() {
            let Some(replicas) = component.get_mut("replicas") else { continue };
            *replicas = match &*replicas {
                Value::Object(scaling) => scaling.get("max").cloned().unwrap_or(json!(9)),
                Value::String(text) if text == "auto" => json!(9),
                other => other.clone(),
            };
        }
    }
    examples
}

#[test]
fn more_load_never_lowers_anything_in_the_examples() {
    let examples = examples_of_fixed_size();
    let found = each(examples.len(), |number| {
        let (name, design) = &examples[number];
        less_with_more_load(name, design)
    });
    none(&found);
}

/// Whether its number of instances is a plain number, and nothing says how many of them are needed.
fn may_get_one_more(component: &Value) -> bool {
    let states = |key: &str| component.get(key).is_some();
    component["replicas"].is_u64()
        && !["needed", "quorum", "survives_zones", "erasure_coding"].into_iter().any(states)
}

fn worse_with_one_more(name: &str, design: &Value, dice: &mut Dice) -> Vec<String> {
    let before = numbers(design, FEW);
    let mut found = Vec::new();
    let components: Vec<String> = ids(design, "components")
        .into_iter()
        .filter(|id| may_get_one_more(&design["components"][id]))
        .collect();
    for _ in 0..3.min(components.len()) {
        let id = dice.pick(&components);
        let mut more = design.clone();
        let replicas = &mut more["components"][id]["replicas"];
        *replicas = json!(replicas.as_u64().unwrap() + 1);
        let after = numbers(&more, FEW);
        let is_availability = |address: &str| name_of(address) == "availability";
        let is_utilization = |address: &str| name_of(address) == "utilization";
        let worse = |found: Vec<String>| {
            found.into_iter().map(|found| format!("{name}, one more of {id}: {found}")).collect::<Vec<_>>()
        };
        // Unavailability is small: a millionth of it counts.
        for (address, number) in before.by_address.iter().filter(|(address, _)| is_availability(address)) {
            let (was, is) = (number.value, after.of(address));
            if was.is_nan() != is.is_nan() || is < was - (1.0 - was) * 1e-6 - 1e-15 {
                found.push(format!("{name}, one more of {id}: {address}: {was} became {is}"));
            }
        }
        // Backwards: what was is not less than what is.
        found.extend(worse(lowered(&after, &before, is_utilization)));
    }
    found
}

#[test]
fn one_more_instance_makes_nothing_less_available_or_busier_in_generated_designs() {
    let found = each(designs(40), |number| {
        let mut dice = Dice::new(number + 1_000);
        let design = design(&mut dice, TAME);
        worse_with_one_more(&format!("design {number}"), &design, &mut dice)
    });
    none(&found);
}

#[test]
fn one_more_instance_makes_nothing_less_available_or_busier_in_the_examples() {
    let examples = examples();
    let found = each(examples.len(), |number| {
        let (name, design) = &examples[number];
        worse_with_one_more(name, design, &mut Dice::new(number))
    });
    none(&found);
}
