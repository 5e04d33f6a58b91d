//! How often flows run, and how long they take.

use super::super::figures::{Figures, percent};
use super::super::page::{Cell, Section, Table, Tone, numbers, words};
use crate::estimate::shares::Hop;
use crate::estimate::{Status, Subject};

/// Flows and APIs by how often they run.
pub fn traffic(figures: &Figures<'_, '_, '_>) -> Option<Section> {
    let model = figures.estimate.model;
    let mut section = Section::new("Traffic", "");
    let mut table =
        Table::new(&[words("flow"), numbers("on average"), numbers("at peak"), numbers("busiest second")]);
    for (index, entry) in (0..).zip(&model.design.flows) {
        let subject = Subject::Flow(index);
        let (average, peak) = (figures.with_range(subject, "rate"), figures.with_range(subject, "rate.peak"));
        if average.is_empty() && peak.is_empty() {
            continue;
        }
        let second = figures.number(subject, "rate.second").filter(|second| *second > 0.0);
        let second = second.map_or_else(String::new, |_| figures.alone(subject, "rate.second"));
        table.rows.push(vec![
            Cell::name(entry.name.text),
            Cell::plain(average),
            Cell::plain(peak),
            Cell::plain(second),
        ]);
    }
    let told =
        |api: &str| model.design.flows.iter().any(|flow| flow.value.api.is_some_and(|own| own.text == api));
    for (index, entry) in (0..).zip(&model.design.apis) {
        let subject = Subject::Api(index);
        let average = figures.with_range(subject, "rate");
        if told(entry.name.text) || average.is_empty() {
            continue;
        }
        table.rows.push(vec![
            Cell::name(entry.name.text).then(Tone::Faint, " (API without a flow)"),
            Cell::plain(average),
            Cell::plain(figures.with_range(subject, "rate.peak")),
            Cell::empty(),
        ]);
    }
    section.table(table);
    let unknown = unknown_flows(figures, "rate");
    if !unknown.is_empty() && !section.items.is_empty() {
        section.line(Cell::faint(format!("Not known: {}.", unknown.join(", "))));
    }
    Some(section)
}

/// The flows of which a value is not known.
pub fn unknown_flows(figures: &Figures<'_, '_, '_>, name: &'static str) -> Vec<String> {
    let flows = (0..).zip(&figures.estimate.model.design.flows);
    flows
        .filter(|(index, _)| {
            let reading = figures.get(Subject::Flow(*index), name);
            reading.is_none_or(|reading| reading.status == Status::Unknown)
        })
        .map(|(_, entry)| entry.name.text.to_owned())
        .collect()
}

/// How long flows take, and what takes the time.
pub fn latency(figures: &Figures<'_, '_, '_>) -> Option<Section> {
    let estimate = figures.estimate;
    let mut section = Section::new("Latency", "");
    let mut table = Table::new(&[
        words("flow"),
        numbers("mean"),
        numbers("p50"),
        numbers("p95"),
        numbers("p99"),
        numbers("p99 if all slow"),
    ]);
    let mut shares = Table::new(&[words("flow"), words("its p99 goes to"), words("its mean goes to")]);
    for (index, entry) in (0..).zip(&estimate.model.design.flows) {
        let subject = Subject::Flow(index);
        if figures.known(subject, "latency.mean").is_none() {
            continue;
        }
        table.rows.push(vec![
            Cell::name(entry.name.text),
            Cell::plain(figures.alone(subject, "latency.mean")),
            Cell::plain(figures.alone(subject, "latency.p50")),
            Cell::plain(figures.alone(subject, "latency.p95")),
            Cell::plain(figures.with_range(subject, "latency.p99")),
            Cell::faint(figures.alone(subject, "latency.bound.p99")),
        ]);
        let hops = estimate.hops(index, figures.central);
        if hops.len() > 1 {
            let tail = spread(figures, hops.clone(), |hop| hop.tail);
            let mean = spread(figures, hops, |hop| hop.mean);
            shares.rows.push(vec![Cell::name(entry.name.text), Cell::plain(tail), Cell::plain(mean)]);
        }
    }
    section.table(table);
    section.table(shares);
    let unknown = unknown_flows(figures, "latency.mean");
    if !unknown.is_empty() && !section.items.is_empty() {
        section.line(Cell::faint(format!("Not known: {}.", unknown.join(", "))));
    }
    Some(section)
}

/// `db 78%, app 12%, the rest 10%`.
fn spread(figures: &Figures<'_, '_, '_>, mut hops: Vec<Hop>, share: fn(&Hop) -> f64) -> String {
    const MOST: usize = 4;
    hops.sort_by(|a, b| share(b).total_cmp(&share(a)));
    let counts = hops.iter().take(MOST).take_while(|hop| share(hop) >= 0.02).count().max(1);
    let mut parts: Vec<String> = hops
        .iter()
        .take(counts)
        .map(|hop| format!("{} {}", figures.estimate.part_name(hop.part), percent(share(hop))))
        .collect();
    let rest: f64 = hops.iter().skip(counts).map(share).sum();
    if rest >= 0.005 {
        parts.push(format!("the rest {}", percent(rest)));
    }
    parts.join(", ")
}
