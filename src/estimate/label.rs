//! What numbers stand for: addresses, lines of the design, numbers of the catalogue, and what is missing.

use crate::catalog::SourceInfo;
use crate::catalog::entry::Basis;
use crate::model::Model;
use crate::model::names::Space;
use crate::source::Span;
use crate::syntax::Node;
use std::borrow::Cow;

/// Whose number it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Subject {
    /// An assumption, by index.
    Assumption(u32),
    /// A flow, by index.
    Flow(u32),
    /// An API, by index.
    Api(u32),
    /// A component, by index.
    Component(u32),
    /// A kind of data, by index.
    Data(u32),
    /// A connection from one component to another.
    Connection(u32, u32),
    /// A requirement, by index.
    Requirement(u32),
    /// The whole.
    System,
}

impl Subject {
    /// `flows.redirect`
    pub fn path(self, model: &Model<'_>) -> String {
        let id = |space: Space, index: u32| {
            let name = model.names.all(space).get(index as usize).map_or("", |name| name.text);
            format!("{}.{name}", space.section())
        };
        match self {
            Self::Assumption(index) => id(Space::Assumption, index),
            Self::Flow(index) => id(Space::Flow, index),
            Self::Api(index) => id(Space::Api, index),
            Self::Component(index) => id(Space::Component, index),
            Self::Data(index) => id(Space::Data, index),
            Self::Requirement(index) => id(Space::Requirement, index),
            Self::Connection(from, to) => {
                format!("connections.{}.{}", model.component_name(from), model.component_name(to))
            }
            Self::System => "system".to_owned(),
        }
    }
}

/// A number of the catalogue, with its evidence.
#[derive(Clone, Copy, Debug)]
pub struct Cited<'m> {
    /// Whose number it is: a technology or a kind.
    pub owner: &'m str,
    /// Its dotted name.
    pub name: &'m str,
    /// What is written there.
    pub text: &'m str,
    /// Where it comes from.
    pub source: Option<SourceInfo<'m>>,
    /// What kind of evidence it is.
    pub basis: Basis,
    /// Under which conditions it holds.
    pub note: Option<&'m str>,
}

/// The name of a fact, which only becomes a text of its own when it has to.
pub trait Key {
    /// The name.
    fn text(self) -> Cow<'static, str>;
}

impl Key for &'static str {
    fn text(self) -> Cow<'static, str> {
        Cow::Borrowed(self)
    }
}

impl Key for &String {
    fn text(self) -> Cow<'static, str> {
        Cow::Owned(self.clone())
    }
}

impl Key for std::fmt::Arguments<'_> {
    fn text(self) -> Cow<'static, str> {
        Cow::Owned(self.to_string())
    }
}

/// What a node stands for.
#[derive(Clone, Debug)]
pub enum Label<'m> {
    /// A value that has an address: `flows.redirect.rate`.
    Address(Subject, &'static str),
    /// An address with something in parentheses.
    AddressOf(Subject, String),
    /// Something that is written in the design: whose it is, its key, and where it stands.
    Written {
        /// Whose fact it is.
        subject: Subject,
        /// What it is (`capacity.read`); empty for the value of an assumption.
        key: Cow<'static, str>,
        /// Where it is written.
        node: Node<'m>,
    },
    /// A literal inside an expression.
    Literal(&'m str),
    /// A number of the catalogue.
    Catalog(Box<Cited<'m>>),
    /// What is taken when nothing is said, and why.
    Assumed(&'static str),
    /// A step on the way, in words.
    Step(Cow<'static, str>),
    /// A step on the way: what of whom.
    StepOf(&'static str, &'m str),
}

/// Something that nobody has said, and what to write.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Missing {
    /// What is not known: `the capacity of app`.
    pub what: String,
    /// What to write: ``state `capacity` on `components.app` ``.
    pub help: String,
    /// Where it would be written.
    pub place: Option<Span>,
}
