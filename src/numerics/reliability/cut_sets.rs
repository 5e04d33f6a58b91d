//! The explanation of an unavailability: what has to fail together for the whole to fail.
//!
//! Each way through a diagram to its failure gives a set of parts that are down. The minimal ones among these sets are
//! all the minimal cut sets there are.

use super::diagram::Diagram;

/// More steps than this are not taken; what was found until then is the answer.
const MOST_STEPS: usize = 20_000_000;

/// Minimal sets of parts that together bring down the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutSets {
    /// Each with its parts in order; the sets with the fewest parts first, and among these by their parts. Sets of one
    /// part are single points of failure. One empty set means that the whole never works.
    pub sets: Vec<Vec<u32>>,
    /// Whether these are all with at most as many parts as were asked for.
    pub complete: bool,
}

/// The minimal cut sets with at most `most_parts` parts, and at most `most_sets` of them, those with the fewest first.
pub fn minimal_cut_sets(diagram: &Diagram, most_parts: usize, most_sets: usize) -> CutSets {
    let mut found = CutSets { sets: Vec::new(), complete: true };
    if Diagram::always_fails(diagram.root()) {
        found.complete = most_sets > 0;
        found.sets = vec![Vec::new()].into_iter().take(most_sets).collect();
        return found;
    }
    let mut single = vec![false; diagram.variables()];
    let mut steps = 0;
    for size in 1..=most_parts.min(diagram.parts().len()) {
        let mut sets = Vec::new();
        let room = most_sets - found.sets.len();
        // A set of this size can only have smaller ones within it when there are any, apart from single parts.
        let may_contain = found.sets.last().is_some_and(|set| set.len() > 1);
        found.complete = sets_of(diagram, size, room, (&single, may_contain), &mut steps, &mut sets);
        if size == 1 {
            for part in sets.iter().flatten() {
                if let Some(slot) = single.get_mut(*part as usize) {
                    *slot = true;
                }
            }
        }
        sets.sort_unstable();
        found.sets.append(&mut sets);
        if !found.complete {
            break;
        }
    }
    found
}

/// Adds the minimal sets of exactly this size, and says whether these are all. Sets with a part that suffices alone are
/// not looked at.
fn sets_of(
    diagram: &Diagram,
    size: usize,
    room: usize,
    (single, may_contain): (&[bool], bool),
    steps: &mut usize,
    sets: &mut Vec<Vec<u32>>,
) -> bool {
    let is_single = |part: u32| single.get(part as usize) == Some(&true);
    // How many parts must at least fail from here on. No way is gone that needs more than may still fail.
    let mut fewest = vec![usize::MAX, 0];
    for node in diagram.nodes() {
        let of = |number: u32| fewest.get(number as usize).copied().unwrap_or(usize::MAX);
        let down = if is_single(node.part) { usize::MAX } else { of(node.down).saturating_add(1) };
        fewest.push(of(node.up).min(down));
    }
    let reachable = |number: u32, left: usize| fewest.get(number as usize).is_some_and(|few| *few <= left);
    // Each way that is still to be gone: from where, with how many parts of the path down.
    let mut open = vec![(diagram.root(), 0, None)];
    let mut path: Vec<u32> = Vec::new();
    while let Some((number, length, part)) = open.pop() {
        *steps += 1;
        if *steps > MOST_STEPS {
            return false;
        }
        path.truncate(length);
        path.extend(part);
        let left = size - path.len();
        if !reachable(number, left) {
            continue;
        }
        if Diagram::always_fails(number) {
            if left == 0 && (!may_contain || is_minimal(diagram, &path, steps)) {
                if sets.len() >= room {
                    return false;
                }
                let mut set = path.clone();
                set.sort_unstable();
                sets.push(set);
            }
            continue;
        }
        let Some(node) = diagram.node(number) else { continue };
        open.push((node.up, path.len(), None));
        if left > 0 && !is_single(node.part) {
            open.push((node.down, path.len(), Some(node.part)));
        }
    }
    true
}

/// Whether the whole works again as soon as any one of these parts does.
fn is_minimal(diagram: &Diagram, path: &[u32], steps: &mut usize) -> bool {
    path.iter().all(|repaired| {
        let mut number = diagram.root();
        while let Some(node) = diagram.node(number) {
            *steps += 1;
            let down = node.part != *repaired && path.contains(&node.part);
            number = if down { node.down } else { node.up };
        }
        !Diagram::always_fails(number)
    })
}
