//! What a report of a design says, section by section. Empty sections are left out.

mod components;
mod data;
mod flows;
mod overview;
mod reliability;
mod uncertainty;

use super::Numbers;
use super::figures::Figures;
use super::page::{Cell, Page, Section, Tone};
use crate::estimate::{Changes, Status, Subject, Value};
use std::collections::BTreeSet;

/// Everything that is worth reading.
pub fn page(numbers: &Numbers<'_, '_, '_>) -> Page {
    let estimate = numbers.estimate;
    let slopes = (0..).zip(&estimate.model.design.components);
    let slopes = slopes.filter_map(|(index, _)| estimate.get(Subject::Component(index), "wait.slope"));
    let read = numbers.readings.iter().map(|reading| reading.value);
    let wanted: Vec<Value> = read.chain(slopes).collect();
    let central = estimate.central(&Changes::new(), &wanted);
    let figures = Figures::new(estimate, &central, numbers.readings);
    let design = &estimate.model.design;
    let title = design.name.as_ref().map_or("Design", |name| name.text);
    let mut summary = Vec::new();
    if let Some(text) = &design.summary {
        summary.push(Cell::plain(text.text));
    }
    summary.push(Cell::toned(Tone::Faint, rests_on(numbers)));
    let sections: Vec<Option<Section>> = vec![
        overview::overall(&figures),
        overview::requirements(&figures),
        flows::traffic(&figures),
        flows::latency(&figures),
        reliability::availability(&figures),
        reliability::budgets(&figures),
        components::components(&figures),
        data::data(&figures),
        components::cost(&figures),
        uncertainty::assumptions(&figures),
        uncertainty::influences(&figures),
        uncertainty::missing(&figures, numbers.sources),
    ];
    let sections = sections.into_iter().flatten().filter(|section| !section.items.is_empty()).collect();
    Page { title: title.to_owned(), summary, sections }
}

/// The calendar, and the samples when anything is uncertain.
fn rests_on(numbers: &Numbers<'_, '_, '_>) -> String {
    let options = numbers.estimate.options;
    let calendar = "A month is 730 h.";
    let known = numbers.readings.iter().filter(|reading| reading.status == Status::Known);
    let counts: BTreeSet<usize> =
        known.filter_map(|reading| reading.summary).map(|summary| summary.samples).collect();
    let mut counts = counts.into_iter().rev().map(crate::report::text::thousands);
    match counts.next() {
        Some(most) => {
            let fewer: Vec<String> = counts.collect();
            // Distributions of time and lines are too much work for that many.
            let fewer = match fewer.is_empty() {
                true => String::new(),
                false => format!(" (where that is much work, of {})", fewer.join(" or ")),
            };
            format!(
                "{calendar} (a..b) holds 90% of {most} samples{fewer}, seed {}. Loads and times are those at peak.",
                options.seed
            )
        }
        None => format!("{calendar} Loads and times are those at peak."),
    }
}

/// `a, b and 3 more`: lists that are cut say so.
fn listed(parts: &[String], most: usize) -> String {
    let shown: Vec<&str> = parts.iter().take(most).map(String::as_str).collect();
    match parts.len().saturating_sub(most) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
