//! Runs the tests against each mutant, the nearest first, until one fails.

use crate::list::Mutant;
use crate::programs::{Item, Outcome};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Runs items without a mutant. Those that fail then say nothing and are left out.
pub fn record(copy: &Path, items: Vec<Item>, jobs: usize) -> Vec<Item> {
    let next = AtomicUsize::new(0);
    let items: Vec<Mutex<(Item, bool)>> = items.into_iter().map(|item| Mutex::new((item, true))).collect();
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(slot) = items.get(at) else { break };
                    let mut slot = slot.lock().expect("no panic");
                    slot.1 = slot.0.record(copy, at);
                }
            });
        }
    });
    let mut kept = Vec::new();
    for slot in items {
        let (item, passed) = slot.into_inner().expect("no panic");
        match passed {
            true => kept.push(item),
            false => println!("left out, fails or is slow without a mutant: {} {:?}", item.name, item.time),
        }
    }
    kept
}

/// What became of each mutant: the tests that caught it, or `survived`, or `not reached`.
pub type Results = BTreeMap<u32, String>;

pub fn read_results(path: &Path) -> Results {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let line = |line: &str| {
        let (number, result) = line.split_once('\t')?;
        Some((number.parse().ok()?, result.to_owned()))
    };
    text.lines().filter_map(line).collect()
}

/// Runs the mutants and adds a line for each to the file of results, in which the last line for a mutant counts.
pub fn run(copy: &Path, items: &[Item], mutants: &[&Mutant], jobs: usize, results: &Path) {
    let file = std::fs::OpenOptions::new().create(true).append(true).open(results).expect("a file");
    let file = Mutex::new(file);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(mutant) = mutants.get(at) else { break };
                    let result = try_all(copy, items, mutant);
                    let mut file = file.lock().expect("no panic");
                    writeln!(file, "{}\t{result}", mutant.number).expect("a file that can be written");
                    if at % 100 == 99 {
                        println!("{} of {}", at + 1, mutants.len());
                    }
                }
            });
        }
    });
}

/// The rule that a file holds.
pub fn rule_of(mutant: &Mutant) -> String {
    let name = mutant.file.rsplit('/').next().unwrap_or_default();
    name.trim_end_matches(".rs").replace('_', "-")
}

fn try_all(copy: &Path, items: &[Item], mutant: &Mutant) -> String {
    let own = format!("rule {}", rule_of(mutant));
    let mut near: Vec<&Item> = items.iter().filter(|item| item.reached.contains(&mutant.number)).collect();
    if near.is_empty() {
        return "not reached".to_owned();
    }
    // The examples of many other rules are run quicker all at once.
    let others = |item: &&Item| item.name.starts_with("rule ") && item.name != own;
    let alone: Duration = near.iter().copied().filter(others).map(|item| item.time).sum();
    let all = near.iter().find(|item| item.name == "all rules").map(|item| item.time);
    match all.is_some_and(|all| alone < all) {
        true => near.retain(|item| item.name != "all rules"),
        false => near.retain(|item| !others(item)),
    }
    near.sort_by_key(|item| (item.name != own, item.time));
    for item in near {
        match item.run(copy, mutant.number) {
            Outcome::Passed => {}
            Outcome::Failed => return item.name.clone(),
            Outcome::Stopped => return format!("{}: stopped", item.name),
        }
    }
    "survived".to_owned()
}
