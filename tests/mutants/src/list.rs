//! The list that `cargo mutants --list --json` writes.

use serde_json::Value;
use std::path::Path;

/// A place in a file: line and column, both from 1, the column in characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// One change to the code. Its number is its place in the list, from 1.
#[derive(Clone, Debug)]
pub struct Mutant {
    pub number: u32,
    /// What cargo-mutants calls it: file, place, and what is changed.
    pub name: String,
    pub file: String,
    pub genre: String,
    pub replacement: String,
    pub start: Position,
}

pub fn read(path: &Path) -> Vec<Mutant> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let list: Value = serde_json::from_str(&text).expect("JSON");
    let list = list.as_array().expect("a list of mutants");
    (1..).zip(list).map(|(number, value)| mutant(number, value)).collect()
}

fn mutant(number: u32, value: &Value) -> Mutant {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let start = {
        let of = |key: &str| value["span"]["start"][key].as_u64().expect("a span") as usize;
        Position { line: of("line"), column: of("column") }
    };
    Mutant {
        number,
        name: text("name"),
        file: text("file"),
        genre: text("genre"),
        replacement: text("replacement"),
        start,
    }
}
