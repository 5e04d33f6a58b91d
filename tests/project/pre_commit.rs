//! The hook in `.pre-commit-hooks.yaml`, run by pre-commit itself.
//!
//! The first test takes the hook as it stands, but for the program, which is the one that was just built. The second
//! lets pre-commit build the program from a clone, as it does at a user's; that takes minutes, so it runs in CI only.

use crate::support::{Ran, empty_folder, in_ci, ran, read, root};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const GOOD: &str = "sysdesign: 1\nname: Wall\ncomponents: { phone: mobile_app, app: service }\nflows:\n  \
    send: { steps: [\"phone -> app: POST /photos\"] }\n";

fn bad() -> String {
    GOOD.replace("-> app:", "-> apps:")
}

/// pre-commit, where it is installed or can be. In CI it has to be.
fn pre_commit() -> Option<PathBuf> {
    // Tests run side by side, and one installation is enough.
    static INSTALLED: OnceLock<Option<PathBuf>> = OnceLock::new();
    INSTALLED.get_or_init(install).clone()
}

fn install() -> Option<PathBuf> {
    let program = root().join("target/pre-commit/bin/pre-commit");
    if !program.is_file() && cfg!(unix) {
        let installed = ran(&mut Command::new(root().join(".ci/install-pre-commit")));
        if installed.code != Some(0) {
            assert!(!in_ci(), "pre-commit could not be installed:\n{}", installed.said);
        }
    }
    if !program.is_file() {
        assert!(!in_ci(), "no pre-commit: run .ci/install-pre-commit");
        println!("skipped: no pre-commit; .ci/install-pre-commit gets it from PyPI");
        return None;
    }
    Some(program)
}

fn git(folder: &Path, arguments: &[&str]) -> Ran {
    let identity =
        ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    let mut command = Command::new("git");
    // A hook that runs these tests must not lead git into the repository that it runs in.
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    // The same content makes the same commit, which pre-commit has built already.
    for name in ["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"] {
        command.env(name, "2026-01-01T00:00:00Z");
    }
    let done = ran(command.args(identity).args(arguments).current_dir(folder));
    assert_eq!(done.code, Some(0), "git {arguments:?}: {}", done.said);
    done
}

/// A repository with one design in a folder, a YAML file that is none, and the configuration.
fn project(name: &str, design: &str, config: &str) -> PathBuf {
    let folder = empty_folder(name);
    std::fs::create_dir_all(folder.join("designs")).expect("a folder can be made");
    let write =
        |path: &str, text: &str| std::fs::write(folder.join(path), text).expect("a file can be written");
    write("designs/wall.yaml", design);
    write("compose.yaml", "services: { web: { image: nginx } }\n");
    write("notes.txt", "nothing\n");
    write(".pre-commit-config.yaml", config);
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "."]);
    folder
}

fn run_hook(program: &Path, folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("PRE_COMMIT_HOME", root().join("target/pre-commit-home"));
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    ran(command.env("COLUMNS", "100"))
}

/// The hook as a local one that runs the program just built.
fn local_config() -> String {
    let manifest: Vec<yaml_serde::Mapping> =
        yaml_serde::from_str(&read(".pre-commit-hooks.yaml")).expect("a list of hooks");
    let mut hook = manifest.into_iter().next().expect("a hook");
    let entry = hook.get("entry").and_then(|entry| entry.as_str()).expect("an entry").to_owned();
    let arguments = entry.strip_prefix("sysdesign").expect("the entry runs sysdesign");
    hook.insert("entry".into(), format!("\"{}\"{arguments}", env!("CARGO_BIN_EXE_sysdesign")).into());
    hook.insert("language".into(), "system".into());
    let hook = serde_json::to_string(&hook).expect("JSON, which is YAML");
    format!("repos: [{{ repo: local, hooks: [{hook}] }}]\n")
}

#[test]
fn the_hook_passes_good_designs_and_stops_bad_ones() {
    let Some(program) = pre_commit() else { return };
    let config = local_config();
    let all = ["run", "--all-files"];
    let good = run_hook(&program, &project("hook-good", GOOD, &config), &all);
    assert_eq!(good.code, Some(0), "{}", good.said);
    assert!(good.said.contains("Passed"), "{}", good.said);
    let bad = run_hook(&program, &project("hook-bad", &bad(), &config), &all);
    assert_eq!(bad.code, Some(1), "{}", bad.said);
    assert!(bad.said.contains("there is no component `apps`"), "{}", bad.said);
    assert!(!bad.said.contains("compose.yaml"), "{}", bad.said);
}

#[test]
fn the_hook_stays_out_of_commits_without_designs() {
    let Some(program) = pre_commit() else { return };
    let folder = project("hook-other", &bad(), &local_config());
    let other = run_hook(&program, &folder, &["run", "--files", "notes.txt"]);
    assert_eq!(other.code, Some(0), "{}", other.said);
    assert!(other.said.contains("Skipped"), "{}", other.said);
    std::fs::write(folder.join("sysdesign.toml"), "fail-on = \"never\"\n").expect("a file can be written");
    git(&folder, &["add", "."]);
    let settings = run_hook(&program, &folder, &["run", "--files", "sysdesign.toml"]);
    assert_eq!(settings.code, Some(0), "{}", settings.said);
    assert!(settings.said.contains("Passed"), "{}", settings.said);
}

#[test]
fn the_hook_can_be_built_and_run_from_a_clone() {
    if !in_ci() {
        println!(
            "skipped: pre-commit builds the program for this test, which takes minutes; set CI=true to run it"
        );
        return;
    }
    let Some(program) = pre_commit() else { return };
    // What is committed, and what is about to be.
    let clone = empty_folder("hook-clone");
    git(root(), &["checkout-index", "--all", "--prefix", &format!("{}/", clone.display())]);
    git(&clone, &["init", "--quiet"]);
    git(&clone, &["add", "."]);
    git(&clone, &["commit", "--quiet", "-m", "all"]);
    let revision = git(&clone, &["rev-parse", "HEAD"]).said;
    let config = format!(
        "repos:\n  - repo: {}\n    rev: {}\n    hooks: [{{ id: sysdesign-validate, args: [designs/] }}]\n",
        clone.display(),
        revision.trim()
    );
    let run = |name: &str, design: &str| {
        let folder = project(name, design, &config);
        let mut command = Command::new(&program);
        // Only for speed: the same sources, optimised less.
        for (key, value) in [("LTO", "off"), ("CODEGEN_UNITS", "16"), ("OPT_LEVEL", "0")] {
            command.env(format!("CARGO_PROFILE_RELEASE_{key}"), value);
        }
        command.env("CARGO_TARGET_DIR", root().join("target/pre-commit-build"));
        command.env("PRE_COMMIT_HOME", root().join("target/pre-commit-home"));
        ran(command.args(["run", "--all-files"]).current_dir(folder))
    };
    let good = run("hook-built-good", GOOD);
    assert_eq!(good.code, Some(0), "{}", good.said);
    let bad = run("hook-built-bad", &bad());
    assert_eq!(bad.code, Some(1), "{}", bad.said);
    assert!(bad.said.contains("there is no component `apps`"), "{}", bad.said);
}
