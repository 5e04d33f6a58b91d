//! `--baseline`: findings that are known do not count, new ones do, and what is no longer found is told.

use crate::support::{Folder, HEAD};

const BODY: &str = "assumptions: { extra: 5 }\ncomponents:\n  browser: client\n  app: service\n  old: service\nflows:\n  \
                    visit:\n    steps:\n      - browser -> app\n";

fn folder() -> Folder {
    let folder = Folder::with(&format!("{HEAD}{BODY}"));
    folder.write("sysdesign.toml", "fail-on = \"info\"\n");
    folder.validate(&["--baseline", "known.json", "--write-baseline"]).exits(0);
    folder
}

fn read(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

const KNOWN: [&str; 2] = ["--baseline", "known.json"];

#[test]
fn what_is_recorded_does_not_count_and_what_is_new_does() {
    let folder = folder();
    folder.validate(&[]).exits(1);
    let run = folder.run(&["validate", "--baseline", "known.json"]).exits(0);
    assert!(
        run.out.starts_with("no findings in 1 file (") && run.out.contains(" in the baseline)"),
        "{}",
        run.out
    );
    folder.write("a.yaml", format!("{HEAD}{BODY}").replace("{ extra: 5 }", "{ extra: 5, more: 6 }"));
    let run = folder.validate(&KNOWN).exits(1);
    assert_eq!(run.findings().len(), 1, "{}", run.out);
    assert!(run.out.contains("`more`"), "{}", run.out);
}

#[test]
fn it_holds_when_lines_move_and_steps_are_put_in_before() {
    let text = "components: { a: client, b: service, c: service }\nflows:\n  visit:\n    rate: 1 rps\n    steps:\n      \
                - a -> b: \"left \\u200E over\"\n      - b -> c: \"left \\u200E over\"\n";
    let folder = Folder::with(&format!("{HEAD}{text}"));
    folder.write("sysdesign.toml", "fail-on = \"info\"\n");
    folder.validate(&["--baseline", "known.json", "--write-baseline"]).exits(0);
    let moved = text.replace("    steps:\n", "    # one more\n\n    steps:\n      - a -> b: first\n");
    assert_ne!(moved, text);
    folder.write("a.yaml", format!("{HEAD}\n\n{moved}"));
    let run = folder.validate(&KNOWN).exits(0);
    assert_eq!(run.err, "");
    folder.write(
        "a.yaml",
        format!("{HEAD}{}", text.replace("      - b -> c", "      - a -> c: \"\\u200E\"\n      - b -> c")),
    );
    assert_eq!(folder.validate(&KNOWN).exits(1).findings().len(), 1);
}

#[test]
fn what_is_no_longer_found_is_told_and_taken_out() {
    let folder = folder();
    folder.write("a.yaml", format!("{HEAD}{BODY}").replace("assumptions: { extra: 5 }\n", ""));
    let run = folder.validate(&KNOWN).exits(0);
    assert_eq!(
        run.err,
        "no longer found: unused-assumption at assumptions.extra in a.yaml\n\
         `--write-baseline` takes them out of the baseline\n"
    );
    // A run that does not look for it cannot tell.
    assert_eq!(folder.validate(&[&KNOWN[..], &["--select", "security"]].concat()).exits(0).err, "");
    folder.validate(&[&KNOWN[..], &["--write-baseline"]].concat()).exits(0);
    assert!(!read(&folder, "known.json").contains("extra"));
    assert_eq!(folder.validate(&KNOWN).exits(0).err, "");
}

#[test]
fn a_run_over_some_files_leaves_the_others_in_it() {
    let folder = folder();
    folder.write("b.yaml", format!("{HEAD}{BODY}"));
    folder.validate(&["--baseline", "known.json", "--write-baseline", "b.yaml"]).exits(0);
    let known = read(&folder, "known.json");
    assert!(known.contains("\"a.yaml\"") && known.contains("\"b.yaml\""), "{known}");
    folder.write("a.yaml", HEAD);
    assert_eq!(folder.validate(&["--baseline", "known.json", "b.yaml"]).exits(0).err, "");
    folder.validate(&["--baseline", "known.json", "--write-baseline"]).exits(0);
    assert!(!read(&folder, "known.json").contains("\"a.yaml\""));
}

#[test]
fn it_is_the_same_from_every_folder() {
    let folder = folder();
    folder.write("inner/x", "");
    let inner = folder.path().join("inner");
    let arguments = ["validate", "-q", "--baseline", "../known.json", "../a.yaml"];
    let run = folder.run_with(&arguments, b"", |command| {
        command.current_dir(&inner);
    });
    assert_eq!(run.exits(0).out, "");
}

#[test]
fn errors_of_the_language_are_never_recorded() {
    let folder = folder();
    let before = read(&folder, "known.json");
    folder.write("a.yaml", format!("{HEAD}components: {{ app: servise }}\n"));
    let run = folder.validate(&[&KNOWN[..], &["--write-baseline"]].concat()).exits(1);
    assert!(run.err.contains("no baseline is written"), "{}", run.err);
    assert_eq!(read(&folder, "known.json"), before);
}

#[test]
fn a_file_that_is_none_is_told() {
    let folder = folder();
    let run = folder.validate(&["--baseline", "missing.json"]).exits(2);
    assert_eq!(run.err, "error: `missing.json` does not exist\n");
    folder.write("wrong.json", "{}");
    let run = folder.validate(&["--baseline", "wrong.json"]).exits(2);
    assert!(run.err.starts_with("error: `wrong.json` is no baseline: "), "{}", run.err);
    folder.write("later.json", "{\"version\": 9}");
    let run = folder.validate(&["--baseline", "later.json"]).exits(2);
    assert!(run.err.contains("is a baseline of version 9"), "{}", run.err);
    let run = folder.validate(&["--baseline", "none/known.json", "--write-baseline"]).exits(2);
    assert_eq!(run.err, "error: `none/known.json` cannot be written: there is no such folder\n");
    folder.validate(&["--write-baseline"]).exits(2);
}

#[test]
fn it_is_what_its_schema_says() {
    let schema = include_str!("../../schemas/baseline.schema.json");
    let schema = serde_json::from_str(schema).expect("a JSON file");
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    let known = serde_json::from_str(&read(&folder(), "known.json")).unwrap();
    let errors: Vec<String> = validator.iter_errors(&known).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(!known["findings"].as_array().unwrap().is_empty());
    assert!(!validator.is_valid(&serde_json::json!({ "version": 2, "findings": [] })));
}

#[cfg(unix)]
#[test]
fn h61_a_file_that_may_only_be_read_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("known.json");
    let before = read(&folder, "known.json");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    folder.write("a.yaml", HEAD);
    let run = folder.validate(&[&KNOWN[..], &["--write-baseline"]].concat()).exits(2);
    assert_eq!(run.err, "error: `known.json` cannot be written: it is read-only\n");
    assert_eq!(read(&folder, "known.json"), before);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    // A link is refused, and the file keeps who may read it.
    std::os::unix::fs::symlink("known.json", folder.path().join("link.json")).unwrap();
    folder.validate(&["--baseline", "link.json", "--write-baseline"]).exits(2);
    assert!(std::fs::symlink_metadata(folder.path().join("link.json")).unwrap().is_symlink());
    assert_eq!(read(&folder, "known.json"), before);
    folder.validate(&[&KNOWN[..], &["--write-baseline"]].concat()).exits(0);
    assert_ne!(read(&folder, "known.json"), before);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".tmp")), "{left:?}");
}
