//! Mutation of the rules with one build: see README.md.

mod copy;
mod list;
mod places;
mod programs;
mod report;
mod run;
mod weave;

use programs::Stage;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const USAGE: &str = "\
mutants weave LIST SOURCE COPY            put all mutants of the list into a copy of the tree
mutants run LIST SOURCE COPY [OPTIONS]    run the tests against them; results go to COPY/mutants.tsv
    --far            only what is alive so far, with reviews, examples and the command line
    --units          only what is alive so far, with unit tests
    --again PREFIX   only mutants of files below src/rules/PREFIX that are alive so far, with examples and cases
    --jobs N         at the same time; 2 when not said
mutants report LIST COPY [PREFIX]         what became of them, and who is alive";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["weave", list, source, copy] => weave(Path::new(list), Path::new(source), Path::new(copy)),
        ["run", list, source, copy, options @ ..] => {
            run(Path::new(list), Path::new(source), Path::new(copy), options);
        }
        ["report", list, copy, prefix @ ..] => {
            let copy = Path::new(copy);
            let list = list::read(Path::new(list));
            let results = run::read_results(&copy.join("mutants.tsv"));
            let prefix = prefix.first().copied().unwrap_or_default();
            print!("{}", report::report(&list, &dropped(copy), &results, prefix));
        }
        _ => println!("{USAGE}"),
    }
}

fn dropped(copy: &Path) -> BTreeMap<u32, String> {
    run::read_results(&copy.join("mutants-dropped.tsv"))
}

fn weave(list: &Path, source: &Path, copy: &Path) {
    let list = list::read(list);
    let dropped = copy::make(&list, source, copy);
    let lines: String = dropped.iter().map(|(number, why)| format!("{number}\t{why}\n")).collect();
    std::fs::write(copy.join("mutants-dropped.tsv"), lines).expect("a file");
    println!("{} mutants, {} of them do not compile", list.len(), dropped.len());
}

fn run(list: &Path, source: &Path, copy: &Path, options: &[&str]) {
    let after = |name: &str| {
        let at = options.iter().position(|option| *option == name)?;
        options.get(at + 1).copied()
    };
    let jobs = after("--jobs").map_or(2, |text| text.parse().expect("a number of jobs"));
    let stage = match (options.contains(&"--far"), options.contains(&"--units")) {
        (true, _) => Stage::Far,
        (_, true) => Stage::Units,
        _ => Stage::Near,
    };
    let list = list::read(list);
    let dropped = dropped(copy);
    let file: PathBuf = copy.join("mutants.tsv");
    let results = run::read_results(&file);
    let programs = programs::build(copy, stage);
    let rules = rules(source);
    let mut items = programs::items(copy, source, &programs, &rules);
    let is_alive =
        |number: &u32| matches!(results.get(number).map(String::as_str), Some("survived" | "not reached"));
    let wanted: Vec<&list::Mutant> = list
        .iter()
        .filter(|mutant| !dropped.contains_key(&mutant.number))
        .filter(|mutant| match after("--again") {
            Some(prefix) => {
                let below = mutant.file.strip_prefix("src/rules/").unwrap_or(&mutant.file);
                below.starts_with(prefix) && is_alive(&mutant.number)
            }
            None if stage != Stage::Near => is_alive(&mutant.number),
            None => !results.contains_key(&mutant.number),
        })
        .collect();
    // Once the slow tests have been tried, only cases are added.
    let again = after("--again");
    if again.is_some() {
        items.retain(|item| item.is_by_rule() || item.name == "all rules");
    }
    let items = run::record(copy, items, jobs);
    for item in &items {
        if !item.is_by_rule() {
            println!("{}: {:?}, {} mutants", item.name, item.time, item.reached.len());
        }
    }
    println!("{} mutants to run", wanted.len());
    run::run(copy, &items, &wanted, jobs, &file);
}

/// The names of all rules, from the sources.
fn rules(source: &Path) -> Vec<String> {
    let mut rules = Vec::new();
    let mut folders = vec![source.join("src/rules")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source");
            let name = |line: &str| {
                let (name, rest) = line.strip_prefix("    \"")?.split_once("\": ")?;
                rest.contains("since \"").then(|| name.to_owned())
            };
            rules.extend(text.lines().filter_map(name));
        }
    }
    rules.sort();
    rules
}
