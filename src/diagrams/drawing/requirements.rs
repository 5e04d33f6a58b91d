//! Requirements, whether they hold, and what meets them.

use super::Dash;
use super::canvas::{Canvas, size};
use super::cards::{Card, Tied, draw as draw_cards};
use super::lines::{Look, Tip};
use crate::diagrams::layout::text::{Weight, wrap};
use crate::diagrams::picture::{Direction, Requirements, Tone};
use crate::diagrams::theme::Ink;

/// Draws requirements.
pub fn draw(requirements: &Requirements) -> Canvas {
    let mut cards: Vec<Card> = requirements
        .elements
        .iter()
        .map(|(name, kind)| Card {
            stereotype: Some(kind.clone()).filter(|kind| !kind.is_empty()),
            // Names say what they name, so that they differ; here the line above says it.
            title: name.strip_prefix(kind.as_str()).map_or(name.as_str(), str::trim_start).to_owned(),
            tone: Tone::Compute,
            ..Card::default()
        })
        .collect();
    let first = cards.len();
    for wanted in &requirements.requirements {
        let rows = |text: &str, most: usize| -> Vec<Vec<String>> {
            wrap(text, size::TEXT, Weight::Regular, 230.0, most).into_iter().map(|line| vec![line]).collect()
        };
        let mut parts = vec![rows(&wanted.text, 4)];
        parts.push(wanted.check.as_deref().map(|check| rows(check, 2)).unwrap_or_default());
        parts.push(wanted.verdict.as_deref().map(|verdict| rows(verdict, 2)).unwrap_or_default());
        cards.push(Card {
            stereotype: Some(wanted.quality.clone().unwrap_or_else(|| "functional".to_owned())),
            title: wanted.id.clone(),
            parts,
            tone: wanted.tone,
            frame: None,
        });
    }
    let look = Look {
        ink: Ink::Line(Tone::Plain),
        width: 1.3,
        dash: Dash::Dashes,
        start: Tip::None,
        end: Tip::Open,
    };
    let ties: Vec<Tied> = requirements
        .ties
        .iter()
        .filter(|(element, _)| *element < first)
        .map(|(element, wanted)| Tied { from: *element, to: first + wanted, label: "meets".to_owned(), look })
        .collect();
    draw_cards(&cards, &[], &ties, Direction::LeftRight)
}
