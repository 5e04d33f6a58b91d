//! One pass over the raw text for what must not stand in it anywhere: control characters, which terminals and
//! editors hide or obey, and the conflict markers of git.

use super::limits::MAX_MISTAKES;
use super::page::Page;
use crate::diagnostic::Diagnostic;
use std::borrow::Cow;
use std::ops::Range;

/// What the pass found.
pub struct Characters<'t> {
    /// The text with every control character replaced by as many `_` as it has bytes, so that offsets hold.
    pub text: Cow<'t, str>,
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether reading the text as YAML would only produce nonsense.
    pub hopeless: bool,
}

/// Looks at every byte once.
pub fn check<'t>(page: &Page<'t>) -> Characters<'t> {
    let (controls, conflict) = suspicious_places(page.text());
    if let Some(at) = conflict {
        return Characters {
            text: page.text().into(),
            diagnostics: vec![conflict_marker(page, at)],
            hopeless: true,
        };
    }
    let diagnostics: Vec<_> =
        controls.iter().take(MAX_MISTAKES).map(|range| control_character(page, range.clone())).collect();
    let mut text = Cow::Borrowed(page.text());
    if !controls.is_empty() {
        let mut copy = String::with_capacity(page.text().len());
        let mut done = 0;
        for range in &controls {
            copy.push_str(page.slice(done..range.start));
            copy.extend(std::iter::repeat_n('_', range.len()));
            done = range.end;
        }
        copy.push_str(page.slice(done..page.text().len()));
        text = Cow::Owned(copy);
    }
    Characters { text, hopeless: controls.len() > MAX_MISTAKES, diagnostics }
}

/// Runs of control characters, and the first conflict marker.
fn suspicious_places(text: &str) -> (Vec<Range<usize>>, Option<usize>) {
    const BLOCK: usize = 64;
    let bytes = text.as_bytes();
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut conflict = None;
    for (number, block) in bytes.chunks(BLOCK).enumerate() {
        // Without branches this runs many bytes at a time; almost every block is clean.
        if !block.iter().fold(false, |found, &byte| found | may_be_suspicious(byte)) {
            continue;
        }
        for at in number * BLOCK..number * BLOCK + block.len() {
            let length = control_length(bytes, at);
            // More than can be shown are only counted until they are too many.
            let full = runs.len() > MAX_MISTAKES;
            match runs.last_mut() {
                Some(last) if last.end == at => last.end += length,
                _ if length > 0 && !full => runs.push(at..at + length),
                _ => {}
            }
            if conflict.is_none() && is_conflict_marker(bytes, at) {
                conflict = Some(at);
            }
        }
    }
    (runs, conflict)
}

fn may_be_suspicious(byte: u8) -> bool {
    let control = (byte < 0x20) & (byte != b'\n') & (byte != b'\r') & (byte != b'\t');
    control | (byte == 0x7f) | (byte == 0xc2) | (byte == 0xef) | (byte == b'<') | (byte == b'>')
}

/// How many bytes the forbidden character at `at` has; 0 when it is allowed or no character begins there.
fn control_length(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some([b'\t' | b'\n' | b'\r', ..]) => 0,
        Some([0..=0x1f | 0x7f, ..]) => 1,
        // C1, except NEL, which YAML allows.
        Some([0xc2, 0x80..=0x84 | 0x86..=0x9f, ..]) => 2,
        // The byte order mark, and the two that are not characters at all.
        Some([0xef, 0xbb, 0xbf, ..] | [0xef, 0xbf, 0xbe | 0xbf, ..]) => 3,
        _ => 0,
    }
}

fn is_conflict_marker(bytes: &[u8], at: usize) -> bool {
    let starts_line = at == 0 || matches!(bytes.get(at - 1), Some(b'\n' | b'\r'));
    let marker = bytes.get(at..at + 7);
    let ends = matches!(bytes.get(at + 7), None | Some(b' ' | b'\n' | b'\r'));
    starts_line && ends && (marker == Some(b"<<<<<<<") || marker == Some(b">>>>>>>"))
}

fn control_character(page: &Page, range: Range<usize>) -> Diagnostic {
    let first = page.slice(range.clone()).chars().next().unwrap_or_default();
    let name = match first {
        '\0' => " (NUL)",
        '\u{1b}' => " (ESC)",
        '\u{7f}' => " (DEL)",
        '\u{8}' => " (backspace)",
        '\u{c}' => " (form feed)",
        '\u{feff}' => " (byte order mark)",
        _ => "",
    };
    let help = match first {
        '\u{feff}' => "delete it: a byte order mark may stand only at the very start of a file".to_owned(),
        other => {
            let code = u32::from(other);
            format!("delete it; a text that needs it holds it as `\\u{code:04x}` in double quotes")
        }
    };
    let message = format!("the control character U+{:04X}{name} stands in the text", u32::from(first));
    Diagnostic::error("control-character", page.span(range), message).help(help)
}

fn conflict_marker(page: &Page, at: usize) -> Diagnostic {
    let opens = page.slice(at..at + 1) == "<";
    let message = "git left a merge conflict here";
    let mut finding = Diagnostic::error("conflict-marker", page.span(page.line(at).range()), message)
        .help("keep one of the two versions and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`");
    let mut line = page.line(at);
    while let Some(next) = page.next_line(&line).filter(|_| opens) {
        line = next;
        let text = page.slice(line.range());
        if text == "=======" {
            finding = finding.related(page.span(line.range()), "the other version begins here");
        } else if is_conflict_marker(text.as_bytes(), 0) {
            if text.starts_with('>') {
                finding = finding.related(page.span(line.range()), "and ends here");
            }
            break;
        }
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn check_text(text: &str, expected: &[(usize, usize, &str)]) -> String {
        let found = check(&Page::new(FileId(0), text));
        let places: Vec<_> = found
            .diagnostics
            .iter()
            .map(|finding| (finding.span.range().start, finding.span.range().end, &*finding.rule))
            .collect();
        assert_eq!(places, expected, "{text:?}");
        assert_eq!(found.text.len(), text.len());
        found.text.into_owned()
    }

    #[test]
    fn each_run_of_control_characters_is_found_with_its_bytes() {
        let text = format!("{}\u{1b}[2J \u{9b}\u{0}x\u{feff}", "a: b\n".repeat(30));
        let control = "control-character";
        let cleaned = check_text(&text, &[(150, 151, control), (155, 158, control), (159, 162, control)]);
        assert!(cleaned.ends_with("_[2J ___x___"));
    }

    #[test]
    fn line_ends_tabs_next_line_and_letters_are_no_controls() {
        check_text("a:\tb\r\n\u{85}\u{2028}é ï \u{fffd} \u{feee}", &[]);
    }

    #[test]
    fn a_conflict_is_one_finding_with_its_other_parts() {
        let text = "a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> topic\n<<<<<<< HEAD\n";
        check_text(text, &[(5, 17, "conflict-marker")]);
        let found = check(&Page::new(FileId(0), text));
        let related: Vec<_> = found.diagnostics[0].related.iter().map(|other| other.span.range()).collect();
        assert_eq!(related, [23..30, 36..49]);
    }

    #[test]
    fn a_marker_needs_seven_characters_at_the_start_of_a_line() {
        check_text("a: x <<<<<<< y\n<<<<<<<<\n<<<<<<<x\n", &[]);
        check_text("a: 1\n>>>>>>> topic\n", &[(5, 18, "conflict-marker")]);
    }
}
