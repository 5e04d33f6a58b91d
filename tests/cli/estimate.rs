//! `estimate`, and `explain` with an address.

use crate::support::{Folder, design, program};
use serde_json::Value;
use std::path::Path;

/// A shop with a store behind an app; the load is uncertain.
const SHOP: &str = "\
assumptions:
  orders: { value: 20..80, description: Orders in a second at noon }
data:
  order: { size: 1 KB, stored_in: db, retention: 1 year }
components:
  browser: client
  app: { kind: service, replicas: 2, capacity: 200 rps, latency: { p50: 5 ms, p99: 20 ms }, availability: 99.9%, price: $50 / month }
  db: { kind: database, replicas: 1, capacity: 500 rps, latency: { p50: 2 ms, p99: 30 ms }, availability: 99.95%, price: $200 / month }
flows:
  order:
    rate: orders / second
    steps:
      - browser -> app: POST /orders
      - app -> db: store it
        writes: [order]
requirements:
  fast: { check: flows.order.latency.p99 < 100 ms }
  there: { check: flows.order.availability >= 99.9% }
  cheap: { check: system.cost < $1k / month }
";

fn shop() -> Folder {
    Folder::with(&design(SHOP))
}

/// Few samples are enough to see whether everything is there.
const FEW: [&str; 2] = ["--samples", "100"];

/// Runs `estimate` with few samples.
fn estimate(folder: &Folder, arguments: &[&str]) -> crate::support::Run {
    folder.run(&[&["estimate"], arguments, &FEW].concat())
}

/// All good designs that come with the program.
fn examples() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut found: Vec<String> = std::fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| path.display().to_string())
        .collect();
    found.push(root.join("shop-microservices/shop.yaml").display().to_string());
    found.sort();
    found
}

fn matches_schema(output: &str) -> Value {
    let schema = serde_json::from_str(include_str!("../../schemas/estimate-output.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let output: Value = serde_json::from_str(output).unwrap();
    let errors: Vec<String> = validator.iter_errors(&output).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    output
}

#[test]
fn the_json_of_every_example_is_as_the_schema_says() {
    for example in examples() {
        let run = estimate(&Folder::new(), &[&example, "--format", "json"]).exits(0);
        let output = matches_schema(&run.out);
        assert!(output["values"].as_array().unwrap().len() > 3, "{example}");
    }
    let explained =
        shop().run(&["estimate", "a.yaml", "--explain", "system.cost", "--format", "json"]).exits(0);
    let explained = matches_schema(&explained.out);
    assert_eq!(explained["explanation"]["name"], "system.cost");
    let again = shop().run(&["explain", "a.yaml", "system.cost", "--format", "json"]).exits(0);
    assert_eq!(matches_schema(&again.out), explained);
}

#[test]
fn the_report_of_an_example_has_its_sections() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/url-shortener.yaml");
    let example = example.display().to_string();
    let run = estimate(&Folder::new(), &[&example]).exits(0);
    for section in [
        "URL shortener",
        "Overall",
        "Requirements",
        "Traffic",
        "Latency",
        "Availability",
        "Error budgets",
        "Components",
        "Data",
        "Cost",
        "Assumptions",
        "What matters most",
        "What is missing",
    ] {
        assert!(run.out.lines().any(|line| line.starts_with(section)), "{section}\n{}", run.out);
    }
    let page = estimate(&Folder::new(), &[&example, "--format", "markdown"]).exits(0).out;
    for section in ["# URL shortener", "## Overall", "## Requirements", "## What is missing"] {
        assert!(page.lines().any(|line| line == section), "{section}\n{page}");
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [60, 80, 120] {
        let folder = shop();
        let run = folder.run_with(&["estimate", "a.yaml"], b"", |command| {
            command.env("COLUMNS", width.to_string());
        });
        for line in run.exits(0).out.lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn a_small_design_has_a_small_report() {
    let folder = Folder::with(crate::support::CLEAN);
    let run = folder.run(&["estimate", "a.yaml"]).exits(0);
    assert!(
        !run.out.contains("Cost") && !run.out.contains("Assumptions") && !run.out.contains("Data"),
        "{}",
        run.out
    );
}

#[test]
fn values_that_are_asked_for_are_a_line_each() {
    let run = shop().run(&["estimate", "a.yaml", "flows.order.rate", "system.cost"]).exits(0);
    insta::assert_snapshot!(run.out, @r"
      flows.order.rate  40 (20..80) / s
      system.cost       $300 / month
    ");
    let run = shop().run(&["estimate", "a.yaml", "flows.order.rate", "--format", "csv"]).exits(0);
    let lines: Vec<&str> = run.out.lines().map(|line| line.trim_end_matches('\r')).collect();
    assert_eq!(lines[0], "address,status,value,unit,p5,p50,p95,mean,at_least");
    assert!(lines[1].starts_with("flows.order.rate,known,40,1/s,19.9"), "{}", run.out);
    assert_eq!(lines.len(), 2);
}

#[test]
fn an_explanation_goes_down_to_the_lines_of_the_design() {
    let run = shop().run(&["explain", "a.yaml", "components.app.utilization", "--depth", "9"]).exits(0);
    for part in
        ["a.yaml:5: 20..80", "a.yaml:10: 200 rps", "flows.order.rate.peak", "assumed: ", "40 / s / (200 / s)"]
    {
        assert!(run.out.contains(part), "{part}\n{}", run.out);
    }
    let flow = shop().run(&["estimate", "a.yaml", "--explain", "flows.order.latency.p99"]).exits(0);
    assert!(flow.out.contains("= p99 of: "), "{}", flow.out);
    assert!(flow.out.contains("goes to "), "{}", flow.out);
}

#[test]
fn what_goes_deeper_says_how_to_get_there() {
    let shallow = shop().run(&["explain", "a.yaml", "system.cost", "--depth", "1"]).exits(0).out;
    assert!(shallow.contains("--depth 4"), "{shallow}");
    let deep = shop().run(&["explain", "a.yaml", "system.cost", "--depth", "40"]).exits(0).out;
    assert!(!deep.contains("--depth"), "{deep}");
}

#[test]
fn a_wrong_address_gets_the_nearest_one() {
    let run = shop().run(&["estimate", "a.yaml", "flows.ordr.rate"]).exits(2);
    assert_eq!(run.err, "error: there is no value `flows.ordr.rate`; did you mean `flows.order.rate`?\n");
    let run = shop().run(&["estimate", "a.yaml", "--explain", "flows.order.latency.p98"]).exits(2);
    assert!(run.err.contains("did you mean `flows.order.latency.p9"), "{}", run.err);
    assert_eq!(run.out, "");
}

#[test]
fn a_design_with_errors_has_no_numbers() {
    let folder = Folder::with(&design("components:\n  app: { kind: servce }\n"));
    let run = folder.run(&["estimate", "a.yaml", "--format", "json"]).exits(1);
    assert_eq!(run.out, "");
    assert!(
        run.err.contains("unknown-kind") && run.err.contains("until its errors are mended"),
        "{}",
        run.err
    );
}

#[test]
fn one_of_several_designs_must_be_named() {
    let folder = shop();
    folder.write("b.yaml", design(SHOP));
    let run = folder.run(&["estimate", "."]).exits(2);
    assert!(
        run.err.contains("there are 2 designs here") && run.err.contains("estimate a.yaml"),
        "{}",
        run.err
    );
    folder.run(&["estimate", "nowhere.yaml"]).exits(2);
}

#[test]
fn what_a_design_says_breaks_no_table_and_makes_no_link() {
    let body = SHOP.replace("Orders in a second at noon", "'a | b <img src=x> [x](http://evil) \\u202e'");
    let folder = Folder::with(&design(&body).replace("name: Shop", "name: '=cmd|x'"));
    let page = folder.run(&["estimate", "a.yaml", "--format", "markdown"]).exits(0).out;
    let row = page.lines().find(|line| line.contains("src=x")).unwrap();
    assert!(row.contains("a \\| b &lt;img src=x&gt; \\[x\\](http:<!-- -->//evil)"), "{row}");
    assert!(page.starts_with("# \\=cmd\\|x\n"), "{page}");
}

#[test]
fn a_pipe_gets_bars_and_colours_only_when_asked() {
    let folder = shop();
    let run = folder.run(&["estimate", "a.yaml"]).exits(0);
    assert!(
        run.out.contains('█') || run.out.contains('░'),
        "pipes take Unicode, as for findings: {}",
        run.out
    );
    let coloured = program()
        .args(["estimate", "a.yaml", "--color", "always"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(String::from_utf8(coloured.stdout).unwrap().contains("\u{1b}["));
}

/// Two hops that always take the same time, one of them three times as long, and data that comes evenly.
const STEADY: &str = "\
assumptions:
  visits: { value: 10..1000 }
  size: { value: 990 B..1010 B }
traffic: { horizon: 2 years }
data:
  visit: { size: 1 KB, rate: 1 / second, stored_in: db }
components:
  browser: client
  app: { kind: service, replicas: 1, latency: { mean: 10 ms, distribution: constant }, availability: 99%, bandwidth: 1 GB / s }
  db: { kind: database, replicas: 2, latency: { mean: 30 ms, distribution: constant }, availability: 99.99% }
flows:
  visit:
    rate: visits / second
    steps:
      - browser -> app: GET /
        response: size
      - app -> db: look it up
requirements:
  small: { check: connections.browser.app.bandwidth < 1 GB / s }
";

#[test]
fn times_failures_growth_and_spread_are_traced_to_what_they_come_from() {
    let folder = Folder::with(&design(STEADY));
    folder.validate(&["a.yaml", "--fail-on", "error"]).exits(0);
    let report = estimate(&folder, &["a.yaml"]).exits(0).out;
    let has = |part: &str| assert!(report.contains(part), "{part}\n{report}");
    // Of 40 ms that never vary, the share of each hop is what it takes.
    has("db 75%, app 25%");
    has("app (one instance, 7.3 h)");
    let kept = report.lines().skip_while(|line| !line.trim_start().starts_with("kept")).nth(1).unwrap();
    let words: Vec<&str> = kept.split_whitespace().collect();
    assert_eq!(words, ["visit", "0", "B", "63.1", "GB", "126", "GB"], "{report}");
    let matters =
        report.lines().find(|line| line.starts_with("  connections.browser.app.bandwidth")).unwrap();
    assert!(matters.contains("visits 100%") && !matters.contains("size"), "{matters}");
}

#[test]
fn the_same_seed_gives_the_same_report_and_another_one_does_not() {
    let with = |seed: &str| {
        estimate(&shop(), &["a.yaml", "flows.order.rate", "--format", "json", "--seed", seed]).exits(0).out
    };
    assert_eq!(with("7"), with("7"));
    assert_ne!(with("7"), with("8"));
}

#[test]
fn the_header_says_how_many_samples_stand_behind_which_ranges() {
    let folder = shop();
    let text = folder.run(&["estimate", "a.yaml"]).out;
    let header = text.lines().find(|line| line.contains("samples")).unwrap();
    let json: Value =
        serde_json::from_str(&folder.run(&["estimate", "a.yaml", "--format", "json"]).out).unwrap();
    let counts: std::collections::BTreeSet<u64> =
        json["values"].as_array().unwrap().iter().filter_map(|value| value["samples"].as_u64()).collect();
    assert!(counts.len() > 1, "times have fewer samples: {counts:?}");
    for count in counts {
        let thousands = match count {
            0..1_000 => count.to_string(),
            _ => format!("{},{:03}", count / 1_000, count % 1_000),
        };
        assert!(header.contains(&thousands), "{thousands} is not in: {header}");
    }
}

#[test]
fn an_error_budget_comes_with_what_would_burn_it() {
    let text = estimate(&shop(), &["a.yaml"]).out;
    // 2% of the budget of 30 days in an hour: 0.02 x 720 = 14.4 times as fast as allowed, with 14.4 x 0.1% failing.
    let row = |part: &str| text.lines().find(|line| line.contains("there") && line.contains(part)).unwrap();
    assert!(row("14.4x").contains("1.44%") && row("14.4x").contains("2%"), "{text}");
    assert!(row(" 6x").contains("0.6%") && row(" 6x").contains("5%"), "{text}");
    assert!(row(" 1x").contains("0.1%") && row(" 1x").contains("10%"), "{text}");
}

#[test]
fn lines_near_saturation_say_how_fast_the_wait_rises() {
    let folder = Folder::with(&design(
        "\
components:
  browser: client
  full: { kind: service, service_time: 10 ms }
  calm: { kind: service, service_time: 10 ms }
flows:
  ask_full: { rate: 90 / s, steps: [browser -> full] }
  ask_calm: { rate: 50 / s, steps: [browser -> calm] }
",
    ));
    let text = estimate(&folder, &["a.yaml"]).out;
    let (_, rows) = text.split_once("near saturation").unwrap();
    // s / (1 - u)^2 = 1 s for all of it, 10 ms for a percent.
    let row = rows.lines().find(|line| line.contains("full")).unwrap();
    assert!(row.contains("90%") && row.contains("90 ms") && row.contains("+10 ms"), "{text}");
    assert!(!rows.lines().take(4).any(|line| line.contains("calm")), "{text}");
}

#[test]
fn the_cause_of_a_median_is_not_what_few_runs_meet() {
    let folder = Folder::with(&design(
        "\
components:
  browser: client
  usual: { kind: service, latency: { mean: 60 ms, distribution: constant } }
  rare: { kind: service, latency: { mean: 20 s, distribution: constant } }
flows:
  ask: { rate: 1 / s, steps: [browser -> usual, { browser -> rare: ask, chance: 2% }] }
requirements:
  fast: { check: flows.ask.latency.p50 < 50 ms }
  never_slow: { check: flows.ask.latency.p99 < 1 s }
",
    ));
    let text = folder.run(&["validate", "a.yaml"]).out;
    // 98% of the runs have nothing to do with the rare one, of which p99 is made.
    assert!(text.contains("`usual` makes 100% of the p50 of 60 ms"), "{text}");
    assert!(
        text.contains("`rare` makes 99.7% of the p99") || text.contains("`rare` makes 100% of the p99"),
        "{text}"
    );
}

#[test]
fn a_capacity_that_its_service_time_contradicts_is_found() {
    let found = |capacity: &str| {
        let folder = Folder::with(&design(&format!(
            "\
components:
  browser: client
  app: {{ kind: service, concurrency: 4, service_time: 10 ms, capacity: {capacity} }}
flows:
  ask: {{ rate: 10 / s, steps: [browser -> app] }}
"
        )));
        folder.run(&["validate", "a.yaml", "--select", "stated-differs-from-derived"]).out
    };
    assert!(found("1k rps").contains("stated-differs-from-derived"));
    assert!(!found("400 rps").contains("stated-differs-from-derived"));
}

#[test]
fn an_explanation_bounds_what_rests_on_several_ranges() {
    let folder = Folder::with(&design(
        "\
assumptions:
  people: 1..4
  pages: 2..8
  left: 1..3
  volume: people * pages / (1 + left) - people
  alone: people * 2
components:
  browser: client
",
    ));
    let text = folder.run(&["explain", "a.yaml", "assumptions.volume"]).out;
    // 1 x 2 / 4 - 4 and 4 x 8 / 2 - 1: people are few in one place and many in the other.
    assert!(text.contains("interval arithmetic") && text.contains("-3.5 to 15"), "{text}");
    let json = folder.run(&["explain", "a.yaml", "assumptions.volume", "--format", "json"]).out;
    let bound = &matches_schema(&json)["explanation"]["bound"];
    assert!((bound["low"].as_f64().unwrap() + 3.5).abs() < 1e-9, "{bound}");
    assert!((bound["high"].as_f64().unwrap() - 15.0).abs() < 1e-9, "{bound}");
    // One range needs no bound but itself.
    assert!(!folder.run(&["explain", "a.yaml", "assumptions.alone"]).out.contains("interval arithmetic"));
}

#[test]
fn the_weights_of_a_choice_do_not_make_it_a_share() {
    let folder = Folder::with(&design(
        "\
assumptions:
  visits: choice(2, 50%, 8, 50%)
  part: choice(20%, 1, 40%, 1)
components:
  browser: client
",
    ));
    let shown = |name: &str| folder.run(&["estimate", "a.yaml", name]).out;
    assert!(shown("assumptions.visits").contains("2 (2..8)"), "{}", shown("assumptions.visits"));
    assert!(shown("assumptions.part").contains("20% (20%..40%)"), "{}", shown("assumptions.part"));
}
