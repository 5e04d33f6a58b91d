//! What must hold of the numbers of every design, whatever they are: on generated designs and on the examples.
//!
//! The seeds are fixed, so that what fails once fails again. `SYSDESIGN_PROPERTIES=500 cargo test --test estimates properties`
//! takes so many designs for each property instead of a few dozen.

mod damage;
mod equal;
pub mod generate;
mod monotone;
pub mod run;
mod shrink;

use serde_json::Value;

/// How many designs are generated for each property.
pub fn designs(normally: usize) -> usize {
    let asked_for = std::env::var_os("SYSDESIGN_PROPERTIES").and_then(|text| text.to_str()?.parse().ok());
    asked_for.unwrap_or(normally)
}

/// Does a job for each number on two threads, and says which of them failed.
pub fn each(count: usize, job: impl Fn(usize) -> Vec<String> + Sync) -> Vec<String> {
    let parts: Vec<Vec<String>> = std::thread::scope(|scope| {
        let part = |first: usize| {
            let job = &job;
            move || (first..count).step_by(2).flat_map(job).collect::<Vec<String>>()
        };
        let running = [scope.spawn(part(0)), scope.spawn(part(1))];
        running.map(|thread| thread.join().unwrap()).into_iter().collect()
    });
    parts.concat()
}

/// The ids of a section.
fn ids(design: &Value, section: &str) -> Vec<String> {
    let entries = design.get(section).and_then(Value::as_object);
    entries.into_iter().flatten().map(|(id, _)| id.clone()).collect()
}

/// Fails with all that was found, of which the first few are shown.
#[track_caller]
pub fn none(found: &[String]) {
    // Of one design and cause a few will do.
    let cause = |text: &str| text.split(": ").next().unwrap_or_default().to_owned();
    let mut shown: Vec<&str> = Vec::new();
    for text in found {
        if shown.iter().filter(|other| cause(other) == cause(text)).count() < 3 && shown.len() < 60 {
            shown.push(text);
        }
    }
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), shown.join("\n"));
}
