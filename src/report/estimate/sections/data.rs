//! How much data there is, now and later.

use super::super::figures::{Figures, merged};
use super::super::page::{Cell, Column, Section, Table, numbers, words};
use crate::estimate::Subject;
use crate::quantity::{Dimension, YEAR};

/// Volumes by kind of data, and by what holds them.
pub fn data(figures: &Figures<'_, '_, '_>) -> Option<Section> {
    let estimate = figures.estimate;
    let mut section = Section::new("Data", "with all copies");
    let mut table = Table::new(&[
        words("data"),
        numbers("new records"),
        numbers("size of one"),
        numbers("grows by"),
        numbers("kept then"),
    ]);
    for (index, entry) in (0..).zip(&estimate.model.design.data) {
        let subject = Subject::Data(index);
        let columns = ["rate", "size", "growth", "storage"];
        let cells: Vec<Cell> = columns
            .into_iter()
            .map(|name| {
                let is_nothing = figures.number(subject, name) == Some(0.0) && name != "storage";
                Cell::plain(match name {
                    _ if is_nothing => String::new(),
                    "size" | "growth" => figures.alone(subject, name),
                    name => figures.with_range(subject, name),
                })
            })
            .collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            let mut row = vec![Cell::name(entry.name.text)];
            row.extend(cells);
            table.rows.push(row);
        }
    }
    section.table(table);
    section.table(over_time(figures));
    let mut stores =
        Table::new(&[words("component"), numbers("kept at the horizon"), numbers("memory needed")]);
    for (index, entry) in (0..).zip(&estimate.model.design.components) {
        let subject = Subject::Component(index);
        let storage = figures.number(subject, "storage").filter(|bytes| *bytes > 0.0);
        let memory = figures.number(subject, "memory").filter(|bytes| *bytes > 0.0);
        let cell = |known: Option<f64>, name| match known {
            Some(_) => Cell::plain(figures.with_range(subject, name)),
            None => Cell::empty(),
        };
        if storage.is_some() || memory.is_some() {
            stores.rows.push(vec![
                Cell::name(entry.name.text),
                cell(storage, "storage"),
                cell(memory, "memory"),
            ]);
        }
    }
    section.table(stores);
    Some(section)
}

/// Storage now, after a year or two, and half way to the horizon.
fn over_time(figures: &Figures<'_, '_, '_>) -> Table {
    let estimate = figures.estimate;
    let mut table = Table { columns: vec![(words("data"), "kept".to_owned())], rows: Vec::new() };
    let Some(horizon) = estimate.horizon() else { return table };
    let mut times = vec![0.0];
    times
        .extend([1.0, 2.0, 5.0].map(|years| years * YEAR).into_iter().filter(|time| *time < horizon * 0.999));
    times.push(horizon);
    for time in &times {
        let title = match *time {
            0.0 => "now".to_owned(),
            time => format!("in {}", estimate.shown_as(time, Dimension::TIME, false)),
        };
        let column: Column = numbers("");
        table.columns.push((column, title));
    }
    for (index, entry) in (0..).zip(&estimate.model.design.data) {
        let Some(stored) = estimate.stored_after(index, &times) else { continue };
        if stored.iter().all(|stored| !stored.bytes.is_finite() || stored.bytes == 0.0) {
            continue;
        }
        let shown = |bytes: f64| estimate.shown_as(bytes, Dimension::DATA, false);
        let last = stored.len().saturating_sub(1);
        let cells = stored.iter().enumerate().map(|(at, stored)| {
            Cell::plain(match stored.summary.filter(|_| at == last) {
                Some(summary) => merged(&shown(stored.bytes), &shown(summary.p5), &shown(summary.p95)),
                None => shown(stored.bytes),
            })
        });
        let mut row = vec![Cell::name(entry.name.text)];
        row.extend(cells);
        table.rows.push(row);
    }
    table
}
