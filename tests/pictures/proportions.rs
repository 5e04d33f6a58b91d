//! Pictures of many things that are alike have proportions that a page can show.

use sysdesign::diagrams::drawing::{draw, notices};
use sysdesign::diagrams::picture::*;
use sysdesign::diagrams::svg;
use sysdesign::diagrams::theme::Theme;

use super::samples;

fn boxes(count: usize, group: impl Fn(usize) -> Option<usize>) -> Vec<Node> {
    let node = |index: usize| Node {
        id: format!("n{index}"),
        title: format!("Service {index}"),
        subtitle: Some("service · go".into()),
        group: group(index),
        ..Node::default()
    };
    (0..count).map(node).collect()
}

/// How many times longer one side is than the other.
fn proportion(graph: Graph) -> f64 {
    let drawn = draw(&samples::picture("x", "Many", Body::Graph(graph)));
    (drawn.w / drawn.h).max(drawn.h / drawn.w)
}

const WAYS: [Direction; 4] =
    [Direction::LeftRight, Direction::RightLeft, Direction::TopBottom, Direction::BottomTop];

#[test]
fn a_hundred_boxes_that_hang_on_one_make_no_long_column() {
    for direction in WAYS {
        for is_called in [true, false] {
            let edge = |other: usize| {
                let (from, to) = if is_called { (0, other) } else { (other, 0) };
                Edge { from, to, weight: 1.0, ..Edge::default() }
            };
            let edges = (1..101).map(edge).collect();
            let graph = Graph { direction, nodes: boxes(101, |_| None), edges, ..Graph::default() };
            let found = proportion(graph);
            assert!(found < 3.0, "{direction:?}, {is_called}: {found}");
        }
    }
}

#[test]
fn a_hundred_boxes_without_lines_make_no_long_column() {
    for direction in WAYS {
        let groups = vec![Group { id: "g".into(), title: "All".into(), ..Group::default() }];
        let graph = Graph { direction, groups, nodes: boxes(100, |_| Some(0)), ..Graph::default() };
        let found = proportion(graph);
        assert!(found < 3.0, "{direction:?}: {found}");
    }
}

#[test]
fn nine_zones_beside_each_other_make_no_long_band() {
    for direction in WAYS {
        let group = |id: usize, parent| Group {
            id: format!("g{id}"),
            title: format!("Zone {id}"),
            parent,
            ..Group::default()
        };
        let mut groups = vec![group(0, None)];
        groups.extend((1..10).map(|zone| group(zone, Some(0))));
        let nodes = boxes(90, |index| Some(1 + index % 9));
        let found = proportion(Graph { direction, groups, nodes, ..Graph::default() });
        assert!(found < 3.0, "{direction:?}: {found}");
    }
}

#[test]
fn what_lies_too_deep_is_counted_below_the_picture() {
    let message = |text: &str| {
        Item::Message(Message { from: 0, to: 0, text: text.to_owned(), kind: MessageKind::Async })
    };
    let mut items = vec![message("innermost")];
    for _ in 0..30 {
        items.push(message("beside"));
        items = vec![Item::Frame { kind: Frame::Loop, sections: vec![("again".into(), items)] }];
    }
    let participants =
        vec![Participant { id: "a".into(), title: "A".into(), shape: Shape::Box, tone: Tone::Plain }];
    let deep = samples::picture("x", "Deep", Body::Sequence(Sequence { participants, items }));
    let mut branch = Branch { title: "leaf".into(), ..Branch::default() };
    for _ in 0..30 {
        branch = Branch { title: "branch".into(), branches: vec![branch], ..Branch::default() };
    }
    let tree = samples::picture("x", "Tree", Body::Mindmap(branch));
    // Six levels lie deeper than 24, and the innermost one holds two messages.
    for (picture, left_out) in [(deep, "7 messages and notes"), (tree, "6 branches")] {
        let said = format!("{left_out} are left out: they lie more than 24 levels deep");
        assert_eq!(notices(&picture), std::slice::from_ref(&said));
        assert!(svg::render(&picture, &Theme::Light).contains(&said));
    }
    assert_eq!(notices(&samples::shop()), samples::shop().notices, "nothing is left out");
}
