//! Model and numbers → diagrams: every kind makes pictures, and every format writes them.

pub mod d2;
pub mod dot;
pub mod drawing;
pub mod embed;
mod findings;
mod groups;
pub mod kinds;
pub mod layout;
pub mod mermaid;
mod nesting;
mod numbers;
pub mod picture;
pub mod plantuml;
pub mod png;
pub mod svg;
pub mod theme;
mod view;
mod wires;

pub use findings::{Mark, marks};
pub use kinds::{ALL, Kind, find};

use crate::model::names::Space;
use crate::rules::Case;
use crate::spec::quantities::Quantity;
use groups::Groups;
use picture::Picture;
use view::View;
use wires::Wire;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Request<'a> {
    /// The id of a view: the part of the design that is shown, and how. Everything when nothing is said.
    pub view: Option<&'a str>,
    /// The id of a flow, for kinds that draw one picture for each.
    pub flow: Option<&'a str>,
    /// Whether computed numbers are written beside what they are about.
    pub numbers: bool,
    /// The findings that are marked.
    pub marks: &'a [Mark],
}

/// All that a kind draws from.
pub(crate) struct Context<'c, 'm, 't> {
    case: &'c Case<'m, 't>,
    request: &'c Request<'c>,
    view: View<'m>,
    groups: Groups<'m, 't>,
    wires: Vec<Wire<'m>>,
}

impl<'c, 'm, 't> Context<'c, 'm, 't> {
    fn new(case: &'c Case<'m, 't>, request: &'c Request<'c>) -> Self {
        let model = case.model();
        let groups = Groups::new(model);
        let view = View::new(model, &groups, request.view);
        Self { case, request, view, groups, wires: wires::collect(model) }
    }

    /// The flows that are drawn, by index: the one that is asked for, or those of the view.
    fn flows(&self) -> Vec<usize> {
        let model = self.case.model();
        let wanted = |index: &usize| match (self.request.flow, &self.view.flows) {
            (Some(id), _) => model.names.find(Space::Flow, id) == u32::try_from(*index).ok(),
            (None, Some(flows)) => flows.contains(index),
            (None, None) => true,
        };
        (0..model.design.flows.len()).filter(wanted).collect()
    }
}

/// Draws all pictures of a kind; none when the design says nothing that it could show.
pub fn draw(case: &Case<'_, '_>, kind: &Kind, request: &Request<'_>) -> Vec<Picture> {
    (kind.draw)(&Context::new(case, request))
}

/// What can be drawn of a design: each kind with its pictures, but for those that need computed numbers.
pub fn list(case: &Case<'_, '_>, request: &Request<'_>) -> Vec<(&'static Kind, Vec<Picture>)> {
    let context = Context::new(case, request);
    // Numbers take their time: what needs them is named, and not drawn.
    let pictures = |kind: &Kind| if kind.needs_numbers { Vec::new() } else { (kind.draw)(&context) };
    let all = ALL.iter().map(|kind| (*kind, pictures(kind)));
    all.filter(|(kind, drawn)| kind.needs_numbers || !drawn.is_empty()).collect()
}

/// A quantity as it is written.
fn written<'t, M>(quantity: &Quantity<'t, M>) -> &'t str {
    quantity.written.node.text()
}

/// `1 instance`, `3 instances`
fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// Whether a sign is shown as itself: it neither steers nor hides.
fn plain_sign(sign: char) -> bool {
    !sign.is_control()
        && !matches!(
            sign,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        )
}
