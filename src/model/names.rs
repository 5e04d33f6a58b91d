//! Namespaces: which ids a design defines, and what a reference leads to.

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::spec::collections::Lost;
use crate::spec::values::Name;
use crate::spec::{Design, shape::Reader};
use crate::suggest::{Near, nearest};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What an id can name. Each has its own ids; components and groups share theirs, as do all places.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Space {
    /// `assumptions:`
    Assumption,
    /// `requirements:`
    Requirement,
    /// `data:`
    Data,
    /// `components:`
    Component,
    /// `groups:`, at any depth
    Group,
    /// Regions, zones and nodes of `deployment:`
    Place,
    /// `apis:`
    Api,
    /// `flows:`
    Flow,
    /// `decisions:`
    Decision,
    /// `open_questions:`
    Question,
    /// `views:`
    View,
    /// `variants:`
    Variant,
}

impl Space {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Assumption,
        Self::Requirement,
        Self::Data,
        Self::Component,
        Self::Group,
        Self::Place,
        Self::Api,
        Self::Flow,
        Self::Decision,
        Self::Question,
        Self::View,
        Self::Variant,
    ];

    /// What messages call one.
    pub fn word(self) -> &'static str {
        match self {
            Self::Assumption => "assumption",
            Self::Requirement => "requirement",
            Self::Data => "data",
            Self::Component => "component",
            Self::Group => "group",
            Self::Place => "region, zone or node",
            Self::Api => "API",
            Self::Flow => "flow",
            Self::Decision => "decision",
            Self::Question => "open question",
            Self::View => "view",
            Self::Variant => "variant",
        }
    }

    /// The section that defines them.
    pub fn section(self) -> &'static str {
        match self {
            Self::Assumption => "assumptions",
            Self::Requirement => "requirements",
            Self::Data => "data",
            Self::Component => "components",
            Self::Group => "groups",
            Self::Place => "deployment",
            Self::Api => "apis",
            Self::Flow => "flows",
            Self::Decision => "decisions",
            Self::Question => "open_questions",
            Self::View => "views",
            Self::Variant => "variants",
        }
    }

    /// The namespace that a section defines.
    pub fn of_section(section: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|space| space.section() == section)
    }

    fn with_article(self) -> String {
        match self {
            Self::Data => "data".to_owned(),
            Self::Assumption | Self::Api | Self::Question => format!("an {}", self.word()),
            _ => format!("a {}", self.word()),
        }
    }

    /// Spaces whose ids must differ from each other, because references to them share fields.
    fn shares_with(self) -> &'static [Self] {
        match self {
            Self::Component | Self::Group => &[Self::Component, Self::Group],
            _ => &[],
        }
    }
}

#[derive(Debug, Default)]
struct Ids<'t> {
    by_name: HashMap<&'t str, (u32, Span)>,
    in_order: Vec<Name<'t>>,
}

/// All ids of a design.
#[derive(Debug, Default)]
pub struct Names<'t> {
    spaces: [Ids<'t>; Space::ALL.len()],
    /// Names whose definitions could not be read, and spaces of which nothing could.
    lost: HashSet<(Space, Option<&'t str>)>,
    /// How many ids have been compared with wrong ones.
    compared: AtomicUsize,
}

/// How many ids are compared with wrong ones in all. A design with thousands of wrong names lacks a file, or was
/// renamed: what each of them was meant to be helps nobody, and finding it takes long.
const MOST_COMPARED: usize = 5_000_000;

impl<'t> Names<'t> {
    /// Collects the ids of a design; duplicates and ids that differ only in case are reported. Of duplicates,
    /// the first stays in the design, so that the place of an id among its names is its place in the section.
    pub fn collect(design: &mut Design<'t>, reader: &mut Reader) -> Self {
        let mut names = Self::default();
        let mut add = |space, name: Name<'t>| names.define(space, name, reader);
        design.assumptions.iter().for_each(|entry| add(Space::Assumption, entry.name));
        design.requirements.iter().for_each(|entry| add(Space::Requirement, entry.name));
        design.data.iter().for_each(|entry| add(Space::Data, entry.name));
        design.components.iter().for_each(|entry| add(Space::Component, entry.name));
        super::groups::each_group(&design.groups, &mut |group| add(Space::Group, group.name));
        if let Some(deployment) = &design.deployment {
            for region in &deployment.regions {
                add(Space::Place, region.name);
                region.value.zones.zones.iter().for_each(|(zone, _)| add(Space::Place, *zone));
            }
            deployment.nodes.iter().for_each(|node| add(Space::Place, node.name));
        }
        design.apis.iter().for_each(|entry| add(Space::Api, entry.name));
        design.flows.iter().for_each(|entry| add(Space::Flow, entry.name));
        design.decisions.iter().for_each(|entry| add(Space::Decision, entry.name));
        design.open_questions.iter().for_each(|entry| add(Space::Question, entry.name));
        design.views.iter().for_each(|entry| add(Space::View, entry.name));
        design.variants.iter().for_each(|entry| add(Space::Variant, entry.name));
        names.collect_lost(design);
        names.report_case_twins(reader);
        let first = |space, name: &Name<'t>| names.defined_at(space, name.text) == Some(name.span);
        design.assumptions.entries.retain(|entry| first(Space::Assumption, &entry.name));
        design.requirements.entries.retain(|entry| first(Space::Requirement, &entry.name));
        design.data.entries.retain(|entry| first(Space::Data, &entry.name));
        design.components.entries.retain(|entry| first(Space::Component, &entry.name));
        design.apis.entries.retain(|entry| first(Space::Api, &entry.name));
        design.flows.entries.retain(|entry| first(Space::Flow, &entry.name));
        names
    }

    fn collect_lost(&mut self, design: &Design<'t>) {
        let mut add = |space: Space, lost: &Lost<'t>| {
            self.lost.extend(lost.names.iter().map(|name| (space, Some(name.text))));
            self.lost.extend(lost.everything.then_some((space, None)));
        };
        add(Space::Assumption, &design.assumptions.lost);
        add(Space::Requirement, &design.requirements.lost);
        add(Space::Data, &design.data.lost);
        add(Space::Component, &design.components.lost);
        add(Space::Group, &design.groups.lost);
        add(Space::Api, &design.apis.lost);
        add(Space::Flow, &design.flows.lost);
        add(Space::Decision, &design.decisions.lost);
        add(Space::Question, &design.open_questions.lost);
        add(Space::View, &design.views.lost);
        add(Space::Variant, &design.variants.lost);
        super::groups::each_group(&design.groups, &mut |group| add(Space::Group, &group.value.groups.lost));
    }

    /// Whether an id may be defined where the text could not be read. Then a reference to it is no mistake.
    pub fn is_lost(&self, space: Space, name: &str) -> bool {
        self.lost.contains(&(space, Some(name))) || self.lost.contains(&(space, None))
    }

    fn ids(&self, space: Space) -> &Ids<'t> {
        // The array has one place for each space; the first stands in for none.
        let [first, ..] = &self.spaces;
        self.spaces.get(space as usize).unwrap_or(first)
    }

    fn define(&mut self, space: Space, name: Name<'t>, reader: &mut Reader) {
        let others = space.shares_with().iter().copied().filter(|other| *other != space);
        let taken = std::iter::once(space)
            .chain(others)
            .find_map(|space| self.ids(space).by_name.get(name.text).map(|(_, span)| (space, *span)));
        if let Some((other, first)) = taken {
            // Two equal keys of one map have been reported when the text was read.
            let one_map = !matches!(space, Space::Group | Space::Place) && first.file == name.span.file;
            if other == space && one_map {
                return;
            }
            let message = format!("`{}` is defined twice", name.text);
            let help = if other == space {
                "give one of them another id".to_owned()
            } else {
                let both = (space.word(), other.word());
                format!("a {} and a {} cannot have the same id: rename one", both.0, both.1)
            };
            reader.report(
                Diagnostic::error("duplicate-id", name.span, message)
                    .label("defined again here")
                    .related(first, "first defined here")
                    .help(help),
            );
            return;
        }
        if let Some(ids) = self.spaces.get_mut(space as usize) {
            let index = u32::try_from(ids.in_order.len()).unwrap_or(u32::MAX);
            ids.by_name.insert(name.text, (index, name.span));
            ids.in_order.push(name);
        }
    }

    /// Ids become names of files and pages, which some systems do not tell apart by case.
    fn report_case_twins(&self, reader: &mut Reader) {
        for space in Space::ALL {
            let mut folded: HashMap<String, Name<'t>> = HashMap::new();
            for name in &self.ids(space).in_order {
                match folded.entry(name.text.to_ascii_lowercase()) {
                    std::collections::hash_map::Entry::Vacant(free) => {
                        free.insert(*name);
                    }
                    std::collections::hash_map::Entry::Occupied(taken) => {
                        let first = taken.get();
                        let message = format!("`{}` and `{}` differ only in case", first.text, name.text);
                        reader.report(
                            Diagnostic::error("ids-differ-in-case", name.span, message)
                                .related(first.span, "the other one")
                                .help("rename one: the files made for them would overwrite each other"),
                        );
                    }
                }
            }
        }
    }

    /// The place of an id in its section, when it is defined.
    pub fn find(&self, space: Space, name: &str) -> Option<u32> {
        self.ids(space).by_name.get(name).map(|(index, _)| *index)
    }

    /// Where an id is defined.
    pub fn defined_at(&self, space: Space, name: &str) -> Option<Span> {
        self.ids(space).by_name.get(name).map(|(_, span)| *span)
    }

    /// All ids of a space, in the order they are written.
    pub fn all(&self, space: Space) -> &[Name<'t>] {
        &self.ids(space).in_order
    }

    /// The id nearest to a wrong one.
    pub fn closest(&self, spaces: &[Space], wrong: &str) -> Option<&'t str> {
        self.nearest(spaces, wrong).map(|near| near.word)
    }

    /// The id nearest to a wrong one, and whether no other is as near.
    pub fn nearest(&self, spaces: &[Space], wrong: &str) -> Option<Near<'t>> {
        if self.compared.load(Ordering::Relaxed) > MOST_COMPARED {
            return None;
        }
        let count: usize = spaces.iter().map(|space| self.all(*space).len()).sum();
        self.compared.fetch_add(count, Ordering::Relaxed);
        let candidates = spaces.iter().flat_map(|space| self.all(*space)).map(|name| name.text);
        nearest(wrong, candidates)
    }

    /// Looks a reference up in the first of the spaces that has it; reports one that leads nowhere.
    pub fn resolve(&self, spaces: &[Space], name: Name<'t>, reader: &mut Reader) -> Option<(Space, u32)> {
        let found = spaces.iter().find_map(|space| Some((*space, self.find(*space, name.text)?)));
        if found.is_none() && !spaces.iter().any(|space| self.is_lost(*space, name.text)) {
            reader.report(self.unresolved(spaces, name.text, name.span));
        }
        found
    }

    /// What is wrong with a reference that leads nowhere, and what was probably meant.
    pub fn unresolved(&self, spaces: &[Space], name: &str, span: Span) -> Diagnostic {
        let words: Vec<&str> = spaces.iter().map(|space| space.word()).collect();
        let wanted = words.join(" or ");
        let elsewhere = Space::ALL.into_iter().find_map(|space| Some((space, self.defined_at(space, name)?)));
        if let Some((space, defined)) = elsewhere {
            let message = format!("`{name}` is {}, not {}", space.with_article(), article_of(spaces));
            return Diagnostic::error("unresolved-reference", span, message)
                .related(defined, "defined here")
                .help(self.what_there_is(spaces, name).0);
        }
        let (help, near) = self.what_there_is(spaces, name);
        let message = format!("there is no {wanted} `{name}`");
        let finding = Diagnostic::error("unresolved-reference", span, message);
        match near {
            Some(near) => finding.meant(name, near),
            None => finding.help(help),
        }
    }

    /// What could be written instead of a name that leads nowhere.
    fn what_there_is(&self, spaces: &[Space], name: &str) -> (String, Option<Near<'t>>) {
        let section = spaces.first().map_or("", |space| space.section());
        let near = self.nearest(spaces, name);
        let help = match near {
            Some(near) => format!("did you mean `{}`?", near.word),
            None => {
                match spaces.iter().flat_map(|space| self.all(*space)).take(9).collect::<Vec<_>>().as_slice()
                {
                    [] => format!("nothing is defined under `{section}:` yet"),
                    few if few.len() <= 8 => {
                        let names: Vec<&str> = few.iter().map(|name| name.text).collect();
                        format!("there are: {}; or define `{name}` under `{section}:`", names.join(", "))
                    }
                    _ => format!("define `{name}` under `{section}:`"),
                }
            }
        };
        (help, near)
    }
}

fn article_of(spaces: &[Space]) -> String {
    let words: Vec<String> = spaces.iter().map(|space| space.with_article()).collect();
    words.join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn of_very_many_wrong_names_only_the_first_are_told_what_was_meant() {
        let texts: Vec<String> = (0..5_000).map(|number| format!("component_{number}")).collect();
        let mut names = Names::default();
        for text in &texts {
            let name = Name { text, span: Span::new(FileId(0), 0, 0) };
            names.define(Space::Component, name, &mut Reader::default());
        }
        let guess = || names.closest(&[Space::Component], "component_12x");
        assert_eq!(guess(), Some("component_12"));
        assert!((0..2_000).any(|_| guess().is_none()), "the search is bounded");
    }
}
