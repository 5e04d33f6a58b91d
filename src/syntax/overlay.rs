//! A design with a variant laid over it, as a tree of its own whose spans point at where things are written.

use super::tree::{Node, NodeKind, Tree, TreeBuilder};
use crate::diagnostic::Diagnostic;
use crate::suggest::closest;

/// Lays `patch` over the documents `bases`: maps are merged, an empty value takes a key out, anything else
/// replaces what was there. Only `sections` are patched; of the others, those that a design has are kept.
pub fn overlay(bases: &[Node<'_>], patch: Node<'_>, sections: &[&str]) -> (Tree, Vec<Diagnostic>) {
    let mut merge = Merge { builder: TreeBuilder::new(patch.span().file, 1024), diagnostics: Vec::new() };
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
        match patch.get(name).filter(|_| sections.contains(&name)) {
            Some(change) => merge.merge(&values, change),
            None if values.len() > 1 && value.kind() == NodeKind::Map => merge.join(&values),
            None => merge.builder.copy(value),
        }
    }
    for (key, change) in patch.entries().filter(|(key, _)| sections.contains(&key.text())) {
        if !done.contains(&key.text()) {
            merge.builder.copy(key);
            merge.merge(&[], change);
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
        let Some(first) = bases.first() else { return };
        self.builder.open_like(*first);
        for (key, value) in bases.iter().flat_map(|base| base.entries()) {
            self.builder.copy(key);
            self.builder.copy(value);
        }
        self.builder.close_like(*first);
    }

    fn merge(&mut self, bases: &[Node<'_>], patch: Node<'_>) {
        if patch.kind() != NodeKind::Map {
            self.builder.copy(patch);
            return;
        }
        let around = bases.iter().find(|base| base.kind() == NodeKind::Map).copied().unwrap_or(patch);
        self.builder.open_like(around);
        let entries = || bases.iter().flat_map(|base| base.entries());
        for (key, value) in entries() {
            match patch.get(key.text()) {
                Some(change) if change.is_null() => {}
                Some(change) => {
                    self.builder.copy(key);
                    self.merge(&[value], change);
                }
                None => {
                    self.builder.copy(key);
                    self.builder.copy(value);
                }
            }
        }
        for (key, change) in patch.entries() {
            let exists = bases.iter().any(|base| base.get(key.text()).is_some());
            if !exists && change.is_null() {
                let near = closest(key.text(), entries().map(|(key, _)| key.text()));
                let message = format!("there is no `{}` to take out", key.text());
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "take this line out".to_owned(),
                };
                let finding = Diagnostic::error("unresolved-reference", key.span(), message).help(help);
                self.diagnostics.push(finding);
            } else if !exists {
                self.builder.copy(key);
                // What is empty deeper inside takes out nothing, and is told so where it stands.
                self.merge(&[], change);
            }
        }
        self.builder.close_like(around);
    }
}
