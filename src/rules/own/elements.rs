//! What rules look at: the elements of a section, and the keys that they have.

use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::model::Model;
use crate::model::addresses::{Address, SECTIONS};
use crate::model::groups::each_group;
use crate::spec::api::Api;
use crate::spec::collections::Entry;
use crate::spec::component::Component;
use crate::spec::data::Data;
use crate::spec::flow::Flow;
use crate::spec::group::Group;
use crate::spec::own_rule::Find;
use crate::spec::record::RecordInfo;
use crate::spec::requirement::Requirement;
use crate::spec::values::Name;
use crate::syntax::{Node, NodeKind};

/// Something that a rule looks at.
#[derive(Clone, Copy)]
pub(super) struct Element<'t> {
    pub name: Name<'t>,
    pub node: Node<'t>,
    /// Its place in the section.
    pub index: u32,
}

fn list<'m, 't: 'm, T: 'm>(
    entries: impl IntoIterator<Item = &'m Entry<'t, T>>,
    node: impl Fn(&'m T) -> Node<'t>,
) -> Vec<Element<'t>> {
    let element = |(index, entry): (u32, &'m Entry<'t, T>)| Element {
        name: entry.name,
        node: node(&entry.value),
        index,
    };
    (0..).zip(entries).map(element).collect()
}

/// The elements of a section.
pub(super) fn all<'t>(model: &Model<'t>, find: Find) -> Vec<Element<'t>> {
    let design = &model.design;
    match find {
        Find::Components => list(&design.components, |value| value.node),
        Find::Flows => list(&design.flows, |value| value.node),
        Find::Apis => list(&design.apis, |value| value.node),
        Find::Data => list(&design.data, |value| value.node),
        Find::Requirements => list(&design.requirements, |value| value.node),
        Find::Groups => {
            let mut groups = Vec::new();
            each_group(&design.groups, &mut |group| groups.push(group));
            list(groups, |value| value.node)
        }
    }
}

fn info(find: Find) -> RecordInfo {
    match find {
        Find::Components => Component::INFO,
        Find::Flows => Flow::INFO,
        Find::Apis => Api::INFO,
        Find::Data => Data::INFO,
        Find::Requirements => Requirement::INFO,
        Find::Groups => Group::INFO,
    }
}

/// Whether the elements of a section may have a key. Keys of the project's own begin with `x-`.
pub(super) fn may_have(find: Find, key: &str) -> bool {
    key.starts_with("x-") || info(find).keys.contains(&key)
}

/// What is said of a key that they cannot have.
pub(super) fn unknown_key(find: Find, key: Name<'_>) -> Diagnostic {
    let info = info(find);
    let message = format!("unknown key `{}` in a rule about {}", key.text, find.word());
    let finding = Diagnostic::error("unknown-key", key.span, message);
    match crate::suggest::nearest(key.text, info.keys.iter().copied()) {
        Some(near) => finding.meant(key.text, near),
        None => finding.help(format!("name a key of a {}", info.name)),
    }
}

/// The computed values of the elements of a section.
pub(super) fn addresses(find: Find) -> &'static [Address] {
    SECTIONS.iter().find(|(section, ..)| *section == find.word()).map_or(&[], |(.., table)| table)
}

/// Whose values they are.
pub(super) fn subject(find: Find, index: u32) -> Option<Subject> {
    match find {
        Find::Components => Some(Subject::Component(index)),
        Find::Flows => Some(Subject::Flow(index)),
        Find::Apis => Some(Subject::Api(index)),
        Find::Data => Some(Subject::Data(index)),
        Find::Requirements | Find::Groups => None,
    }
}

/// What is written under a key, where something is: also where a bare value stands for it (`app: service`).
pub(super) fn value<'t>(find: Find, node: Node<'t>, key: &str) -> Option<Node<'t>> {
    let found = match node.kind() {
        NodeKind::Map => node.get(key),
        NodeKind::Scalar => (info(find).form.shorthand == Some(key)).then_some(node),
        NodeKind::List => None,
    };
    found.filter(|value| value.kind() != NodeKind::Scalar || !value.is_null())
}

/// The texts that are written under a key, alone or as a list.
pub(super) fn texts<'t>(find: Find, node: Node<'t>, key: &str) -> Vec<Node<'t>> {
    let Some(value) = value(find, node, key) else { return Vec::new() };
    let alone = (value.kind() == NodeKind::Scalar).then_some(value);
    let items = value.items().filter(|item| item.kind() == NodeKind::Scalar);
    alone.into_iter().chain(items).collect()
}
