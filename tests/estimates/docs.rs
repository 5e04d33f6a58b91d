//! The worked examples of `docs/estimation.md` are what the program says, and `docs/decisions/estimates.md` lists all that it
//! assumes.
//!
//! `UPDATE_DOCS=1 cargo test --test estimates` writes both anew.

use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use sysdesign::quantity::{self, Currency, Dimension};

const UPDATE: &str = "UPDATE_DOCS=1 cargo test --test estimates";

/// Values of this ending are printed in percent.
const SHARES: [&str; 8] =
    ["availability", "chance", "durability", "errors", "headroom", "hit_ratio", "rejected", "utilization"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[allow(clippy::disallowed_methods)]
fn read(path: &Path) -> String {
    let text = std::fs::read_to_string(path);
    text.unwrap_or_else(|error| panic!("{}: {error}", path.display())).replace("\r\n", "\n")
}

#[track_caller]
#[allow(clippy::disallowed_methods)]
fn hold(name: &str, written: &str, fresh: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(root().join(name), fresh).expect("the page can be written");
        return;
    }
    let stale = written.lines().zip(fresh.lines()).find(|(written, fresh)| written != fresh);
    let (written_line, fresh_line) = stale.unwrap_or(("", ""));
    let differs = format!("`{written_line}` should be `{fresh_line}`");
    assert!(written == fresh, "{name} is stale: {differs}; run `{UPDATE}`");
}

/// The numbers of a design that is given as text.
fn estimate(design: &str, addresses: &[&str]) -> Value {
    let mut program = Command::new(env!("CARGO_BIN_EXE_sysdesign"))
        .args(["estimate", "-"])
        .args(addresses)
        .args(["--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = program.stdin.take().expect("it reads");
    input.write_all(design.as_bytes()).expect("it reads all");
    drop(input);
    let ended = program.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&ended.stderr);
    serde_json::from_slice(&ended.stdout)
        .unwrap_or_else(|error| panic!("no JSON ({error}) of {addresses:?}: {said}\n{design}"))
}

fn dimension(unit: &str) -> Dimension {
    match unit {
        "s" => Dimension::TIME,
        "B" => Dimension::DATA,
        "1/s" => Dimension::RATE,
        "B/s" => Dimension::BANDWIDTH,
        "USD/s" => Dimension::SPENDING,
        "1" => Dimension::NONE,
        other => panic!("a value in {other}"),
    }
}

/// A value of the output as people write it.
fn shown(value: &Value) -> String {
    let text = |name: &str| value[name].as_str().unwrap_or_default();
    match text("status") {
        "known" => {}
        "unknown" => {
            let helps = value["missing"].as_array().into_iter().flatten();
            let helps: Vec<&str> = helps.filter_map(|missing| missing["help"].as_str()).collect();
            return format!("unknown: {}", helps.join("; "));
        }
        other => return other.to_owned(),
    }
    let is_share = text("address").rsplit('.').next().is_some_and(|last| SHARES.contains(&last));
    let write = |number: f64| match is_share {
        true => quantity::format_share(number),
        false => quantity::format(number, dimension(text("unit")), Currency::Usd),
    };
    let number = |name: &str| value[name].as_f64();
    let mut out = if value["atLeast"] == true { "at least ".to_owned() } else { String::new() };
    out.push_str(&write(number("value").expect("a known value is a number")));
    if let (Some(low), Some(high)) = (number("p5"), number("p95")) {
        out.push_str(&format!(" ({} to {})", write(low), write(high)));
    }
    if let Some(unstable) = number("unstable").filter(|unstable| *unstable > 0.0) {
        out.push_str(&format!(", unstable in {}", quantity::format_share(unstable)));
    }
    out
}

/// The lines of an example's results, worked out anew.
fn results(design: &str, lines: &[&str]) -> String {
    let address = |line: &&str| line.split(" = ").next().unwrap_or_default().trim().to_owned();
    let addresses: Vec<String> = lines.iter().map(address).collect();
    let asked: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let estimated = estimate(&format!("sysdesign: 1\nname: Example\n{design}"), &asked);
    let values = estimated["values"].as_array().expect("there are values");
    assert_eq!(values.len(), asked.len(), "{design}");
    asked.iter().zip(values).map(|(address, value)| format!("{address} = {}\n", shown(value))).collect()
}

/// The page with what the program says under each design, and how many lines of design each has.
fn with_results(page: &str) -> (String, Vec<usize>) {
    let (mut fresh, mut lengths) = (String::new(), Vec::new());
    let mut lines = page.lines().peekable();
    let mut design: Option<String> = None;
    while let Some(line) = lines.next() {
        fresh.push_str(line);
        fresh.push('\n');
        let is_block = line == "```yaml" || line == "```text";
        let mut block = Vec::new();
        while let Some(inner) = lines.next_if(|inner| is_block && *inner != "```") {
            block.push(inner);
        }
        match (line, design.take()) {
            ("```text", Some(design)) => {
                fresh.push_str(&results(&design, &block));
                lengths.push(design.lines().count());
            }
            ("```yaml", _) => {
                let text: String = block.iter().map(|line| format!("{line}\n")).collect();
                fresh.push_str(&text);
                design = Some(text);
            }
            // Between a design and its results there is nothing but the end of the block.
            ("```" | "", known) => design = known,
            _ => {}
        }
    }
    (fresh, lengths)
}

#[test]
fn worked_examples_are_what_the_program_says() {
    let page = read(&root().join("docs/estimation.md"));
    let (fresh, lengths) = with_results(&page);
    assert!(lengths.len() > 20, "only {} examples", lengths.len());
    assert!(lengths.iter().all(|length| *length < 15), "an example is too long to be read: {lengths:?}");
    hold("docs/estimation.md", &page, &fresh);
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The reasons of everything that is taken because nothing is said, as they stand in the code.
fn assumed() -> BTreeSet<String> {
    let mut files = Vec::new();
    sources(&root().join("src/estimate"), &mut files);
    let mut reasons = BTreeSet::new();
    for file in files {
        let text = read(&file);
        for start in [".assumed(", "Label::Assumed("] {
            for (at, _) in text.match_indices(start) {
                let rest = text.get(at + start.len()..).unwrap_or_default();
                // The reason is a text, or the name of one.
                let before = rest.split(')').next().unwrap_or_default();
                let name = before.rsplit(',').next().unwrap_or_default().trim();
                let constant = format!("const {name}: &str = ");
                let quoted = match (rest.find('"'), text.find(&constant)) {
                    (_, Some(at)) => text.get(at + constant.len()..),
                    (Some(quote), None) if quote < before.len() => rest.get(quote..),
                    _ => None,
                };
                let reason = quoted.and_then(|quoted| quoted.split('"').nth(1));
                reasons.extend(reason.map(str::to_owned));
            }
        }
    }
    reasons
}

#[test]
fn all_that_is_assumed_is_listed() {
    const NAME: &str = "docs/decisions/estimates.md";
    let (start, end) = ("<!-- assumed -->\n", "<!-- end -->\n");
    let page = read(&root().join(NAME));
    let (before, rest) = page.split_once(start).expect("the list has a beginning");
    let (_, after) = rest.split_once(end).expect("the list has an end");
    let reasons = assumed();
    assert!(reasons.len() > 25, "only {reasons:?}");
    let list: String = reasons.iter().map(|reason| format!("- {reason}\n")).collect();
    hold(NAME, &page, &format!("{before}{start}\n{list}\n{end}{after}"));
}
