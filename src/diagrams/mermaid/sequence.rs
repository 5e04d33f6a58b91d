//! Sequence diagrams.

use super::super::picture::{Frame, Item, MessageKind, Picture, Sequence, Shape};
use super::accessible;
use super::escape::{Page, Safe, line};

/// Notes are not broken by the renderer: longer lines would stand over their edges.
const WIDTH: usize = 40;

/// What is to be written: items that are left, the next section of a frame, or its end.
enum Task<'p> {
    Items(&'p [Item]),
    Section(&'static str, &'p str),
    End,
}

pub(super) fn write(page: &mut Page, picture: &Picture, sequence: &Sequence) {
    line!(page, 0, "sequenceDiagram");
    accessible(page, picture);
    for participant in &sequence.participants {
        let word = if participant.shape == Shape::Person { "actor " } else { "participant " };
        let name = if participant.title.trim().is_empty() { &participant.id } else { &participant.title };
        line!(page, 1, word, Safe::id('n', &participant.id), " as ", Safe::text(name));
    }
    let id = |index: usize| sequence.participants.get(index).map(|it| Safe::id('n', &it.id));
    let mut tasks = vec![(Task::Items(&sequence.items), 1)];
    while let Some((task, depth)) = tasks.pop() {
        let items = match task {
            Task::Items(items) => items,
            Task::Section(word, heading) => {
                line!(page, depth, word, " ", Safe::text(heading));
                continue;
            }
            Task::End => {
                line!(page, depth, "end");
                continue;
            }
        };
        let Some((item, rest)) = items.split_first() else { continue };
        tasks.push((Task::Items(rest), depth));
        match item {
            Item::Message(message) => {
                let (Some(from), Some(to)) = (id(message.from), id(message.to)) else { continue };
                let arrow = match message.kind {
                    MessageKind::Call => "->>+",
                    MessageKind::Answer => "-->>-",
                    MessageKind::Async => "-)",
                };
                match message.text.trim() {
                    // A message must have a text: a blank that no line is broken at.
                    "" => line!(page, depth, from, arrow, to, ": #160;"),
                    text => line!(page, depth, from, arrow, to, ": ", Safe::text(text)),
                }
            }
            Item::Note { over, text } => {
                let (Some(first), Some(last)) = (id(over.0), id(over.1)) else { continue };
                let text = Safe::wrapped(text.iter().map(String::as_str), WIDTH);
                match first == last {
                    true => line!(page, depth, "note over ", first, ": ", text),
                    false => line!(page, depth, "note over ", first, ",", last, ": ", text),
                }
            }
            Item::Frame { kind, sections } => {
                let (begin, next) = match kind {
                    Frame::Alternatives => ("alt", "else"),
                    Frame::Optional => ("opt", "else"),
                    Frame::Parallel => ("par", "and"),
                    Frame::Loop => ("loop", "else"),
                };
                // Frames of one section have no grammar for a second.
                let takes = if matches!(kind, Frame::Optional | Frame::Loop) { 1 } else { sections.len() };
                tasks.push((Task::End, depth));
                for (index, (heading, inner)) in sections.iter().enumerate().take(takes).rev() {
                    tasks.push((Task::Items(inner), depth + 1));
                    tasks.push((Task::Section(if index == 0 { begin } else { next }, heading), depth));
                }
            }
        }
    }
}
