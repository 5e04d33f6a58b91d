//! Findings that are known and accepted: under `rules:`, in `sysdesign.toml`, and beside what they are about.

use super::own::Facts;
use super::policy::check_name;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::spec::Design;
use crate::spec::group::Group;
use crate::spec::rule_block::AllowHere;
use crate::spec::values::{Date, Entry, IdMap, Name, Spanned, Text};
use std::collections::BTreeMap;

/// A finding that is known and accepted.
#[derive(Clone, Debug)]
pub struct Allow {
    /// The rule.
    pub rule: String,
    /// The dotted place where it is allowed; everywhere when `None`.
    pub on: Option<String>,
    /// Until when.
    pub until: Option<Date>,
    /// Where it is written.
    pub span: Span,
    /// Where its `until` is written.
    pub until_span: Option<Span>,
}

/// Takes what is written; reports a name that is no rule, and an empty reason.
pub fn read(
    rule: Option<Name<'_>>,
    reason: Option<Text<'_>>,
    until: Option<Spanned<Date>>,
    on: Option<String>,
    own: &[Facts],
    out: &mut Vec<Diagnostic>,
) -> Option<Allow> {
    let rule = rule.filter(|rule| check_name(rule.text, rule.span, own, out))?;
    // That the reason is missing has been reported; until there is one, nothing is allowed.
    let reason = reason?;
    if reason.text.trim().is_empty() {
        let message = "this allowed finding gives no reason";
        let help = "say why it is accepted, for whoever reads this next";
        out.push(Diagnostic::error("missing-key", reason.span(), message).help(help));
        return None;
    }
    Some(Allow {
        rule: rule.text.to_owned(),
        on,
        until: until.map(|until| until.value),
        span: rule.span,
        until_span: until.map(|until| until.span),
    })
}

/// What is allowed beside the elements of a design: there, and nowhere else.
pub fn beside_elements(design: &Design<'_>, own: &[Facts], out: &mut Vec<Diagnostic>) -> Vec<Allow> {
    let mut found = Found { allows: Vec::new(), own, out };
    found.section("requirements", &design.requirements, |value| &value.allow);
    found.section("data", &design.data, |value| &value.allow);
    found.section("components", &design.components, |value| &value.allow);
    found.section("apis", &design.apis, |value| &value.allow);
    found.section("flows", &design.flows, |value| &value.allow);
    found.groups("groups", &design.groups);
    found.allows
}

struct Found<'o> {
    allows: Vec<Allow>,
    own: &'o [Facts],
    out: &'o mut Vec<Diagnostic>,
}

impl Found<'_> {
    fn section<'a, 't: 'a, T: 'a>(
        &mut self,
        section: &str,
        entries: &'a [Entry<'t, T>],
        of: impl Fn(&'a T) -> &'a [AllowHere<'t>],
    ) {
        for entry in entries {
            for allow in of(&entry.value) {
                let on = format!("{section}.{}", entry.name.text);
                self.allows.extend(read(allow.rule, allow.reason, allow.until, Some(on), self.own, self.out));
            }
        }
    }

    /// Groups lie in groups, as deep as a document may be.
    fn groups<'t>(&mut self, section: &str, groups: &IdMap<'t, Group<'t>>) {
        self.section(section, groups, |group| &group.allow);
        for group in groups {
            if !group.value.groups.is_empty() {
                self.groups(&format!("{section}.{}.groups", group.name.text), &group.value.groups);
            }
        }
    }
}

/// What is allowed, by rule and place.
pub(super) struct Index<'a>(BTreeMap<(&'a str, Option<&'a str>), Vec<usize>>);

impl<'a> Index<'a> {
    pub(super) fn new(allows: &'a [Allow]) -> Self {
        let mut index: BTreeMap<(&str, Option<&str>), Vec<usize>> = BTreeMap::new();
        for (at, allow) in allows.iter().enumerate() {
            index.entry((&allow.rule, allow.on.as_deref())).or_default().push(at);
        }
        Self(index)
    }

    /// What covers a finding of a rule at a dotted place: what is allowed everywhere, there, or further out.
    pub(super) fn covering(&self, rule: &str, path: &str) -> Vec<usize> {
        // What a variant says of an element is said of that element: `variants.big.components.app`.
        let in_variant = path.strip_prefix("variants.").and_then(|rest| rest.split_once('.'));
        let places = [Some(path), in_variant.map(|(_, place)| place)];
        let around = places.into_iter().flatten().flat_map(|place| {
            let ends = place.match_indices(['.', '[']).map(|(end, _)| end).chain([place.len()]);
            ends.filter_map(move |end| place.get(..end))
        });
        let keys = std::iter::once(None).chain(around.map(Some));
        keys.filter_map(|on| self.0.get(&(rule, on))).flatten().copied().collect()
    }
}
