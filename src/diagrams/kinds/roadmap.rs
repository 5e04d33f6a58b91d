//! Decisions and open questions by date.

use super::super::Context;
use super::super::picture::{Body, Picture, Timeline};
use std::collections::BTreeMap;

/// Draws it.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let design = &context.case.model().design;
    let mut events: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut undated: Vec<String> = Vec::new();
    let mut add = |date: Option<String>, text: String| match date {
        Some(date) => events.entry(date).or_default().push(text),
        None => undated.push(text),
    };
    for decision in &design.decisions {
        let value = &decision.value;
        let text = value.text.map_or(decision.name.text, |text| text.text);
        let status = value.status.map(|status| status.value.word());
        let shown = match status {
            Some(status) => format!("{text} ({status})"),
            None => text.to_owned(),
        };
        add(value.date.map(|date| date.value.to_string()), shown);
    }
    for question in &design.open_questions {
        let text = question.value.text.map_or(question.name.text, |text| text.text);
        let shown = match question.value.owner {
            Some(owner) => format!("to answer, {}: {text}", owner.text),
            None => format!("to answer: {text}"),
        };
        add(question.value.due.map(|date| date.value.to_string()), shown);
    }
    let mut events: Vec<(String, Vec<String>)> = events.into_iter().collect();
    if !undated.is_empty() {
        events.push(("without a date".to_owned(), undated));
    }
    if events.is_empty() {
        return Vec::new();
    }
    vec![super::picture(context, "roadmap", None, Body::Timeline(Timeline { events }))]
}
