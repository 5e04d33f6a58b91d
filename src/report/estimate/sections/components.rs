//! How busy components are, and what they cost.

use super::super::figures::{Figures, percent};
use super::super::page::{Cell, Piece, Section, Table, Tone, numbers, words};
use super::overview::{tightest, tone_of};
use crate::estimate::{Status, Subject};

/// A component's index and name.
fn all<'f>(figures: &'f Figures<'_, '_, '_>) -> impl Iterator<Item = (u32, Subject, &'f str)> {
    let components = (0..).zip(&figures.estimate.model.design.components);
    components.map(|(index, entry)| (index, Subject::Component(index), entry.name.text))
}

/// Load, utilisation and instances.
pub fn components(figures: &Figures<'_, '_, '_>) -> Option<Section> {
    let mut section = Section::new("Components", "at peak");
    let mut table = Table::new(&[
        words("component"),
        numbers("load"),
        words("in use"),
        numbers("instances"),
        words("tightest"),
        numbers("free"),
        numbers("waiting, mean"),
    ]);
    let mut overloaded = Vec::new();
    for (index, subject, name) in all(figures) {
        let load = figures.number(subject, "load.peak").filter(|load| *load > 0.0);
        let used = figures.known(subject, "utilization");
        let role = figures.estimate.model.roles.get(index as usize);
        if used.is_none() && role.is_some_and(|role| role.has("is_client")) {
            continue;
        }
        if load.is_none() && used.is_none() {
            continue;
        }
        let mut bar = Cell::empty();
        if let Some(used) = used {
            let high = used.summary.map_or(used.number, |summary| summary.p95.max(used.number));
            let tone = match tone_of(used.number) {
                Tone::Plain if high >= 1.0 => Tone::Doubtful,
                tone => tone,
            };
            bar = Cell(vec![Piece::Bar(tone, used.number), Piece::Text(tone, figures.in_percent(used))]);
            if used.number >= 1.0 {
                overloaded.push(name.to_owned());
            }
        }
        let there = figures.alone(subject, "replicas");
        let needed = figures.known(subject, "instances").filter(|needed| needed.status == Status::Known);
        let instances = match (needed, there.is_empty()) {
            (Some(_), false) => format!("{} of {there}", figures.alone(subject, "instances")),
            (Some(_), true) => format!("{} needed", figures.alone(subject, "instances")),
            (None, _) => there,
        };
        let resources = figures.estimate.resources.get(index as usize);
        let tightest = resources.filter(|resources| resources.len() > 1);
        let tightest = tightest.and_then(|resources| tightest_name(figures, resources)).unwrap_or("");
        let wait = figures.known(subject, "wait.mean").filter(|wait| wait.number >= 1e-6);
        table.rows.push(vec![
            Cell::name(name),
            Cell::plain(if load.is_some() { figures.alone(subject, "load.peak") } else { String::new() }),
            bar,
            Cell::plain(instances),
            Cell::plain(tightest),
            Cell::plain(if used.is_some() { figures.alone(subject, "headroom") } else { String::new() }),
            Cell::plain(wait.map_or_else(String::new, |wait| figures.ranged(wait))),
        ]);
    }
    section.table(table);
    if !overloaded.is_empty() {
        let text = format!("Overloaded at peak: {}.", overloaded.join(", "));
        section.line(Cell::toned(Tone::Bad, text));
    }
    section.table(steep(figures));
    let mut cold =
        Table::new(&[words("component"), numbers("load while caches are empty"), numbers("of capacity")]);
    for (_, subject, name) in all(figures) {
        let (Some(load), Some(empty)) =
            (figures.number(subject, "load.peak"), figures.number(subject, "load.cold"))
        else {
            continue;
        };
        if empty > load * 1.001 {
            let share = figures.number(subject, "capacity").filter(|all| *all > 0.0).map(|all| empty / all);
            let tone = share.map_or(Tone::Plain, tone_of);
            cold.rows.push(vec![
                Cell::name(name),
                Cell::plain(figures.with_range(subject, "load.cold")),
                Cell::toned(tone, share.map_or_else(String::new, percent)),
            ]);
        }
    }
    section.table(cold);
    Some(section)
}

/// Above this share of use a little more load makes a wait much longer.
const STEEP: f64 = 0.8;

/// Lines that are close to growing without end, and how fast the wait rises there.
fn steep(figures: &Figures<'_, '_, '_>) -> Table {
    let mut table = Table::new(&[
        words("near saturation"),
        numbers("requests over capacity"),
        numbers("waiting, mean"),
        numbers("with each percent more in use"),
    ]);
    for (index, subject, name) in all(figures) {
        let resources = figures.estimate.resources.get(index as usize);
        let requests = resources.and_then(|all| all.iter().find(|(name, _)| *name == "requests"));
        let Some(used) = requests.map(|(_, value)| figures.central.of(*value)) else { continue };
        let slope = figures.estimate.get(subject, "wait.slope");
        let rises = slope.map_or(f64::NAN, |slope| figures.central.of(slope));
        if let (true, Some(slope)) = (used > STEEP && used < 1.0 && rises > 0.0, slope) {
            table.rows.push(vec![
                Cell::name(name),
                Cell::toned(Tone::Doubtful, percent(used)),
                Cell::plain(figures.alone(subject, "wait.mean")),
                Cell::toned(Tone::Doubtful, format!("+{}", figures.estimate.shown(slope, rises))),
            ]);
        }
    }
    table
}

fn tightest_name(
    figures: &Figures<'_, '_, '_>,
    resources: &[(&'static str, crate::estimate::Value)],
) -> Option<&'static str> {
    tightest(figures, resources).map(|(name, _)| name)
}

/// What each component costs, the dearest first.
pub fn cost(figures: &Figures<'_, '_, '_>) -> Option<Section> {
    let mut section = Section::new("Cost", "");
    let total = figures.known(Subject::System, "cost")?;
    let mut rows: Vec<(f64, Vec<Cell>)> = Vec::new();
    let mut unknown = Vec::new();
    for (_, subject, name) in all(figures) {
        let Some(cost) = figures.get(subject, "cost") else { continue };
        if cost.status == Status::Unknown {
            unknown.push(name.to_owned());
            continue;
        }
        let share = if total.number > 0.0 { cost.number / total.number } else { 0.0 };
        rows.push((
            cost.number,
            vec![
                Cell::name(name),
                Cell::plain(figures.ranged(cost)),
                Cell(vec![Piece::Bar(Tone::Plain, share), Piece::Text(Tone::Faint, percent(share))]),
            ],
        ));
    }
    if rows.len() < 2 && unknown.is_empty() {
        return None;
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let free: Vec<String> = rows
        .iter()
        .filter(|(cost, _)| *cost == 0.0)
        .filter_map(|(_, row)| match row.first()?.0.first()? {
            Piece::Text(_, name) => Some(name.clone()),
            Piece::Bar(..) => None,
        })
        .collect();
    let mut table = Table::new(&[words("component"), numbers("cost"), words("share")]);
    table.rows = rows.into_iter().filter(|(cost, _)| *cost != 0.0).map(|(_, row)| row).collect();
    if table.rows.len() > 1 {
        table.rows.push(vec![Cell::name("all"), Cell::name(figures.ranged(total)), Cell::empty()]);
    }
    section.table(table);
    if !free.is_empty() {
        section.line(Cell::faint(format!("Free: {}.", free.join(", "))));
    }
    if !unknown.is_empty() {
        section.line(Cell::toned(
            Tone::Doubtful,
            format!("Not known, and not in the sum: {}.", unknown.join(", ")),
        ));
    }
    Some(section)
}
