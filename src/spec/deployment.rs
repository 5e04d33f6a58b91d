//! `deployment:` where things run, because what shares a place shares its fate.

use super::quantities::{Bytes, Count, Money, Quantity, Share, Throughput};
use super::record::{Form, record};
use super::shape::{Field, Reader, Schemas, Shape, Visit};
use super::values::{IdMap, Name, OneOrMore, Text};
use crate::syntax::{CoreType, Node, NodeKind};
use serde_json::{Value, json};

record! {
    /// A place that fails on its own: a data centre or an availability zone.
    Zone = "zone", Form { may_be_empty: true, ..Form::MAP };
    /// The name shown in diagrams, when the id is not enough.
    /// Example: `Frankfurt 1`
    name: Option<Text<'t>>,
    /// How often the zone is there.
    /// Example: `99.99%`
    availability: Option<Quantity<'t, Share>>,
}

/// Zones by name, or just their names.
#[derive(Debug, Default)]
pub struct Zones<'t> {
    /// The zones in the order they are written; without facts when only names are given.
    pub zones: Vec<(Name<'t>, Option<Zone<'t>>)>,
}

impl<'t> Field<'t> for Zones<'t> {
    fn fill(&mut self, node: Node<'t>, reader: &mut Reader) {
        match node.kind() {
            NodeKind::List => {
                let names = node.items().filter_map(|item| match item.kind() {
                    NodeKind::Scalar if item.core_type() == CoreType::Text => Name::define(item, reader),
                    _ => {
                        reader.wrong_type(item, "the name of a zone");
                        None
                    }
                });
                self.zones = names.map(|name| (name, None)).collect();
            }
            NodeKind::Map => {
                let mut zones = IdMap::<Zone>::default();
                zones.fill(node, reader);
                self.zones = zones.entries.into_iter().map(|zone| (zone.name, Some(zone.value))).collect();
            }
            NodeKind::Scalar if node.is_null() => {}
            NodeKind::Scalar => reader.wrong_type(node, "a list of zones"),
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let names = json!({
            "title": "a list of names",
            "type": "array",
            "items": {
                "title": "the name of a zone",
                "type": "string",
                "pattern": super::values::ID_PATTERN,
                "errorMessage": "write the name of a zone: a letter, then letters, digits, `_` or `-`",
            },
        });
        let zones = <IdMap<Zone> as Shape>::schema(schemas);
        json!({ "title": "a list of zones, or names, each with a zone", "anyOf": [names, zones] })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        self.zones.iter().filter_map(|(_, zone)| zone.as_ref()).for_each(|zone| zone.visit(visitor));
    }
}

record! {
    /// A region: zones near each other.
    Region = "region", Form { may_be_empty: true, ..Form::MAP };
    /// The name shown in diagrams, when the id is not enough.
    /// Example: `Europe (Frankfurt)`
    name: Option<Text<'t>>,
    /// Who runs it.
    /// Example: `aws`
    provider: Option<Text<'t>>,
    /// The zones in it.
    /// Example: `[eu-a, eu-b, eu-c]`
    zones: Zones<'t>,
    /// How often the region as a whole is there.
    /// Example: `99.99%`
    availability: Option<Quantity<'t, Share>>,
}

record! {
    /// A machine, a cluster or a node pool.
    DeploymentNode = "node", Form::MAP;
    /// The name shown in diagrams, when the id is not enough.
    /// Example: `Database host 1`
    name: Option<Text<'t>>,
    /// The zone or region it stands in.
    /// Example: `eu-a`
    place as "in": Option<Name<'t>>,
    /// The components that run on it.
    /// Example: `[links]`
    runs: OneOrMore<Name<'t>>,
    /// How many such nodes there are.
    /// Example: `3`
    count: Option<Quantity<'t, Count>>,
    /// Processor cores of one node.
    /// Example: `16`
    cores: Option<Quantity<'t, Count>>,
    /// Memory of one node.
    /// Example: `64 GB`
    memory: Option<Quantity<'t, Bytes>>,
    /// Disk of one node.
    /// Example: `2 TB`
    storage: Option<Quantity<'t, Bytes>>,
    /// Network bandwidth of one node.
    /// Example: `10 Gbps`
    bandwidth: Option<Quantity<'t, Throughput>>,
    /// How often one node is there.
    /// Example: `99.9%`
    availability: Option<Quantity<'t, Share>>,
    /// What one node costs.
    /// Example: `$350 / month`
    price: Option<Quantity<'t, Money>>,
}

/// Which component runs in which places.
#[derive(Debug, Default)]
pub struct Placements<'t> {
    /// Component and places.
    pub entries: Vec<(Name<'t>, Vec<Name<'t>>)>,
}

impl<'t> Field<'t> for Placements<'t> {
    fn fill(&mut self, node: Node<'t>, reader: &mut Reader) {
        let mut map = IdMap::<Places>::default();
        map.fill(node, reader);
        self.entries = map.entries.into_iter().map(|entry| (entry.name, entry.value.0.items)).collect();
    }

    fn schema(schemas: &mut Schemas) -> Value {
        <IdMap<Places> as Shape>::schema(schemas)
    }

    fn visit(&self, _: &mut dyn Visit<'t>) {}
}

struct Places<'t>(OneOrMore<Name<'t>>);

impl<'t> Shape<'t> for Places<'t> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        let mut places = OneOrMore::default();
        places.fill(node, reader);
        Some(Places(places))
    }

    fn schema(schemas: &mut Schemas) -> Value {
        <OneOrMore<Name> as Field>::schema(schemas)
    }
}

record! {
    /// Regions, zones and nodes, and which component runs where.
    Deployment = "deployment", Form { may_be_empty: true, ..Form::MAP };
    /// The regions, each with its zones.
    /// Example: `{ eu: { zones: [eu-a, eu-b, eu-c] } }`
    regions: IdMap<'t, Region<'t>>,
    /// Machines, clusters or node pools.
    /// Example: `{ db1: { in: eu-a, runs: links } }`
    nodes: IdMap<'t, DeploymentNode<'t>>,
    /// The zones, regions or nodes that a component runs in, by component.
    /// Example: `{ app: [eu-a, eu-b] }`
    runs: Placements<'t>,
}
