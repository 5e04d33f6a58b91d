//! Leaving something out of pictures that are too large for Mermaid.

use super::super::picture::{Body, Branch};

/// Leaves out about a quarter of what there is most of. Says how many things that were.
pub(super) fn shrink(body: &mut Body) -> usize {
    fn cut<T>(list: &mut Vec<T>) -> usize {
        let keep = list.len() * 3 / 4;
        let left_out = list.len() - keep;
        list.truncate(keep);
        left_out
    }
    match body {
        Body::Graph(graph) => {
            if graph.edges.len() >= graph.nodes.len() {
                return cut(&mut graph.edges);
            }
            let left_out = cut(&mut graph.nodes);
            let count = graph.nodes.len();
            graph.edges.retain(|edge| edge.from < count && edge.to < count);
            left_out
        }
        Body::Sequence(sequence) => cut(&mut sequence.items),
        Body::Entities(drawn) => {
            let left_out = cut(&mut drawn.entities);
            let count = drawn.entities.len();
            drawn.relations.retain(|relation| relation.from < count && relation.to < count);
            left_out
        }
        Body::Classes(drawn) => {
            let left_out = cut(&mut drawn.classes);
            let count = drawn.classes.len();
            drawn.ties.retain(|tie| tie.from < count && tie.to < count);
            left_out
        }
        Body::States(drawn) => cut(&mut drawn.changes),
        Body::Requirements(drawn) => {
            let left_out = cut(&mut drawn.requirements);
            let count = drawn.requirements.len();
            drawn.ties.retain(|(_, requirement)| *requirement < count);
            left_out + if left_out == 0 { cut(&mut drawn.elements) } else { 0 }
        }
        Body::Sankey(drawn) => cut(&mut drawn.links),
        Body::Chart(drawn) => cut(&mut drawn.x),
        Body::Shares(drawn) => cut(&mut drawn.slices),
        Body::Spans(drawn) => drawn
            .sections
            .iter_mut()
            .map(|(_, spans)| cut(spans))
            .sum::<usize>()
            .max(cut(&mut drawn.sections)),
        Body::Timeline(drawn) => {
            drawn
                .events
                .iter_mut()
                .map(|(_, events)| if events.len() > 8 { cut(events) } else { 0 })
                .sum::<usize>()
                + cut(&mut drawn.events)
        }
        Body::Mindmap(root) => {
            let deepest = root.branches.iter_mut().map(|branch| cut(&mut branch.branches)).sum::<usize>();
            if deepest == 0 { cut(&mut root.branches) } else { deepest }
        }
        Body::Table(drawn) => cut(&mut drawn.rows),
    }
}

/// What was left out, in words.
pub(super) fn notice(before: &Body, after: &Body) -> String {
    let (count, left) = (parts(before), parts(after));
    format!(
        "{left} of {count} parts are drawn: more than that passes the limits of Mermaid; a view can show less"
    )
}

fn parts(body: &Body) -> usize {
    match body {
        Body::Graph(graph) => graph.nodes.len() + graph.edges.len(),
        Body::Sequence(sequence) => sequence.items.len(),
        Body::Entities(drawn) => drawn.entities.len(),
        Body::Classes(drawn) => drawn.classes.len(),
        Body::States(drawn) => drawn.changes.len(),
        Body::Requirements(drawn) => drawn.requirements.len() + drawn.elements.len(),
        Body::Sankey(drawn) => drawn.links.len(),
        Body::Chart(drawn) => drawn.x.len(),
        Body::Shares(drawn) => drawn.slices.len(),
        Body::Spans(drawn) => drawn.sections.iter().map(|(_, spans)| spans.len()).sum(),
        Body::Timeline(drawn) => drawn.events.iter().map(|(_, events)| events.len()).sum(),
        Body::Mindmap(root) => leaves(root),
        Body::Table(drawn) => drawn.rows.len(),
    }
}

fn leaves(root: &Branch) -> usize {
    let mut waiting = vec![root];
    let mut count = 0;
    while let Some(branch) = waiting.pop() {
        count += 1;
        waiting.extend(&branch.branches);
    }
    count
}
