//! Rows H55, H56, H58 and H60: streams that are closed or full, terminals of all kinds, and odd surroundings.

use crate::support::{CLEAN, Folder, Run, design, finish, program};

/// A design with findings and text enough to fill any pipe.
fn long() -> Folder {
    let lines: String = (0..900).map(|at| format!("  c{at}: {{ kind: servise, replicas: 0 }}\n")).collect();
    Folder::with(&design(&format!("components:\n{lines}")))
}

#[cfg(unix)]
mod shell {
    use super::*;
    use std::process::Command;

    /// Runs a line of shell in which `$S` is the program.
    fn sh(folder: &Folder, line: &str) -> Run {
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(folder.path()).env("S", env!("CARGO_BIN_EXE_sysdesign"));
        finish(command, b"")
    }

    #[test]
    fn h55_a_reader_that_has_seen_enough_changes_nothing() {
        let folder = long();
        for command in ["validate a.yaml", "validate --format json a.yaml"] {
            let run = sh(&folder, &format!("{{ $S {command}; echo $? >code; }} | head -n 1"));
            assert_eq!((run.out.lines().count(), &*run.err), (1, ""), "{command}");
            assert_eq!(std::fs::read_to_string(folder.path().join("code")).unwrap(), "1\n", "{command}");
        }
        for command in ["kinds", "rules", "schema", "kinds --format json", "completions bash", "--help"] {
            let run = sh(&folder, &format!("{{ $S {command}; echo $? >code; }} | head -n 1"));
            assert_eq!(&*run.err, "", "{command}");
            assert_eq!(std::fs::read_to_string(folder.path().join("code")).unwrap(), "0\n", "{command}");
        }
    }

    #[test]
    fn h55_closed_streams_do_not_change_the_verdict() {
        let folder = long();
        folder.write("clean.yaml", CLEAN);
        for (streams, trouble) in [("2>&-", 2), ("<&-", 2)] {
            assert_eq!(sh(&folder, &format!("$S validate clean.yaml {streams} >out; echo $?")).out, "0\n");
            assert_eq!(sh(&folder, &format!("$S validate a.yaml {streams} >out; echo $?")).out, "1\n");
            let code = sh(&folder, &format!("$S validate missing.yaml {streams} >out; echo $?")).out;
            assert_eq!(code, format!("{trouble}\n"), "{streams}");
        }
        // Rust opens /dev/null in place of a standard output that is closed, so nothing fails.
        assert_eq!(sh(&folder, "$S validate a.yaml >&- 2>&-; echo $?").out, "1\n");
        assert_eq!(sh(&folder, "$S validate clean.yaml >&-; echo $?").out, "0\n");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn h55_a_full_disk_is_trouble() {
        let folder = long();
        folder.write("clean.yaml", CLEAN);
        let commands = [
            "validate a.yaml",
            "validate clean.yaml",
            "validate --format sarif a.yaml",
            "kinds",
            "rules",
            "schema",
        ];
        for command in
            commands.iter().chain(&["explain missing-summary", "completions zsh", "--help", "--version"])
        {
            let run = sh(&folder, &format!("$S {command} >/dev/full; echo $?"));
            assert_eq!(run.out, "2\n", "{command}");
            assert!(
                run.err.starts_with("error: cannot write to standard output: "),
                "{command}: {}",
                run.err
            );
        }
        assert_eq!(sh(&folder, "$S validate a.yaml >/dev/full 2>/dev/full; echo $?").out, "2\n");
        assert_eq!(sh(&folder, "$S validate missing.yaml 2>/dev/full; echo $?").out, "2\n");
        assert_eq!(sh(&folder, "$S --nonsense 2>/dev/full; echo $?").out, "2\n");
    }

    #[test]
    fn h60_a_working_folder_that_is_gone() {
        let folder = Folder::new();
        let path = folder.path().join("gone");
        std::fs::create_dir(&path).unwrap();
        folder.write("a.yaml", CLEAN);
        let line = |command: &str| format!("cd gone && rmdir ../gone && {{ $S {command}; echo $?; }}");
        let run = sh(&folder, &line(&format!("validate {}/a.yaml", folder.path().display())));
        assert_eq!(run.out, "no findings in 1 file\n0\n", "{}", run.err);
        for command in ["validate", "validate ."] {
            std::fs::create_dir(&path).unwrap();
            let run = sh(&folder, &line(command));
            assert_eq!(run.out.lines().last(), Some("2"), "{command}: {}", run.err);
            assert!(run.err.starts_with("error: "), "{}", run.err);
        }
    }

    #[test]
    fn h60_a_working_folder_that_is_not_utf_8_or_read_only() {
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new();
        let odd = folder.path().join(std::ffi::OsStr::from_bytes(b"od\xffd"));
        if std::fs::create_dir(&odd).is_err() {
            return; // Some systems have no such names.
        }
        std::fs::write(odd.join("a.yaml"), format!("{CLEAN}include: b.yaml\n")).unwrap();
        std::fs::write(odd.join("b.yaml"), "assumptions: {}\n").unwrap();
        std::fs::set_permissions(&odd, std::fs::Permissions::from_mode(0o555)).unwrap();
        let run = sh(&folder, "cd od* && $S validate && $S validate a.yaml");
        assert_eq!(run.out, "no findings in 2 files\nno findings in 2 files\n", "{}", run.err);
        std::fs::set_permissions(&odd, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn progress_and_colours_are_for_terminals_only() {
        let folder = long();
        if Command::new("script").arg("--version").output().is_err() {
            return; // There is no way to make a terminal here.
        }
        let terminal = |line: &str| {
            let mut command = Command::new("script");
            command.args(["-q", "-e", "-c", line, "/dev/null"]).current_dir(folder.path());
            command.env("S", env!("CARGO_BIN_EXE_sysdesign")).env_remove("NO_COLOR").env("TERM", "xterm");
            command.stdin(std::process::Stdio::null());
            let output = command.output().unwrap();
            String::from_utf8(output.stdout).unwrap()
        };
        let coloured = |text: &str| text.contains("\x1b[");
        assert!(coloured(&terminal("$S validate a.yaml")));
        assert!(!coloured(&terminal("NO_COLOR=1 $S validate a.yaml")));
        assert!(!coloured(&terminal("TERM=dumb $S validate a.yaml")));
        assert!(!coloured(&terminal("$S validate --color never a.yaml")));
        assert!(!coloured(&terminal("$S validate --format json a.yaml")));
        assert!(!coloured(&terminal("$S validate a.yaml | cat")));
        // A prompt is shown only where somebody would have to type.
        let typed = terminal("printf 'x: 1\\n\\004' | $S validate -; $S validate - </dev/null");
        assert!(!typed.contains("Ctrl-D"), "{typed}");
        assert!(
            terminal("$S validate -").starts_with("reading a design from the terminal; end it with Ctrl-D")
        );
    }
}

fn coloured(change: &[(&str, &str)], arguments: &[&str]) -> bool {
    let folder = Folder::with(&design("components: { app: servise }\n"));
    let mut command = program();
    command.args(arguments).arg("a.yaml").current_dir(folder.path()).envs(change.iter().copied());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let has = |bytes: &[u8]| bytes.contains(&0x1b);
    assert!(!has(&output.stderr));
    has(&output.stdout)
}

#[test]
fn h56_colours_only_where_they_are_asked_for() {
    let check = |environment: &[(&str, &str)], arguments: &[&str], expected: bool| {
        let arguments = [&["validate"], arguments].concat();
        assert_eq!(coloured(environment, &arguments), expected, "{environment:?} {arguments:?}");
    };
    check(&[], &[], false);
    check(&[("TERM", "xterm-256color")], &[], false);
    check(&[("CLICOLOR_FORCE", "1")], &[], true);
    check(&[("CLICOLOR_FORCE", "0")], &[], false);
    check(&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], &[], true);
    check(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[], false);
    check(&[("NO_COLOR", "1")], &["--color", "always"], true);
    check(&[("NO_COLOR", "")], &["--color", "always"], true);
    check(&[("CLICOLOR_FORCE", "1")], &["--color", "never"], false);
    for format in ["json", "sarif", "github", "gitlab", "junit"] {
        check(&[("CLICOLOR_FORCE", "1")], &["--color", "always", "--format", format], false);
    }
}

#[test]
fn h56_any_width_is_survived() {
    let folder = Folder::with(&design(&format!(
        "components: {{ app: {{ kind: servise, owner: {} }} }}\n",
        "x ".repeat(500)
    )));
    let widest = |columns: &str| {
        let run = folder.run_with(&["validate", "a.yaml"], b"", |command| {
            command.env("COLUMNS", columns);
        });
        run.exits(1).out.lines().map(|line| line.chars().count()).max().unwrap()
    };
    for narrow in ["0", "1", "39", "40"] {
        assert!(widest(narrow) <= 60, "{narrow}: {}", widest(narrow));
    }
    for wide in ["200", "10000", "18446744073709551615"] {
        assert!((100..=200).contains(&widest(wide)), "{wide}: {}", widest(wide));
    }
    for nonsense in ["", "-5", "wide", "99999999999999999999999", "1e3"] {
        assert_eq!(widest(nonsense), widest("100"), "{nonsense:?}");
    }
}

#[test]
fn h56_the_other_commands_survive_any_width() {
    let folder = Folder::new();
    for columns in ["0", "1", "10000"] {
        for arguments in
            [&["kinds"][..], &["kinds", "redis"], &["rules"], &["explain", "missing-summary"], &["--help"]]
        {
            let run = folder.run_with(arguments, b"", |command| {
                command.env("COLUMNS", columns);
            });
            assert!(!run.exits(0).out.is_empty());
        }
    }
}

#[test]
fn h58_what_a_design_says_is_shown_and_never_obeyed() {
    let folder = Folder::new();
    let osc = "\\e]8;;http://evil\\e\\\\click\\e]8;;\\e\\\\ \\e]52;c;aGk=\\a";
    folder.write("a.yaml", design(&format!("\"{osc}\": 1\ncomponents: {{ app: {{ kind: \"{osc}\" }} }}\n")));
    for format in ["text", "github"] {
        // Every run is looked at for characters that steer a terminal.
        let run = folder.run(&["validate", "--format", format, "a.yaml"]).exits(1);
        assert!(run.out.contains('␛') && run.out.contains("evil"), "{}", run.out);
    }
}

#[test]
fn h58_what_the_arguments_say_is_shown_and_never_obeyed() {
    let folder = Folder::with(CLEAN);
    let evil = "x\x1b]52;c;aGk=\x07\u{202e}";
    for arguments in [
        &["validate", evil][..],
        &["validate", "--config", evil],
        &["validate", "--stdin-filename", evil, "-"],
        &["validate", "--format", evil],
        &["validate", "--fail-on", evil],
        &[evil],
        &["--color", evil, "rules"],
        &["explain", evil],
        &["kinds", evil],
        &["rules", "--category", evil],
        &["completions", evil],
        &[&format!("--{evil}")],
    ] {
        let run = folder.run(arguments);
        assert!(run.code > 0 && !(run.err.clone() + &run.out).is_empty(), "{arguments:?}");
    }
}

#[test]
fn h60_no_environment_at_all() {
    let folder = Folder::with(CLEAN);
    let mut command = program();
    command.args(["validate", "a.yaml"]).current_dir(folder.path()).env_clear();
    finish(command, b"").exits(0);
}
