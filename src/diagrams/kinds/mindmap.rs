//! The requirements around the system, by quality.

use super::super::Context;
use super::super::picture::{Body, Branch, Picture, Tone};
use crate::spec::requirement::{Quality, Requirement};
use crate::spec::values::Entry;

/// Draws it.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let design = &context.case.model().design;
    if design.requirements.is_empty() {
        return Vec::new();
    }
    let quality = |entry: &Entry<'_, Requirement<'_>>| match entry.value.quality {
        Some(quality) => quality.value,
        None => Quality::Functional,
    };
    let leaf = |text: &str| Branch { title: text.to_owned(), ..Branch::default() };
    let mut branches = Vec::new();
    for word in Quality::WORDS {
        let Some(wanted) = Quality::from_word(word) else { continue };
        let of_it = design.requirements.iter().filter(|entry| quality(entry) == wanted);
        let inner: Vec<Branch> = of_it
            .map(|entry| {
                let said = &entry.value;
                let check = said.check.as_ref().map(|check| check.node.text());
                let text = said.text.map(|text| text.text).or(check).unwrap_or(entry.name.text);
                let below = check.filter(|check| *check != text).map(leaf).into_iter().collect();
                Branch { branches: below, ..leaf(text) }
            })
            .collect();
        if !inner.is_empty() {
            branches.push(Branch { title: (*word).to_owned(), tone: Tone::Plain, branches: inner });
        }
    }
    let title = design.name.map_or("The system", |name| name.text).to_owned();
    let root = Branch { title, tone: Tone::Compute, branches };
    vec![super::picture(context, "mindmap", None, Body::Mindmap(root))]
}
