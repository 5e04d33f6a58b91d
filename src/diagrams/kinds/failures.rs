//! What must not fail: for each flow the single points of failure and the pairs that stop it together.

use super::super::picture::{Body, Key, Line, Node, Picture, Tone};
use super::super::{Context, numbers};
use super::boxes;
use std::collections::BTreeSet;

/// More pairs than this are only counted.
const MOST_PAIRS: usize = 8;

/// Draws a picture for each flow.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    context.flows().into_iter().filter_map(|flow| one(context, flow)).collect()
}

fn node(drawn: &mut boxes::Drawn, component: u32) -> Option<&mut Node> {
    let place = drawn.node(component as usize)?;
    drawn.graph.nodes.get_mut(place)
}

fn one(context: &Context<'_, '_, '_>, flow: usize) -> Option<Picture> {
    let model = context.case.model();
    let known = context.case.numbers()?;
    let entry = model.design.flows.get(flow)?;
    let (cuts, is_complete) = known.estimate.cuts(flow, 2, &known.central)?;
    let mut inner = super::super::view::View::new(model, &context.groups, None);
    inner.flows = Some(BTreeSet::from([flow]));
    inner.shown = vec![false; model.design.components.len()];
    for wire in context.wires.iter().filter(|wire| wire.flow == Some(flow)) {
        for end in [wire.from, wire.to] {
            inner.shown.iter_mut().skip(end).take(1).for_each(|slot| *slot = true);
        }
    }
    inner.direction = context.view.direction;
    let inner = Context {
        case: context.case,
        request: context.request,
        view: inner,
        groups: super::super::groups::Groups::new(model),
        wires: context.wires.clone(),
    };
    let mut drawn = boxes::boxes(&inner, &|_| false);
    if drawn.graph.nodes.is_empty() {
        return None;
    }
    boxes::arrows(&inner, &mut drawn, &|_| Vec::new());
    let mut pairs = 0;
    let (mut has_single, mut has_partial, mut has_pair) = (false, false, false);
    for cut in &cuts {
        match cut.components.as_slice() {
            [one] => {
                let Some(node) = node(&mut drawn, *one) else { continue };
                let (text, tone) = match cut.on_some_runs {
                    false => ("✗ stops the flow alone", Tone::Hot),
                    true => ("▲ stops some runs alone", Tone::Warm),
                };
                has_single |= !cut.on_some_runs;
                has_partial |= cut.on_some_runs;
                node.lines.push(text.to_owned());
                node.tone = tone;
                let subject = numbers::component(*one as usize);
                let up = numbers::known(&known.estimate, &known.central, subject, "availability");
                node.lines.extend(up.map(|(shown, up)| match up >= 1.0 {
                    // Nothing is always there: this is as close as a number comes to it.
                    true => "available with over 15 nines".to_owned(),
                    false => format!("available {shown}"),
                }));
            }
            [one, other] => {
                pairs += 1;
                if pairs > MOST_PAIRS {
                    continue;
                }
                has_pair = true;
                for component in [one, other] {
                    if let Some(node) = node(&mut drawn, *component) {
                        node.lines.push(format!("◆ pair {pairs}"));
                    }
                }
            }
            _ => {}
        }
    }
    let key = |tone: Tone, text: &str| Key { tone, line: None::<Line>, text: text.to_owned() };
    let mut legend = Vec::new();
    if has_single {
        legend.push(key(Tone::Hot, "✗ single point of failure"));
    }
    if has_partial {
        legend.push(key(Tone::Warm, "▲ single point of failure of some runs"));
    }
    if has_pair {
        legend.push(key(Tone::Plain, "◆ both of a pair stop the flow together"));
    }
    let mut picture = super::picture(&inner, "failures", Some(entry.name.text), Body::Graph(drawn.graph));
    picture.legend = legend;
    if pairs > MOST_PAIRS {
        picture.notices.push(format!("{} more pairs are not drawn", pairs - MOST_PAIRS));
    }
    if !is_complete {
        picture.notices.push("combinations of three and more are not drawn".to_owned());
    }
    Some(picture)
}
