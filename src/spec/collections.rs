//! Lists of values, and maps of names and what they stand for.
//!
//! A list or map with nothing in it (`requirements:` and no line below it) is an empty one: that is what a
//! design looks like while it is being written.

use super::schemas::nothing;
use super::shape::{Field, Reader, Schemas, Shape, Visit};
use super::values::{ID_PATTERN, Name, is_id};
use super::visited::hand_out;
use crate::syntax::{Node, NodeKind};
use serde_json::{Value, json};

/// A list, each item read on its own.
#[derive(Debug)]
pub struct List<T> {
    /// The items that could be read.
    pub items: Vec<T>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { items: Vec::new() }
    }
}

impl<T> std::ops::Deref for List<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'t, T: Shape<'t>> Field<'t> for List<T> {
    fn fill(&mut self, node: Node<'t>, reader: &mut Reader) {
        if node.kind() == NodeKind::List {
            self.items = read_items(node, reader);
        } else if !node.is_null() {
            reader.wrong_type(node, "a list");
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let items = T::schema(schemas);
        let title = format!("a list, each item {}", schemas.title_of(&items));
        json!({ "title": title, "anyOf": [{ "title": title, "type": "array", "items": items }, nothing()] })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        self.items.iter().for_each(|item| item.visit(visitor));
    }
}

impl<'t, T: Shape<'t>> Shape<'t> for List<T> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        let mut list = Self::default();
        list.fill(node, reader);
        Some(list)
    }

    fn schema(schemas: &mut Schemas) -> Value {
        <Self as Field<'t>>::schema(schemas)
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        Field::visit(self, visitor);
    }
}

/// Reads the items of a list. Room is made for exactly as many as there are: most lists hold one or two items,
/// and items are large.
fn read_items<'t, T: Shape<'t>>(list: Node<'t>, reader: &mut Reader) -> Vec<T> {
    let mut items = Vec::with_capacity(list.items().count());
    items.extend(list.items().filter_map(|item| T::read(item, reader)));
    items
}

/// One value, or a list of them.
#[derive(Debug)]
pub struct OneOrMore<T> {
    /// The values that could be read.
    pub items: Vec<T>,
}

impl<T> Default for OneOrMore<T> {
    fn default() -> Self {
        Self { items: Vec::new() }
    }
}

impl<T> std::ops::Deref for OneOrMore<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<'a, T> IntoIterator for &'a OneOrMore<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'t, T: Shape<'t>> Field<'t> for OneOrMore<T> {
    fn fill(&mut self, node: Node<'t>, reader: &mut Reader) {
        self.items = match node.kind() {
            NodeKind::List => read_items(node, reader),
            _ => T::read(node, reader).into_iter().collect(),
        };
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let one = T::schema(schemas);
        let title = format!("{}, or a list of them", schemas.title_of(&one));
        json!({ "title": title, "anyOf": [one.clone(), { "title": "a list", "type": "array", "items": one }] })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        self.items.iter().for_each(|item| item.visit(visitor));
    }
}

/// As a value in a map.
impl<'t, T: Shape<'t>> Shape<'t> for OneOrMore<T> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        let mut this = Self::default();
        Field::fill(&mut this, node, reader);
        Some(this)
    }

    fn schema(schemas: &mut Schemas) -> Value {
        <Self as Field<'t>>::schema(schemas)
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        Field::visit(self, visitor);
    }
}

/// What a map key defines.
#[derive(Debug)]
pub struct Entry<'t, T> {
    /// The key.
    pub name: Name<'t>,
    /// What it stands for.
    pub value: T,
}

/// Ids and what they stand for, in the order they are written.
#[derive(Debug)]
pub struct IdMap<'t, T> {
    /// The entries that could be read.
    pub entries: Vec<Entry<'t, T>>,
    /// What could not.
    pub lost: Lost<'t>,
}

/// What could not be read of a map. It was reported there, so that a reference to it is no second mistake.
#[derive(Debug, Default)]
pub struct Lost<'t> {
    /// The names whose values could not be read.
    pub names: Vec<Name<'t>>,
    /// Whether something else stands in the place of the map, so that no name is known.
    pub everything: bool,
}

impl<T> Default for IdMap<'_, T> {
    fn default() -> Self {
        Self { entries: Vec::new(), lost: Lost::default() }
    }
}

impl<'t, T> IdMap<'t, T> {
    /// The entries, in the order they are written.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry<'t, T>> {
        hand_out(self.entries.len());
        self.entries.iter()
    }
}

impl<T> IdMap<'_, T> {
    /// Takes over the entries of another map.
    pub fn absorb(&mut self, mut other: Self) {
        self.entries.append(&mut other.entries);
        self.lost.names.append(&mut other.lost.names);
        self.lost.everything |= other.lost.everything;
    }
}

impl<'t, T> std::ops::Deref for IdMap<'t, T> {
    type Target = [Entry<'t, T>];
    fn deref(&self) -> &[Entry<'t, T>] {
        &self.entries
    }
}

impl<'a, 't, T> IntoIterator for &'a IdMap<'t, T> {
    type Item = &'a Entry<'t, T>;
    type IntoIter = std::slice::Iter<'a, Entry<'t, T>>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'t, T: Shape<'t>> IdMap<'t, T> {
    /// The schema of a map that must not be left out, as where a single value may stand instead.
    pub fn map_schema(schemas: &mut Schemas) -> Value {
        let value = T::schema(schemas);
        let title = format!("names, each with {}", schemas.title_of(&value));
        let names = json!({
            "pattern": format!("^x-|{ID_PATTERN}"),
            "errorMessage": "a name is a letter, then letters, digits, `_` or `-`",
        });
        json!({
            "title": title,
            "type": "object",
            "propertyNames": names,
            "patternProperties": { "^x-": true },
            "additionalProperties": value,
        })
    }
}

impl<'t, T: Shape<'t>> IdMap<'t, T> {
    fn fill_with(&mut self, node: Node<'t>, reader: &mut Reader, takes: impl Fn(&str) -> bool) {
        if node.is_null() {
            return;
        }
        if node.kind() != NodeKind::Map {
            reader.wrong_type(node, "a map of names and what they stand for");
            self.lost.everything = true;
            return;
        }
        self.entries.reserve_exact(node.entries().count());
        for (key, value) in node.entries() {
            if !takes(key.text()) {
                continue;
            }
            if super::shape::is_cut_by_comma(key, value) && !is_id(key.text()) {
                reader.text_cut_by_comma(key);
                continue;
            }
            let name = Name::define(key, reader);
            let value = T::read(value, reader);
            match (name, value) {
                (Some(name), Some(value)) => self.entries.push(Entry { name, value }),
                (Some(name), None) => self.lost.names.push(name),
                (None, _) => {}
            }
        }
    }
}

impl<'t, T: Shape<'t>> Field<'t> for IdMap<'t, T> {
    fn fill(&mut self, node: Node<'t>, reader: &mut Reader) {
        self.fill_with(node, reader, |name| !name.starts_with("x-"));
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let map = Self::map_schema(schemas);
        json!({ "title": schemas.title_of(&map), "anyOf": [map, nothing()] })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        self.entries.iter().for_each(|entry| entry.value.visit(visitor));
    }
}

impl<'t, T: Shape<'t>> Shape<'t> for IdMap<'t, T> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        let mut map = Self::default();
        map.fill(node, reader);
        Some(map)
    }

    fn schema(schemas: &mut Schemas) -> Value {
        <Self as Field<'t>>::schema(schemas)
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        Field::visit(self, visitor);
    }
}

/// Keys of the language or of the project, which begin with `x-`, and what is said of each.
#[derive(Debug)]
pub struct KeyMap<'t, T>(IdMap<'t, T>);

impl<T> Default for KeyMap<'_, T> {
    fn default() -> Self {
        Self(IdMap::default())
    }
}

impl<'t, T> std::ops::Deref for KeyMap<'t, T> {
    type Target = IdMap<'t, T>;
    fn deref(&self) -> &IdMap<'t, T> {
        &self.0
    }
}

impl<'t, T: Shape<'t>> Field<'t> for KeyMap<'t, T> {
    fn fill(&mut self, node: Node<'t>, reader: &mut Reader) {
        self.0.fill_with(node, reader, |_| true);
    }

    fn schema(schemas: &mut Schemas) -> Value {
        <IdMap<'t, T> as Field<'t>>::schema(schemas)
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        Field::visit(&self.0, visitor);
    }
}
