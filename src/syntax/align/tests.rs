use crate::source::{SourceFile, Sources};
use crate::syntax::{Node, parse};

/// Finds `part` in the value of the only key of `text` and gives the characters of the source that it came
/// from.
fn source_of(text: &str, part: &str) -> String {
    with_value(text, |sources, value| {
        let start = value.text().find(part).unwrap_or_else(|| panic!("{part:?} in {:?}", value.text()));
        sources.text(value.subspan(start..start + part.len())).to_owned()
    })
}

fn with_value<T>(text: &str, read: impl FnOnce(&Sources, Node) -> T) -> T {
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new("a.yaml", text)).unwrap();
    let parsed = parse(&sources, file);
    assert!(parsed.diagnostics.is_empty(), "{text:?} {parsed:?}");
    read(&sources, parsed.tree.root(&sources).unwrap().entries().next().unwrap().1)
}

#[track_caller]
fn check(text: &str, part: &str, expected: &str) {
    assert_eq!(source_of(text, part), expected, "{part:?} in {text:?}");
}

#[test]
fn escapes_of_double_quotes_are_found_whole() {
    check(r#"k: "a \"b\" \x63d\u00e9""#, "b", "b");
    check(r#"k: "a \"b\" \x63d\u00e9""#, "\"b\"", "\\\"b\\\"");
    check(r#"k: "a \"b\" \x63d\u00e9""#, "cdé", r"\x63d\u00e9");
    check(r#"k: "x\ud83d\ude00y""#, "😀", r"\ud83d\ude00");
    check(r#"k: "x\ny""#, "y", "y");
}

#[test]
fn two_single_quotes_are_one() {
    check("k: 'it''s late'", "'s", "''s");
    check("k: 'it''s late'", "late", "late");
}

#[test]
fn folded_lines_are_found_behind_their_line_ends() {
    check("k: one two\n  three\n\n  four", "two three", "two\n  three");
    check("k: one two\n  three\n\n  four", "\n", "\n\n  ");
    check("k: one two\n  three\n\n  four", "four", "four");
    check("k: \"one \\\n  two\r\n\r\n  three\"", "two", "two");
    check("k: \"one \\\n  two\r\n\r\n  three\"", "three", "three");
    check("k: 'one\n\n\n  two'", "\n\ntwo", "\n\n\n  two");
}

#[test]
fn block_texts_are_found_behind_their_indentation() {
    check("k: |\n  one\n    two\n\n  three\n", "two", "two");
    check("k: |\n  one\n    two\n\n  three\n", "  two", "  two");
    check("k: |\n  one\n    two\n\n  three\n", "three\n", "three");
    check("k: |2- # note\n    one\n   two\n", "one", "one");
    check("k: |2- # note\n    one\n   two\n", " two", " two");
    check("k: >\n\n  one\n  two\n\n  three\n   four\n  five\n", "one two", "one\n  two");
    check("k: >\n\n  one\n  two\n\n  three\n   four\n  five\n", " four", " four");
    check("k: >\n\n  one\n  two\n\n  three\n   four\n  five\n", "five", "five");
}

/// A stream of numbers that is the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn pick<'p>(&mut self, parts: &[&'p str]) -> &'p str {
        parts[self.below(parts.len())]
    }
}

fn joined(random: &mut Random, parts: &[&str]) -> String {
    (0..random.below(12)).map(|_| random.pick(parts)).collect()
}

fn scalar(random: &mut Random) -> String {
    let common = ["a", "b c", "é", "😀", " ", "  ", "#", "x#y", "\n  ", "\n\n  ", " \n   ", "\n \n   z"];
    let parts = |more: &[&'static str]| [&common[..], more].concat();
    match random.below(5) {
        0 => format!("p{}q", joined(random, &parts(&["-", "'", "\"", "\\", "[", "?"]))),
        1 => format!("'{}'", joined(random, &parts(&["''", "\"", "\\", ": ", "[a]"]))),
        2 => {
            let escapes =
                ["\\x41", "\\u00e9", "\\U0001F600", "\\ud83d\\ude00", "\\\\", "\\\"", "\\n", "\\t", "\\ "];
            let more =
                [&escapes[..], &["\\\n  ", "\\\n\n  ", "\\\n", "'", ": ", "\\/", "\\_", "\t"]].concat();
            format!("\"{}\"", joined(random, &parts(&more)))
        }
        _ => {
            let header = ["|", ">", "|-", ">-", "|+", ">+", "|2", ">1-", "| # note", ">+ # | x"];
            let lines = [
                "\n  a",
                "\n  b c",
                "\n   d",
                "\n    é  ",
                "\n",
                "\n\n",
                "\n  😀",
                "\n  \tt",
                "\n  # e",
                "\n ",
            ];
            format!("{}{}\n", random.pick(&header), joined(random, &lines))
        }
    }
}

#[test]
fn every_visible_character_is_found() {
    let mut random = Random(7);
    let (mut scalars, mut characters) = (0, 0);
    for _ in 0..20_000 {
        let mut text = format!("k: {}", scalar(&mut random));
        if random.below(4) == 0 {
            text = text.replace('\n', "\r\n");
        }
        let mut sources = Sources::new();
        let file = sources.add(SourceFile::new("a.yaml", &*text)).unwrap();
        let parsed = parse(&sources, file);
        let root = parsed.tree.root(&sources).filter(|_| parsed.diagnostics.is_empty());
        let Some((_, value)) = root.and_then(|root| root.entries().next()) else { continue };
        scalars += usize::from(!value.is_verbatim());
        let mut last = 0;
        for (at, char) in value.text().char_indices() {
            let span = value.subspan(at..at + char.len_utf8());
            assert!(text.is_char_boundary(span.range().start) && text.is_char_boundary(span.range().end));
            assert!(span.range().start >= last, "{text:?} goes back at {at}");
            last = span.range().start;
            if char.is_whitespace() {
                continue;
            }
            characters += 1;
            let written = sources.text(span);
            let decoded = match written {
                "''" => "'".to_owned(),
                _ if written.starts_with('\\') && written.len() > 1 => {
                    with_value(&format!("k: \"{written}\""), |_, value| value.text().to_owned())
                }
                _ => written.to_owned(),
            };
            assert_eq!(decoded, char.to_string(), "{written:?} for {char:?} at {at} of {text:?}");
        }
    }
    assert!(scalars > 5_000 && characters > 40_000, "{scalars} scalars with {characters} characters");
}
