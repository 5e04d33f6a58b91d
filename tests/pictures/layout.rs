//! What holds for every layout of boxes, frames and lines, tried on many that are made at random.

use sysdesign::diagrams::layout::layered::{
    Placed, Plan, PlannedBox, PlannedFrame, PlannedLine, lay_out, loop_room,
};
use sysdesign::diagrams::layout::{Point, Rect};
use sysdesign::diagrams::picture::{Body, Direction, Graph};

use super::samples;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }
}

fn plan(seed: u64) -> Plan {
    let mut dice = Dice(seed);
    let directions = [Direction::LeftRight, Direction::RightLeft, Direction::TopBottom, Direction::BottomTop];
    let direction = directions[dice.below(4)];
    let boxes = 1 + dice.below(24);
    let frames = dice.below(7);
    let mut plan = Plan { direction, ..Plan::default() };
    for index in 0..frames {
        let parent = (index > 0 && dice.below(2) == 0).then(|| dice.below(index));
        plan.frames.push(PlannedFrame { parent, title_w: 20.0 + dice.below(200) as f64, title_h: 18.0 });
    }
    for _ in 0..boxes {
        let frame = (frames > 0 && dice.below(4) > 0).then(|| dice.below(frames));
        let (w, h) = (40.0 + dice.below(160) as f64, 30.0 + dice.below(90) as f64);
        plan.boxes.push(PlannedBox { w, h, frame, aside: 0.0 });
    }
    let has_labels = dice.below(3) > 0;
    for _ in 0..dice.below(2 * boxes + 2) {
        let (from, to) = (dice.below(boxes), dice.below(boxes));
        let is_labelled = has_labels && dice.below(2) == 0;
        let (label_w, label_h) = if is_labelled {
            (20.0 + dice.below(110) as f64, 16.0 + dice.below(3) as f64 * 15.0)
        } else {
            (0.0, 0.0)
        };
        if from == to {
            let room = loop_room(direction, label_w, label_h);
            if plan.boxes[from].aside > 0.0 {
                continue;
            }
            plan.boxes[from].aside = room;
        }
        plan.lines.push(PlannedLine { from, to, label_w, label_h });
    }
    plan
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.x < b.right() - 0.1 && b.x < a.right() - 0.1 && a.y < b.bottom() - 0.1 && b.y < a.bottom() - 0.1
}

fn holds(outer: &Rect, inner: &Rect) -> bool {
    outer.x <= inner.x
        && outer.y <= inner.y
        && inner.right() <= outer.right()
        && inner.bottom() <= outer.bottom()
}

fn is_around(plan: &Plan, frame: usize, inner: Option<usize>) -> bool {
    let mut next = inner;
    while let Some(index) = next {
        if index == frame {
            return true;
        }
        next = plan.frames[index].parent;
    }
    false
}

/// A segment as a thin rectangle.
fn thin(a: &Point, b: &Point) -> Rect {
    Rect { x: a.x.min(b.x), y: a.y.min(b.y), w: (a.x - b.x).abs().max(0.3), h: (a.y - b.y).abs().max(0.3) }
}

fn check(plan: &Plan, placed: &Placed, name: &str) {
    for (index, rect) in placed.boxes.iter().enumerate() {
        assert!(
            [rect.x, rect.y, rect.w, rect.h].iter().all(|value| value.is_finite()),
            "{name}: box {index}"
        );
        for (other, second) in placed.boxes.iter().enumerate().skip(index + 1) {
            assert!(!overlap(rect, second), "{name}: boxes {index} and {other} overlap");
        }
        for (frame, around) in placed.frames.iter().enumerate().filter(|(_, around)| around.w > 0.0) {
            if is_around(plan, frame, plan.boxes[index].frame) {
                assert!(holds(around, rect), "{name}: box {index} is not inside its frame {frame}");
            } else {
                assert!(!overlap(around, rect), "{name}: box {index} lies in the foreign frame {frame}");
            }
        }
    }
    for (index, rect) in placed.frames.iter().enumerate().filter(|(_, rect)| rect.w > 0.0) {
        for (other, second) in
            placed.frames.iter().enumerate().skip(index + 1).filter(|(_, rect)| rect.w > 0.0)
        {
            let nested = is_around(plan, index, Some(other)) || is_around(plan, other, Some(index));
            assert!(nested || !overlap(rect, second), "{name}: frames {index} and {other} overlap");
            if is_around(plan, index, Some(other)) {
                assert!(holds(rect, second), "{name}: frame {other} is not inside frame {index}");
            }
        }
    }
    for (index, corners) in placed.lines.iter().enumerate() {
        let line = plan.lines[index];
        assert!(corners.len() >= 2, "{name}: line {index} is not drawn");
        let ends = [corners[0], corners[corners.len() - 1]];
        for (end, at) in [(line.from, ends[0]), (line.to, ends[1])] {
            let rect = placed.boxes[end];
            let near = Rect { x: rect.x - 0.5, y: rect.y - 0.5, w: rect.w + 1.0, h: rect.h + 1.0 };
            assert!(
                holds(&near, &Rect { x: at.x, y: at.y, w: 0.0, h: 0.0 }),
                "{name}: line {index} misses box {end}"
            );
        }
        for pair in corners.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            assert!((a.x - b.x).abs() < 0.1 || (a.y - b.y).abs() < 0.1, "{name}: line {index} is oblique");
            for (other, rect) in placed.boxes.iter().enumerate() {
                assert!(!overlap(&thin(&a, &b), rect), "{name}: line {index} runs through box {other}");
            }
        }
    }
    let labels: Vec<(usize, Rect)> =
        placed.labels.iter().enumerate().filter_map(|(index, label)| Some((index, (*label)?))).collect();
    let wanted = plan.lines.iter().filter(|line| line.label_w > 0.0).count();
    assert_eq!(labels.len(), wanted, "{name}: every label has a place");
    for (place, (index, label)) in labels.iter().enumerate() {
        for (other, rect) in placed.boxes.iter().enumerate() {
            assert!(!overlap(label, rect), "{name}: label {index} lies on box {other}");
        }
        for (other, second) in labels.iter().skip(place + 1) {
            assert!(!overlap(label, second), "{name}: labels {index} and {other} overlap");
        }
    }
}

#[test]
fn nothing_lies_on_anything_else_in_three_hundred_random_graphs() {
    for seed in 0..300 {
        let plan = plan(seed);
        check(&plan, &lay_out(&plan), &format!("seed {seed}"));
    }
}

#[test]
fn a_layout_is_the_same_every_time() {
    for seed in 0..20 {
        let plan = plan(seed);
        assert_eq!(lay_out(&plan), lay_out(&plan));
    }
}

fn graph_plan(graph: &Graph) -> Plan {
    let mut plan = Plan { direction: graph.direction, ..Plan::default() };
    let boxes = graph.nodes.iter();
    plan.boxes.extend(boxes.map(|node| PlannedBox { w: 120.0, h: 48.0, frame: node.group, aside: 0.0 }));
    let frames = graph.groups.iter();
    plan.frames.extend(frames.map(|group| PlannedFrame {
        parent: group.parent,
        title_w: 90.0,
        title_h: 18.0,
    }));
    for edge in &graph.edges {
        let label_w = if edge.label.is_empty() { 0.0 } else { 60.0 };
        plan.lines.push(PlannedLine { from: edge.from, to: edge.to, label_w, label_h: 17.0 });
    }
    plan
}

#[test]
fn one_more_component_leaves_most_of_a_picture_as_it_was() {
    let Body::Graph(graph) = samples::platform(Direction::LeftRight).body else { panic!("a graph") };
    let before = lay_out(&graph_plan(&graph));
    for target in 0..graph.nodes.len() {
        let mut more = graph.clone();
        let mut node = more.nodes[target].clone();
        node.id = "new".into();
        more.nodes.push(node);
        let mut edge = more.edges[0].clone();
        (edge.from, edge.to) = (target, graph.nodes.len());
        more.edges.push(edge);
        let after = lay_out(&graph_plan(&more));
        // Which of two boxes is further to the right, and which is further down.
        let (mut same, mut all) = (0, 0);
        for a in 0..graph.nodes.len() {
            for b in 0..a {
                let order = |placed: &Placed| {
                    let (a, b) = (placed.boxes[a].middle(), placed.boxes[b].middle());
                    (a.x.total_cmp(&b.x), a.y.total_cmp(&b.y))
                };
                let (old, new) = (order(&before), order(&after));
                same += usize::from(old.0 == new.0) + usize::from(old.1 == new.1);
                all += 2;
            }
        }
        let share = same as f64 / all as f64;
        assert!(share > 0.8, "behind {}: only {share:.2} keep their order", graph.nodes[target].id);
    }
}

#[test]
fn graphs_that_make_no_sense_are_laid_out_all_the_same() {
    assert_eq!(lay_out(&Plan::default()).boxes, Vec::new());
    let planned = PlannedBox { w: f64::NAN, h: f64::INFINITY, frame: Some(9), aside: -1.0 };
    let line = PlannedLine { from: 0, to: 7, label_w: f64::NAN, label_h: 1.0 };
    let frame = PlannedFrame { parent: Some(0), ..PlannedFrame::default() };
    let plan = Plan { boxes: vec![planned], frames: vec![frame], lines: vec![line], ..Plan::default() };
    let placed = lay_out(&plan);
    assert!(placed.w.is_finite() && placed.h.is_finite());
}
