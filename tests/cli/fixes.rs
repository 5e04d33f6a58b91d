//! `--fix` and `--diff`: what has one right answer is mended, and nothing else of a file changes.

use crate::support::{Folder, HEAD};

const SLIPS: &str = "# Keep this comment\nassumptions:\n  visits:   5M / month   # aligned\ncomponents:\n  \
                     browser: clent\n  'app':  { knid: \"servise\", replicas: 2 }   # \"quotes\" stay\nflows:\n  visit:\n    \
                     rate: vists\n    steps:\n    - browser -> ap: GET /  # a dash without indentation\n      timeout: 300 msec\n";
const MENDED: &str = "# Keep this comment\nassumptions:\n  visits:   5M / month   # aligned\ncomponents:\n  \
                      browser: client\n  'app':  { kind: \"service\", replicas: 2 }   # \"quotes\" stay\nflows:\n  visit:\n    \
                      rate: visits\n    steps:\n    - browser -> app: GET /  # a dash without indentation\n      timeout: 300 ms\n";

fn folder() -> Folder {
    Folder::with(&format!("{HEAD}{SLIPS}"))
}

fn read(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn slips_are_mended_and_comments_and_layout_stay() {
    let folder = folder();
    let slips = SLIPS.replace("-> ap:", "-> appp:");
    folder.write("a.yaml", format!("{HEAD}{slips}"));
    folder.validate(&["a.yaml"]).exits(1);
    let run = folder.run(&["validate", "--fix", "a.yaml"]).exits(0);
    assert_eq!(read(&folder, "a.yaml"), format!("{HEAD}{MENDED}"));
    assert_eq!(run.err, "mended 6 findings in 1 file\n");
    assert!(run.out.starts_with("no findings in 1 file"), "{}", run.out);
    // There is nothing left to do, so nothing is written.
    assert_eq!(folder.run(&["validate", "--fix", "a.yaml"]).exits(0).err, "");
}

#[test]
fn what_somebody_should_look_at_is_left_unless_asked_for() {
    let folder = Folder::with(&format!("{HEAD}components: {{ one: {{ type: client }}, app: db }}\n"));
    let before = read(&folder, "a.yaml");
    let run = folder.validate(&["--fix", "a.yaml"]).exits(1);
    assert_eq!(run.findings().len(), 2, "{}", run.out);
    assert_eq!(read(&folder, "a.yaml"), before);
    folder.validate(&["--unsafe-fixes", "a.yaml"]);
    assert_eq!(
        read(&folder, "a.yaml"),
        format!("{HEAD}components: {{ one: {{ kind: client }}, app: database }}\n")
    );
}

#[test]
fn of_two_answers_none_is_taken() {
    let text = format!(
        "{HEAD}components:\n  cart_a: service\n  cart_b: service\n  app: {{ kind: service, uses: [cart_x] }}\n"
    );
    let folder = Folder::with(&text);
    folder.validate(&["--fix", "a.yaml"]).exits(1);
    assert_eq!(read(&folder, "a.yaml"), text);
}

#[test]
fn a_key_that_is_there_already_is_not_written_twice() {
    let text = format!("{HEAD}components:\n  app: {{ kind: service, knid: database }}\n");
    let folder = Folder::with(&text);
    assert_eq!(folder.validate(&["--fix", "a.yaml"]).exits(1).findings().len(), 1);
    assert_eq!(read(&folder, "a.yaml"), text);
}

#[test]
fn included_files_and_the_configuration_are_mended_too() {
    let folder =
        Folder::with(&format!("{HEAD}include: parts/data.yaml\ncomponents: {{ store: database }}\n"));
    folder.write("parts/data.yaml", "\u{feff}data:\r\n  link: { siez: 500 B, stored_in: store }\r\n");
    folder
        .write("sysdesign.toml", "[rules]\nunused-component = \"off\"\nmissing-sumary = \"off\"  # later\n");
    folder.validate(&["--fix"]).exits(0);
    assert_eq!(
        read(&folder, "parts/data.yaml"),
        "\u{feff}data:\r\n  link: { size: 500 B, stored_in: store }\r\n"
    );
    assert!(read(&folder, "sysdesign.toml").ends_with("missing-summary = \"off\"  # later\n"));
}

#[test]
fn a_slip_that_hides_another_is_mended_with_it() {
    // Only when the section is known to be one is its content looked at.
    let folder = Folder::with(&format!("{HEAD}componets:\n  app: {{ kind: servise, ownr: me }}\n"));
    folder.run(&["validate", "--fix", "a.yaml"]);
    assert_eq!(
        read(&folder, "a.yaml"),
        format!("{HEAD}components:\n  app: {{ kind: service, owner: me }}\n")
    );
}

#[test]
fn the_difference_is_shown_and_nothing_is_written() {
    let folder = folder();
    let before = read(&folder, "a.yaml");
    let run = folder.run(&["validate", "--diff", "a.yaml"]).exits(1);
    assert_eq!(read(&folder, "a.yaml"), before);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines[..2], ["--- a/a.yaml", "+++ b/a.yaml"]);
    assert!(lines.contains(&"-  browser: clent") && lines.contains(&"+  browser: client"), "{}", run.out);
    assert!(run.err.starts_with("--fix mends "), "{}", run.err);
    let clean = Folder::with(HEAD);
    assert_eq!(clean.run(&["validate", "--diff", "a.yaml"]).exits(0).out, "");
}

#[test]
fn fixes_are_in_the_json_with_their_places() {
    let folder = Folder::with(&format!("{HEAD}components: {{ app: {{ kind: 'servise' }} }}\n"));
    let run = folder.run(&["validate", "--format", "json", "a.yaml"]).exits(1);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let fix = &json["diagnostics"][0]["fix"];
    assert_eq!(fix["safe"], true);
    assert_eq!(fix["edits"][0]["text"], "service");
    assert_eq!((&fix["edits"][0]["column"], &fix["edits"][0]["endColumn"]), (&29.into(), &36.into()));
}

#[test]
fn standard_input_cannot_be_mended() {
    let run = folder().run_with(&["validate", "--fix", "-"], SLIPS.as_bytes(), |_| {}).exits(2);
    assert!(run.err.contains("standard input cannot be mended"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn h61_a_design_that_may_only_be_read_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    folder.write("b.yaml", format!("{HEAD}{SLIPS}"));
    let path = folder.path().join("b.yaml");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    let run = folder.validate(&["--fix"]).exits(2);
    assert_eq!(run.err, "error: `b.yaml` cannot be written: it is read-only\n");
    assert_eq!(
        read(&folder, "a.yaml"),
        format!("{HEAD}{SLIPS}"),
        "all files are looked at before one is written"
    );
    assert_eq!(read(&folder, "b.yaml"), format!("{HEAD}{SLIPS}"));
}

/// A design in which `app` must be redundant, with a component that is written in some way.
fn protected(component: &str) -> Folder {
    Folder::with(&format!(
        "{HEAD}rules: {{ profile: minimal, single-point-of-failure: warning }}\nrequirements:\n  \
         always_on: {{ text: Pages can be opened at any time, quality: availability }}\ncomponents:\n  \
         browser: client\n{component}\nflows:\n  open: {{ rate: 10 / s, satisfies: always_on, steps: [\"browser -> app: GET /\"] }}\n"
    ))
}

#[test]
fn what_must_be_redundant_gets_replicas_only_when_asked_for() {
    for (before, after) in [
        ("  app: service  # ours", "  app: { kind: service, replicas: 2 }  # ours"),
        ("  app: { kind: service, owner: me }", "  app: { kind: service, replicas: 2, owner: me }"),
        ("  app: { kind: service, replicas: 1 }", "  app: { kind: service, replicas: 2 }"),
        (
            "  app: { kind: service, replicas: { min: 1, max: 9 } }",
            "  app: { kind: service, replicas: { min: 2, max: 9 } }",
        ),
        (
            "  app: { kind: service, replicas: 3, needed: 3 }",
            "  app: { kind: service, replicas: 4, needed: 3 }",
        ),
        (
            "  app:\n    # What users see\n    kind: service   # ours\n\n    owner: me",
            "  app:\n    # What users see\n    kind: service   # ours\n    replicas: 2\n\n    owner: me",
        ),
    ] {
        let folder = protected(before);
        let design = read(&folder, "a.yaml");
        let run = folder.validate(&["--fix", "a.yaml"]).exits(0);
        assert!(run.out.contains("warning[single-point-of-failure]"), "{before}: {}", run.out);
        assert_eq!(read(&folder, "a.yaml"), design, "--fix leaves it alone");

        let run = folder.run(&["validate", "--diff", "--unsafe-fixes", "a.yaml"]).exits(0);
        assert!(
            run.out.lines().any(|line| line.starts_with('+') && after.contains(&line[1..])),
            "{}",
            run.out
        );
        assert_eq!(run.err, "--unsafe-fixes mends 1 finding in 1 file\n");
        assert_eq!(read(&folder, "a.yaml"), design, "--diff writes nothing");

        let run = folder.run(&["validate", "--unsafe-fixes", "a.yaml"]).exits(0);
        assert_eq!(run.err, "mended 1 finding in 1 file\n");
        assert!(run.out.starts_with("no findings"), "{}", run.out);
        let mended = design.replace(before, after);
        assert_eq!(read(&folder, "a.yaml"), mended);
        folder.run(&["validate", "--unsafe-fixes", "a.yaml"]).exits(0);
        assert_eq!(read(&folder, "a.yaml"), mended, "what is mended stays");
    }
}

#[test]
fn line_ends_stay_when_a_key_is_put_in() {
    let folder = protected("  app:\n    kind: service\n    owner: me");
    let design = read(&folder, "a.yaml").replace('\n', "\r\n");
    folder.write("a.yaml", &design);
    folder.run(&["validate", "--unsafe-fixes", "a.yaml"]).exits(0);
    let mended = design.replace("kind: service\r\n", "kind: service\r\n    replicas: 2\r\n");
    assert_eq!(read(&folder, "a.yaml"), mended);
}

#[test]
fn more_than_replicas_is_left_to_somebody() {
    for component in [
        // Its data would have to be replicated.
        "  app: { kind: database, replicas: 1 }",
        "  app: { kind: service, sessions: memory }",
        "  app: { kind: service, durable: true }",
        // Its number has reasons.
        "  app: { kind: service, replicas: 3 - 2 }",
        "  app: { kind: service, replicas: { min: 1, max: 1 } }",
        // Others share it.
        "  app: &app { kind: service }\n  other: *app",
    ] {
        let folder = protected(component);
        let design = read(&folder, "a.yaml");
        let run = folder.validate(&["--unsafe-fixes", "a.yaml"]);
        assert!(run.out.contains("warning[single-point-of-failure]"), "{component}: {}", run.out);
        assert_eq!(read(&folder, "a.yaml"), design, "{component}");
    }
}

#[test]
fn instances_for_a_lost_zone_are_put_in() {
    let design = format!(
        "{HEAD}rules: {{ profile: minimal, no-headroom-for-zone-loss: warning }}\nrequirements:\n  fast: {{ text: Fast, check: flows.open.latency.p99 < 10 s }}\n\
         components:\n  browser: client\n  app: {{ kind: service, replicas: 2, zones: [a, b], capacity: 100 rps }}\n\
         deployment: {{ regions: {{ eu: {{ zones: [a, b] }} }} }}\n\
         flows:\n  open: {{ rate: 150 / s, satisfies: fast, steps: [\"browser -> app: GET /\"] }}\n"
    );
    let folder = Folder::with(&design);
    folder.validate(&["--select", "no-headroom-for-zone-loss", "--unsafe-fixes", "a.yaml"]).exits(0);
    assert_eq!(read(&folder, "a.yaml"), design.replace("replicas: 2", "replicas: 4"));
}
