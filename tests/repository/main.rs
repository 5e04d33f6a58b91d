//! What holds for the repository as a whole: who imports whom, who prints, how long files are.

#![cfg(test)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a readable file")
}

/// The module of the first level that a source file belongs to.
fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).expect("a path in src");
    let first = inside.components().next().expect("a first part").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The table of `docs/architecture.md`: what each module may import.
fn allowed_imports() -> BTreeMap<String, BTreeSet<String>> {
    let page = read(&root().join("docs/architecture.md"));
    let table = page.split("<!-- imports -->").nth(1).and_then(|rest| rest.split("<!-- end -->").next());
    let rows = table.expect("the table of imports").lines().filter(|line| line.starts_with("| ")).skip(2);
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        (cells[0].to_owned(), cells[1].split_whitespace().map(str::to_owned).collect())
    })
    .collect()
}

/// The modules that a source file names, in `use` lines, in paths and inside braces (`use crate::{a, b::c}`).
fn imports_of(text: &str) -> BTreeSet<String> {
    let code =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or("").split(',').map(str::trim).collect(),
            None => vec![rest],
        };
        for name in names {
            let name: String =
                name.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            // Macros are called by paths of their own and types of the crate root begin with a capital.
            if name.starts_with(|first: char| first.is_ascii_lowercase()) {
                found.insert(name);
            }
        }
    }
    found
}

#[test]
fn imports_go_one_way_as_the_table_says() {
    let allowed = allowed_imports();
    let mut wrong = Vec::new();
    let mut modules = BTreeSet::new();
    for path in files_below("src", "rs") {
        let module = module_of(&path);
        if module == "lib" || module == "main" {
            continue;
        }
        let may =
            allowed.get(&module).unwrap_or_else(|| panic!("docs/architecture.md has no row for `{module}`"));
        for import in imports_of(&read(&path)) {
            if import != module && !may.contains(&import) {
                wrong.push(format!("{}: `{module}` must not import `{import}`", path.display()));
            }
        }
        modules.insert(module);
    }
    assert_eq!(wrong, Vec::<String>::new());
    let listed: BTreeSet<String> = allowed.keys().cloned().collect();
    assert_eq!(listed, modules, "the table lists modules that exist, and all of them");
}

#[test]
fn the_table_of_imports_has_no_cycle() {
    let allowed = allowed_imports();
    let mut placed: BTreeSet<&str> = BTreeSet::new();
    loop {
        let next: Vec<&str> = allowed
            .iter()
            .filter(|(module, may)| {
                !placed.contains(module.as_str()) && may.iter().all(|other| placed.contains(other.as_str()))
            })
            .map(|(module, _)| module.as_str())
            .collect();
        if next.is_empty() {
            break;
        }
        placed.extend(next);
    }
    let stuck: Vec<&String> = allowed.keys().filter(|module| !placed.contains(module.as_str())).collect();
    assert_eq!(stuck, Vec::<&String>::new(), "these import each other");
}

#[test]
fn only_the_syntax_stage_knows_the_yaml_parser() {
    for path in files_below("src", "rs").iter().filter(|path| module_of(path) != "syntax") {
        let text = read(path);
        assert!(!text.contains("granit_parser"), "{} names the YAML parser", path.display());
    }
}

#[test]
fn only_the_command_line_writes_to_standard_streams() {
    // The differential test of the scanner says how much it compared.
    let is_test = |path: &Path| path.ends_with("scanner/differential.rs");
    let prints = |path: &Path| matches!(module_of(path).as_str(), "cli" | "host") || is_test(path);
    for path in files_below("src", "rs").iter().filter(|path| !prints(path)) {
        let text = read(path);
        for stream in ["stdout()", "stderr()", "println!", "eprintln!"] {
            assert!(!text.contains(stream), "{} writes to a standard stream with {stream}", path.display());
        }
    }
}

#[test]
fn no_file_is_longer_than_500_lines() {
    let sources = ["src", "tests", "benches"].into_iter().flat_map(|folder| files_below(folder, "rs"));
    let catalog = files_below("src", "yaml");
    let long: Vec<String> = sources
        .chain(catalog)
        .map(|path| (read(&path).lines().count(), path))
        .filter(|(lines, _)| *lines > 500)
        .map(|(lines, path)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn nothing_unfinished_is_left_in_the_sources() {
    for path in files_below("src", "rs") {
        let text = read(&path);
        for mark in ["todo!(", "unimplemented!(", "#[ignore", "FIXME", "not yet implemented"] {
            // Rules about such marks name them as texts.
            let named = text.matches(&format!("\"{mark}\"")).count();
            assert_eq!(text.matches(mark).count(), named, "{} has {mark}", path.display());
        }
    }
}
