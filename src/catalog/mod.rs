//! Kinds and technologies: the built-in catalogue, and what users add to it.

pub mod builtin;
pub mod entry;

use crate::diagnostic::Diagnostic;
use crate::quantity::{Expr, NoNames};
use crate::source::Span;
use crate::spec::shape::Reader;
use crate::suggest::{Near, closest, nearest};
use crate::synonyms;
use entry::{Basis, CatalogFile, Fact, OutlineShape};
use std::collections::BTreeMap;

/// A document that numbers come from.
#[derive(Clone, Copy, Debug)]
pub struct SourceInfo<'t> {
    /// What it is called.
    pub title: &'t str,
    /// Where it can be read.
    pub url: &'t str,
    /// When it was published or last known to say so.
    pub date: crate::spec::values::Date,
}

/// A number with its evidence.
#[derive(Clone, Copy, Debug)]
pub struct Number<'c, 't> {
    /// Its dotted name (`latency.read.p50`).
    pub name: &'t str,
    /// What was written.
    pub text: &'t str,
    /// The value.
    pub value: &'c Expr<'t>,
    /// Where it comes from.
    pub source: Option<SourceInfo<'t>>,
    /// What kind of evidence it is.
    pub basis: Basis,
    /// Under which conditions it holds.
    pub note: Option<&'t str>,
    /// Where it is written.
    pub span: Span,
}

/// A kind: a named set of traits.
#[derive(Debug)]
pub struct Kind<'t> {
    /// What designs write.
    pub id: &'t str,
    /// The name shown to people.
    pub name: &'t str,
    /// What it does.
    pub description: &'t str,
    /// What may be expected of it.
    pub traits: Vec<&'t str>,
    /// The outline that diagrams draw.
    pub shape: OutlineShape,
    layers: Vec<Layer>,
}

impl Kind<'_> {
    /// Whether it has a trait.
    pub fn has(&self, wanted: &str) -> bool {
        self.traits.contains(&wanted)
    }
}

/// A technology.
#[derive(Debug)]
pub struct Technology<'t> {
    /// What designs write.
    pub id: &'t str,
    /// The name shown to people.
    pub name: &'t str,
    /// What it is.
    pub description: &'t str,
    /// The kinds that it is commonly used as, the usual one first.
    pub kinds: Vec<&'t str>,
    /// Other spellings.
    pub aliases: Vec<&'t str>,
    /// Whether a provider runs it.
    pub managed: bool,
    /// Where it lives.
    pub homepage: Option<&'t str>,
    layers: Vec<Layer>,
}

/// Where something is said of a kind or technology: the file, and its place among the entries there.
#[derive(Clone, Copy, Debug)]
struct Layer {
    file: usize,
    entry: usize,
}

/// What numbers are said of.
#[derive(Clone, Copy, Debug)]
pub enum Owner<'c, 't> {
    /// A kind.
    Kind(&'c Kind<'t>),
    /// A technology.
    Technology(&'c Technology<'t>),
}

impl<'t> Owner<'_, 't> {
    /// What designs write.
    pub fn id(self) -> &'t str {
        match self {
            Self::Kind(kind) => kind.id,
            Self::Technology(technology) => technology.id,
        }
    }
}

/// A number as a file says it: its name, and what is said.
type Said<'t> = (crate::spec::values::Name<'t>, Fact<'t>);

/// All kinds and technologies that a design may name.
#[derive(Debug, Default)]
pub struct Catalog<'t> {
    files: Vec<CatalogFile<'t>>,
    traits: BTreeMap<&'t str, &'t str>,
    kinds: BTreeMap<&'t str, Kind<'t>>,
    technologies: BTreeMap<&'t str, Technology<'t>>,
    aliases: BTreeMap<&'t str, &'t str>,
}

impl<'t> Catalog<'t> {
    /// Adds a file. What it says of a kind or technology that is there already goes before what was said
    /// earlier, fact by fact: a file that gives PostgreSQL another price leaves the rest as it was.
    pub fn add(&mut self, file: CatalogFile<'t>) {
        let index = self.files.len();
        for entry in &file.traits {
            self.traits.insert(entry.name.text, entry.value.text);
        }
        for (at, kind) in file.kinds.iter().enumerate() {
            let (id, value) = (kind.name.text, &kind.value);
            let kind = self.kinds.entry(id).or_insert_with(|| Kind {
                id,
                name: id,
                description: "",
                traits: Vec::new(),
                shape: OutlineShape::Rectangle,
                layers: Vec::new(),
            });
            value.name.iter().for_each(|name| kind.name = name.text);
            value.description.iter().for_each(|text| kind.description = text.text);
            value.shape.iter().for_each(|shape| kind.shape = shape.value);
            if !value.traits.is_empty() {
                kind.traits = value.traits.iter().map(|name| name.text).collect();
            }
            kind.layers.push(Layer { file: index, entry: at });
        }
        for (at, technology) in file.technologies.iter().enumerate() {
            let id = technology.name.text;
            let value = &technology.value;
            for alias in &value.aliases {
                self.aliases.insert(alias.text, id);
            }
            let technology = self.technologies.entry(id).or_insert_with(|| Technology {
                id,
                name: id,
                description: "",
                kinds: Vec::new(),
                aliases: Vec::new(),
                managed: false,
                homepage: None,
                layers: Vec::new(),
            });
            value.name.iter().for_each(|name| technology.name = name.text);
            value.description.iter().for_each(|text| technology.description = text.text);
            value.managed.iter().for_each(|managed| technology.managed = managed.value);
            value.homepage.iter().for_each(|homepage| technology.homepage = Some(homepage.text));
            if !value.kinds.is_empty() {
                technology.kinds = value.kinds.iter().map(|name| name.text).collect();
            }
            technology.aliases.extend(value.aliases.iter().map(|name| name.text));
            technology.layers.push(Layer { file: index, entry: at });
        }
        self.files.push(file);
    }

    /// The kind with this id.
    pub fn kind(&self, id: &str) -> Option<&Kind<'t>> {
        self.kinds.get(id)
    }

    /// The technology with this id or alias.
    pub fn technology(&self, id: &str) -> Option<&Technology<'t>> {
        self.technologies.get(id).or_else(|| self.technologies.get(*self.aliases.get(id)?))
    }

    /// All kinds, by id.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind<'t>> {
        self.kinds.values()
    }

    /// All technologies, by id.
    pub fn technologies(&self) -> impl Iterator<Item = &Technology<'t>> {
        self.technologies.values()
    }

    /// All traits with what they mean, by id.
    pub fn traits(&self) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.traits.iter().map(|(id, meaning)| (*id, *meaning))
    }

    /// Kinds that have a trait, by id.
    pub fn kinds_with(&self, wanted: &str) -> impl Iterator<Item = &Kind<'t>> {
        self.kinds.values().filter(move |kind| kind.has(wanted))
    }

    /// The kind id nearest to a wrong one.
    pub fn closest_kind(&self, wrong: &str) -> Option<&'t str> {
        self.nearest_kind(wrong).map(|near| near.word)
    }

    /// The kind id nearest to a wrong one, and whether no other is as near.
    pub fn nearest_kind(&self, wrong: &str) -> Option<Near<'t>> {
        let meant = synonyms::kind(wrong).and_then(|kind| self.kind(kind));
        let meant = meant.map(|kind| Near::by_meaning(kind.id));
        meant.or_else(|| nearest(wrong, self.kinds.keys().copied()))
    }

    /// The technology id or alias nearest to a wrong one.
    pub fn closest_technology(&self, wrong: &str) -> Option<&'t str> {
        self.nearest_technology(wrong).map(|near| near.word)
    }

    /// The technology id or alias nearest to a wrong one, and whether no other is as near.
    pub fn nearest_technology(&self, wrong: &str) -> Option<Near<'t>> {
        nearest(wrong, self.technologies.keys().chain(self.aliases.keys()).copied())
    }

    /// The numbers of a kind.
    pub fn kind_numbers(&self, kind: &Kind<'t>) -> Vec<Number<'_, 't>> {
        self.numbers(Owner::Kind(kind))
    }

    /// The numbers of a technology.
    pub fn technology_numbers(&self, technology: &Technology<'t>) -> Vec<Number<'_, 't>> {
        self.numbers(Owner::Technology(technology))
    }

    /// One number.
    pub fn number(&self, owner: Owner<'_, 't>, name: &str) -> Option<Number<'_, 't>> {
        let mut said = self.said_of(owner).rev();
        said.find_map(|(file, facts)| {
            let at = facts.iter().position(|(known, _)| known.text == name)?;
            numbers(file, facts.get(at..=at)?).pop()
        })
    }

    /// The names of all numbers, as often as they are said.
    pub fn number_names<'c>(&'c self, owner: Owner<'c, 't>) -> impl Iterator<Item = &'t str> + use<'c, 't> {
        self.said_of(owner).flat_map(|(_, facts)| facts).map(|(name, _)| name.text)
    }

    /// The numbers of all layers; of those with the same name, the one that was said last.
    fn numbers(&self, owner: Owner<'_, 't>) -> Vec<Number<'_, 't>> {
        let mut all: Vec<Number<'_, 't>> = Vec::new();
        for (file, facts) in self.said_of(owner) {
            for number in numbers(file, facts) {
                match all.iter_mut().find(|known| known.name == number.name) {
                    Some(known) => *known = number,
                    None => all.push(number),
                }
            }
        }
        all
    }

    /// What each file says of a kind or technology, in the order in which the files were added.
    fn said_of<'o>(
        &self,
        owner: Owner<'o, 't>,
    ) -> impl DoubleEndedIterator<Item = (&CatalogFile<'t>, &[Said<'t>])> + use<'_, 'o, 't> {
        let layers = match owner {
            Owner::Kind(kind) => &kind.layers,
            Owner::Technology(technology) => &technology.layers,
        };
        layers.iter().filter_map(move |layer| {
            let file = self.files.get(layer.file)?;
            let facts = match owner {
                Owner::Kind(_) => &file.kinds.get(layer.entry)?.value.numbers,
                Owner::Technology(_) => &file.technologies.get(layer.entry)?.value.numbers,
            };
            Some((file, facts.entries.as_slice()))
        })
    }

    /// How many files there are.
    pub fn file_count(&self) -> usize {
        self.files.len()
    }

    /// Checks the files from an index on against the whole catalogue.
    pub fn check_from(&self, first: usize, reader: &mut Reader) {
        self.files.iter().skip(first).for_each(|file| self.check(file, reader));
    }

    /// Checks what one file says against the whole catalogue: names that lead nowhere, wrong dimensions.
    fn check(&self, file: &CatalogFile<'t>, reader: &mut Reader) {
        let unknown = |what: &str, name: &str, span: Span, near: Option<&str>| {
            let message = format!("there is no {what} `{name}`");
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("define it under `{what}s:`, or correct the name"),
            };
            Diagnostic::error("unresolved-reference", span, message).help(help)
        };
        let facts_of = |facts: &entry::Facts<'t>, reader: &mut Reader| {
            for (_, fact) in &facts.entries {
                if let Some(source) = fact.source
                    && !file.sources.iter().any(|known| known.name.text == source.text)
                {
                    let near = closest(source.text, file.sources.iter().map(|known| known.name.text));
                    reader.report(unknown("source", source.text, source.span, near));
                }
                check_value(fact, reader);
            }
        };
        for kind in &file.kinds {
            for name in kind.value.traits.iter().filter(|name| !self.traits.contains_key(name.text)) {
                let near = closest(name.text, self.traits.keys().copied());
                reader.report(unknown("trait", name.text, name.span, near));
            }
            if self.kind(kind.name.text).is_some_and(|kind| kind.traits.is_empty()) {
                let message =
                    format!("there is no built-in kind `{}`, and this one has no `traits`", kind.name.text);
                let near =
                    closest(kind.name.text, self.kinds.keys().copied().filter(|id| *id != kind.name.text));
                let help = near.map_or_else(
                    || "say what rules may expect of it: `traits: [runs_code]`".to_owned(),
                    |near| format!("did you mean `{near}`? otherwise add `traits: […]`"),
                );
                reader.report(Diagnostic::error("missing-key", kind.name.span, message).help(help));
            }
            facts_of(&kind.value.numbers, reader);
        }
        for technology in &file.technologies {
            for name in technology.value.kinds.iter().filter(|name| !self.kinds.contains_key(name.text)) {
                reader.report(unknown("kind", name.text, name.span, self.closest_kind(name.text)));
            }
            let name = technology.name;
            if self.technologies.get(name.text).is_some_and(|it| it.kinds.is_empty()) {
                let message =
                    format!("there is no built-in technology `{}`, and this one has no `kinds`", name.text);
                let near =
                    closest(name.text, self.technologies.keys().copied().filter(|id| *id != name.text));
                let help = near.map_or_else(
                    || "say what it is used as: `kinds: [database]`".to_owned(),
                    |near| format!("did you mean `{near}`? otherwise add `kinds: […]`"),
                );
                reader.report(Diagnostic::error("missing-key", name.span, message).help(help));
            }
            facts_of(&technology.value.numbers, reader);
        }
    }
}

/// A number of the catalogue stands on its own: no names, and the dimension that its name asks for.
fn check_value(fact: &Fact<'_>, reader: &mut Reader) {
    let Some(value) = &fact.value else { return };
    let written = &value.written;
    let problems = match written.expr.check(&NoNames) {
        Ok(dimension) => written.expected.check(dimension, &written.expr).into_iter().collect(),
        Err(problems) => problems,
    };
    for problem in problems {
        reader.report(crate::spec::quantities::locate(problem, written.node));
    }
}

fn numbers<'c, 't>(file: &CatalogFile<'t>, facts: &'c [Said<'t>]) -> Vec<Number<'c, 't>> {
    let source_of = |name: &str| {
        let source = &file.sources.iter().find(|source| source.name.text == name)?.value;
        let (title, url, date) = (source.title?, source.url?, source.date?);
        Some(SourceInfo { title: title.text, url: url.text, date: date.value })
    };
    let number = |(name, fact): &'c Said<'t>| {
        let value = fact.value.as_ref()?;
        Some(Number {
            name: name.text,
            text: value.written.node.text(),
            value: &value.written.expr,
            source: fact.source.and_then(|source| source_of(source.text)),
            basis: fact.basis.map_or(Basis::Estimate, |basis| basis.value),
            note: fact.note.map(|note| note.text),
            span: name.span,
        })
    };
    facts.iter().filter_map(number).collect()
}
