//! Cycles among things that refer to each other: each knot of them is reported once, by its shortest cycle.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A knot may be as large as the design; looking further than this finds nothing that helps a reader more.
const MOST_STEPS: usize = 200_000;

/// The strongly connected parts of a graph, those that others rest upon first.
pub fn parts<N>(graph: &DiGraph<N, ()>) -> Vec<Vec<NodeIndex>> {
    kosaraju_scc(graph)
}

/// The shortest cycle of a part, without the return; `None` when nothing in it leads back. Of cycles that are
/// equally short it is the one that begins with the earliest node.
pub fn shortest(graph: &DiGraph<(), ()>, part: &[NodeIndex]) -> Option<Vec<NodeIndex>> {
    let members: BTreeSet<NodeIndex> = part.iter().copied().collect();
    let mut best: Option<Vec<NodeIndex>> = None;
    let mut steps = 0;
    for start in members.iter().copied() {
        let shorter_than = best.as_ref().map_or(usize::MAX, Vec::len);
        if shorter_than <= 2 && !graph.contains_edge(start, start) {
            continue;
        }
        if let Some(cycle) = from(graph, &members, start, shorter_than, &mut steps) {
            best = Some(cycle);
        }
        if steps > MOST_STEPS && best.is_some() {
            break;
        }
    }
    best
}

/// The shortest way from a node back to itself, when it has fewer nodes than asked for.
fn from(
    graph: &DiGraph<(), ()>,
    members: &BTreeSet<NodeIndex>,
    start: NodeIndex,
    shorter_than: usize,
    steps: &mut usize,
) -> Option<Vec<NodeIndex>> {
    let mut before: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::new();
    let mut queue = VecDeque::from([(start, 1)]);
    while let Some((node, length)) = queue.pop_front() {
        if length >= shorter_than {
            return None;
        }
        // Neighbours come last added first; the earliest one written makes the message steady.
        let mut neighbours: Vec<_> = graph.neighbors(node).filter(|node| members.contains(node)).collect();
        neighbours.sort();
        for next in neighbours {
            *steps += 1;
            if next == start {
                let mut path = vec![node];
                let mut at = node;
                while let Some(previous) = before.get(&at).filter(|_| at != start) {
                    path.push(*previous);
                    at = *previous;
                }
                path.reverse();
                return Some(path);
            }
            if let std::collections::btree_map::Entry::Vacant(free) = before.entry(next) {
                free.insert(node);
                queue.push_back((next, length + 1));
            }
        }
    }
    None
}

/// `a → b → c → a`; of a long cycle only the ends are shown.
pub fn shown(names: &[&str]) -> String {
    let first = names.first().copied().unwrap_or_default();
    match names {
        [one, two, three, four, between @ .., last_but_one, last] if between.len() > 2 => {
            let ends = [one, two, three, four, &"…", last_but_one, last, &first];
            let ends: Vec<&str> = ends.into_iter().copied().collect();
            format!("{} ({} more in between)", ends.join(" → "), between.len())
        }
        all => format!("{} → {first}", all.join(" → ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(edges: &[(u32, u32)], expected: &[usize]) {
        let graph = DiGraph::<(), ()>::from_edges(edges);
        let largest = parts(&graph).into_iter().max_by_key(Vec::len).expect("a part");
        let cycle = shortest(&graph, &largest).unwrap_or_default();
        assert_eq!(cycle.iter().map(|node| node.index()).collect::<Vec<_>>(), expected, "{edges:?}");
    }

    #[test]
    fn the_shortest_cycle_of_a_knot_is_found() {
        check(&[(0, 1)], &[]);
        check(&[(0, 0)], &[0]);
        check(&[(0, 1), (1, 0)], &[0, 1]);
        check(&[(0, 1), (1, 2), (2, 0), (2, 1)], &[1, 2]);
        check(&[(0, 1), (1, 2), (2, 0), (2, 2)], &[2]);
        check(&[(0, 1), (1, 2), (2, 3), (3, 0), (3, 1), (0, 2), (2, 0)], &[0, 2]);
    }

    #[test]
    fn a_long_cycle_shows_its_ends() {
        let check = |names: &[&str], expected: &str| assert_eq!(shown(names), expected);
        check(&["a"], "a → a");
        check(&["a", "b"], "a → b → a");
        check(&["a", "b", "c", "d", "e", "f", "g", "h"], "a → b → c → d → e → f → g → h → a");
        check(
            &["a", "b", "c", "d", "e", "f", "g", "h", "i"],
            "a → b → c → d → … → h → i → a (3 more in between)",
        );
    }
}
