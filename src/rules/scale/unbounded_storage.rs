use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::quantity::YEAR;
use crate::rules::rule::rule;
use crate::rules::{Case, Numbers};

use super::support::{Disks, keeps_for_ever};

rule! {
    /// Data that is kept for ever and fills the stated disks before the horizon.
    ///
    /// ## Why
    /// What only ever grows fills any disk; the design says by its numbers when. A full disk stops every write, at a moment that
    /// nobody has chosen, and there is nothing to delete that somebody has agreed to (Nygard, Release It!, 2nd edition,
    /// chapter 5, on the pattern "steady state").
    ///
    /// Looked at is the time until the horizon, or three years when there is none.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   events: { kind: document_store, storage: 8 TB }
    /// data:
    ///   event: { size: 1 KB, stored_in: events }
    /// # ^^^^^ unbounded-storage
    /// flows:
    ///   note:
    ///     rate: 1000 / s
    ///     steps:
    ///       - browser -> app: POST /events
    ///       - app -> events: insert
    ///         writes: [event]
    /// rules: { stage: sketch, unbounded-storage: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   events: { kind: document_store, storage: 8 TB }
    /// data:
    ///   event: { size: 1 KB, retention: 60 days, stored_in: events }
    /// flows:
    ///   note:
    ///     rate: 1000 / s
    ///     steps:
    ///       - browser -> app: POST /events
    ///       - app -> events: insert
    ///         writes: [event]
    /// rules: { stage: sketch, unbounded-storage: warning }
    /// ```
    "unbounded-storage": Warning, Scale, Recommended, at Design, since "0.2.0", check
}

/// How far ahead is looked when the design does not say.
const AHEAD: f64 = 3.0 * YEAR;
/// What one would keep, from long to short: text and seconds.
const KEPT: [(&str, f64); 7] = [
    ("5 years", 5.0 * YEAR),
    ("2 years", 2.0 * YEAR),
    ("1 year", YEAR),
    ("90 days", 90.0 * DAY),
    ("30 days", 30.0 * DAY),
    ("7 days", 7.0 * DAY),
    ("1 day", DAY),
];
const DAY: f64 = 86_400.0;

/// Bytes of some data that are there from the start.
fn at_start(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>, data: u32) -> f64 {
    let of = |name: &str| numbers.of(Subject::Data(data), name);
    let entry = case.design.data.entries.get(data as usize);
    let count = entry.and_then(|entry| entry.value.count.as_ref());
    let count = count.and_then(|count| case.central(&count.written)).unwrap_or(0.0);
    let each = of("growth") / of("rate");
    if each.is_finite() { count * each } else { 0.0 }
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if case.is_moment {
        return;
    }
    let Some(numbers) = case.computed() else { return };
    let horizon = case.design.traffic.as_ref().and_then(|traffic| traffic.horizon.as_ref());
    let until = horizon.and_then(|horizon| case.central(&horizon.written)).unwrap_or(AHEAD);
    for (store, all) in keeps_for_ever(case) {
        let Some(disks) = Disks::of(case, numbers, store) else { continue };
        let growth = |data: &u32| numbers.of(Subject::Data(*data), "growth");
        let grows: f64 = all.iter().map(growth).sum();
        let room = disks.room - all.iter().map(|data| at_start(case, numbers, *data)).sum::<f64>();
        let full = room.max(0.0) / grows;
        let Some(largest) = all.iter().copied().max_by(|a, b| growth(a).total_cmp(&growth(b))) else {
            continue;
        };
        let Some(entry) = case.design.data.entries.get(largest as usize) else { continue };
        if !full.is_finite() || full > until {
            continue;
        }
        let name = entry.name.text;
        let what = match all.len() {
            1 => format!("`{name}` is kept for ever and fills"),
            2 => format!("`{name}` and other data are kept for ever and fill"),
            _ => format!("`{name}` and {} other kinds of data are kept for ever and fill", all.len() - 1),
        };
        let message = format!(
            "{what} the {} of `{}` in {}",
            disks.shown(numbers),
            case.component_name(store),
            numbers.time(full)
        );
        let fits = KEPT.into_iter().find(|(_, kept)| kept * grows <= 0.7 * disks.room);
        let help = match fits {
            Some((text, kept)) => {
                let size = numbers.size(kept * growth(&largest));
                format!("say how long it is kept: with `retention: {text}` it stays at {size}")
            }
            None => "say how long it is kept with `retention`, and split the store with `shards`".to_owned(),
        };
        let finding = RULE.finding(entry.name.span, message).related(disks.span, "this is one disk");
        out.push(finding.help(help));
    }
}
