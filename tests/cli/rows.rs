//! The files of `tests/hostile/`: each is checked by the program, and what it says is what `expected/` holds.
//!
//! `UPDATE_EXPECTED=1 cargo test --test cli rows` writes the expected texts anew; read the difference.

use crate::support::{Folder, Run, hostile};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile")
}

fn check_file(name: &str) -> Run {
    let folder = Folder::new();
    folder.write(name, hostile(name));
    folder.run_with(&["validate", name], b"", |command| {
        command.env("COLUMNS", "100").env("SOURCE_DATE_EPOCH", "1800000000");
    })
}

/// Checks a file of `tests/hostile/`: exit code and every character of the output.
#[track_caller]
fn row(name: &str) -> Run {
    let run = check_file(name);
    let shown = format!("exit {}\n\n{}{}", run.code, run.out, run.err);
    let path = folder().join("expected").join(format!("{name}.txt"));
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &shown).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        shown == expected,
        "`UPDATE_EXPECTED=1 cargo test --test cli rows` accepts this:\n{shown}\nexpected was:\n{expected}"
    );
    run
}

macro_rules! rows {
    ($($test:ident: $($file:literal)*;)*) => {
        $(
            #[test]
            fn $test() {
                $(row($file);)*
            }
        )*
        const FILES: &[&str] = &[$($($file,)*)*];
    };
}

rows! {
    h01_a_file_without_content_says_so_and_shows_how_to_begin:
        "h01-empty.yaml" "h01-blanks.yaml" "h01-comments.yaml";
    h02_a_byte_order_mark_at_the_start_counts_for_nothing: "h02-mark-at-start.yaml";
    h03_a_byte_order_mark_inside_is_refused: "h03-mark-inside.yaml";
    h04_utf_16_is_named: "h04-utf16-le-marked.yaml" "h04-utf16-be-marked.yaml" "h04-utf16-le.yaml" "h04-utf16-be.yaml";
    h05_other_encodings_are_told_with_their_place: "h05-latin1.yaml" "h05-truncated.yaml";
    h06_nul_is_told_and_what_follows_is_not_lost: "h06-nul.yaml";
    h07_control_characters_are_refused_and_shown: "h07-control-characters.yaml";
    h08_escaped_control_characters_never_reach_the_terminal: "h08-escaped-controls.yaml";
    h09_line_separators_of_unicode_do_not_end_lines: "h09-line-separators.yaml";
    h10_characters_that_mislead_are_refused_in_ids_and_shown_in_texts: "h10-bidi.yaml";
    h12_what_is_no_text_is_no_design: "h12-elf" "h12-picture.png" "h12-random";
    h15_aliases_have_a_budget_and_merge_keys_a_way_out: "h15-billion-laughs.yaml" "h15-merge.yaml" "h15-cycle.yaml";
    h16_duplicate_keys_are_told_with_both_places: "h16-duplicate-keys.yaml";
    h17_indentation_and_blanks: "h17-tab.yaml" "h17-dedent.yaml" "h17-no-space.yaml";
    h18_values_that_need_quotes: "h18-quote-this.yaml";
    h19_one_document_of_one_version:
        "h19-two-documents.yaml" "h19-text-after-the-end.yaml" "h19-version.yaml" "h19-tag-directive.yaml";
    h20_tags_load_nothing: "h20-tags.yaml";
    h21_keys_are_names: "h21-odd-keys.yaml";
    h22_words_that_yaml_guesses_about_are_typed_by_their_field: "h22-guessed-assumptions.yaml" "h22-guessed-fields.yaml";
    h25_conflict_markers_are_named: "h25-conflict.yaml";
    h26_json_is_yaml: "h26-json.json";
    h28_unknown_keys_and_wrong_types_are_all_told: "h28-near-miss-keys.yaml" "h28-wrong-types.yaml" "h28-no-names.yaml";
    h29_references_to_nothing_are_told_with_what_was_meant: "h29-references-to-nothing.yaml";
    h30_cycles_are_told_once_by_the_shortest: "h30-cycle-of-two.yaml" "h30-knot.yaml" "h30-group-cycle.yaml";
    h32_numbers_never_wrap: "h32-too-large.yaml" "h32-impossible.yaml";
    h33_ids_may_not_differ_only_in_case: "h33-case.yaml";
    h34_words_of_other_languages_are_ids_like_any: "h34-reserved-words.yaml";
    h28_what_is_damaged_is_told_once_and_not_at_every_reference:
        "h28-damaged-definitions.yaml" "h28-damaged-section.yaml";
    h35_what_is_allowed_is_itself_looked_at: "h35-allow.yaml" "h35-unused-allow.yaml";
    h36_facts_that_contradict_each_other: "h36-contradictions.yaml";
    h09_the_same_design_with_line_feeds: "h09-lf.yaml" "h09-crlf.yaml" "h09-cr.yaml" "h09-mixed.yaml";
}

#[test]
fn every_file_belongs_to_a_row() {
    let listed: BTreeSet<String> = FILES.iter().map(|name| (*name).to_owned()).collect();
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap());
    let found: BTreeSet<String> = files
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .filter(|name| name != ".gitattributes")
        .collect();
    assert_eq!(found, listed);
    for name in &listed {
        let digits = name.trim_start_matches('h').split('-').next().unwrap();
        assert!(
            digits.len() == 2 && digits.parse::<u32>().is_ok(),
            "{name} begins with the number of its row"
        );
    }
}

#[test]
fn h09_line_ends_make_no_difference() {
    let said = |name: &str| {
        let run = check_file(name);
        (run.code, run.out.replace(name, "FILE"))
    };
    let expected = said("h09-lf.yaml");
    assert_eq!(expected.0, 1);
    for name in ["h09-crlf.yaml", "h09-cr.yaml", "h09-mixed.yaml"] {
        assert_eq!(said(name), expected, "{name}");
    }
}

#[test]
fn h02_columns_are_counted_as_if_the_mark_were_absent() {
    let marked = check_file("h02-mark-at-start.yaml").out.replace("h02-mark-at-start", "h09-lf");
    assert_eq!(marked, check_file("h09-lf.yaml").out);
}

#[test]
fn h26_json_has_the_same_findings() {
    let messages = |name: &str| {
        let run = check_file(name);
        let lines = run.out.lines().filter(|line| line.starts_with("error") || line.contains("help:"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(messages("h26-json.json"), messages("h09-lf.yaml"));
}

#[test]
fn rows_that_ask_for_one_error_get_one() {
    let one = [
        "h01-empty.yaml",
        "h03-mark-inside.yaml",
        "h04-utf16-le.yaml",
        "h05-latin1.yaml",
        "h25-conflict.yaml",
    ];
    for name in one.iter().chain(&["h15-billion-laughs.yaml", "h17-tab.yaml", "h19-two-documents.yaml"]) {
        let run = check_file(name).exits(1);
        assert_eq!(
            run.out.lines().filter(|line| line.starts_with("error[")).count(),
            1,
            "{name}: {}",
            run.out
        );
    }
}

#[test]
fn every_error_has_a_place_and_a_way_out() {
    for name in FILES {
        let run = check_file(name);
        for finding in run.out.split("\n\n").filter(|part| part.starts_with("error[")) {
            assert!(finding.contains(&format!("[{name}:")), "{name}: {finding}");
        }
    }
}
