use crate::support::Run;
use serde_json::Value;
use sysdesign::diagnostic::Diagnostic;
use sysdesign::report::{Format, TextOptions};

/// Fails unless the value is what the published schema describes.
pub fn assert_matches_schema(output: &Value) {
    let schema = serde_json::from_str(include_str!("../../schemas/validate-output.schema.json"));
    let validator = jsonschema::validator_for(&schema.expect("a JSON file")).expect("a valid schema");
    let errors: Vec<String> = validator.iter_errors(output).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn it_tells_all_and_counts_columns_in_characters() {
    let run = Run::new(&[("größe.yaml", "näme: x\nkind: 日本語 end\n"), ("b.yaml", "x: 1")]);
    let (main, second) = (run.at(0, "end"), run.at(0, "x"));
    let run = run.with(Diagnostic::error("some-rule", main, "wrong").related(second, "see \"this\""));
    let run = Run { suppressed: 3, ..run };
    insta::assert_snapshot!(run.written(Format::Json, &TextOptions::default()), @r#"
    {
      "version": 1,
      "diagnostics": [
        {
          "rule": "some-rule",
          "severity": "error",
          "message": "wrong",
          "label": null,
          "help": null,
          "file": "größe.yaml",
          "line": 2,
          "column": 11,
          "endLine": 2,
          "endColumn": 14,
          "path": "components.kind.end",
          "related": [
            {
              "message": "see \"this\"",
              "file": "größe.yaml",
              "line": 1,
              "column": 7,
              "endLine": 1,
              "endColumn": 8
            }
          ],
          "fix": null
        }
      ],
      "summary": {
        "errors": 1,
        "warnings": 0,
        "infos": 0,
        "files": 2,
        "suppressed": 3,
        "known": 0,
        "score": null
      }
    }
    "#);
    assert_matches_schema(&run.json(Format::Json));
}

#[test]
fn a_clean_run_has_an_empty_list() {
    let output = Run::new(&[("a.yaml", "")]).json(Format::Json);
    assert_matches_schema(&output);
    assert_eq!(output["diagnostics"], Value::Array(vec![]));
    assert_eq!(output["summary"]["files"], 1);
}

#[test]
fn the_schema_refuses_what_is_not_promised() {
    let run = Run::new(&[("a.yaml", "a: 1")]);
    let at = run.at(0, "a");
    let output = run.with(Diagnostic::warning("some-rule", at, "wrong")).json(Format::Json);
    let schema = serde_json::from_str(include_str!("../../schemas/validate-output.schema.json"));
    let validator = jsonschema::validator_for(&schema.expect("a JSON file")).expect("a valid schema");
    assert!(validator.is_valid(&output));
    for (pointer, wrong) in [
        ("/version", Value::from(2)),
        ("/diagnostics/0/line", Value::from(0)),
        ("/diagnostics/0/severity", Value::from("fatal")),
        ("/diagnostics/0/help", Value::from(1)),
        ("/summary/files", Value::Null),
    ] {
        let mut changed = output.clone();
        *changed.pointer_mut(pointer).expect("the key is there") = wrong;
        assert!(!validator.is_valid(&changed), "{pointer}");
    }
}
