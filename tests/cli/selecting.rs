//! `--profile`, `--stage`, `--select`, `--ignore`: what the command line says of rules goes before everything else.

use crate::support::{Folder, design};

/// An assumption that nothing rests on, a component that nothing uses, and no summary.
fn untidy(rules: &str) -> Folder {
    let text = "sysdesign: 1\nname: Shop\nassumptions: { extra: 5 }\ncomponents:\n  browser: client\n  app: service\n  \
                old: service\nflows: { visit: { rate: 1 rps, steps: [browser -> app] } }\n";
    Folder::with(&format!("{text}{rules}"))
}

/// The rules whose findings are printed.
fn found(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let run = folder.validate(&[arguments, &["--fail-on", "never", "a.yaml"]].concat()).exits(0);
    let rule = |line: &&str| line.split_once('[').unwrap().1.split_once(']').unwrap().0.to_owned();
    let mut rules: Vec<String> = run.findings().iter().map(rule).collect();
    rules.sort();
    rules
}

const UNUSED: &str = "unused-assumption";

#[test]
fn a_profile_goes_before_what_the_design_says() {
    let folder = untidy("");
    assert_eq!(found(&folder, &["--profile", "minimal"]), [""; 0]);
    assert!(found(&folder, &["--profile", "strict"]).contains(&"missing-summary".to_owned()));
    let strict = untidy("rules: { profile: strict }\n");
    assert!(!found(&strict, &["--profile", "recommended"]).contains(&"missing-summary".to_owned()));
}

#[test]
fn only_what_is_selected_is_looked_for() {
    let folder = untidy("");
    assert!(found(&folder, &[]).len() > 1);
    assert_eq!(found(&folder, &["--select", UNUSED]), [UNUSED]);
    assert_eq!(found(&folder, &["--select", "security"]), [""; 0]);
    let two = found(&folder, &["--select", "unused-assumption,unused-component"]);
    assert_eq!(two, ["unused-assumption", "unused-component"]);
    assert_eq!(found(&folder, &["--select", "model", "--ignore", UNUSED]), ["unused-component"]);
}

#[test]
fn a_rule_that_is_named_is_run_whatever_the_design_says() {
    assert_eq!(found(&untidy(""), &["--select", "missing-summary"]), ["missing-summary"]);
    let off = untidy("rules: { unused-assumption: off }\n");
    assert_eq!(found(&off, &["--select", UNUSED]), [UNUSED]);
    assert_eq!(found(&off, &["--select", "model"]), ["unused-component"]);
}

#[test]
fn what_is_ignored_is_not_told_even_when_the_design_asks_for_it() {
    let loud = untidy("rules: { unused-assumption: error }\n");
    assert_eq!(found(&loud, &["--ignore", UNUSED]), ["unused-component"]);
    assert_eq!(found(&loud, &["--ignore", "model"]), [""; 0]);
}

#[test]
fn what_keeps_a_design_from_being_understood_is_always_told() {
    let folder = Folder::with(&design("components: { app: servise }\n"));
    assert_eq!(found(&folder, &["--select", "security", "--ignore", "model"]), ["unknown-kind"]);
    for words in ["language", "unknown-kind"] {
        let run = folder.validate(&["--ignore", words, "a.yaml"]).exits(2);
        assert!(run.err.contains("cannot be ignored"), "{}", run.err);
    }
}

#[test]
fn names_that_are_none_are_told_with_what_was_meant() {
    let run = untidy("").validate(&["--select", "unused-asumption", "a.yaml"]).exits(2);
    assert_eq!(
        run.err,
        "error: `--select`: there is no rule or category `unused-asumption`; did you mean `unused-assumption`? \
         (`sysdesign rules` lists them all)\n"
    );
    let run = untidy("").validate(&["--ignore", "securty", "a.yaml"]).exits(2);
    assert!(run.err.contains("did you mean `security`?"), "{}", run.err);
}

#[test]
fn what_is_allowed_is_not_called_unused_when_its_rule_is_left_out() {
    let allow = "rules: { allow: [{ rule: missing-summary, reason: Later }, { rule: unused-assumption, reason: Later }] }\n";
    let folder = untidy(allow);
    assert_eq!(found(&folder, &["--select", "unused-allow"]), [""; 0]);
    assert_eq!(found(&folder, &["--select", "unused-allow,unused-assumption"]), [""; 0]);
    assert!(found(&folder, &["--profile", "minimal"]).is_empty());
    // Nothing else is left out: then the summary is what is missing and allowed, and under `recommended` it is not.
    let all = found(&folder, &[]);
    assert!(all.contains(&"unused-allow".to_owned()), "{all:?}");
}
