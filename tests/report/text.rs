use crate::support::Run;
use sysdesign::diagnostic::{Diagnostic, Severity};
use sysdesign::report::{Format, TextOptions};
use sysdesign::source::Span;

const SHOP: &str = "\
sysdesign: 1
name: Shop
components:
  web:
    kindd: service
    replicas: 1
  db: { kind: database }
  web: { kind: client }
flows:
  buy:
    - web -> db: buy
    - db -> web: done
";

fn shop() -> Run {
    Run::new(&[("shop.yaml", SHOP), ("team.yaml", "components:\n  db: { kind: cache }\n")])
}

fn unknown_key() -> Run {
    let shop = shop();
    let at = shop.at(0, "kindd");
    shop.with(
        Diagnostic::error("unknown-key", at, "unknown key `kindd` in a component")
            .label("not a key of components")
            .help("did you mean `kind`?"),
    )
}

/// An info on bytes of the shop, labelled "here".
fn at_bytes(start: usize, end: usize) -> String {
    let shop = shop();
    let span = Span::new(shop.files[0], start, end);
    shop.with(Diagnostic::new("some-rule", Severity::Info, span, "look").label("here")).text()
}

#[test]
fn a_finding_shows_its_lines_and_what_to_write() {
    insta::assert_snapshot!(unknown_key().text(), @r#"
    error[unknown-key]: unknown key `kindd` in a component
       ╭─[shop.yaml:5:5]
     4 │   web:
     5 │     kindd: service
       ·     ──┬──
       ·       ╰── not a key of components
     6 │     replicas: 1
       ╰────
      help: did you mean `kind`?

    1 error in 2 files
    "#);
}

#[test]
fn ascii_frames_when_asked() {
    let options = TextOptions { unicode: false, ..TextOptions::default() };
    insta::assert_snapshot!(unknown_key().written(Format::Text, &options), @r#"
    error[unknown-key]: unknown key `kindd` in a component
       ,-[shop.yaml:5:5]
     4 |   web:
     5 |     kindd: service
       :     ^^|^^
       :       `-- not a key of components
     6 |     replicas: 1
       `----
      help: did you mean `kind`?

    1 error in 2 files
    "#);
}

#[test]
fn colour_only_when_asked() {
    let options = TextOptions { colour: true, ..TextOptions::default() };
    let shown = unknown_key().written(Format::Text, &options);
    insta::assert_snapshot!(shown.replace('\x1b', "^"), @r#"
    ^[1;31merror[unknown-key]^[0m^[1m: unknown key `kindd` in a component^[0m
       ╭─[^[36mshop.yaml:5:5^[0m]
     ^[2m4^[0m │   web:
     ^[2m5^[0m │     kindd: service
       · ^[31;1m    ──┬──^[0m
       ·       ^[31;1m╰── ^[31;1mnot a key of components^[0m^[0m
     ^[2m6^[0m │     replicas: 1
       ╰────
      ^[36mhelp:^[0m did you mean `kind`?

    ^[1m1 error in 2 files^[0m
    "#);
    assert!(!unknown_key().text().contains('\x1b'));
}

#[test]
fn a_second_place_nearby_is_in_the_same_frame() {
    let shop = shop();
    let finding = Diagnostic::error("duplicate-id", shop.nth(0, "web", 1), "two components are called `web`")
        .label("defined again here")
        .related(shop.at(0, "web"), "first defined here");
    insta::assert_snapshot!(shop.with(finding).text(), @r#"
    error[duplicate-id]: two components are called `web`
       ╭─[shop.yaml:8:3]
     3 │ components:
     4 │   web:
       ·   ─┬─
       ·    ╰── first defined here
     5 │     kindd: service
     6 │     replicas: 1
     7 │   db: { kind: database }
     8 │   web: { kind: client }
       ·   ─┬─
       ·    ╰── defined again here
     9 │ flows:
       ╰────

    1 error in 2 files
    "#);
}

#[test]
fn a_second_place_in_another_file_has_a_frame_of_its_own() {
    let shop = shop();
    let finding = Diagnostic::error("duplicate-id", shop.at(0, "db"), "two components are called `db`")
        .related(shop.at(1, "db"), "first defined here")
        .help("rename one of them");
    insta::assert_snapshot!(shop.with(finding).text(), @r#"
    error[duplicate-id]: two components are called `db`
       ╭─[shop.yaml:7:3]
     6 │     replicas: 1
     7 │   db: { kind: database }
       ·   ──
     8 │   web: { kind: client }
       ╰────
      note: first defined here
       ╭─[team.yaml:2:3]
     1 │ components:
     2 │   db: { kind: cache }
       ·   ──
       ╰────
      help: rename one of them

    1 error in 2 files
    "#);
}

#[test]
fn labels_that_would_hide_each_other_or_are_far_away_are_notes() {
    let shop = shop();
    let finding = Diagnostic::warning("some-rule", shop.at(0, "web -> db"), "`web` runs as a single copy")
        .label("the call")
        .related(shop.nth(0, "web", 3), "beside it")
        .related(shop.nth(0, "db", 1), "a part of it")
        .related(shop.at(0, "replicas: 1"), "far above");
    insta::assert_snapshot!(shop.with(finding).text(), @r#"
    warning[some-rule]: `web` runs as a single copy
        ╭─[shop.yaml:11:7]
     10 │   buy:
     11 │     - web -> db: buy
        ·       ────┬────
        ·           ╰── the call
     12 │     - db -> web: done
        ·             ─┬─
        ·              ╰── beside it
        ╰────
      note: a part of it
        ╭─[shop.yaml:11:14]
     10 │   buy:
     11 │     - web -> db: buy
        ·              ──
     12 │     - db -> web: done
        ╰────
      note: far above
       ╭─[shop.yaml:6:5]
     5 │     kindd: service
     6 │     replicas: 1
       ·     ───────────
     7 │   db: { kind: database }
       ╰────

    1 warning in 2 files
    "#);
}

#[test]
fn a_second_place_over_lines_that_cross_the_first_is_a_note() {
    let shop = shop();
    let finding = Diagnostic::error("some-rule", shop.at(0, "kindd"), "wrong")
        .related(shop.at(0, "service\n    replicas"), "crosses the line");
    insta::assert_snapshot!(shop.with(finding).text(), @r#"
    error[some-rule]: wrong
       ╭─[shop.yaml:5:5]
     4 │   web:
     5 │     kindd: service
       ·     ─────
     6 │     replicas: 1
       ╰────
      note: crosses the line
       ╭─[shop.yaml:5:12]
     4 │       web:
     5 │ ╭─▶     kindd: service
     6 │ ╰─▶     replicas: 1
     7 │       db: { kind: database }
       ╰────

    1 error in 2 files
    "#);
}

#[test]
fn a_second_place_far_along_the_same_line_is_a_note() {
    let run = Run::new(&[("a.yaml", &format!("[first, {}second]\n", "x, ".repeat(100)))]);
    let finding = Diagnostic::error("some-rule", run.at(0, "first"), "the same twice")
        .label("here")
        .related(run.at(0, "second"), "and there");
    insta::assert_snapshot!(run.with(finding).text(), @r#"
    error[some-rule]: the same twice
       ╭─[a.yaml:1:2]
     1 │ [first, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, …
       ·  ──┬──
       ·    ╰── here
       ╰────
      note: and there
       ╭─[a.yaml:1:309]
     1 │ …x, x, x, x, x, x, x, x, x, x, second]
       ·                                ──────
       ╰────

    1 error in 1 file
    "#);
}

#[test]
fn many_second_places_are_counted() {
    let shop = shop();
    let mut finding = Diagnostic::error("cycle", shop.at(0, "name"), "a cycle");
    for _ in 0..2_000 {
        finding = finding.related(shop.at(1, "db"), "then here");
    }
    let shown = shop.with(finding).text();
    assert_eq!(shown.matches("╭─").count(), 4);
    assert_eq!(shown.matches("note: then here: team.yaml:2:3").count(), 7);
    assert!(shown.contains("  note: and 1,990 more places\n"), "{shown}");
}

#[test]
fn an_empty_span_is_an_arrow() {
    insta::assert_snapshot!(at_bytes(19, 19), @r#"
    info[some-rule]: look
       ╭─[shop.yaml:2:7]
     1 │ sysdesign: 1
     2 │ name: Shop
       ·       ▲
       ·       ╰── here
     3 │ components:
       ╰────

    1 info in 2 files
    "#);
}

#[test]
fn the_end_of_the_file_has_a_line_to_point_at() {
    insta::assert_snapshot!(at_bytes(SHOP.len(), SHOP.len()), @r#"
    info[some-rule]: look
        ╭─[shop.yaml:13:1]
     12 │     - db -> web: done
     13 │
        · ▲
        · ╰── here
        ╰────

    1 info in 2 files
    "#);
    insta::assert_snapshot!(
        Run::new(&[("empty.yaml", "")])
            .with(Diagnostic::error("no-system", Span::new(sysdesign::source::FileId(0), 0, 0), "no system here"))
            .text(),
        @r#"
    error[no-system]: no system here
       ╭─[empty.yaml:1:1]
     1 │
       · ▲
       ╰────

    1 error in 1 file
    "#
    );
}

#[test]
fn a_span_of_a_few_lines_is_shown_whole() {
    insta::assert_snapshot!(at_bytes(24, 62), @r#"
    info[some-rule]: look
       ╭─[shop.yaml:3:1]
     2 │     name: Shop
     3 │ ╭─▶ components:
     4 │ │     web:
     5 │ ├─▶     kindd: service
       · ╰──── here
     6 │         replicas: 1
       ╰────

    1 info in 2 files
    "#);
}

#[test]
fn a_span_of_many_lines_is_shown_by_its_first() {
    insta::assert_snapshot!(at_bytes(0, SHOP.len()), @r#"
    info[some-rule]: look
       ╭─[shop.yaml:1:1]
     1 │ sysdesign: 1
       · ──────┬─────
       ·       ╰── here (up to line 12)
     2 │ name: Shop
       ╰────

    1 info in 2 files
    "#);
}

#[test]
fn a_span_that_ends_with_a_line_break_stays_on_its_line() {
    assert_eq!(at_bytes(13, 24), at_bytes(13, 23));
}

#[test]
fn help_is_wrapped_between_words_and_its_lines_stay_lines() {
    let shop = shop();
    let finding = Diagnostic::error("some-rule", shop.at(0, "name"), "wrong")
        .help("write `replicas: 2` in the component, or say why not:\n  allow: [some-rule]");
    let options = TextOptions { width: 44, ..TextOptions::default() };
    insta::assert_snapshot!(shop.with(finding).written(Format::Text, &options), @r#"
    error[some-rule]: wrong
       ╭─[shop.yaml:2:1]
     1 │ sysdesign: 1
     2 │ name: Shop
       · ────
     3 │ components:
       ╰────
      help: write `replicas: 2` in the
            component, or say why not:
              allow: [some-rule]

    1 error in 2 files
    "#);
}

#[test]
fn a_long_line_is_cut_around_the_label_and_the_column_is_the_true_one() {
    let text = format!("text: {} WRONG {}\n", "é ".repeat(1_000), "ü ".repeat(1_000));
    let run = Run::new(&[("a.yaml", &text)]);
    let at = run.at(0, "WRONG");
    let run = run.with(Diagnostic::error("some-rule", at, "wrong").label("here"));
    let options = TextOptions { width: 60, ..TextOptions::default() };
    insta::assert_snapshot!(run.written(Format::Text, &options), @r#"
    error[some-rule]: wrong
       ╭─[a.yaml:1:2008]
     1 │ …é é é é é é é é  WRONG ü ü ü ü ü ü ü ü ü ü ü ü ü ü …
       ·                   ──┬──
       ·                     ╰── here
       ╰────

    1 error in 1 file
    "#);
}

#[test]
fn wide_letters_and_tabs_keep_the_underline_in_place() {
    let run = Run::new(&[("a.yaml", "日本:\t語 x\n")]);
    let at = run.at(0, "x");
    insta::assert_snapshot!(run.with(Diagnostic::error("some-rule", at, "wrong").label("here")).text(), @r#"
    error[some-rule]: wrong
       ╭─[a.yaml:1:7]
     1 │ 日本:    語 x
       ·             ┬
       ·             ╰── here
       ╰────

    1 error in 1 file
    "#);
}

#[test]
fn quiet_is_one_line_a_finding() {
    let quiet = TextOptions { quiet: true, ..TextOptions::default() };
    insta::assert_snapshot!(unknown_key().written(Format::Text, &quiet), @r#"
    shop.yaml:5:5: error[unknown-key]: unknown key `kindd` in a component
    1 error in 2 files
    "#);
    assert_eq!(shop().written(Format::Text, &quiet), "");
}

#[test]
fn the_summary_counts_what_there_is() {
    assert_eq!(shop().text(), "no findings in 2 files\n");
    let allowed = Run { suppressed: 1, ..Run::new(&[("a.yaml", "")]) };
    assert_eq!(allowed.text(), "no findings in 1 file (1 allowed)\n");
    let mut run = Run { suppressed: 1_234, ..shop() };
    for severity in [Severity::Error, Severity::Error, Severity::Warning, Severity::Info] {
        let at = run.at(0, "name");
        run = run.with(Diagnostic::new("some-rule", severity, at, "x"));
    }
    let shown = run.text();
    assert_eq!(shown.lines().last(), Some("2 errors, 1 warning, 1 info in 2 files (1,234 allowed)"));
}

#[test]
fn past_the_limit_it_says_how_many_more() {
    let mut run = shop();
    for _ in 0..5_321 {
        let at = run.at(0, "name");
        run = run.with(Diagnostic::error("some-rule", at, "x"));
    }
    let shown = run.text();
    assert_eq!(shown.matches("error[some-rule]").count(), 1_000);
    let end: Vec<&str> = shown.lines().rev().take(2).collect();
    assert_eq!(end, ["5,321 errors in 2 files", "… and 4,321 more; --format json shows all"]);
}
