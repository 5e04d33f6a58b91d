//! Who says what to whom, from top to bottom.

use super::{Shape, Tone};

/// Who says what to whom.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sequence {
    /// Who takes part, from left to right.
    pub participants: Vec<Participant>,
    /// What happens, from top to bottom.
    pub items: Vec<Item>,
}

/// Somebody in a sequence.
#[derive(Clone, PartialEq, Debug)]
pub struct Participant {
    /// The id in the design.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its shape.
    pub shape: Shape,
    /// Its colour.
    pub tone: Tone,
}

/// What happens in a sequence.
#[derive(Clone, PartialEq, Debug)]
pub enum Item {
    /// A message.
    Message(Message),
    /// A remark over one or more participants.
    Note {
        /// The first and the last of them.
        over: (usize, usize),
        /// The lines of the remark.
        text: Vec<String>,
    },
    /// A frame around what happens under a condition, in a loop, or side by side.
    Frame {
        /// What kind of frame.
        kind: Frame,
        /// The sections, each with its heading.
        sections: Vec<(String, Vec<Item>)>,
    },
}

/// A message of a sequence.
#[derive(Clone, PartialEq, Debug)]
pub struct Message {
    /// Who sends it.
    pub from: usize,
    /// Who gets it.
    pub to: usize,
    /// What is written at it.
    pub text: String,
    /// What it is.
    pub kind: MessageKind,
}

/// What a message is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MessageKind {
    /// A call: the receiver begins to work for the sender.
    Call,
    /// The answer to a call: the sender of the answer is done.
    Answer,
    /// A message that nobody waits for.
    Async,
}

/// The kinds of frames in a sequence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Frame {
    /// One of several sections.
    Alternatives,
    /// Perhaps.
    Optional,
    /// All sections side by side.
    Parallel,
    /// Several times.
    Loop,
}

/// What is to be written of a sequence, one after the other.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Step<'s> {
    /// A message.
    Message(&'s Message),
    /// A remark over the participants from the first to the last of these.
    Note((usize, usize), &'s [String]),
    /// A frame begins with its first section, which has this heading.
    Begin(Frame, &'s str),
    /// The next section of such a frame.
    Next(Frame, &'s str),
    /// The frame ends that began last.
    End,
}

impl Sequence {
    /// All that happens, each with the number of frames around it. A frame without sections is none.
    pub fn steps(&self) -> Vec<(usize, Step<'_>)> {
        enum Task<'s> {
            Items(&'s [Item]),
            One(Step<'s>),
        }
        let mut steps = Vec::new();
        let mut tasks = vec![(0, Task::Items(&self.items))];
        while let Some((depth, task)) = tasks.pop() {
            let items = match task {
                Task::Items(items) => items,
                Task::One(step) => {
                    steps.push((depth, step));
                    continue;
                }
            };
            let Some((item, rest)) = items.split_first() else { continue };
            tasks.push((depth, Task::Items(rest)));
            match item {
                Item::Message(message) => steps.push((depth, Step::Message(message))),
                Item::Note { over, text } => steps.push((depth, Step::Note(*over, text))),
                Item::Frame { sections, .. } if sections.is_empty() => {}
                Item::Frame { kind, sections } => {
                    tasks.push((depth, Task::One(Step::End)));
                    for (index, (heading, inner)) in sections.iter().enumerate().rev() {
                        let begin = if index == 0 { Step::Begin } else { Step::Next };
                        tasks.push((depth + 1, Task::Items(inner)));
                        tasks.push((depth, Task::One(begin(*kind, heading))));
                    }
                }
            }
        }
        steps
    }
}
