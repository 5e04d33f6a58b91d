//! What the numbers rest on: assumptions, which of them matter, and what nobody has said.

use super::super::figures::{Figures, percent};
use super::super::page::{Cell, Section, Table, Tone, numbers, words};
use super::listed;
use crate::estimate::{Missing, Status, Subject, Value};
use crate::model::names::Space;
use crate::source::Sources;
use std::collections::{BTreeMap, BTreeSet};

/// The assumptions with their values.
pub fn assumptions(figures: &Figures<'_, '_, '_>) -> Option<Section> {
    let estimate = figures.estimate;
    let mut section = Section::new("Assumptions", "");
    let mut table =
        Table::new(&[words("assumption"), numbers("value"), words("follows from"), words("because")]);
    for (index, entry) in (0..).zip(&estimate.model.design.assumptions) {
        let Some(reading) = figures.get(Subject::Assumption(index), "") else { continue };
        let text = entry.value.value.as_ref().map_or("", |value| value.written.node.text());
        let names = |value: &crate::spec::quantities::Written<'_>| {
            value.expr.names().any(|name| {
                estimate.model.names.find(Space::Assumption, name.text).is_some() || name.text.contains('.')
            })
        };
        let follows = entry.value.value.as_ref().is_some_and(|value| names(&value.written));
        let value = match reading.status {
            Status::Unknown => "not known".to_owned(),
            // As it is written it is easiest to recognize.
            _ if !follows && !estimate.sheet.varies(reading.value) => text.to_owned(),
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
            Cell::faint(if follows { text } else { "" }),
            Cell::plain(because.join("; ")),
        ]);
    }
    section.table(table);
    Some(section)
}

/// The assumptions that matter most.
pub fn influences(figures: &Figures<'_, '_, '_>) -> Option<Section> {
    const MOST: usize = 4;
    let estimate = figures.estimate;
    let mut section = Section::new("What matters most", "which ranges the spread of a value goes with");
    let mut table = Table::new(&[words("value"), numbers("estimate"), words("goes with")]);
    // A spread that nobody can see needs no reason.
    let readings = figures.readings_of(&estimate.uncertain_targets());
    let readings: Vec<_> =
        readings.into_iter().filter(|reading| figures.ranged(reading).contains("..")).collect();
    let targets: Vec<Value> = readings.iter().map(|reading| reading.value).collect();
    for found in estimate.influences(&targets) {
        let Some(reading) = readings.iter().find(|reading| reading.value == found.target) else { continue };
        let parts: Vec<String> = found
            .inputs
            .iter()
            .filter_map(|(draw, share, rises)| {
                let draw = estimate.sheet.draws().get(*draw)?;
                let name = estimate.name(draw.value).unwrap_or_else(|| draw.name.clone());
                Some(format!("{name} {}{}", percent(*share), if *rises { "" } else { " (lowers it)" }))
            })
            .collect();
        let derived = || estimate.derivation(found.target, figures.central).formula;
        let name = estimate.name(found.target).unwrap_or_else(derived);
        table.rows.push(vec![
            Cell::name(name),
            Cell::plain(figures.ranged(reading)),
            Cell::plain(listed(&parts, MOST)),
        ]);
    }
    section.table(table);
    Some(section)
}

/// What is missing, of which component, and what rests on it.
type Lacking<'n> = (&'n Missing, &'n str, &'n BTreeSet<Value>);

/// What is missing, with how many values rest on it.
pub fn missing(figures: &Figures<'_, '_, '_>, sources: &Sources) -> Option<Section> {
    let estimate = figures.estimate;
    let mut open: BTreeMap<Missing, BTreeSet<Value>> = BTreeMap::new();
    for (_, subject, name, value) in estimate.addresses(false) {
        let is_open = figures
            .get(subject, name)
            .is_some_and(|reading| reading.status == Status::Unknown || reading.at_least);
        if is_open {
            for missing in estimate.missing(value) {
                open.entry(missing).or_default().insert(value);
            }
        }
    }
    // What is missed in the same way of several components is one line.
    let ids: BTreeSet<&str> =
        estimate.model.names.all(Space::Component).iter().map(|name| name.text).collect();
    let mut alike: BTreeMap<String, Vec<Lacking<'_>>> = BTreeMap::new();
    for (missing, values) in &open {
        let id = words_of(&missing.what)
            .find(|word| ids.contains(word) && words_of(&missing.help).any(|other| other == *word));
        let shape = match id {
            Some(id) => {
                format!("{}\n{}", with_word(&missing.what, id, "\0"), with_word(&missing.help, id, "\0"))
            }
            None => format!("{}\n{}", missing.what, missing.help),
        };
        alike.entry(shape).or_default().push((missing, id.unwrap_or_default(), values));
    }
    let mut rows: Vec<(usize, Vec<Cell>)> = Vec::new();
    for mut group in alike.into_values() {
        group.sort_by_key(|(.., values)| std::cmp::Reverse(values.len()));
        let Some((first, id, _)) = group.first().copied() else { continue };
        let values: BTreeSet<Value> = group.iter().flat_map(|(.., values)| values.iter().copied()).collect();
        let (what, help, place) = if group.len() == 1 {
            let place = first.place.map_or_else(String::new, |span| {
                format!(" ({}:{})", sources.get(span.file).name(), sources.position(span).line)
            });
            (first.what.clone(), first.help.clone(), place)
        } else {
            let names: Vec<&str> = group.iter().map(|(_, id, _)| *id).collect();
            (with_word(&first.what, id, &names.join(", ")), with_word(&first.help, id, "…"), String::new())
        };
        let count = Cell::plain(values.len().to_string());
        rows.push((values.len(), vec![count, Cell::plain(what), Cell::plain(help).then(Tone::Faint, place)]));
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.0));
    let mut section = Section::new("What is missing", "what most values rest on comes first");
    let mut table = Table::new(&[numbers("values"), words("not known"), words("what to write")]);
    table.rows = rows.into_iter().map(|(_, row)| row).collect();
    section.table(table);
    Some(section)
}

fn is_part_of_word(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '_' | '-')
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign| !is_part_of_word(sign)).filter(|word| !word.is_empty())
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
