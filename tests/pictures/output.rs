//! What holds for every picture that is written.

use sysdesign::diagrams::layout::text::{Weight, clean, width};
use sysdesign::diagrams::picture::*;
use sysdesign::diagrams::theme::{Ink, Theme};
use sysdesign::diagrams::{png, svg};

use super::{bodies, look, samples};

const THEMES: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::Adaptive];

/// Elements and attributes that a picture may have: nothing that runs, loads or leads elsewhere.
const ELEMENTS: [&str; 9] = ["svg", "title", "desc", "style", "g", "rect", "ellipse", "path", "text"];

fn parse(text: &str) -> roxmltree::Document<'_> {
    let document = roxmltree::Document::parse(text).expect("well-formed XML");
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        assert!(ELEMENTS.contains(&name), "there is <{name}>");
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && !name.contains("href"), "there is {name}={value}");
            assert!(
                !value.contains("url(") && !value.contains("NaN") && !value.contains("inf"),
                "{name}={value}"
            );
        }
    }
    assert!(!text.contains("<!") && !text.contains("<?") && !text.contains("@import"));
    document
}

#[test]
fn every_picture_is_well_formed_says_what_it_is_and_loads_nothing() {
    for (name, picture) in look::all() {
        for theme in THEMES {
            let text = svg::render(&picture, &theme);
            let document = parse(&text);
            let root = document.root_element();
            let first =
                |tag: &str| root.children().find(|node| node.has_tag_name(tag)).and_then(|node| node.text());
            assert_eq!(first("title"), Some(picture.title.as_str()), "{name}");
            assert_eq!(first("desc"), Some(picture.description.as_str()), "{name}");
            assert!(root.attribute("role").is_some_and(|role| role.contains("graphics-document")), "{name}");
        }
    }
}

#[test]
fn the_same_picture_is_the_same_bytes() {
    for (name, picture) in look::all() {
        assert_eq!(
            svg::render(&picture, &Theme::Adaptive),
            svg::render(&picture, &Theme::Adaptive),
            "{name}"
        );
    }
    let shop = samples::shop();
    assert_eq!(png::render(&shop, &Theme::Dark, 2.0), png::render(&shop, &Theme::Dark, 2.0));
}

/// Pictures that are kept, to see what a change does to them.
#[test]
fn pictures_look_as_they_did() {
    let kept: Vec<_> = look::all()
        .into_iter()
        .filter(|(name, _)| ["shop", "platform-lr", "large", "sequence", "entities"].contains(name))
        .collect();
    assert_eq!(kept.len(), 5);
    for (name, picture) in kept {
        let path = format!("tests/pictures/golden/{name}.svg");
        let drawn = svg::render(&picture, &Theme::Adaptive);
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::create_dir_all("tests/pictures/golden").unwrap();
            std::fs::write(&path, &drawn).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            expected == drawn,
            "{path} differs: look at it after `UPDATE_EXPECTED=1 cargo test --test pictures`"
        );
    }
}

/// A picture of every kind that has this text wherever text can be.
fn full_of(label: &str) -> Vec<Picture> {
    let label = || label.to_owned();
    let mut shop = samples::shop();
    let Body::Graph(graph) = &mut shop.body else { panic!("a graph") };
    graph.groups.push(Group { id: "g".into(), title: label(), subtitle: Some(label()), ..Group::default() });
    for node in &mut graph.nodes {
        (node.title, node.subtitle, node.description) = (label(), Some(label()), Some(label()));
        node.lines = vec![label()];
        node.group = Some(0);
    }
    graph.edges.iter_mut().for_each(|edge| edge.label = vec![label()]);
    shop.legend.iter_mut().for_each(|key| key.text = label());
    (shop.title, shop.description, shop.notices) = (label(), label(), vec![label()]);
    let mut sequence = bodies::sequence();
    if let Body::Sequence(body) = &mut sequence.body {
        body.participants.iter_mut().for_each(|one| one.title = label());
        body.items = vec![
            Item::Message(Message { from: 0, to: 1, text: label(), kind: MessageKind::Call }),
            Item::Note { over: (0, 1), text: vec![label()] },
            Item::Frame { kind: Frame::Loop, sections: vec![(label(), Vec::new())] },
        ];
    }
    let table = Table { columns: vec![label(), label()], rows: vec![vec![label(), label()]] };
    let timeline = Timeline { events: vec![(label(), vec![label()])] };
    let branch = Branch {
        title: label(),
        branches: vec![Branch { title: label(), ..Branch::default() }],
        ..Branch::default()
    };
    let shares = Shares { slices: vec![(label(), 1.0, label())] };
    let chart = Chart {
        x_title: label(),
        x: vec![label()],
        y_title: label(),
        series: vec![(label(), vec![1.0, 2.0])],
        levels: vec![(label(), 1.5)],
        has_bars: false,
    };
    let sankey = Sankey {
        nodes: vec![("a".into(), label()), ("b".into(), label())],
        links: vec![(0, 1, 2.0, label())],
        unit: label(),
    };
    let states = States {
        states: vec![("a".into(), label())],
        changes: vec![Change { from: Some(0), to: Some(0), label: label() }],
    };
    let entities = Entities {
        entities: vec![Entity {
            id: "a".into(),
            title: label(),
            attributes: vec![Attribute { shape: label(), name: label(), keys: vec!["PK"], comment: label() }],
        }],
        relations: Vec::new(),
    };
    let bodies = [
        Body::Table(table),
        Body::Timeline(timeline),
        Body::Mindmap(branch),
        Body::Shares(shares),
        Body::Chart(chart),
        Body::Sankey(sankey),
        Body::States(states),
        Body::Entities(entities),
    ];
    let mut all = vec![shop, sequence];
    all.extend(bodies.into_iter().map(|body| samples::picture("x", "Title", body)));
    all
}

#[test]
fn labels_that_broke_other_writers_come_through_as_text() {
    let lines = include_str!("../renderers/labels.txt").lines().filter(|line| line.starts_with('"'));
    // A lone surrogate is no text in Rust.
    let labels: Vec<String> = lines.filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert!(labels.len() > 150);
    for label in labels {
        for (index, picture) in full_of(&label).into_iter().enumerate() {
            let text = svg::render(&picture, &Theme::Adaptive);
            let document = parse(&text);
            // The name of a part is never broken into lines or cut.
            let shown = clean(&label);
            let said = document
                .descendants()
                .filter(|node| node.has_tag_name("title") || node.has_tag_name("text"))
                .any(|node| node.text().unwrap_or_default().contains(&shown));
            assert!(said || shown.is_empty() || index > 1, "{label:?} is not in\n{text}");
            let allowed = |letter: char| letter == '\n' || !letter.is_control();
            assert!(text.chars().all(allowed), "{label:?} brings a control character");
        }
    }
}

#[test]
fn text_fits_its_box() {
    for (name, picture) in look::all() {
        let text = svg::render(&picture, &Theme::Light);
        let document = parse(&text);
        for part in document.descendants().filter(|node| node.attribute("role") == Some("graphics-symbol")) {
            let number = |node: roxmltree::Node<'_, '_>, name: &str| {
                node.attribute(name).and_then(|value| value.parse::<f64>().ok())
            };
            let shape = part.children().filter(roxmltree::Node::is_element).nth(1);
            let Some(shape) =
                shape.filter(|shape| shape.has_tag_name("rect") && shape.attribute("stroke").is_some())
            else {
                continue;
            };
            let (Some(x), Some(w)) = (number(shape, "x"), number(shape, "width")) else { continue };
            for line in part.children().filter(|node| node.has_tag_name("text")) {
                let weight =
                    if line.attribute("font-weight").is_some() { Weight::Bold } else { Weight::Regular };
                let size = number(line, "font-size").expect("a size");
                let text_w = width(line.text().unwrap_or_default(), size, weight);
                let middle = number(line, "x").expect("a place");
                if line.attribute("text-anchor") == Some("middle") {
                    let fits = middle - text_w / 2.0 >= x - 0.6 && middle + text_w / 2.0 <= x + w + 0.6;
                    assert!(fits, "{name}: `{}` does not fit its box", line.text().unwrap_or_default());
                }
            }
        }
    }
}

#[test]
fn numbers_that_are_none_draw_nothing_wrong() {
    let bad = vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, 0.0, 1e-300];
    let chart = |has_bars| Chart {
        x: vec!["a".into()],
        series: vec![("s".into(), bad.clone()), ("none".into(), Vec::new())],
        levels: vec![("l".into(), f64::NAN), ("m".into(), 1e300)],
        has_bars,
        ..Chart::default()
    };
    let slices = bad.iter().map(|value| ("x".to_owned(), *value, "?".to_owned())).collect();
    let links =
        bad.iter().map(|value| (0, 1, *value, "?".to_owned())).chain([(0, 9, 1.0, String::new())]).collect();
    let nodes = vec![("a".to_owned(), "A".to_owned()), ("b".to_owned(), "B".to_owned())];
    let spans = bad
        .iter()
        .map(|value| TimeSpan {
            title: "t".into(),
            start: *value,
            length: *value,
            shown: "?".into(),
            tone: Tone::Hot,
        })
        .collect();
    let message = |from, to, kind| Item::Message(Message { from, to, text: "x".into(), kind });
    let sequence = Sequence {
        participants: Vec::new(),
        items: vec![message(0, 4, MessageKind::Answer), Item::Note { over: (3, 9), text: vec!["x".into()] }],
    };
    let edge = Edge { from: 5, to: 6, weight: f64::NAN, ..Edge::default() };
    let group = Group { parent: Some(0), ..Group::default() };
    let node = Node { group: Some(7), ..Node::default() };
    let all = [
        Body::Chart(chart(false)),
        Body::Chart(chart(true)),
        Body::Chart(Chart::default()),
        Body::Shares(Shares { slices }),
        Body::Shares(Shares::default()),
        Body::Sankey(Sankey { nodes, links, unit: String::new() }),
        Body::Sankey(Sankey::default()),
        Body::Spans(Spans { sections: vec![(String::new(), spans)], limit: Some((String::new(), f64::NAN)) }),
        Body::Spans(Spans::default()),
        Body::Sequence(sequence),
        Body::Graph(Graph { nodes: vec![node], edges: vec![edge], groups: vec![group], ..Graph::default() }),
        Body::Graph(Graph::default()),
        Body::Entities(Entities::default()),
        Body::Classes(Classes {
            classes: Vec::new(),
            ties: vec![Tie { from: 0, to: 1, kind: TieKind::Has }],
        }),
        Body::States(States {
            states: Vec::new(),
            changes: vec![Change { from: None, to: None, label: "x".into() }],
        }),
        Body::Requirements(Requirements { ties: vec![(0, 0)], ..Requirements::default() }),
        Body::Timeline(Timeline::default()),
        Body::Mindmap(Branch::default()),
        Body::Table(Table { columns: Vec::new(), rows: vec![vec!["x".into()]] }),
    ];
    for body in all {
        let picture = samples::picture("x", "", body);
        parse(&svg::render(&picture, &Theme::Adaptive));
        png::render(&picture, &Theme::Light, 1.0).expect("a picture");
    }
}

#[test]
fn frames_and_branches_may_lie_deep_in_each_other() {
    let mut items = Vec::new();
    let mut root = Branch { title: "end".into(), ..Branch::default() };
    for _ in 0..400 {
        items = vec![Item::Frame { kind: Frame::Loop, sections: vec![("again".into(), items)] }];
        root = Branch { title: "b".into(), branches: vec![root], ..Branch::default() };
    }
    for body in [Body::Sequence(Sequence { items, ..Sequence::default() }), Body::Mindmap(root)] {
        parse(&svg::render(&samples::picture("x", "deep", body), &Theme::Light));
    }
}

#[test]
fn an_image_has_the_size_that_was_asked_for() {
    let size = |scale: f64| {
        let bytes = png::render(&samples::shop(), &Theme::Light, scale).expect("a picture");
        assert_eq!(&bytes[1..4], b"PNG");
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        (number(16), number(20))
    };
    let (w, h) = size(1.0);
    assert_eq!(size(2.0), (2 * w, 2 * h));
    for scale in [0.0, -1.0, f64::NAN, 1e9] {
        assert!(png::render(&samples::shop(), &Theme::Light, scale).is_err(), "{scale}");
    }
}

#[test]
fn an_image_says_which_letters_it_lacks() {
    let draw = |title: &str| {
        png::render(&samples::picture("x", title, Body::Table(Table::default())), &Theme::Light, 1.0)
    };
    let height = |bytes: Vec<u8>| u32::from_be_bytes(bytes[20..24].try_into().unwrap());
    let (latin, japanese) = (height(draw("Orders").unwrap()), height(draw("注文サービス").unwrap()));
    assert!(japanese > latin, "there is a notice below the picture");
}

#[test]
fn colours_can_be_read_on_both_kinds_of_page() {
    use Tone::*;
    let light = |channel: u8| {
        let part = f64::from(channel) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let brightness = |colour: u32| {
        let [_, r, g, b] = colour.to_be_bytes();
        0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b)
    };
    let contrast = |theme: Theme, a: Ink, b: Ink| {
        let (a, b) = (brightness(theme.colour(a)), brightness(theme.colour(b)));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    };
    let tones = [Plain, Person, Compute, Store, Message, Edge, Support, External, Good, Warm, Hot, Faint];
    for theme in [Theme::Light, Theme::Dark] {
        let grounds = [Ink::Canvas, Ink::Panel, Ink::Band].into_iter().chain(tones.map(Ink::Fill));
        for ground in grounds {
            for text in [Ink::Text, Ink::Soft] {
                let reached = contrast(theme, text, ground);
                assert!(reached >= 4.5, "{theme:?}: {text:?} on {ground:?} has {reached:.2}");
            }
        }
        for series in 0..8 {
            assert!(contrast(theme, Ink::Series(series), Ink::Canvas) >= 4.5, "{theme:?}: series {series}");
            assert!(contrast(theme, Ink::Text, Ink::SeriesFill(series)) >= 4.5, "{theme:?}: fill {series}");
        }
        for tone in tones.into_iter().filter(|tone| *tone != Faint) {
            assert!(contrast(theme, Ink::Border(tone), Ink::Canvas) >= 3.0, "{theme:?}: {tone:?}");
        }
    }
}
