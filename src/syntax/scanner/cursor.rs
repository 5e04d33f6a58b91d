//! Moving over spaces, comments and line ends.

use super::words::{find_line_end, find_non_space};
use super::{END, Scanner};

impl Scanner<'_> {
    /// The byte at `at`; 0, which no text that gets here contains, after the end.
    #[inline]
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// Whether white space or nothing stands at `at`: what makes `:` and `-` indicators.
    #[inline]
    pub(super) fn is_gap(&self, at: usize) -> bool {
        matches!(self.byte(at), b' ' | b'\n' | b'\r' | b'\t' | 0)
    }

    /// Whether the line ends at `at`.
    #[inline]
    pub(super) fn is_line_end(&self, at: usize) -> bool {
        matches!(self.byte(at), b'\n' | b'\r' | 0)
    }

    /// Whether a space stands before `at`: what makes `#` a comment inside a line.
    #[inline]
    pub(super) fn is_after_space(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.byte(before) == b' ')
    }

    /// The first place from `at` on that has no space.
    #[inline]
    pub(super) fn skip_spaces(&self, mut at: usize) -> usize {
        while self.byte(at) == b' ' {
            at += 1;
        }
        at
    }

    /// Where the spaces before `end` begin, but not before `start`.
    #[inline]
    pub(super) fn trim_spaces(&self, start: usize, mut end: usize) -> usize {
        while end > start && self.byte(end - 1) == b' ' {
            end -= 1;
        }
        end
    }

    /// The end of the line that `at` is in, without its CR or LF.
    #[inline]
    pub(super) fn line_end(&self, at: usize) -> usize {
        find_line_end(self.bytes, at)
    }

    /// Moves behind the line end at `at`, if there is one.
    #[inline]
    pub(super) fn skip_line_end(&self, at: usize) -> usize {
        match self.byte(at) {
            b'\r' => at + 2,
            b'\n' => at + 1,
            _ => at,
        }
    }

    /// Ends the line after a value: only spaces and a comment may follow. Moves to the next content.
    #[inline]
    pub(super) fn end_line(&mut self) -> Option<()> {
        let at = self.skip_spaces(self.at);
        if self.byte(at) == b'#' {
            // A comment needs white space before it.
            if at == self.at {
                return None;
            }
            self.at = self.line_end(at);
            return self.next_line();
        }
        self.at = at;
        if self.is_line_end(at) { self.next_line() } else { None }
    }

    /// From a line end to the first character of the next line that has content.
    #[inline]
    pub(super) fn next_line(&mut self) -> Option<()> {
        self.at = self.skip_line_end(self.at);
        self.line_content()
    }

    /// From the start of a line to the first character of the first line that has content.
    pub(super) fn line_content(&mut self) -> Option<()> {
        loop {
            self.line_start = self.at;
            self.at = find_non_space(self.bytes, self.at);
            match self.byte(self.at) {
                b'\n' | b'\r' => self.at = self.skip_line_end(self.at),
                b'#' => self.at = self.skip_line_end(self.line_end(self.at)),
                b'\t' => return None,
                0 => {
                    self.column = END;
                    return Some(());
                }
                first => {
                    self.column = self.column_here();
                    let may_be_marker = self.column == 0 && matches!(first, b'-' | b'.' | b'<' | b'>');
                    return if may_be_marker && self.is_marker() { None } else { Some(()) };
                }
            }
        }
    }

    /// The column of the current place, which only spaces and dashes may precede on its line.
    #[inline]
    pub(super) fn column_here(&self) -> isize {
        isize::try_from(self.at - self.line_start).unwrap_or(isize::MAX)
    }

    /// Whether the line begins like a document marker, or like what git leaves of a merge conflict.
    fn is_marker(&self) -> bool {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        [&b"---"[..], b"...", b"<<<<", b">>>>"].iter().any(|&marker| rest.starts_with(marker))
    }
}
