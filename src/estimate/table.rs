//! Where the value at each address is found: rows by whose they are, each with its few names.

use super::label::Subject;
use super::sheet::Value;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The values of one element, by name.
type Row = Vec<(&'static str, Value)>;

/// As many names as most elements have.
const USUAL: usize = 32;

/// The values by whose they are and which.
#[derive(Debug, Default)]
pub struct Table {
    assumptions: Vec<Row>,
    flows: Vec<Row>,
    apis: Vec<Row>,
    components: Vec<Row>,
    data: Vec<Row>,
    requirements: Vec<Row>,
    connections: HashMap<(u32, u32), Row, BuildHasherDefault<Mixer>>,
    system: Row,
}

impl Table {
    /// The value of an element, by its name.
    pub fn get(&self, subject: Subject, name: &str) -> Option<Value> {
        let row = match subject {
            Subject::Assumption(index) => self.assumptions.get(index as usize),
            Subject::Flow(index) => self.flows.get(index as usize),
            Subject::Api(index) => self.apis.get(index as usize),
            Subject::Component(index) => self.components.get(index as usize),
            Subject::Data(index) => self.data.get(index as usize),
            Subject::Requirement(index) => self.requirements.get(index as usize),
            Subject::Connection(from, to) => self.connections.get(&(from, to)),
            Subject::System => Some(&self.system),
        };
        row?.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// Puts a value under a name; one that is there already is replaced.
    pub fn insert(&mut self, subject: Subject, name: &'static str, value: Value) {
        let row = match subject {
            Subject::Assumption(index) => row_of(&mut self.assumptions, index),
            Subject::Flow(index) => row_of(&mut self.flows, index),
            Subject::Api(index) => row_of(&mut self.apis, index),
            Subject::Component(index) => row_of(&mut self.components, index),
            Subject::Data(index) => row_of(&mut self.data, index),
            Subject::Requirement(index) => row_of(&mut self.requirements, index),
            Subject::Connection(from, to) => Some(self.connections.entry((from, to)).or_default()),
            Subject::System => Some(&mut self.system),
        };
        let Some(row) = row else { return };
        match row.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => {
                if row.capacity() == 0 && !matches!(subject, Subject::Assumption(_)) {
                    row.reserve(USUAL);
                }
                row.push((name, value));
            }
        }
    }

    /// All of them, in no order that matters.
    pub fn iter(&self) -> impl Iterator<Item = (Subject, &'static str, Value)> {
        let rows = |rows: &'_ [Row], subject: fn(u32) -> Subject| -> Vec<(Subject, &'static str, Value)> {
            let each = (0..).zip(rows).flat_map(|(index, row)| {
                row.iter().map(move |(name, value)| (subject(index), *name, *value))
            });
            each.collect()
        };
        let connections = self.connections.iter().flat_map(|((from, to), row)| {
            row.iter().map(|(name, value)| (Subject::Connection(*from, *to), *name, *value))
        });
        let system = self.system.iter().map(|(name, value)| (Subject::System, *name, *value));
        [
            rows(&self.assumptions, Subject::Assumption),
            rows(&self.flows, Subject::Flow),
            rows(&self.apis, Subject::Api),
            rows(&self.components, Subject::Component),
            rows(&self.data, Subject::Data),
            rows(&self.requirements, Subject::Requirement),
        ]
        .into_iter()
        .flatten()
        .chain(connections)
        .chain(system)
    }
}

fn row_of(rows: &mut Vec<Row>, index: u32) -> Option<&mut Row> {
    let index = index as usize;
    if rows.len() <= index {
        rows.resize_with(index + 1, Vec::new);
    }
    rows.get_mut(index)
}

/// A short hash of a few small numbers, the same in every run.
#[derive(Debug, Default)]
pub struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}
