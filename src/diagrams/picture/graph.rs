//! Boxes and arrows, in groups.

use super::Tone;

/// The shape of a box.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Shape {
    /// A plain box.
    #[default]
    Box,
    /// A box with round corners.
    Round,
    /// A drum: what keeps data.
    Cylinder,
    /// A pipe lying on its side: what passes messages on.
    Pipe,
    /// A hexagon: what stands at the edge.
    Hexagon,
    /// A stick figure or a round box: people.
    Person,
    /// A cloud or a dashed box: somebody else's system.
    External,
    /// A box with double sides: what runs on a schedule or in the background.
    Process,
    /// An ellipse: a use case.
    Ellipse,
    /// A diamond: a choice.
    Diamond,
    /// A sheet with a folded corner.
    Note,
}

/// How a line is drawn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Line {
    /// The caller waits.
    #[default]
    Solid,
    /// Nobody waits.
    Dashed,
    /// A weak tie: belongs to, is tied to.
    Dotted,
    /// Worth noticing.
    Thick,
}

/// What is at the end of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Head {
    /// A filled arrow.
    #[default]
    Arrow,
    /// An open arrow: nobody waits.
    Open,
    /// Nothing.
    None,
}

/// Which way a graph runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Direction {
    /// From left to right.
    #[default]
    LeftRight,
    /// From right to left.
    RightLeft,
    /// From top to bottom.
    TopBottom,
    /// From bottom to top.
    BottomTop,
}

/// The conventions that a graph follows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Notation {
    /// Our own: shapes by kind.
    #[default]
    Plain,
    /// C4, system context.
    C4Context,
    /// C4, containers.
    C4Container,
    /// C4, components.
    C4Component,
    /// C4, deployment.
    C4Deployment,
    /// Use cases of UML.
    UseCases,
}

/// Boxes and arrows, in groups. Indexes point into the lists.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Graph {
    /// The conventions.
    pub notation: Notation,
    /// Which way it runs.
    pub direction: Direction,
    /// The groups, outer ones before inner ones.
    pub groups: Vec<Group>,
    /// The boxes.
    pub nodes: Vec<Node>,
    /// The arrows.
    pub edges: Vec<Edge>,
}

/// A frame around boxes and other groups.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Group {
    /// Unique in the picture, among nodes and groups, and the same from run to run: the id in the design.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it is: `trust boundary`, `region`.
    pub subtitle: Option<String>,
    /// The group around it.
    pub parent: Option<usize>,
    /// How its frame is drawn.
    pub line: Line,
    /// Its colour.
    pub tone: Tone,
}

/// A box.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Node {
    /// Unique in the picture, and the same from run to run: the id in the design.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Kind or technology: `service · go`.
    pub subtitle: Option<String>,
    /// What it is for, where the notation shows it.
    pub description: Option<String>,
    /// Facts and numbers, a line each.
    pub lines: Vec<String>,
    /// Its shape.
    pub shape: Shape,
    /// Its colour.
    pub tone: Tone,
    /// Whether there are several of it.
    pub is_stacked: bool,
    /// The group it stands in.
    pub group: Option<usize>,
}

/// An arrow.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Edge {
    /// The box that it leaves.
    pub from: usize,
    /// The box that it reaches.
    pub to: usize,
    /// What is written at it, a line each.
    pub label: Vec<String>,
    /// How it is drawn.
    pub line: Line,
    /// What is at its end.
    pub head: Head,
    /// How wide it is, from 1 on.
    pub weight: f64,
    /// Its colour.
    pub tone: Tone,
}
