//! What each component costs.

use super::super::picture::{Body, Picture, Shares};
use super::super::{Context, numbers};
use super::looks;
use crate::estimate::Subject;

/// More slices than this cannot be told apart.
const MOST: usize = 11;

/// Draws it.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let Some(known) = context.case.numbers() else { return Vec::new() };
    let (estimate, central) = (&known.estimate, &known.central);
    let mut slices: Vec<(String, f64, String)> = Vec::new();
    for (index, entry) in context.case.model().design.components.iter().enumerate() {
        let cost = numbers::known(estimate, central, numbers::component(index), "cost");
        let cost = cost.filter(|(_, cost)| context.view.shows(index) && *cost > 0.0 && cost.is_finite());
        slices.extend(cost.map(|(shown, cost)| (looks::title(entry).to_owned(), cost, shown)));
    }
    if slices.is_empty() {
        return Vec::new();
    }
    slices.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    if slices.len() > MOST + 1 {
        let rest = slices.split_off(MOST);
        let sum: f64 = rest.iter().map(|(_, cost, _)| cost).sum();
        let shown = estimate.shown_as(sum, crate::quantity::Dimension::SPENDING, false);
        slices.push((format!("{} others", rest.len()), sum, shown));
    }
    let total = numbers::known(estimate, central, Subject::System, "cost");
    let mut picture = super::picture(context, "cost", None, Body::Shares(Shares { slices }));
    if let Some((total, _)) = total.filter(|_| context.request.view.is_none()) {
        picture.title = format!("{}, {total}", picture.title);
    }
    vec![picture]
}
