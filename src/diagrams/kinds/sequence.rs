//! Who says what to whom: a picture for each flow.

use super::super::picture::{Body, Frame, Item, Message, MessageKind, Participant, Picture, Sequence};
use super::super::{Context, written};
use super::looks;
use crate::estimate::calls::{Call, Calls, Group, Item as Part, Together};
use crate::spec::flow::{Fallback, Step};

/// Frames deeper than this are left out: nobody can read them, and the grammar of a design goes no further.
const MOST_LEVELS: usize = 40;

/// Draws them.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    context.flows().into_iter().filter_map(|flow| one(context, flow)).collect()
}

fn one(context: &Context<'_, '_, '_>, flow: usize) -> Option<Picture> {
    let model = context.case.model();
    let entry = model.design.flows.get(flow)?;
    let calls = context.case.calls().get(flow)?;
    let mut writer = Writer { context, calls, places: Vec::new(), sequence: Sequence::default() };
    let items = writer.items(&calls.roots, 0);
    if items.is_empty() {
        return None;
    }
    let mut sequence = writer.sequence;
    sequence.items = items;
    let title = entry.value.name.map_or(entry.name.text, |name| name.text);
    let mut picture = super::picture(context, "sequence", Some(entry.name.text), Body::Sequence(sequence));
    picture.title = title.to_owned();
    if let Some(said) = entry.value.description {
        picture.description = said.text.to_owned();
    }
    Some(picture)
}

struct Writer<'w, 'c, 'm, 't> {
    context: &'w Context<'c, 'm, 't>,
    calls: &'w Calls<'m, 't>,
    /// The components that take part, in the order in which they first do.
    places: Vec<u32>,
    sequence: Sequence,
}

impl<'m, 't> Writer<'_, '_, 'm, 't> {
    fn place(&mut self, component: u32) -> usize {
        if let Some(found) = self.places.iter().position(|known| *known == component) {
            return found;
        }
        let model = self.context.case.model();
        if let Some(entry) = model.design.components.get(component as usize) {
            let role = model.roles.get(component as usize).copied().unwrap_or_default();
            self.sequence.participants.push(Participant {
                id: entry.name.text.to_owned(),
                title: looks::title(entry).to_owned(),
                shape: looks::shape(role),
                tone: looks::tone(role),
            });
        }
        self.places.push(component);
        self.places.len() - 1
    }

    fn items(&mut self, parts: &[Part], level: usize) -> Vec<Item> {
        let mut items = Vec::new();
        if level > MOST_LEVELS {
            return items;
        }
        for part in parts {
            match part {
                Part::Call(index) => {
                    if let Some(call) = self.calls.calls.get(*index) {
                        self.call(call, level, &mut items);
                    }
                }
                Part::Group(index) => {
                    if let Some(group) = self.calls.groups.get(*index) {
                        self.group(group, level, &mut items);
                    }
                }
            }
        }
        items
    }

    fn call(&mut self, call: &Call<'m, 't>, level: usize, items: &mut Vec<Item>) {
        let (from, to) = (self.place(call.from), self.place(call.to));
        let arrow = call.step.others.as_ref();
        let text = arrow.and_then(|arrow| arrow.text.as_ref()).map_or("", |text| text.text);
        let protocol = call.step.protocol.map(|protocol| protocol.value.word());
        let text = match protocol {
            Some(protocol) if text.is_empty() => protocol.to_owned(),
            Some(protocol) => format!("{text} ({protocol})"),
            None => text.to_owned(),
        };
        let waits = self.waits(call);
        let kind = if waits { MessageKind::Call } else { MessageKind::Async };
        items.push(Item::Message(Message { from, to, text, kind }));
        let said = remarks(call);
        if !said.is_empty() {
            items.push(Item::Note { over: (from.min(to), from.max(to)), text: said });
        }
        items.extend(self.items(&call.body, level + 1));
        if let Some(missed) = &call.on_miss {
            self.optional("on a miss".to_owned(), missed, level, items);
        }
        if waits {
            let response = call.step.response.as_ref().filter(|_| call.is_last).map(written);
            let text = response.unwrap_or_default().to_owned();
            items.push(Item::Message(Message { from: to, to: from, text, kind: MessageKind::Answer }));
        }
        if let Some(instead) = &call.fallback {
            self.optional("when that fails".to_owned(), instead, level, items);
        }
    }

    /// Whether the arrow says that the sender waits: what happens in the background is a call all the same.
    fn waits(&self, call: &Call<'m, 't>) -> bool {
        let model = self.context.case.model();
        let Some(arrow) = &call.step.others else { return call.waits };
        let leads = |hop: &&crate::spec::arrow::Hop<'_>| hop.to.text == model.component_name(call.to);
        arrow.hops.iter().find(leads).map_or(call.waits, |hop| hop.waits)
    }

    fn optional(&mut self, heading: String, parts: &[Part], level: usize, items: &mut Vec<Item>) {
        let inner = self.items(parts, level + 1);
        if !inner.is_empty() {
            items.push(Item::Frame { kind: Frame::Optional, sections: vec![(heading, inner)] });
        }
    }

    fn group(&mut self, group: &Group<'m, 't>, level: usize, items: &mut Vec<Item>) {
        let step = group.step;
        let mut sections = Vec::new();
        for (index, branch) in group.branches.iter().enumerate() {
            let inner = self.items(&branch.items, level + 1);
            let heading = match group.together {
                Together::One => once(step),
                Together::Either => {
                    let way = step.either.get(index);
                    let text = way.and_then(|way| way.text).map(|text| text.text.to_owned());
                    let chance = branch.chance.map(written);
                    match (text, chance) {
                        (Some(text), Some(chance)) => format!("{text} ({chance})"),
                        (Some(text), None) => text,
                        (None, Some(chance)) => chance.to_owned(),
                        (None, None) => "otherwise".to_owned(),
                    }
                }
                Together::Parallel => match (&step.wait_for, index) {
                    (Some(count), 0) => format!("{} answers are enough", written(count)),
                    _ => format!("branch {}", index + 1),
                },
            };
            if !inner.is_empty() {
                sections.push((heading, inner));
            }
        }
        if sections.is_empty() {
            return;
        }
        let kind = match group.together {
            Together::One if step.times.is_some() => Frame::Loop,
            Together::One if step.chance.is_some() => Frame::Optional,
            Together::One => {
                items.extend(sections.into_iter().flat_map(|(_, inner)| inner));
                return;
            }
            Together::Either => Frame::Alternatives,
            Together::Parallel => Frame::Parallel,
        };
        items.push(Item::Frame { kind, sections });
    }
}

/// The heading of steps under a condition or in a loop.
fn once(step: &Step<'_>) -> String {
    let chance = step.chance.as_ref().map(|chance| format!("chance {}", written(chance)));
    let Some(times) = &step.times else { return chance.unwrap_or_default() };
    let together =
        matches!(&step.parallel, Some(crate::spec::flow::Parallel::Repetitions(flag)) if flag.value);
    let mut heading = format!("{} times", written(times));
    if together {
        heading += ", all at once";
    }
    if let Some(count) = &step.wait_for {
        heading += &format!(", {} answers are enough", written(count));
    }
    match chance {
        Some(chance) => format!("{heading}, {chance}"),
        None => heading,
    }
}

/// What is said of a call beside its text: timeouts, retries, what happens when it fails.
fn remarks(call: &Call<'_, '_>) -> Vec<String> {
    let step = call.step;
    let mut lines = Vec::new();
    if call.is_first {
        lines.extend(step.timeout.as_ref().map(|timeout| format!("timeout {}", written(timeout))));
        lines.extend(step.retries.as_deref().and_then(retries));
        if step.circuit_breaker.is_some_and(|flag| flag.value) {
            lines.push("circuit breaker".to_owned());
        }
        lines.extend(step.hedge.map(|hedge| format!("hedged after {}", hedge.text)));
        lines.extend(step.bulkhead.as_ref().map(|most| format!("at most {} at once", written(most))));
        if step.optional.is_some_and(|flag| flag.value) {
            lines.push("may fail".to_owned());
        }
        if let Some(Fallback::Words(words)) = &step.fallback {
            lines.push(format!("else {}", words.text));
        }
    }
    if call.is_last {
        lines.extend(step.note.map(|note| note.text.to_owned()));
    }
    lines
}

fn retries(retries: &crate::spec::flow::Retries<'_>) -> Option<String> {
    let mut said = Vec::new();
    said.extend(retries.attempts.as_ref().map(|attempts| format!("{} attempts", written(attempts))));
    said.extend(retries.backoff.map(|backoff| format!("{} backoff", backoff.value.word())));
    said.extend(retries.pause.as_ref().map(|pause| format!("from {}", written(pause))));
    if retries.jitter.is_some_and(|flag| flag.value) {
        said.push("jitter".to_owned());
    }
    said.extend(retries.budget.as_ref().map(|budget| format!("budget {}", written(budget))));
    (!said.is_empty()).then(|| said.join(", "))
}
