//! A catalogue file: kinds and technologies, written in the same way as a design.

use crate::quantity::Dimension;
use crate::spec::quantities::Wanted;
use crate::spec::quantities::{Anything, Quantity};
use crate::spec::record::{Form, choice, record};
use crate::spec::schemas::nothing;
use crate::spec::shape::{Field, Reader, Schemas, Shape, Visit};
use crate::spec::values::{Date, IdMap, Name, OneOrMore, Spanned, Text};
use crate::syntax::{Node, NodeKind};
use serde_json::{Value, json};

choice! {
    /// The outline that diagrams draw.
    OutlineShape = "an outline";
    /// A person.
    Person = "person",
    /// A browser window.
    Browser = "browser",
    /// A telephone.
    Phone = "phone",
    /// A box.
    Rectangle = "rectangle",
    /// A box with round corners.
    Rounded = "rounded",
    /// A drum, for what is stored.
    Cylinder = "cylinder",
    /// A lying drum, for what waits in line.
    Queue = "queue",
    /// Six corners.
    Hexagon = "hexagon",
    /// A cloud, for what others run.
    Cloud = "cloud",
    /// A diamond, for what decides.
    Diamond = "diamond",
    /// A folder.
    Folder = "folder",
    /// A sheet of paper.
    Document = "document",
}

choice! {
    /// What kind of evidence a number rests on.
    Basis = "a kind of evidence";
    /// A benchmark that somebody published.
    Published = "published",
    /// A limit or quota in the documentation.
    Documented = "documented",
    /// A promise in a service level agreement.
    Sla = "sla",
    /// The public price.
    ListPrice = "list-price",
    /// A practitioner's estimate.
    Estimate = "estimate",
}

record! {
    /// A document that numbers come from.
    Source = "source", Form { required: &["title", "url", "date"], ..Form::MAP };
    /// What it is called.
    /// Example: `Redis benchmark`
    title: Option<Text<'t>>,
    /// Where it can be read.
    /// Example: `https://example.com/benchmark`
    url: Option<Text<'t>>,
    /// When it was published or last known to say so.
    /// Example: `2026-01-15`
    date: Option<Spanned<Date>>,
}

record! {
    /// A number with where it comes from. Anything about it may be overridden on a component.
    Fact = "number", Form { required: &["value", "source", "basis"], ..Form::MAP };
    /// The value, usually a range: setups differ.
    /// Example: `80k..180k rps`
    value: Option<Quantity<'t, Anything>>,
    /// The source, as named in `sources`.
    /// Example: `redis-benchmark`
    source: Option<Name<'t>>,
    /// What kind of evidence it is.
    /// Example: `published`
    basis: Option<Spanned<Basis>>,
    /// Under which conditions it holds.
    /// Example: `GET of small values, one instance`
    note: Option<Text<'t>>,
}

/// The numbers of a kind or technology, by dotted name (`latency.read.p50`).
#[derive(Debug, Default)]
pub struct Facts<'t> {
    /// The numbers in the order they are written.
    pub entries: Vec<(Name<'t>, Fact<'t>)>,
}

/// The first part of the names that numbers may have, and what they must measure.
const NUMBERS: &[(&str, Wanted)] = &[
    ("capacity", Wanted::Quantity(Dimension::RATE)),
    ("latency", Wanted::Quantity(Dimension::TIME)),
    ("cold_start", Wanted::Quantity(Dimension::TIME)),
    ("availability", Wanted::Share),
    ("durability", Wanted::Share),
    ("connections", Wanted::Count),
    ("memory", Wanted::Quantity(Dimension::DATA)),
    ("storage", Wanted::Quantity(Dimension::DATA)),
    ("bandwidth", Wanted::Quantity(Dimension::BANDWIDTH)),
    ("item_size", Wanted::Quantity(Dimension::DATA)),
    ("message_size", Wanted::Quantity(Dimension::DATA)),
    ("price", Wanted::Price),
    ("retention", Wanted::Quantity(Dimension::TIME)),
];

/// What a number with this name must measure; `None` when there is no such number.
pub fn measure_of(name: &str) -> Option<Wanted> {
    let family = name.split('.').next()?;
    NUMBERS.iter().find(|(known, _)| *known == family).map(|(_, expected)| *expected)
}

impl<'t> Field<'t> for Facts<'t> {
    fn fill(&mut self, node: Node<'t>, reader: &mut Reader) {
        if node.is_null() {
            return;
        }
        if node.kind() != NodeKind::Map {
            reader.wrong_type(
                node,
                "a map of numbers, such as `capacity.read: { value: …, source: …, basis: … }`",
            );
            return;
        }
        for (key, value) in node.entries().filter(|(key, _)| !key.text().starts_with("x-")) {
            let name = key.text();
            let Some(expected) = measure_of(name) else {
                let families: Vec<&str> = NUMBERS.iter().map(|(name, _)| *name).collect();
                reader.unknown_key(key, "list of numbers", &families, None);
                continue;
            };
            let Some(mut fact) = Fact::read(value, reader) else { continue };
            if let Some(value) = &mut fact.value {
                value.written.expected = expected;
            }
            self.entries.push((Name { text: name, span: key.span() }, fact));
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let families: Vec<&str> = NUMBERS.iter().map(|(name, _)| *name).collect();
        let pattern = format!("^({})(\\..*)?$", families.join("|"));
        let title = "names of numbers, each with a number";
        let map = json!({
            "title": title,
            "type": "object",
            "patternProperties": { "^x-": true, pattern: Fact::schema(schemas) },
            "additionalProperties": false,
        });
        json!({ "title": title, "anyOf": [map, nothing()] })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        self.entries.iter().for_each(|(_, fact)| fact.visit(visitor));
    }
}

record! {
    /// An architectural role: a named set of traits, with numbers that hold for everything that plays it.
    KindEntry = "kind", Form::MAP;
    /// The name shown to people, when the id is not enough.
    /// Example: `Relational database`
    name: Option<Text<'t>>,
    /// What it does.
    /// Example: `Keeps rows in tables and answers queries over them`
    description: Option<Text<'t>>,
    /// What rules and diagrams may expect of it. Needed unless the kind is a built-in one.
    /// Example: `[holds_state, durable, replicates]`
    traits: OneOrMore<Name<'t>>,
    /// The outline that diagrams draw.
    /// Example: `cylinder`
    shape: Option<Spanned<OutlineShape>>,
    /// Numbers that hold for everything that plays this role.
    /// Example: `{ availability: { value: 99.9%, source: our-incidents, basis: estimate } }`
    numbers: Facts<'t>,
}

record! {
    /// A technology and the numbers known of it.
    TechnologyEntry = "technology", Form::MAP;
    /// The name shown to people, when the id is not enough.
    /// Example: `PostgreSQL`
    name: Option<Text<'t>>,
    /// The kinds that it is commonly used as, the usual one first. Needed unless the technology is a built-in one.
    /// Example: `[database]`
    kinds: OneOrMore<Name<'t>>,
    /// Other spellings.
    /// Example: `[postgres, pg]`
    aliases: OneOrMore<Name<'t>>,
    /// Where it lives.
    /// Example: `https://www.postgresql.org`
    homepage: Option<Text<'t>>,
    /// What it is.
    /// Example: `An extensible relational database`
    description: Option<Text<'t>>,
    /// Whether a provider runs it.
    /// Example: `false`
    managed: Option<Spanned<bool>>,
    /// What is known of it in numbers.
    /// Example: `{ connections: { value: 100, source: manual, basis: documented } }`
    numbers: Facts<'t>,
}

record! {
    /// Kinds and technologies of your own, or other numbers for built-in ones.
    CatalogFile = "catalogue", Form::MAP;
    /// What rules and diagrams may expect of a kind, each with its meaning.
    /// Example: `{ holds_state: Keeps data that outlives a request }`
    traits: IdMap<'t, Text<'t>>,
    /// The documents that numbers come from.
    /// Example: `{ manual: { title: Manual, url: "https://example.com", date: 2026-01-15 } }`
    sources: IdMap<'t, Source<'t>>,
    /// Architectural roles.
    /// Example: `{ feature_flags: { name: Feature flags, traits: [stores_config] } }`
    kinds: IdMap<'t, KindEntry<'t>>,
    /// Technologies and the numbers known of them.
    /// Example: `{ our-queue: { name: Our queue, kinds: [queue] } }`
    technologies: IdMap<'t, TechnologyEntry<'t>>,
}
