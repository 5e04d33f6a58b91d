//! The examples of `docs/output.md` are what the tool writes.

use crate::support::Run;
use std::path::Path;
use sysdesign::diagnostic::Diagnostic;
use sysdesign::report::{Format, TextOptions};

const DESIGN: &str = "\
sysdesign: 1
name: Shop
components:
  web: { kind: client }
  orders: { kindd: service, replicas: 1 }
  web: { kind: service }
";

fn shop() -> Run {
    let run = Run::new(&[("shop.yaml", DESIGN), ("empty.yaml", "")]);
    let unknown = Diagnostic::error("unknown-key", run.at(0, "kindd"), "unknown key `kindd` in a component")
        .label("not a key of components")
        .help("did you mean `kind`?");
    let single =
        Diagnostic::warning("single-point-of-failure", run.at(0, "1 }"), "`orders` runs as a single copy")
            .help("write `replicas: 2` or more");
    let single = Diagnostic { span: run.at(0, "replicas: 1"), ..single };
    let twice = Diagnostic::error("duplicate-id", run.nth(0, "web", 1), "two components are called `web`")
        .label("defined again here")
        .related(run.at(0, "web"), "first defined here")
        .help("rename one of them");
    run.with(unknown).with(single).with(twice)
}

fn example(name: &str) -> String {
    let quiet = TextOptions { quiet: true, ..TextOptions::default() };
    match (name, Format::ALL.iter().find(|format| format.name() == name)) {
        ("design", _) => DESIGN.to_owned(),
        ("quiet", _) => shop().written(Format::Text, &quiet),
        (_, Some(&format)) => shop().written(format, &TextOptions::default()),
        _ => panic!("the page asks for an example of `{name}`"),
    }
}

/// The page with every example written anew.
fn refreshed(page: &str) -> (String, usize) {
    let (mut fresh, mut examples) = (String::new(), 0);
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        fresh.push_str(line);
        fresh.push('\n');
        let Some(name) = line.strip_prefix("<!-- example: ").and_then(|rest| rest.strip_suffix(" -->"))
        else {
            continue;
        };
        let fence = lines.next().expect("a fence follows the name of an example");
        assert!(fence.starts_with("```"), "{fence}");
        lines.by_ref().find(|line| *line == "```").expect("the fence is closed");
        fresh.push_str(&format!("{fence}\n{}```\n", example(name)));
        examples += 1;
    }
    (fresh, examples)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test repairs the page when asked to")]
fn the_examples_of_the_page_are_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/output.md");
    let page = std::fs::read_to_string(&path).expect("the page exists").replace("\r\n", "\n");
    let (fresh, examples) = refreshed(&page);
    assert_eq!(examples, Format::ALL.len() + 2);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &fresh).expect("the page can be written");
    } else {
        assert!(page == fresh, "docs/output.md is stale: run `UPDATE_DOCS=1 cargo test --test report`");
    }
}

#[test]
fn every_format_has_a_section() {
    let page = include_str!("../../docs/output.md");
    for format in Format::ALL {
        assert!(page.contains(&format!("\n## {}\n", format.name())), "{format:?}");
        assert!(page.contains(&format!("| [`{0}`](#{0}) |", format.name())), "{format:?}");
    }
}
