//! H01 to H12: bytes and encoding.

use super::{check, check_good, message, outcome};

#[test]
fn h01_nothing_to_read() {
    for text in ["", "\n \n\t\n", "# only\n# comments\n", "---\n", "--- # nothing\n...\n"] {
        let outcome = check(text, &["empty-design 1:1"]);
        assert_eq!(outcome.nodes(), 0);
        message(&outcome, "sysdesign: 1\nname: My system");
    }
}

#[test]
fn h01_the_smallest_design_that_is_shown_is_good() {
    let help = outcome("").findings[0].help.clone().unwrap();
    let design = &help[help.find("sysdesign:").unwrap()..];
    let outcome = check(design, &[]);
    let keys: Vec<_> = outcome.root().unwrap().entries().map(|(key, _)| key.text()).collect();
    assert_eq!(keys, ["sysdesign", "name", "components", "flows"]);
}

#[test]
fn h02_byte_order_mark_at_the_start() {
    let outcome = check("\u{feff}name: x\n", &[]);
    let (key, value) = outcome.root().unwrap().entries().next().unwrap();
    assert_eq!((key.text(), outcome.sources.position(value.span()).column), ("name", 7));
    check("\u{feff}name: @\n", &["yaml-syntax 1:7"]);
}

#[test]
fn h03_byte_order_mark_in_the_middle() {
    check("a: 1\n\u{feff}b: 2\n", &["control-character 2:1"]);
    check("\u{feff}\u{feff}a: 1\n", &["control-character 1:1"]);
}

#[test]
fn h04_other_encodings() {
    let text = "name: Café\n";
    let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let utf32 = |text: &str| text.chars().flat_map(|char| u32::from(char).to_le_bytes()).collect::<Vec<u8>>();
    let marked = format!("\u{feff}{text}");
    let cases = [
        (little(&marked), "iconv -f UTF-16 -t UTF-8", "UTF-16 (little endian)"),
        (big(&marked), "iconv -f UTF-16 -t UTF-8", "UTF-16 (big endian)"),
        (little(text), "iconv -f UTF-16LE -t UTF-8", "without a byte order mark"),
        (big(text), "iconv -f UTF-16BE -t UTF-8", "without a byte order mark"),
        (utf32(&marked), "iconv -f UTF-32 -t UTF-8", "UTF-32"),
    ];
    for (bytes, convert, name) in cases {
        let outcome = check(bytes, &["invalid-encoding 1:1"]);
        message(&outcome, convert);
        message(&outcome, name);
        assert_eq!(outcome.sources.get(outcome.file).text(), text);
    }
}

#[test]
fn h05_not_utf_8() {
    let outcome = check(b"sysdesign: 1\nname: Caf\xe9 au lait\n".to_vec(), &["invalid-encoding 2:10"]);
    message(&outcome, "byte 0xE9 at offset 22 (line 2) is not UTF-8, after `name: Caf`");
    message(&outcome, "`iconv -f ISO-8859-1 -t UTF-8`");
    let outcome = check(b"a: 1\nb: \xe2\x82".to_vec(), &["invalid-encoding 2:4"]);
    message(&outcome, "ends in the middle of a character, at byte 8 (line 2), after `b: `");
    let outcome = check(b"\xef\xbb\xbfa: \xff".to_vec(), &["invalid-encoding 1:4"]);
    message(&outcome, "at offset 6 (line 1)");
    check(b"a: 1\n\x93b\x94".to_vec(), &["invalid-encoding 2:1"]);
}

#[test]
fn h06_nul() {
    let outcome = check("a: b\0c\nd: @\n", &["control-character 1:5", "yaml-syntax 2:4"]);
    message(&outcome, "U+0000 (NUL)");
    check("a: 1\n\0garbage: [\n", &["control-character 2:1", "yaml-syntax 2:11"]);
}

#[test]
fn h07_raw_control_characters() {
    for (char, name) in [('\u{1b}', "U+001B (ESC)"), ('\u{7f}', "U+007F (DEL)"), ('\u{9b}', "U+009B")] {
        let outcome = check(
            format!("a: x{char}y\n\"b\": 'z{char}'\n"),
            &["control-character 1:5", "control-character 2:8"],
        );
        message(&outcome, name);
        let tree = outcome.tree();
        assert!(tree.contains("\"b\""), "the rest is read: {tree}");
    }
    let many = outcome("a\u{1}".repeat(1000));
    assert!(many.places().len() <= 20, "{}", many.places().len());
}

#[test]
fn h08_escaped_control_character() {
    let outcome = check(r#"name: "\e[2J""#, &[]);
    assert_eq!(outcome.root().unwrap().get("name").unwrap().text(), "\u{1b}[2J");
}

#[test]
fn h09_line_ends() {
    let text = "a: 1\nb:\n  - x\n  - \"y\n    z\"\nc: |\n  k\n\n  l\nd: p\n  q\n";
    let expected = check(text, &[]);
    for line_end in ["\r\n", "\r"] {
        let other = check(text.replace('\n', line_end), &[]);
        assert_eq!(other.tree(), expected.tree(), "{line_end:?}");
        let columns = |outcome: &super::Outcome| -> Vec<(u32, u32, u32, u32)> {
            let nodes = outcome.parsed.as_ref().unwrap().tree.nodes(&outcome.sources);
            let place = |span| outcome.sources.position(span);
            nodes
                .map(|node| place(node.span()))
                .map(|at| (at.line, at.column, at.end_line, at.end_column))
                .collect()
        };
        assert_eq!(columns(&other), columns(&expected), "{line_end:?}");
    }
    check("a: 1\r\nb: 2\n\rc: @\r", &["yaml-syntax 4:4"]);
    check_good("a: x\u{2028}b:y\u{85}c\u{2029}d\n", "{\"a\": \"x\\u{2028}b:y\\u{85}c\\u{2029}d\"}");
}

#[test]
fn h10_texts_that_look_like_others_are_read_as_written() {
    for text in ["\u{202e}abc\u{202c}", "a\u{200b}b", "\u{430}pi", "e\u{301}", "\u{e9}"] {
        let outcome = check(format!("{text}: \"{text}\"\n"), &[]);
        let (key, value) = outcome.root().unwrap().entries().next().unwrap();
        assert_eq!((key.text(), value.text()), (text, text));
    }
    // Texts that only look alike are different keys.
    check("api: 1\n\u{430}pi: 2\ne\u{301}: 3\n\u{e9}: 4\n", &[]);
}

#[test]
fn h11_sizes() {
    let limit = 16 * 1024 * 1024;
    let outcome = check(format!("a: {}\n", "x".repeat(limit - 3)), &["limit-exceeded 1:1"]);
    message(&outcome, "16,777,217 bytes, more than the limit of 16,777,216");
    assert_eq!(outcome.nodes(), 0);
    assert_eq!(check(format!("a: {}\n", "x".repeat(limit - 4)), &[]).nodes(), 3);
    assert_eq!(check(format!("a: [{}]\n", "b, ".repeat(700_000)), &[]).nodes(), 700_003);
}

#[test]
fn h12_not_text() {
    let random: Vec<u8> =
        (0..4096_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect();
    let cases = [
        (b"\x7fELF\x02\x01\x01\0\0\0".to_vec(), "an ELF program"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "a PNG picture"),
        (b"PK\x03\x04abc".to_vec(), "a ZIP archive"),
        (vec![0; 100_000], "control characters"),
        (random, "NUL bytes"),
    ];
    for (bytes, name) in cases {
        let outcome = check(bytes, &["invalid-encoding 1:1"]);
        message(&outcome, "this is not a text file");
        message(&outcome, name);
        assert!(outcome.parsed.is_none());
    }
}
