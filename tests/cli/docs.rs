//! `docs/cli.md` is what the program says of itself, and `docs/exit-codes.md` shows what really happens.
//!
//! `UPDATE_DOCS=1 cargo test --test cli docs` repairs both.

use crate::support::{CLEAN, Folder};
use std::path::{Path, PathBuf};

fn page(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

#[track_caller]
fn hold(name: &str, fresh: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(page(name), fresh).unwrap();
    }
    let written = std::fs::read_to_string(page(name)).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == fresh, "docs/{name} is stale: run `UPDATE_DOCS=1 cargo test --test cli docs`");
}

/// The help of a command and of those below it.
fn describe(command: &mut clap::Command, name: &str, out: &mut String) {
    let help = command.clone().bin_name(name).term_width(100).render_long_help().to_string();
    let help: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
    let level = if name.contains(' ') { "##" } else { "#" };
    out.push_str(&format!("{level} {name}\n\n"));
    if level == "#" {
        out.push_str(
            "<!-- Written by `UPDATE_DOCS=1 cargo test --test cli docs` from what the program says of itself. -->\n\n\
             What each command does and takes. See [exit codes](exit-codes.md) and [output](output.md).\n\n",
        );
    }
    out.push_str(&format!("```text\n{}\n```\n", help.join("\n")));
    let below: Vec<String> = command.get_subcommands().map(|one| one.get_name().to_owned()).collect();
    for inner in below.iter().filter(|inner| *inner != "help") {
        out.push('\n');
        let inner = command.find_subcommand_mut(inner).unwrap();
        describe(inner, &format!("{name} {}", inner.get_name().to_owned()), out);
    }
}

#[test]
fn the_page_of_commands_is_fresh() {
    let mut command = sysdesign::cli::command();
    command.build();
    let mut fresh = String::new();
    describe(&mut command, "sysdesign", &mut fresh);
    hold("cli.md", &fresh);
}

/// The files that the examples of the page speak of.
fn example_files() -> Folder {
    let folder = Folder::new();
    folder.write("shop.yaml", CLEAN);
    folder.write("broken.yaml", CLEAN.replace("app: service", "app: servise"));
    folder.write("README.md", "# Shop\n\nSells things.\n");
    folder
}

/// The page with what each `$ …` line really prints.
fn with_results(page: &str, files: &dyn Fn() -> Folder) -> (String, Vec<i32>) {
    let (mut fresh, mut codes) = (String::new(), Vec::new());
    let mut in_example = false;
    for line in page.lines() {
        if in_example && line != "```" && !line.starts_with("$ ") {
            continue;
        }
        fresh.push_str(line);
        fresh.push('\n');
        in_example = if in_example { line != "```" } else { line == "```console" };
        if let Some(arguments) = line.strip_prefix("$ sysdesign ") {
            let arguments: Vec<&str> = arguments.split(' ').collect();
            let run = files().run(&arguments);
            fresh.push_str(&format!("{}{}", run.out, run.err));
        } else if line == "$ echo $?" {
            let last =
                fresh.trim_end().lines().rev().find_map(|line| line.strip_prefix("$ sysdesign ")).unwrap();
            let arguments: Vec<&str> = last.split(' ').collect();
            let code = files().run(&arguments).code;
            fresh.push_str(&format!("{code}\n"));
            codes.push(code);
        }
    }
    (fresh, codes)
}

#[test]
fn the_page_of_exit_codes_shows_what_happens() {
    let written = std::fs::read_to_string(page("exit-codes.md")).unwrap().replace("\r\n", "\n");
    let (fresh, codes) = with_results(&written, &example_files);
    for code in 0..=2 {
        assert!(codes.contains(&code), "an example ends with {code}: {codes:?}");
    }
    hold("exit-codes.md", &fresh);
}

/// The files that a page shows, each under a line that names it.
fn files_of(page: &str) -> Folder {
    let folder = Folder::new();
    for part in page.split("<!-- file: ").skip(1) {
        let (name, rest) = part.split_once(" -->\n```").unwrap();
        let text = rest.split_once('\n').unwrap().1.split_once("```").unwrap().0;
        folder.write(name, text);
    }
    folder
}

#[test]
fn the_page_of_own_rules_shows_what_happens() {
    let written = std::fs::read_to_string(page("own-rules.md")).unwrap().replace("\r\n", "\n");
    let (fresh, _) = with_results(&written, &|| files_of(&written));
    for expected in
        ["owned-services", "our-databases", "room-to-grow", "no-client-to-store", "shallow", "backed-up"]
    {
        assert!(fresh.contains(&format!("[{expected}]: ")), "{expected} finds something on the page");
    }
    hold("own-rules.md", &fresh);
}
