//! Components as boxes in groups, and connections as arrows: what most kinds of graphs begin with.

use super::super::findings::{about, lines};
use super::super::picture::{Edge, Graph, Group, Key, Line, Node, Picture, Tone};
use super::super::wires::Wire;
use super::super::{Context, counted};
use super::looks;
use crate::diagnostic::Severity;
use crate::spec::group::GroupKind;
use crate::spec::view::Detail;
use std::collections::{BTreeMap, BTreeSet};

/// A graph, and what its boxes and arrows stand for.
#[derive(Default)]
pub(in crate::diagrams) struct Drawn {
    /// The graph.
    pub graph: Graph,
    /// For each component, the box that it is drawn in.
    pub node_of: Vec<Option<usize>>,
    /// For each box, the component that it is alone; none for a group.
    pub component_of: Vec<Option<usize>>,
    /// For each arrow, the connections that it stands for, as places among the wires.
    pub wires_of: Vec<Vec<usize>>,
    /// Whether an arrow leads from what watches to all that is watched.
    pub with_watching: bool,
}

impl Drawn {
    /// The box of a component.
    pub fn node(&self, component: usize) -> Option<usize> {
        self.node_of.get(component).copied().flatten()
    }

    /// Adds a box.
    pub fn push(&mut self, node: Node, component: Option<usize>) -> usize {
        self.graph.nodes.push(node);
        self.component_of.push(component);
        self.graph.nodes.len() - 1
    }
}

/// Boxes for all components that are shown, in the groups that are accepted. Collapsed groups are one box.
pub(in crate::diagrams) fn boxes(context: &Context<'_, '_, '_>, accepts: &dyn Fn(usize) -> bool) -> Drawn {
    let model = context.case.model();
    let groups = &context.groups;
    let mut drawn = Drawn::default();
    drawn.graph.direction = context.view.direction.unwrap_or_default();
    let mut frames: BTreeMap<usize, usize> = BTreeMap::new();
    let mut collapsed: BTreeMap<usize, usize> = BTreeMap::new();
    // Groups come in the order of the design, whatever components are in them.
    let is_shown = |component: usize| context.view.shows(component);
    let collapsed_around = |component: usize| {
        let mut outermost = None;
        let mut at = groups.frame(component, accepts);
        for _ in 0..groups.all.len() {
            let Some(group) = at else { break };
            if context.view.collapsed.contains(&group) {
                outermost = Some(group);
            }
            at = groups.parent(group, accepts);
        }
        outermost
    };
    let mut is_needed = vec![false; groups.all.len()];
    for component in (0..model.design.components.len()).filter(|index| is_shown(*index)) {
        let mut at = match collapsed_around(component) {
            Some(group) => groups.parent(group, accepts),
            None => groups.frame(component, accepts),
        };
        while let Some(group) = at {
            match is_needed.get_mut(group) {
                Some(slot) if !*slot => *slot = true,
                _ => break,
            }
            at = groups.parent(group, accepts);
        }
    }
    for group in outer_first(context, &is_needed, accepts) {
        let parent = groups.parent(group, accepts).and_then(|parent| frames.get(&parent).copied());
        frames.insert(group, drawn.graph.groups.len());
        drawn.graph.groups.push(frame(context, group, parent));
    }
    for (index, entry) in model.design.components.iter().enumerate() {
        if !is_shown(index) {
            drawn.node_of.push(None);
            continue;
        }
        let node = match collapsed_around(index) {
            Some(group) => *collapsed.entry(group).or_insert_with(|| {
                let mut node = group_box(context, group);
                node.group = groups.parent(group, accepts).and_then(|parent| frames.get(&parent).copied());
                drawn.push(node, None)
            }),
            None => {
                let role = model.roles.get(index).copied().unwrap_or_default();
                let mut node = looks::node(entry, role, context.view.detail);
                node.group = groups.frame(index, accepts).and_then(|group| frames.get(&group).copied());
                drawn.push(node, Some(index))
            }
        };
        drawn.node_of.push(Some(node));
    }
    drawn
}

/// The groups that are needed, each after the one around it.
fn outer_first(
    context: &Context<'_, '_, '_>,
    is_needed: &[bool],
    accepts: &dyn Fn(usize) -> bool,
) -> Vec<usize> {
    let mut ordered: Vec<usize> = Vec::new();
    let mut is_placed = vec![false; is_needed.len()];
    for group in (0..is_needed.len()).filter(|group| is_needed.get(*group) == Some(&true)) {
        // A group may be written before the one that it is in.
        let mut chain = vec![group];
        while let Some(outer) = chain.last().and_then(|last| context.groups.parent(*last, accepts)) {
            if chain.contains(&outer) {
                break;
            }
            chain.push(outer);
        }
        for group in chain.into_iter().rev() {
            if let Some(slot) = is_placed.get_mut(group).filter(|slot| !**slot) {
                *slot = true;
                ordered.push(group);
            }
        }
    }
    ordered
}

/// A group as a frame.
pub(super) fn frame(context: &Context<'_, '_, '_>, group: usize, parent: Option<usize>) -> Group {
    let kind = context.groups.kind(group);
    Group {
        id: context.groups.id(group).to_owned(),
        title: context.groups.title(group).to_owned(),
        subtitle: kind.map(kind_name).map(str::to_owned),
        parent,
        line: if kind == Some(GroupKind::Boundary) { Line::Dashed } else { Line::Solid },
        tone: Tone::Plain,
    }
}

/// What people call a kind of group.
pub(super) fn kind_name(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::System => "software system",
        GroupKind::Container => "deployed together",
        GroupKind::Context => "bounded context",
        GroupKind::Team => "team",
        GroupKind::Boundary => "trust boundary",
        GroupKind::Layer => "layer",
        GroupKind::Network => "network",
    }
}

/// A group as a box.
pub(super) fn group_box(context: &Context<'_, '_, '_>, group: usize) -> Node {
    let model = context.case.model();
    let inside = (0..model.design.components.len())
        .filter(|component| context.view.shows(*component) && context.groups.holds(group, *component));
    let said = context.groups.all.get(group).and_then(|entry| entry.value.description);
    Node {
        id: context.groups.id(group).to_owned(),
        title: context.groups.title(group).to_owned(),
        subtitle: Some(counted(inside.count(), "component")),
        description: said.map(|text| text.text.to_owned()),
        tone: Tone::Compute,
        is_stacked: true,
        ..Node::default()
    }
}

/// Arrows for all connections between boxes: one for each pair and way of waiting.
pub(in crate::diagrams) fn arrows(
    context: &Context<'_, '_, '_>,
    drawn: &mut Drawn,
    label: &dyn Fn(&[&Wire<'_>]) -> Vec<String>,
) {
    let mut places: BTreeMap<(usize, usize, bool), usize> = BTreeMap::new();
    let mut watched: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let with_watching = drawn.with_watching || context.view.detail == Detail::Full;
    // What collects metrics and logs looks at nearly everything: its arrows would hide all others.
    let watches = |wire: &Wire<'_>| {
        let role = context.case.model().roles.get(wire.from);
        !with_watching && wire.flow.is_none() && role.is_some_and(|role| role.has("observes"))
    };
    for (index, wire) in context.wires.iter().enumerate() {
        let (Some(from), Some(to)) = (drawn.node(wire.from), drawn.node(wire.to)) else { continue };
        if from == to || !context.view.shows_flow(wire.flow) {
            continue;
        }
        if watches(wire) {
            watched.entry(from).or_default().insert(to);
            continue;
        }
        let place = *places.entry((from, to, wire.waits)).or_insert_with(|| {
            let line = if wire.waits { Line::Solid } else { Line::Dashed };
            drawn.graph.edges.push(Edge { from, to, line, weight: 1.0, ..Edge::default() });
            drawn.wires_of.push(Vec::new());
            drawn.graph.edges.len() - 1
        });
        if let Some(wires) = drawn.wires_of.get_mut(place) {
            wires.push(index);
        }
    }
    for (edge, wires) in drawn.graph.edges.iter_mut().zip(&drawn.wires_of) {
        let wires: Vec<&Wire<'_>> = wires.iter().filter_map(|wire| context.wires.get(*wire)).collect();
        edge.label = label(&wires);
    }
    for (node, all) in watched {
        if let Some(node) = drawn.graph.nodes.get_mut(node) {
            node.lines.push(format!("watches {}", counted(all.len(), "other")));
        }
    }
}

/// Protocols, and at full detail what is said of the steps.
pub(super) fn label(detail: Detail, wires: &[&Wire<'_>]) -> Vec<String> {
    const MOST: usize = 3;
    let mut protocols: Vec<&str> = wires.iter().filter_map(|wire| wire.protocol).collect();
    protocols.sort_unstable();
    protocols.dedup();
    let mut lines: Vec<String> = Vec::new();
    if !protocols.is_empty() {
        lines.push(protocols.join(", "));
    }
    if detail == Detail::Full {
        let mut texts: Vec<&str> = Vec::new();
        for text in wires.iter().filter_map(|wire| wire.text) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        lines.extend(texts.iter().take(MOST).map(|text| super::shortened(text, 48)));
        if texts.len() > MOST {
            lines.push(format!("… {} more", texts.len() - MOST));
        }
    }
    lines
}

/// Marks boxes and arrows that findings are about.
pub(in crate::diagrams) fn mark(
    context: &Context<'_, '_, '_>,
    drawn: &mut Drawn,
    picture_legend: &mut Vec<Key>,
) {
    let marks = context.request.marks;
    if marks.is_empty() {
        return;
    }
    let worst_tone = |severity: Severity| match severity {
        Severity::Error => Tone::Hot,
        Severity::Warning => Tone::Warm,
        Severity::Info => Tone::Plain,
    };
    let mut seen: Vec<Severity> = Vec::new();
    for (component, entry) in context.case.model().design.components.iter().enumerate() {
        let (texts, worst) = lines(about(marks, "components", entry.name.text));
        let Some(node) = drawn.node(component).and_then(|node| drawn.graph.nodes.get_mut(node)) else {
            continue;
        };
        if let Some(worst) = worst {
            node.lines.extend(texts);
            node.tone = if worst_tone(worst) == Tone::Plain { node.tone } else { worst_tone(worst) };
            seen.push(worst);
        }
    }
    let of_steps: Vec<&super::super::Mark> =
        marks.iter().filter(|mark| mark.section != "components").collect();
    for (edge, wires) in drawn.graph.edges.iter_mut().zip(&drawn.wires_of) {
        let wires: Vec<&Wire<'_>> = wires.iter().filter_map(|wire| context.wires.get(*wire)).collect();
        let is_here = |mark: &&super::super::Mark| {
            let near = |wire: &&Wire<'_>| mark.span.contains(wire.span) || wire.span.contains(mark.span);
            wires.iter().any(near)
        };
        let (texts, worst) = lines(of_steps.iter().copied().filter(is_here));
        if let Some(worst) = worst {
            edge.label.extend(texts);
            edge.tone = worst_tone(worst);
            edge.line = if edge.line == Line::Solid { Line::Thick } else { edge.line };
            seen.push(worst);
        }
    }
    seen.sort_unstable();
    seen.dedup();
    for severity in seen.into_iter().rev() {
        let text = format!("{} {}", super::super::findings::sign(severity), severity.name());
        picture_legend.push(Key { tone: worst_tone(severity), line: None, text });
    }
}

/// What lines mean, where both kinds are drawn.
pub(super) fn line_keys(graph: &Graph, legend: &mut Vec<Key>) {
    let has = |line: Line| graph.edges.iter().any(|edge| edge.line == line);
    if has(Line::Dashed) && has(Line::Solid) {
        let key = |line: Line, text: &str| Key { tone: Tone::Plain, line: Some(line), text: text.to_owned() };
        legend.push(key(Line::Solid, "the caller waits"));
        legend.push(key(Line::Dashed, "nobody waits"));
    }
}

/// Says of components in several groups that they are drawn in one.
pub(super) fn notice_shared(context: &Context<'_, '_, '_>, picture: &mut Picture) {
    let model = context.case.model();
    let shared: Vec<&str> = model
        .design
        .components
        .iter()
        .enumerate()
        .filter(|(index, _)| context.view.shows(*index) && context.groups.count_of(*index) > 1)
        .map(|(_, entry)| entry.name.text)
        .collect();
    if let [first, rest @ ..] = shared.as_slice() {
        let who =
            if rest.is_empty() { (*first).to_owned() } else { format!("{first} and {} others", rest.len()) };
        picture.notices.push(format!("{who}: in several groups, drawn in the first of them"));
    }
}
