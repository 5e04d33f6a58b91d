//! Classes, interfaces and how they depend on each other.

use super::Dash;
use super::canvas::Canvas;
use super::cards::{Card, Tied, draw as draw_cards};
use super::lines::{Look, Tip};
use crate::diagrams::picture::{Classes, Direction, TieKind, Tone};
use crate::diagrams::theme::Ink;

/// Draws classes.
pub fn draw(classes: &Classes) -> Canvas {
    let mut frames: Vec<String> = Vec::new();
    let mut cards = Vec::new();
    for class in &classes.classes {
        let frame = class.namespace.as_ref().map(|namespace| {
            frames.iter().position(|frame| frame == namespace).unwrap_or_else(|| {
                frames.push(namespace.clone());
                frames.len() - 1
            })
        });
        let rows = |lines: &[String]| lines.iter().map(|line| vec![line.clone()]).collect();
        cards.push(Card {
            stereotype: class.stereotype.clone(),
            title: class.title.clone(),
            parts: vec![rows(&class.fields), rows(&class.methods)],
            tone: if class.stereotype.is_some() { Tone::Message } else { Tone::Compute },
            frame,
        });
    }
    let ties: Vec<Tied> = classes
        .ties
        .iter()
        .map(|tie| {
            let (dash, start, end) = match tie.kind {
                TieKind::Extends => (Dash::None, Tip::None, Tip::Triangle),
                TieKind::Implements => (Dash::Dashes, Tip::None, Tip::Triangle),
                TieKind::Has => (Dash::None, Tip::Diamond, Tip::None),
                TieKind::Uses => (Dash::Dashes, Tip::None, Tip::Open),
            };
            let look = Look { ink: Ink::Line(Tone::Plain), width: 1.3, dash, start, end };
            Tied { from: tie.from, to: tie.to, label: String::new(), look }
        })
        .collect();
    draw_cards(&cards, &frames, &ties, Direction::TopBottom)
}
