//! What the numbers rest on: assumptions, which of them matter, and what nobody has said.

use super::super::figures::{Figures, percent, plural};
use super::super::page::{Cell, Section, Table, Tone, numbers, words};
use super::listed;
use crate::estimate::{Missing, Op, Status, Subject};
use crate::source::Sources;
use std::collections::BTreeMap;

/// The assumptions with their values.
pub fn assumptions(figures: &Figures<'_, '_, '_>) -> Option<Section> {
    let estimate = figures.estimate;
    let mut section = Section::new("Assumptions", "");
    let mut table =
        Table::new(&[words("assumption"), numbers("value"), words("follows from"), words("because")]);
    for (index, entry) in (0..).zip(&estimate.model.design.assumptions) {
        let Some(reading) = figures.get(Subject::Assumption(index), "") else { continue };
        let text = entry.value.value.as_ref().map_or("", |value| value.written.node.text());
        let is_number = matches!(estimate.sheet.op(reading.value), Op::Given(_) | Op::Drawn(_));
        let value = match (reading.status, estimate.sheet.op(reading.value)) {
            // As it is written it is easiest to recognize.
            (Status::Known, Op::Given(_)) => text.to_owned(),
            (Status::Unknown, _) => "not known".to_owned(),
            _ => figures.ranged(reading),
        };
        let because = [
            entry.value.description.as_ref().map(|text| text.text.to_owned()),
            entry.value.source.as_ref().map(|text| text.text.to_owned()),
            entry.value.date.as_ref().map(|date| date.value.to_string()),
        ];
        let because: Vec<String> = because.into_iter().flatten().collect();
        table.rows.push(vec![
            Cell::name(entry.name.text),
            Cell::plain(value),
            Cell::faint(if is_number { "" } else { text }),
            Cell::plain(because.join("; ")),
        ]);
    }
    section.table(table);
    Some(section)
}

/// What a value is called in a report.
fn name_of(figures: &Figures<'_, '_, '_>, value: crate::estimate::Value) -> String {
    figures
        .estimate
        .name(value)
        .unwrap_or_else(|| figures.estimate.derivation(value, figures.central).formula)
}

/// The assumptions that matter most.
pub fn influences(figures: &Figures<'_, '_, '_>) -> Option<Section> {
    const MOST: usize = 4;
    let estimate = figures.estimate;
    let mut section = Section::new("What matters most", "how much of the spread goes with which range");
    let mut table = Table::new(&[words("spread of"), words("goes with")]);
    for found in estimate.influences(&estimate.uncertain_targets()) {
        let parts: Vec<String> = found
            .inputs
            .iter()
            .filter_map(|(draw, share, rises)| {
                let draw = estimate.sheet.draws().get(*draw)?;
                let name = estimate.name(draw.value).unwrap_or_else(|| draw.name.clone());
                let falls = if *rises { "" } else { ", the other way" };
                Some(format!("{name} {}{falls}", percent(*share)))
            })
            .collect();
        table
            .rows
            .push(vec![Cell::name(name_of(figures, found.target)), Cell::plain(listed_by(&parts, MOST))]);
    }
    section.table(table);
    Some(section)
}

fn listed_by(parts: &[String], most: usize) -> String {
    let shown: Vec<&str> = parts.iter().take(most).map(String::as_str).collect();
    match parts.len().saturating_sub(most) {
        0 => shown.join("; "),
        more => format!("{}; and {more} more", shown.join("; ")),
    }
}

/// What is missing, with how many values rest on it.
pub fn missing(figures: &Figures<'_, '_, '_>, sources: &Sources) -> Option<Section> {
    let estimate = figures.estimate;
    let mut counts: BTreeMap<Missing, usize> = BTreeMap::new();
    for (_, subject, name, value) in estimate.addresses(false) {
        let is_open = figures
            .get(subject, name)
            .is_some_and(|reading| reading.status == Status::Unknown || reading.at_least);
        if is_open {
            for missing in estimate.missing(value) {
                *counts.entry(missing).or_default() += 1;
            }
        }
    }
    // Things that are missed in the same way and matter alike are one line.
    let mut alike: BTreeMap<(usize, String), Vec<(&Missing, String)>> = BTreeMap::new();
    for (missing, count) in &counts {
        let (shape, whose) = shape(missing);
        alike.entry((*count, shape)).or_default().push((missing, whose));
    }
    let mut rows: Vec<(usize, Vec<Cell>)> = Vec::new();
    for ((count, _), group) in alike {
        let Some((first, whose)) = group.first() else { continue };
        let place = |missing: &Missing| {
            missing.place.map_or_else(String::new, |span| {
                let at = sources.position(span);
                format!("{}:{}", sources.get(span.file).name(), at.line)
            })
        };
        let (what, help, places) = if group.len() == 1 {
            (first.what.clone(), first.help.clone(), place(first))
        } else {
            let names: Vec<String> = group.iter().map(|(_, whose)| whose.clone()).collect();
            let names = listed(&names, usize::MAX);
            (with_word(&first.what, whose, &names), with_word(&first.help, whose, "…"), String::new())
        };
        rows.push((
            count * group.len(),
            vec![
                Cell::plain(format!(
                    "{}{}",
                    plural(count, "value"),
                    if group.len() > 1 { " each" } else { "" }
                )),
                Cell::plain(what),
                Cell::plain(help).then(
                    Tone::Faint,
                    if places.is_empty() { String::new() } else { format!(" ({places})") },
                ),
            ],
        ));
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.0));
    let title = "What is missing";
    let mut section = Section::new(title, "what most rests on comes first");
    let mut table = Table::new(&[numbers("blocks"), words("not known"), words("what to write")]);
    table.rows = rows.into_iter().map(|(_, row)| row).collect();
    section.table(table);
    Some(section)
}

/// What is missing without whose it is: the id that help names in `components.ID`.
fn shape(missing: &Missing) -> (String, String) {
    let section = ["components.", "flows.", "data.", "apis."]
        .into_iter()
        .find_map(|section| missing.help.split_once(section).map(|(_, rest)| rest));
    let id: String = section
        .unwrap_or_default()
        .chars()
        .take_while(|sign| sign.is_alphanumeric() || matches!(sign, '_' | '-'))
        .collect();
    if id.is_empty() || !has_word(&missing.what, &id) {
        return (format!("{}\n{}", missing.what, missing.help), String::new());
    }
    (format!("{}\n{}", with_word(&missing.what, &id, "\0"), with_word(&missing.help, &id, "\0")), id)
}

fn is_part_of_word(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '_' | '-')
}

fn has_word(text: &str, word: &str) -> bool {
    with_word(text, word, "\0") != text
}

/// A text with another word in place of one.
fn with_word(text: &str, word: &str, other: &str) -> String {
    let mut result = String::new();
    let mut current = String::new();
    for sign in text.chars().chain(['\n']) {
        if is_part_of_word(sign) {
            current.push(sign);
            continue;
        }
        result.push_str(if current == word { other } else { &current });
        current.clear();
        result.push(sign);
    }
    result.pop();
    result
}
