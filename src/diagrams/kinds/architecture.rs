//! Components, grouped, and what connects them.

use super::super::picture::{Body, Picture};
use super::super::{Context, numbers};
use super::boxes;
use super::overview;

/// Draws it. A design that is too large for one picture becomes an overview and a picture for each part.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    if let Some(pictures) = overview::draw(context) {
        return pictures;
    }
    one(context, None).into_iter().collect()
}

/// One picture of all that is shown.
pub(super) fn one(context: &Context<'_, '_, '_>, about: Option<&str>) -> Option<Picture> {
    let mut drawn = boxes::boxes(context, &|_| true);
    if drawn.graph.nodes.is_empty() {
        return None;
    }
    boxes::arrows(context, &mut drawn, &|wires| boxes::label(context.view.detail, wires));
    let mut legend = Vec::new();
    if context.request.numbers {
        numbers::annotate(context, &mut drawn, &mut legend);
    }
    boxes::mark(context, &mut drawn, &mut legend);
    boxes::line_keys(&drawn.graph, &mut legend);
    let mut picture = super::picture(context, "architecture", about, Body::Graph(drawn.graph));
    picture.legend = legend;
    boxes::notice_shared(context, &mut picture);
    Some(picture)
}
