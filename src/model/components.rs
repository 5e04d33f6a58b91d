//! Components: their kind and technology, and what they refer to.

use super::names::{Names, Space};
use super::{Connection, Via};
use crate::catalog::{Catalog, Kind, Technology};
use crate::diagnostic::Diagnostic;
use crate::spec::Design;
use crate::spec::component::Component;
use crate::spec::component_parts::YesNoOr;
use crate::spec::shape::Reader;
use crate::spec::values::Name;
use crate::suggest::Near;

/// A component's kind and technology, as the catalogue knows them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Role<'t> {
    /// The kind; taken from the technology when only that is said.
    pub kind: Option<&'t Kind<'t>>,
    /// The technology.
    pub technology: Option<&'t Technology<'t>>,
}

impl Role<'_> {
    /// Whether the kind has a trait. Without a kind, nothing may be expected.
    pub fn has(&self, wanted: &str) -> bool {
        self.kind.is_some_and(|kind| kind.has(wanted))
    }
}

/// The words that `sessions:` may say instead of a component.
pub const SESSION_WORDS: &[&str] = &["none", "client", "memory"];

/// Finds kind and technology of each component, in the order of the design.
pub fn roles<'t>(design: &Design<'t>, catalog: &'t Catalog<'t>, reader: &mut Reader) -> Vec<Role<'t>> {
    design.components.iter().map(|entry| role(&entry.value, catalog, reader)).collect()
}

fn role<'t>(component: &Component<'t>, catalog: &'t Catalog<'t>, reader: &mut Reader) -> Role<'t> {
    let technology = component.tech.and_then(|name| resolve_technology(name, catalog, reader));
    let kind = match component.kind {
        // A sketch may call a box by its technology: `store: postgresql`.
        Some(name) => match (catalog.kind(name.text), catalog.technology(name.text), component.tech) {
            (Some(kind), ..) => Some(kind),
            (None, Some(implied), None) => {
                let kind = implied.kinds.first().and_then(|kind| catalog.kind(kind));
                return Role { kind, technology: Some(implied) };
            }
            _ => {
                resolve_kind(name, catalog, reader);
                None
            }
        },
        None => technology.and_then(|technology| catalog.kind(technology.kinds.first()?)),
    };
    if let (Some(kind), Some(technology), Some(written)) = (kind, technology, component.tech)
        && component.kind.is_some()
        && !technology.kinds.contains(&kind.id)
    {
        let message = format!("{} is not commonly used as a {}", technology.name, kind.id);
        let known = technology.kinds.join(", ");
        let mut diagnostic = Diagnostic::warning("technology-does-not-fit-kind", written.span, message)
            .help(format!("the catalogue knows it as: {known}; add your own use with `catalog:`"));
        if let Some(name) = component.kind {
            diagnostic = diagnostic.related(name.span, "the kind is said here");
        }
        reader.report(diagnostic);
    }
    Role { kind, technology }
}

/// Looks up a kind and reports one that does not exist.
pub fn resolve_kind<'t>(
    name: Name<'t>,
    catalog: &'t Catalog<'t>,
    reader: &mut Reader,
) -> Option<&'t Kind<'t>> {
    let found = catalog.kind(name.text);
    if found.is_none() {
        let message = format!("there is no kind `{}`", name.text);
        let finding = Diagnostic::error("unknown-kind", name.span, message);
        reader.report(if let Some(technology) = catalog.technology(name.text) {
            let kind = technology.kinds.first().copied().unwrap_or("service");
            finding.help(format!(
                "`{}` is a technology: write `kind: {kind}` and `tech: {}`",
                name.text, technology.id
            ))
        } else if let Some(near) = catalog.nearest_kind(name.text) {
            finding.meant(name.text, near)
        } else {
            finding.help("`sysdesign kinds` lists them all; define your own in a file named under `catalog:`")
        });
    }
    found
}

fn resolve_technology<'t>(
    name: Name<'t>,
    catalog: &'t Catalog<'t>,
    reader: &mut Reader,
) -> Option<&'t Technology<'t>> {
    let found = catalog.technology(name.text);
    if found.is_none() {
        let message = format!("the catalogue does not know the technology `{}`", name.text);
        // Not an error: a design may use a technology that nobody has described yet.
        let finding = Diagnostic::warning("unknown-technology", name.span, message);
        reader.report(match catalog.nearest_technology(name.text) {
            // Somebody may mean a technology that is not described, however near its name is to another.
            Some(near) => finding.meant(name.text, Near::by_meaning(near.word)),
            None => finding.help("nothing is computed from it; describe it in a file named under `catalog:`"),
        });
    }
    found
}

/// Resolves what components refer to; connections that `uses:` declares are added.
pub fn resolve<'t>(
    design: &Design<'t>,
    names: &Names<'t>,
    connections: &mut Vec<Connection>,
    reader: &mut Reader,
) {
    for entry in &design.components {
        let component = &entry.value;
        for place in component.zones.iter().chain(component.regions.iter()) {
            // Zones of a design without a deployment are just names.
            if design.deployment.is_some() {
                names.resolve(&[Space::Place], *place, reader);
            }
        }
        let from = names.find(Space::Component, entry.name.text);
        let sessions = component.sessions.filter(|name| !SESSION_WORDS.contains(&name.text));
        let failed = match component.dead_letter {
            Some(YesNoOr::Facts(queue)) => Some(queue),
            _ => None,
        };
        // Naming where sessions are kept, or where failed messages go, draws the connection to it.
        for (name, waits) in sessions.map(|name| (name, true)).into_iter().chain(failed.map(|to| (to, false)))
        {
            let found = names.resolve(&[Space::Component], name, reader);
            if let (Some(from), Some((_, to))) = (from, found)
                && from != to
            {
                connections.push(Connection { from, to, waits, via: Via::Use, span: name.span });
            }
        }
        for used in &component.uses {
            let Some(to) = used.to else { continue };
            let found = names.resolve(&[Space::Component], to, reader);
            if let (Some(from), Some((_, to_index))) = (from, found) {
                if from == to_index {
                    reader.report(
                        Diagnostic::error(
                            "unresolved-reference",
                            to.span,
                            format!("`{}` uses itself", to.text),
                        )
                        .help("take it out of `uses`: what happens inside a component is not a connection"),
                    );
                    continue;
                }
                let waits = !used.asynchronous.is_some_and(|flag| flag.value);
                connections.push(Connection { from, to: to_index, waits, via: Via::Use, span: to.span });
            }
        }
        super::low_level::resolve(component, names, reader);
    }
}
