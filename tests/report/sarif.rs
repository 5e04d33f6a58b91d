use crate::support::Run;
use serde_json::Value;
use std::sync::LazyLock;
use sysdesign::diagnostic::{Diagnostic, Severity};
use sysdesign::report::{Format, TextOptions};
use sysdesign::source::Span;

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    // The published pattern of a language has a stray bracket, which makes it no regular expression.
    let (text, stray) = (include_str!("sarif-schema-2.1.0.json"), "{2}]?$");
    assert_eq!(text.matches(stray).count(), 2);
    let schema = serde_json::from_str(&text.replace(stray, "{2}$")).expect("a JSON file");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a valid schema")
});

/// Fails unless the official schema accepts the log.
pub fn assert_valid(log: &Value) {
    let errors: Vec<String> =
        SCHEMA.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

fn two_findings() -> Run {
    let run = Run::new(&[("designs/größe 1.yaml", "components:\n  wéb: 1\n  db: 2\n"), ("b.yaml", "x: 1")]);
    let first = Diagnostic::warning("single-point-of-failure", run.at(0, "1"), "`wéb` runs as a single copy")
        .label("one copy")
        .related(run.at(1, "x"), "called here")
        .related(run.at(1, "x"), "called here")
        .help("write `replicas: 2`");
    let second = Diagnostic::new("not-documented", Severity::Info, run.at(0, "db: 2"), "look");
    run.with(first).with(second)
}

#[test]
fn a_log_holds_rules_places_and_fingerprints() {
    let log = two_findings().json(Format::Sarif);
    assert_valid(&log);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    insta::assert_snapshot!(serde_json::to_string_pretty(&run["tool"]["driver"]["rules"]).expect("JSON"), @r#"
    [
      {
        "id": "not-documented"
      },
      {
        "id": "single-point-of-failure",
        "shortDescription": {
          "text": "A component that others call runs as a single copy."
        },
        "fullDescription": {
          "text": "A component that others call runs as a single copy. When the only copy stops, so does every flow that needs it."
        },
        "help": {
          "text": "A component that others call runs as a single copy.\n\n## Why\nWhen the only copy stops, so does every flow that needs it.\n\n## Instead\nRun two.",
          "markdown": "A component that others call runs as a single copy.\n\n## Why\nWhen the only copy stops, so does every flow that needs it.\n\n## Instead\nRun two."
        },
        "defaultConfiguration": {
          "level": "warning"
        },
        "properties": {
          "tags": [
            "model"
          ]
        }
      }
    ]
    "#);
    insta::assert_snapshot!(serde_json::to_string_pretty(&run["results"]).expect("JSON"), @r#"
    [
      {
        "ruleId": "single-point-of-failure",
        "ruleIndex": 1,
        "level": "warning",
        "message": {
          "text": "`wéb` runs as a single copy\nwrite `replicas: 2`"
        },
        "locations": [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "designs/gr%C3%B6%C3%9Fe%201.yaml",
                "uriBaseId": "%SRCROOT%"
              },
              "region": {
                "startLine": 2,
                "startColumn": 8,
                "endLine": 2,
                "endColumn": 9
              }
            },
            "logicalLocations": [
              {
                "fullyQualifiedName": "components.wéb.1"
              }
            ],
            "message": {
              "text": "one copy"
            }
          }
        ],
        "relatedLocations": [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "b.yaml",
                "uriBaseId": "%SRCROOT%"
              },
              "region": {
                "startLine": 1,
                "startColumn": 1,
                "endLine": 1,
                "endColumn": 2
              }
            },
            "message": {
              "text": "called here"
            }
          }
        ],
        "partialFingerprints": {
          "sysdesignFinding/v1": "a3e8008b34ac8f58"
        }
      },
      {
        "ruleId": "not-documented",
        "ruleIndex": 0,
        "level": "note",
        "message": {
          "text": "look"
        },
        "locations": [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "designs/gr%C3%B6%C3%9Fe%201.yaml",
                "uriBaseId": "%SRCROOT%"
              },
              "region": {
                "startLine": 3,
                "startColumn": 3,
                "endLine": 3,
                "endColumn": 8
              }
            },
            "logicalLocations": [
              {
                "fullyQualifiedName": "components.db"
              }
            ]
          }
        ],
        "partialFingerprints": {
          "sysdesignFinding/v1": "8b4b22ac7c295dad"
        }
      }
    ]
    "#);
}

#[test]
fn the_schema_would_notice_a_mistake() {
    let mut log = two_findings().json(Format::Sarif);
    log["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!SCHEMA.is_valid(&log));
    let mut log = two_findings().json(Format::Sarif);
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] =
        "a b".into();
    assert!(!SCHEMA.is_valid(&log));
}

#[test]
fn every_result_points_at_its_rule() {
    let log = two_findings().json(Format::Sarif);
    let run = &log["runs"][0];
    for result in run["results"].as_array().expect("a list") {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
    assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_clean_run_is_a_log_without_results() {
    let log = Run::new(&[("a.yaml", "")]).json(Format::Sarif);
    assert_valid(&log);
    assert_eq!(log["runs"][0]["results"], Value::Array(vec![]));
}

fn fingerprints(text: &str, underlined: &[&str]) -> Vec<String> {
    let mut run = Run::new(&[("a.yaml", text)]);
    for characters in underlined {
        let at = run.at(0, characters);
        run = run.with(Diagnostic::error("some-rule", at, "wrong"));
    }
    let log = run.json(Format::Sarif);
    let results = log["runs"][0]["results"].as_array().expect("a list");
    results.iter().map(|result| result["partialFingerprints"].to_string()).collect()
}

#[test]
fn fingerprints_stay_when_lines_move_and_differ_otherwise() {
    let before = fingerprints("web: one\ndb: two\n", &["one", "two"]);
    assert_eq!(before, fingerprints("# new\n\nweb:    one\n\ndb: two\n", &["one", "two"]));
    assert_ne!(before[0], before[1]);
    assert_ne!(before, fingerprints("web: one\ncache: two\n", &["one", "two"]));
    let twins = fingerprints("web: one\n", &["one", "one"]);
    assert_ne!(twins[0], twins[1]);
    assert_eq!(twins[0], before[0]);
}

#[test]
fn text_cannot_put_a_link_into_a_report() {
    let run = Run::new(&[("a.yaml", "a: 1")]);
    let span = Span::new(run.files[0], 0, 1);
    let log = run
        .with(Diagnostic::error("r", span, r"see [here](http://evil.example) \ {x}"))
        .with(Diagnostic::error("r", span, "a list [1] \\ {x}"))
        .json(Format::Sarif);
    let text = |index: usize| log["runs"][0]["results"][index]["message"]["text"].clone();
    assert_eq!(text(0), r"see \[here\](http://evil.example) \\ {x}");
    assert_eq!(text(1), "a list [1] \\ {x}");
}

#[test]
fn absolute_names_have_no_base() {
    let run = Run::new(&[("/srv/a b.yaml", "a: 1")]);
    let at = run.at(0, "a");
    let log = run.with(Diagnostic::error("r", at, "x")).json(Format::Sarif);
    assert_valid(&log);
    let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(location.to_string(), r#"{"uri":"file:///srv/a%20b.yaml"}"#);
}

#[test]
fn nothing_in_it_depends_on_the_machine() {
    let text = two_findings().written(Format::Sarif, &TextOptions::default());
    assert_eq!(text, two_findings().written(Format::Sarif, &TextOptions::default()));
    assert!(text.contains("\"%SRCROOT%\"") && !text.contains("file:"), "{text}");
}
