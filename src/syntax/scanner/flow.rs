//! Flow maps and lists: `{ a: 1 }`, `[a, b]`, and JSON.

use super::words::find_flow_stop;
use super::{Scalar, Scanner};
use crate::syntax::limits::{MAX_DEPTH, MAX_NODES};
use crate::syntax::tree::{NodeKind, Style};

/// The kinds of the open flow collections, innermost last: a bit each, set for maps.
#[derive(Clone, Copy, Default)]
struct Kinds {
    bits: u64,
    depth: u32,
}

const _: () = assert!(MAX_DEPTH <= u64::BITS as usize, "every open collection needs a bit");

impl Kinds {
    fn push(&mut self, is_map: bool) {
        self.bits = self.bits << 1 | u64::from(is_map);
        self.depth += 1;
    }

    fn pop(&mut self) {
        self.bits >>= 1;
        self.depth -= 1;
    }

    fn is_map(self) -> bool {
        self.bits & 1 == 1
    }

    fn closer(self) -> u8 {
        if self.is_map() { b'}' } else { b']' }
    }
}

impl Scanner<'_> {
    /// Reads the flow collection that begins here and moves behind its last bracket.
    pub(super) fn flow(&mut self) -> Option<()> {
        let mut kinds = Kinds::default();
        self.open_flow(&mut kinds)?;
        while kinds.depth > 0 {
            if self.builder.len() > MAX_NODES {
                return None;
            }
            // Behind a bracket or a comma.
            self.flow_gap()?;
            if self.byte(self.at) != kinds.closer() {
                if kinds.is_map() {
                    self.flow_key()?;
                }
                match self.byte(self.at) {
                    b'[' | b'{' => {
                        self.open_flow(&mut kinds)?;
                        continue;
                    }
                    b'"' | b'\'' => {
                        let scalar = self.quoted(self.at)?;
                        self.add(&scalar);
                        self.at = scalar.end;
                    }
                    b',' | b'}' if kinds.is_map() => {}
                    _ => self.flow_plain_value()?,
                }
            }
            self.after_flow_value(&mut kinds)?;
        }
        Some(())
    }

    fn open_flow(&mut self, kinds: &mut Kinds) -> Option<()> {
        let is_map = self.byte(self.at) == b'{';
        self.open(if is_map { NodeKind::Map } else { NodeKind::List }, self.at)?;
        kinds.push(is_map);
        self.at += 1;
        Some(())
    }

    /// Closes what ends here; stops behind the comma that ends a value, or behind the outermost bracket.
    fn after_flow_value(&mut self, kinds: &mut Kinds) -> Option<()> {
        while kinds.depth > 0 {
            self.flow_gap()?;
            let byte = self.byte(self.at);
            if byte == b',' {
                self.at += 1;
                return Some(());
            }
            if byte != kinds.closer() {
                return None;
            }
            self.at += 1;
            self.builder.close(Some(self.at));
            kinds.pop();
        }
        Some(())
    }

    /// Adds the key that begins here and moves to its value; adds an empty value where there is none.
    fn flow_key(&mut self) -> Option<()> {
        let start = self.at;
        let colon = if matches!(self.byte(start), b'"' | b'\'') {
            let scalar = self.quoted(start)?;
            let colon = self.skip_spaces(scalar.end);
            if self.byte(colon) != b':' {
                return None;
            }
            self.add_key(&scalar, colon)?;
            colon
        } else {
            let stop = self.flow_plain(start)?;
            let is_key = self.byte(stop) == b':' && !matches!(self.byte(stop + 1), b'[' | b'{');
            if !is_key {
                return None;
            }
            self.add_plain_key(start, stop)?;
            stop
        };
        self.at = colon + 1;
        self.flow_gap()?;
        if matches!(self.byte(self.at), b',' | b'}') {
            self.add_empty(colon + 1);
        }
        Some(())
    }

    /// Finds where the plain scalar at `start` stops on its line inside a flow collection.
    fn flow_plain(&self, start: usize) -> Option<usize> {
        // In brackets a dash is an indicator before a comma or bracket too.
        let is_dash = self.byte(start) == b'-' && is_bracket_or_comma(self.byte(start + 1));
        if !is_dash && self.can_begin_plain(start) { self.flow_plain_rest(start) } else { None }
    }

    #[inline]
    fn flow_plain_rest(&self, start: usize) -> Option<usize> {
        let mut at = start;
        loop {
            at = find_flow_stop(self.bytes, at);
            match self.byte(at) {
                b':' if !self.is_gap(at + 1) && !is_bracket_or_comma(self.byte(at + 1)) => at += 1,
                b'#' if !self.is_after_space(at) => at += 1,
                b'\t' => return None,
                _ => return Some(at),
            }
        }
    }

    /// Adds the plain value that begins here, with the lines that continue it.
    fn flow_plain_value(&mut self) -> Option<()> {
        let start = self.at;
        let mut stop = self.flow_plain(start)?;
        let mut end = self.trim_spaces(start, stop);
        let mut text: Option<String> = None;
        while self.is_line_end(stop) {
            self.at = stop;
            self.flow_gap()?;
            let first = self.byte(self.at);
            if is_bracket_or_comma(first) || first == 0 {
                break;
            }
            let mut longer = match text.take() {
                Some(text) => text,
                None => self.text.get(start..end)?.to_owned(),
            };
            self.fold(end, &mut longer)?;
            stop = self.flow_plain_rest(self.at)?;
            end = self.trim_spaces(self.at, stop);
            longer.push_str(self.text.get(self.at..end)?);
            text = Some(longer);
        }
        if !self.is_line_end(stop) {
            self.at = stop;
        }
        self.add(&Scalar { style: Style::Plain, start, end, decoded: text });
        Some(())
    }

    /// Moves over spaces, line ends and comments. What comes next must stand right of the block around it.
    #[inline]
    fn flow_gap(&mut self) -> Option<()> {
        loop {
            match self.byte(self.at) {
                b' ' => self.at += 1,
                b'\n' | b'\r' => {
                    self.next_line()?;
                    if self.column <= self.indent() {
                        return None;
                    }
                }
                // A comment needs white space before it.
                b'#' if self.is_after_space(self.at) => self.at = self.line_end(self.at),
                b'#' | b'\t' => return None,
                _ => return Some(()),
            }
        }
    }
}

#[inline]
fn is_bracket_or_comma(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}
