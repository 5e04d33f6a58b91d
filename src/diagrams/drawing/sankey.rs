//! Amounts that flow from one thing to another, as bands that are as wide as the amount.

use super::axis::finite;
use super::canvas::{Canvas, bold, font, size};
use super::{Anchor, Step, Style, filled, point};
use crate::diagrams::layout::Rect;
use crate::diagrams::layout::at::{At, Lists};
use crate::diagrams::layout::layered::{Plan, PlannedBox, PlannedLine, ranks};
use crate::diagrams::layout::text::{Weight, cut, width};
use crate::diagrams::picture::Sankey;
use crate::diagrams::theme::Ink;

const POST: f64 = 14.0;
const BETWEEN: f64 = 26.0;
const ASIDE: f64 = 230.0;

/// A flow that is drawn.
#[derive(Clone, Copy, Default)]
struct Flow {
    index: usize,
    from: usize,
    to: usize,
    amount: f64,
}

/// Draws flows.
pub fn draw(sankey: &Sankey) -> Canvas {
    let count = sankey.nodes.len();
    let flows: Vec<Flow> = sankey
        .links
        .iter()
        .enumerate()
        .map(|(index, (from, to, amount, _))| Flow {
            index,
            from: *from,
            to: *to,
            amount: finite(*amount).max(0.0),
        })
        .filter(|flow| flow.from < count && flow.to < count && flow.from != flow.to)
        .collect();
    let mut through = vec![(0.0f64, 0.0f64); count];
    for flow in &flows {
        let (into, out) = through.at(flow.to);
        through.put(flow.to, (into + flow.amount, out));
        let (into, out) = through.at(flow.from);
        through.put(flow.from, (into, out + flow.amount));
    }
    let amount = |node: usize| through.at(node).0.max(through.at(node).1);
    let columns = columns(count, &flows);
    let fullest =
        columns.iter().map(|column| column.iter().map(|node| amount(*node)).sum::<f64>()).fold(0.0, f64::max);
    let tallest = columns.iter().map(Vec::len).max().unwrap_or(0) as f64;
    let scale = if fullest > 0.0 { (tallest * 40.0).clamp(220.0, 460.0) / fullest } else { 0.0 };
    let height = |node: usize| (amount(node) * scale).max(2.0);
    let total = |column: &Vec<usize>| {
        column.iter().map(|node| height(*node)).sum::<f64>() + column.len().saturating_sub(1) as f64 * BETWEEN
    };
    let whole = columns.iter().map(total).fold(0.0, f64::max);
    let mut posts = vec![Rect::default(); count];
    let mut canvas = Canvas::default();
    for (place, column) in columns.iter().enumerate() {
        let mut y = 12.0 + (whole - total(column)) / 2.0;
        for node in column {
            posts.put(*node, Rect { x: place as f64 * ASIDE, y, w: POST, h: height(*node) });
            y += height(*node) + BETWEEN;
        }
    }
    bands(&mut canvas, sankey, &flows, &posts, scale);
    let last = columns.len().saturating_sub(1);
    for (place, column) in columns.iter().enumerate() {
        for node in column {
            let post = posts.at(*node);
            let title =
                sankey.nodes.get(*node).map_or("", |node| if node.1.is_empty() { &node.0 } else { &node.1 });
            canvas.begin(title);
            canvas.rect(post, 2.0, filled(Ink::Series(*node)));
            let name = cut(title, size::TEXT, Weight::Bold, ASIDE - POST - 30.0);
            let at = point(post.right() + 7.0, post.middle().y + 4.0);
            canvas.text(at, Anchor::Start, bold(size::TEXT, Ink::Text), &name);
            // Not what the name says already.
            let shown = only_amount(sankey, &flows, *node);
            let shown = if title.ends_with(shown) { "" } else { shown };
            let w = width(&name, size::TEXT, Weight::Bold);
            let lower = point(at.x, at.y + 14.0);
            let shown = cut(shown, size::SMALL, Weight::Regular, ASIDE - POST - 30.0);
            canvas.text(lower, Anchor::Start, font(size::SMALL, Ink::Soft), &shown);
            canvas.end();
            if place == last {
                canvas.reach(at.x + w.max(width(&shown, size::SMALL, Weight::Regular)) + 4.0, 0.0);
            }
        }
    }
    canvas.reach(0.0, whole + 28.0);
    canvas
}

/// The amount at a post that has one flow on a side, as it is shown.
fn only_amount<'a>(sankey: &'a Sankey, flows: &[Flow], node: usize) -> &'a str {
    for is_into in [true, false] {
        let mut list = flows.iter().filter(|flow| if is_into { flow.to == node } else { flow.from == node });
        if let (Some(flow), None) = (list.next(), list.next()) {
            return sankey.links.get(flow.index).map_or("", |link| link.3.as_str());
        }
    }
    ""
}

/// The columns that things stand in, and their order in these.
fn columns(count: usize, flows: &[Flow]) -> Vec<Vec<usize>> {
    let mut plan = Plan { boxes: vec![PlannedBox::default(); count], ..Plan::default() };
    plan.lines.extend(flows.iter().map(|flow| PlannedLine {
        from: flow.from,
        to: flow.to,
        ..PlannedLine::default()
    }));
    let ranks = ranks(&plan);
    let number = ranks.iter().max().map_or(0, |last| last + 1);
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); number];
    (0..count).for_each(|node| columns.add(ranks.at(node), node));
    let mut place = vec![0.0f64; count];
    for round in 0..6 {
        for step in 0..number {
            let column = if round % 2 == 0 { step } else { number - 1 - step };
            let Some(list) = columns.get_mut(column) else { continue };
            let wish = |node: usize| {
                let (mut sum, mut weight) = (0.0, 0.0);
                for flow in flows {
                    let other = if flow.to == node && round % 2 == 0 {
                        flow.from
                    } else if flow.from == node && round % 2 == 1 {
                        flow.to
                    } else {
                        continue;
                    };
                    sum += place.at(other) * flow.amount;
                    weight += flow.amount;
                }
                if weight > 0.0 { sum / weight } else { place.at(node) }
            };
            let mut keyed: Vec<(f64, usize)> = list.iter().map(|node| (wish(*node), *node)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            let half = keyed.len() as f64 / 2.0;
            for (index, (_, node)) in keyed.iter().enumerate() {
                place.put(*node, index as f64 + 0.5 - half);
            }
            *list = keyed.into_iter().map(|(_, node)| node).collect();
        }
    }
    columns
}

fn bands(canvas: &mut Canvas, sankey: &Sankey, flows: &[Flow], posts: &[Rect], scale: f64) {
    // At each post, flows leave and arrive in the order of where they go to and come from.
    let mut order: Vec<usize> = (0..flows.len()).collect();
    let mut starts = vec![0.0; flows.len()];
    let mut ends = vec![0.0; flows.len()];
    let other = |index: usize, is_start: bool| {
        let flow = flows.at(index);
        posts.at(if is_start { flow.to } else { flow.from }).y
    };
    for (is_start, places) in [(true, &mut starts), (false, &mut ends)] {
        order.sort_by(|a, b| other(*a, is_start).total_cmp(&other(*b, is_start)).then(a.cmp(b)));
        let mut used = vec![0.0; posts.len()];
        for index in &order {
            let flow = flows.at(*index);
            let node = if is_start { flow.from } else { flow.to };
            places.put(*index, posts.at(node).y + used.at(node));
            used.put(node, used.at(node) + flow.amount * scale);
        }
    }
    for (index, flow) in flows.iter().enumerate() {
        let (from, to) = (posts.at(flow.from), posts.at(flow.to));
        let (h, a, b) = ((flow.amount * scale).max(1.0), starts.at(index), ends.at(index));
        let (x, right) = (from.right(), to.x);
        let bend = (x + right) / 2.0;
        let name = |node: usize| sankey.nodes.get(node).map_or("", |node| node.1.as_str());
        let shown = sankey.links.get(flow.index).map_or("", |link| link.3.as_str());
        canvas.begin(&format!("{} → {}: {shown}", name(flow.from), name(flow.to)));
        let steps = vec![
            Step::Move(point(x, a)),
            Step::Curve(point(bend, a), point(bend, b), point(right, b)),
            Step::Line(point(right, b + h)),
            Step::Curve(point(bend, b + h), point(bend, a + h), point(x, a + h)),
            Step::Close,
        ];
        canvas.path(steps, Style { opacity: Some(0.85), ..filled(Ink::SeriesFill(flow.from)) });
        // Where a band splits or joins at both ends, its amount stands on it.
        let crowd = |node: usize| {
            let into = flows.iter().filter(|flow| flow.to == node).count();
            let out = flows.iter().filter(|flow| flow.from == node).count();
            into != 1 && out != 1
        };
        if h >= 11.0 && crowd(flow.to) {
            let shown = cut(shown, size::SMALL, Weight::Regular, 70.0);
            let at = point(right - 8.0, b + h / 2.0 + 3.8);
            canvas.text(at, Anchor::End, font(size::SMALL, Ink::Text), &shown);
        }
        canvas.end();
    }
}
