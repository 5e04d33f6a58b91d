//! Findings → texts in which they are mended. Only the characters that are wrong change: comments and layout stay.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::source::{FileId, Sources, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A replacement that fits the text as it is written.
struct Placed<'a> {
    file: FileId,
    range: Range<usize>,
    right: &'a str,
}

/// The new texts of the files in which findings can be mended, and how many findings that mends.
///
/// Of two fixes that touch the same characters the first is taken; the second gets its turn when the new text has been
/// checked again.
pub fn mended(
    sources: &Sources,
    findings: &[Diagnostic],
    unsafe_too: bool,
) -> (BTreeMap<FileId, String>, usize) {
    let wanted = |fix: &&Fix| fix.is_safe || unsafe_too;
    let mut taken: BTreeMap<FileId, BTreeMap<usize, (usize, &str)>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut count = 0;
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(wanted) {
        let placed: Option<Vec<Placed<'_>>> = fix.edits.iter().map(|edit| place(sources, edit)).collect();
        let Some(placed) = placed.filter(|placed| !placed.is_empty()) else { continue };
        // A slip that several variants share is one slip.
        let key: Vec<_> =
            placed.iter().map(|one| (one.file, one.range.start, one.range.end, one.right)).collect();
        if !seen.insert(key) {
            continue;
        }
        let free = |one: &Placed<'_>| taken.get(&one.file).is_none_or(|edits| is_free(edits, &one.range));
        if placed.iter().all(free) {
            count += 1;
            for one in placed {
                taken.entry(one.file).or_default().insert(one.range.start, (one.range.end, one.right));
            }
        }
    }
    let texts = taken.into_iter().map(|(file, edits)| (file, applied(sources.get(file).text(), &edits)));
    (texts.collect(), count)
}

/// The places of a fix and what belongs there; `None` when the source says something there in another way.
pub fn edits<'a>(sources: &Sources, fix: &'a Fix) -> Option<Vec<(Span, &'a str)>> {
    let placed = fix.edits.iter().map(|edit| {
        let placed = place(sources, edit)?;
        Some((Span::new(placed.file, placed.range.start, placed.range.end), placed.right))
    });
    placed.collect::<Option<Vec<_>>>().filter(|edits| !edits.is_empty())
}

/// Whether nothing that is taken touches a range. Two insertions at one place touch as well.
fn is_free(taken: &BTreeMap<usize, (usize, &str)>, range: &Range<usize>) -> bool {
    let before = taken.range(..=range.start).next_back();
    let after = taken.range(range.start..).next();
    before.is_none_or(|(start, (end, _))| *end <= range.start && *start != range.start)
        && after.is_none_or(|(start, _)| range.end <= *start && *start != range.start)
}

fn applied(text: &str, edits: &BTreeMap<usize, (usize, &str)>) -> String {
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for (start, (end, right)) in edits {
        new.push_str(text.get(at..*start).unwrap_or_default());
        new.push_str(right);
        at = *end;
    }
    new.push_str(text.get(at..).unwrap_or_default());
    new
}

/// Where an edit applies, when the source says there what the reader has read: plainly, or between quotes.
fn place<'a>(sources: &Sources, edit: &'a Edit) -> Option<Placed<'a>> {
    let text = sources.text(edit.span);
    let range = edit.span.range();
    let range = if text == edit.wrong {
        range
    } else {
        let quoted = ['"', '\''].into_iter().find_map(|quote| {
            text.strip_prefix(quote)?.strip_suffix(quote).filter(|inner| *inner == edit.wrong)
        });
        quoted.map(|_| range.start + 1..range.end - 1)?
    };
    Some(Placed { file: edit.span.file, range, right: &edit.right })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;
    use crate::suggest::Near;

    /// What becomes of a text whose words are wrong, each with what is meant and whether that is sure.
    fn check(text: &str, slips: &[(&str, &str, bool)], unsafe_too: bool, expected: &str) {
        let mut sources = Sources::new();
        let file = sources.add(SourceFile::new("a.yaml", text)).unwrap();
        let findings: Vec<Diagnostic> = slips
            .iter()
            .map(|(wrong, right, is_sure)| {
                let at = text.find(wrong).unwrap();
                let span = Span::new(file, at, at + wrong.len());
                let read = wrong.trim_matches(['"', '\'']);
                Diagnostic::error("unknown-key", span, "x")
                    .meant(read, Near { word: right, is_sure: *is_sure })
            })
            .collect();
        let (texts, _) = mended(&sources, &findings, unsafe_too);
        assert_eq!(texts.get(&file).map_or(text, |text| text.as_str()), expected);
    }

    #[test]
    fn only_the_wrong_characters_change() {
        check(
            "a:  knid # ä\r\nb: 'knd'\r\n",
            &[("knid", "kind", true), ("'knd'", "kind", true)],
            false,
            "a:  kind # ä\r\nb: 'kind'\r\n",
        );
    }

    #[test]
    fn what_is_not_sure_waits_until_somebody_asks_for_it() {
        check("a: knid", &[("knid", "kind", false)], false, "a: knid");
        check("a: knid", &[("knid", "kind", false)], true, "a: kind");
    }

    #[test]
    fn of_two_fixes_in_one_place_the_first_is_taken() {
        check("a: one two", &[("one two", "three", true), ("two", "four", true)], false, "a: three");
        check("a: one two", &[("one ", "1 ", true), ("two", "2", true)], false, "a: 1 2");
    }

    #[test]
    fn what_is_written_with_an_escape_is_left_alone() {
        let text = r#"a: "kn\x69d""#;
        let mut sources = Sources::new();
        let file = sources.add(SourceFile::new("a.yaml", text)).unwrap();
        let span = Span::new(file, 3, text.len());
        let finding = Diagnostic::error("unknown-key", span, "x").instead("knid", "kind", true);
        assert_eq!(mended(&sources, &[finding], true).0, BTreeMap::new());
    }
}
