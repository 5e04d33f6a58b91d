//! Keys that stand twice in one map. YAML parsers tell nobody and keep one of the values.

use super::limits::MAX_FINDINGS;
use super::page::shown;
use super::tree::{Node, NodeKind, Tree};
use crate::diagnostic::Diagnostic;
use crate::source::{Sources, Span};
use std::collections::{HashMap, HashSet};

/// Finds every key whose text, after quotes and escapes, stands in the same map before. Takes time in
/// proportion to the number of nodes.
pub fn check(tree: &Tree, sources: &Sources) -> Vec<Diagnostic> {
    let mut findings = Findings::default();
    let mut small: Vec<Node> = Vec::with_capacity(SMALL);
    for map in tree.nodes(sources).filter(|node| node.kind() == NodeKind::Map) {
        small.clear();
        let mut keys = map.entries().map(|(key, _)| key);
        small.extend(keys.by_ref().take(SMALL));
        match keys.next() {
            None => check_small(&small, &mut findings),
            Some(next) => check_large(small.iter().copied().chain([next]).chain(keys), &mut findings),
        }
        if findings.found.len() >= MAX_FINDINGS {
            break;
        }
    }
    findings.found
}

/// Up to so many keys are compared with each other directly.
const SMALL: usize = 12;

fn check_small(keys: &[Node], findings: &mut Findings) {
    for (at, key) in keys.iter().enumerate() {
        let text = key.text();
        let first = keys.iter().take(at).find(|other| other.text() == text);
        if let Some(first) = first {
            findings.add(*key, first.span());
        }
    }
}

fn check_large<'t>(keys: impl Iterator<Item = Node<'t>>, findings: &mut Findings) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for key in keys {
        match seen.get(key.text()) {
            Some(&first) => findings.add(key, first),
            None => {
                seen.insert(key.text(), key.span());
            }
        }
    }
}

#[derive(Default)]
struct Findings {
    found: Vec<Diagnostic>,
    /// Aliases repeat a map with its mistakes; each is told once.
    told: HashSet<Span>,
}

impl Findings {
    fn add(&mut self, key: Node, first: Span) {
        if self.found.len() >= MAX_FINDINGS || !self.told.insert(key.span()) {
            return;
        }
        let name = shown(key.text());
        self.found.push(
            Diagnostic::error("duplicate-key", key.span(), format!("the key `{name}` is defined twice"))
                .label("defined again here")
                .related(first, "first defined here")
                .help("rename one of them, or merge the two values under one key"),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::source::{SourceFile, Sources};
    use crate::syntax::parse;

    /// Gives the places of repeated keys and of what they repeat.
    fn check(text: &str) -> Vec<(String, usize, usize)> {
        let mut sources = Sources::new();
        let file = sources.add(SourceFile::new("a.yaml", text)).unwrap();
        let parsed = parse(&sources, file);
        let place = |finding: &crate::diagnostic::Diagnostic| {
            let span = finding.span;
            (sources.text(span).to_owned(), span.range().start, finding.related[0].span.range().start)
        };
        assert!(parsed.diagnostics.iter().all(|finding| finding.rule == "duplicate-key"), "{parsed:?}");
        parsed.diagnostics.iter().map(place).collect()
    }

    #[test]
    fn keys_are_compared_after_quotes_and_escapes() {
        let found = check("a: 1\n\"a\": 2\n'a': 3\n\"\\x61\": 4\nA: 5\n");
        let expected = [("\"a\"", 5, 0), ("'a'", 12, 0), ("\"\\x61\"", 19, 0)];
        assert_eq!(found, expected.map(|(text, at, first)| (text.to_owned(), at, first)));
    }

    #[test]
    fn the_same_key_in_another_map_is_another_key() {
        assert_eq!(check("a: {b: 1, c: {b: 2}}\nb: {b: 3}\nd: [{a: 1}, {a: 2}]\n"), []);
    }

    #[test]
    fn a_map_repeated_by_an_alias_is_told_once() {
        assert_eq!(check("a: &x {b: 1, b: 2}\nc: *x\nd: *x\n"), [("b".to_owned(), 13, 7)]);
    }

    #[test]
    fn large_maps_are_checked_as_small_ones_are() {
        for count in [3, 11, 12, 13, 14, 40] {
            let mut text: String = (0..count).map(|key| format!("key{key}: 1\n")).collect();
            let at = text.len();
            text.push_str("key1: 2\n");
            assert_eq!(check(&text), [("key1".to_owned(), at, 8)], "{count} keys");
        }
    }
}
