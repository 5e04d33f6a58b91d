//! Moves through the text of an expression byte by byte, stopping only between characters.

use super::problem::{INVALID_EXPRESSION, Problem};

/// Parsing cannot go on; why has been recorded.
pub(super) struct Stop;

pub(super) type Parsed<T> = Result<T, Stop>;

/// How deep parentheses, powers and calls may nest.
pub(super) const DEEPEST: u8 = 64;

pub(super) struct Parser<'t> {
    pub text: &'t str,
    pub at: usize,
    pub depth: u8,
    pub problems: Vec<Problem>,
}

impl<'t> Parser<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0, problems: Vec::new() }
    }

    pub fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub fn byte_after(&self, count: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + count).copied()
    }

    pub fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    pub fn skip_space(&mut self) -> bool {
        let start = self.at;
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.at > start
    }

    pub fn eat(&mut self, wanted: u8) -> bool {
        let found = self.byte() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    pub fn eat_text(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        self.at += if found { wanted.len() } else { 0 };
        found
    }

    /// Letters, digits and `_` from here on, when the first is a letter; `µ` counts as one.
    pub fn unit_word(&self) -> &'t str {
        let bytes = self.text.as_bytes();
        let mut end = self.at;
        while let Some(byte) = bytes.get(end) {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' => end += 1,
                b'0'..=b'9' | b'_' if end > self.at => end += 1,
                // Both signs for micro: U+00B5 and U+03BC.
                0xC2 if bytes.get(end + 1) == Some(&0xB5) => end += 2,
                0xCE if bytes.get(end + 1) == Some(&0xBC) => end += 2,
                _ => break,
            }
        }
        self.slice(self.at, end)
    }

    /// An id from here on, or ids with dots between them.
    pub fn path(&self) -> &'t str {
        let bytes = self.text.as_bytes();
        let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
        let mut end = self.at;
        if !letter(end) {
            return "";
        }
        while let Some(byte) = bytes.get(end) {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => end += 1,
                // A minus belongs to the id unless a space or the end follows.
                b'-' if bytes.get(end + 1).is_some_and(|next| next.is_ascii_alphanumeric()) => end += 1,
                b'.' if letter(end + 1) => end += 1,
                _ => break,
            }
        }
        self.slice(self.at, end)
    }

    /// Whether the word of this length that begins here is called or the start of an address.
    pub fn is_path_or_call(&self, length: usize) -> bool {
        let bytes = self.text.as_bytes();
        let mut end = self.at + length;
        if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic) {
            return true;
        }
        while bytes.get(end) == Some(&b' ') {
            end += 1;
        }
        bytes.get(end) == Some(&b'(')
    }

    /// The next character that is no space, without moving.
    pub fn next_visible(&self) -> Option<char> {
        self.rest().trim_start_matches([' ', '\t', '\n', '\r']).chars().next()
    }

    /// The character here, as a range; empty at the end.
    pub fn here(&self) -> std::ops::Range<usize> {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        self.at..self.at + length
    }

    pub fn fail<T>(&mut self, problem: Problem) -> Parsed<T> {
        self.problems.push(problem);
        Err(Stop)
    }

    /// Parses something inside something else, unless that is too deep.
    pub fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= DEEPEST {
            let message = format!("this is nested more than {DEEPEST} levels deep");
            let problem = Problem::new(INVALID_EXPRESSION, self.here(), message);
            return self.fail(problem.help("give parts of it a name in `assumptions`"));
        }
        self.depth += 1;
        let result = parse(self);
        self.depth -= 1;
        result
    }
}
