//! Scalars without quotes.

use super::words::find_block_stop;
use super::{Scalar, Scanner};
use crate::syntax::tree::Style;

impl Scanner<'_> {
    /// Finds where the plain scalar at `start` stops on its line in a block: at a colon or a comment, or at
    /// the end of the line. Spaces before that are not part of it.
    #[inline]
    pub(super) fn plain(&self, start: usize) -> Option<usize> {
        if self.can_begin_plain(start) { self.plain_rest(start) } else { None }
    }

    /// Whether a plain scalar may begin with the byte at `start`.
    #[inline]
    pub(super) fn can_begin_plain(&self, start: usize) -> bool {
        let first = self.byte(start);
        // Almost all begin with a letter or digit.
        first.is_ascii_alphanumeric()
            || match first {
                b'-' => !self.is_gap(start + 1),
                b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>'
                | b'\'' | b'"' | b'%' | b'@' | b'`' | b'\t' | 0 => false,
                _ => true,
            }
    }

    /// As [`Scanner::plain`], for a line that may begin with anything because it continues a scalar.
    #[inline]
    fn plain_rest(&self, start: usize) -> Option<usize> {
        let mut at = start;
        loop {
            at = find_block_stop(self.bytes, at);
            match self.byte(at) {
                b':' if !self.is_gap(at + 1) => at += 1,
                b'#' if !self.is_after_space(at) => at += 1,
                b'\t' => return None,
                _ => return Some(at),
            }
        }
    }

    /// Adds the plain value that has been read from `start` to `stop`, with the lines that continue it.
    #[inline]
    pub(super) fn plain_value(&mut self, start: usize, stop: usize) -> Option<()> {
        self.refuse_root_scalar()?;
        let end = self.trim_spaces(start, stop);
        self.end_plain_line(stop)?;
        if self.column > self.indent() {
            return self.folded_plain_value(start, end);
        }
        self.builder.verbatim(Style::Plain, start, end);
        Some(())
    }

    /// From where a plain scalar stops to the next line with content.
    #[inline]
    fn end_plain_line(&mut self, stop: usize) -> Option<()> {
        self.at = if self.byte(stop) == b'#' { self.line_end(stop) } else { stop };
        self.next_line()
    }

    /// Adds a plain value whose first line has been read and which goes on where the scanner stands.
    #[cold]
    fn folded_plain_value(&mut self, start: usize, mut end: usize) -> Option<()> {
        let mut text = self.text.get(start..end)?.to_owned();
        while self.column > self.indent() {
            self.fold(end, &mut text)?;
            let stop = self.plain_rest(self.at)?;
            if self.byte(stop) == b':' {
                return None;
            }
            end = self.trim_spaces(self.at, stop);
            text.push_str(self.text.get(self.at..end)?);
            self.end_plain_line(stop)?;
        }
        self.add(&Scalar { style: Style::Plain, start, end, decoded: Some(text) });
        Some(())
    }

    /// Adds what the gap between `end` and here means inside a scalar: a space, or its blank lines. A comment
    /// there ends a plain scalar, and what follows is then a mistake.
    pub(super) fn fold(&self, end: usize, text: &mut String) -> Option<()> {
        let gap = self.bytes.get(end..self.at)?;
        if gap.contains(&b'#') {
            return None;
        }
        push_line_ends(gap.iter().filter(|&&byte| byte == b'\n').count(), text);
        Some(())
    }
}

/// Adds what this many line ends in a row mean inside a scalar.
pub(super) fn push_line_ends(count: usize, text: &mut String) {
    match count {
        1 => text.push(' '),
        _ => text.extend(std::iter::repeat_n('\n', count.saturating_sub(1))),
    }
}
