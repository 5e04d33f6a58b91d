//! Block maps and lists: what a line's indentation says about where it belongs.

use super::{END, Level, MAX_KEY_BYTES, Scalar, Scanner};
use crate::syntax::limits::MAX_NODES;
use crate::syntax::tree::{NodeKind, Style};

impl Scanner<'_> {
    pub(super) fn document(&mut self) -> Option<()> {
        self.line_content()?;
        if self.column == END {
            return None;
        }
        self.node()?;
        while self.column != END {
            self.line()?;
        }
        self.settle_awaited();
        while self.levels.pop().is_some() {
            self.builder.close(None);
        }
        Some(())
    }

    /// Reads what begins on this line, after closing what its indentation ends.
    fn line(&mut self) -> Option<()> {
        if self.builder.len() > MAX_NODES {
            return None;
        }
        let mut top = *self.levels.last()?;
        if self.awaited.is_some() {
            if self.column > top.column {
                self.awaited = None;
                return self.node();
            }
            if self.column == top.column && top.kind == NodeKind::Map && self.is_dash() {
                // A list may stand as far left as the key that it belongs to.
                self.awaited = None;
                return self.node();
            }
            self.settle_awaited();
        }
        while top.column > self.column {
            top = self.close_level()?;
        }
        if top.column < self.column {
            return None;
        }
        if top.kind == NodeKind::List {
            if self.is_dash() {
                return if self.after_dash()? { self.node() } else { Some(()) };
            }
            top = self.close_level()?;
            if top.column != self.column {
                return None;
            }
        }
        if top.kind == NodeKind::Map { self.entry() } else { None }
    }

    fn settle_awaited(&mut self) {
        if let Some(at) = self.awaited.take() {
            self.add_empty(at);
        }
    }

    fn open_level(&mut self, kind: NodeKind, start: usize) -> Option<()> {
        self.levels.push(Level { kind, column: self.column });
        self.open(kind, start)
    }

    /// Closes the innermost level and returns the one around it.
    fn close_level(&mut self) -> Option<Level> {
        self.levels.pop();
        self.builder.close(None);
        self.levels.last().copied()
    }

    fn is_dash(&self) -> bool {
        self.byte(self.at) == b'-' && self.is_gap(self.at + 1)
    }

    /// Moves behind a dash and tells whether the item begins on the same line.
    fn after_dash(&mut self) -> Option<bool> {
        let after = self.at + 1;
        if self.rest_is_awaited(after)? {
            return Some(false);
        }
        self.column = self.column_here();
        Some(true)
    }

    /// Moves to the value after a colon or dash that ends at `after`. When the line has none, goes on to the
    /// next line with content and returns true.
    #[inline]
    fn rest_is_awaited(&mut self, after: usize) -> Option<bool> {
        self.at = self.skip_spaces(after);
        match self.byte(self.at) {
            b'\n' | b'\r' | 0 => {}
            b'#' => self.at = self.line_end(self.at),
            b'\t' => return None,
            _ => return Some(false),
        }
        self.awaited = Some(after);
        self.next_line()?;
        Some(true)
    }

    /// Reads a node that begins a line or follows a dash, where block collections may begin.
    fn node(&mut self) -> Option<()> {
        while self.is_dash() {
            self.open_level(NodeKind::List, self.at)?;
            if !self.after_dash()? {
                return Some(());
            }
        }
        let start = self.at;
        match self.byte(start) {
            b'"' | b'\'' => {
                let scalar = self.quoted(start)?;
                match self.colon_after(&scalar) {
                    None => self.quoted_value(&scalar),
                    Some(colon) => {
                        self.open_level(NodeKind::Map, start)?;
                        self.add_key(&scalar, colon)?;
                        self.value(colon + 1)
                    }
                }
            }
            b'[' | b'{' => self.flow_value(),
            b'|' | b'>' => self.block_scalar_value(),
            _ => {
                let stop = self.plain(start)?;
                if self.byte(stop) != b':' {
                    return self.plain_value(start, stop);
                }
                self.open_level(NodeKind::Map, start)?;
                self.add_plain_key(start, stop)?;
                self.value(stop + 1)
            }
        }
    }

    /// Reads a key of the innermost map, and its value when that is on the same line.
    fn entry(&mut self) -> Option<()> {
        let start = self.at;
        let colon = if matches!(self.byte(start), b'"' | b'\'') {
            let scalar = self.quoted(start)?;
            let colon = self.colon_after(&scalar)?;
            self.add_key(&scalar, colon)?;
            colon
        } else {
            let stop = self.plain(start)?;
            if self.byte(stop) != b':' {
                return None;
            }
            self.add_plain_key(start, stop)?;
            stop
        };
        self.value(colon + 1)
    }

    /// Reads what follows the colon of a key, where no block collection may begin on the same line.
    #[inline]
    fn value(&mut self, after: usize) -> Option<()> {
        if self.rest_is_awaited(after)? {
            return Some(());
        }
        let start = self.at;
        match self.byte(start) {
            b'"' | b'\'' => {
                let scalar = self.quoted(start)?;
                self.quoted_value(&scalar)
            }
            b'[' | b'{' => self.flow_value(),
            b'|' | b'>' => self.block_scalar_value(),
            _ => {
                let stop = self.plain(start)?;
                if self.byte(stop) == b':' { None } else { self.plain_value(start, stop) }
            }
        }
    }

    /// The colon that makes a quoted scalar a key, if there is one on its line.
    fn colon_after(&self, scalar: &Scalar) -> Option<usize> {
        let at = self.skip_spaces(scalar.end);
        (self.byte(at) == b':' && self.is_gap(at + 1)).then_some(at)
    }

    /// Adds a quoted scalar as a key whose colon stands at `colon`.
    pub(super) fn add_key(&mut self, scalar: &Scalar, colon: usize) -> Option<()> {
        let written = self.bytes.get(scalar.start..scalar.end)?;
        let is_empty = written.len() == 2;
        if is_empty || colon - scalar.start > MAX_KEY_BYTES || written.contains(&b'\n') {
            return None;
        }
        self.add(scalar);
        Some(())
    }

    /// Adds the plain key from `start` to the spaces before the colon.
    #[inline]
    pub(super) fn add_plain_key(&mut self, start: usize, colon: usize) -> Option<()> {
        let end = self.trim_spaces(start, colon);
        let is_special = matches!(self.byte(start), b'<' | b'~' | b'n' | b'N')
            && matches!(self.bytes.get(start..end)?, b"<<" | b"~" | b"null" | b"Null" | b"NULL");
        if is_special || colon - start > MAX_KEY_BYTES {
            return None;
        }
        self.builder.verbatim(Style::Plain, start, end);
        Some(())
    }

    fn quoted_value(&mut self, scalar: &Scalar) -> Option<()> {
        self.refuse_root_scalar()?;
        self.add(scalar);
        self.at = scalar.end;
        self.end_line()
    }

    fn flow_value(&mut self) -> Option<()> {
        self.flow()?;
        self.end_line()
    }

    /// A document that is one scalar is never a design; its rules differ and are left to the general parser.
    pub(super) fn refuse_root_scalar(&self) -> Option<()> {
        (!self.levels.is_empty()).then_some(())
    }
}
