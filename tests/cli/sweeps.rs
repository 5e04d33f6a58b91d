//! What changes a design for one run: `--set`, `--variant`, `--at`, `--sweep`.

use crate::support::{Folder, Run, design};
use serde_json::Value;

/// One server of 100/s; `visits` a second arrive, and a third as many a year later.
fn server() -> String {
    design(
        "assumptions:\n  visits: 20 / s\n  word: { value: 3, description: A number }\ntraffic: { growth: 50% / year }\n\
         requirements:\n  fast: { text: It is, check: flows.visit.latency.p99 < 100 ms }\ncomponents:\n  browser: client\n  \
         app: { kind: service, service_time: 10 ms, replicas: 1 }\n  spare: { kind: service }\nflows:\n  \
         visit: { rate: visits, steps: [browser -> app] }\nviews:\n  all: { title: All, include: [browser, app, spare] }\n\
         variants:\n  busy: { assumptions: { visits: 50 / s } }\n  lean:\n    components: { spare: null }\n    \
         flows: { visit: { steps: [browser -> app] } }\n",
    )
}

fn estimate(arguments: &[&str]) -> Run {
    Folder::with(&server()).run(&[&["estimate", "a.yaml", "--format", "json"], arguments].concat())
}

#[track_caller]
fn value(address: &str, arguments: &[&str]) -> f64 {
    let run = estimate(&[&[address], arguments].concat()).exits(0);
    let json: Value = serde_json::from_str(&run.out).unwrap();
    json["values"][0]["value"].as_f64().unwrap()
}

#[track_caller]
fn is_near(found: f64, expected: f64) {
    assert!((found / expected - 1.0).abs() < 1e-9, "{found} for {expected}");
}

const RATE: &str = "flows.visit.rate";

#[test]
fn what_is_set_counts() {
    is_near(value(RATE, &[]), 20.0);
    is_near(value(RATE, &["--set", "visits=5M / day"]), 5e6 / 86_400.0);
    is_near(value(RATE, &["--set", "assumptions.visits = 30 / s"]), 30.0);
    is_near(value(RATE, &["--set", "visits=visits_else", "--set", "visits=40 / s"]), 40.0);
    is_near(value("components.app.utilization", &["--set", "components.app.replicas=4"]), 0.05);
    is_near(value("flows.visit.rate.peak", &["--set", "traffic.peak=5x"]), 100.0);
    is_near(value("components.app.utilization", &["--set", "components.app.service_time=20 ms"]), 0.4);
    is_near(value("assumptions.word", &["--set", "word=2 ^ 3 * (1 - 50%)"]), 4.0);
}

#[test]
fn a_variant_is_taken_instead() {
    is_near(value(RATE, &["--variant", "busy"]), 50.0);
    is_near(
        value("components.app.utilization", &["--variant", "busy", "--set", "components.app.replicas=2"]),
        0.25,
    );
    // It takes out a component that a view still names.
    is_near(value("components.app.utilization", &["--variant", "lean"]), 0.2);
    let run = estimate(&["--variant", "bussy"]).exits(2);
    assert_eq!(run.err, "error: there is no variant `bussy`; did you mean `busy`?\n");
}

#[test]
fn growth_is_that_of_the_time_asked_for() {
    is_near(value(RATE, &["--at", "2 years"]), 20.0 * 1.5 * 1.5);
    is_near(value(RATE, &["--at", "0 s"]), 20.0);
    is_near(value(RATE, &["--at", "6 months"]), 20.0 * 1.5_f64.sqrt());
    is_near(value(RATE, &["--at", "2 * 365 days"]), 45.0);
    assert!(estimate(&["--at", "1e300 years"]).code < 2);
}

#[test]
fn hostile_changes_are_refused_where_they_are_written() {
    for (change, expected) in [
        ("", "has no `=`; write a name and a value"),
        ("visits", "`--set visits` has no `=`"),
        ("visits=", "has no value; write a value, or `null`"),
        ("=5", "names nothing"),
        ("visitz=5 / s", "there is no assumption `visitz`; did you mean `visits`?"),
        ("visits=5", "`visits` is a rate (1 / second), such as `20 / s`, and `5` is a share or count"),
        ("word=5 GB", "`word` is a share or count, such as `3`, and `5 GB` is data (bytes)"),
        ("components.ap.replicas=2", "there is no component `ap`; did you mean `app`?"),
        (
            "component.app.replicas=2",
            "`component` is no section that can be changed; did you mean `components`?",
        ),
        ("components=2", "`components` is a section"),
        ("name.x=2", "`name` is no section"),
        ("a..b=2", "`` is no name"),
        ("a b.c=2", "`a b` is no name"),
        ("visits=1 / s\ncomponents: {}", "has a line break or another control character"),
        ("visits\n=1", "has a line break or another control character"),
        ("x: [=1", "`x: [` is no name"),
        ("components.app.zones=[a, b", "begins with `[` and does not end with `]`"),
        ("components.app.replicas={ min: 1 ", "begins with `{` and does not end with `}`"),
    ] {
        let run = estimate(&["--set", change]).exits(2);
        assert!(run.err.contains(expected) && run.out.is_empty(), "{change:?}: {}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    }
    let long = format!("visits={}", "9".repeat(20_000));
    assert!(estimate(&["--set", &long]).exits(2).err.contains("is longer than"));
}

#[test]
fn what_the_language_refuses_is_shown_in_the_change() {
    for (change, expected) in [
        ("components.app.replica=2", "did you mean `replicas`?"),
        ("visits=1e400 / s", "this number is too large"),
        ("visits=5 / sec: x", "--set"),
        ("visits='\"", "--set"),
        ("visits=# no comment", "--set"),
        ("visits=*anchor", "--set"),
        ("visits=!tag", "--set"),
        ("visits=nothing_known", "--set"),
        ("components.app.replicas=many", "--set"),
        ("traffic.peek=5x", "did you mean `peak`?"),
    ] {
        let run = estimate(&["--set", change]);
        assert!(run.code > 0 && run.err.contains(expected), "{change:?}: {} {}", run.code, run.err);
        assert!(run.err.contains("--set:") && run.out.is_empty(), "{change:?}: {}", run.err);
    }
}

fn sweep(arguments: &[&str]) -> Run {
    Folder::with(&server()).run(&[&["estimate", "a.yaml", "--sweep"], arguments].concat())
}

#[test]
fn a_range_is_divided_by_equal_factors() {
    let run = sweep(&["visits=1 / s..81 / s", "--steps", "5", "--format", "json", RATE]).exits(0);
    let json: Value = serde_json::from_str(&run.out).unwrap();
    for (found, expected) in json["steps"].as_array().unwrap().iter().zip([1.0, 3.0, 9.0, 27.0, 81.0]) {
        is_near(found.as_f64().unwrap(), expected);
    }
    let points = json["series"][0]["points"].as_array().unwrap();
    assert_eq!(points.len(), 5);
    is_near(points[3]["value"].as_f64().unwrap(), 27.0);
}

#[test]
fn a_list_is_taken_as_it_is() {
    let run =
        sweep(&["visits=50 / s, 10 / s,  150 / s", "--format", "csv", "flows.visit.latency.mean"]).exits(0);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines[0], "\"visits [1/s]\",\"flows.visit.latency.mean [s]\"");
    assert_eq!(lines.len(), 4);
    // 1 / (100 - 50)
    let mean: f64 = lines[1].split(',').nth(1).unwrap().parse().unwrap();
    assert!((mean - 0.02).abs() < 1e-4, "{mean}");
    assert_eq!(lines[3], "150,unstable");
}

#[test]
fn without_addresses_the_values_worth_a_look_are_shown() {
    let run = sweep(&["visits=20 / s, 60 / s"]).exits(0);
    for wanted in ["flows.visit.latency.p99", "components.app.utilization", "60 / s", "60%", "███"] {
        assert!(run.out.contains(wanted), "{wanted}: {}", run.out);
    }
}

#[test]
fn charts_hold_what_mermaid_can_draw() {
    let run = sweep(&["visits=20 / s, 60 / s, 150 / s", "--format", "mermaid", "flows.visit.latency.mean"])
        .exits(0);
    let expected = "xychart-beta\n    title \"flows.visit.latency.mean (unstable at 150 / s)\"\n    \
                    x-axis \"visits\" [\"20 / s\", \"60 / s\"]\n    y-axis \"ms\" 0 --> ";
    assert!(run.out.starts_with(expected), "{}", run.out);
    assert!(!run.out.contains("e-"), "{}", run.out);
    let page = sweep(&["visits=20 / s, 60 / s", "--format", "markdown"]).exits(0).out;
    assert!(page.starts_with("| visits | ") && page.contains("```mermaid\nxychart-beta\n"), "{page}");
    let several = sweep(&["visits=20 / s, 60 / s", "--format", "mermaid"]).exits(0).out;
    assert!(several.matches("```mermaid\n").count() > 1, "{several}");
    // Without a sweep, or a number, there is nothing to draw.
    estimate(&["--format", "mermaid"]).exits(2);
    let unknown = sweep(&["visits=20 / s, 60 / s", "--format", "mermaid", "system.cost"]).exits(2);
    assert!(unknown.err.contains("nothing to draw"), "{}", unknown.err);
}

#[test]
fn hostile_sweeps_are_refused_in_a_line() {
    for (text, expected) in [
        ("", "write an assumption and a range"),
        ("visits", "write an assumption and a range"),
        ("visits=", "write an assumption and a range"),
        ("=1..2", "write an assumption and a range"),
        ("visitz=1..2", "did you mean `visits`?"),
        ("visits=1..2", "`visits` is a rate (1 / second), and this is a share or count"),
        ("word=2..1", "this range runs backwards"),
        ("word=1M..1B", "a billion is `bn`"),
        ("word=1,,2", "``"),
        ("word=1,x", "`x`"),
        ("word=1e400", "too large"),
        ("components.app.replicas=1..2", "there is no assumption `components.app.replicas`"),
    ] {
        let run = sweep(&[text]).exits(2);
        assert!(run.err.contains(expected) && run.err.lines().count() == 1, "{text:?}: {}", run.err);
    }
    assert!(sweep(&["word=1..2", "--steps", "1"]).exits(2).err.contains("2..=1000"));
    assert!(sweep(&["word=1..2", "--steps", "99999"]).exits(2).err.contains("2..=1000"));
    let many = format!("word={}", vec!["1"; 2_000].join(","));
    assert!(sweep(&[&many]).exits(2).err.contains("more than 1000 values"));
    let wide = sweep(&["word=1e-300..1e300", "assumptions.word"]).exits(0);
    assert!(wide.out.contains("1e300"), "{}", wide.out);
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    for format in ["text", "json", "csv", "markdown", "mermaid"] {
        let arguments = ["visits=1 / s..90 / s", "--format", format];
        assert_eq!(sweep(&arguments).exits(0).out, sweep(&arguments).exits(0).out);
    }
}
