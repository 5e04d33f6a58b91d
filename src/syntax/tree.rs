//! A YAML document as a flat list of nodes in document order, each with its place in the source.
//!
//! A node takes 20 bytes and borrows its text from the source; only scalars whose text differs from what
//! stands there (escapes, folded lines) keep a copy. A map's children are key, value, key, value; every key
//! is a scalar. `next` is the index after a node's whole subtree, so that siblings are one step apart.

use crate::source::{FileId, Sources, Span};

/// What a node is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NodeKind {
    /// `key: value` pairs.
    Map,
    /// A sequence.
    List,
    /// A text of any style; also the empty value.
    Scalar,
}

/// How a scalar is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// Without quotes; also the empty value.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// What a plain scalar would be in YAML's core schema. Quoted and block scalars are always `Text`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum CoreType {
    /// Nothing, `~`, `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number as YAML and JSON understand it.
    Number(f64),
    /// Everything else.
    Text,
}

const VERBATIM: u32 = u32::MAX;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct RawNode {
    kind: NodeKind,
    style: Style,
    file: FileId,
    start: u32,
    end: u32,
    next: u32,
    /// Index into `Tree::owned`, or `VERBATIM`.
    text: u32,
}

/// All nodes of one document.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tree {
    nodes: Vec<RawNode>,
    owned: Vec<Box<str>>,
}

impl Tree {
    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the document has no content at all.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The outermost node.
    pub fn root<'t>(&'t self, sources: &'t Sources) -> Option<Node<'t>> {
        (!self.nodes.is_empty()).then_some(Node { sources, tree: self, index: 0 })
    }

    /// Every node with its index, in document order: each collection before what it holds.
    pub fn nodes<'t>(&'t self, sources: &'t Sources) -> impl Iterator<Item = Node<'t>> + use<'t> {
        let count = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        (0..count).map(move |index| Node { sources, tree: self, index })
    }

    fn raw(&self, index: u32) -> RawNode {
        // Indexes come from the tree itself; a wrong one reads as an empty value instead of a panic.
        self.nodes.get(index as usize).copied().unwrap_or(RawNode {
            kind: NodeKind::Scalar,
            style: Style::Plain,
            file: FileId(0),
            start: 0,
            end: 0,
            next: u32::MAX,
            text: VERBATIM,
        })
    }
}

/// One node, with everything needed to read it. Copying it is free.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    sources: &'t Sources,
    tree: &'t Tree,
    index: u32,
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.kind() {
            NodeKind::Map => out.debug_map().entries(self.entries()).finish(),
            NodeKind::List => out.debug_list().entries(self.items()).finish(),
            NodeKind::Scalar => write!(out, "{:?}", self.text()),
        }
    }
}

impl<'t> Node<'t> {
    /// Map, list or scalar.
    pub fn kind(self) -> NodeKind {
        self.tree.raw(self.index).kind
    }

    /// How a scalar is written.
    pub fn style(self) -> Style {
        self.tree.raw(self.index).style
    }

    /// The texts this node points into.
    pub fn sources(self) -> &'t Sources {
        self.sources
    }

    /// Its place in document order: unique in its tree.
    pub fn index(self) -> u32 {
        self.index
    }

    /// The index just after its whole subtree.
    pub fn next_index(self) -> u32 {
        self.tree.raw(self.index).next
    }

    /// The characters of the whole node, quotes and brackets included. Block collections end with their
    /// last value.
    pub fn span(self) -> Span {
        let raw = self.tree.raw(self.index);
        Span { file: raw.file, start: raw.start, end: raw.end }
    }

    /// A scalar's text after quotes, escapes and folding; empty for maps and lists.
    pub fn text(self) -> &'t str {
        let raw = self.tree.raw(self.index);
        if raw.kind != NodeKind::Scalar {
            return "";
        }
        if raw.text != VERBATIM {
            return self.tree.owned.get(raw.text as usize).map_or("", |text| text);
        }
        let quote = u32::from(matches!(raw.style, Style::SingleQuoted | Style::DoubleQuoted));
        let range = (raw.start + quote) as usize..raw.end.saturating_sub(quote) as usize;
        self.sources.get(raw.file).slice(range)
    }

    /// Whether the text stands in the source exactly as [`Node::text`] gives it.
    pub fn is_verbatim(self) -> bool {
        self.tree.raw(self.index).text == VERBATIM
    }

    /// Whether this is an empty value: nothing, `~` or `null` without quotes.
    pub fn is_null(self) -> bool {
        self.kind() == NodeKind::Scalar && self.core_type() == CoreType::Null
    }

    /// Whether nothing at all is written where the value should stand.
    pub fn is_absent(self) -> bool {
        self.kind() == NodeKind::Scalar && self.style() == Style::Plain && self.text().is_empty()
    }

    /// What the scalar is to YAML's core schema.
    pub fn core_type(self) -> CoreType {
        match self.style() {
            Style::Plain => core_type(self.text()),
            _ => CoreType::Text,
        }
    }

    /// The key and value nodes of a map, in order; nothing for other nodes.
    pub fn entries(self) -> impl Iterator<Item = (Node<'t>, Node<'t>)> + use<'t> {
        let mut children = self.children(NodeKind::Map);
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }

    /// The items of a list, in order; nothing for other nodes.
    pub fn items(self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        self.children(NodeKind::List)
    }

    /// The value at a key of a map.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        self.entries().find(|(name, _)| name.text() == key).map(|(_, value)| value)
    }

    fn children(self, of: NodeKind) -> impl Iterator<Item = Node<'t>> + use<'t> {
        let raw = self.tree.raw(self.index);
        let end = if raw.kind == of { raw.next } else { 0 };
        let mut index = self.index + 1;
        std::iter::from_fn(move || {
            (index < end).then(|| {
                let child = Node { index, ..self };
                index = self.tree.raw(index).next;
                child
            })
        })
    }

    /// The place in the source of a range of bytes of [`Node::text`].
    pub fn subspan(self, range: std::ops::Range<usize>) -> Span {
        let span = self.span();
        if self.is_verbatim() {
            let quote = usize::from(matches!(self.style(), Style::SingleQuoted | Style::DoubleQuoted));
            let start = span.start as usize + quote;
            return Span::new(span.file, start + range.start, start + range.end);
        }
        let raw = self.sources.text(span);
        let place = super::align::source_range(raw, self.style(), self.text(), range);
        match place {
            Some(inner) => {
                let start = span.start as usize;
                Span::new(span.file, start + inner.start, start + inner.end)
            }
            None => span,
        }
    }
}

/// What a plain scalar means in YAML 1.2's core schema.
pub fn core_type(text: &str) -> CoreType {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => CoreType::Null,
        "true" | "True" | "TRUE" => CoreType::Bool(true),
        "false" | "False" | "FALSE" => CoreType::Bool(false),
        _ => match text.as_bytes().first() {
            Some(b'0'..=b'9' | b'-' | b'+' | b'.') => number(text).map_or(CoreType::Text, CoreType::Number),
            _ => CoreType::Text,
        },
    }
}

fn number(text: &str) -> Option<f64> {
    if let Some(digits) = text.strip_prefix("0x") {
        return i64::from_str_radix(digits, 16).ok().map(|value| value as f64);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return i64::from_str_radix(digits, 8).ok().map(|value| value as f64);
    }
    // `f64::from_str` also takes `inf`, `nan` and `infinity`, which are words here.
    let plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'));
    let value = if plain { text.parse::<f64>().ok()? } else { return None };
    value.is_finite().then_some(value)
}

/// Builds a tree from events in document order.
#[derive(Debug)]
pub struct TreeBuilder {
    tree: Tree,
    file: FileId,
    open: Vec<u32>,
}

impl TreeBuilder {
    /// For the text of `file`.
    pub fn new(file: FileId, expected_nodes: usize) -> Self {
        let nodes = Vec::with_capacity(expected_nodes);
        Self { tree: Tree { nodes, owned: Vec::new() }, file, open: Vec::new() }
    }

    /// How many nodes have been added.
    pub fn len(&self) -> usize {
        self.tree.nodes.len()
    }

    /// Whether nothing has been added.
    pub fn is_empty(&self) -> bool {
        self.tree.nodes.is_empty()
    }

    /// How many collections are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    fn push(&mut self, kind: NodeKind, style: Style, start: usize, end: usize, text: u32) -> u32 {
        let index = u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX);
        let span = Span::new(self.file, start, end);
        let (start, end) = (span.start, span.end);
        self.tree.nodes.push(RawNode { kind, style, file: self.file, start, end, next: index + 1, text });
        index
    }

    /// Opens a map or list that begins at `start`.
    pub fn open(&mut self, kind: NodeKind, start: usize) {
        let index = self.push(kind, Style::Plain, start, start, VERBATIM);
        self.open.push(index);
    }

    /// Closes the innermost collection; `end` is where a flow collection's bracket ends, `None` for a block
    /// collection, which ends where the furthest of its children does.
    pub fn close(&mut self, end: Option<usize>) {
        let Some(index) = self.open.pop() else { return };
        let next = u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX);
        let last_child_end = self.tree.nodes.last().map_or(0, |last| last.end);
        let Some(node) = self.tree.nodes.get_mut(index as usize) else { return };
        node.end = end.map_or(node.end.max(last_child_end), |end| Span::new(self.file, 0, end).end);
        node.next = next;
        let end = node.end;
        let parent = self.open.last().and_then(|&parent| self.tree.nodes.get_mut(parent as usize));
        if let Some(parent) = parent {
            // The last node in the list may end before the bracket of the collection that holds it.
            parent.end = parent.end.max(end);
        }
    }

    /// Adds a scalar that stands in the source as it reads.
    pub fn verbatim(&mut self, style: Style, start: usize, end: usize) {
        self.push(NodeKind::Scalar, style, start, end, VERBATIM);
    }

    /// Adds a scalar whose text differs from what is written.
    pub fn decoded(&mut self, style: Style, start: usize, end: usize, text: &str) {
        let index = u32::try_from(self.tree.owned.len()).unwrap_or(VERBATIM);
        self.tree.owned.push(text.into());
        self.push(NodeKind::Scalar, style, start, end, index);
    }

    /// Opens a collection that is written where `node` is, which may be in another file.
    pub fn open_like(&mut self, node: Node<'_>) {
        self.push_like(node);
        self.open.push(u32::try_from(self.tree.nodes.len().saturating_sub(1)).unwrap_or(u32::MAX));
    }

    /// Closes the innermost collection where the node that it was opened like ends.
    pub fn close_like(&mut self, node: Node<'_>) {
        self.close(Some(node.span().end as usize));
    }

    /// Adds a key that is not written, but that the bare value `node` stands for: its place is the value's.
    pub fn name_like(&mut self, node: Node<'_>, name: &str) {
        let text = u32::try_from(self.tree.owned.len()).unwrap_or(VERBATIM);
        self.tree.owned.push(name.into());
        let raw = node.tree.raw(node.index);
        let next = u32::try_from(self.tree.nodes.len() + 1).unwrap_or(u32::MAX);
        self.tree.nodes.push(RawNode { kind: NodeKind::Scalar, next, text, ..raw });
    }

    /// Copies a node with all that is in it, from this or another tree.
    pub fn copy(&mut self, node: Node<'_>) {
        let shift = i64::try_from(self.len()).unwrap_or(0) - i64::from(node.index);
        let end = node.next_index();
        for index in node.index..end {
            let next = i64::from(node.tree.raw(index).next) + shift;
            self.push_like(Node { index, ..node });
            if let Some(copy) = self.tree.nodes.last_mut() {
                copy.next = u32::try_from(next).unwrap_or(u32::MAX);
            }
        }
    }

    fn push_like(&mut self, node: Node<'_>) {
        let raw = node.tree.raw(node.index);
        let text = if raw.text == VERBATIM {
            VERBATIM
        } else {
            self.tree.owned.push(node.text().into());
            u32::try_from(self.tree.owned.len() - 1).unwrap_or(VERBATIM)
        };
        let next = u32::try_from(self.tree.nodes.len() + 1).unwrap_or(u32::MAX);
        self.tree.nodes.push(RawNode { next, text, ..raw });
    }

    /// Copies the finished subtree at `index` to the end, as an alias does. Spans keep pointing at the original.
    pub fn repeat(&mut self, index: u32) {
        let subtree = {
            let next = self.tree.raw(index).next.min(u32::try_from(self.len()).unwrap_or(u32::MAX));
            self.tree.nodes.get(index as usize..next as usize).unwrap_or(&[]).to_vec()
        };
        let shift = u32::try_from(self.len()).unwrap_or(u32::MAX).saturating_sub(index);
        self.tree.nodes.extend(subtree.into_iter().map(|node| RawNode { next: node.next + shift, ..node }));
    }

    /// Says that the innermost open collection reaches at least to `end`: something stands there that has no
    /// node, or an alias, whose nodes point elsewhere.
    pub fn reach(&mut self, end: usize) {
        let end = Span::new(self.file, 0, end).end;
        let open = self.open.last().and_then(|&index| self.tree.nodes.get_mut(index as usize));
        if let Some(open) = open {
            open.end = open.end.max(end);
        }
    }

    /// Takes back the scalar that was added last.
    pub fn take_back_scalar(&mut self) {
        if self.tree.nodes.last().is_some_and(|node| node.kind == NodeKind::Scalar) {
            self.tree.nodes.pop();
        }
    }

    /// Keeps of an open outermost map the finished entries whose keys begin before `offset`, and of any other
    /// open outermost node nothing. The map stays open for more.
    pub fn keep_entries_before(&mut self, offset: usize) {
        let limit = Span::new(self.file, offset, offset).start;
        let count = u32::try_from(self.len()).unwrap_or(u32::MAX);
        let root = self.tree.raw(0);
        if self.open.first() != Some(&0) || root.kind != NodeKind::Map {
            self.open.clear();
            self.tree.nodes.clear();
            return;
        }
        let (mut kept, mut end) = (1, root.start);
        loop {
            let value = self.tree.raw(kept).next;
            let unfinished = value >= count || self.open.get(1).is_some_and(|&open| open <= value);
            if unfinished || self.tree.raw(kept).start >= limit {
                break;
            }
            let key_end = self.tree.raw(kept).end;
            let value = self.tree.raw(value);
            end = end.max(value.end).max(key_end);
            kept = value.next;
        }
        self.open.truncate(1);
        self.tree.nodes.truncate(kept as usize);
        if let Some(root) = self.tree.nodes.first_mut() {
            root.end = end;
        }
    }

    /// The size in nodes of the finished subtree at `index`.
    pub fn subtree_len(&self, index: u32) -> usize {
        self.tree.raw(index).next.saturating_sub(index) as usize
    }

    /// Closes what is still open and hands over the tree.
    pub fn finish(mut self) -> Tree {
        while !self.open.is_empty() {
            self.close(None);
        }
        self.tree
    }
}
