//! Sequence diagrams.

use super::super::picture::{Frame, MessageKind, Picture, Sequence, Shape, Step};
use super::accessible;
use super::escape::{Page, Safe, line};

/// Notes are not broken by the renderer: longer lines would stand over their edges.
const WIDTH: usize = 36;

pub(super) fn write(page: &mut Page, picture: &Picture, sequence: &Sequence) {
    line!(page, 0, "sequenceDiagram");
    accessible(page, picture);
    for participant in &sequence.participants {
        let word = if participant.shape == Shape::Person { "actor " } else { "participant " };
        let name = if participant.title.trim().is_empty() { &participant.id } else { &participant.title };
        line!(page, 1, word, Safe::id('n', &participant.id), " as ", Safe::text(name));
    }
    let id = |index: usize| sequence.participants.get(index).map(|it| Safe::id('n', &it.id));
    for (depth, step) in sequence.steps() {
        let depth = depth + 1;
        match step {
            Step::Message(message) => {
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
            Step::Note(over, text) => {
                let (Some(first), Some(last)) = (id(over.0), id(over.1)) else { continue };
                let text = Safe::wrapped(text.iter().map(String::as_str), WIDTH);
                match first == last {
                    true => line!(page, depth, "note over ", first, ": ", text),
                    false => line!(page, depth, "note over ", first, ",", last, ": ", text),
                }
            }
            Step::Begin(kind, heading) => line!(page, depth, begin(kind), " ", Safe::text(heading)),
            Step::Next(kind, heading) => match kind {
                Frame::Alternatives => line!(page, depth, "else ", Safe::text(heading)),
                Frame::Parallel => line!(page, depth, "and ", Safe::text(heading)),
                // These have no grammar for a second section.
                Frame::Optional | Frame::Loop => {
                    line!(page, depth, "end");
                    line!(page, depth, begin(kind), " ", Safe::text(heading));
                }
            },
            Step::End => line!(page, depth, "end"),
        }
    }
}

fn begin(kind: Frame) -> &'static str {
    match kind {
        Frame::Alternatives => "alt",
        Frame::Optional => "opt",
        Frame::Parallel => "par",
        Frame::Loop => "loop",
    }
}
