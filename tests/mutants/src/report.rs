//! What became of the mutants, as text.

use crate::list::Mutant;
use crate::run::{Results, rule_of};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Which sort of tests caught a mutant.
fn stage(mutant: &Mutant, result: &str) -> &'static str {
    let tests = result.strip_suffix(": stopped").unwrap_or(result);
    match tests.split_once(' ') {
        _ if result == "survived" || result == "not reached" => "alive",
        Some(("rule", rule)) if rule == rule_of(mutant) => "caught by examples and cases of the rule itself",
        Some(("rule", _)) | Some(("all", _)) => "caught by examples and cases of other rules",
        Some(("rules", _)) => "caught by other tests of rules",
        Some(("sysdesign", _)) => "caught by unit tests",
        Some(("reviews" | "project", _)) => "caught by reviews and examples",
        _ => "caught by tests of the command line",
    }
}

pub fn report(list: &[Mutant], dropped: &BTreeMap<u32, String>, results: &Results, prefix: &str) -> String {
    let below = |mutant: &&Mutant| mutant.file.trim_start_matches("src/rules/").starts_with(prefix);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    let mut alive = String::new();
    for mutant in list.iter().filter(below) {
        *counts.entry("listed").or_default() += 1;
        let Some(result) = results.get(&mutant.number) else {
            let what = if dropped.contains_key(&mutant.number) { "not compiling" } else { "not run" };
            *counts.entry(what).or_default() += 1;
            continue;
        };
        let stage = stage(mutant, result);
        *counts.entry(stage).or_default() += 1;
        if result.ends_with(": stopped") {
            *counts.entry("of those caught, by time or memory").or_default() += 1;
        }
        if stage == "alive" {
            let folder = mutant.file.trim_start_matches("src/rules/").split('/').next().unwrap_or_default();
            *folders.entry(folder).or_default() += 1;
            writeln!(alive, "{}\t{result}\t{}", mutant.number, mutant.name).expect("a String grows");
        }
    }
    let mut text = String::new();
    for (what, count) in counts.into_iter().chain(folders.into_iter()) {
        writeln!(text, "{count:6} {what}").expect("a String grows");
    }
    text + &alive
}
