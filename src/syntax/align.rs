//! Finds the characters in the source that a part of a decoded scalar came from.
//!
//! The source and the decoded text are walked side by side. Apart from escapes they differ only in blanks:
//! where lines are folded, a run of blanks and line ends in the source stands for one space or some line ends
//! in the text. The walk needs no knowledge of the indentation around the scalar, and stops when the two do not
//! fit together.

use super::tree::Style;
use std::ops::Range;

/// The bytes of `raw` (a scalar as written, quotes and indicators included) that bytes `range` of its
/// decoded `text` came from; `None` when they cannot be told apart.
pub fn source_range(raw: &str, style: Style, text: &str, range: Range<usize>) -> Option<Range<usize>> {
    text.get(range.clone())?;
    let body = match style {
        Style::Plain => 0..raw.len(),
        Style::SingleQuoted | Style::DoubleQuoted => 1..raw.len().checked_sub(1)?,
        Style::Literal | Style::Folded => raw.find(['\n', '\r']).unwrap_or(raw.len())..raw.len(),
    };
    let mut walk = Walk { raw, style, text, at: body.start, end: body.end, done: 0, indent: 0 };
    if matches!(style, Style::Literal | Style::Folded) {
        walk.indent = block_indent(raw.get(body.clone())?, text);
        walk.first_line_of_block()?;
    }
    let (mut start, mut end) = (None, None);
    while walk.done < range.end.max(range.start + 1) {
        let from = walk.done;
        let Some(piece) = walk.next_piece() else { break };
        if start.is_none() && range.start < walk.done {
            start = Some(piece.start);
        }
        if from < range.end {
            end = Some(piece.end);
        }
    }
    let start = match start {
        Some(start) => start,
        // The end of the text, and the line ends after the last visible character of a block.
        None if walk.at >= walk.end || range.start >= text.len() => walk.end,
        None => return None,
    };
    let complete = walk.done >= range.end || walk.at >= walk.end;
    complete.then(|| start..end.filter(|_| !range.is_empty()).unwrap_or(start).max(start))
}

struct Walk<'w> {
    raw: &'w str,
    style: Style,
    text: &'w str,
    /// How far the source has been read, and where it ends.
    at: usize,
    end: usize,
    /// How much of the text that gave.
    done: usize,
    /// How many columns of each line of a block are indentation.
    indent: usize,
}

impl Walk<'_> {
    /// Reads the source up to the next character of the text (or a folded run of them) and gives its range.
    fn next_piece(&mut self) -> Option<Range<usize>> {
        loop {
            let rest = self.raw.get(self.at..self.end)?;
            let start = self.at;
            let char = rest.chars().next()?;
            let is_block = matches!(self.style, Style::Literal | Style::Folded);
            match char {
                '\n' | '\r' if is_block => return self.block_line_ends(),
                ' ' | '\t' | '\n' | '\r' if !is_block => {
                    let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
                    let breaks = line_ends(rest.get(..blanks)?);
                    if breaks > 0 {
                        return self.folded(blanks, breaks);
                    }
                    return self.same(char, char.len_utf8());
                }
                '\'' if self.style == Style::SingleQuoted => return self.same('\'', 2),
                '\\' if self.style == Style::DoubleQuoted => match escape(rest)? {
                    Escape::Character(char, length) => return self.same(char, length),
                    Escape::LineEnd(length) => {
                        self.at += length;
                        let more = self.raw.get(self.at..self.end)?;
                        let blanks = more.len() - more.trim_start_matches([' ', '\t', '\n', '\r']).len();
                        let breaks = line_ends(more.get(..blanks)?);
                        if breaks > 0 {
                            self.at += blanks;
                            self.give("\n", breaks)?;
                            return Some(start..self.at);
                        }
                        self.at += blanks;
                    }
                },
                _ => return self.same(char, char.len_utf8()),
            }
        }
    }

    /// The next character of the text is `char`, written with `length` bytes.
    fn same(&mut self, char: char, length: usize) -> Option<Range<usize>> {
        let rest = self.text.get(self.done..)?;
        rest.starts_with(char).then_some(())?;
        self.done += char.len_utf8();
        self.at += length;
        Some(self.at - length..self.at)
    }

    /// The text goes on with `count` times `part`.
    fn give(&mut self, part: &str, count: usize) -> Option<()> {
        for _ in 0..count {
            self.text.get(self.done..)?.starts_with(part).then_some(())?;
            self.done += part.len();
        }
        Some(())
    }

    /// A run of blanks with `breaks` line ends, outside of blocks.
    fn folded(&mut self, blanks: usize, breaks: usize) -> Option<Range<usize>> {
        let start = self.at;
        self.at += blanks;
        match breaks {
            1 => self.give(" ", 1)?,
            _ => self.give("\n", breaks - 1)?,
        }
        Some(start..self.at)
    }

    /// The line ends after a line of a block, and the indentation of the line after them.
    fn block_line_ends(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let breaks = self.skip_line_ends()?;
        let rest = self.text.get(self.done..)?;
        let newlines = rest.len() - rest.trim_start_matches('\n').len();
        match newlines {
            0 if self.style == Style::Folded && breaks == 1 => self.give(" ", 1)?,
            // Lines are folded only beside lines that are not indented further.
            _ if newlines + 1 == breaks && self.style == Style::Folded => self.give("\n", newlines)?,
            _ => self.give("\n", breaks)?,
        }
        Some(start..self.at)
    }

    /// The blank lines and the indentation before the first line of a block.
    fn first_line_of_block(&mut self) -> Option<()> {
        if self.at < self.end {
            let breaks = self.skip_line_ends()?;
            self.give("\n", breaks.checked_sub(1)?)?;
        }
        Some(())
    }

    /// Skips line ends, blank lines and the indentation of the line after them; counts the line ends.
    fn skip_line_ends(&mut self) -> Option<usize> {
        let mut breaks = 0;
        loop {
            let rest = self.raw.get(self.at..self.end)?;
            let length = match rest.as_bytes() {
                [b'\r', b'\n', ..] => 2,
                [b'\n' | b'\r', ..] => 1,
                _ => return Some(breaks),
            };
            breaks += 1;
            let line = rest.get(length..)?;
            let blanks = line.len() - line.trim_start_matches(' ').len();
            self.at += length + blanks.min(self.indent);
        }
    }
}

fn line_ends(blanks: &str) -> usize {
    blanks.matches(['\n', '\r']).count() - blanks.matches("\r\n").count()
}

/// How many columns of a block's lines are indentation: as much as its first visible line has more blanks in
/// the source than in the text.
fn block_indent(lines: &str, text: &str) -> usize {
    let leading = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let first = |text: &str| text.split(['\n', '\r']).find(|line| !line.trim().is_empty()).map(leading);
    first(lines).unwrap_or(0).saturating_sub(first(text).unwrap_or(0))
}

enum Escape {
    /// A character and the bytes that its escape takes.
    Character(char, usize),
    /// A line end that stands for nothing, and the bytes it takes.
    LineEnd(usize),
}

fn escape(rest: &str) -> Option<Escape> {
    let letter = rest.chars().nth(1)?;
    let hex = |digits: usize| {
        let number = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
        let low = rest.get(2 + digits..).and_then(|low| low.strip_prefix("\\u")).and_then(|low| low.get(..4));
        match (char::from_u32(number), low) {
            (Some(char), _) => Some(Escape::Character(char, 2 + digits)),
            (None, Some(low)) => {
                let low = u16::from_str_radix(low, 16).ok()?;
                let char = char::decode_utf16([u16::try_from(number).ok()?, low]).next()?.ok()?;
                Some(Escape::Character(char, 2 + digits + 6))
            }
            (None, None) => None,
        }
    };
    let char = match letter {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        ' ' | '"' | '/' | '\\' => letter,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' => return hex(2),
        'u' => return hex(4),
        'U' => return hex(8),
        '\r' if rest.get(2..).is_some_and(|rest| rest.starts_with('\n')) => return Some(Escape::LineEnd(3)),
        '\n' | '\r' => return Some(Escape::LineEnd(2)),
        _ => return None,
    };
    Some(Escape::Character(char, 1 + letter.len_utf8()))
}

#[cfg(test)]
mod tests;
