//! Scalars without quotes.

use super::words::find_block_stop;
use super::{END, Scalar, Scanner};
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
                b'#' if at == start || self.byte(at - 1) != b' ' => at += 1,
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
        let has_comment = self.byte(stop) == b'#';
        self.at = if has_comment { self.line_end(stop) } else { stop };
        self.next_line()?;
        if self.column > self.indent() && !has_comment {
            return self.folded_plain_value(start, end);
        }
        self.builder.verbatim(Style::Plain, start, end);
        Some(())
    }

    /// Adds a plain value whose first line has been read and which may go on where the scanner stands.
    #[cold]
    fn folded_plain_value(&mut self, start: usize, mut end: usize) -> Option<()> {
        let mut text = self.text.get(start..end)?.to_owned();
        let mut continued = false;
        while self.column != END && self.column > self.indent() {
            if !self.fold(end, &mut text)? {
                break;
            }
            continued = true;
            let stop = self.plain_rest(self.at)?;
            if self.byte(stop) == b':' {
                return None;
            }
            end = self.trim_spaces(self.at, stop);
            text.push_str(self.text.get(self.at..end)?);
            let has_comment = self.byte(stop) == b'#';
            self.at = if has_comment { self.line_end(stop) } else { stop };
            self.next_line()?;
            if has_comment {
                break;
            }
        }
        let decoded = continued.then_some(text);
        self.add(&Scalar { style: Style::Plain, start, end, decoded });
        Some(())
    }

    /// Adds what the gap between `end` and here means inside a scalar: a space, or its blank lines. Returns
    /// false when the gap holds a comment, which ends a plain scalar.
    pub(super) fn fold(&self, end: usize, text: &mut String) -> Option<bool> {
        let gap = self.bytes.get(end..self.at)?;
        if gap.contains(&b'#') {
            return Some(false);
        }
        let line_ends = gap.iter().filter(|&&byte| byte == b'\n').count();
        match line_ends {
            0 => return None,
            1 => text.push(' '),
            _ => text.extend(std::iter::repeat_n('\n', line_ends - 1)),
        }
        Some(true)
    }
}
