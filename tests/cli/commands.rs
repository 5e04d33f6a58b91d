//! `explain`, `rules`, `kinds`, `schema` and `completions`.

use crate::support::Folder;

#[test]
fn every_shell_gets_completions_that_name_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = Folder::new().run(&["completions", shell]).exits(0);
        for command in ["validate", "explain", "rules", "kinds", "schema", "completions"] {
            assert!(run.out.contains(command), "{shell}: {command}");
        }
        assert!(run.out.contains("stdin-filename"), "{shell}");
        assert_eq!(run.err, "");
    }
}

#[cfg(unix)]
#[test]
fn the_completions_for_bash_are_a_script_that_bash_reads() {
    let folder = Folder::new();
    folder.write("script", folder.run(&["completions", "bash"]).out);
    let Ok(status) = std::process::Command::new("bash").arg("-n").arg(folder.path().join("script")).status()
    else {
        return; // There is no bash here.
    };
    assert!(status.success());
}

#[test]
fn every_rule_that_is_listed_is_explained() {
    let folder = Folder::new();
    let listed = folder.run(&["rules", "--format", "json"]).exits(0);
    let listed: serde_json::Value = serde_json::from_str(&listed.out).unwrap();
    let rules = listed["rules"].as_array().unwrap();
    assert!(rules.len() > 10);
    for rule in rules {
        let name = rule["name"].as_str().unwrap();
        let page = folder.run(&["explain", name]).exits(0).out;
        assert!(page.starts_with(name) && page.contains("\nWhy\n"), "{page}");
        assert!(folder.run(&["rules"]).out.contains(name));
    }
}

#[test]
fn a_rule_is_explained_as_it_stands_in_a_finding() {
    let folder = Folder::new();
    let page = folder.run(&["explain", "missing-summary"]).exits(0).out;
    assert_eq!(folder.run(&["explain", "[missing-summary]"]).exits(0).out, page);
    assert_eq!(folder.run(&["explain", "info[missing-summary]:"]).exits(0).out, page);
    let json = folder.run(&["explain", "missing-summary", "--format", "json"]).exits(0).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["name"], "missing-summary");
}

#[test]
fn names_that_are_no_rules_get_the_nearest_one() {
    let check = |name: &str, expected: &str| {
        let run = Folder::new().run(&["explain", name]).exits(2);
        assert_eq!((&*run.err, &*run.out), (expected, ""));
    };
    let list = "(`sysdesign rules` lists them all)";
    check(
        "mising-summary",
        &format!("error: there is no rule `mising-summary`; did you mean `missing-summary`? {list}\n"),
    );
    check("nothing-like-it", &format!("error: there is no rule `nothing-like-it` {list}\n"));
    check("", &format!("error: there is no rule `` {list}\n"));
    check("[]", &format!("error: there is no rule `` {list}\n"));
    let long = "x".repeat(100_000);
    assert!(Folder::new().run(&["explain", &long]).exits(2).err.len() < 110_000);
}

#[test]
fn kinds_and_technologies_are_shown_alone_or_all() {
    let folder = Folder::new();
    let all = folder.run(&["kinds"]).exits(0).out;
    assert!(all.contains("database") && all.contains("postgresql"));
    assert!(folder.run(&["kinds", "redis"]).exits(0).out.contains("Used as     cache"));
    assert!(folder.run(&["kinds", "databse"]).exits(2).err.contains("did you mean `database`?"));
    for arguments in [
        &["kinds", "--format", "json"][..],
        &["kinds", "--format", "json", "redis"],
        &["schema"],
        &["schema", "catalog"],
    ] {
        serde_json::from_str::<serde_json::Value>(&folder.run(arguments).exits(0).out).unwrap();
    }
}

#[test]
fn every_command_has_help_of_two_lengths() {
    let folder = Folder::new();
    for command in ["validate", "explain", "rules", "kinds", "schema", "completions"] {
        let short = folder.run(&[command, "-h"]).exits(0).out;
        let long = folder.run(&[command, "--help"]).exits(0).out;
        assert_eq!(folder.run(&["help", command]).exits(0).out, long);
        assert!(short.contains(&format!("Usage: sysdesign {command}")), "{short}");
        assert!(long.len() >= short.len());
    }
    let version = folder.run(&["--version"]).exits(0).out;
    assert_eq!(version, format!("sysdesign {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn without_arguments_the_help_is_shown_and_nothing_is_done() {
    let run = Folder::new().run(&[]).exits(2);
    assert!(run.err.contains("Usage: sysdesign") && run.err.contains("validate"), "{}", run.err);
}
