//! Amounts, times and trees.

use super::super::picture::{Branch, Chart, Picture, Sankey, Shares, Spans, Timeline, Tone};
use super::accessible;
use super::escape::{Decimal, Page, Safe, line};

/// Amounts that flow.
pub(super) fn sankey(page: &mut Page, drawn: &Sankey) {
    line!(page, 0, "sankey-beta");
    page.end();
    for (from, to, amount, _) in &drawn.links {
        let name = |index: usize| {
            let (id, title) = drawn.nodes.get(index)?;
            // What is alike by its title would be one box.
            let is_alike = drawn.nodes.iter().filter(|(_, other)| other == title).count() > 1;
            Some(Safe::ascii(&if is_alike { format!("{title} ({id})") } else { title.clone() }))
        };
        let (Some(from), Some(to)) = (name(*from), name(*to)) else { continue };
        line!(page, 0, from, ",", to, ",", Decimal(amount.max(0.0)));
    }
}

/// Lines or bars over an axis.
pub(super) fn chart(page: &mut Page, drawn: &Chart) {
    line!(page, 0, "xychart-beta");
    let names: Vec<&str> = drawn.series.iter().map(|(name, _)| name.as_str()).collect();
    let levels: Vec<&str> = drawn.levels.iter().map(|(name, _)| name.as_str()).collect();
    let mut about = names.join(", ");
    if !levels.is_empty() {
        about = format!("{about}; flat: {}", levels.join(", "));
    }
    // A value that is not a number leaves its place out: the grammar has no gap.
    let is_known = |at: &usize| {
        drawn.series.iter().all(|(_, values)| values.get(*at).is_some_and(|value| value.is_finite()))
    };
    let places: Vec<usize> = (0..drawn.x.len()).filter(is_known).collect();
    page.indent(1);
    page.put(&"x-axis \"");
    page.put(&Safe::text(&drawn.x_title));
    page.put(&"\" [");
    for (number, at) in places.iter().enumerate() {
        page.put(&if number == 0 { "\"" } else { ", \"" });
        page.put(&Safe::text(drawn.x.get(*at).map_or("", String::as_str)));
        page.put(&"\"");
    }
    page.put(&"]");
    page.end();
    let value = |values: &[f64], at: usize| values.get(at).copied().unwrap_or(0.0);
    let all = drawn.series.iter().flat_map(|(_, values)| places.iter().map(move |at| value(values, *at)));
    let all: Vec<f64> = all.chain(drawn.levels.iter().map(|(_, level)| *level)).collect();
    let most = all.iter().copied().fold(0.0, f64::max);
    let least = all.iter().copied().fold(0.0, f64::min);
    let top = if most > least { most + (most - least) * 0.05 } else { least + 1.0 };
    let title = Safe::text(&format!("{} ({about})", drawn.y_title));
    line!(page, 1, "y-axis \"", title, "\" ", Decimal(least), " --> ", Decimal(top));
    for (_, values) in &drawn.series {
        series(page, drawn.has_bars, places.iter().map(|at| value(values, *at)));
    }
    for (_, level) in &drawn.levels {
        series(page, false, places.iter().map(|_| *level));
    }
}

fn series(page: &mut Page, has_bars: bool, values: impl Iterator<Item = f64>) {
    page.indent(1);
    page.put(&if has_bars { "bar [" } else { "line [" });
    for (number, value) in values.enumerate() {
        if number > 0 {
            page.put(&", ");
        }
        page.put(&Decimal(value));
    }
    page.put(&"]");
    page.end();
}

/// Shares of a whole.
pub(super) fn shares(page: &mut Page, picture: &Picture, drawn: &Shares) {
    line!(page, 0, "pie");
    accessible(page, picture);
    for (name, amount, shown) in drawn.slices.iter().filter(|(_, amount, _)| *amount > 0.0) {
        let label = Safe::text(&format!("{name}: {shown}"));
        // The largest is a thousand, so that small amounts in large units are not taken for nothing.
        let whole: f64 = drawn.slices.iter().map(|(_, amount, _)| amount).sum();
        line!(page, 1, "\"", label, "\" : ", Decimal((amount / whole * 1_000.0).max(1e-3)));
    }
}

/// Spans of time below each other. The grammar counts whole milliseconds: one of them stands for a thousandth, or a
/// millionth, of what the axis says.
pub(super) fn spans(page: &mut Page, picture: &Picture, drawn: &Spans) {
    let ends = drawn.sections.iter().flat_map(|(_, spans)| spans).map(|span| span.start + span.length);
    let limit = drawn.limit.as_ref().map(|(_, limit)| *limit);
    let whole = ends.clone().chain(limit).filter(|end| end.is_finite()).fold(0.0, f64::max);
    let (scale, format) = match whole {
        whole if whole > 10.0 => (1e3, "axisFormat %s s"),
        whole if whole > 10e-3 => (1e6, "axisFormat %s ms"),
        _ => (1e9, "axisFormat %s µs"),
    };
    line!(page, 0, "gantt");
    accessible(page, picture);
    line!(page, 1, "dateFormat x");
    line!(page, 1, format);
    line!(page, 1, "todayMarker off");
    let place = |seconds: f64| (seconds * scale).round().clamp(0.0, 1e12) as usize;
    let mut number = 0;
    for (heading, spans) in &drawn.sections {
        line!(page, 1, "section ", Safe::text(heading));
        for span in spans {
            number += 1;
            let title = Safe::leading(&format!("{} {}", span.title, span.shown));
            let mark = match span.tone {
                Tone::Hot => "crit, ",
                Tone::Warm => "active, ",
                Tone::Faint => "done, ",
                _ => "",
            };
            let (start, end) = (place(span.start), place(span.start + span.length));
            let end = end.max(start + 1);
            line!(page, 1, title, " :", mark, "t", number, ", ", start, ", ", end);
        }
    }
    if let Some((name, limit)) = &drawn.limit {
        line!(page, 1, "section ", Safe::text("limit"));
        line!(page, 1, Safe::leading(name), " :milestone, limit, ", place(*limit), ", ", place(*limit));
    }
}

/// What happened when.
pub(super) fn timeline(page: &mut Page, drawn: &Timeline) {
    line!(page, 0, "timeline");
    for (time, events) in &drawn.events {
        page.indent(1);
        page.put(&Safe::leading(time));
        for event in events {
            page.put(&" : ");
            page.put(&Safe::text(event));
        }
        page.end();
    }
}

/// A tree around a middle.
pub(super) fn mindmap(page: &mut Page, root: &Branch) {
    line!(page, 0, "mindmap");
    let mut waiting = vec![(root, 1)];
    let mut number = 0;
    while let Some((branch, depth)) = waiting.pop() {
        let title = Safe::text(&branch.title);
        // Indentation is the grammar: deeper than this cannot be written.
        let depth_written = depth.min(19);
        match depth {
            1 => line!(page, depth_written, "root((\"", title, "\"))"),
            2 => line!(page, depth_written, "b", number, "(\"", title, "\")"),
            _ => line!(page, depth_written, "b", number, "[\"", title, "\"]"),
        }
        number += 1;
        waiting.extend(branch.branches.iter().rev().map(|inner| (inner, depth + 1)));
    }
}
