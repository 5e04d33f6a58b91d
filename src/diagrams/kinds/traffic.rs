//! Requests at peak, from those who start them to the stores.

use super::super::layout::layered::{Plan, PlannedBox, PlannedLine, turned};
use super::super::picture::{Body, Picture, Sankey};
use super::super::{Context, numbers};
use super::looks;
use crate::estimate::Subject;
use std::collections::BTreeMap;

/// More flows than this are no picture that anybody reads.
const MOST: usize = 120;

/// Draws it.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let Some(known) = context.case.numbers() else { return Vec::new() };
    let model = context.case.model();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for wire in &context.wires {
        let is_shown = context.view.shows(wire.from) && context.view.shows(wire.to);
        let pair = (wire.from, wire.to);
        if is_shown && wire.from != wire.to && context.view.shows_flow(wire.flow) && seen.insert(pair) {
            pairs.push(pair);
        }
    }
    let mut links: Vec<((usize, usize), f64, String)> = Vec::new();
    for (from, to) in pairs {
        let index = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        let subject = Subject::Connection(index(from), index(to));
        let rate = numbers::known(&known.estimate, &known.central, subject, "rate");
        let rate = rate.filter(|(_, rate)| rate.is_finite() && *rate > 0.0);
        links.extend(rate.map(|(shown, rate)| ((from, to), rate, shown)));
    }
    let mut notices = Vec::new();
    if links.len() > MOST {
        let mut rates: Vec<f64> = links.iter().map(|(_, rate, _)| *rate).collect();
        rates.sort_by(|a, b| b.total_cmp(a));
        let least = rates.get(MOST - 1).copied().unwrap_or(0.0);
        notices.push(format!("{} smaller flows are left out", links.len() - MOST));
        links.retain(|(_, rate, _)| *rate >= least);
        links.truncate(MOST);
    }
    // The picture knows no way back: what closes a circle is said in words. What is reached from where requests begin runs
    // with the stream.
    let plan = Plan {
        boxes: vec![PlannedBox::default(); model.design.components.len()],
        lines: links
            .iter()
            .map(|((from, to), ..)| PlannedLine { from: *from, to: *to, ..PlannedLine::default() })
            .collect(),
        ..Plan::default()
    };
    let name = |index: usize| model.design.components.get(index).map_or("", looks::title);
    let (against, with): (Vec<_>, Vec<_>) =
        links.into_iter().zip(turned(&plan)).partition(|(_, is_turned)| *is_turned);
    let back: Vec<String> = against
        .iter()
        .map(|(((from, to), _, shown), _)| format!("{} to {} ({shown})", name(*from), name(*to)))
        .collect();
    let links: Vec<((usize, usize), f64, String)> = with.into_iter().map(|(link, _)| link).collect();
    if links.is_empty() {
        return Vec::new();
    }
    if !back.is_empty() {
        notices.push(format!("against the stream, and not drawn: {}", back.join(", ")));
    }
    let mut sankey = Sankey { unit: "requests a second at peak".to_owned(), ..Sankey::default() };
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    for ((from, to), rate, shown) in links {
        let mut place = |component: usize| {
            *places.entry(component).or_insert_with(|| {
                if let Some(entry) = model.design.components.get(component) {
                    let load = numbers::known(
                        &known.estimate,
                        &known.central,
                        numbers::component(component),
                        "load.peak",
                    );
                    let load = load.filter(|(_, load)| *load > 0.0);
                    let title = looks::title(entry);
                    let title = load.map_or(title.to_owned(), |(shown, _)| format!("{title} {shown}"));
                    sankey.nodes.push((entry.name.text.to_owned(), title));
                }
                sankey.nodes.len() - 1
            })
        };
        let ends = (place(from), place(to));
        sankey.links.push((ends.0, ends.1, rate, shown));
    }
    let mut picture = super::picture(context, "traffic", None, Body::Sankey(sankey));
    picture.notices = notices;
    vec![picture]
}
