//! Which elements a rule means.

use super::elements::{self, Element};
use super::invalid;
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::model::groups::each_group;
use crate::model::names::Space;
use crate::rules::Case;
use crate::spec::own_rule::{Find, Match};
use crate::spec::values::Name;
use std::collections::{BTreeMap, BTreeSet};

/// Answers whether elements of a section are meant.
pub(super) struct Matcher<'a, 'm, 't> {
    model: &'m Model<'t>,
    find: Find,
    only: &'a Match<'t>,
    /// By group that is asked for, the components in it.
    members: BTreeMap<&'t str, BTreeSet<&'t str>>,
}

impl<'a, 'm, 't> Matcher<'a, 'm, 't> {
    pub(super) fn new(model: &'m Model<'t>, find: Find, only: &'a Match<'t>) -> Self {
        let mut asked = BTreeSet::new();
        let mut next = Some(only);
        while let Some(part) = next {
            asked.extend(part.group.iter().map(|group| group.text));
            next = part.not.as_deref();
        }
        let members = if asked.is_empty() { BTreeMap::new() } else { members(model, &asked) };
        Self { model, find, only, members }
    }

    /// Whether an element is meant.
    pub(super) fn takes(&self, element: &Element<'t>) -> bool {
        // Each `not` turns the answer of the one inside around.
        let mut parts = Vec::new();
        let mut next = Some(self.only);
        while let Some(part) = next {
            parts.push(part);
            next = part.not.as_deref();
        }
        parts.into_iter().rev().fold(false, |inner, part| !inner && self.is_like(part, element))
    }

    fn is_like(&self, part: &Match<'t>, element: &Element<'t>) -> bool {
        let any = |names: &[Name<'t>], fits: &dyn Fn(&str) -> bool| {
            names.is_empty() || names.iter().any(|name| fits(name.text))
        };
        let role = match self.find {
            Find::Components => self.model.roles.get(element.index as usize).copied().unwrap_or_default(),
            _ => crate::model::components::Role::default(),
        };
        let written = |key: &str, wanted: &str| {
            elements::texts(self.find, element.node, key).iter().any(|value| value.text() == wanted)
        };
        let technology = |wanted: &str| {
            let known = self.model.catalog.technology(wanted);
            written("tech", wanted)
                || known.is_some_and(|known| role.technology.is_some_and(|own| own.id == known.id))
        };
        let kind = |wanted: &str| match self.find {
            Find::Components => role.kind.is_some_and(|kind| kind.id == wanted),
            _ => written("kind", wanted),
        };
        (part.id.is_empty() || part.id.iter().any(|pattern| fits(pattern.text, element.name.text)))
            && any(&part.kind, &kind)
            && any(&part.traits, &|wanted| role.has(wanted))
            && any(&part.tech, &technology)
            && any(&part.tag, &|wanted| written("tags", wanted))
            && any(&part.group, &|group| {
                self.members.get(group).is_some_and(|members| members.contains(element.name.text))
            })
            && part.has.iter().all(|key| elements::value(self.find, element.node, key.text).is_some())
            && part
                .is
                .iter()
                .all(|asked| asked.value.iter().any(|wanted| written(asked.name.text, wanted.text)))
    }

    /// Reports names that are none, and questions that make no sense for what is looked at.
    pub(super) fn review(case: &Case<'_, '_>, find: Find, only: &Match<'_>, out: &mut Vec<Diagnostic>) {
        let mut next = Some(only);
        while let Some(part) = next {
            review_part(case, find, part, out);
            next = part.not.as_deref();
        }
    }
}

fn review_part(case: &Case<'_, '_>, find: Find, part: &Match<'_>, out: &mut Vec<Diagnostic>) {
    let model = case.model();
    let mut unknown = |name: Name<'_>, what: &str, near: Option<crate::suggest::Near<'_>>, help: &str| {
        let message = format!("there is no {what} `{}`", name.text);
        let finding = super::super::INVALID_RULE.finding(name.span, message);
        out.push(match near {
            Some(near) => finding.meant(name.text, near),
            None => finding.help(help),
        });
    };
    if find == Find::Components {
        for kind in part.kind.iter().filter(|kind| model.catalog.kind(kind.text).is_none()) {
            let near = model.catalog.nearest_kind(kind.text);
            unknown(*kind, "kind", near, "`sysdesign kinds` lists them all");
        }
        let traits = || model.catalog.traits().map(|(id, _)| id);
        for wanted in part.traits.iter().filter(|wanted| !traits().any(|known| known == wanted.text)) {
            let near = crate::suggest::nearest(wanted.text, traits());
            unknown(*wanted, "trait", near, "docs/kinds.md lists them all");
        }
    }
    // A shared rule may speak of groups that only some designs have, but not of keys that none can have.
    let keys = part.has.iter().copied().chain(part.is.iter().map(|asked| asked.name));
    for key in keys.filter(|key| !elements::may_have(find, key.text)) {
        out.push(elements::unknown_key(find, key));
    }
    let of_components = [("trait", &part.traits), ("tech", &part.tech), ("group", &part.group)];
    for (key, names) in of_components {
        if let (Some(first), true) = (names.iter().next(), find != Find::Components) {
            let message =
                format!("`{key}` is asked of components only, and this rule looks at {}", find.word());
            out.push(invalid(first.span, message, "take it out, or write `find: components`"));
        }
    }
    if let (Some(first), false) = (part.kind.iter().next(), matches!(find, Find::Components | Find::Groups)) {
        let message = format!("{} have no kind", find.word());
        out.push(invalid(first.span, message, "take it out, or write `find: components`"));
    }
}

/// The components in some groups, those in groups within them too.
fn members<'t>(model: &Model<'t>, asked: &BTreeSet<&'t str>) -> BTreeMap<&'t str, BTreeSet<&'t str>> {
    let mut inside: BTreeMap<&str, Vec<&'t str>> = BTreeMap::new();
    each_group(&model.design.groups, &mut |group| {
        let members = group.value.contains.iter().map(|name| name.text);
        let groups = group.value.groups.iter().map(|inner| inner.name.text);
        inside.entry(group.name.text).or_default().extend(members.chain(groups));
    });
    let mut found = BTreeMap::new();
    for group in asked {
        let mut members = BTreeSet::new();
        let mut seen = BTreeSet::from([*group]);
        let mut waiting = vec![*group];
        while let Some(next) = waiting.pop() {
            for member in inside.get(next).into_iter().flatten() {
                // A component and a group may have the same id; the component is meant first, as in `contains`.
                if model.names.find(Space::Component, member).is_some() {
                    members.insert(*member);
                } else if seen.insert(*member) {
                    waiting.push(*member);
                }
            }
        }
        found.insert(*group, members);
    }
    found
}

/// Whether a text is like a pattern in which `*` stands for anything.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, text) in [
            ("app", "app"),
            ("*", ""),
            ("a*", "app"),
            ("*-db", "x-db"),
            ("a*c*e", "abcde"),
            ("a**b", "ab"),
            ("*a*a", "aa"),
        ] {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("app", "apps"), ("", "a"), ("a*a", "a"), ("*-db", "db-x"), ("a*c*e", "aec"), ("ab*ba", "aba")]
        {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
    }
}
