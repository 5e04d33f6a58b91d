//! A sweep as a table for people, Markdown, CSV, JSON, and charts of Mermaid.

use super::csv::cell;
use super::markdown::escaped;
use super::origin::finite;
use super::sweep_chart;
use crate::estimate::sweeps::{self, Point, Series, Sweep};
use crate::estimate::{Estimate, Status};
use crate::quantity;
use crate::report::escape;
use crate::report::sanitize::{Signs, Visible};
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// The form of a sweep.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SweepFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// For pages, with charts.
    Markdown,
    /// Charts.
    Mermaid,
}

/// How the table for people should look.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns to stay within.
    pub width: usize,
    /// Whether bars may be other than ASCII.
    pub unicode: bool,
}

/// Writes a sweep.
pub fn write(
    estimate: &Estimate<'_, '_>,
    sweep: &Sweep,
    format: SweepFormat,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        SweepFormat::Text => text(estimate, sweep, look, out),
        SweepFormat::Json => escape::write_json(&document(estimate, sweep), out),
        SweepFormat::Csv => csv(estimate, sweep, out),
        SweepFormat::Markdown => markdown(estimate, sweep, out),
        SweepFormat::Mermaid => sweep_chart::write(estimate, sweep, out),
    }
}

/// A point as people read it.
pub(super) fn shown(estimate: &Estimate<'_, '_>, series: &Series, point: Point) -> String {
    match point.status {
        Status::Known => estimate.shown(series.value, point.number),
        status => status.word().to_owned(),
    }
}

/// The values of the assumption as people read them.
pub(super) fn steps(estimate: &Estimate<'_, '_>, sweep: &Sweep) -> Vec<String> {
    sweep.steps.iter().map(|step| sweeps::shown_as_written(estimate, sweep.input, *step)).collect()
}

fn columns(text: &str) -> usize {
    text.chars().count()
}

/// A bar of at most so many columns, in eighths where the terminal can.
fn bar(share: f64, columns: usize, unicode: bool) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if !share.is_finite() || share <= 0.0 {
        return String::new();
    }
    let eighths = (share.min(1.0) * columns as f64 * 8.0).round() as usize;
    match unicode {
        true => "█".repeat(eighths / 8) + EIGHTHS.get(eighths % 8).copied().unwrap_or_default(),
        false => "#".repeat((eighths + 4) / 8),
    }
}

fn text(estimate: &Estimate<'_, '_>, sweep: &Sweep, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let signs = if look.unicode { Signs::Unicode } else { Signs::Ascii };
    let visible = |text: &str| Visible::line(text, signs);
    let steps = steps(estimate, sweep);
    let left = steps.iter().map(|step| columns(step)).chain([columns(&sweep.name)]).max().unwrap_or(0);
    for (index, series) in sweep.series.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let numbers: Vec<String> =
            series.points.iter().map(|point| shown(estimate, series, *point)).collect();
        let middle = numbers.iter().map(|number| columns(number)).max().unwrap_or(0);
        let known = series.points.iter().filter(|point| point.status == Status::Known);
        let most = known.map(|point| point.number).fold(0.0, f64::max);
        let room = look.width.clamp(40, 200).saturating_sub(left + middle + 8).clamp(8, 40);
        writeln!(
            out,
            "{}{}  {}",
            " ".repeat(left - columns(&sweep.name)),
            visible(&sweep.name),
            visible(&series.name)
        )?;
        for ((step, number), point) in steps.iter().zip(&numbers).zip(&series.points) {
            let bar = if most > 0.0 { bar(point.number / most, room, look.unicode) } else { String::new() };
            let line = format!("{step:>left$}  {number:>middle$}  {bar}");
            writeln!(out, "{}", visible(line.trim_end()))?;
        }
    }
    if sweep.series.is_empty() {
        writeln!(out, "nothing to show: no requirement has a check; name the values you want")?;
    }
    Ok(())
}

fn document(estimate: &Estimate<'_, '_>, sweep: &Sweep) -> Json {
    let unit = |value| quantity::unit_of(estimate.sheet.dimension(value), estimate.currency());
    let series = sweep.series.iter().map(|series| {
        let points = series
            .points
            .iter()
            .map(|point| json!({ "status": point.status.word(), "value": finite(point.number) }));
        json!({ "name": series.name, "unit": unit(series.value), "points": points.collect::<Vec<Json>>() })
    });
    json!({
        "version": 1,
        "design": estimate.model.design.name.as_ref().map_or("", |name| name.text),
        "assumption": sweep.name,
        "unit": unit(sweep.input),
        "steps": sweep.steps,
        "series": series.collect::<Vec<Json>>(),
    })
}

fn csv(estimate: &Estimate<'_, '_>, sweep: &Sweep, out: &mut dyn Write) -> io::Result<()> {
    let with_unit = |name: &str, value| {
        let dimension = estimate.sheet.dimension(value);
        let unit = quantity::unit_of(dimension, estimate.currency());
        let name = Visible::line(name, Signs::Unicode);
        cell(&if dimension.is_none() { name.to_string() } else { format!("{name} [{unit}]") })
    };
    let head = std::iter::once(with_unit(&sweep.name, sweep.input))
        .chain(sweep.series.iter().map(|series| with_unit(&series.name, series.value)));
    writeln!(out, "{}", head.collect::<Vec<String>>().join(","))?;
    for (index, step) in sweep.steps.iter().enumerate() {
        let cell = |series: &Series| match series.points.get(index) {
            Some(point) if point.status == Status::Known => point.number.to_string(),
            Some(point) if point.status == Status::Unstable => "unstable".to_owned(),
            _ => String::new(),
        };
        let cells = std::iter::once(step.to_string()).chain(sweep.series.iter().map(cell));
        writeln!(out, "{}", cells.collect::<Vec<String>>().join(","))?;
    }
    Ok(())
}

fn markdown(estimate: &Estimate<'_, '_>, sweep: &Sweep, out: &mut dyn Write) -> io::Result<()> {
    let head: Vec<String> = sweep.series.iter().map(|series| escaped(&series.name)).collect();
    let row = |cells: &[String]| format!("| {} |", cells.join(" | "));
    writeln!(out, "{}", row(&[vec![escaped(&sweep.name)], head].concat()))?;
    writeln!(out, "{}", row(&vec!["---:".to_owned(); sweep.series.len() + 1]))?;
    for (index, step) in steps(estimate, sweep).iter().enumerate() {
        let cells = sweep.series.iter().map(|series| {
            series
                .points
                .get(index)
                .map_or_else(String::new, |point| escaped(&shown(estimate, series, *point)))
        });
        writeln!(out, "{}", row(&std::iter::once(escaped(step)).chain(cells).collect::<Vec<String>>()))?;
    }
    for series in &sweep.series {
        if let Some(chart) = sweep_chart::chart(estimate, sweep, series) {
            write!(out, "\n```mermaid\n{chart}```\n")?;
        }
    }
    Ok(())
}
