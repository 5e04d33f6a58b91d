//! GitHub, GitLab and JUnit.

use crate::support::Run;
use std::collections::BTreeSet;
use sysdesign::diagnostic::{Diagnostic, Severity};
use sysdesign::report::{Format, TextOptions};

fn run() -> Run {
    let run = Run::new(&[
        ("a,b:c.yaml", "components:\n  wéb: 1\n  db: 2\n"),
        ("clean & \"good\".yaml", "x: 1"),
        ("d.yaml", "y: [1, 2]\n"),
    ]);
    let first = Diagnostic::error("unknown-key", run.at(0, "1"), "100% wrong: <a> & \"b\"\nsecond line")
        .help("write `2`\r\nor ::error::3");
    let second = Diagnostic::warning("some-rule", run.at(0, "wéb: 1\n  db"), "over lines");
    let third = Diagnostic::new("some-rule", Severity::Info, run.at(2, "[1, 2]"), "look");
    run.with(first).with(second).with(third)
}

fn written(format: Format) -> String {
    run().written(format, &TextOptions::default())
}

#[test]
fn an_annotation_is_one_escaped_line() {
    insta::assert_snapshot!(written(Format::Github), @r#"
    ::error file=a%2Cb%3Ac.yaml,line=2,endLine=2,col=8,endColumn=9,title=unknown-key::100%25 wrong: <a> & "b"%0Asecond line%0Awrite `2`%0Aor ::error::3
    ::warning file=a%2Cb%3Ac.yaml,line=2,endLine=3,title=some-rule::over lines
    ::notice file=d.yaml,line=1,endLine=1,col=4,endColumn=10,title=some-rule::look
    "#);
}

#[test]
fn code_quality_has_an_entry_for_each_finding() {
    insta::assert_snapshot!(written(Format::Gitlab), @r#"
    [
      {
        "description": "100% wrong: <a> & \"b\"\nsecond line (write `2`\r\nor ::error::3)",
        "check_name": "unknown-key",
        "fingerprint": "53c738399f5cd1d8",
        "severity": "major",
        "location": {
          "path": "a,b:c.yaml",
          "lines": {
            "begin": 2,
            "end": 2
          }
        }
      },
      {
        "description": "over lines",
        "check_name": "some-rule",
        "fingerprint": "f050806493523279",
        "severity": "minor",
        "location": {
          "path": "a,b:c.yaml",
          "lines": {
            "begin": 2,
            "end": 3
          }
        }
      },
      {
        "description": "look",
        "check_name": "some-rule",
        "fingerprint": "10d7236a2abcc021",
        "severity": "info",
        "location": {
          "path": "d.yaml",
          "lines": {
            "begin": 1,
            "end": 1
          }
        }
      }
    ]
    "#);
}

#[test]
fn fingerprints_of_code_quality_are_unique() {
    let mut run = run();
    for _ in 0..100 {
        let at = run.at(0, "db");
        run = run.with(Diagnostic::error("some-rule", at, "the same"));
    }
    let issues = run.json(Format::Gitlab);
    let all: BTreeSet<String> =
        issues.as_array().expect("a list").iter().map(|issue| issue["fingerprint"].to_string()).collect();
    assert_eq!(all.len(), 103);
}

#[test]
fn test_results_have_a_suite_for_each_file() {
    insta::assert_snapshot!(written(Format::Junit), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="sysdesign" tests="4" failures="2" errors="0">
      <testsuite name="a,b:c.yaml" tests="2" failures="2" errors="0">
        <testcase name="unknown-key at components.wéb.1" classname="a,b:c.yaml">
          <failure message="100% wrong: &lt;a&gt; &amp; &quot;b&quot;␊second line" type="error">a,b:c.yaml:2:8: error[unknown-key]: 100% wrong: &lt;a&gt; &amp; &quot;b&quot;␊second line
    help: write `2`
    or ::error::3</failure>
        </testcase>
        <testcase name="some-rule at components.wéb" classname="a,b:c.yaml">
          <failure message="over lines" type="warning">a,b:c.yaml:2:3: warning[some-rule]: over lines</failure>
        </testcase>
      </testsuite>
      <testsuite name="clean &amp; &quot;good&quot;.yaml" tests="1" failures="0" errors="0">
        <testcase name="no findings" classname="clean &amp; &quot;good&quot;.yaml"/>
      </testsuite>
      <testsuite name="d.yaml" tests="1" failures="0" errors="0">
        <testcase name="some-rule at components.y.[1, 2]" classname="d.yaml">
          <system-out>d.yaml:1:4: info[some-rule]: look</system-out>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn test_results_read_back_as_xml() {
    let text = written(Format::Junit);
    let xml = roxmltree::Document::parse(&text).expect("valid XML");
    let all = |name: &'static str| xml.descendants().filter(move |node| node.has_tag_name(name));
    assert_eq!(all("testsuite").count(), 3);
    assert_eq!(all("testcase").count(), 4);
    let failures: Vec<_> = all("failure").filter_map(|node| node.attribute("message")).collect();
    assert_eq!(failures, ["100% wrong: <a> & \"b\"␊second line", "over lines"]);
    assert_eq!(xml.root_element().attribute("failures"), Some("2"));
    assert_eq!(
        all("testsuite").nth(1).and_then(|suite| suite.attribute("name")),
        Some("clean & \"good\".yaml")
    );
}
