//! Groups at any depth, and what is in them.

use super::cycles;
use super::names::{Names, Space};
use crate::diagnostic::Diagnostic;
use crate::spec::group::Group;
use crate::spec::shape::Reader;
use crate::spec::values::{Entry, IdMap};
use petgraph::graph::DiGraph;

/// A longer cycle is shown by its ends only.
const MOST_PLACES: usize = 8;

/// Shows every group, outer ones before inner ones.
pub fn each_group<'a, 't>(groups: &'a IdMap<'t, Group<'t>>, visit: &mut dyn FnMut(&'a Entry<'t, Group<'t>>)) {
    for group in groups {
        visit(group);
        each_group(&group.value.groups, visit);
    }
}

/// Resolves what groups contain, and reports groups that contain themselves.
pub fn resolve<'t>(groups: &IdMap<'t, Group<'t>>, names: &Names<'t>, reader: &mut Reader) {
    let mut graph = DiGraph::<(), ()>::new();
    let nodes: Vec<_> = names.all(Space::Group).iter().map(|_| graph.add_node(())).collect();
    each_group(groups, &mut |group| {
        let outer = names.find(Space::Group, group.name.text).and_then(|index| nodes.get(index as usize));
        for inner in &group.value.groups {
            let inner = names.find(Space::Group, inner.name.text).and_then(|index| nodes.get(index as usize));
            if let (Some(outer), Some(inner)) = (outer, inner) {
                graph.add_edge(*outer, *inner, ());
            }
        }
        for member in &group.value.contains {
            let found = names.resolve(&[Space::Component, Space::Group], *member, reader);
            let inner = match found {
                Some((Space::Group, index)) => nodes.get(index as usize),
                _ => None,
            };
            if let (Some(outer), Some(inner)) = (outer, inner) {
                graph.add_edge(*outer, *inner, ());
            }
        }
    });
    for part in cycles::parts(&graph) {
        let Some(cycle) = cycles::shortest(&graph, &part) else { continue };
        let in_cycle = cycle.iter().filter_map(|node| names.all(Space::Group).get(node.index()));
        let chain: Vec<&str> = in_cycle.clone().map(|name| name.text).collect();
        if let Some(first) = in_cycle.clone().next() {
            let message = format!("group `{}` contains itself", first.text);
            let mut diagnostic = Diagnostic::error("cyclic-group", first.span, message)
                .label(cycles::shown(&chain))
                .help("take one of the groups out of the other's `contains`");
            if chain.len() <= MOST_PLACES {
                for other in in_cycle.skip(1) {
                    diagnostic = diagnostic.related(other.span, "by way of this group");
                }
            }
            reader.report(diagnostic);
        }
    }
}
