//! Quotes and brackets that are open at a place, found by reading the text up to it.

use super::{quotes, syntax};
use crate::diagnostic::Diagnostic;
use crate::syntax::page::Page;

/// Walks over quotes, brackets, comments and block texts the way YAML does, without its grammar.
struct Walk<'p, 't> {
    page: &'p Page<'t>,
    at: usize,
    until: usize,
    open: Vec<(usize, u8)>,
    /// Whether a value may begin here, so that a quote is no apostrophe and a bracket no text.
    at_value: bool,
}

/// The quotes and brackets that were opened from `from` on and are not closed at `until`, innermost last.
pub fn open_marks(page: &Page, from: usize, until: usize) -> Vec<(usize, u8)> {
    let mut walk = Walk { page, at: from, until, open: Vec::new(), at_value: true };
    while walk.at < until {
        let before = walk.at;
        walk.step();
        if walk.at <= before {
            break;
        }
    }
    walk.open
}

impl Walk<'_, '_> {
    fn step(&mut self) {
        let Some(byte) = self.page.byte(self.at) else { return };
        let next = self.page.byte(self.at + 1);
        let blank_next = next.is_none_or(|byte| byte.is_ascii_whitespace());
        let in_brackets = !self.open.is_empty();
        let start = self.at;
        self.at += 1;
        match byte {
            b'\n' | b'\r' => self.at_value = true,
            b' ' | b'\t' => {}
            b'#' if self.after_blank(start) => self.at = self.page.line(start).end.max(self.at),
            b'"' | b'\'' if self.at_value => match closing_quote(self.page, start) {
                Some(end) if end < self.until => (self.at, self.at_value) = (end + 1, false),
                _ => {
                    self.open.push((start, byte));
                    self.at = self.until;
                }
            },
            b'[' | b'{' if self.at_value || in_brackets => {
                self.open.push((start, byte));
                self.at_value = true;
            }
            b']' | b'}' if in_brackets => {
                self.open.pop();
                self.at_value = false;
            }
            b',' if in_brackets => self.at_value = true,
            b':' if blank_next || in_brackets => self.at_value = true,
            b'-' | b'?' if self.at_value && blank_next => {}
            b'&' | b'!' | b'*' if self.at_value => {
                let rest = self.page.slice(self.at..self.page.line(start).end);
                self.at += rest.find([' ', '\t']).unwrap_or(rest.len());
            }
            b'|' | b'>' if self.at_value && !in_brackets => self.skip_block_text(start),
            _ => self.at_value = false,
        }
    }

    fn after_blank(&self, at: usize) -> bool {
        at == 0 || self.page.byte(at - 1).is_some_and(|byte| byte.is_ascii_whitespace())
    }

    fn skip_block_text(&mut self, header: usize) {
        let first = self.page.line(header);
        let text = self.page.lines_from(header).skip(1);
        let last = text.take_while(|line| line.is_blank() || line.indent() > first.indent()).last();
        self.at = last.map_or(first.end, |line| line.end).max(self.at);
    }
}

/// Where the quote that opens at `open` is closed.
pub fn closing_quote(page: &Page, open: usize) -> Option<usize> {
    let quote = page.byte(open)?;
    let rest = page.text().as_bytes().get(open + 1..)?;
    let mut bytes = rest.iter().enumerate().peekable();
    while let Some((at, &byte)) = bytes.next() {
        let next = bytes.peek().map(|(_, byte)| **byte);
        let escapes = match quote {
            b'"' => byte == b'\\',
            _ => byte == quote && next == Some(quote),
        };
        if escapes {
            bytes.next();
        } else if byte == quote {
            return Some(open + 1 + at);
        }
    }
    None
}

/// Explains a line inside quotes or brackets that cannot belong to them, or their missing end.
pub fn open(page: &Page, from: usize, at: usize) -> Diagnostic {
    // The parser may point at the opening quote or bracket itself.
    let opens = matches!(page.byte(at), Some(b'"' | b'\'' | b'[' | b'{'));
    let marks = open_marks(page, from, if opens { at + 1 } else { at });
    let Some(&(start, mark)) = marks.last() else {
        return super::indentation::entry(page, from, at);
    };
    if matches!(mark, b'"' | b'\'') {
        return quotes::unclosed(page, start, at);
    }
    unclosed_bracket(page, &marks, at)
}

/// Explains the innermost quote or bracket that is open at a place.
pub fn still_open(page: &Page, from: usize, at: usize) -> Option<Diagnostic> {
    let marks = open_marks(page, from, at);
    let &(start, mark) = marks.last()?;
    if matches!(mark, b'"' | b'\'') {
        return Some(quotes::unclosed(page, start, at));
    }
    (at >= page.text().trim_end().len()).then(|| unclosed_bracket(page, &marks, at))
}

fn unclosed_bracket(page: &Page, marks: &[(usize, u8)], at: usize) -> Diagnostic {
    let Some(&(start, mark)) = marks.last() else { return syntax(page, at..at, "a bracket is not closed") };
    let close = super::brackets::closing(mark);
    let (outer, _) = marks.first().copied().unwrap_or((start, mark));
    let line = page.line(at);
    let goes_on = at > start && page.line_number(start) < page.line_number(at);
    // When every bracket is closed further on, only the indentation is wrong.
    if goes_on && open_marks(page, outer, end_of_brackets(page, outer)).is_empty() {
        let name = page.slice(start..start + 1);
        let number = page.line_number(start);
        let content = line.content + super::shown(page.content(&line)).len();
        let range = line.content..content.min(line.end).max(line.content + 1);
        return syntax(
            page,
            range,
            format!("this line is not indented, but belongs to the `{name}` in line {number}"),
        )
        .related(page.char_span(start), "opened here")
        .help(format!("indent it by at least {}", spaces(indent_needed(page, outer))));
    }
    let mut finding = syntax(page, start..start + 1, format!("the `{}` is not closed", char::from(mark)))
        .label("opened here")
        .help(format!("add the missing `{}`", char::from(close)));
    if goes_on {
        finding = finding.related(page.char_span(line.content), "this line no longer belongs to it");
    }
    finding
}

/// A number of spaces in words.
pub fn spaces(count: usize) -> String {
    if count == 1 { "one space".into() } else { format!("{count} spaces") }
}

/// How far the lines inside brackets must be indented: more than the line that the brackets begin in.
fn indent_needed(page: &Page, outer: usize) -> usize {
    let line = page.line(outer);
    line.indent() + super::super::page::dashes(page.content(&line)) + 1
}

/// The place after the bracket that closes the one at `outer`, or the end of the text.
fn end_of_brackets(page: &Page, outer: usize) -> usize {
    let until = page.text().len();
    let mut walk = Walk { page, at: outer, until, open: Vec::new(), at_value: true };
    while walk.at < until {
        let before = walk.at;
        walk.step();
        if walk.open.is_empty() || walk.at <= before {
            return walk.at;
        }
    }
    until
}
