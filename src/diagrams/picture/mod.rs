//! What a diagram shows, before any language or layout: every kind makes one of these from the model, and every format
//! writes it. All texts are raw; each format escapes them for its own target.

mod charts;
mod graph;
mod records;
mod sequence;

pub use charts::*;
pub use graph::*;
pub use records::*;
pub use sequence::*;

/// One diagram.
#[derive(Clone, PartialEq, Debug)]
pub struct Picture {
    /// The name of the kind, and of what it is about: `sequence`, `sequence of redirect`.
    pub name: String,
    /// The title over it.
    pub title: String,
    /// What one sees, for those who do not.
    pub description: String,
    /// What is shown.
    pub body: Body,
    /// What colours and lines mean.
    pub legend: Vec<Key>,
    /// What is not shown as it is, and why: groups that were drawn as one box, parts that were left out.
    pub notices: Vec<String>,
}

/// The ways to draw.
#[derive(Clone, PartialEq, Debug)]
pub enum Body {
    /// Boxes and arrows, in groups.
    Graph(Graph),
    /// Who says what to whom, from top to bottom.
    Sequence(Sequence),
    /// Records and how they refer to each other.
    Entities(Entities),
    /// Classes, interfaces and how they depend on each other.
    Classes(Classes),
    /// States and the changes between them.
    States(States),
    /// Requirements and what meets them.
    Requirements(Requirements),
    /// Amounts that flow from one thing to another.
    Sankey(Sankey),
    /// Lines or bars over an axis.
    Chart(Chart),
    /// Shares of a whole.
    Shares(Shares),
    /// Spans of time below each other, as in a waterfall.
    Spans(Spans),
    /// What happened when.
    Timeline(Timeline),
    /// A tree around a middle.
    Mindmap(Branch),
    /// Rows and columns.
    Table(Table),
}

/// What a colour says. Formats never say it by colour alone: a mark or a line kind goes with it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// People and programs of theirs.
    Person,
    /// What computes.
    Compute,
    /// What keeps data.
    Store,
    /// What passes messages on.
    Message,
    /// What stands at the edge: balancers, gateways, firewalls.
    Edge,
    /// What serves operations: monitoring, secrets.
    Support,
    /// What belongs to somebody else.
    External,
    /// All is well.
    Good,
    /// Worth a look.
    Warm,
    /// Too much, or broken.
    Hot,
    /// Not important here.
    Faint,
}

/// A line of the legend.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key {
    /// The colour.
    pub tone: Tone,
    /// The line, when it is about lines.
    pub line: Option<Line>,
    /// What it means.
    pub text: String,
}
