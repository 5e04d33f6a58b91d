//! Some values, asked for by their addresses: a line for each.

use super::Numbers;
use super::figures::Figures;
use super::page::{Cell, Page, Section, Table, Tone, words};
use crate::estimate::{Changes, Status, Value};

/// A page of just these values.
pub fn page(numbers: &Numbers<'_, '_, '_>) -> Page {
    let estimate = numbers.estimate;
    let wanted: Vec<Value> = numbers.readings.iter().map(|reading| reading.value).collect();
    let central = estimate.central(&Changes::new(), &wanted);
    let figures = Figures::new(estimate, &central, numbers.readings);
    let mut table = Table::new(&[words(""), words("")]);
    for reading in numbers.readings {
        let cell = match reading.status {
            Status::Unknown => {
                let missing: Vec<String> = estimate
                    .missing(reading.value)
                    .into_iter()
                    .map(|missing| format!("{} ({})", missing.what, missing.help))
                    .collect();
                Cell::toned(Tone::Doubtful, "not known: ").then(Tone::Plain, missing.join("; "))
            }
            Status::Unstable => Cell::toned(Tone::Bad, figures.ranged(reading)),
            Status::Known => Cell::plain(figures.ranged(reading)),
        };
        table.rows.push(vec![Cell::name(&reading.address), cell]);
    }
    let mut section = Section::default();
    section.table(table);
    Page { sections: vec![section], ..Page::default() }
}
