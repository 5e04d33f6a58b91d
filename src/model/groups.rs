//! Groups at any depth, and what is in them.

use super::names::{Names, Space};
use crate::diagnostic::Diagnostic;
use crate::spec::group::Group;
use crate::spec::shape::Reader;
use crate::spec::values::{Entry, IdMap};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

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
    for cycle in kosaraju_scc(&graph) {
        let first = cycle.iter().min().copied();
        let loops = cycle.len() > 1 || first.is_some_and(|node| graph.contains_edge(node, node));
        let name = first.and_then(|node| names.all(Space::Group).get(node.index()));
        if let (true, Some(name)) = (loops, name) {
            let message = format!("group `{}` contains itself", name.text);
            let mut others: Vec<_> =
                cycle.iter().filter_map(|node| names.all(Space::Group).get(node.index())).collect();
            others.sort_by_key(|other| other.span);
            let mut diagnostic = Diagnostic::error("cyclic-group", name.span, message)
                .help("take one of the groups out of the other's `contains`");
            for other in others.iter().filter(|other| other.text != name.text) {
                diagnostic = diagnostic.related(other.span, "by way of this group");
            }
            reader.report(diagnostic);
        }
    }
}
