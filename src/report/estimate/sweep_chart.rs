//! A sweep as charts of Mermaid (`xychart-beta`), one for each value.

use super::sweep::steps;
use crate::estimate::sweeps::{Series, Sweep};
use crate::estimate::{Estimate, Status};
use crate::quantity::{DAY, Dimension, HOUR, MINUTE, MONTH};
use std::io::{self, Write};

/// Writes the charts. A Mermaid text holds one chart, so several come in the fences of Markdown.
pub(super) fn write(estimate: &Estimate<'_, '_>, sweep: &Sweep, out: &mut dyn Write) -> io::Result<()> {
    let charts: Vec<String> =
        sweep.series.iter().filter_map(|series| chart(estimate, sweep, series)).collect();
    match charts.as_slice() {
        [only] => out.write_all(only.as_bytes()),
        several => {
            let fenced = several.iter().map(|chart| format!("```mermaid\n{chart}```\n"));
            out.write_all(fenced.collect::<Vec<String>>().join("\n").as_bytes())
        }
    }
}

/// The chart of one value: its steps at which there is a number. `None` when there is no such step.
pub(super) fn chart(estimate: &Estimate<'_, '_>, sweep: &Sweep, series: &Series) -> Option<String> {
    let names = steps(estimate, sweep);
    let is_known = |status: Status| status == Status::Known;
    let known: Vec<(&String, f64)> = names
        .iter()
        .zip(&series.points)
        .filter(|(_, point)| is_known(point.status))
        .map(|(name, point)| (name, point.number))
        .collect();
    if known.is_empty() {
        return None;
    }
    let most = known.iter().map(|(_, number)| *number).fold(0.0, f64::max);
    let least = known.iter().map(|(_, number)| *number).fold(0.0, f64::min);
    let (unit, name_of_unit) = unit(estimate, series, most.max(-least));
    let left_out: Vec<&str> = names
        .iter()
        .zip(&series.points)
        .filter(|(_, point)| !is_known(point.status))
        .map(|(name, _)| name.as_str())
        .collect();
    let status = series.points.iter().find(|point| !is_known(point.status));
    let mut title = series.name.clone();
    if let (Some(point), [first, ..]) = (status, left_out.as_slice()) {
        let range = match left_out.last() {
            Some(last) if left_out.len() > 1 => format!("{first} to {last}"),
            _ => (*first).to_owned(),
        };
        title = format!("{title} ({} at {range})", point.status.word());
    }
    let categories: Vec<String> = known.iter().map(|(name, _)| quoted(name)).collect();
    let numbers: Vec<String> = known.iter().map(|(_, number)| plain(number / unit)).collect();
    let top = if most > 0.0 { most / unit * 1.05 } else { 0.0 };
    let top = if top > 0.0 || least < 0.0 { top } else { 1.0 };
    let axis = if name_of_unit.is_empty() { String::new() } else { format!("{} ", quoted(&name_of_unit)) };
    Some(format!(
        "xychart-beta\n    title {}\n    x-axis {} [{}]\n    y-axis {axis}{} --> {}\n    line [{}]\n",
        quoted(&title),
        quoted(&sweep.name),
        categories.join(", "),
        plain(least / unit * 1.05),
        plain(top),
        numbers.join(", "),
    ))
}

/// What the numbers of an axis are divided by, and what they are called then.
fn unit(estimate: &Estimate<'_, '_>, series: &Series, most: f64) -> (f64, String) {
    const TIMES: &[(f64, &str)] =
        &[(DAY, "days"), (HOUR, "h"), (MINUTE, "min"), (1.0, "s"), (1e-3, "ms"), (1e-6, "µs")];
    const BYTES: &[(f64, &str)] =
        &[(1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "KB"), (1.0, "B")];
    let fitting = |units: &[(f64, &str)], after: &str| {
        let found = units.iter().find(|(size, _)| most >= *size).or(units.last());
        found.map_or((1.0, String::new()), |(size, name)| (*size, format!("{name}{after}")))
    };
    let currency = estimate.currency().code();
    match estimate.sheet.dimension(series.value) {
        Dimension::NONE if estimate.is_share(series.value) => (0.01, "%".to_owned()),
        Dimension::NONE => (1.0, String::new()),
        Dimension::TIME => fitting(TIMES, ""),
        Dimension::DATA => fitting(BYTES, ""),
        Dimension::BANDWIDTH => fitting(BYTES, " / s"),
        Dimension::RATE => (1.0, "per second".to_owned()),
        Dimension::SPENDING => (1.0 / MONTH, format!("{currency} / month")),
        dimension => (1.0, crate::quantity::unit_of(dimension, estimate.currency()).into_owned()),
    }
}

/// A number without a power of ten, which the grammar of these charts does not know; six digits are enough to draw.
fn plain(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 || !size.is_finite() {
        return "0".to_owned();
    }
    let exponent: i32 =
        format!("{size:e}").split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0);
    let decimals = usize::try_from(5 - exponent).unwrap_or(0).min(300);
    let text = format!("{number:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if matches!(text, "" | "-0" | "-") { "0".to_owned() } else { text.to_owned() }
}

/// Text in quotes that is shown as it is, whatever is in it.
fn quoted(text: &str) -> String {
    const DIRECTION: &str = "direction";
    let mut safe = String::new();
    for (at, sign) in text.char_indices() {
        let rest = text.get(at..).and_then(|rest| rest.get(..DIRECTION.len()));
        // The renderer takes this word for a command, even inside another.
        let is_command = rest.is_some_and(|rest| rest.eq_ignore_ascii_case(DIRECTION));
        let is_special = "\"#&<>`\\$%:;*_~@".contains(sign);
        let hides = sign.is_control()
            || matches!(sign, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
        match sign {
            _ if hides => safe.push(' '),
            _ if is_special || is_command => safe.push_str(&format!("#{};", u32::from(sign))),
            _ => safe.push(sign),
        }
    }
    let safe = safe.split_whitespace().collect::<Vec<&str>>().join(" ");
    format!("\"{}\"", if safe.is_empty() { "value" } else { &safe })
}
