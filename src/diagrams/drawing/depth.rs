//! What lies too deep to be drawn, which is said below the picture.

use super::{mindmap, sequence};
use crate::diagrams::picture::{Body, Branch, Picture, Step};

/// What is said below a drawing: what the picture says of itself, and what is too deep for it.
pub fn notices(picture: &Picture) -> Vec<String> {
    let mut notices = picture.notices.clone();
    let (left_out, whole, most) = match &picture.body {
        Body::Sequence(body) => {
            let steps = body.steps();
            let is_drawn = |step: &Step<'_>| matches!(step, Step::Message(_) | Step::Note(..));
            let too_deep = steps.iter().filter(|(depth, step)| *depth > sequence::DEEPEST && is_drawn(step));
            (too_deep.count(), "messages and notes", sequence::DEEPEST)
        }
        Body::Mindmap(root) => (branches_beyond(root, mindmap::FURTHEST), "branches", mindmap::FURTHEST),
        _ => (0, "", 0),
    };
    if left_out > 0 {
        notices.push(format!("{left_out} {whole} are left out: they lie more than {most} levels deep"));
    }
    notices
}

/// How many branches are further from the middle.
fn branches_beyond(root: &Branch, furthest: usize) -> usize {
    let mut waiting = vec![(root, 0)];
    let mut count = 0;
    while let Some((branch, depth)) = waiting.pop() {
        count += usize::from(depth > furthest);
        waiting.extend(branch.branches.iter().map(|inner| (inner, depth + 1)));
    }
    count
}
