//! Facts that are taken out, numbers that nobody would write, and examples that are bent.

use super::generate::{Dice, Taste, design};
use super::run::{FEW, Numbers, examples, numbers, numbers_of_text, printed_numbers};
use super::{designs, each, ids, none};
use serde_json::Value;
use std::time::{Duration, Instant};
use sysdesign::estimate::Status;

const ALL: Taste = Taste { wild: true, uncertain: true };

/// What contradicts itself in the numbers of a design.
fn contradictions(numbers: &Numbers) -> Vec<String> {
    let mut found = Vec::new();
    for (address, number) in &numbers.by_address {
        let fits = match number.status {
            Status::Known => number.value.is_finite(),
            Status::Unstable => number.value.is_infinite(),
            Status::Unknown => number.value.is_nan(),
        };
        if !fits {
            found.push(format!("{address} is {} and {}", number.status.word(), number.value));
        }
        if number.value < 0.0 && !address.starts_with("assumptions.") && !address.ends_with(".headroom") {
            found.push(format!("{address} is {}", number.value));
        }
        if number.value == f64::NEG_INFINITY {
            found.push(format!("{address} is {}", number.value));
        }
        let last = address.rsplit('.').next().unwrap_or_default();
        if matches!(last, "availability" | "errors" | "rejected" | "hit_ratio" | "chance")
            && number.value > 1.0
        {
            found.push(format!("{address} is {}", number.value));
        }
        let Some(summary) = number.summary.filter(|_| number.status != Status::Unknown) else { continue };
        if summary.p5.is_nan() != summary.p95.is_nan()
            || summary.p5 > summary.p50
            || summary.p50 > summary.p95
        {
            found.push(format!("{address}: {summary:?}"));
        }
        if !(0.0..=1.0).contains(&summary.unstable) {
            found.push(format!("{address}: {summary:?}"));
        }
    }
    // One percentile is not below another.
    for (low, high) in [("p50", "p90"), ("p90", "p95"), ("p95", "p99"), ("p99", "p999")] {
        for (address, number) in &numbers.by_address {
            if let Some(before) = address.strip_suffix(&format!(".{low}"))
                && numbers.of(&format!("{before}.{high}")) < number.value * (1.0 - 1e-9)
            {
                found.push(format!("{address} is more than its {high}"));
            }
        }
    }
    for word in ["NaN", "inf", "Infinity"] {
        for line in numbers.printed.lines().filter(|line| line.contains(word)) {
            found.push(format!("printed: {line}"));
        }
    }
    found
}

#[test]
fn numbers_do_not_contradict_themselves() {
    let mut all = examples();
    all.extend(
        (0..designs(60))
            .map(|number| (format!("design {number}"), design(&mut Dice::new(number + 7_000), ALL))),
    );
    let found = each(all.len(), |number| {
        let (name, design) = &all[number];
        let found = contradictions(&printed_numbers(design, FEW));
        found.into_iter().map(|found| format!("{name}: {found}")).collect()
    });
    none(&found);
}

#[test]
fn bounds_have_ranges() {
    for (name, design) in examples() {
        for (address, number) in &numbers(&design, FEW).by_address {
            if let Some(summary) = number.summary.filter(|_| address.contains(".latency.bound.")) {
                assert!(!summary.p50.is_nan(), "{name}: {address}: {summary:?}");
            }
        }
    }
}

/// Where there was a number and now is nothing, as if nothing were the answer.
fn new_zeros(before: &Numbers, after: &Numbers) -> Vec<String> {
    let mut found = Vec::new();
    for (address, number) in &before.by_address {
        if number.status == Status::Known && number.value != 0.0 && after.of(address) == 0.0 {
            found.push(format!("{address}: {} became 0", number.value));
        }
    }
    found
}

/// Facts without which nothing may be the answer, and of what: the default that is documented, or what there is less of.
const NOTHING_WITHOUT: &[(&str, &str)] = &[
    // Without a line there is none.
    ("queue_limit", "rejected"),
    ("overload", "rejected"),
    // One instance may be too few, so that nothing is left.
    ("replicas", "headroom"),
    // Then that of the technology holds, which may be so much that nobody waits.
    ("capacity", "wait."),
    ("capacity", "queue"),
    ("concurrency", "wait."),
    ("concurrency", "queue"),
];

#[test]
fn without_a_fact_nothing_becomes_zero() {
    let mut all = examples();
    all.extend(
        (0..designs(30))
            .map(|number| (format!("design {number}"), design(&mut Dice::new(number + 8_000), ALL))),
    );
    let found = each(all.len(), |number| {
        let (name, design) = &all[number];
        let before = numbers(design, FEW);
        let mut facts = Vec::new();
        for section in ["components", "data"] {
            for id in ids(design, section) {
                let keys = design[section][&id].as_object().into_iter().flatten();
                facts.extend(keys.map(|(key, _)| (section, id.clone(), key.clone())));
            }
        }
        let mut dice = Dice::new(number);
        dice.shuffle(&mut facts);
        let mut found = Vec::new();
        for (section, id, key) in facts.into_iter().take(12) {
            let mut less = design.clone();
            less[section][&id].as_object_mut().unwrap().shift_remove(&key);
            // Some facts cannot be left out.
            let Ok(after) = numbers_of_text(&less.to_string(), FEW, false) else { continue };
            let wrong = new_zeros(&before, &after).into_iter().chain(contradictions(&after));
            let is_new = |wrong: &String| {
                !NOTHING_WITHOUT.iter().any(|(fact, value)| {
                    *fact == key && wrong.contains(&format!(".{value}")) && wrong.ends_with("became 0")
                })
            };
            let wrong = wrong.filter(is_new);
            found.extend(wrong.map(|wrong| format!("{name} without {section}.{id}.{key}: {wrong}")));
        }
        found
    });
    none(&found);
}

const HOSTILE: &[&str] = &[
    "0",
    "1e-300",
    "1e300",
    "-1",
    "-1e300",
    "0.5",
    "1e9",
    "1e18",
    "5..6",
    "0..0",
    "-5..5",
    "1e-300..1e300",
    "0..1e9",
    "100%",
    "1 - 1",
    "1 / 0",
    "0 / 0",
    "1e308 * 10",
    "1 - 1e-16",
];

/// Texts that hold a number with its unit, and where they are.
fn quantities<'v>(value: &'v mut Value, found: &mut Vec<&'v mut Value>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| quantities(item, found)),
        Value::Object(entries) => entries.values_mut().for_each(|entry| quantities(entry, found)),
        Value::String(text) if !text.starts_with(|sign: char| sign.is_ascii_digit() || sign == '$') => {}
        Value::String(_) | Value::Number(_) => found.push(value),
        _ => {}
    }
}

/// The unit behind a number.
fn unit(text: &str) -> &str {
    text.trim_start_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | '$' | 'k' | 'M'))
}

/// The design with some numbers replaced by hostile ones of the same unit.
fn bent(design: &Value, dice: &mut Dice) -> Value {
    let mut design = design.clone();
    for _ in 0..=dice.roll(3) {
        let mut found = Vec::new();
        let entries = design.as_object_mut().unwrap().iter_mut();
        let of_numbers =
            entries.filter(|(key, _)| !matches!(key.as_str(), "sysdesign" | "name" | "requirements"));
        of_numbers.for_each(|(_, section)| quantities(section, &mut found));
        let at = dice.roll(found.len());
        let hostile = *dice.pick(HOSTILE);
        let Some(quantity) = found.into_iter().nth(at) else { continue };
        *quantity = match &*quantity {
            Value::String(text) if text.starts_with('$') => format!("${hostile} / month").into(),
            Value::String(text) => format!("{hostile} {}", unit(text).trim()).into(),
            _ => hostile.into(),
        };
    }
    design
}

#[test]
fn hostile_numbers_neither_panic_nor_hang() {
    let mut all = examples();
    all.extend(
        (0..20).map(|number| (format!("design {number}"), design(&mut Dice::new(number + 9_000), ALL))),
    );
    let found = each(designs(300), |number| {
        let (name, design) = &all[number % all.len()];
        let bent = bent(design, &mut Dice::new(number));
        let begun = now();
        let result = std::panic::catch_unwind(|| numbers_of_text(&bent.to_string(), FEW, true));
        let took = begun.elapsed();
        let mut found = match result {
            Err(_) => vec!["panics".to_owned()],
            Ok(Err(_)) => Vec::new(),
            Ok(Ok(numbers)) => contradictions(&numbers),
        };
        // The machine may be busy with other things: then what is not bent takes as long.
        if took > Duration::from_secs(5) && took > 3 * time_of(design) {
            found.push(format!("takes {took:?}"));
        }
        let changed = changes(design, &bent, String::new());
        found.into_iter().map(|found| format!("{name} number {number} with {changed:?}: {found}")).collect()
    });
    none(&found);
}

fn time_of(design: &Value) -> Duration {
    let begun = now();
    drop(printed_numbers(design, FEW));
    begun.elapsed()
}

#[allow(clippy::disallowed_methods)]
fn now() -> Instant {
    Instant::now()
}

/// What differs between two designs of the same keys.
fn changes(one: &Value, other: &Value, path: String) -> Vec<String> {
    match (one, other) {
        (Value::Object(one), Value::Object(_)) => {
            one.iter().flat_map(|(key, value)| changes(value, &other[key], format!("{path}.{key}"))).collect()
        }
        (Value::Array(one), Value::Array(_)) => {
            let items = one.iter().enumerate();
            items.flat_map(|(at, value)| changes(value, &other[at], format!("{path}.{at}"))).collect()
        }
        (one, other) if one == other => Vec::new(),
        (one, other) => vec![format!("{path}: {one} -> {other}")],
    }
}
