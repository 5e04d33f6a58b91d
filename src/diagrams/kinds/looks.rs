//! How components look: shape, colour and lines, by the traits of their kinds.

use super::super::picture::{Node, Shape, Tone};
use super::super::written;
use crate::catalog::entry::OutlineShape;
use crate::model::components::Role;
use crate::spec::component::Component;
use crate::spec::component_parts::Replicas;
use crate::spec::values::Entry;
use crate::spec::view::Detail;

/// The colour of a component.
pub(super) fn tone(role: Role<'_>) -> Tone {
    let any = |traits: &[&str]| traits.iter().any(|wanted| role.has(wanted));
    if role.kind.is_none() {
        Tone::Plain
    } else if any(&["is_client"]) {
        Tone::Person
    } else if any(&["external"]) {
        Tone::External
    } else if any(&["observes", "stores_secrets", "stores_config"])
        || (any(&["authenticates", "names_things"]) && role.has("holds_state"))
    {
        Tone::Support
    } else if any(&["delivers_messages", "buffers"]) {
        Tone::Message
    } else if any(&["holds_state", "stores_blobs"]) {
        Tone::Store
    } else if any(&["balances", "routes", "filters", "serves_content", "names_things"]) {
        Tone::Edge
    } else {
        Tone::Compute
    }
}

/// The shape of a component.
pub(super) fn shape(role: Role<'_>) -> Shape {
    let Some(kind) = role.kind else { return Shape::Box };
    if role.has("external") {
        return Shape::External;
    }
    if ["starts_on_schedule", "processes_batches", "processes_streams"].iter().any(|work| role.has(work)) {
        return Shape::Process;
    }
    match kind.shape {
        OutlineShape::Person => Shape::Person,
        OutlineShape::Rectangle => Shape::Box,
        OutlineShape::Browser | OutlineShape::Phone | OutlineShape::Rounded => Shape::Round,
        OutlineShape::Cylinder | OutlineShape::Folder => Shape::Cylinder,
        OutlineShape::Queue => Shape::Pipe,
        OutlineShape::Hexagon | OutlineShape::Cloud => Shape::Hexagon,
        OutlineShape::Diamond if role.has("filters") => Shape::Hexagon,
        OutlineShape::Diamond => Shape::Diamond,
        OutlineShape::Document => Shape::Note,
    }
}

/// Its name: the one for people when there is one, else the id.
pub(super) fn title<'t>(entry: &Entry<'t, Component<'t>>) -> &'t str {
    entry.value.name.map_or(entry.name.text, |name| name.text)
}

/// Kind and technology: `Load balancer · HAProxy`.
pub(super) fn kind_and_technology(entry: &Entry<'_, Component<'_>>, role: Role<'_>) -> Option<String> {
    let kind = role.kind.map(|kind| kind.name).or(entry.value.kind.map(|kind| kind.text));
    match (kind, technology(entry, role)) {
        (Some(kind), Some(technology)) => Some(format!("{kind} · {technology}")),
        (kind, technology) => kind.or(technology).map(str::to_owned),
    }
}

/// The name of the technology.
pub(super) fn technology<'t>(entry: &Entry<'t, Component<'t>>, role: Role<'t>) -> Option<&'t str> {
    role.technology.map(|technology| technology.name).or(entry.value.tech.map(|tech| tech.text))
}

/// How many instances there are, as it is written.
pub(super) fn instances(component: &Component<'_>) -> Option<String> {
    let shards = component.shards.as_ref().map(|shards| format!(" in {} shards", written(shards)));
    let count = match component.replicas.as_ref()? {
        Replicas::Count(count) => written(count).to_owned(),
        Replicas::Auto(_) => "auto".to_owned(),
        Replicas::Scaling(scaling) => match (&scaling.min, &scaling.max) {
            (Some(min), Some(max)) => format!("{} to {}", written(min), written(max)),
            (Some(min), None) => format!("{} or more", written(min)),
            (None, Some(max)) => format!("up to {}", written(max)),
            (None, None) => "auto".to_owned(),
        },
    };
    Some(format!("{count}{}", shards.unwrap_or_default()))
}

fn is_stacked(component: &Component<'_>) -> bool {
    let several = match &component.replicas {
        Some(Replicas::Count(count)) => written(count) != "1",
        Some(_) => true,
        None => false,
    };
    several || component.shards.is_some()
}

/// A component as a box, with as much as the level of detail asks for.
pub(super) fn node<'t>(entry: &Entry<'t, Component<'t>>, role: Role<'t>, detail: Detail) -> Node {
    let component = &entry.value;
    let is_full = detail == Detail::Full;
    let short = || technology(entry, role).or(role.kind.map(|kind| kind.name)).map(str::to_owned);
    let mut subtitle = if is_full { kind_and_technology(entry, role) } else { short() };
    if let (Some(subtitle), Some(count)) = (&mut subtitle, instances(component))
        && count != "1"
    {
        *subtitle = format!("{subtitle} ×{count}");
    }
    Node {
        id: entry.name.text.to_owned(),
        title: title(entry).to_owned(),
        subtitle,
        description: component.description.map(|text| text.text.to_owned()),
        lines: if is_full { facts(component) } else { Vec::new() },
        shape: shape(role),
        tone: tone(role),
        is_stacked: is_stacked(component),
        group: None,
    }
}

/// The facts that a box shows at full detail.
fn facts(component: &Component<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let zones: Vec<&str> = component.zones.iter().chain(&component.regions).map(|zone| zone.text).collect();
    if !zones.is_empty() {
        lines.push(format!("in {}", zones.join(", ")));
    }
    let mut add = |what: &str, said: Option<&str>| {
        lines.extend(said.map(|said| format!("{what} {said}")));
    };
    let replication = component.replication.as_ref().and_then(|replication| replication.mode);
    add("replication", replication.map(|mode| mode.value.word()));
    add("consistency", component.consistency.map(|consistency| consistency.value.word()));
    add("delivery", component.delivery.map(|delivery| delivery.value.word()));
    add("memory", component.memory.as_ref().map(written));
    add("storage", component.storage.as_ref().map(written));
    add("keeps", component.retention.as_ref().map(written));
    add("ttl", component.ttl.as_ref().map(written));
    lines
}
