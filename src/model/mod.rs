//! Spec → what it means: names resolved, kinds attached, the graph of connections.

pub mod addresses;
pub mod assumptions;
pub mod components;
pub mod cycles;
pub mod flows;
pub mod groups;
mod low_level;
pub mod names;
pub mod quantities;
mod sections;

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;
use crate::spec::Design;
use crate::spec::quantities::Written;
use crate::spec::shape::Reader;
use crate::spec::visited::hand_out;
use assumptions::Assumed;
use components::Role;
use names::{Names, Space};
use std::collections::HashSet;

/// One component calls, or sends to, another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Connection {
    /// Index of the sender among the components.
    pub from: u32,
    /// Index of the receiver.
    pub to: u32,
    /// Whether the sender waits for the answer.
    pub waits: bool,
    /// What draws it.
    pub via: Via,
    /// Where the receiver is named.
    pub span: Span,
}

/// All connections of a design, in the order they are written.
#[derive(Debug, Default)]
pub struct Connections(Vec<Connection>);

impl Connections {
    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Connection> {
        hand_out(self.0.len());
        self.0.iter()
    }
}

impl std::ops::Deref for Connections {
    type Target = [Connection];

    fn deref(&self) -> &[Connection] {
        &self.0
    }
}

impl<'a> IntoIterator for &'a Connections {
    type Item = &'a Connection;
    type IntoIter = std::slice::Iter<'a, Connection>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What draws a connection.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Via {
    /// A step of the flow with this index.
    Flow(u32),
    /// `uses:` of the sender, or another fact of it that names a component.
    Use,
}

/// A design, understood.
#[derive(Debug)]
pub struct Model<'t> {
    /// What was written.
    pub design: Design<'t>,
    /// The kinds and technologies that it may name.
    pub catalog: &'t Catalog<'t>,
    /// All ids.
    pub names: Names<'t>,
    /// What is known of the assumptions.
    pub assumed: Assumed,
    /// Kind and technology of each component, in the order of the design.
    pub roles: Vec<Role<'t>>,
    /// All connections, in the order they are written.
    pub connections: Connections,
    /// What was learned from all quantities.
    pub seen: quantities::Seen,
    /// Whether everything that is written could be understood. When not, what seems to be missing may just be
    /// misspelt, and rules about missing things keep silent.
    pub is_sound: bool,
}

/// Resolves a design. What cannot be resolved is reported and left out; the rest of the model is usable.
pub fn resolve<'t>(
    mut design: Design<'t>,
    catalog: &'t Catalog<'t>,
    was_read_without_error: bool,
) -> (Model<'t>, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let names = Names::collect(&mut design, &mut reader);
    let assumed = assumptions::resolve(&design.assumptions, &names, &mut reader);
    let seen = quantities::resolve(&design, &names, &assumed, &mut reader);
    let roles = components::roles(&design, catalog, &mut reader);
    let mut connections = Vec::new();
    components::resolve(&design, &names, &mut connections, &mut reader);
    flows::resolve(&design, &names, &mut connections, &mut reader);
    groups::resolve(&design.groups, &names, &mut reader);
    sections::resolve(&design, &names, catalog, &mut reader);
    let is_error = |found: &Diagnostic| found.severity == Severity::Error;
    let is_sound = was_read_without_error && !reader.diagnostics.iter().any(is_error);
    let connections = Connections(connections);
    let model = Model { design, catalog, names, assumed, roles, connections, seen, is_sound };
    (model, reader.diagnostics)
}

impl Model<'_> {
    /// The central value of a quantity; `None` when it is not known.
    pub fn central(&self, written: &Written<'_>) -> Option<f64> {
        quantities::central(written, &self.names, &self.assumed)
    }

    /// Kind and technology of a component, by id.
    pub fn role(&self, component: &str) -> Role<'_> {
        let index = self.names.find(Space::Component, component);
        index.and_then(|index| self.roles.get(index as usize)).copied().unwrap_or_default()
    }

    /// Whether a component acts without being called: a client, another system, a scheduled or observing one.
    pub fn starts_by_itself(&self, component: u32) -> bool {
        const STARTS: &[&str] = &["is_client", "external", "starts_on_schedule", "observes"];
        let role = self.roles.get(component as usize).copied().unwrap_or_default();
        let written = self.design.components.get(component as usize);
        STARTS.iter().any(|wanted| role.has(wanted)) || written.is_some_and(|it| it.value.every.is_some())
    }

    /// The id of the component with this index.
    pub fn component_name(&self, index: u32) -> &str {
        self.names.all(Space::Component).get(index as usize).map_or("", |name| name.text)
    }
}

impl Model<'_> {
    /// The elements of a section that a variant says something about. What a variant changes counts as used.
    pub fn changed_by_variants(&self, section: &str) -> HashSet<&str> {
        let sections = self.design.variants.iter().filter_map(|variant| variant.value.node.get(section));
        sections.flat_map(|section| section.entries()).map(|(key, _)| key.text()).collect()
    }

    /// For each component, whether anything refers to it: a connection, an API, data, another component.
    pub fn referenced_components(&self) -> Vec<bool> {
        let mut referenced = vec![false; self.names.all(Space::Component).len()];
        let mut mark = |index: Option<u32>| {
            if let Some(slot) = index.and_then(|index| referenced.get_mut(index as usize)) {
                *slot = true;
            }
        };
        let find = |name: &str| self.names.find(Space::Component, name);
        for connection in &self.connections {
            mark(Some(connection.from));
            mark(Some(connection.to));
        }
        let design = &self.design;
        design.apis.iter().filter_map(|api| api.value.handled_by).for_each(|name| mark(find(name.text)));
        for data in &design.data {
            let stores = data.value.stored_in.iter().chain(data.value.cached_in.iter());
            stores.for_each(|name| mark(find(name.text)));
        }
        self.changed_by_variants("components").into_iter().for_each(|name| mark(find(name)));
        referenced
    }
}
