//! How far participants stand from each other: so that what they say fits between them.

use super::ROOM;
use crate::diagrams::drawing::canvas::size;
use crate::diagrams::drawing::node::Label;
use crate::diagrams::layout::at::At;
use crate::diagrams::layout::text::{Weight, widest, wrap};
use crate::diagrams::picture::{Item, Sequence};

/// A wish: between these two there is this much room.
#[derive(Clone, Copy, PartialEq, PartialOrd, Default)]
struct Wish {
    span: usize,
    first: usize,
    room: f64,
}

/// The middles of the participants.
pub(super) fn place(sequence: &Sequence, heads: &[Label]) -> Vec<f64> {
    let mut wishes = Vec::new();
    // Frames are walked with a list of what waits, however deep they lie in each other.
    let mut waiting: Vec<&[Item]> = vec![&sequence.items];
    while let Some(items) = waiting.pop() {
        for item in items {
            match item {
                Item::Message(message) => {
                    let text = wrap(&message.text, size::TEXT, Weight::Regular, ROOM, 4);
                    let room = widest(&text, size::TEXT, Weight::Regular) * 1.04 + 34.0;
                    let (first, last) = (message.from.min(message.to), message.from.max(message.to));
                    if first == last {
                        wishes.push(Wish { span: 1, first, room: room + 40.0 });
                    } else {
                        wishes.push(Wish { span: last - first, first, room });
                    }
                }
                Item::Note { .. } => {}
                Item::Frame { sections, .. } => {
                    waiting.extend(sections.iter().map(|(_, items)| items.as_slice()))
                }
            }
        }
    }
    let mut gaps: Vec<f64> = heads
        .windows(2)
        .map(|pair| match pair {
            [a, b] => (a.w + b.w) / 2.0 + 26.0,
            _ => 0.0,
        })
        .collect();
    wishes.sort_by(|a, b| a.span.cmp(&b.span).then(a.first.cmp(&b.first)));
    for wish in wishes {
        let range = wish.first..(wish.first + wish.span).min(gaps.len());
        let there: f64 = gaps.get(range.clone()).unwrap_or_default().iter().sum();
        let lacking = wish.room - there;
        let parts = range.len() as f64;
        if lacking > 0.0 {
            range.for_each(|gap| gaps.put(gap, gaps.at(gap) + lacking / parts));
        }
    }
    let mut x = heads.first().map_or(0.0, |head| head.w / 2.0);
    let mut columns = vec![x];
    for gap in gaps {
        x += gap.round();
        columns.push(x);
    }
    columns.truncate(heads.len());
    columns
}
