//! A text seen as lines, the way its author sees it: what explains mistakes works on this.

use crate::source::{FileId, Span};
use std::ops::Range;

/// The text of one file.
#[derive(Clone, Copy)]
pub struct Page<'t> {
    file: FileId,
    text: &'t str,
}

/// One line, as byte offsets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// The first byte.
    pub start: usize,
    /// One past the last byte, the line end not included.
    pub end: usize,
    /// The first byte that is neither a space nor a tab; `end` in a blank line.
    pub content: usize,
}

impl Line {
    /// All bytes of the line.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// How far the content is indented, in bytes.
    pub fn indent(self) -> usize {
        self.content - self.start
    }

    /// Whether nothing is written on the line.
    pub fn is_blank(self) -> bool {
        self.content == self.end
    }
}

impl<'t> Page<'t> {
    /// The text of `file`.
    pub fn new(file: FileId, text: &'t str) -> Self {
        Self { file, text }
    }

    /// The whole text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The file it is.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The characters in a range of bytes; empty when the range does not fit.
    pub fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or("")
    }

    /// The characters from an offset to the end.
    pub fn from(&self, at: usize) -> &'t str {
        self.slice(at..self.text.len())
    }

    /// The byte at an offset.
    pub fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The character at an offset.
    pub fn char(&self, at: usize) -> Option<char> {
        self.from(at).chars().next()
    }

    /// The span of a range of bytes, moved onto character boundaries and into the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        let boundary = |at: usize| {
            let at = at.min(self.text.len());
            (0..=at).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0)
        };
        Span::new(self.file, boundary(range.start), boundary(range.end))
    }

    /// The span of the character at an offset; empty at the end of the text.
    pub fn char_span(&self, at: usize) -> Span {
        let length = self.char(at).filter(|char| !matches!(char, '\n' | '\r')).map_or(0, char::len_utf8);
        self.span(at..at + length)
    }

    /// The line that holds the byte at an offset.
    pub fn line(&self, at: usize) -> Line {
        let bytes = self.text.as_bytes();
        let at = at.min(bytes.len());
        let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r');
        // An offset between CR and LF belongs to the line that they end.
        let within_break = at > 0 && bytes.get(at - 1) == Some(&b'\r') && bytes.get(at) == Some(&b'\n');
        let at = if within_break { at - 1 } else { at };
        let before = bytes.get(..at).unwrap_or_default();
        let start = before.iter().rposition(is_break).map_or(0, |last| last + 1);
        let rest = bytes.get(at..).unwrap_or_default();
        let end = rest.iter().position(is_break).map_or(bytes.len(), |length| at + length);
        let line = bytes.get(start..end).unwrap_or_default();
        let blanks = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        Line { start, end, content: start + blanks }
    }

    /// The line after a line.
    pub fn next_line(&self, line: &Line) -> Option<Line> {
        let next = match self.byte(line.end)? {
            b'\r' if self.byte(line.end + 1) == Some(b'\n') => line.end + 2,
            _ => line.end + 1,
        };
        Some(self.line(next))
    }

    /// The line before a line.
    pub fn previous_line(&self, line: &Line) -> Option<Line> {
        Some(self.line(line.start.checked_sub(1)?))
    }

    /// The lines from the one at an offset on.
    pub fn lines_from(&self, at: usize) -> impl Iterator<Item = Line> + use<'t> {
        let page = *self;
        std::iter::successors(Some(self.line(at)), move |line| page.next_line(line))
    }

    /// The lines above the one at an offset, nearest first.
    pub fn lines_above(&self, at: usize) -> impl Iterator<Item = Line> + use<'t> {
        let page = *self;
        std::iter::successors(self.previous_line(&self.line(at)), move |line| page.previous_line(line))
    }

    /// What is written on a line, without indentation, comment and blanks at the end.
    pub fn content(&self, line: &Line) -> &'t str {
        let text = self.slice(line.content..line.end);
        without_comment(text).trim_end()
    }

    /// The nearest line above that holds more than a comment.
    pub fn line_with_content_above(&self, at: usize) -> Option<Line> {
        self.lines_above(at).find(|line| !self.content(line).is_empty())
    }

    /// The number of a line as people count.
    pub fn line_number(&self, at: usize) -> usize {
        let (before, bytes) = (self.line(at).start, self.text.as_bytes());
        let ends = |at: usize| match bytes.get(at) {
            Some(b'\n') => true,
            Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        1 + (0..before).filter(|&at| ends(at)).count()
    }
}

/// The part of a line before its comment. Quotes hide a `#`.
pub fn without_comment(line: &str) -> &str {
    let mut quote = None;
    let mut previous = ' ';
    for (at, char) in line.char_indices() {
        match (quote, char) {
            (None, '#') if previous.is_ascii_whitespace() => return line.get(..at).unwrap_or(line),
            // A quote in the middle of a word is an apostrophe.
            (None, '"' | '\'') if !previous.is_alphanumeric() => quote = Some(char),
            (Some('"'), _) if previous == '\\' => {}
            (Some(open), _) if open == char => quote = None,
            _ => {}
        }
        previous = if previous == '\\' && char == '\\' { ' ' } else { char };
    }
    line
}

/// Where the `:` that makes a key of the beginning of `text` stands: outside quotes and followed by a blank or
/// nothing.
pub fn key_colon(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        match (quote, char) {
            (None, ':') if chars.peek().is_none_or(|(_, next)| next.is_ascii_whitespace()) => {
                return Some(at);
            }
            (None, '"' | '\'') if at == 0 => quote = Some(char),
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(open), _) if open == char && !escaped => quote = None,
            _ => {}
        }
        escaped = false;
    }
    None
}

/// The length of the list dashes (and question marks) and blanks that a line's content begins with.
pub fn dashes(content: &str) -> usize {
    let mut length = 0;
    while let Some(rest) = content.get(length..) {
        let blanks = match rest.strip_prefix(['-', '?']) {
            Some(after) if after.is_empty() || after.starts_with([' ', '\t']) => {
                after.len() - after.trim_start_matches([' ', '\t']).len()
            }
            _ => break,
        };
        length += 1 + blanks;
    }
    length
}

/// A text of a message, cut so that a long one does not fill the screen.
pub fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let text = text.trim();
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_like_yaml_lines() {
        let page = Page::new(FileId(0), "a\r\n  b\rc\n\nd");
        let lines: Vec<_> = page.lines_from(0).map(|line| page.slice(line.range())).collect();
        assert_eq!(lines, ["a", "  b", "c", "", "d"]);
        let above: Vec<_> =
            page.lines_above(page.text().len()).map(|line| page.slice(line.range())).collect();
        assert_eq!(above, ["", "c", "  b", "a"]);
        assert_eq!(page.line_number(page.text().len()), 5);
        assert_eq!(page.line(2).range(), 0..1);
    }

    #[test]
    fn a_comment_begins_at_a_hash_after_a_blank_and_outside_quotes() {
        assert_eq!(without_comment("a: b # c"), "a: b ");
        assert_eq!(without_comment("a: b#c"), "a: b#c");
        assert_eq!(without_comment("a: \"b # c\" # d"), "a: \"b # c\" ");
        assert_eq!(without_comment("it's # c"), "it's ");
        assert_eq!(without_comment("a: \"\\\\\" # d"), "a: \"\\\\\" ");
    }

    #[test]
    fn a_key_ends_at_a_colon_with_a_blank_after_it() {
        assert_eq!(key_colon("a: b: c"), Some(1));
        assert_eq!(key_colon("a:b"), None);
        assert_eq!(key_colon("a:b:"), Some(3));
        assert_eq!(key_colon("\"a: b\": c"), Some(6));
        assert_eq!(key_colon("\"a\\\": b\": c"), Some(8));
        assert_eq!(key_colon("it's: c"), Some(4));
    }

    #[test]
    fn dashes_are_counted_with_their_blanks() {
        assert_eq!(dashes("- - a"), 4);
        assert_eq!(dashes("-a"), 0);
        assert_eq!(dashes("-"), 1);
        assert_eq!(dashes("a"), 0);
    }
}
