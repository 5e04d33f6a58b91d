//! Records, classes, states, requirements.

use super::Tone;

/// Records and how they refer to each other.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Entities {
    /// The records.
    pub entities: Vec<Entity>,
    /// Which refers to which.
    pub relations: Vec<Relation>,
}

/// A kind of record.
#[derive(Clone, PartialEq, Debug)]
pub struct Entity {
    /// The id in the design.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its fields.
    pub attributes: Vec<Attribute>,
}

/// A field of a record.
#[derive(Clone, PartialEq, Debug)]
pub struct Attribute {
    /// Its type.
    pub shape: String,
    /// Its name.
    pub name: String,
    /// Key (`PK`), reference (`FK`), unique (`UK`).
    pub keys: Vec<&'static str>,
    /// What else there is to say: `indexed`, `personal`.
    pub comment: String,
}

/// How many records stand at an end of a relation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cardinality {
    /// Exactly one.
    One,
    /// None or one.
    ZeroOrOne,
    /// Any number.
    Many,
    /// At least one.
    OneOrMore,
}

/// A reference from one record to another.
#[derive(Clone, PartialEq, Debug)]
pub struct Relation {
    /// The record that refers.
    pub from: usize,
    /// The record that is referred to.
    pub to: usize,
    /// How many of those that refer there are for one that is referred to.
    pub from_count: Cardinality,
    /// How many are referred to by one that refers.
    pub to_count: Cardinality,
    /// Whether one cannot be named without the other.
    pub is_identifying: bool,
    /// What is written at it.
    pub label: String,
}

/// Classes and how they depend on each other.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Classes {
    /// The classes.
    pub classes: Vec<Class>,
    /// Their ties.
    pub ties: Vec<Tie>,
}

/// A class.
#[derive(Clone, PartialEq, Debug)]
pub struct Class {
    /// The id in the design.
    pub id: String,
    /// Its name.
    pub title: String,
    /// `interface`, `enum`.
    pub stereotype: Option<String>,
    /// The component that it is in.
    pub namespace: Option<String>,
    /// Its fields, or the values of an enum.
    pub fields: Vec<String>,
    /// Its methods.
    pub methods: Vec<String>,
}

/// How classes are tied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TieKind {
    /// Is a special case of.
    Extends,
    /// Fulfils an interface.
    Implements,
    /// Has as a part.
    Has,
    /// Calls.
    Uses,
}

/// A tie between classes.
#[derive(Clone, PartialEq, Debug)]
pub struct Tie {
    /// The class that depends.
    pub from: usize,
    /// The class that it depends on.
    pub to: usize,
    /// How.
    pub kind: TieKind,
}

/// States and the changes between them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct States {
    /// The states, each with id and name.
    pub states: Vec<(String, String)>,
    /// The changes; no state stands for the beginning or the end.
    pub changes: Vec<Change>,
}

/// A change of state.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// The state before; the beginning when there is none.
    pub from: Option<usize>,
    /// The state after; the end when there is none.
    pub to: Option<usize>,
    /// What causes it, under which condition, and what happens with it.
    pub label: String,
}

/// Requirements and what meets them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Requirements {
    /// The requirements.
    pub requirements: Vec<Wanted>,
    /// What meets them: id and what it is.
    pub elements: Vec<(String, String)>,
    /// Which element meets which requirement.
    pub ties: Vec<(usize, usize)>,
}

/// A requirement.
#[derive(Clone, PartialEq, Debug)]
pub struct Wanted {
    /// The id in the design.
    pub id: String,
    /// What is asked for.
    pub text: String,
    /// The check, as it is written.
    pub check: Option<String>,
    /// What quality it is about; functional when none.
    pub quality: Option<String>,
    /// Whether the check holds, in words.
    pub verdict: Option<String>,
    /// Good, warm or hot, by the verdict.
    pub tone: Tone,
}
