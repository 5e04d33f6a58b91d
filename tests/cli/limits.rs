//! `sysdesign limit`: how far a design reaches, against what was worked out by hand.

use crate::support::{Folder, Run, design};
use serde_json::Value;

/// One server of 100/s with exponential service. Its p99 is ln(100) / (100 - load).
fn server(visits: &str, requirement: &str) -> String {
    design(&format!(
        "assumptions:\n  visits: {visits}\n  spare: 5\nrequirements:\n{requirement}components:\n  browser: client\n  \
         app: {{ kind: service, service_time: 10 ms }}\nflows:\n  visit: {{ rate: visits, steps: [browser -> app] }}\n"
    ))
}

fn check(name: &str, check: &str) -> String {
    format!("  {name}: {{ text: It is so, check: {check} }}\n")
}

#[track_caller]
fn limit(design: &str, arguments: &[&str], code: i32) -> Value {
    let folder = Folder::with(design);
    let run = folder.run(&[&["limit", "a.yaml", "--format", "json"], arguments].concat()).exits(code);
    let value: Value = serde_json::from_str(&run.out).unwrap();
    assert_matches_schema(&value);
    value
}

fn assert_matches_schema(output: &Value) {
    let schema = serde_json::from_str(include_str!("../../schemas/limit-output.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    let errors: Vec<String> = validator.iter_errors(output).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[track_caller]
fn is_near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or(f64::NAN);
    assert!((found / expected - 1.0).abs() < 2e-3, "{found} for {expected}");
}

fn text(design: &str, arguments: &[&str]) -> Run {
    Folder::with(design).run(&[&["limit", "a.yaml"], arguments].concat())
}

#[test]
fn a_line_reaches_as_far_as_the_closed_form_says() {
    // ln(100) / (100 - load) < 100 ms up to a load of 100 - 10 ln(100).
    let largest = 100.0 - 10.0 * 100_f64.ln();
    let shop = server("20 / s", &check("fast", "flows.visit.latency.p99 < 100 ms"));
    let found = limit(&shop, &["visits"], 0);
    is_near(&found["largest"], largest);
    assert_eq!(found["input"], "assumptions.visits");
    assert_eq!(found["up"]["breaks"][0]["id"], "fast");
    is_near(&found["up"]["breaks"][0]["measure"]["today"], 100_f64.ln() / 80.0);
    is_near(&found["up"]["breaks"][0]["measure"]["then"], 0.1);
    // After it the server itself has no more to give.
    assert_eq!(found["up"]["breaks"][1]["id"], "app");
    is_near(&found["up"]["breaks"][1]["value"], 100.0);
    assert_eq!(found["down"]["limit"], Value::Null);
}

#[test]
fn all_traffic_has_a_factor() {
    let shop = server("20 / s", &check("fast", "flows.visit.latency.p99 < 100 ms"));
    let found = limit(&shop, &[], 0);
    assert_eq!((&found["input"], &found["today"]), (&Value::from("traffic"), &Value::from(1.0)));
    is_near(&found["largest"], (100.0 - 10.0 * 100_f64.ln()) / 20.0);
    is_near(&found["up"]["breaks"][1]["value"], 5.0);
}

#[test]
fn a_utilisation_has_a_limit() {
    let shop = server("10 / s", &check("calm", "components.app.utilization <= 70%"));
    let found = limit(&shop, &["visits"], 0);
    is_near(&found["largest"], 70.0);
    is_near(&found["up"]["factor"], 7.0);
}

#[test]
fn money_has_a_limit() {
    // 100 GB a month for each million answers of 100 KB, at $0.10 a GB: $10 for a million.
    let shop = design(
        "assumptions:\n  visits: 20M / month\nrequirements:\n  cheap: { text: It is, check: system.cost < $500 / month }\n\
         components:\n  browser: client\n  files: { kind: service, price: { transfer: $0.10 / GB } }\nflows:\n  fetch:\n    \
         rate: visits\n    steps:\n      - { browser -> files: GET, request: 0 B, response: 100 KB }\n",
    );
    let found = limit(&shop, &["visits"], 0);
    is_near(&found["largest"], 50e6 / (365.0 / 12.0 * 86_400.0));
    let said = text(&shop, &["visits"]).exits(0).out;
    assert!(said.contains("`visits` can be 50M / month at most; today it is 20M / month (2.5 ×)"), "{said}");
}

#[test]
fn what_works_the_other_way_round_has_a_smallest_value() {
    let shop = design(
        "assumptions:\n  hits: 90%\nrequirements:\n  calm: { text: It is, check: components.store.utilization <= 40% }\n\
         components:\n  browser: client\n  app: service\n  hot: { kind: cache, hit_ratio: hits }\n  \
         store: { kind: database, capacity: 100 rps }\nflows:\n  visit:\n    rate: 100 / s\n    steps:\n      \
         - browser -> app\n      - app -> hot: get\n        on_miss:\n          - app -> store: select\n",
    );
    let found = limit(&shop, &["hits"], 0);
    is_near(&found["down"]["limit"], 0.6);
    assert_eq!(found["up"]["limit"], Value::Null);
    is_near(&found["up"]["soughtTo"], 1.0);
    let said = text(&shop, &["hits"]).exits(0).out;
    assert!(said.contains("nothing breaks when `hits` grows up to 100%"), "{said}");
    assert!(said.contains("`hits` must be 60% at least; today it is 90%"), "{said}");
}

#[test]
fn what_is_broken_today_is_named_with_what_would_mend_it() {
    let shop = server("80 / s", &check("fast", "flows.visit.latency.p99 < 100 ms"));
    let found = limit(&shop, &["visits"], 1);
    assert_eq!(found["holds"], false);
    assert_eq!(found["broken"][0]["id"], "fast");
    is_near(&found["wouldHold"], 100.0 - 10.0 * 100_f64.ln());
    let said = text(&shop, &[]).exits(1).out;
    assert!(said.starts_with("not everything holds today:\n  requirement fast, flows.visit"), "{said}");
    assert!(said.contains("everything would hold if all traffic were 0.674 × what it is"), "{said}");
    let hopeless = server("20 / s", &check("fast", "flows.visit.latency.p99 < 20 ms"));
    let said = text(&hopeless, &["visits"]).exits(1).out;
    assert!(said.contains("no value of `visits` that was tried mends that"), "{said}");
}

#[test]
fn a_line_that_grows_today_is_broken() {
    let found = limit(&server("120 / s", ""), &[], 1);
    assert_eq!(found["broken"][0]["kind"], "component");
    is_near(&found["wouldHold"], 100.0 / 120.0);
}

#[test]
fn what_nothing_rests_on_has_no_limit() {
    let found = limit(&server("20 / s", ""), &["spare"], 0);
    assert_eq!((&found["matters"], &found["largest"]), (&Value::Bool(false), &Value::Null));
    let said = text(&server("20 / s", ""), &["spare"]).exits(0).out;
    assert_eq!(said, "everything holds, and none of what is checked rests on `spare`\n");
}

#[test]
fn under_uncertainty_a_requirement_wants_its_confidence() {
    // The load is `visits` times 0.5 to 2 (5% to 95%). Its 90th percentile is exp(1.2816 sigma) with sigma = ln(4) / 3.2897.
    let shop = server("20 / s * (0.5..2)", &check("calm", "components.app.utilization <= 70%"));
    let shop = shop.replace("visits: 20 / s * (0.5..2)", "visits: 20 / s\n  luck: 0.5..2");
    let shop = shop.replace("rate: visits", "rate: visits * luck");
    let spread = (1.281_551_6 * 4_f64.ln() / 3.289_707).exp();
    let found = limit(&shop, &["visits", "--samples", "100000"], 0);
    let largest = found["largest"].as_f64().unwrap();
    assert!((largest / (70.0 / spread) - 1.0).abs() < 0.01, "{largest} for {}", 70.0 / spread);
    assert_eq!(found["up"]["breaks"][0]["confidence"], 0.9);
    let sure = shop.replace("<= 70% }", "<= 70%, confidence: 50% }");
    let found = limit(&sure, &["visits", "--samples", "100000"], 0);
    let requirement =
        found["up"]["breaks"].as_array().unwrap().iter().find(|one| one["id"] == "calm").unwrap();
    assert!((requirement["value"].as_f64().unwrap() / 70.0 - 1.0).abs() < 0.01, "{found}");
}

#[test]
fn growth_uses_the_room_up() {
    let shop = server("10 / s", &check("calm", "components.app.utilization <= 70%"));
    let shop = shop.replace("requirements:", "traffic: { growth: 100% / year }\nrequirements:");
    is_near(&limit(&shop, &[], 0)["largest"], 7.0);
    is_near(&limit(&shop, &["--at", "2 years"], 0)["largest"], 7.0 / 4.0);
    is_near(&limit(&shop, &["--set", "visits=35 / s"], 0)["largest"], 2.0);
}

#[test]
fn a_check_may_ask_for_a_limit() {
    let largest = 100.0 - 10.0 * 100_f64.ln();
    let both = |least: &str| {
        check("fast", "flows.visit.latency.p99 < 100 ms")
            + &check("room", &format!("system.limit(visits) > {least}"))
    };
    // 53.9 / s: more than 50, less than 60.
    is_near(&limit(&server("20 / s", &both("50 / s")), &["visits"], 0)["largest"], largest);
    let found = limit(&server("20 / s", &both("60 / s")), &["visits"], 1);
    assert_eq!(found["broken"][0]["id"], "room");
    is_near(&found["broken"][0]["measure"]["today"], largest);
    assert_eq!(found["broken"][0]["measure"]["name"], "system.limit(visits)");
    // Two that ask for each other's end.
    let mutual = check("one", "system.limit(visits) > 1 / s") + &check("two", "system.limit(spare) > 1");
    limit(&server("20 / s", &mutual), &["visits"], 0);
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let shop = server("15..25 / s", &check("fast", "flows.visit.latency.p99 < 200 ms"));
    for arguments in [&["visits"][..], &[], &["--format", "json"], &["visits", "--seed", "7"]] {
        let first = text(&shop, arguments);
        assert_eq!((&first.out, first.code), (&text(&shop, arguments).out, first.code));
    }
}

#[test]
fn hostile_arguments_are_refused_in_a_line() {
    let shop = server("20 / s", "");
    let zero = server("0 / s", "");
    for (design, arguments, expected) in [
        (&shop, &["visit"][..], "there is no assumption `visit`; did you mean `visits`?"),
        (&shop, &["nothing-like-it"], "there is no assumption `nothing-like-it`; there are visits, spare"),
        (&shop, &[""], "there is no assumption ``"),
        (&shop, &["a\nb\x1b[31m"], "there is no assumption `a␊b␛[31m`"),
        (&zero, &["visits"], "`visits` is zero today"),
        (&shop, &["--samples", "1"], "1 is not in 100..=1000000"),
        (&shop, &["--samples", "9999999999"], "9999999999"),
        (&shop, &["--seed", "-1"], "-1"),
        (&shop, &["--at", "soon"], "nothing is called `soon`; write a quantity"),
        (&shop, &["--at", "5 GB"], "a time is wanted here"),
        (&shop, &["--at", "5"], "a time is wanted here"),
        (&shop, &["--at", "-1 year"], "that is in the past"),
        (&shop, &["--at", ""], "`--at `: "),
        (&shop, &["--variant", "x"], "there is no variant `x`; the design has no `variants`"),
    ] {
        let run = text(design, arguments).exits(2);
        assert!(run.err.contains(expected) && run.out.is_empty(), "{arguments:?}: {}", run.err);
    }
    assert!(Folder::with("a: 1").run(&["limit", "a.yaml"]).exits(2).err.contains("is not a design"));
    let broken =
        Folder::with(&shop.replace("kind: service", "kind: servise")).run(&["limit", "a.yaml"]).exits(1);
    assert!(broken.err.contains("did you mean `service`?") && broken.out.is_empty(), "{}", broken.err);
}

#[test]
fn hostile_numbers_end_soon() {
    for visits in ["1e300 / s", "1e-300 / s", "-5 / s", "1e-307..1e307 / s", "20 / s * 1e300"] {
        let shop = server(visits, &check("fast", "flows.visit.latency.p99 < 100 ms"));
        for arguments in [&["visits"][..], &[]] {
            text(&shop, arguments);
        }
    }
}
