//! Labels that are known to break programs that write diagrams, and pictures that have one in every position.

use crate::support::root;
use sysdesign::diagrams::picture::*;

/// The labels of `tests/renderers/labels.txt`, and some of our own.
pub fn labels() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("tests/renderers/labels.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    // A lone surrogate is no text in Rust.
    let mut labels: Vec<String> = lines.filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert!(labels.len() > 180, "{}", labels.len());
    labels.extend(
        [
            "\"]\nclick n1 href \"javascript:alert(1)\"",
            "---\nconfig:\n  theme: dark\n---",
            "x\n  end\n  nother[\"injected\"]",
            "-->",
            "{{ 7*7 }} ${x} <%= y %> {% include %}",
            "//host [[x]] !include <&icon> ''bold''",
            "x;y\nz#quot;",
            "<!-- sysdesign: end -->",
            "direction\nTB",
        ]
        .map(str::to_owned),
    );
    labels
}

/// What a label looks like when it is shown: on one line, without what cannot be seen.
pub fn visible(label: &str) -> String {
    let hides = |sign: char| {
        sign.is_control()
            || sign.is_whitespace()
            || matches!(u32::from(sign), 0x200b | 0x200e | 0x200f | 0x202a..=0x202e | 0xfeff)
    };
    let words: Vec<&str> = label.split(hides).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "…".to_owned() } else { words.join(" ") }
}

fn picture(name: &str, title: &str, body: Body) -> Picture {
    Picture {
        name: name.to_owned(),
        title: title.to_owned(),
        description: title.to_owned(),
        body,
        legend: Vec::new(),
        notices: vec![title.to_owned()],
    }
}

/// Pictures of every body with these labels in every position. `title` is the label in the title.
pub fn pictures(labels: &[&str], title: &str) -> Vec<Picture> {
    let text = |label: &&str| (*label).to_owned();
    let id = |number: usize| format!("id{number}");
    let graph = Graph {
        groups: labels
            .iter()
            .enumerate()
            .map(|(at, label)| Group {
                id: format!("group{at}"),
                title: text(label),
                subtitle: Some(format!("is {label}")),
                ..Group::default()
            })
            .collect(),
        nodes: labels
            .iter()
            .enumerate()
            .map(|(at, label)| Node {
                id: id(at),
                title: text(label),
                subtitle: Some(text(label)),
                lines: vec![text(label)],
                shape: [
                    Shape::Box,
                    Shape::Round,
                    Shape::Cylinder,
                    Shape::Pipe,
                    Shape::Hexagon,
                    Shape::Process,
                    Shape::Diamond,
                    Shape::Note,
                ][at % 8],
                tone: Tone::Store,
                group: Some(at),
                ..Node::default()
            })
            .collect(),
        edges: labels
            .iter()
            .enumerate()
            .map(|(at, label)| Edge {
                from: at,
                to: (at + 1) % labels.len(),
                label: vec![text(label)],
                weight: 1.0,
                ..Edge::default()
            })
            .collect(),
        ..Graph::default()
    };
    let mut flowchart = picture("graph", title, Body::Graph(graph));
    flowchart.legend =
        labels.iter().map(|label| Key { tone: Tone::Hot, line: None, text: text(label) }).collect();
    let participants = labels
        .iter()
        .enumerate()
        .map(|(at, label)| Participant {
            id: id(at),
            title: text(label),
            shape: Shape::Box,
            tone: Tone::Plain,
        })
        .chain([Participant {
            id: "last".into(),
            title: "last".into(),
            shape: Shape::Person,
            tone: Tone::Plain,
        }])
        .collect();
    let last = labels.len();
    let items = labels
        .iter()
        .enumerate()
        .flat_map(|(at, label)| {
            let message = |kind, from, to| Item::Message(Message { from, to, text: text(label), kind });
            let inner = vec![message(MessageKind::Call, at, last), message(MessageKind::Answer, last, at)];
            [
                message(MessageKind::Async, last, at),
                Item::Note { over: (at, last), text: vec![text(label), text(label)] },
                Item::Frame {
                    kind: [Frame::Alternatives, Frame::Parallel, Frame::Loop, Frame::Optional][at % 4],
                    sections: vec![(text(label), inner)],
                },
            ]
        })
        .collect();
    let entities = Entities {
        entities: labels
            .iter()
            .enumerate()
            .map(|(at, label)| Entity {
                id: id(at),
                title: text(label),
                attributes: vec![Attribute {
                    shape: text(label),
                    name: "name".into(),
                    keys: vec!["PK", "FK"],
                    comment: text(label),
                }],
            })
            .collect(),
        relations: labels
            .iter()
            .enumerate()
            .map(|(at, label)| Relation {
                from: at,
                to: (at + 1) % labels.len(),
                from_count: Cardinality::Many,
                to_count: Cardinality::One,
                is_identifying: at % 2 == 0,
                label: text(label),
            })
            .collect(),
    };
    let classes = Classes {
        classes: labels
            .iter()
            .enumerate()
            .map(|(at, label)| Class {
                id: id(at),
                title: text(label),
                stereotype: Some("interface".into()),
                namespace: None,
                fields: vec![text(label)],
                methods: vec![text(label)],
            })
            .collect(),
        ties: Vec::new(),
    };
    let states = States {
        states: labels.iter().enumerate().map(|(at, label)| (id(at), text(label))).collect(),
        changes: labels
            .iter()
            .enumerate()
            .map(|(at, label)| Change {
                from: Some(at),
                to: Some((at + 1) % labels.len()),
                label: text(label),
            })
            .collect(),
    };
    let requirements = Requirements {
        requirements: labels
            .iter()
            .enumerate()
            .map(|(at, label)| Wanted {
                // Names must differ, as ids do.
                id: format!("{at} {label}"),
                text: text(label),
                check: Some(text(label)),
                quality: Some("cost".into()),
                verdict: None,
                tone: Tone::Good,
            })
            .collect(),
        elements: labels
            .iter()
            .enumerate()
            .map(|(at, label)| (format!("e {at} {label}"), text(label)))
            .collect(),
        ties: labels.iter().enumerate().map(|(at, _)| (at, at)).collect(),
    };
    let sankey = Sankey {
        nodes: labels
            .iter()
            .enumerate()
            .map(|(at, label)| (id(at), format!("{at} {label}")))
            .chain([("z".into(), "z".into())])
            .collect(),
        links: labels.iter().enumerate().map(|(at, _)| (at, last, 5.0, "5".into())).collect(),
        unit: "x".into(),
    };
    let first = labels.first().copied().unwrap_or_default();
    let chart = Chart {
        x_title: first.to_owned(),
        x: labels.iter().map(text).collect(),
        y_title: first.to_owned(),
        series: vec![(first.to_owned(), labels.iter().enumerate().map(|(at, _)| at as f64).collect())],
        levels: vec![(first.to_owned(), 3.0)],
        has_bars: true,
    };
    let shares = Shares {
        slices: labels
            .iter()
            .enumerate()
            .map(|(at, label)| (format!("{at} {label}"), 5.0, text(label)))
            .collect(),
    };
    let spans = Spans {
        sections: labels
            .iter()
            .map(|label| {
                let span = TimeSpan {
                    title: text(label),
                    start: 0.0,
                    length: 0.5,
                    shown: text(label),
                    tone: Tone::Plain,
                };
                (text(label), vec![span])
            })
            .collect(),
        limit: Some((first.to_owned(), 0.7)),
    };
    let timeline = Timeline {
        events: labels.iter().map(|label| (text(label), vec![text(label), text(label)])).collect(),
    };
    let branch = |label: &&str| Branch {
        title: text(label),
        tone: Tone::Plain,
        branches: vec![Branch { title: text(label), ..Branch::default() }],
    };
    let mindmap =
        Branch { title: first.to_owned(), tone: Tone::Plain, branches: labels.iter().map(branch).collect() };
    let table = Table {
        columns: vec![first.to_owned(), "x".into()],
        rows: labels.iter().map(|label| vec![text(label), text(label)]).collect(),
    };
    vec![
        flowchart,
        picture("sequence", title, Body::Sequence(Sequence { participants, items })),
        picture("entities", title, Body::Entities(entities)),
        picture("classes", title, Body::Classes(classes)),
        picture("states", title, Body::States(states)),
        picture("requirements", title, Body::Requirements(requirements)),
        picture("sankey", title, Body::Sankey(sankey)),
        picture("chart", title, Body::Chart(chart)),
        picture("shares", title, Body::Shares(shares)),
        picture("spans", title, Body::Spans(spans)),
        picture("timeline", title, Body::Timeline(timeline)),
        picture("mindmap", title, Body::Mindmap(mindmap)),
        picture("table", title, Body::Table(table)),
    ]
}
