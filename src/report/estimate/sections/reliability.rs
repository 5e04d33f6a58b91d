//! How often flows have what they need, what stops them, and what that leaves of an error budget.

use super::super::figures::{Figures, nines, percent};
use super::super::page::{Cell, Section, Table, Tone, numbers, words};
use super::flows::unknown_flows;
use super::listed;
use crate::estimate::shares::Cut;
use crate::estimate::{Label, Op, Status, Subject, Value};
use crate::quantity::{self, Comparator, DAY, Dimension, MONTH};

/// The window of an error budget.
const WINDOW: f64 = 30.0 * DAY;

/// Shares of a budget, and the time within which spending them is worth an alarm: the first two for somebody to be woken, the
/// last for a task of the day.
const BURNING: [(f64, f64); 3] = [(0.02, 3_600.0), (0.05, 6.0 * 3_600.0), (0.1, 3.0 * DAY)];

/// Availability of flows, and what has to fail for them to fail.
pub fn availability(figures: &Figures<'_, '_, '_>) -> Option<Section> {
    let estimate = figures.estimate;
    let mut section = Section::new("Availability", "");
    let mut table = Table::new(&[
        words("flow"),
        numbers("availability"),
        numbers("nines"),
        numbers("down a month"),
        numbers("outages"),
        numbers("each"),
        numbers("failing runs"),
    ]);
    let mut causes =
        Table::new(&[words("flow"), words("fails whenever this is down"), words("or these together")]);
    for (index, entry) in (0..).zip(&estimate.model.design.flows) {
        let subject = Subject::Flow(index);
        let Some(up) = figures.known(subject, "availability") else { continue };
        let errors = figures.number(subject, "errors").unwrap_or(f64::NAN);
        // Only when it says more than that the flow is down.
        let says_more = errors.is_finite() && (errors - (1.0 - up.number)).abs() > 0.02 * errors;
        table.rows.push(vec![
            Cell::name(entry.name.text),
            Cell::plain(figures.ranged(up)),
            Cell::plain(nines(up.number).map_or_else(String::new, |nines| format!("{nines:.1}"))),
            Cell::plain(figures.with_range(subject, "downtime")),
            Cell::plain(if up.number < 1.0 { figures.alone(subject, "outages") } else { String::new() }),
            Cell::plain(if up.number < 1.0 { figures.alone(subject, "outage") } else { String::new() }),
            Cell::plain(if says_more { figures.alone(subject, "errors") } else { String::new() }),
        ]);
        if let Some((cuts, is_complete)) = estimate.cuts(index as usize, 2, figures.central) {
            let (alone, pairs): (Vec<&Cut>, Vec<&Cut>) =
                cuts.iter().partition(|cut| cut.components.len() == 1);
            let alone: Vec<String> = alone.into_iter().map(|cut| named(figures, cut)).collect();
            let mut pairs: Vec<String> = pairs.into_iter().map(|cut| named(figures, cut)).collect();
            if !is_complete {
                pairs.push("others that were not searched for".to_owned());
            }
            if !alone.is_empty() || !pairs.is_empty() {
                causes.rows.push(vec![
                    Cell::name(entry.name.text),
                    Cell::plain(listed(&alone, 8)),
                    Cell::plain(listed(&pairs, 4)),
                ]);
            }
        }
    }
    section.table(table);
    section.table(causes);
    let unknown = unknown_flows(figures, "availability");
    if !unknown.is_empty() && !section.items.is_empty() {
        section.line(Cell::faint(format!("Not known: {}.", unknown.join(", "))));
    }
    Some(section)
}

/// `db, one instance, 4.38 min`.
fn named(figures: &Figures<'_, '_, '_>, cut: &Cut) -> String {
    let names: Vec<&str> =
        cut.components.iter().map(|component| figures.estimate.model.component_name(*component)).collect();
    let mut more = Vec::new();
    if let [only] = cut.components.as_slice() {
        if figures.number(Subject::Component(*only), "replicas") == Some(1.0) {
            more.push("one instance".to_owned());
        }
        let down = cut.probability * MONTH;
        if down >= 1.0 && !cut.on_some_runs {
            more.push(figures.estimate.shown_as(down, Dimension::TIME, false));
        }
    }
    if cut.on_some_runs {
        more.push("some runs".to_owned());
    }
    match more.is_empty() {
        true => names.join(" + "),
        false => format!("{} ({})", names.join(" + "), more.join(", ")),
    }
}

/// What a value is the availability of.
fn flow_of(figures: &Figures<'_, '_, '_>, value: Value) -> Option<u32> {
    match figures.estimate.sheet.label(value)? {
        Label::Address(Subject::Flow(flow), "availability") => Some(*flow),
        _ => None,
    }
}

/// What is allowed to fail, where a requirement says how available a flow must be.
pub fn budgets(figures: &Figures<'_, '_, '_>) -> Option<Section> {
    let estimate = figures.estimate;
    let mut section = Section::new("Error budgets", "of 30 days");
    let mut table = Table::new(&[
        words("requirement"),
        numbers("objective"),
        numbers("budget"),
        numbers("in requests"),
        numbers("used by the estimate"),
    ]);
    let mut burning = Table::new(&[
        words("requirement"),
        numbers("of the budget"),
        numbers("within"),
        numbers("burn rate"),
        numbers("share failing"),
    ]);
    for (requirement, check) in &estimate.checks {
        let id = estimate.model.design.requirements.entries.get(*requirement as usize);
        let id = id.map_or("", |entry| entry.name.text);
        for compare in figures.estimate.comparisons(*check) {
            let Op::Compare(comparator) = estimate.sheet.op(compare) else { continue };
            let [left, right] = estimate.sheet.inputs(compare) else { continue };
            let is_least = matches!(comparator, Comparator::AtLeast | Comparator::Greater);
            let Some(flow) = flow_of(figures, *left).filter(|_| is_least) else { continue };
            let objective = figures.central.of(*right);
            let rest = 1.0 - objective;
            if !(rest > 0.0 && rest < 1.0) {
                continue;
            }
            let subject = Subject::Flow(flow);
            let runs = figures.number(subject, "rate").map(|rate| rate * WINDOW * rest);
            let up = figures.known(subject, "availability").filter(|up| up.status == Status::Known);
            let used = up.map(|up| (1.0 - up.number) / rest);
            let tone = match used {
                Some(used) if used > 1.0 => Tone::Bad,
                Some(used) if used > 0.8 => Tone::Doubtful,
                _ => Tone::Plain,
            };
            let shown = |number: f64, dimension| estimate.shown_as(number, dimension, false);
            table.rows.push(vec![
                Cell::name(id),
                Cell::plain(quantity::format_share(objective)),
                Cell::plain(shown(rest * WINDOW, Dimension::TIME)),
                Cell::plain(runs.map_or_else(String::new, |runs| shown(runs, Dimension::NONE))),
                Cell::toned(tone, used.map_or_else(String::new, percent)),
            ]);
            for (part, window) in BURNING {
                // So much of the budget within so much of its time.
                let rate = part * WINDOW / window;
                // More than all cannot fail.
                if rate * rest > 1.0 {
                    continue;
                }
                burning.rows.push(vec![
                    Cell::name(id),
                    Cell::plain(percent(part)),
                    Cell::plain(shown(window, Dimension::TIME)),
                    Cell::plain(format!("{}x", (rate * 100.0).round() / 100.0)),
                    Cell::plain(quantity::format_share(rate * rest)),
                ]);
            }
        }
    }
    section.table(table);
    if !burning.rows.is_empty() {
        section.line(Cell::faint(
            "Alarms: so much of a budget is spent within that time when so many runs fail.",
        ));
    }
    section.table(burning);
    Some(section)
}
