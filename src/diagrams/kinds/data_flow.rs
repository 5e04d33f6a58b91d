//! Which data goes where: stores, processes and the outside, trust boundaries and sensitivity, as in threat modelling.

use super::super::Context;
use super::super::picture::{Body, Key, Line, Picture, Shape, Tone};
use super::super::wires::Wire;
use super::boxes;
use crate::model::names::Space;
use crate::spec::data::Sensitivity;
use crate::spec::group::GroupKind;

/// Draws it.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let model = context.case.model();
    let bounds = |group: usize| {
        matches!(
            context.groups.kind(group),
            Some(GroupKind::Boundary | GroupKind::Network | GroupKind::System)
        )
    };
    let mut drawn = boxes::boxes(context, &bounds);
    if drawn.graph.nodes.is_empty() || (model.design.data.is_empty() && drawn.graph.groups.is_empty()) {
        return Vec::new();
    }
    let mut worst_at = Vec::new();
    for (index, role) in model.roles.iter().enumerate() {
        let (kept, worst) = kept_in(context, index);
        let Some(node) = drawn.node(index).and_then(|node| drawn.graph.nodes.get_mut(node)) else { continue };
        // The notation: rectangles outside, round processes, open-ended stores.
        node.shape = match () {
            () if role.has("is_client") || role.has("external") => Shape::Box,
            () if role.has("delivers_messages") => Shape::Pipe,
            () if role.has("holds_state") => Shape::Cylinder,
            () => Shape::Round,
        };
        node.lines.extend(kept);
        worst_at.extend(worst);
        if let Some(tone) = worst.map(tone) {
            node.tone = tone;
        }
    }
    boxes::arrows(context, &mut drawn, &|wires| label(context, wires));
    let crossing: Vec<bool> = drawn
        .graph
        .edges
        .iter()
        .map(|edge| {
            let group = |node: usize| drawn.graph.nodes.get(node).and_then(|node| node.group);
            group(edge.from) != group(edge.to)
        })
        .collect();
    let has_bounds = !drawn.graph.groups.is_empty();
    let mut legend = Vec::new();
    for (edge, crosses) in drawn.graph.edges.iter_mut().zip(crossing) {
        if crosses && has_bounds && edge.line == Line::Solid {
            edge.line = Line::Thick;
        }
    }
    worst_at.sort_unstable();
    worst_at.dedup();
    for sensitivity in worst_at.into_iter().rev() {
        let text = format!("keeps {} data", sensitivity.word());
        legend.push(Key { tone: tone(sensitivity), line: None, text });
    }
    if drawn.graph.edges.iter().any(|edge| edge.line == Line::Thick) {
        let text = "crosses a trust boundary".to_owned();
        legend.push(Key { tone: Tone::Faint, line: Some(Line::Thick), text });
    }
    boxes::mark(context, &mut drawn, &mut legend);
    let mut picture = super::picture(context, "data-flow", None, Body::Graph(drawn.graph));
    picture.legend = legend;
    vec![picture]
}

fn tone(sensitivity: Sensitivity) -> Tone {
    match sensitivity {
        Sensitivity::Public | Sensitivity::Internal => Tone::Store,
        Sensitivity::Confidential => Tone::Warm,
        Sensitivity::Personal | Sensitivity::Secret => Tone::Hot,
    }
}

/// `link (internal)`
fn named(context: &Context<'_, '_, '_>, id: &str) -> String {
    let model = context.case.model();
    let found = model.names.find(Space::Data, id).and_then(|index| model.design.data.get(index as usize));
    let Some(entry) = found else { return id.to_owned() };
    let name = entry.value.name.map_or(entry.name.text, |name| name.text);
    match entry.value.sensitivity {
        Some(sensitivity) => format!("{name} ({})", sensitivity.value.word()),
        None => name.to_owned(),
    }
}

/// What a component keeps, and the most sensitive of it.
fn kept_in(context: &Context<'_, '_, '_>, component: usize) -> (Vec<String>, Option<Sensitivity>) {
    let design = &context.case.model().design;
    let Some(entry) = design.components.get(component) else { return (Vec::new(), None) };
    let mut lines = Vec::new();
    let mut worst = None;
    for data in &design.data {
        let is_here =
            |names: &[crate::spec::values::Name<'_>]| names.iter().any(|name| name.text == entry.name.text);
        let prefix = match (is_here(&data.value.stored_in), is_here(&data.value.cached_in)) {
            (true, _) => "keeps",
            (false, true) => "copies of",
            (false, false) => continue,
        };
        lines.push(format!("{prefix} {}", named(context, data.name.text)));
        worst = worst.max(data.value.sensitivity.map(|sensitivity| sensitivity.value));
    }
    (lines, worst)
}

/// The data that goes over an arrow.
fn label(context: &Context<'_, '_, '_>, wires: &[&Wire<'_>]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (verb, which) in [("reads", 0), ("writes", 1)] {
        let mut names: Vec<String> = Vec::new();
        for name in wires.iter().filter_map(|wire| wire.data.get(which)).flat_map(|names| names.iter()) {
            let shown = named(context, name.text);
            if !names.contains(&shown) {
                names.push(shown);
            }
        }
        if !names.is_empty() {
            lines.push(format!("{verb} {}", names.join(", ")));
        }
    }
    lines
}
