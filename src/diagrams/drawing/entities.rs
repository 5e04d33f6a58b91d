//! Records, their fields, and how they refer to each other.

use super::Dash;
use super::canvas::Canvas;
use super::cards::{Card, Tied, draw as draw_cards};
use super::lines::{Look, Tip};
use crate::diagrams::picture::{Direction, Entities, Tone};
use crate::diagrams::theme::Ink;

/// Draws records.
pub fn draw(entities: &Entities) -> Canvas {
    let cards: Vec<Card> = entities
        .entities
        .iter()
        .map(|entity| {
            let row = |attribute: &crate::diagrams::picture::Attribute| {
                vec![
                    attribute.keys.join(" "),
                    attribute.name.clone(),
                    attribute.shape.clone(),
                    attribute.comment.clone(),
                ]
            };
            Card {
                title: entity.title.clone(),
                parts: vec![entity.attributes.iter().map(row).collect()],
                tone: Tone::Store,
                ..Card::default()
            }
        })
        .collect();
    let ties: Vec<Tied> = entities
        .relations
        .iter()
        .map(|relation| Tied {
            from: relation.from,
            to: relation.to,
            label: relation.label.clone(),
            look: Look {
                ink: Ink::Line(Tone::Plain),
                width: 1.3,
                dash: if relation.is_identifying { Dash::None } else { Dash::Dashes },
                start: Tip::Count(relation.from_count),
                end: Tip::Count(relation.to_count),
            },
        })
        .collect();
    draw_cards(&cards, &[], &ties, Direction::LeftRight)
}
