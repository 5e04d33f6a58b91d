//! What `validate` is given: files, folders, standard input, and things that are none of them; row H57.

use crate::support::{CLEAN, Folder, hostile};

/// A design with one error.
fn broken() -> String {
    CLEAN.replace("app: service", "app: servise")
}

/// A folder with a design, one with an error, and things that are no designs.
fn mixed() -> Folder {
    let folder = Folder::with(CLEAN);
    folder.write("broken.yaml", broken());
    folder.write("README.md", "# Shop\n\nA shop: it sells things.\n\n- one\n- two: `x`\n\n> quoted\n");
    folder.write("docker-compose.yaml", "name: shop\nservices:\n  web: { image: nginx }\nvolumes: {}\n");
    folder.write("ci.yml", "name: CI\non: push\njobs: {}\n");
    folder.write("package.json", "{\"name\": \"x\", \"version\": \"1\"}\n");
    folder.write("list.yaml", "- a\n- b\n");
    folder.write("main.rs", "fn main() { println!(\"hi\"); }\n");
    for name in ["h12-elf", "h12-picture.png", "h12-random"] {
        folder.write(name, hostile(name));
    }
    folder
}

#[test]
fn what_is_no_design_is_told_and_the_rest_is_checked() {
    let folder = mixed();
    let others = ["README.md", "docker-compose.yaml", "ci.yml", "package.json", "list.yaml", "main.rs"];
    for name in others.iter().chain(&["h12-elf", "h12-picture.png", "h12-random"]) {
        let run = folder.validate(&[name, "broken.yaml"]).exits(2);
        assert!(run.err.starts_with(&format!("error: `{name}` is not a design: ")), "{}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
        assert_eq!(run.places(), ["unknown-kind 6:8"], "{name}");
        let run = folder.validate(&[name]).exits(2);
        assert_eq!(run.out, "", "{name}");
    }
}

#[test]
fn what_kind_of_file_it_is_is_told() {
    let folder = mixed();
    let said = |name: &str| folder.validate(&[name]).err;
    assert_eq!(said("h12-elf"), "error: `h12-elf` is not a design: it is an ELF program\n");
    assert_eq!(said("h12-picture.png"), "error: `h12-picture.png` is not a design: it is a PNG picture\n");
    assert_eq!(
        said("docker-compose.yaml"),
        "error: `docker-compose.yaml` is not a design: it has no `sysdesign:`, and its keys are those of \
         something else\n"
    );
}

#[test]
fn a_design_that_is_damaged_or_lacks_its_first_line_is_still_one() {
    let cases = [
        CLEAN.replace("sysdesign: 1\n", ""),
        CLEAN.replace("sysdesign: 1\n", "sysdesing: 1\n"),
        CLEAN.replace("sysdesign: 1\n", "sysdesign 1\n"),
        CLEAN.replace("sysdesign: 1\n", "services: {}\n"),
        CLEAN.replace("components:", "componets:"),
        format!("  {CLEAN}"),
        format!("{{{CLEAN}"),
        "sysdesign: 1".to_owned(),
        "sysdesign:".to_owned(),
        "sysdesign: 2\nname: x\n".to_owned(),
        "\u{feff}sysdesign: [".to_owned(),
        "components: {".to_owned(),
    ];
    for text in cases {
        let folder = Folder::with(&text);
        let run = folder.validate(&["a.yaml"]).exits(1);
        assert!(!run.findings().is_empty(), "{text}");
    }
}

#[test]
fn an_empty_folder_has_no_design() {
    let folder = Folder::new();
    for arguments in [&[][..], &["."], &["./"]] {
        let run = folder.validate(arguments).exits(2);
        assert!(run.err.contains("no YAML file there begins with `sysdesign: 1`"), "{}", run.err);
        assert_eq!((run.err.lines().count(), &*run.out), (1, ""));
    }
}

#[test]
fn a_path_that_does_not_exist_is_told_and_the_rest_is_checked() {
    let folder = mixed();
    let run = folder.validate(&["missing.yaml", "broken.yaml", "no/such/folder"]).exits(2);
    assert_eq!(run.err, "error: `missing.yaml` does not exist\nerror: `no/such/folder` does not exist\n");
    assert_eq!(run.places(), ["unknown-kind 6:8"]);
    folder.validate(&["missing.yaml"]).exits(2);
    folder.validate(&["a.yaml/"]).exits(2);
    folder.validate(&[""]).exits(2);
}

#[cfg(target_os = "linux")]
#[test]
fn h12_devices_and_files_that_cannot_be_read_never_hang() {
    let folder = Folder::new();
    for path in ["/dev/zero", "/dev/null", "/dev/tty", "/dev/random"] {
        let run = folder.validate(&[path]).exits(2);
        assert!(run.err.starts_with(&format!("error: `{path}` ")), "{}", run.err);
    }
    let run = folder.validate(&["/proc/self/mem"]).exits(2);
    assert!(run.err.starts_with("error: `/proc/self/mem` cannot be read: "), "{}", run.err);
}

#[test]
fn the_same_file_twice_is_checked_once() {
    let folder = mixed();
    for arguments in [
        &["broken.yaml", "broken.yaml"][..],
        &["broken.yaml", "./broken.yaml"],
        &["broken.yaml", "./sub/../broken.yaml"],
        &[".", "broken.yaml"],
        &["broken.yaml", "."],
        &[".", "."],
    ] {
        folder.write("sub/x", "");
        let run = folder.validate(arguments).exits(1);
        assert_eq!(run.places(), ["unknown-kind 6:8"], "{arguments:?}");
    }
}

#[test]
fn a_file_that_is_given_and_included_is_reported_once() {
    let folder = Folder::with(&format!("{CLEAN}include: part.yaml\n"));
    folder.write("part.yaml", "sysdesign: 1\nname: Part\nsummary: A part\ncomponents: { part: servise }\n");
    let run = folder.validate(&["a.yaml", "part.yaml"]).exits(1);
    let wrong = run.findings().iter().filter(|line| line.contains("unknown-kind")).count();
    assert_eq!(wrong, 1, "{}", run.out);
}

#[test]
fn a_folder_is_searched_for_designs_that_git_does_not_ignore() {
    let folder = mixed();
    folder.write("deep/er/b.yml", broken()).write("ignored.yaml", broken()).write(".hidden/c.yaml", broken());
    folder.write("out/d.yaml", broken()).write("notes.txt", broken());
    folder.write(".gitignore", "ignored.yaml\n/out/\n");
    let files = |run: &crate::support::Run| -> Vec<String> {
        run.findings().iter().map(|line| line.split(':').next().unwrap().to_owned()).collect()
    };
    assert_eq!(files(&folder.validate(&["."]).exits(1)), ["broken.yaml", "deep/er/b.yml"]);
    assert_eq!(files(&folder.validate(&["deep", "."]).exits(1)), ["deep/er/b.yml", "broken.yaml"]);
    // What is named is checked, whatever git thinks of it and whatever it is called.
    assert_eq!(
        files(&folder.validate(&["ignored.yaml", "notes.txt"]).exits(1)),
        ["ignored.yaml", "notes.txt"]
    );
}

#[test]
fn standard_input_is_a_design_like_any() {
    let folder = Folder::new();
    let run = folder.run_with(&["validate", "-q", "-"], broken().as_bytes(), |_| {}).exits(1);
    assert!(run.out.starts_with("<stdin>:6:8: "), "{}", run.out);
    folder.run_with(&["validate", "-q", "-"], CLEAN.as_bytes(), |_| {}).exits(0);
}

#[test]
fn the_name_of_standard_input_says_where_its_includes_are() {
    let folder = Folder::new();
    folder.write("parts/part.yaml", "components: { other: servise }\n");
    let text = format!("{CLEAN}include: part.yaml\n");
    let run = |name: &str| {
        let arguments = ["validate", "-q", "--stdin-filename", name, "-"];
        folder.run_with(&arguments, text.as_bytes(), |_| {}).exits(1)
    };
    assert!(run("parts/new.yaml").out.starts_with("parts/part.yaml:1:"), "{}", run("parts/new.yaml").out);
    assert!(
        run("new.yaml").out.starts_with("new.yaml:12:10: error[include-failed]"),
        "{}",
        run("new.yaml").out
    );
}

#[test]
fn h57_standard_input_can_be_read_once_and_may_be_empty() {
    let folder = Folder::new();
    let run = folder.run_with(&["validate", "-q", "-", "-"], CLEAN.as_bytes(), |_| {}).exits(2);
    assert_eq!(run.err, "error: `-` is given twice, but standard input can be read only once\n");
    assert_eq!(folder.run(&["validate", "-q", "-"]).exits(1).places(), ["empty-design 1:1"]);
}

#[test]
fn h57_standard_input_is_read_no_further_than_the_limit() {
    let folder = Folder::new();
    let endless = vec![b'#'; 64 * 1024 * 1024];
    let run = folder.run_with(&["validate", "-q", "-"], &endless, |_| {});
    assert_eq!(run.exits(1).places(), ["limit-exceeded 1:1"]);
}

#[test]
fn h57_arguments_that_make_no_sense_show_the_usage() {
    let folder = Folder::with(CLEAN);
    for arguments in [
        &[][..],
        &["--bogus"],
        &["bogus"],
        &["validate", "--bogus"],
        &["validate", "--format", "yaml"],
        &["validate", "--format"],
        &["validate", "--fail-on", "fatal"],
        &["validate", "--config", "x", "--no-config"],
        &["validate", "--quiet", "--quiet"],
        &["explain"],
        &["rules", "--bogus"],
        &["rules", "--category", "nothing"],
        &["schema", "nothing"],
        &["completions"],
        &["completions", "tcsh"],
        &["--color", "sometimes", "rules"],
    ] {
        let run = folder.run(arguments).exits(2);
        assert_eq!(run.out, "", "{arguments:?}");
        assert!(
            run.err.contains("Usage: ") || run.err.contains("possible values") || run.err.contains("--help")
        );
    }
}

#[test]
fn the_least_severe_finding_that_fails_can_be_chosen() {
    let warning = "sysdesign: 1\nname: Shop\nsummary: Sells things\nassumptions: { extra: 5 }\n";
    let info = "sysdesign: 1\nname: Shop\nsummary: Sells things\nassumptions: { extra: 5 }\nrules: { unused-assumption: info }\n";
    for (text, codes) in
        [(broken().as_str(), [1, 1, 1, 0]), (warning, [0, 1, 1, 0]), (info, [0, 0, 1, 0]), (CLEAN, [0; 4])]
    {
        let folder = Folder::with(text);
        for (level, code) in ["error", "warning", "info", "never"].iter().zip(codes) {
            folder.validate(&["--fail-on", level, "a.yaml"]).exits(code);
        }
        let by_default = folder.validate(&["a.yaml"]);
        assert_eq!(by_default.code, codes[0]);
    }
    Folder::new().validate(&["--fail-on", "never", "missing.yaml"]).exits(2);
}

#[test]
fn quiet_means_a_line_for_each_finding_and_silence_without() {
    let folder = Folder::with(CLEAN);
    assert_eq!(folder.run(&["validate", "-q", "a.yaml"]).exits(0).out, "");
    assert_eq!(folder.run(&["validate", "a.yaml"]).exits(0).out, "no findings in 1 file\n");
    folder.write("a.yaml", broken());
    let run = folder.run(&["validate", "--quiet", "a.yaml"]).exits(1);
    assert_eq!(run.out, "a.yaml:6:8: error[unknown-kind]: there is no kind `servise`\n1 error in 1 file\n");
}

#[test]
fn every_format_has_the_same_verdict_and_says_it_in_its_way() {
    let folder = mixed();
    for (file, code) in [("a.yaml", 0), ("broken.yaml", 1)] {
        for format in ["text", "json", "sarif", "github", "gitlab", "junit"] {
            let run = folder.run(&["validate", "--format", format, file]).exits(code);
            assert_eq!(run.out.contains("unknown-kind"), code == 1, "{format}: {}", run.out);
            match format {
                "json" | "sarif" | "gitlab" => {
                    drop(serde_json::from_str::<serde_json::Value>(&run.out).unwrap())
                }
                "junit" => drop(roxmltree::Document::parse(&run.out).unwrap()),
                _ => {}
            }
        }
    }
}
