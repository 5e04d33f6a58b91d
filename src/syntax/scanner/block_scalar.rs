//! Block scalars: the lines under `|`, kept as they are, and under `>`, folded.

use super::{Scalar, Scanner};
use crate::syntax::tree::Style;

/// What happens to the line ends after the last line of content.
#[derive(Clone, Copy, PartialEq)]
enum Chomping {
    /// All go: `-`.
    Strip,
    /// One stays.
    Clip,
    /// All stay: `+`.
    Keep,
}

struct Header {
    style: Style,
    chomping: Chomping,
    /// How far right of its parent the content stands, when that is written.
    indent: Option<usize>,
}

impl Scanner<'_> {
    /// Reads the block scalar whose `|` or `>` stands here, and adds it.
    pub(super) fn block_scalar_value(&mut self) -> Option<()> {
        self.refuse_root_scalar()?;
        let start = self.at;
        let header = self.block_header()?;
        let (first, indent, blanks) = self.block_content_start(&header)?;
        let mut text = "\n".repeat(blanks);
        let end = self.block_lines(first, indent, &header, &mut text)?;
        let shown = self.trim_blank_lines(first, end);
        self.add(&Scalar { style: header.style, start, end: shown, decoded: Some(text) });
        self.at = end;
        self.next_line()
    }

    /// Where the last visible character between `start` and `end` ends.
    fn trim_blank_lines(&self, start: usize, end: usize) -> usize {
        let written = self.bytes.get(start..end).unwrap_or(&[]);
        let visible = |byte: &u8| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        written.iter().rposition(visible).map_or(start, |last| start + last + 1)
    }

    /// Reads the indicators and moves to the end of their line.
    fn block_header(&mut self) -> Option<Header> {
        let style = if self.byte(self.at) == b'|' { Style::Literal } else { Style::Folded };
        let mut header = Header { style, chomping: Chomping::Clip, indent: None };
        self.at += 1;
        // At most one of each, in either order.
        for _ in 0..2 {
            match self.byte(self.at) {
                b'-' if header.chomping == Chomping::Clip => header.chomping = Chomping::Strip,
                b'+' if header.chomping == Chomping::Clip => header.chomping = Chomping::Keep,
                digit @ b'1'..=b'9' if header.indent.is_none() => {
                    header.indent = Some(usize::from(digit - b'0'));
                }
                _ => break,
            }
            self.at += 1;
        }
        let after = self.skip_spaces(self.at);
        if self.byte(after) == b'#' && after > self.at {
            self.at = self.line_end(after);
            return Some(header);
        }
        self.at = after;
        self.is_line_end(after).then_some(header)
    }

    /// The start of the first line of content, the columns its indentation takes, and the blank lines before.
    fn block_content_start(&self, header: &Header) -> Option<(usize, usize, usize)> {
        let parent = usize::try_from(self.indent()).ok()?;
        let mut line = self.skip_line_end(self.at);
        let (mut blanks, mut widest_blank) = (0, 0);
        let content = loop {
            let content = self.skip_spaces(line);
            match self.byte(content) {
                b'\n' | b'\r' => {
                    widest_blank = widest_blank.max(content - line);
                    blanks += 1;
                    line = self.skip_line_end(content);
                }
                b'\t' | 0 => return None,
                _ => break content,
            }
        };
        let column = content - line;
        let indent = header.indent.map_or(column, |indent| parent + indent);
        // Empty scalars, and blank lines wider than the content, follow rules of their own.
        let is_common = indent > parent && column >= indent && widest_blank <= indent;
        is_common.then_some((line, indent, blanks))
    }

    /// Adds the lines of content, the first of which starts at `line`, and returns where the last of them ends.
    fn block_lines(
        &self,
        mut line: usize,
        indent: usize,
        header: &Header,
        text: &mut String,
    ) -> Option<usize> {
        loop {
            let begin = line + indent;
            let end = self.line_end(begin);
            text.push_str(self.text.get(begin..end)?);
            let was_spaced = matches!(self.byte(begin), b' ' | b'\t');
            let (next, blanks) = self.next_block_line(end, indent)?;
            let Some(next) = next else {
                match header.chomping {
                    Chomping::Strip => {}
                    Chomping::Clip => text.push('\n'),
                    Chomping::Keep => text.extend(std::iter::repeat_n('\n', blanks + 1)),
                }
                return Some(end);
            };
            line = next;
            let next_is_spaced = matches!(self.byte(line + indent), b' ' | b'\t');
            let folds = header.style == Style::Folded && !was_spaced && !next_is_spaced;
            match (folds, blanks) {
                (true, 0) => text.push(' '),
                (true, _) => text.extend(std::iter::repeat_n('\n', blanks)),
                (false, _) => text.extend(std::iter::repeat_n('\n', blanks + 1)),
            }
        }
    }

    /// From the end of a line of content: the start of the next one, if there is one, and the blank lines
    /// before it.
    fn next_block_line(&self, end: usize, indent: usize) -> Option<(Option<usize>, usize)> {
        let mut blanks = 0;
        let mut at = end;
        loop {
            let line = self.skip_line_end(at);
            let spaces = self.bytes.get(line..).unwrap_or(&[]).iter().take(indent);
            let width = spaces.take_while(|&&byte| byte == b' ').count();
            at = line + width;
            match self.byte(at) {
                b'\n' | b'\r' => blanks += 1,
                // What spaces before the very end of the text mean is a corner of its own.
                0 if width > 0 => return None,
                0 => return Some((None, blanks)),
                _ => return Some(((width == indent).then_some(line), blanks)),
            }
        }
    }
}
