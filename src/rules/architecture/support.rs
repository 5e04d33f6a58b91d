//! What rules of architecture ask of components and of the connections between them.

use crate::estimate::calls::Call;
use crate::estimate::triggers::TAKES_OUT;
use crate::model::components::Role;
use crate::model::names::Space;
use crate::model::{Connection, Model, Via};
use crate::rules::Case;
use crate::source::Span;
use crate::spec::api::Protocol;
use crate::spec::component::Component;
use crate::spec::component_parts::{Replicas, YesNoOr};
use std::collections::{BTreeMap, HashSet};

/// Kind and technology of a component.
pub fn role<'t>(model: &Model<'t>, index: u32) -> Role<'t> {
    model.roles.get(index as usize).copied().unwrap_or_default()
}

/// What is written of a component.
pub fn component<'m, 't>(model: &'m Model<'t>, index: u32) -> Option<&'m Component<'t>> {
    model.design.components.get(index as usize).map(|entry| &entry.value)
}

/// Where a component is defined.
pub fn defined(model: &Model<'_>, index: u32) -> Option<Span> {
    model.design.components.get(index as usize).map(|entry| entry.name.span)
}

/// A program of the team's own that others call.
pub fn is_service(role: &Role<'_>) -> bool {
    role.has("runs_code") && role.has("speaks_http") && role.has("faces_clients")
}

/// What keeps data and is asked for it by programs, not by people.
pub fn is_datastore(role: &Role<'_>) -> bool {
    role.has("holds_state")
        && role.has("answers_queries")
        && !role.has("faces_clients")
        && !role.has("external")
}

/// What passes requests on without knowing what they mean.
pub fn forwards(role: &Role<'_>) -> bool {
    ["routes", "balances", "filters"].iter().any(|word| role.has(word)) && !role.has("runs_code")
}

/// The first connection of each pair of those that are wanted, in the order they are written.
pub fn first_of_each_pair<'m>(
    model: &'m Model<'_>,
    is_wanted: impl Fn(&Connection) -> bool,
) -> Vec<&'m Connection> {
    let mut seen = HashSet::new();
    let wanted = model.connections.iter().filter(|connection| is_wanted(connection));
    wanted.filter(|connection| seen.insert((connection.from, connection.to))).collect()
}

/// For each component, where it leads.
pub fn outgoing<'m>(model: &'m Model<'_>) -> Vec<Vec<&'m Connection>> {
    let mut next = vec![Vec::new(); model.design.components.len()];
    for connection in &model.connections {
        next.get_mut(connection.from as usize)
            .into_iter()
            .for_each(|list: &mut Vec<_>| list.push(connection));
    }
    next
}

/// Whether several instances share the work.
pub fn has_several_instances(model: &Model<'_>, component: &Component<'_>) -> bool {
    match &component.replicas {
        None => false,
        Some(Replicas::Auto(_)) => true,
        Some(Replicas::Count(count)) => model.central(&count.written).is_some_and(|count| count > 1.0),
        Some(Replicas::Scaling(scaling)) => {
            let bound = scaling.max.as_ref().or(scaling.min.as_ref());
            bound.and_then(|bound| model.central(&bound.written)).is_none_or(|count| count > 1.0)
        }
    }
}

/// Where the receiver of a call is named.
pub fn span_of(model: &Model<'_>, call: &Call<'_, '_>) -> Option<Span> {
    let arrow = call.step.others.as_ref()?;
    let name = model.component_name(call.to);
    arrow.hops.iter().find(|hop| hop.to.text == name).map(|hop| hop.to.span)
}

/// Protocols over which a server can speak first.
pub fn can_push(protocol: Protocol) -> bool {
    const PUSHES: &[Protocol] = &[
        Protocol::Websocket,
        Protocol::Sse,
        Protocol::LongPolling,
        Protocol::Webhook,
        Protocol::Webrtc,
        Protocol::Mqtt,
        Protocol::Amqp,
        Protocol::Kafka,
        Protocol::Smtp,
        Protocol::Sftp,
        Protocol::Tcp,
        Protocol::Udp,
        Protocol::Grpc,
    ];
    PUSHES.contains(&protocol)
}

/// What goes into a queue, stream or topic, and out of it.
#[derive(Clone, Copy, Default, Debug)]
pub struct Traffic {
    /// Where something is put into it.
    pub put: Option<Span>,
    /// Whether something is taken from it.
    pub taken: bool,
    /// Whether it is for what could not be handled, which people look at.
    pub is_for_failures: bool,
    /// Whether it is called in a way that may be either.
    pub is_unclear: bool,
}

/// All queues, streams and topics, with what goes in and out.
pub fn queues(case: &Case<'_, '_>) -> BTreeMap<u32, Traffic> {
    let is_queue =
        |role: &Role<'_>| role.has("delivers_messages") && role.has("buffers") && !role.has("external");
    let mut queues: BTreeMap<u32, Traffic> = (0..)
        .zip(&case.roles)
        .filter(|(_, role)| is_queue(role))
        .map(|(index, _)| (index, Traffic::default()))
        .collect();
    if queues.is_empty() {
        return queues;
    }
    for entry in &case.design.components {
        if let Some(YesNoOr::Facts(name)) = entry.value.dead_letter {
            let failed = case.names.find(Space::Component, name.text);
            let queue = failed.and_then(|failed| queues.get_mut(&failed));
            queue.into_iter().for_each(|queue| queue.is_for_failures = true);
        }
    }
    for flow in &case.design.flows {
        let source = flow.value.on.and_then(|on| case.names.find(Space::Component, on.text));
        let queue = source.and_then(|source| queues.get_mut(&source));
        queue.into_iter().for_each(|queue| queue.taken = true);
    }
    for call in case.calls().iter().flat_map(|calls| &calls.calls) {
        if let Some(queue) = queues.get_mut(&call.from) {
            queue.taken = true;
        }
        let is_message = call.step.others.as_ref().is_some_and(|arrow| {
            let name = case.component_name(call.to);
            arrow.hops.iter().any(|hop| hop.to.text == name && !hop.waits)
        });
        let Some(queue) = queues.get_mut(&call.to) else { continue };
        match call.operation() {
            Some(operation) if TAKES_OUT.contains(&operation) => queue.taken = true,
            Some(_) => queue.put = queue.put.or_else(|| span_of(case, call)),
            None if is_message => queue.put = queue.put.or_else(|| span_of(case, call)),
            None => queue.is_unclear = true,
        }
    }
    // What `uses` it may do either; what only watches it does neither.
    for connection in case.connections.iter().filter(|connection| connection.via == Via::Use) {
        let watches = |index: u32| role(case, index).has("observes");
        if let Some(queue) = queues.get_mut(&connection.to).filter(|_| !watches(connection.from)) {
            queue.is_unclear = true;
        }
        if let Some(queue) = queues.get_mut(&connection.from).filter(|_| !watches(connection.to)) {
            queue.is_unclear = true;
        }
    }
    queues
}
