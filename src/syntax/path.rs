//! The dotted place of a span: `components.app.replicas`, `flows.redirect.steps[2]`. Items count from 0.

use super::tree::{Node, NodeKind, Tree};
use crate::source::{FileId, Sources, Span};
use std::fmt::Write;

/// The places of all entries and items of a tree, ready to be searched.
#[derive(Debug)]
pub struct PathIndex {
    file: FileId,
    /// In the order of the text, an outer place before those within it.
    places: Vec<Place>,
}

/// An entry of a map, key and value, or an item of a list.
#[derive(Debug)]
struct Place {
    start: u32,
    end: u32,
    parent: Option<u32>,
    step: Step,
}

#[derive(Debug)]
enum Step {
    Key(Box<str>),
    Item(u32),
}

/// A collection whose nodes are being visited.
struct Open<'t> {
    kind: NodeKind,
    next_index: u32,
    place: Option<u32>,
    items: u32,
    key: Option<Node<'t>>,
}

impl PathIndex {
    /// Looks at every node once.
    pub fn new(sources: &Sources, tree: &Tree) -> Self {
        let file = tree.root(sources).map_or(FileId(0), |root| root.span().file);
        let mut places: Vec<Place> = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        let mut reached: Option<Node> = None;
        let mut skip_until = 0;
        for node in tree.nodes(sources) {
            if node.index() < skip_until {
                continue;
            }
            while open.last().is_some_and(|around| around.next_index <= node.index()) {
                open.pop();
            }
            // Nodes that an alias repeats point back to where they are written, and have their place there.
            let repeated = reached.is_some_and(|last| {
                let first_child = last.index() + 1 == node.index() && last.kind() != NodeKind::Scalar;
                node.span().start < last.span().start
                    || (node.span().start == last.span().start && !first_child)
            });
            if repeated {
                skip_until = node.next_index();
            } else {
                reached = Some(node);
            }
            let place =
                open.last_mut().map_or(Some(None), |around| around.place_of(node, repeated)).map(|place| {
                    let index = u32::try_from(places.len()).ok();
                    let known = place.is_some();
                    places.extend(place);
                    index.filter(|_| known)
                });
            if let (Some(place), false, false) = (place, repeated, node.kind() == NodeKind::Scalar) {
                let (kind, next_index) = (node.kind(), node.next_index());
                open.push(Open { kind, next_index, place, items: 0, key: None });
            }
        }
        Self { file, places }
    }

    /// The place of a span; empty for the whole document and for other files.
    pub fn path_at(&self, span: Span) -> String {
        let after = self.places.partition_point(|place| place.start <= span.start);
        let mut steps = Vec::new();
        let mut at = after.checked_sub(1).and_then(|last| u32::try_from(last).ok());
        while let Some(place) =
            at.and_then(|at| self.places.get(at as usize)).filter(|_| span.file == self.file)
        {
            // Once a place holds the span, so do those around it.
            if !steps.is_empty() || span.end <= place.end {
                steps.push(&place.step);
            }
            at = place.parent;
        }
        let mut path = String::new();
        for step in steps.into_iter().rev() {
            // Writing to a string cannot fail.
            let _ = match step {
                Step::Item(number) => write!(path, "[{number}]"),
                Step::Key(key) if !is_plain(key) => write!(path, "[{key:?}]"),
                Step::Key(key) if path.is_empty() => write!(path, "{key}"),
                Step::Key(key) => write!(path, ".{key}"),
            };
        }
        path
    }
}

impl<'t> Open<'t> {
    /// The place that a node makes in its collection: `None` when its own nodes need none either,
    /// `Some(None)` for a key, whose place comes with its value.
    fn place_of(&mut self, node: Node<'t>, repeated: bool) -> Option<Option<Place>> {
        let parent = self.place;
        if self.kind == NodeKind::List {
            let step = Step::Item(self.items);
            self.items += 1;
            let span = node.span();
            return (!repeated).then_some(Some(Place { start: span.start, end: span.end, parent, step }));
        }
        let Some(key) = self.key.take() else {
            self.key = Some(node);
            return Some(None);
        };
        let (first, last) = (key.span(), if repeated { key.span() } else { node.span() });
        let step = Step::Key(key.text().into());
        Some(Some(Place { start: first.start, end: last.end.max(first.end), parent, step }))
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;
    use crate::syntax::parse;

    /// Gives the path of the first place where `part` stands in `text`.
    fn check(text: &str, part: &str, expected: &str) {
        let mut sources = Sources::new();
        let file = sources.add(SourceFile::new("a.yaml", text)).unwrap();
        let parsed = parse(&sources, file);
        let index = PathIndex::new(&sources, &parsed.tree);
        let start = text.find(part).unwrap();
        assert_eq!(
            index.path_at(Span::new(file, start, start + part.len())),
            expected,
            "{part:?} in {text:?}"
        );
    }

    const DESIGN: &str = "\
components:
  app: { kind: service, replicas: 6 }
  'odd name': { kind: cache }
flows:
  redirect:
    steps:
      - browser -> app
      - chance: 10%
        steps:
          - app -> hot
          - app -> cold
owner:
";

    #[test]
    fn keys_and_values_have_the_path_of_their_entry() {
        check(DESIGN, "replicas", "components.app.replicas");
        check(DESIGN, "6", "components.app.replicas");
        check(DESIGN, "{ kind: service, replicas: 6 }", "components.app");
        check(DESIGN, "app: {", "components.app");
        check(DESIGN, "owner", "owner");
        check(DESIGN, "components", "components");
    }

    #[test]
    fn items_are_numbered_from_zero() {
        check(DESIGN, "browser -> app", "flows.redirect.steps[0]");
        check(DESIGN, "10%", "flows.redirect.steps[1].chance");
        check(DESIGN, "-> cold", "flows.redirect.steps[1].steps[1]");
        check("[a, [b, c]]", "c", "[1][1]");
    }

    #[test]
    fn keys_that_are_no_names_are_quoted() {
        check(DESIGN, "cache", "components[\"odd name\"].kind");
    }

    #[test]
    fn a_span_over_several_entries_has_the_path_of_what_holds_them() {
        check(DESIGN, "kind: service, replicas: 6", "components.app");
        check(DESIGN, "6 }\n  'odd name'", "components");
        check(DESIGN, DESIGN, "");
    }

    #[test]
    fn repeated_nodes_have_the_place_where_they_are_written() {
        let text = "a: &x {b: [1]}\nc: *x\nd: [*x, 2]\ne: *x\nf: g\n";
        check(text, "1", "a.b[0]");
        check(text, "2", "d[1]");
        check(text, "c:", "");
        check(text, "c", "c");
        check(text, "g", "f");
    }
}
