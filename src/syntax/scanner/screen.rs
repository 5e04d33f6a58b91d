//! A first look at all bytes, so that the scanner proper need not think about control characters, byte order
//! marks or other characters that some tools take for a line end.
//!
//! All loops fold without branches: the compiler turns them into vector instructions.

/// Whether the text has only characters whose meaning is beyond doubt.
pub(super) fn is_ordinary(bytes: &[u8]) -> bool {
    if u32::try_from(bytes.len()).is_err() {
        return false;
    }
    let (mut control, mut non_ascii, mut returns) = (false, false, false);
    for &byte in bytes {
        control |= (byte < b' ') & (byte != b'\n') & (byte != b'\r') & (byte != b'\t') | (byte == 0x7F);
        non_ascii |= byte >= 0x80;
        returns |= byte == b'\r';
    }
    let doubtful = control || returns && has_lone_return(bytes) || non_ascii && has_doubtful_character(bytes);
    !doubtful
}

/// Whether a CR stands without its LF.
fn has_lone_return(bytes: &[u8]) -> bool {
    let next = bytes.get(1..).unwrap_or(&[]);
    let inside = bytes
        .iter()
        .zip(next)
        .fold(false, |found, (&byte, &next)| found | ((byte == b'\r') & (next != b'\n')));
    inside | (bytes.last() == Some(&b'\r'))
}

/// Whether the text has a C1 control (NEL among them), a line or paragraph separator, a byte order mark, or
/// one of the two non-characters that end the basic plane.
fn has_doubtful_character(bytes: &[u8]) -> bool {
    let next = bytes.get(1..).unwrap_or(&[]);
    let third = bytes.get(2..).unwrap_or(&[]);
    let two = bytes
        .iter()
        .zip(next)
        .fold(false, |found, (&first, &second)| found | ((first == 0xC2) & (second < 0xA0)));
    let three = bytes.iter().zip(next).zip(third).fold(false, |found, ((&first, &second), &third)| {
        let separator = (first == 0xE2) & (second == 0x80) & ((third & 0xFE) == 0xA8);
        let mark = (first == 0xEF) & (second == 0xBB) & (third == 0xBF);
        let non_character = (first == 0xEF) & (second == 0xBF) & (third >= 0xBE);
        found | separator | mark | non_character
    });
    two | three
}

#[cfg(test)]
mod tests {
    use super::is_ordinary;

    fn check(ordinary: bool, texts: &[&str]) {
        for text in texts {
            assert_eq!(is_ordinary(text.as_bytes()), ordinary, "{text:?}");
        }
    }

    #[test]
    fn text_in_any_script_is_ordinary() {
        check(true, &["", "a: b\n", "\tx\r\n", "ä: 日本語、テスト\u{a0}", "👍 ~ \u{fffd} \u{2027} \u{202a}"]);
    }

    #[test]
    fn control_characters_and_odd_line_ends_are_not() {
        check(false, &["\0", "a\u{1b}b", "\u{7f}", "a\rb", "a\r", "\r\r\n", "\u{b}", "\u{c}", "\u{1f}"]);
        check(
            false,
            &["\u{80}", "a\u{85}b", "\u{9f}", "\u{2028}", "x\u{2029}", "\u{feff}", "\u{fffe}", "\u{ffff}"],
        );
    }
}
