//! The same design in other words has the same numbers, and what one input moves does not move anything else.

use super::generate::{Dice, Taste, design};
use super::run::{FEW, Numbers, examples, numbers, printed_numbers};
use super::{designs, each, none};
use serde_json::{Map, Value, json};
use sysdesign::estimate::Options;

const ALL: Taste = Taste { wild: true, uncertain: true };

/// All numbers of a value.
fn parts(numbers: &Numbers, address: &str) -> [f64; 6] {
    let Some(number) = numbers.by_address.get(address) else { return [f64::NAN; 6] };
    let nan = f64::NAN;
    number.summary.map_or([number.value, nan, nan, nan, nan, nan], |summary| {
        [number.value, summary.p5, summary.p50, summary.p95, summary.mean, summary.unstable]
    })
}

/// Where two runs differ by more than a share.
fn differences(one: &Numbers, other: &Numbers, share: f64) -> Vec<String> {
    let mut found = Vec::new();
    let known = |numbers: &Numbers| numbers.by_address.keys().cloned().collect::<Vec<_>>();
    if known(one) != known(other) {
        found.push("the addresses differ".to_owned());
    }
    for address in one.by_address.keys() {
        let (a, b) = (parts(one, address), parts(other, address));
        let same = |(a, b): (&f64, &f64)| {
            a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= share * a.abs().max(b.abs())
        };
        if !a.iter().zip(&b).all(same) {
            found.push(format!("{address}: {a:?} and {b:?}"));
        }
    }
    found
}

fn named(name: &str, found: Vec<String>) -> Vec<String> {
    found.into_iter().map(|found| format!("{name}: {found}")).collect()
}

#[test]
fn a_shared_input_cancels_exactly() {
    let design = json!({
        "sysdesign": 1, "name": "Shares", "summary": "Two shares of a whole.",
        "assumptions": {
            "a": "5..20", "b": "1..100",
            "share": "a / (a + b) + b / (a + b)",
            "nothing": "a * b - b * a",
            "rate": "5..500 / s",
            "ratio": "rate / rate",
        },
        "components": { "app": "client", "service": { "kind": "service", "capacity": "rate", "replicas": 1 } },
        "flows": { "visit": { "rate": "rate", "steps": ["app -> service: ask"] } },
    });
    for seed in 0..4 {
        let numbers = numbers(&design, Options { seed, samples: 20_000, ..FEW });
        let exactly = |address: &str, expected: f64| {
            for number in parts(&numbers, address).into_iter().take(5).filter(|number| !number.is_nan()) {
                assert!((number - expected).abs() <= 1e-12, "{address}: {number}");
            }
        };
        assert!(numbers.by_address["assumptions.share"].summary.is_some());
        exactly("assumptions.share", 1.0);
        exactly("assumptions.nothing", 0.0);
        exactly("assumptions.ratio", 1.0);
        exactly("components.service.utilization", 1.0);
    }
}

/// The same quantity in another unit, where the text is a plain one.
fn in_other_units(text: &str, dice: &mut Dice) -> Option<String> {
    let split = text.find(|sign: char| !sign.is_ascii_digit() && sign != '.')?;
    let (number, unit) = text.split_at(split);
    let number: f64 = number.parse().ok()?;
    let times = |factor: f64, unit: &str| Some(format!("{} {unit}", number * factor));
    match (unit.trim(), dice.roll(2)) {
        ("ms", 0) => times(1_000.0, "us"),
        ("ms", _) => Some(format!("{number} / 1000 * 1 s")),
        ("s", _) => times(1_000.0, "ms"),
        ("days", 0) => times(24.0, "hours"),
        ("days", _) => times(86_400.0, "s"),
        ("minutes", _) => times(60.0, "s"),
        ("/ s", 0) => times(60.0, "/ minute"),
        ("/ s", _) => times(3_600.0, "/ hour"),
        ("rps", 0) => times(60.0, "/ minute"),
        ("rps", _) => times(86_400.0, "/ day"),
        ("k rps", _) => times(1_000.0, "rps"),
        ("KB", 0) => times(1_000.0, "B"),
        ("KB", _) => times(8.0, "kbit"),
        ("Gbps", _) => times(125.0, "MB/s"),
        ("%", _) => Some(format!("{number} / 100")),
        _ => None,
    }
}

/// Writes what can be written in another unit so.
fn change_units(value: &mut Value, dice: &mut Dice, changed: &mut usize) {
    match value {
        Value::String(text) => {
            if let Some(other) = in_other_units(text, dice) {
                *text = other;
                *changed += 1;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| change_units(item, dice, changed)),
        Value::Object(entries) => entries.values_mut().for_each(|entry| change_units(entry, dice, changed)),
        _ => {}
    }
}

#[test]
fn other_units_change_no_number() {
    let found = each(designs(40), |number| {
        let mut dice = Dice::new(number + 2_000);
        // Quotients are certain: `5..9 ms` in other words has other ends by an ulp, and other samples.
        let design = design(&mut dice, Taste { wild: true, uncertain: false });
        let (mut other, mut changed) = (design.clone(), 0);
        ["components", "data", "flows"]
            .into_iter()
            .for_each(|section| change_units(&mut other[section], &mut dice, &mut changed));
        assert!(changed > 5, "{other}");
        named(&format!("design {number}"), differences(&numbers(&design, FEW), &numbers(&other, FEW), 1e-12))
    });
    none(&found);
}

/// The sections and the keys of all entries in another order; what happens in a flow keeps its order.
fn shuffled(value: &Value, dice: &mut Dice) -> Value {
    match value {
        Value::Object(entries) => {
            let mut entries: Vec<(String, Value)> = entries
                .iter()
                .map(|(key, entry)| {
                    let entry = if key == "steps" { entry.clone() } else { shuffled(entry, dice) };
                    (key.clone(), entry)
                })
                .collect();
            dice.shuffle(&mut entries);
            Value::Object(entries.into_iter().collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// Where two runs print something else, apart from the places that inputs stand at, and the order of terms.
fn printed_differently(one: &Numbers, other: &Numbers) -> Vec<String> {
    let values = |numbers: &Numbers| {
        let all: Value = serde_json::from_str(&numbers.printed).unwrap();
        let mut values: Vec<Value> = all["values"].as_array().unwrap().clone();
        values.sort_by(|a, b| a["address"].as_str().cmp(&b["address"].as_str()));
        for value in &mut values {
            value.as_object_mut().unwrap().shift_remove("formula");
            let inputs = value["inputs"].as_array_mut().unwrap();
            for input in inputs.iter_mut() {
                input.as_object_mut().unwrap().shift_remove("source");
            }
            inputs.sort_by_key(Value::to_string);
        }
        values.iter().map(Value::to_string).collect::<Vec<String>>()
    };
    let (one, other) = (values(one), values(other));
    let different = one.iter().zip(&other).filter(|(one, other)| one != other);
    let mut found: Vec<String> = different.map(|(one, other)| format!("\n  {one}\n  {other}")).collect();
    if one.len() != other.len() {
        found.push(format!("{} and {} values", one.len(), other.len()));
    }
    found
}

fn in_another_order(differences: fn(&Numbers, &Numbers) -> Vec<String>) {
    let mut all = examples();
    all.extend(
        (0..designs(24))
            .map(|number| (format!("design {number}"), design(&mut Dice::new(number + 3_000), ALL))),
    );
    let found = each(all.len(), |number| {
        let (name, design) = &all[number];
        let other = shuffled(design, &mut Dice::new(number));
        named(name, differences(&printed_numbers(design, FEW), &printed_numbers(&other, FEW)))
    });
    none(&found);
}

#[test]
fn the_order_of_keys_and_sections_moves_no_number() {
    // Sums are added up in the order of the file: the last digit differs, and a distribution of time on a grid more.
    in_another_order(|one, other| differences(one, other, 1e-6));
}

#[test]
fn the_order_of_keys_and_sections_changes_no_byte() {
    in_another_order(printed_differently);
}

#[test]
fn the_same_design_and_seed_give_the_same_bytes_on_any_number_of_threads() {
    let mut all = examples();
    all.extend(
        (0..designs(12))
            .map(|number| (format!("design {number}"), design(&mut Dice::new(number + 4_000), ALL))),
    );
    let found = each(all.len(), |number| {
        let (name, design) = &all[number];
        let one = printed_numbers(design, FEW);
        let again = printed_numbers(design, FEW);
        let threads = printed_numbers(design, Options { threads: 4, ..FEW });
        let mut found = Vec::new();
        if one.printed != again.printed {
            found.push(format!("{name}: two runs differ: {:?}", printed_differently(&one, &again)));
        }
        if one.printed != threads.printed {
            found.push(format!("{name}: threads matter: {:?}", printed_differently(&one, &threads)));
        }
        found
    });
    none(&found);
}

#[test]
fn another_seed_moves_samples_and_no_central_value() {
    let found = each(designs(12), |number| {
        let design = design(&mut Dice::new(number + 5_000), ALL);
        let (one, other) = (numbers(&design, FEW), numbers(&design, Options { seed: 8, ..FEW }));
        let mut found = Vec::new();
        for (address, number) in &one.by_address {
            let value = other.of(address);
            if number.value != value && !(number.value.is_nan() && value.is_nan()) {
                found.push(format!("{address}: {} and {value}", number.value));
            }
        }
        if parts(&one, "assumptions.people")[1] == parts(&other, "assumptions.people")[1] {
            found.push("the samples of another seed are the same".to_owned());
        }
        named(&format!("design {number}"), found)
    });
    none(&found);
}

#[test]
fn a_range_moves_only_what_rests_on_it() {
    let found = each(designs(20), |number| {
        let mut design = design(&mut Dice::new(number + 6_000), ALL);
        design["assumptions"]["twice_unused"] = "unused * 2".into();
        let one = numbers(&design, FEW);
        let mut other = design.clone();
        other["assumptions"]["unused"] = "2..90".into();
        let mut moved = differences(&one, &numbers(&other, FEW), 0.0);
        let rests_on_it = |moved: &String| moved.contains("unused");
        let mut found: Vec<String> = moved.iter().filter(|moved| !rests_on_it(moved)).cloned().collect();
        if !moved.iter().any(rests_on_it) {
            found.push("what rests on it did not move".to_owned());
        }
        // One that others rest on: the sizes of answers have to do with bytes, and not with how often something comes.
        other = design.clone();
        other["assumptions"]["size"] = "2..9 KB".into();
        moved = differences(&one, &numbers(&other, FEW), 0.0);
        let is_rate = |moved: &&String| {
            moved.starts_with("flows.") && moved.contains(".rate") || moved.contains(".availability")
        };
        found.extend(moved.iter().filter(is_rate).cloned());
        named(&format!("design {number}"), found)
    });
    none(&found);
}
