//! Pictures as shapes and texts at places, in colours that have a purpose and no value yet. SVG and PNG write the same drawing.

mod axis;
mod badge;
mod canvas;
mod cards;
mod chart;
mod classes;
mod depth;
mod entities;
mod graph;
mod lines;
mod mindmap;
mod node;
mod page;
mod requirements;
mod sankey;
mod sequence;
mod shares;
mod spans;
mod states;
mod table;
mod timeline;

pub use canvas::Canvas;
pub use depth::notices;

use super::layout::text::Weight;
use super::layout::{Point, Rect};
use super::picture::Picture;
use super::theme::Ink;

/// Everything that is drawn, from back to front.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Drawing {
    /// How wide it is.
    pub w: f64,
    /// How high it is.
    pub h: f64,
    /// What is drawn.
    pub marks: Vec<Mark>,
}

/// How a line is broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Dash {
    /// Not at all.
    #[default]
    None,
    /// Into dashes.
    Dashes,
    /// Into dots.
    Dots,
    /// Into long dashes with dots between.
    Mixed,
}

impl Dash {
    /// The lengths of strokes and spaces.
    pub fn lengths(self) -> &'static [f64] {
        match self {
            Self::None => &[],
            Self::Dashes => &[6.0, 4.0],
            Self::Dots => &[1.5, 3.5],
            Self::Mixed => &[8.0, 3.0, 1.5, 3.0],
        }
    }
}

/// How a shape looks.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Style {
    /// Its ground.
    pub fill: Option<Ink>,
    /// How much of what is behind the ground shows through, from 0 (all) to 1 (nothing); 1 when none.
    pub opacity: Option<f64>,
    /// Its side.
    pub stroke: Option<Ink>,
    /// How wide the side is.
    pub width: f64,
    /// How the side is broken.
    pub dash: Dash,
}

/// A ground without a side.
pub fn filled(ink: Ink) -> Style {
    Style { fill: Some(ink), ..Style::default() }
}

/// A line without a ground.
pub fn stroked(ink: Ink, width: f64) -> Style {
    Style { stroke: Some(ink), width, ..Style::default() }
}

impl Style {
    /// The same with a side.
    #[must_use]
    pub fn edged(self, ink: Ink, width: f64) -> Self {
        Self { stroke: Some(ink), width, ..self }
    }

    /// The same with a broken line.
    #[must_use]
    pub fn dashed(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }
}

/// A step of a path.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Step {
    /// Begins a new line.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A curve with one point that it bends to.
    Bend(Point, Point),
    /// A curve with two points that it bends to.
    Curve(Point, Point, Point),
    /// Back to the beginning of the line.
    Close,
}

/// Where a text lies in relation to its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Anchor {
    /// Behind it.
    #[default]
    Start,
    /// Around it.
    Middle,
    /// Before it.
    End,
}

/// How a text looks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Font {
    /// How large it is.
    pub size: f64,
    /// How heavy it is.
    pub weight: Weight,
    /// Its colour.
    pub ink: Ink,
}

/// Something that is drawn.
#[derive(Clone, PartialEq, Debug)]
pub enum Mark {
    /// What follows belongs together, up to the end, and is moved.
    Begin {
        /// What it is, for those who do not see it.
        label: Option<String>,
        /// How far it is moved.
        by: Point,
    },
    /// The end of what belongs together.
    End,
    /// A rectangle with round corners.
    Rect {
        /// Where.
        rect: Rect,
        /// How round the corners are.
        radius: f64,
        /// How it looks.
        style: Style,
    },
    /// An ellipse.
    Ellipse {
        /// Its middle.
        middle: Point,
        /// Half its width and half its height.
        radius: Point,
        /// How it looks.
        style: Style,
    },
    /// Lines and curves.
    Path {
        /// Its steps.
        steps: Vec<Step>,
        /// How it looks.
        style: Style,
    },
    /// A line of text.
    Text {
        /// Where its base line begins, has its middle, or ends.
        at: Point,
        /// Which of these.
        anchor: Anchor,
        /// How it looks.
        font: Font,
        /// What it says.
        text: String,
    },
}

/// A point.
pub const fn point(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// Draws a picture.
pub fn draw(picture: &Picture) -> Drawing {
    page::draw(picture)
}
