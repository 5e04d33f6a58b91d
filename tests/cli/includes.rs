//! Rows H39 to H44: what a design may include, and names of files that are not nice.

use crate::support::{CLEAN, Folder, HEAD, design};
use sysdesign::{Document, Files, Policy, Workspace, check, workspace::Refusal};

/// A design that includes some paths, each written as YAML.
fn including(paths: &[&str]) -> String {
    let lines: String = paths.iter().map(|path| format!("  - {path}\n")).collect();
    format!("{CLEAN}include:\n{lines}")
}

/// A part of a design that nothing is wrong with.
const PART: &str =
    "assumptions: { rate: 5 rps }\nflows:\n  buy: { rate: rate, steps: [browser -> app: POST /] }\n";

/// Where the first include stands in `including`.
const FIRST: &str = "13:5";

#[test]
fn h39_paths_that_leave_the_project_or_the_machine_are_refused() {
    let paths = [
        "../../etc/passwd",
        "/etc/passwd",
        "~/secrets.yaml",
        "~root/secrets.yaml",
        "file:///etc/passwd",
        "file:/etc/passwd",
        "http://example.com/a.yaml",
        "https://example.com/a.yaml",
        r"\\host\share\a.yaml",
        "//host/share/a.yaml",
        r"C:\a.yaml",
        "C:a.yaml",
        r"parts\b.yaml",
        r#""a\0b.yaml""#,
        r#""a\eb.yaml""#,
        r#""""#,
        "parts/../../../b.yaml",
        "..",
    ];
    let folder = Folder::with(&including(&paths));
    let run = folder.validate(&["a.yaml"]).exits(1);
    let expected: Vec<String> = (0..paths.len()).map(|at| format!("include-refused {}:5", 13 + at)).collect();
    assert_eq!(run.places(), expected, "{}", run.out);
    assert!(!run.out.contains("root:"), "nothing of the file is shown");
}

#[test]
fn h39_whether_a_file_exists_outside_is_not_told() {
    let said = |path: &str| {
        let folder = Folder::with(&including(&[path]));
        folder.run(&["validate", "a.yaml"]).exits(1).out.replace(path, "PATH")
    };
    assert_eq!(said("../../../../etc/passwd"), said("../../../../etc/passwx"));
    assert!(said("../x").contains("lies outside the project"));
}

#[test]
fn h39_the_project_ends_at_its_configuration_or_repository() {
    let folder = Folder::new();
    folder
        .write("shared/part.yaml", PART)
        .write("designs/one/a.yaml", including(&["../../shared/part.yaml"]));
    folder.validate(&["designs/one/a.yaml"]).exits(0);
    folder.write("designs/sysdesign.toml", "");
    let run = folder.run(&["validate", "designs/one/a.yaml"]).exits(1);
    assert!(run.out.contains("include files below `..`: the project ends there"), "{}", run.out);
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn h40_a_link_that_leads_out_is_refused() {
        let folder = Folder::with(&including(&["out.yaml", "folder/hosts"]));
        symlink("/etc/hosts", folder.path().join("out.yaml")).unwrap();
        symlink("/etc", folder.path().join("folder")).unwrap();
        let run = folder.validate(&["a.yaml"]).exits(1);
        assert_eq!(run.places(), ["include-refused 13:5", "include-refused 14:5"]);
    }

    #[test]
    fn h40_links_inside_the_project_and_to_it_are_fine() {
        let folder = Folder::new();
        folder.write("real/sysdesign.toml", "").write("real/a.yaml", including(&["link.yaml"]));
        folder.write("real/parts/part.yaml", PART);
        symlink("parts/part.yaml", folder.path().join("real/link.yaml")).unwrap();
        symlink("real", folder.path().join("project")).unwrap();
        folder.validate(&["project/a.yaml"]).exits(0);
        folder.validate(&["project"]).exits(0);
    }

    #[test]
    fn h40_a_link_to_itself_is_told() {
        let folder = Folder::with(&including(&["loop.yaml", "one.yaml"]));
        symlink("loop.yaml", folder.path().join("loop.yaml")).unwrap();
        symlink("two.yaml", folder.path().join("one.yaml")).unwrap();
        symlink("one.yaml", folder.path().join("two.yaml")).unwrap();
        let run = folder.validate(&["a.yaml"]).exits(1);
        assert_eq!(run.places(), ["include-failed 13:5", "include-failed 14:5"]);
        assert!(run.out.contains("a symbolic link that leads back to itself"), "{}", run.out);
        let run = folder.validate(&["loop.yaml"]).exits(2);
        assert_eq!(run.err, "error: `loop.yaml` is a symbolic link that leads back to itself\n");
    }

    #[test]
    fn h40_folders_that_link_to_themselves_are_searched_once() {
        let folder = Folder::with(CLEAN);
        symlink(".", folder.path().join("self")).unwrap();
        let run = folder.run(&["validate", "."]).exits(0);
        assert_eq!(run.out, "no findings in 1 file\n");
    }

    #[test]
    fn h42_pipes_and_devices_are_not_opened() {
        let folder = Folder::with(&including(&["pipe.yaml"]));
        let pipe = folder.path().join("pipe.yaml");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let run = folder.validate(&["a.yaml"]).exits(1);
        assert_eq!(run.places(), [format!("include-failed {FIRST}")]);
        folder.validate(&["pipe.yaml"]).exits(2);
        folder.validate(&["."]).exits(1);
    }

    #[test]
    fn h42_a_file_that_may_not_be_read_is_told_at_the_include() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::with(&including(&["part.yaml"]));
        folder.write("part.yaml", PART);
        let part = folder.path().join("part.yaml");
        std::fs::set_permissions(&part, std::fs::Permissions::from_mode(0o000)).unwrap();
        let run = folder.validate(&["a.yaml"]);
        if std::fs::File::open(&part).is_ok() {
            // The superuser reads everything.
            run.exits(0);
        } else {
            assert_eq!(run.exits(1).places(), [format!("include-failed {FIRST}")]);
            let run = folder.validate(&["part.yaml"]).exits(2);
            assert_eq!(run.err, "error: `part.yaml` cannot be read: permission denied\n");
        }
    }

    #[test]
    fn h44_names_that_are_not_utf_8_are_shown_with_signs() {
        use std::os::unix::ffi::OsStrExt;
        let folder = Folder::new();
        let name = std::ffi::OsStr::from_bytes(b"na\xffme.yaml");
        if std::fs::write(folder.path().join(name), CLEAN.replace("app: service", "app: servise")).is_err() {
            return; // Some systems have no such names.
        }
        let run = folder.run_with(&["validate", "--quiet"], b"", |command| {
            command.arg(name);
        });
        assert_eq!(
            run.exits(1).findings(),
            ["na\u{fffd}me.yaml:6:8: error[unknown-kind]: there is no kind `servise`"]
        );
        for format in ["json", "sarif", "gitlab"] {
            let run = folder.run(&["validate", "--format", format, "."]).exits(1);
            serde_json::from_str::<serde_json::Value>(&run.out).unwrap();
        }
    }
}

#[test]
fn h41_a_cycle_is_shown_as_a_chain() {
    let folder = Folder::with(&including(&["b.yaml"]));
    folder.write("b.yaml", "include: parts/c.yaml\n").write("parts/c.yaml", "include: ../a.yaml\n");
    let run = folder.run(&["validate", "a.yaml"]).exits(1);
    assert_eq!(run.out.matches("error[").count(), 1, "{}", run.out);
    assert!(run.out.contains("a.yaml → b.yaml → parts/c.yaml → a.yaml"), "{}", run.out);
    folder.write("a.yaml", including(&["a.yaml"]));
    let run = folder.run(&["validate", "a.yaml"]).exits(1);
    assert!(run.out.contains("a.yaml → a.yaml"), "{}", run.out);
}

#[test]
fn h41_a_diamond_is_loaded_once() {
    let folder = Folder::with(&including(&["left.yaml", "right.yaml", "./parts/../part.yaml"]));
    folder.write("left.yaml", "include: part.yaml\n").write("right.yaml", "include: [./part.yaml]\n");
    folder.write("part.yaml", PART).write("parts/x", "");
    let run = folder.run(&["validate", "a.yaml"]).exits(0);
    assert_eq!(run.out, "no findings in 4 files\n");
}

#[test]
fn h41_the_same_file_in_another_case_is_not_taken_for_two_designs() {
    let folder = Folder::with(&including(&["part.yaml", "PART.yaml"]));
    folder.write("part.yaml", PART);
    let run = folder.validate(&["a.yaml"]);
    // Where case counts there is no such file; where it does not, it is the same file.
    let case_counts = std::fs::metadata(folder.path().join("PART.yaml")).is_err();
    let expected: &[&str] = if case_counts { &["include-failed 14:5"] } else { &[] };
    assert_eq!(run.places(), expected);
}

#[test]
fn h42_includes_that_lead_to_no_design_are_told_at_their_line() {
    let folder =
        Folder::with(&including(&["missing.yaml", "parts", "empty.yaml", "a.yaml/b.yaml", "blank.yaml"]));
    folder.write("parts/b.yaml", PART).write("empty.yaml", "").write("blank.yaml", "# later\n\n");
    let run = folder.validate(&["a.yaml"]).exits(1);
    let expected: Vec<String> = (13..=17).map(|line| format!("include-failed {line}:5")).collect();
    assert_eq!(run.places(), expected, "{}", run.out);
}

#[test]
fn h42_what_is_wrong_in_an_included_file_points_there() {
    let folder = Folder::with(&including(&["parts/b.yaml", "c.yaml"]));
    folder.write("parts/b.yaml", "flows:\n  buy: { rate: 5 rps, steps: [browser -> ap: POST /] }\n");
    folder.write("c.yaml", "components:\n  app: service\n");
    let run = folder.validate(&["a.yaml"]).exits(1);
    let places: Vec<&str> = run.findings().iter().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(places, ["parts/b.yaml:2:42", "c.yaml:2:3"], "{}", run.out);
}

#[test]
fn h42_includes_that_are_no_texts_are_told() {
    let folder = Folder::with(&design("include: { a: b }\ncatalog: [1, [x], null]\n"));
    let run = folder.validate(&["a.yaml"]).exits(1);
    assert!(run.places().iter().any(|place| place == "wrong-type 4:10"), "{:?}", run.places());
    assert!(run.places().iter().any(|place| place == "wrong-type 5:14"), "{:?}", run.places());
}

#[test]
fn h42_more_files_than_the_limit_are_refused_at_one_place() {
    let names: Vec<String> = (0..1_000).map(|at| format!("p/{at}.yaml")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let folder = Folder::with(&including(&names));
    for name in &names {
        folder.write(name, "assumptions: {}\n");
    }
    let run = folder.validate(&["a.yaml"]).exits(1);
    assert_eq!(run.places(), ["limit-exceeded 1012:5"], "{}", run.out);
    let fewer = Folder::with(&including(&names[..999]));
    for name in &names[..999] {
        fewer.write(name, "assumptions: {}\n");
    }
    fewer.validate(&["a.yaml"]).exits(0);
}

#[test]
fn h42_includes_nest_to_a_bounded_depth() {
    let folder = Folder::with(&including(&["0.yaml"]));
    for at in 0..200 {
        folder.write(&format!("{at}.yaml"), format!("include: {}.yaml\n", at + 1));
    }
    let run = folder.validate(&["a.yaml"]).exits(1);
    assert_eq!(run.findings().len(), 1, "{}", run.out);
    assert!(run.out.contains("limit-exceeded"), "{}", run.out);
}

/// Files that are others each time they are read.
struct Changing(usize);

impl Files for Changing {
    fn fetch(&mut self, _: &str, path: &str) -> Result<Document, Refusal> {
        self.0 += 1;
        let bytes = match path {
            "part.yaml" if self.0 > 2 => "x".repeat(self.0).into_bytes(),
            "part.yaml" => b"components:\n  other: servise # a comment to be underlined\n".to_vec(),
            _ => b"include: part.yaml\n".to_vec(),
        };
        Ok(Document { identity: path.to_owned(), name: path.to_owned(), bytes })
    }
}

#[test]
fn h43_a_file_that_changes_while_it_is_read_counts_as_it_was_first() {
    let mut workspace = Workspace::new();
    let bytes = format!("{HEAD}include: [left.yaml, part.yaml, right.yaml]\n").into_bytes();
    workspace.add_design(Document { identity: "a".into(), name: "a.yaml".into(), bytes }, &mut Changing(0));
    let outcome = check::check(&workspace, &workspace.designs()[0], &Policy::default());
    let wrong: Vec<&str> = outcome.findings.iter().map(|found| workspace.sources.text(found.span)).collect();
    assert!(wrong.contains(&"servise"), "{wrong:?}");
}

#[test]
fn h44_names_with_odd_characters_work_and_are_shown_visibly() {
    let names =
        ["with space.yaml", "⭐.yaml", "new\nline.yaml", "esc\x1b[2J.yaml", "a'b\"c.yaml", "%41::x.yaml"];
    for name in names {
        let folder = Folder::new();
        if cfg!(windows) && name.contains(['\n', '\x1b', '"', ':']) {
            continue;
        }
        folder.write(name, CLEAN.replace("app: service", "app: servise"));
        let run = folder.validate(&[name]).exits(1);
        assert_eq!(run.findings().len(), 1, "{name:?}: {}", run.out);
        for format in ["json", "sarif", "gitlab"] {
            let run = folder.run(&["validate", "--format", format, "."]).exits(1);
            let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
            if format == "json" {
                assert_eq!(answer["diagnostics"][0]["file"], name);
            }
            if format == "sarif" {
                let result = &answer["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
                let uri = result["artifactLocation"]["uri"].as_str().unwrap();
                assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()) && !uri.starts_with('/'), "{uri}");
            }
        }
        let run = folder.run(&["validate", "--format", "github", "."]).exits(1);
        assert_eq!(run.out.lines().count(), 1, "{}", run.out);
        let run = folder.run(&["validate", "--format", "junit", "."]).exits(1);
        roxmltree::Document::parse(&run.out).unwrap();
    }
}

#[test]
fn h44_long_paths_work() {
    let folder = Folder::new();
    let path = format!("{}a.yaml", "deep-folder-name/".repeat(30));
    folder.write(&path, CLEAN.replace("app: service", "app: servise"));
    let run = folder.validate(&[&path]).exits(1);
    assert_eq!(run.findings().len(), 1, "{}", run.out);
    let too_long = format!("{}.yaml", "x".repeat(300));
    folder.validate(&[&too_long]).exits(2);
    folder.write("b.yaml", including(&[&too_long]));
    assert_eq!(folder.validate(&["b.yaml"]).exits(1).places(), [format!("include-failed {FIRST}")]);
}

#[test]
fn what_a_missing_file_defines_is_not_missed_again() {
    let check = |more: &str, parts: &[(&str, &str)], expected: &[&str]| {
        let steps = "flows:\n  buy: { rate: 5 rps, steps: [browser -> shop: POST /] }\n";
        let folder = Folder::with(&format!("{HEAD}{more}components:\n  browser: client\n{steps}"));
        parts.iter().for_each(|(name, text)| {
            folder.write(name, text);
        });
        let run = folder.validate(&["a.yaml"]).exits(1);
        let rules: Vec<String> =
            run.places().iter().map(|place| place.split(' ').next().unwrap_or_default().to_owned()).collect();
        assert_eq!(rules, expected, "{}", run.out);
    };
    check("include: [parts.yaml]\n", &[], &["include-failed"]);
    check("include: [parts.yaml]\n", &[("parts.yaml", "- shop: service\n")], &["wrong-type"]);
    check("catalog: [kinds.yaml]\n", &[], &["include-failed"]);
    check("", &[], &["unresolved-reference"]);
}

#[test]
fn what_only_one_part_may_say_is_told_when_two_do() {
    let folder = Folder::with(&including(&["b.yaml", "c.yaml"]));
    folder.write("b.yaml", "traffic: { peak: 2x }\n").write("c.yaml", "traffic: { peak: 3x }\n");
    let run = folder.validate(&["a.yaml"]).exits(1);
    assert_eq!(run.places(), ["duplicate-id 1:1"], "{}", run.out);
    assert!(run.out.starts_with("c.yaml"), "{}", run.out);
}

#[test]
fn a_file_is_not_read_without_end() {
    let folder = Folder::with(&including(&["b.yaml"; 5_000]));
    folder.write("b.yaml", "x-note: 1\n");
    let run = folder.validate(&["a.yaml"]).exits(1);
    assert_eq!(run.places(), ["limit-exceeded 4013:5"], "{}", run.out);
}

#[test]
fn an_empty_section_hides_nothing_from_a_variant() {
    let head = "sysdesign: 1\nname: T\nsummary: A test.\ninclude: [b.yaml]\ncomponents:\n";
    let folder = Folder::with(&format!("{head}variants:\n  large: {{ assumptions: {{ copies: 2 }} }}\n"));
    folder.write(
        "b.yaml",
        "assumptions: { copies: 1 }\ncomponents:\n  web: client\n  app: { kind: service, replicas: copies }\n\
         flows:\n  buy: { rate: 5 rps, steps: [web -> app] }\n",
    );
    assert_eq!(folder.validate(&["a.yaml"]).exits(0).findings(), Vec::<&str>::new());
}

#[test]
fn a_part_of_a_design_on_its_own_is_told_to_be_one() {
    let folder = Folder::with(PART);
    let run = folder.validate(&["a.yaml"]).exits(1);
    assert_eq!(run.places(), ["missing-key 1:1"], "{}", run.out);
    let run = folder.run(&["validate", "a.yaml"]).exits(1);
    assert!(run.out.contains("a file that a design includes is checked"), "{}", run.out);
}
