//! A design with a variant laid over it, as a tree of its own whose spans point at where things are written.

use super::tree::{Node, NodeKind, Tree, TreeBuilder};
use crate::diagnostic::Diagnostic;
use crate::suggest::nearest;
use std::collections::{HashMap, HashSet};

/// How many wrong keys are told what they were probably meant to be.
const MOST_GUESSES: usize = 100;

/// A section that is patched.
#[derive(Clone, Copy, Debug)]
pub struct Patched {
    /// Its key.
    pub section: &'static str,
    /// The key that a bare value of one of its entries stands for (`app: service` is its `kind`).
    pub shorthand: Option<&'static str>,
}

/// Lays `patch` over the documents `bases`: maps are merged, an empty value takes a key out, anything else
/// replaces what was there. Only `sections` are patched; of the others, those that a design has are kept.
pub fn overlay(bases: &[Node<'_>], patch: Node<'_>, sections: &[Patched]) -> (Tree, Vec<Diagnostic>) {
    let mut merge = Merge { builder: TreeBuilder::new(patch.span().file, 1024), diagnostics: Vec::new() };
    let patched = |name: &str| sections.iter().find(|patched| patched.section == name);
    let Some(first) = bases.first() else { return (Tree::default(), Vec::new()) };
    merge.builder.open_like(*first);
    let mut done: Vec<&str> = vec!["variants", "include"];
    for (key, value) in bases.iter().flat_map(|base| base.entries()) {
        let name = key.text();
        if done.contains(&name) {
            continue;
        }
        done.push(name);
        merge.builder.copy(key);
        let values: Vec<Node<'_>> = bases.iter().filter_map(|base| base.get(name)).collect();
        match (patch.get(name), patched(name)) {
            (Some(change), Some(patched)) => merge.section(&values, change, patched.shorthand),
            _ if values.len() > 1 && values.iter().any(|value| value.kind() == NodeKind::Map) => {
                merge.join(&values)
            }
            _ => merge.builder.copy(value),
        }
    }
    for (key, change) in patch.entries().filter(|(key, _)| !done.contains(&key.text())) {
        if patched(key.text()).is_some() {
            merge.builder.copy(key);
            merge.section(&[], change, None);
        }
    }
    merge.builder.close_like(*first);
    (merge.builder.finish(), merge.diagnostics)
}

struct Merge {
    builder: TreeBuilder,
    diagnostics: Vec<Diagnostic>,
}

impl Merge {
    fn join(&mut self, bases: &[Node<'_>]) {
        // An empty section of one file takes nothing away from the other's.
        let Some(first) = bases.iter().find(|base| base.kind() == NodeKind::Map) else { return };
        self.builder.open_like(*first);
        for (key, value) in bases.iter().flat_map(|base| base.entries()) {
            self.builder.copy(key);
            self.builder.copy(value);
        }
        self.builder.close_like(*first);
    }

    fn section(&mut self, bases: &[Node<'_>], patch: Node<'_>, shorthand: Option<&str>) {
        self.merge_with(bases, patch, &mut |merge, base, change| {
            let bare = shorthand.filter(|_| base.kind() == NodeKind::Scalar && !base.is_null());
            match bare.filter(|_| change.kind() == NodeKind::Map) {
                Some(key) => merge.lay_over_bare(base, key, change),
                None => merge.merge(&[base], change),
            }
        });
    }

    /// Lays a map over a bare value, which says the same as a map with one key.
    fn lay_over_bare(&mut self, base: Node<'_>, key: &str, patch: Node<'_>) {
        let said = patch.get(key);
        self.builder.open_like(patch);
        if said.is_none() {
            self.builder.name_like(base, key);
            self.builder.copy(base);
        }
        for (name, change) in patch.entries().filter(|(_, change)| !change.is_null()) {
            self.builder.copy(name);
            self.merge(&[], change);
        }
        for (name, _) in patch.entries().filter(|(name, change)| change.is_null() && name.text() != key) {
            self.report_missing(name, std::iter::once(key));
        }
        self.builder.close_like(patch);
    }

    fn merge(&mut self, bases: &[Node<'_>], patch: Node<'_>) {
        self.merge_with(bases, patch, &mut |merge, base, change| merge.merge(&[base], change));
    }

    fn merge_with(
        &mut self,
        bases: &[Node<'_>],
        patch: Node<'_>,
        inner: &mut dyn FnMut(&mut Self, Node<'_>, Node<'_>),
    ) {
        if patch.kind() != NodeKind::Map {
            self.builder.copy(patch);
            return;
        }
        let around = bases.iter().find(|base| base.kind() == NodeKind::Map).copied().unwrap_or(patch);
        self.builder.open_like(around);
        let entries = || bases.iter().flat_map(|base| base.entries());
        let changes: HashMap<&str, Node<'_>> =
            patch.entries().map(|(key, change)| (key.text(), change)).collect();
        let mut known: HashSet<&str> = HashSet::new();
        for (key, value) in entries() {
            let change = changes.get(key.text()).copied();
            if change.is_some() {
                known.insert(key.text());
            }
            match change {
                Some(change) if change.is_null() => {}
                Some(change) => {
                    self.builder.copy(key);
                    inner(self, value, change);
                }
                None => {
                    self.builder.copy(key);
                    self.builder.copy(value);
                }
            }
        }
        for (key, change) in patch.entries().filter(|(key, _)| !known.contains(key.text())) {
            if change.is_null() {
                self.report_missing(key, entries().map(|(key, _)| key.text()));
            } else {
                self.builder.copy(key);
                // What is empty deeper inside takes out nothing, and is told so where it stands.
                self.merge(&[], change);
            }
        }
        self.builder.close_like(around);
    }

    fn report_missing<'a>(&mut self, key: Node<'_>, known: impl Iterator<Item = &'a str>) {
        // Of thousands of wrong keys, what each was meant to be helps nobody, and takes long to find.
        let near = (self.diagnostics.len() < MOST_GUESSES).then(|| nearest(key.text(), known)).flatten();
        let message = format!("there is no `{}` to take out", key.text());
        let finding = Diagnostic::error("unresolved-reference", key.span(), message);
        self.diagnostics.push(match near {
            Some(near) => finding.meant(key.text(), near),
            None => finding.help("take this line out"),
        });
    }
}
