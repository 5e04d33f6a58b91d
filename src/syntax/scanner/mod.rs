//! The fast way from text to tree, for the YAML that people write every day.
//!
//! One pass over the bytes reads block maps and lists, plain, quoted and block scalars, flow maps and lists,
//! comments and JSON. Whatever is rare or doubtful, and every mistake, makes [`scan`] return `None`: the
//! general parser then reads the text from the start, so refusing is always correct and only costs time.
//! What it does accept it must read exactly as the general parser would: `differential` holds it to that.

mod block;
mod block_scalar;
mod cursor;
mod flow;
mod plain;
mod quoted;
mod screen;
mod words;

#[cfg(test)]
mod differential;

use super::limits::{MAX_DEPTH, MAX_KEY_CHARACTERS, MAX_NODES};
use super::tree::{NodeKind, Style, Tree, TreeBuilder};
use crate::source::FileId;

/// The limit for keys counts characters up to the colon; bytes, and a few less, are always on the safe side.
const MAX_KEY_BYTES: usize = MAX_KEY_CHARACTERS - 24;

/// Reads the text of `file` when all of it is of the common kind; `None` says that the general parser must.
pub fn scan(file: FileId, text: &str) -> Option<Tree> {
    if !screen::is_ordinary(text.as_bytes()) {
        return None;
    }
    // Designs come to ten bytes a node; a wrong guess costs one copy.
    let expected_nodes = (text.len() / 9).min(MAX_NODES);
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        line_start: 0,
        column: END,
        awaited: None,
        levels: Vec::with_capacity(16),
        builder: TreeBuilder::new(file, expected_nodes),
    };
    scanner.document()?;
    (scanner.builder.len() <= MAX_NODES).then(|| scanner.builder.finish())
}

/// The column when no line is left; further left than any line can begin.
const END: isize = -1;

/// An open block collection and the column that its keys or dashes stand in.
#[derive(Clone, Copy)]
struct Level {
    kind: NodeKind,
    column: isize,
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// The next byte to read.
    at: usize,
    line_start: usize,
    /// Where the content of the current line begins, in columns from 0, or `END`.
    column: isize,
    /// Set after a key or dash whose value is not on its line: where an empty value would stand.
    awaited: Option<usize>,
    levels: Vec<Level>,
    builder: TreeBuilder,
}

/// A scalar that has been read but not added yet, because it may turn out to be a key.
struct Scalar {
    style: Style,
    start: usize,
    end: usize,
    /// The text where it differs from what is written.
    decoded: Option<String>,
}

impl Scanner<'_> {
    fn add(&mut self, scalar: &Scalar) {
        match &scalar.decoded {
            None => self.builder.verbatim(scalar.style, scalar.start, scalar.end),
            Some(text) => self.builder.decoded(scalar.style, scalar.start, scalar.end, text),
        }
    }

    /// Adds the value of a key or dash that has none: it stands where its key or dash ends.
    fn add_empty(&mut self, at: usize) {
        self.builder.verbatim(Style::Plain, at, at);
    }

    fn open(&mut self, kind: NodeKind, start: usize) -> Option<()> {
        if self.builder.depth() >= MAX_DEPTH || self.builder.len() > MAX_NODES {
            return None;
        }
        self.builder.open(kind, start);
        Some(())
    }

    /// The column that whatever belongs to the innermost block collection must be right of.
    fn indent(&self) -> isize {
        self.levels.last().map_or(END, |level| level.column)
    }
}
