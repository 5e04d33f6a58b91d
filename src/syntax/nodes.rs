//! What a design takes of YAML: turns the parser's nodes into a tree, drops and reports what is not supported,
//! expands aliases and keeps the limits.

use super::limits::{
    MAX_DEPTH, MAX_FINDINGS, MAX_KEY_CHARACTERS, MAX_MISTAKES, MAX_NODES, MAX_REPEATED_NODES, grouped,
};
use super::mistakes::Trouble;
use super::page::Page;
use super::tree::{CoreType, NodeKind, Style, TreeBuilder, core_type};
use super::unsupported;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use std::collections::HashMap;
use std::ops::Range;

/// Why reading stopped before the end of the text.
pub enum Stop {
    /// The text breaks YAML's grammar at this offset.
    Mistake(Trouble, usize),
    /// The collection that begins at this offset is nested too deeply.
    Depth(usize),
    /// Nothing more shall be read; the finding is already made.
    Done,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expects {
    Item,
    Key,
    Value,
    /// The rest of a collection that stands where a key should.
    IgnoredKey,
    /// The value of a key that was refused.
    IgnoredValue,
}

struct Frame {
    expects: Expects,
    index: u32,
    /// How many collections are nested in it so far, itself included.
    height: usize,
    anchor: Option<String>,
}

#[derive(Clone, Copy)]
enum Anchor {
    /// The node, still open or finished, and how many collections are nested in it.
    Node { index: u32, height: usize },
    /// The node did not get into the tree.
    Dropped,
}

/// The tree under construction, and what is remembered on the way.
pub struct Nodes {
    /// The tree so far.
    pub builder: TreeBuilder,
    /// The findings so far.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether everything that was read is in the tree.
    pub complete: bool,
    file: FileId,
    frames: Vec<Frame>,
    anchors: HashMap<String, Anchor>,
    /// Collections that are open inside a node that is being ignored.
    ignored_depth: usize,
    /// What the last event added, for the anchor that is reported after it.
    last: Anchor,
    /// The anchor of the latest key that has one.
    key_anchor: Option<String>,
    documents: usize,
    ended: bool,
    closed: bool,
    continued: bool,
    repeated: usize,
    repeated_too_much: bool,
}

impl Nodes {
    /// For the text of `file`, of this length.
    pub fn new(file: FileId, length: usize) -> Self {
        Self {
            builder: TreeBuilder::new(file, (length / 16).min(MAX_NODES)),
            diagnostics: Vec::new(),
            complete: true,
            file,
            frames: Vec::new(),
            anchors: HashMap::new(),
            ignored_depth: 0,
            last: Anchor::Dropped,
            key_anchor: None,
            documents: 0,
            ended: false,
            closed: false,
            continued: false,
            repeated: 0,
            repeated_too_much: false,
        }
    }

    /// After a mistake: forgets what was not finished before the `skipped` text and prepares for a further part
    /// of the same document after it.
    pub fn resume(&mut self, page: &Page, skipped: Range<usize>) {
        self.builder.keep_entries_before(skipped.start);
        let kept = self.builder.len();
        for anchor in self.anchors.values_mut() {
            if matches!(anchor, Anchor::Node { index, .. } if *index as usize >= kept) {
                *anchor = Anchor::Dropped;
            }
        }
        self.frames.clear();
        for after in page.slice(skipped).split('&').skip(1) {
            let name =
                after.split([' ', '\t', '\r', '\n', ',', '[', ']', '{', '}']).next().unwrap_or_default();
            self.anchors.entry(name.to_owned()).or_insert(Anchor::Dropped);
        }
        (self.ignored_depth, self.documents, self.ended) = (0, 0, false);
        (self.continued, self.complete) = (true, false);
    }

    /// Whether the document was already over when the parser stopped.
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// Whether a document marker stands between the part that was read and `at`.
    pub fn is_second_document(&self, page: &Page, at: usize) -> bool {
        page.line_with_content_above(at).is_some_and(|above| page.content(&above).starts_with("..."))
    }

    /// Whether the outermost node ended with a bracket, so that no further part can be added to it.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Whether the next node stands inside something that is dropped.
    pub fn ignores(&self) -> bool {
        self.ignored_depth > 0 || matches!(self.expects(), Expects::IgnoredKey | Expects::IgnoredValue)
    }

    /// Whether the next node is an item of a list.
    pub fn expects_item(&self) -> bool {
        self.ignored_depth == 0 && !self.frames.is_empty() && self.expects() == Expects::Item
    }

    /// Whether the next node is a key.
    pub fn expects_key(&self) -> bool {
        self.ignored_depth == 0 && self.expects() == Expects::Key
    }

    /// Takes back what was found in the line of a mistake: it comes from the same characters.
    pub fn forget_findings_from(&mut self, offset: usize) {
        self.diagnostics.retain(|finding| finding.span.range().start < offset);
    }

    /// Takes back the finding about the key that is being ignored, when something worse was found inside it.
    pub fn forget_ignored_key(&mut self) {
        if self.ignored_depth > 0 && self.expects() == Expects::IgnoredKey {
            self.diagnostics.pop();
        }
    }

    /// A document begins at `at`.
    pub fn document(&mut self, page: &Page, at: usize, explicit: bool) -> Result<(), Stop> {
        self.documents += 1;
        self.ended = false;
        if self.documents < 2 {
            return Ok(());
        }
        self.complete = false;
        self.diagnostics.push(unsupported::second_document(page, at, explicit));
        Err(Stop::Done)
    }

    /// The document is over.
    pub fn document_ended(&mut self) {
        self.ended = true;
    }

    /// A map or list begins.
    pub fn open(
        &mut self,
        page: &Page,
        kind: NodeKind,
        start: usize,
        tag: Option<Range<usize>>,
    ) -> Result<(), Stop> {
        self.last = Anchor::Dropped;
        if self.ignored_depth > 0 {
            self.ignored_depth += 1;
            return if self.frames.len() + self.ignored_depth > MAX_DEPTH {
                Err(Stop::Depth(start))
            } else {
                Ok(())
            };
        }
        if self.frames.len() >= MAX_DEPTH {
            return Err(Stop::Depth(start));
        }
        match self.expects() {
            Expects::IgnoredKey | Expects::IgnoredValue => {
                self.ignored_depth = 1;
                return Ok(());
            }
            Expects::Key => {
                self.refuse_key(unsupported::collection_as_key(page, kind, start), Expects::IgnoredKey);
                self.ignored_depth = 1;
                return Ok(());
            }
            Expects::Item | Expects::Value => {}
        }
        self.report_tag(page, tag);
        let is_continued_root = self.frames.is_empty() && !self.builder.is_empty();
        if self.frames.is_empty() && self.continued && kind != NodeKind::Map {
            return Err(Stop::Mistake(Trouble::Other, start));
        }
        let index = if is_continued_root { 0 } else { self.next_index(start)? };
        if !is_continued_root {
            self.builder.open(kind, start);
        }
        let expects = if kind == NodeKind::Map { Expects::Key } else { Expects::Item };
        self.frames.push(Frame { expects, index, height: 1, anchor: None });
        self.last = Anchor::Node { index, height: usize::MAX };
        Ok(())
    }

    /// The innermost map or list ends. `bracket` is the end of its closing bracket, `reached` of the last thing
    /// in it, which may be an alias or something that was dropped.
    pub fn close(&mut self, bracket: Option<usize>, reached: usize) {
        self.last = Anchor::Dropped;
        if self.ignored_depth > 0 {
            self.ignored_depth -= 1;
            if self.ignored_depth == 0 {
                self.finish_node(0);
            }
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        self.builder.reach(reached);
        // The outermost block map stays open: after a mistake there may be more of it.
        if !self.frames.is_empty() || bracket.is_some() {
            self.builder.close(bracket);
            self.closed = self.frames.is_empty();
        }
        // A node inside may have taken the name over.
        let anchor = frame.anchor.and_then(|name| self.anchors.get_mut(&name));
        if let Some(Anchor::Node { index, height }) = anchor
            && *index == frame.index
        {
            *height = frame.height;
        }
        self.finish_node(frame.height);
    }

    /// A scalar stands at `range`.
    pub fn scalar(
        &mut self,
        page: &Page,
        text: &str,
        style: Style,
        range: Range<usize>,
        tag: Option<Range<usize>>,
    ) -> Result<(), Stop> {
        self.last = Anchor::Dropped;
        if self.ignored_depth > 0 {
            return Ok(());
        }
        if self.frames.is_empty() && self.continued {
            return Err(Stop::Mistake(Trouble::NoColon, range.start));
        }
        match self.expects() {
            Expects::IgnoredKey | Expects::IgnoredValue => {
                self.finish_node(0);
                return Ok(());
            }
            Expects::Key => {
                self.report_tag(page, tag);
                if let Some(refusal) = unsupported::scalar_as_key(page, text, style, &range) {
                    self.refuse_key(refusal, Expects::IgnoredValue);
                    return Ok(());
                }
                if text.len() > MAX_KEY_CHARACTERS && text.chars().count() > MAX_KEY_CHARACTERS {
                    self.diagnostics.push(unsupported::long_key(page, &range, text.chars().count()));
                }
            }
            Expects::Item | Expects::Value => self.report_tag(page, tag),
        }
        let index = self.next_index(range.start)?;
        let quote = usize::from(matches!(style, Style::SingleQuoted | Style::DoubleQuoted));
        let block = matches!(style, Style::Literal | Style::Folded);
        let written = page.slice(range.start + quote..range.end.saturating_sub(quote));
        if !block && written == text {
            self.builder.verbatim(style, range.start, range.end);
        } else {
            self.builder.decoded(style, range.start, range.end, text);
        }
        self.last = Anchor::Node { index, height: 0 };
        self.finish_node(0);
        Ok(())
    }

    /// The node that was added last has a name.
    pub fn anchor(&mut self, name: &str) {
        if let Anchor::Node { height: usize::MAX, .. } = self.last
            && let Some(frame) = self.frames.last_mut()
        {
            frame.anchor = Some(name.to_owned());
        }
        if self.expects() == Expects::Value {
            self.key_anchor = Some(name.to_owned());
        }
        self.anchors.insert(name.to_owned(), self.last);
    }

    /// An alias stands at `range`.
    pub fn alias(&mut self, page: &Page, range: Range<usize>) -> Result<(), Stop> {
        self.last = Anchor::Dropped;
        if self.ignored_depth > 0 {
            return Ok(());
        }
        let expects = self.expects();
        if matches!(expects, Expects::IgnoredKey | Expects::IgnoredValue) {
            self.finish_node(0);
            return Ok(());
        }
        let name = page.slice(range.start + 1..range.end);
        let Some(Anchor::Node { index, height }) = self.anchors.get(name).copied() else {
            // A name that was defined in a part that could not be read is no mistake of its own.
            let lost = self.anchors.contains_key(name);
            let search = self.diagnostics.len() < MAX_MISTAKES;
            let finding = (!lost).then(|| unsupported::unknown_alias(page, range.clone(), name, search));
            self.drop_alias(finding, expects);
            return Ok(());
        };
        if height == usize::MAX {
            self.drop_alias(Some(unsupported::alias_cycle(page, range.clone(), name)), expects);
            return Ok(());
        }
        if expects == Expects::Key && height > 0 {
            self.refuse_key(unsupported::alias_as_key(page, range), Expects::IgnoredValue);
            return Ok(());
        }
        if self.frames.len() + height > MAX_DEPTH {
            return Err(Stop::Depth(range.start));
        }
        let extra = self.builder.subtree_len(index);
        if self.repeated + extra > MAX_REPEATED_NODES {
            let finding = unsupported::too_many_repeated(page, range.clone(), name);
            let first = !std::mem::replace(&mut self.repeated_too_much, true);
            self.drop_alias(first.then_some(finding), expects);
            return Ok(());
        }
        self.repeated += extra;
        self.next_index(range.start)?;
        self.builder.repeat(index);
        self.finish_node(height);
        Ok(())
    }

    fn expects(&self) -> Expects {
        self.frames.last().map_or(Expects::Item, |frame| frame.expects)
    }

    /// A node is over: a map then waits for the other half of an entry.
    fn finish_node(&mut self, height: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.height = frame.height.max(height + 1);
            frame.expects = match frame.expects {
                Expects::Key => Expects::Value,
                Expects::Value => Expects::Key,
                Expects::IgnoredKey => Expects::IgnoredValue,
                Expects::IgnoredValue => Expects::Key,
                Expects::Item => Expects::Item,
            };
        }
    }

    fn refuse_key(&mut self, finding: Diagnostic, then: Expects) {
        self.diagnostics.push(finding);
        self.complete = false;
        if let Some(frame) = self.frames.last_mut() {
            frame.expects = then;
        }
    }

    fn drop_alias(&mut self, finding: Option<Diagnostic>, expects: Expects) {
        self.diagnostics.extend(finding);
        self.complete = false;
        match expects {
            Expects::Key => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.expects = Expects::IgnoredValue;
                }
            }
            Expects::Value => {
                self.builder.take_back_scalar();
                let key = self.key_anchor.take().and_then(|name| self.anchors.get_mut(&name));
                if let Some(anchor) = key
                    && matches!(anchor, Anchor::Node { index, .. } if *index as usize == self.builder.len())
                {
                    *anchor = Anchor::Dropped;
                }
                self.finish_node(0);
            }
            Expects::Item | Expects::IgnoredKey | Expects::IgnoredValue => self.finish_node(0),
        }
    }

    /// Stops when there is more wrong than anyone would read.
    pub fn check_findings(&mut self) -> Result<(), Stop> {
        if self.diagnostics.len() < MAX_FINDINGS {
            return Ok(());
        }
        self.complete = false;
        Err(Stop::Done)
    }

    fn report_tag(&mut self, page: &Page, tag: Option<Range<usize>>) {
        if let Some(tag) = tag {
            self.diagnostics.push(unsupported::tag(page, tag));
        }
    }

    /// The index of the node that is about to be added.
    fn next_index(&mut self, at: usize) -> Result<u32, Stop> {
        if self.builder.len() >= MAX_NODES {
            let message = format!("the file holds more than {} maps, lists and values", grouped(MAX_NODES));
            let span = Span::new(self.file, at, at);
            let help = "split the design into several files and name them under `include:`";
            self.diagnostics.push(Diagnostic::error("limit-exceeded", span, message).help(help));
            self.complete = false;
            return Err(Stop::Done);
        }
        Ok(u32::try_from(self.builder.len()).unwrap_or(u32::MAX))
    }
}

/// Whether a plain scalar is YAML's way to write nothing.
pub fn is_null(text: &str, style: Style) -> bool {
    style == Style::Plain && core_type(text) == CoreType::Null
}
