//! `sysdesign.toml`: where it is found, what it changes, and what is said when it is wrong.

use crate::support::{CLEAN, Folder, Run, design};

/// An assumption that nothing rests on: one warning.
fn with_warning(config: &str) -> Folder {
    let folder = Folder::with(&design("assumptions: { extra: 5 }\n"));
    folder.write("sysdesign.toml", config);
    folder
}

#[test]
fn severities_profile_and_failing_level_are_taken_from_it() {
    let check = |config: &str, code: i32, expected: &[&str]| {
        let run = with_warning(config).validate(&["a.yaml"]).exits(code);
        let lines: Vec<&str> = run.findings();
        let found: Vec<&str> = lines.iter().map(|line| line.split("]: ").next().unwrap()).collect();
        assert_eq!(found, expected, "{config}");
    };
    check("", 0, &["a.yaml:4:16: warning[unused-assumption"]);
    check("fail-on = \"warning\"\n", 1, &["a.yaml:4:16: warning[unused-assumption"]);
    check("[rules]\nunused-assumption = \"error\"\n", 1, &["a.yaml:4:16: error[unused-assumption"]);
    check("[rules]\nunused-assumption = \"info\"\n", 0, &["a.yaml:4:16: info[unused-assumption"]);
    check("[rules]\nunused-assumption = \"off\"\n", 0, &[]);
    check("[rules]\nunused-assumption = \"off\"\nmissing-summary = \"error\"\n", 0, &[]);
}

#[test]
fn the_command_line_wins_over_it_and_the_design_too() {
    let folder = with_warning("fail-on = \"warning\"\n[rules]\nunused-assumption = \"off\"\n");
    folder.write("a.yaml", design("assumptions: { extra: 5 }\nrules: { unused-assumption: warning }\n"));
    folder.validate(&["a.yaml"]).exits(1);
    folder.validate(&["--fail-on", "error", "a.yaml"]).exits(0);
    folder.validate(&["--no-config", "a.yaml"]).exits(0);
}

#[test]
fn it_is_found_in_outer_folders_of_the_project_only() {
    let folder = with_warning("fail-on = \"warning\"\n");
    folder.write("inner/deep/a.yaml", design("assumptions: { extra: 5 }\n"));
    let inside = |at: &str| {
        let path = folder.path().join(at);
        folder.run_with(&["validate", "-q", "a.yaml"], b"", move |command| {
            command.current_dir(path);
        })
    };
    inside("inner/deep").exits(1);
    std::fs::create_dir(folder.path().join("inner/.git")).unwrap();
    inside("inner/deep").exits(0);
}

#[test]
fn another_file_can_be_named() {
    let folder = with_warning("fail-on = \"error\"\n");
    folder.write("strict.toml", "fail-on = \"warning\"\n");
    folder.validate(&["a.yaml"]).exits(0);
    folder.validate(&["--config", "strict.toml", "a.yaml"]).exits(1);
    let run = folder.validate(&["--config", "none.toml", "a.yaml"]).exits(2);
    assert_eq!(run.err, "error: `none.toml` does not exist\n");
    let run = folder.validate(&["--config", ".", "a.yaml"]).exits(2);
    assert!(run.err.starts_with("error: `.` "), "{}", run.err);
}

fn said(config: &str) -> Run {
    let run = with_warning(config).validate(&["a.yaml"]).exits(2);
    assert_eq!(run.out, "", "nothing is checked under half a configuration");
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    run
}

#[test]
fn mistakes_have_line_and_column() {
    let check = |config: &str, expected: &str| {
        let run = said(config);
        assert!(run.err.starts_with(&format!("error: sysdesign.toml:{expected}")), "{config}\n{}", run.err);
    };
    check("fail-on = \"fatal\"\n", "1:11: ");
    check("fail-on = 5\n", "1:11: ");
    check("failon = \"error\"\n", "1:1: unknown field `failon`");
    check("\n[rules\n", "2:");
    check("fail-on =\n", "1:10: ");
    check("[rules]\nprofile = \"lax\"\n", "2:11: ");
    check("[rules]\nunused-assumption = \"wrong\"\n", "2:21: ");
    check("[rules]\nunused-assumption = true\n", "2:21: ");
    check("[[rules.allow]]\nrule = \"unused-assumption\"\n", "1:1: missing field `reason`");
    check(
        "[[rules.allow]]\nrule = \"unused-assumption\"\nreason = \" \"\n",
        "3:10: this allowed finding gives no reason",
    );
    check(
        "[[rules.allow]]\nrule = \"unused-assumption\"\nreason = \"x\"\nuntil = \"soon\"\n",
        "4:9: `soon` is not a date",
    );
    check("[[rules.allow]]\nrule = \"x\"\nreason = \"x\"\nwhen = \"y\"\n", "4:1: unknown field `when`");
    check("a = 1\na = 2\n", "");
    check("x = \"\u{1b}[2J\"\n", "1:");
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let folder = with_warning("");
    folder.write("sysdesign.toml", b"fail-on = \"\xff\"\n");
    assert_eq!(folder.validate(&["a.yaml"]).exits(2).err, "error: `sysdesign.toml` is not UTF-8\n");
}

#[test]
fn names_that_are_no_rules_are_findings_at_their_place() {
    let config =
        "[rules]\nunused-assumtion = \"off\"\n\n[[rules.allow]]\nrule = \"mising-summary\"\nreason = \"x\"\n";
    let run = with_warning(config).run(&["validate", "a.yaml"]).exits(0);
    assert!(
        run.out.contains("[sysdesign.toml:2:1]") && run.out.contains("[sysdesign.toml:5:8]"),
        "{}",
        run.out
    );
    assert!(run.out.contains("did you mean `unused-assumption`?"), "{}", run.out);
    assert!(run.out.contains("did you mean `missing-summary`?"), "{}", run.out);
}

#[test]
fn what_it_allows_is_silent_while_it_lasts() {
    let allow = |more: &str| {
        let config = format!("[[rules.allow]]\nrule = \"unused-assumption\"\nreason = \"x\"\n{more}");
        let folder = with_warning(&config);
        folder.run_with(&["validate", "--quiet"], b"", |command| {
            command.env("SOURCE_DATE_EPOCH", "1811894400"); // 2027-06-02
        })
    };
    assert_eq!(allow("").exits(0).findings(), Vec::<&str>::new());
    assert_eq!(allow("on = \"assumptions.extra\"\n").findings(), Vec::<&str>::new());
    assert_eq!(allow("until = \"2027-06-02\"\n").findings(), Vec::<&str>::new());
    assert_eq!(
        allow("until = \"2027-06-01\"\n").places(),
        ["expired-allow 4:9", "unused-assumption 4:16"],
        "of the configuration, then of the design"
    );
    assert_eq!(
        allow("on = \"assumptions.other\"\n").places(),
        ["unused-allow 2:8", "unused-assumption 4:16"]
    );
}

#[test]
fn what_one_design_of_several_needs_is_not_unused() {
    let folder = with_warning("[[rules.allow]]\nrule = \"unused-assumption\"\nreason = \"x\"\n");
    folder.write("b.yaml", CLEAN);
    assert_eq!(folder.run(&["validate", "."]).exits(0).out, "no findings in 2 files (1 allowed)\n");
    let run = folder.validate(&["b.yaml"]).exits(0);
    assert_eq!(run.findings(), Vec::<&str>::new(), "a hook looks at some of the designs only");
    folder.write("a.yaml", CLEAN);
    assert_eq!(folder.validate(&[]).exits(0).places(), ["unused-allow 2:8"]);
}

#[test]
fn what_is_said_of_its_allows_can_be_switched_off() {
    let folder = with_warning(
        "[rules]\nunused-allow = \"off\"\n[[rules.allow]]\nrule = \"missing-summary\"\nreason = \"x\"\n",
    );
    assert_eq!(folder.validate(&[]).places(), ["unused-assumption 4:16"]);
    folder.write(
        "sysdesign.toml",
        "[rules]\nunused-allow = \"error\"\n[[rules.allow]]\nrule = \"missing-summary\"\nreason = \"x\"\n",
    );
    assert!(folder.validate(&[]).exits(1).findings().iter().any(|line| line.contains("error[unused-allow")));
}

#[test]
fn the_schema_of_the_project_is_sought_beside_it() {
    let schema = "{\"properties\": {\"owner\": {\"type\": \"string\"}}, \"required\": [\"owner\"]}";
    let folder = with_warning("schema = \"house.json\"\n");
    folder.write("house.json", schema);
    let run = folder.validate(&["a.yaml"]);
    assert!(run.places().iter().any(|place| place.starts_with("house-schema ")), "{:?}", run.places());
    for (text, expected) in [
        ("{", "the project's schema is no JSON"),
        ("{\"type\": 5}", "the project's schema is no JSON Schema"),
    ] {
        folder.write("house.json", text);
        let run = folder.validate(&["a.yaml"]).exits(2);
        assert!(run.err.contains(expected), "{}", run.err);
    }
    std::fs::remove_file(folder.path().join("house.json")).unwrap();
    assert_eq!(folder.validate(&["a.yaml"]).exits(2).err, "error: `house.json` does not exist\n");
}
