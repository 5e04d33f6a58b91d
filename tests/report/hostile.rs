//! Rows of the list of hostile inputs and faults, by their numbers.

use crate::sarif::assert_valid;
use crate::support::{Run, assert_only_visible};
use std::cell::Cell;
use std::io::{self, Write};
use sysdesign::diagnostic::{Diagnostic, Severity};
use sysdesign::report::{Format, Report, TextOptions, write};
use sysdesign::source::Span;

const HOSTILE: [&str; 6] = [
    "\x1b[2J\x1b[31mred",
    "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1b]52;c;ZXZpbA==\x07",
    "\u{9b}31m \u{9d}0;title\u{9c}",
    "\u{202e}gnp.exe \u{2066}x\u{2069} z\u{200b}w\u{feff}",
    "a\0b\r\nc\x08\x7f\u{2028}d",
];

/// A finding with the same text wherever text can stand.
fn everywhere(text: &str) -> Run {
    let run = Run::new(&[(text, &format!("key: {text}\nnext: {text}\n"))]);
    let (first, second) = (run.at(0, "key"), run.at(0, "next"));
    run.with(
        Diagnostic::new(text.to_owned(), Severity::Error, first, text)
            .label(text)
            .help(text)
            .related(second, text),
    )
}

fn many(count: usize) -> Run {
    let mut text = String::new();
    for index in 0..count {
        text.push_str(&format!("key{index}: {index}\n"));
    }
    let mut run = Run::new(&[("many.yaml", &text)]);
    let mut start = 0;
    for (index, line) in text.lines().enumerate() {
        let severity = if index + 1 == count { Severity::Error } else { Severity::Warning };
        let span = Span::new(run.files[0], start, start + line.len());
        run = run.with(Diagnostic::new("some-rule", severity, span, "wrong").label("here").help("change it"));
        start += line.len() + 1;
    }
    run
}

#[test]
fn h11_a_line_of_two_megabytes_is_cut() {
    let text = format!("a: {}ERROR{}", "x".repeat(1 << 20), "é".repeat(1 << 19));
    let run = Run::new(&[("a.yaml", &text)]);
    let at = run.at(0, "ERROR");
    let shown = run.with(Diagnostic::error("some-rule", at, "wrong").label("here")).text();
    assert!(shown.lines().all(|line| line.chars().count() <= 200), "{shown}");
    assert!(
        shown.contains("a.yaml:1:1048580") && shown.contains("ERROR") && shown.contains("╰── here"),
        "{shown}"
    );
}

#[test]
fn h37_ten_thousand_findings_are_complete_and_always_the_same() {
    let (run, half) = (many(10_000), many(5_000));
    for &format in Format::ALL {
        let written = run.written(format, &TextOptions::default());
        assert_eq!(written, run.written(format, &TextOptions::default()), "{format:?}");
        let expected = if format == Format::Text { 1_000 } else { 10_000 };
        let sign = match format {
            Format::Text => "[some-rule]: wrong",
            Format::Json => "\"rule\": \"some-rule\"",
            Format::Sarif => "\"ruleId\": \"some-rule\"",
            Format::Github => "title=some-rule",
            Format::Gitlab => "\"check_name\": \"some-rule\"",
            Format::Junit => "<failure message=\"wrong\"",
        };
        assert_eq!(written.matches(sign).count(), expected, "{format:?}");
        let size_of_half = half.written(format, &TextOptions::default()).len();
        assert!(written.len() < 3 * size_of_half, "{format:?}: {} for half {size_of_half}", written.len());
    }
}

#[test]
fn h37_the_place_of_a_finding_is_asked_for_once() {
    let run = many(1_000);
    for &format in Format::ALL {
        let asked = Cell::new(0);
        run.report(|report| {
            let paths = |span: Span| {
                asked.set(asked.get() + 1);
                (report.paths)(span)
            };
            let counting = Report { paths: &paths, ..*report };
            write(&counting, format, &TextOptions::default(), &mut io::sink())
                .expect("a sink takes everything");
        });
        assert!(asked.get() <= 1_000, "{format:?} asked {} times", asked.get());
    }
}

#[test]
fn h52_more_results_than_services_take_are_capped_with_a_note() {
    let log = many(25_001).json(Format::Sarif);
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("a list");
    assert_eq!(results.len(), 25_000);
    assert_eq!(results[24_999]["level"], "error", "errors are kept before warnings");
    assert_eq!(
        run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"],
        "25,000 of 25,001 findings are listed, errors first; --format json lists all"
    );
    let mut short = log.clone();
    short["runs"][0]["results"].as_array_mut().expect("a list").truncate(100);
    assert_valid(&short);
    let exact = many(25_000).json(Format::Sarif);
    assert!(exact["runs"][0]["invocations"][0].get("toolExecutionNotifications").is_none());
}

#[test]
fn h52_odd_names_and_control_characters_are_valid() {
    for text in HOSTILE {
        let log = everywhere(text).json(Format::Sarif);
        assert_valid(&log);
        let result = &log["runs"][0]["results"][0];
        assert_eq!(result["message"]["text"], format!("{text}\n{text}"));
        assert_eq!(result["ruleId"], text);
    }
}

#[test]
fn h53_separators_of_the_formats_are_escaped() {
    let text = "::error file=x,line=1::evil\n::stop-commands::x\r%0A%25,:\"\\</failure>]]>";
    let run = everywhere(text);
    let annotations = run.written(Format::Github, &TextOptions::default());
    assert_eq!(annotations.lines().count(), 1);
    let (command, data) = annotations.trim_start_matches("::").split_once("::").expect("a command");
    assert_eq!(command.matches(['=', ',']).count(), 6 + 5 + 2 * 2, "{command}");
    assert!(data.starts_with("::error file=x,line=1::evil%0A::stop-commands::x%0A%250A%2525,:\""), "{data}");
    assert_eq!(run.json(Format::Json)["diagnostics"][0]["message"], text);
    assert_eq!(run.json(Format::Json)["diagnostics"][0]["file"], text);
    let xml = run.written(Format::Junit, &TextOptions::default());
    roxmltree::Document::parse(&xml).expect("valid XML");
}

/// Takes some bytes, then fails as a closed pipe or a full disk does.
struct Full {
    room: usize,
    flushes: bool,
}

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.room.min(bytes.len()) {
            0 if !bytes.is_empty() => Err(io::ErrorKind::StorageFull.into()),
            taken => {
                self.room -= taken;
                Ok(taken)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.flushes { Ok(()) } else { Err(io::ErrorKind::BrokenPipe.into()) }
    }
}

#[test]
fn h55_a_failed_write_is_returned() {
    let run = many(300);
    for &format in Format::ALL {
        let size = run.written(format, &TextOptions::default()).len();
        for room in [0, 1, 100, size / 2, size - 1] {
            let mut out = Full { room, flushes: true };
            let result = run.report(|report| write(report, format, &TextOptions::default(), &mut out));
            assert_eq!(
                result.map_err(|error| error.kind()),
                Err(io::ErrorKind::StorageFull),
                "{format:?} {room}"
            );
        }
        let mut out = Full { room: size, flushes: false };
        let result = run.report(|report| write(report, format, &TextOptions::default(), &mut out));
        assert_eq!(result.map_err(|error| error.kind()), Err(io::ErrorKind::BrokenPipe), "{format:?}");
    }
}

#[test]
fn h56_any_width_gives_a_readable_report_without_escapes() {
    let text = format!("key: {}\n", "long ".repeat(100));
    let run = Run::new(&[("a.yaml", &text)]);
    let at = run.nth(0, "long", 40);
    let run = run.with(Diagnostic::error("some-rule", at, "wrong").label("here").help("word ".repeat(100)));
    let at_width = |width| run.written(Format::Text, &TextOptions { width, ..TextOptions::default() });
    let widest = |width| at_width(width).lines().map(|line| line.chars().count()).max();
    assert_eq!(at_width(0), at_width(40));
    assert_eq!(at_width(1), at_width(40));
    assert_eq!(at_width(10_000), at_width(200));
    assert_eq!(at_width(usize::MAX), at_width(200));
    assert!(widest(0) <= Some(40) && widest(10_000) <= Some(200), "{:?} {:?}", widest(0), widest(10_000));
    assert_only_visible(&at_width(0));
}

#[test]
fn h58_nothing_in_a_design_reaches_the_terminal_raw() {
    for text in HOSTILE {
        for (unicode, quiet) in [(true, false), (false, false), (true, true)] {
            let options = TextOptions { unicode, quiet, ..TextOptions::default() };
            assert_only_visible(&everywhere(text).written(Format::Text, &options));
        }
        for format in [Format::Json, Format::Sarif, Format::Github, Format::Gitlab, Format::Junit] {
            assert_only_visible(&everywhere(text).written(format, &TextOptions::default()));
        }
    }
    insta::assert_snapshot!(everywhere(HOSTILE[1]).text(), @r#"
    error[␛]8;;http://evil.example␛\click␛]8;;␛\]: ␛]8;;http://evil.example␛\click␛]8;;␛\
       ╭─[␛]8;;http://evil.example␛\click␛]8;;␛\:1:1]
     1 │ key: ␛]8;;http://evil.example␛\click␛]8;;␛\
       · ─┬─
       ·  ╰── ␛]8;;http://evil.example␛\click␛]8;;␛\
     2 │ next: ␛]8;;http://evil.example␛\click␛]8;;␛\
       · ──┬─
       ·   ╰── ␛]8;;http://evil.example␛\click␛]8;;␛\
       ╰────
      help: ␛]8;;http://evil.example␛\click␛]8;;␛\

    1 error in 1 file
    "#);
}

#[test]
fn h58_coloured_text_holds_no_escapes_but_our_own() {
    for text in HOSTILE {
        let options = TextOptions { colour: true, ..TextOptions::default() };
        let mut shown = everywhere(text).written(Format::Text, &options);
        for code in ["0", "1", "2", "36", "1;31", "31;1", "34"] {
            shown = shown.replace(&format!("\x1b[{code}m"), "");
        }
        assert_only_visible(&shown);
    }
}
