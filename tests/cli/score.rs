//! The score card, and how findings are shown to people: what matters most first, and one rule not again and again.

use crate::support::{Folder, design};

/// A check that fails, one that holds, and a store that is overloaded.
const BUSY: &str = "\
requirements:
  fast: { text: It is fast, check: flows.visit.latency.p99 < 300 ms }
  cheap: { text: It is cheap, quality: cost, check: flows.visit.rate < 1k rps }
components:
  browser: client
  app: { kind: service, service_time: 20 ms }
flows:
  visit: { rate: 80 rps, satisfies: [fast, cheap], steps: [browser -> app] }
";

fn json(folder: &Folder, arguments: &[&str]) -> serde_json::Value {
    let run =
        folder.run(&[&["validate", "--format", "json", "--fail-on", "never"], arguments].concat()).exits(0);
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn a_design_is_scored_by_quality() {
    let output = json(&Folder::with(&design(BUSY)), &["a.yaml"]);
    let score = &output["summary"]["score"];
    let of = |quality: &str| {
        let all = score["qualities"].as_array().unwrap();
        all.iter().find(|one| one["quality"] == quality).unwrap().clone()
    };
    assert_eq!(score["qualities"].as_array().unwrap().len(), 9);
    let performance = of("performance");
    assert_eq!((&performance["checks"], &performance["holding"]), (&1.into(), &0.into()), "{performance}");
    assert!(performance["score"].as_u64().unwrap() <= 75);
    let cost = of("cost");
    assert_eq!((&cost["checks"], &cost["holding"]), (&1.into(), &1.into()), "{cost}");
    let scalability = of("scalability");
    assert!(scalability["score"].as_u64().unwrap() < 100, "{scalability}");
    let changes = score["changes"].as_array().unwrap();
    assert!((1..=3).contains(&changes.len()), "{changes:?}");
    let points: Vec<u64> = changes.iter().map(|change| change["points"].as_u64().unwrap()).collect();
    assert!(points.is_sorted_by(|one, other| one >= other), "{points:?}");
    let schema = serde_json::from_str(include_str!("../../schemas/validate-output.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&output).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn people_see_the_card_of_a_design_that_has_findings() {
    let card = |body: &str, arguments: &[&str]| {
        let folder = Folder::with(&design(body));
        let run =
            folder.run(&[&["validate", "--fail-on", "never"], arguments, &["a.yaml"]].concat()).exits(0);
        run.out.lines().any(|line| line.starts_with("performance ") || line.starts_with("nothing asked for"))
    };
    assert!(card(BUSY, &[]));
    assert!(!card(BUSY, &["--quiet"]));
    let sketch = "components: { browser: client, app: service, old: service }\nflows: { visit: { rate: 1 rps, steps: [browser -> app] } }\n";
    assert!(!card(sketch, &[]), "a sketch is not scored");
    assert!(card(sketch, &["--score"]));
    assert!(!card("components: { app: servise }\n", &["--score"]), "what is not understood has no score");
}

#[test]
fn what_nobody_asked_for_and_nothing_was_found_about_has_no_score() {
    let output = json(&Folder::with(&design("components: { app: service }\n")), &["a.yaml"]);
    for quality in output["summary"]["score"]["qualities"].as_array().unwrap() {
        assert!(quality["score"].is_null() || quality["warnings"].as_u64() > Some(0), "{quality}");
    }
}

#[test]
fn errors_come_first_and_many_of_one_rule_are_counted() {
    let body = "assumptions: { a1: 1, a2: 2, a3: 3, a4: 4, a5: 5 }\nrules: { own: { mine: { find: flows, needs: owner, severity: error } } }\n\
                components: { browser: client, app: service }\nflows: { visit: { rate: 1 rps, steps: [browser -> app] } }\n";
    let folder = Folder::with(&design(body));
    let shown = |arguments: &[&str]| folder.run(&[&["validate", "a.yaml"], arguments].concat()).exits(1).out;
    let text = shown(&[]);
    let heads: Vec<&str> = text.lines().filter(|line| line.contains("]: ")).collect();
    assert!(heads[0].starts_with("error[mine]"), "{text}");
    assert_eq!(text.matches("warning[unused-assumption]: nothing").count(), 3, "{text}");
    assert!(
        text.contains("warning[unused-assumption]: and 2 more like this; --all shows them\n  at a.yaml:4:"),
        "{text}"
    );
    assert!(text.contains("1 error, 5 warnings"), "{text}");
    assert_eq!(shown(&["--all"]).matches("warning[unused-assumption]: nothing").count(), 5);
    assert_eq!(shown(&["--quiet"]).matches("warning[unused-assumption]").count(), 5);
}

#[test]
fn a_beginner_is_told_a_handful_of_things_at_most() {
    let sketch = "sysdesign: 1\nname: Photos\ncomponents:\n  phone: mobile_app\n  app: service\n  photos: object_store\n\
                  flows:\n  upload:\n    steps:\n      - phone -> app: POST /photos\n      - app -> photos: put\n";
    let run = Folder::with(sketch).run(&["validate", "a.yaml"]).exits(0);
    let found = run.out.lines().filter(|line| line.contains("]: ")).count();
    assert!(found <= 5, "{}", run.out);
    assert_eq!(run.out.lines().filter(|line| line.starts_with("  help: ")).count(), found, "{}", run.out);
}
