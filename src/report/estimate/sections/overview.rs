//! The answers first: does it hold, what does it cost, where is it tight.

use super::super::figures::{Figures, nines};
use super::super::page::{Cell, Section, Table, Tone, words};
use super::listed;
use crate::estimate::readings::Answer;
use crate::estimate::{Label, Status, Subject, Value};
use crate::quantity;

/// The component whose most used resource is used most, with the name of that resource.
pub fn bottleneck(figures: &Figures<'_, '_, '_>) -> Option<(u32, f64, &'static str)> {
    let resources = &figures.estimate.resources;
    let all = (0..).zip(resources).filter_map(|(component, resources)| {
        let (name, share) = tightest(figures, resources)?;
        Some((component, share, name))
    });
    all.max_by(|a, b| a.1.total_cmp(&b.1))
}

/// The most used of some resources.
pub fn tightest(
    figures: &Figures<'_, '_, '_>,
    resources: &[(&'static str, Value)],
) -> Option<(&'static str, f64)> {
    let known = resources.iter().map(|(name, value)| (*name, figures.central.of(*value)));
    known.filter(|(_, share)| !share.is_nan()).max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Cost, availability and bottleneck of the whole.
pub fn overall(figures: &Figures<'_, '_, '_>) -> Option<Section> {
    let mut section = Section::new("Overall", "");
    let mut table = Table::new(&[words(""), words("")]);
    if let Some(cost) = figures.known(Subject::System, "cost") {
        let mut cell = Cell::name(figures.ranged(cost));
        if cost.at_least {
            let without = figures.estimate.missing(cost.value).len();
            cell = cell.then(Tone::Doubtful, format!(", {without} of its parts not known"));
        }
        table.rows.push(vec![Cell::plain("cost"), cell]);
    }
    if let Some(up) = figures.known(Subject::System, "availability") {
        let mut cell = Cell::name(figures.ranged(up));
        if let Some(nines) = nines(up.number) {
            cell =
                cell.then(Tone::Faint, format!(", {nines:.1} nines, flows weighted by how often they run"));
        }
        table.rows.push(vec![Cell::plain("availability"), cell]);
    }
    if let Some((component, share, resource)) = bottleneck(figures) {
        let tone = tone_of(share);
        let used = if share.is_finite() { quantity::format_share(share) } else { "without end".to_owned() };
        let name = figures.estimate.model.component_name(component);
        let cell = Cell::name(name)
            .then(Tone::Plain, " at ")
            .then(tone, used)
            .then(Tone::Plain, format!(" of its {}", resource_name(resource)));
        table.rows.push(vec![Cell::plain("bottleneck"), cell]);
    }
    section.table(table);
    Some(section)
}

/// What is used, in words.
pub fn resource_name(resource: &str) -> &str {
    if resource == "requests" { "capacity for requests" } else { resource }
}

/// Above 80% lines grow fast; above all of it they grow without end.
pub fn tone_of(share: f64) -> Tone {
    match share {
        share if share >= 1.0 => Tone::Bad,
        share if share > 0.8 => Tone::Doubtful,
        _ => Tone::Plain,
    }
}

/// What a check compares: the left side of each comparison, and the right one where that is a computed value too.
fn sides(figures: &Figures<'_, '_, '_>, check: Value) -> Vec<Value> {
    let sheet = &figures.estimate.sheet;
    let both = figures.estimate.comparisons(check).into_iter().flat_map(|compare| {
        let [left, right] = sheet.inputs(compare) else {
            return sheet.inputs(compare).iter().take(1).copied().collect();
        };
        match sheet.label(*right) {
            Some(Label::Address(..)) => vec![*left, *right],
            _ => vec![*left],
        }
    });
    both.collect::<Vec<Value>>()
}

/// Whether the requirements hold.
pub fn requirements(figures: &Figures<'_, '_, '_>) -> Option<Section> {
    let estimate = figures.estimate;
    let mut section = Section::new("Requirements", "");
    let verdicts = estimate.verdicts();
    let mut table = Table::new(&[words(""), words("requirement"), words("check"), words("estimate")]);
    let sides: Vec<Vec<Value>> = verdicts.iter().map(|verdict| sides(figures, verdict.value)).collect();
    let readings = figures.readings_of(&sides.concat());
    let mut readings = readings.iter();
    for (verdict, sides) in verdicts.iter().zip(&sides) {
        let own = readings.by_ref().take(sides.len());
        let known = own.filter(|reading| reading.status != Status::Unknown);
        let shown: Vec<String> = known.map(|reading| figures.ranged(reading)).collect();
        let percent = |chance: f64| quantity::format_share(chance);
        let (tone, word, more) = match &verdict.answer {
            Answer::Holds(None) => (Tone::Plain, "holds", String::new()),
            Answer::Holds(Some(chance)) if *chance >= 1.0 => (Tone::Plain, "holds", String::new()),
            Answer::Holds(Some(chance)) => {
                (Tone::Plain, "holds", format!("in {} of samples", percent(*chance)))
            }
            Answer::Fails(None) => (Tone::Bad, "FAILS", String::new()),
            Answer::Fails(Some(chance)) if *chance <= 0.0 => (Tone::Bad, "FAILS", String::new()),
            Answer::Fails(Some(chance)) => {
                (Tone::Bad, "FAILS", format!("holds in {} of samples", percent(*chance)))
            }
            Answer::AtRisk(chance, wanted) => (
                Tone::Doubtful,
                "at risk",
                format!("holds in {} of samples, {} wanted", percent(*chance), percent(*wanted)),
            ),
            Answer::NotComputable(_) => (Tone::Doubtful, "unknown", String::new()),
        };
        let mut cell = Cell::plain(shown.join("; "));
        if !more.is_empty() {
            let gap = if shown.is_empty() { "" } else { ", " };
            cell = cell.then(if tone == Tone::Plain { Tone::Faint } else { tone }, format!("{gap}{more}"));
        }
        if let Answer::NotComputable(missing) = &verdict.answer {
            let what: Vec<String> = missing.iter().map(|missing| missing.what.clone()).collect();
            cell = Cell::toned(tone, format!("not known: {}", listed(&what, 4)));
        }
        table.rows.push(vec![
            Cell::toned(tone, word),
            Cell::name(&verdict.id),
            Cell::plain(&verdict.text),
            cell,
        ]);
    }
    section.table(table);
    let without = estimate.model.design.requirements.entries.len().saturating_sub(verdicts.len());
    if without > 0 && !verdicts.is_empty() {
        let are = if without == 1 { "is" } else { "are" };
        section.line(Cell::faint(format!("{without} more {are} said in words only, without a `check`.")));
    }
    Some(section)
}
