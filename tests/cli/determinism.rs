//! Row H54: the same design gives the same bytes, whoever asks, wherever, and however often.

use crate::support::{Folder, design};
use std::collections::BTreeSet;

/// Sections of a design with findings of many rules, each on its own.
const SECTIONS: [&str; 7] = [
    "components:\n  browser: client\n  app: { kind: servise, replicas: 0, tech: postgre }\n  db: { kind: database }\n  \
     lost: { kind: cache, ttl: 5 }\n",
    "assumptions:\n  a: b\n  b: a\n  mixed: 5 rps + 3 GB\n  unused: 5\n",
    "flows:\n  visit: { rate: mixed, steps: [browser -> app -> db: q, app -> nowhere] }\n  empty: { steps: [] }\n",
    "requirements:\n  fast: { text: TODO, check: flows.visit.latency.p98 < 5 ms }\n",
    "data:\n  link: { fields: { code: strng(8) }, stored_in: dbb }\n",
    "groups:\n  one: { contains: [two] }\n  two: { contains: [one, app] }\n",
    "variants:\n  big: { components: { app: { replicas: 0.5 }, db: null } }\n",
];

const FORMATS: [&str; 6] = ["text", "json", "sarif", "github", "gitlab", "junit"];

#[test]
fn h54_a_hundred_runs_write_the_same_bytes() {
    let folder = Folder::with(&design(&SECTIONS.concat()));
    let outputs: BTreeSet<String> = (0..100)
        .map(|at| folder.run(&["validate", "--format", FORMATS[at % 2], "a.yaml"]).exits(1).out)
        .collect();
    assert_eq!(outputs.len(), 2, "one for each format");
}

#[test]
fn h54_language_time_zone_and_home_make_no_difference() {
    let folder = Folder::with(&design(&SECTIONS.concat()));
    for format in FORMATS {
        let plain = folder.run(&["validate", "--format", format, "a.yaml"]).exits(1).out;
        let elsewhere = [
            [("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Asia/Kathmandu")],
            [("LANG", "de_DE.UTF-8"), ("TZ", "America/St_Johns")],
            [("LC_ALL", "C"), ("TZ", "nonsense")],
            [("HOME", "/nowhere"), ("USER", "somebody")],
            [("RAYON_NUM_THREADS", "16"), ("RUST_BACKTRACE", "full")],
        ];
        for environment in elsewhere {
            let run = folder.run_with(&["validate", "--format", format, "a.yaml"], b"", |command| {
                command.envs(environment);
            });
            assert_eq!(run.exits(1).out, plain, "{format} with {environment:?}");
        }
    }
}

/// The findings without their places, which move with the lines.
fn said(text: &str) -> Vec<String> {
    let folder = Folder::with(text);
    let run = folder.validate(&["a.yaml"]).exits(1);
    let mut found: Vec<String> =
        run.findings().iter().map(|line| line.split_once(": ").unwrap().1.to_owned()).collect();
    found.sort();
    found
}

#[test]
fn h54_the_order_of_sections_has_no_meaning() {
    let expected = said(&design(&SECTIONS.concat()));
    assert!(expected.len() > 10, "{expected:?}");
    let mut sections = SECTIONS;
    for _ in 0..SECTIONS.len() {
        sections.rotate_left(1);
        assert_eq!(said(&design(&sections.concat())), expected);
    }
    sections.reverse();
    assert_eq!(said(&design(&sections.concat())), expected);
}

#[test]
fn h54_the_order_of_entries_has_no_meaning_but_in_steps() {
    // Of a cycle the entry that is written first is named; of two that differ in case, the second is reported.
    let named = |first: &str, second: &str| {
        said(&design(&format!("assumptions:\n  {first}: {second}\n  {second}: {first}\n")))
    };
    assert!(named("a", "b")[0].contains("assumption `a` is computed from itself"));
    assert!(named("b", "a")[0].contains("assumption `b` is computed from itself"));
    let entries =
        ["  app: { kind: servise }\n", "  db: { kind: database, replicas: 0 }\n", "  browser: client\n"];
    let body = |order: [usize; 3]| {
        let lines: String = order.iter().map(|at| entries[*at]).collect();
        design(&format!(
            "components:\n{lines}flows: {{ f: {{ rate: 1 rps, steps: [browser -> app -> db] }} }}\n"
        ))
    };
    let expected = said(&body([0, 1, 2]));
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert_eq!(said(&body(order)), expected, "{order:?}");
    }
    let steps = |steps: &str| {
        let components = "components: { other: service, app: service, db: database }\n";
        let folder = Folder::with(&design(&format!(
            "{components}flows: {{ f: {{ rate: 1 rps, steps: [{steps}] }} }}\n"
        )));
        folder.validate(&["a.yaml"]).exits(0).places()
    };
    assert_eq!(steps("other -> app, app -> db"), Vec::<String>::new());
    assert_eq!(steps("app -> db, other -> app"), ["step-without-connection 5:47"], "steps follow each other");
}

#[test]
fn h54_files_and_arguments_in_any_order_give_one_order() {
    let folder = Folder::new();
    for name in ["c.yaml", "a.yaml", "b/d.yaml", "b.yaml"] {
        folder.write(name, design(SECTIONS[0]));
    }
    let found = folder.run(&["validate", "--quiet", "."]).exits(1).out;
    let names: Vec<&str> = found.lines().map(|line| line.split(':').next().unwrap()).collect();
    let mut once = names.clone();
    once.dedup();
    assert_eq!(&once[..4], ["a.yaml", "b/d.yaml", "b.yaml", "c.yaml"]);
    assert_eq!(folder.run(&["validate", "--quiet"]).exits(1).out, found);
}

#[test]
fn h54_the_day_comes_from_the_clock_or_from_source_date_epoch() {
    let allow = "rules:\n  allow:\n    - { rule: unused-assumption, on: assumptions.extra, reason: later, until: 2027-06-01 }\n";
    let folder = Folder::with(&design(&format!("assumptions: {{ extra: 5 }}\n{allow}")));
    let on = |seconds: &str| {
        let run = folder.run_with(&["validate", "--quiet", "a.yaml"], b"", |command| {
            command.env("SOURCE_DATE_EPOCH", seconds);
        });
        run.exits(0).places()
    };
    assert_eq!(on("1811779200"), Vec::<String>::new(), "2027-05-31");
    assert_eq!(on("1811894399"), Vec::<String>::new(), "the last second of 2027-06-01");
    assert_eq!(on("1811894400"), ["unused-assumption 4:16", "expired-allow 7:79"], "2027-06-02");
}

#[test]
fn h54_a_source_date_epoch_that_is_none_is_not_a_reason_to_fail() {
    let folder = Folder::with(&design("components: { app: service }\n"));
    for nonsense in ["", "tomorrow", "-1", "99999999999999999999", "1e9"] {
        folder
            .run_with(&["validate", "a.yaml"], b"", |command| {
                command.env("SOURCE_DATE_EPOCH", nonsense);
            })
            .exits(0);
    }
}
