//! Scalars in single and double quotes.

use super::plain::push_line_ends;
use super::words::find_quote_stop;
use super::{Scalar, Scanner};
use crate::syntax::tree::Style;

impl Scanner<'_> {
    /// Reads the quoted scalar at `start` without adding it.
    pub(super) fn quoted(&self, start: usize) -> Option<Scalar> {
        let quote = self.byte(start);
        let inner = start + 1;
        let stop = find_quote_stop(self.bytes, inner, quote);
        let style = if quote == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted };
        let is_plain_end = self.byte(stop) == quote && (quote == b'"' || self.byte(stop + 1) != quote);
        if is_plain_end {
            return Some(Scalar { style, start, end: stop + 1, decoded: None });
        }
        let (end, text) = if quote == b'"' { self.double_quoted(inner)? } else { self.single_quoted(inner)? };
        Some(Scalar { style, start, end, decoded: Some(text) })
    }

    /// From behind the opening quote: the place behind the closing one, and the text.
    #[cold]
    fn single_quoted(&self, inner: usize) -> Option<(usize, String)> {
        let mut text = String::new();
        let mut at = inner;
        loop {
            let stop = find_quote_stop(self.bytes, at, b'\'');
            match self.byte(stop) {
                b'\'' if self.byte(stop + 1) == b'\'' => {
                    text.push_str(self.text.get(at..=stop)?);
                    at = stop + 2;
                }
                b'\'' => {
                    text.push_str(self.text.get(at..stop)?);
                    return Some((stop + 1, text));
                }
                0 => return None,
                _ => at = self.fold_quoted(at, stop, &mut text)?,
            }
        }
    }

    #[cold]
    fn double_quoted(&self, inner: usize) -> Option<(usize, String)> {
        let mut text = String::new();
        let mut at = inner;
        loop {
            let stop = find_quote_stop(self.bytes, at, b'"');
            match self.byte(stop) {
                b'"' => {
                    text.push_str(self.text.get(at..stop)?);
                    return Some((stop + 1, text));
                }
                b'\\' => {
                    text.push_str(self.text.get(at..stop)?);
                    at = self.escape(stop + 1, &mut text)?;
                }
                0 => return None,
                _ => at = self.fold_quoted(at, stop, &mut text)?,
            }
        }
    }

    /// Decodes the escape whose letter stands at `at`; returns the place behind it.
    fn escape(&self, at: usize, text: &mut String) -> Option<usize> {
        let digits = match self.byte(at) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            letter => {
                text.push(simple_escape(letter)?);
                return Some(at + 1);
            }
        };
        let end = at + 1 + digits;
        let written = self.text.get(at + 1..end)?;
        if !written.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        // Surrogates are no characters, so pairs of them are left to the general parser.
        text.push(char::from_u32(u32::from_str_radix(written, 16).ok()?)?);
        Some(end)
    }

    /// Adds the end of a line, from `at` to the line end at `stop`, and what the line ends after it mean.
    /// Returns where the next line with content begins.
    fn fold_quoted(&self, at: usize, stop: usize, text: &mut String) -> Option<usize> {
        text.push_str(self.text.get(at..self.trim_spaces(at, stop))?);
        let mut line_ends = 0_usize;
        let mut next = stop;
        loop {
            let line_start = self.skip_line_end(next);
            line_ends += 1;
            next = self.skip_spaces(line_start);
            match self.byte(next) {
                b'\n' | b'\r' => {}
                b'\t' | 0 => return None,
                _ => {
                    let column = isize::try_from(next - line_start).ok()?;
                    // At column 0 the line could be a document marker.
                    if column == 0 || column <= self.indent() || self.ends_with_tab(at, stop) {
                        return None;
                    }
                    break;
                }
            }
        }
        push_line_ends(line_ends, text);
        Some(next)
    }

    /// Whether a tab is among the white space that ends the line: it would be folded away.
    fn ends_with_tab(&self, at: usize, stop: usize) -> bool {
        let end = self.trim_spaces(at, stop);
        end > at && self.byte(end - 1) == b'\t'
    }
}

fn simple_escape(letter: u8) -> Option<char> {
    Some(match letter {
        b'0' => '\0',
        b'a' => '\x07',
        b'b' => '\x08',
        b't' => '\t',
        b'n' => '\n',
        b'v' => '\x0B',
        b'f' => '\x0C',
        b'r' => '\r',
        b'e' => '\x1B',
        b' ' => ' ',
        b'"' => '"',
        b'/' => '/',
        b'\\' => '\\',
        b'N' => '\u{85}',
        b'_' => '\u{A0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        _ => return None,
    })
}
