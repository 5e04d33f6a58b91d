//! The one way of foreign text to a terminal: whatever would steer the terminal or hide is made visible.
//!
//! A design is written by somebody else. An escape character in a name can move the cursor, change the title
//! or fill the clipboard; bidi controls show text in another order than it stands in the file; zero-width
//! characters make two names look equal. All of them are shown as a sign of their own.

use std::fmt;

/// Which signs stand for what cannot be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signs {
    /// `␛`, `…`.
    Unicode,
    /// `<U+001B>`, `...`.
    Ascii,
}

impl Signs {
    /// What stands where text was cut.
    pub fn ellipsis(self) -> &'static str {
        match self {
            Self::Unicode => "…",
            Self::Ascii => "...",
        }
    }
}

/// Text that is safe to show. The writers for people take nothing else.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Visible(String);

impl Visible {
    /// Text on one line; a line break becomes a sign, a tab a space.
    pub fn line(text: &str, signs: Signs) -> Self {
        let mut shown = String::with_capacity(text.len());
        for character in text.chars() {
            push(&mut shown, if character == '\t' { ' ' } else { character }, signs);
        }
        Self(shown)
    }

    /// Text whose lines stay lines; every kind of line break becomes `\n`.
    pub fn lines(text: &str, signs: Signs) -> Self {
        let unified = text.replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<String> = unified.split('\n').map(|line| Self::line(line, signs).0).collect();
        Self(lines.join("\n"))
    }

    /// At most this many columns, the sign for a cut included.
    #[must_use]
    pub fn cut(self, columns: usize, signs: Signs) -> Self {
        let end = signs.ellipsis();
        let room = columns.saturating_sub(end.chars().count());
        let (mut used, mut fitting) = (0, 0);
        for (at, character) in self.0.char_indices() {
            used += width(character);
            if used <= room {
                fitting = at + character.len_utf8();
            }
            if used > columns {
                return Self(format!("{}{end}", self.0.get(..fitting).unwrap_or_default()));
            }
        }
        self
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Visible {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Appends a character, or the sign that stands for it.
pub(super) fn push(out: &mut String, character: char, signs: Signs) {
    let code = u32::from(character);
    if is_safe(character) {
        out.push(character);
    } else if let (Signs::Unicode, Some(picture)) = (signs, control_picture(code)) {
        out.push(picture);
    } else {
        out.push_str(&format!("<U+{code:04X}>"));
    }
}

fn control_picture(code: u32) -> Option<char> {
    match code {
        0..=0x1f => char::from_u32(0x2400 + code),
        0x7f => Some('␡'),
        _ => None,
    }
}

/// Whether a terminal shows the character where it stands, and shows that it is there.
pub(super) fn is_safe(character: char) -> bool {
    !matches!(
        u32::from(character),
        0..=0x1f                    // C0 controls
        | 0x7f..=0x9f               // delete, C1 controls
        | 0xad                      // soft hyphen
        | 0x34f                     // combining grapheme joiner
        | 0x61c                     // Arabic letter mark
        | 0x115f | 0x1160 | 0x3164 | 0xffa0 // Hangul fillers
        | 0x17b4 | 0x17b5           // Khmer inherent vowels
        | 0x180b..=0x180f           // Mongolian selectors and separator
        | 0x200b..=0x200f           // zero-width spaces and joiners, bidi marks
        | 0x2028..=0x202e           // line and paragraph separators, bidi embeddings and overrides
        | 0x2060..=0x206f           // word joiner, invisible operators, bidi isolates
        | 0xfeff                    // byte order mark
        | 0xfff0..=0xfffb           // interlinear annotation
        | 0x1d173..=0x1d17a         // musical controls
        | 0xe0000..=0xe0fff         // tags and supplementary variation selectors
    )
}

/// Columns that a safe character takes at most. East Asian letters and emoji take two.
pub(super) fn width(character: char) -> usize {
    match u32::from(character) {
        0x1100..=0x115f
        | 0x231a..=0x231b
        | 0x2329..=0x232a
        | 0x23e9..=0x23f3
        | 0x25fd..=0x27bf
        | 0x2b1b..=0x2b55
        | 0x2e80..=0xa4cf
        | 0xa960..=0xa97f
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe10..=0xfe6f
        | 0xff01..=0xff60
        | 0xffe0..=0xffe6
        | 0x16fe0..=0x1b2ff
        | 0x1f000..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(Visible::line(text, Signs::Unicode).as_str(), expected);
    }

    #[test]
    fn escapes_and_controls_become_pictures() {
        check("\x1b[2J", "␛[2J");
        check("a\0b\x7f\u{9b}31m", "a␀b␡<U+009B>31m");
        check("two\nlines\tand a tab", "two␊lines and a tab");
    }

    #[test]
    fn what_hides_or_reorders_is_named() {
        check("\u{202e}txt.exe", "<U+202E>txt.exe");
        check("a\u{200b}b\u{feff}\u{2066}\u{e0041}", "a<U+200B>b<U+FEFF><U+2066><U+E0041>");
    }

    #[test]
    fn other_languages_and_emoji_stay() {
        check("größe 日本語 שלום ❤️ 🦀", "größe 日本語 שלום ❤️ 🦀");
    }

    #[test]
    fn ascii_signs_hold_no_other_character() {
        assert_eq!(Visible::line("\x1b\n\u{85}", Signs::Ascii).as_str(), "<U+001B><U+000A><U+0085>");
    }

    #[test]
    fn lines_stay_lines_whatever_ends_them() {
        assert_eq!(Visible::lines("a\r\nb\rc\nd\x1b", Signs::Unicode).as_str(), "a\nb\nc\nd␛");
    }

    #[test]
    fn a_cut_text_fits_and_says_so() {
        let cut = |text: &str, columns| Visible::line(text, Signs::Unicode).cut(columns, Signs::Unicode).0;
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcdefg", 6), "abcde…");
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("abc", 0), "…");
    }

    #[test]
    fn every_character_of_unicode_is_shown_safely() {
        for character in '\0'..=char::MAX {
            for signs in [Signs::Unicode, Signs::Ascii] {
                let shown = Visible::line(&character.to_string(), signs);
                assert!(!shown.as_str().is_empty() && shown.as_str().chars().all(is_safe), "{character:?}");
            }
        }
    }
}
