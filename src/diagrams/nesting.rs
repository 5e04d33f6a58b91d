//! Groups as texts write them: each begins, has its boxes, then its inner groups, and ends.

use super::picture::{Graph, Group, Node};

/// What is to be written next.
pub(super) enum Part<'g> {
    /// A group begins.
    Begin(&'g Group),
    /// The boxes that stand in the group that began, or in none.
    Boxes(&'g [&'g Node]),
    /// The group ends that began last.
    End,
}

/// Tells all parts in their order, each with the number of groups around it.
pub(super) fn parts(graph: &Graph, tell: &mut dyn FnMut(usize, Part<'_>)) {
    let mut nodes_in: Vec<Vec<&Node>> = vec![Vec::new(); graph.groups.len()];
    let mut groups_in: Vec<Vec<usize>> = vec![Vec::new(); graph.groups.len()];
    let (mut free, mut outer) = (Vec::new(), Vec::new());
    for node in &graph.nodes {
        match node.group.and_then(|group| nodes_in.get_mut(group)) {
            Some(list) => list.push(node),
            None => free.push(node),
        }
    }
    for (index, group) in graph.groups.iter().enumerate() {
        // Outer groups come first, so that no circle can close.
        match group.parent.filter(|parent| *parent < index).and_then(|parent| groups_in.get_mut(parent)) {
            Some(list) => list.push(index),
            None => outer.push(index),
        }
    }
    tell(0, Part::Boxes(&free));
    let mut waiting: Vec<(usize, usize, bool)> =
        outer.into_iter().rev().map(|group| (group, 0, false)).collect();
    while let Some((index, depth, is_end)) = waiting.pop() {
        if is_end {
            tell(depth, Part::End);
            continue;
        }
        let Some(group) = graph.groups.get(index) else { continue };
        tell(depth, Part::Begin(group));
        tell(depth + 1, Part::Boxes(nodes_in.get(index).map_or(&[], Vec::as_slice)));
        waiting.push((index, depth, true));
        let inner = groups_in.get(index).map_or(&[][..], Vec::as_slice);
        waiting.extend(inner.iter().rev().map(|group| (*group, depth + 1, false)));
    }
}

/// The name of a group and what it is, in brackets: those that it has, or round ones.
pub(super) fn heading(group: &Group) -> Vec<String> {
    let subtitle = group.subtitle.as_deref().map(|what| match what.starts_with('[') {
        true => what.to_owned(),
        false => format!("({what})"),
    });
    std::iter::once(group.title.clone()).chain(subtitle).collect()
}
