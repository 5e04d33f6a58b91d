//! The copy of the source tree that holds all mutants at once.

use crate::list::Mutant;
use crate::weave::weave;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const LEFT_OUT: [&str; 3] = ["target", ".git", "mutants.out"];

/// Copies a tree. What is the same already is not touched, so that nothing is built twice.
pub fn copy(from: &Path, to: &Path, woven: &BTreeMap<PathBuf, String>) {
    std::fs::create_dir_all(to).expect("a folder");
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name();
        names.insert(name.clone());
        if LEFT_OUT.iter().any(|out| name == *out) {
            continue;
        }
        let (path, target) = (entry.path(), to.join(&name));
        if path.is_dir() {
            copy(&path, &target, woven);
            continue;
        }
        let bytes = match woven.get(&path) {
            Some(text) => text.clone().into_bytes(),
            None => std::fs::read(&path).expect("a file"),
        };
        if std::fs::read(&target).ok().as_ref() != Some(&bytes) {
            std::fs::write(&target, bytes).expect("a file that can be written");
        }
    }
    // Cases that were taken out must not go on killing mutants.
    for entry in std::fs::read_dir(to).expect("a folder").flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|end| end == "yaml") && !names.contains(&entry.file_name()) {
            std::fs::remove_file(path).expect("a file that can be removed");
        }
    }
}

/// Weaves all mutants into a copy of the tree and takes out those that do not compile, with the reason.
pub fn make(list: &[Mutant], source: &Path, copy_at: &Path) -> BTreeMap<u32, String> {
    let mut dropped: BTreeMap<u32, String> = BTreeMap::new();
    for round in 1.. {
        let woven = all_files(list, source, &mut dropped);
        copy(source, copy_at, &woven);
        std::fs::write(copy_at.join("src/mutant.rs"), include_str!("mutant.rs")).expect("a file");
        let errors = check(copy_at);
        println!("round {round}: {} dropped so far, {} errors", dropped.len(), errors.len());
        if errors.is_empty() {
            return dropped;
        }
        let before = dropped.len();
        let mut elsewhere = Vec::new();
        for error in &errors {
            let numbers = blamed(&copy_at.join(&error.file), error.at);
            if numbers.is_empty() {
                elsewhere.push(format!("{}:{}: {}", error.file, error.line, error.message));
            }
            for number in numbers {
                dropped.entry(number).or_insert_with(|| error.message.clone());
            }
        }
        assert!(dropped.len() > before, "errors that no mutant is to blame for:\n{}", elsewhere.join("\n"));
    }
    dropped
}

fn all_files(
    list: &[Mutant],
    source: &Path,
    dropped: &mut BTreeMap<u32, String>,
) -> BTreeMap<PathBuf, String> {
    let mut by_file: BTreeMap<&str, Vec<&Mutant>> = BTreeMap::new();
    for mutant in list.iter().filter(|mutant| !dropped.contains_key(&mutant.number)) {
        by_file.entry(&mutant.file).or_default().push(mutant);
    }
    let mut files = BTreeMap::new();
    for (file, mutants) in by_file {
        let path = source.join(file);
        let text = std::fs::read_to_string(&path).expect("a source");
        let (text, placed) = weave(&text, &mutants);
        for mutant in mutants.iter().filter(|mutant| !placed.contains(&mutant.number)) {
            dropped.insert(
                mutant.number,
                "a part of `let` in a condition, or of a match that it makes incomplete".to_owned(),
            );
        }
        files.insert(path, text);
    }
    // The tests of the command line clear the environment of the program, in which the mutant is named.
    let support = source.join("tests/cli/support.rs");
    let text = std::fs::read_to_string(&support).expect("tests/cli/support.rs");
    let names = "\"LLVM_PROFILE_FILE\"";
    assert!(text.contains(names), "where does tests/cli hand on the environment?");
    files.insert(
        support,
        text.replacen(names, &format!("{names}, \"SYSDESIGN_MUTANT\", \"SYSDESIGN_REACHED\""), 1),
    );
    let lib = source.join("src/lib.rs");
    let text = std::fs::read_to_string(&lib).expect("src/lib.rs");
    let text = text.replacen("pub mod catalog;", "pub mod mutant;\npub mod catalog;", 1);
    let doc_ends = text.find("\n\n").expect("documentation of the library");
    let (doc, rest) = text.split_at(doc_ends);
    files.insert(lib, format!("{doc}\n#![allow(warnings, clippy::all)]\n{rest}"));
    files
}

struct Failure {
    file: String,
    line: u64,
    at: usize,
    message: String,
}

/// The errors of the compiler.
fn check(folder: &Path) -> Vec<Failure> {
    let output = Command::new("cargo")
        .args(["check", "--lib", "--message-format=json"])
        .current_dir(folder)
        .env("CARGO_INCREMENTAL", "0")
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    messages
        .filter(|message| message["message"]["level"] == "error")
        .filter_map(|it| failure(&it["message"]))
        .collect()
}

fn failure(message: &Value) -> Option<Failure> {
    let mut span = message["spans"].as_array()?.iter().find(|span| span["is_primary"] == true)?;
    while let Some(outer) = span["expansion"]["span"].as_object().map(|_| &span["expansion"]["span"]) {
        span = outer;
    }
    Some(Failure {
        file: span["file_name"].as_str()?.to_owned(),
        line: span["line_start"].as_u64()?,
        at: span["byte_start"].as_u64()? as usize,
        message: message["message"].as_str()?.lines().next()?.to_owned(),
    })
}

/// The mutants of the innermost marks around a place.
fn blamed(file: &Path, at: usize) -> Vec<u32> {
    let text = std::fs::read_to_string(file).expect("a file with an error");
    let mut open: Vec<&str> = Vec::new();
    let mut from = 0;
    let end = at.min(text.len());
    while let Some(next) = text[from..].find("/*").map(|next| from + next).filter(|next| *next < end) {
        let close = text[next..].find("*/").map_or(text.len(), |close| next + close);
        let inside = &text[next + 2..close];
        if inside == ">M" || inside == ">W" {
            open.pop();
        } else if let Some(numbers) = inside.strip_prefix(['M', 'W']).and_then(|it| it.strip_suffix('<')) {
            open.push(numbers);
        }
        from = close.max(next + 2);
    }
    open.last().map_or_else(Vec::new, |numbers| numbers.split(',').filter_map(|it| it.parse().ok()).collect())
}
