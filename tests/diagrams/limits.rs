//! Designs that are too large for one picture, and texts that are too long.

use crate::support::{drawn, mermaid, pictures_in, quick, workspace};
use sysdesign::diagrams::mermaid::{MOST_CHARACTERS, MOST_EDGES, Theme, write};
use sysdesign::diagrams::picture::{Body, Picture};
use sysdesign::diagrams::{Request, find};

fn is_within_limits(picture: &Picture) {
    let written = write(picture, Theme::Adaptive);
    let units: usize = written.text.chars().map(char::len_utf16).sum();
    assert!(written.is_markdown || units <= MOST_CHARACTERS, "{}: {units}", picture.name);
    assert!(!written.text.is_empty(), "{}", picture.name);
    // The limit is one of flowcharts.
    if !matches!(picture.body, Body::Graph(_)) {
        return;
    }
    let arrows = written
        .text
        .lines()
        .filter(|line| line.contains("-->") || line.contains("-.->") || line.contains("==>"));
    assert!(arrows.count() <= MOST_EDGES, "{}", picture.name);
}

/// A design of many components in groups of 25, each calling its neighbour and some far away.
fn large(count: usize, grouped: bool) -> String {
    let mut text = "sysdesign: 1\nname: Large\ncomponents:\n  user: client\n".to_owned();
    let kinds = ["service", "database", "cache", "queue"];
    for index in 0..count {
        text.push_str(&format!("  part_{index}: {}\n", kinds[index % 4]));
    }
    text.push_str("flows:\n");
    for index in 0..count {
        let (next, far) = ((index + 1) % count, (index * 7 + 3) % count);
        text.push_str(&format!("  f{index}:\n    steps:\n      - user -> part_{index}: call\n"));
        text.push_str(&format!("      - part_{index} -> part_{next}: look up\n"));
        if far != index {
            text.push_str(&format!("      - part_{index} ~> part_{far}: tell\n"));
        }
    }
    if grouped {
        text.push_str("groups:\n");
        for group in 0..count.div_ceil(25) {
            let inside = group * 25..((group + 1) * 25).min(count);
            let names: Vec<String> = inside.map(|index| format!("part_{index}")).collect();
            text.push_str(&format!("  team_{group}: {{ contains: [{}] }}\n", names.join(", ")));
        }
    }
    text
}

#[test]
fn a_thousand_components_become_an_overview_and_its_parts() {
    for grouped in [true, false] {
        let workspace = workspace(&large(1_000, grouped));
        let pictures = pictures_in(&workspace, &[find("architecture").unwrap()], &Request::default());
        let Body::Graph(overview) = &pictures[0].body else { panic!("a graph") };
        assert!((5..=60).contains(&overview.nodes.len()), "{}", overview.nodes.len());
        assert!(pictures[0].notices[0].contains("1001 boxes"), "{:?}", pictures[0].notices);
        assert!(pictures.len() > overview.nodes.len() / 2, "each part has a picture of its own");
        for picture in &pictures {
            let Body::Graph(graph) = &picture.body else { panic!("a graph") };
            assert!(graph.nodes.len() <= 80, "{}: {}", picture.name, graph.nodes.len());
            is_within_limits(picture);
        }
    }
}

#[test]
fn a_hundred_components_are_drawn_in_a_moment() {
    let workspace = workspace(&large(100, true));
    let best = (0..5).map(|_| {
        let start = std::time::Instant::now();
        mermaid(&pictures_in(&workspace, &quick(), &Request::default()));
        start.elapsed()
    });
    let best = best.min().unwrap();
    eprintln!("all pictures of a hundred components, the design read anew: {best:?}");
    // Without optimisation, and beside other tests; `cargo bench --bench diagrams` measures.
    assert!(best.as_millis() < 500, "{best:?}");
}

#[test]
fn no_kind_passes_the_limits_whatever_the_size() {
    for count in [150, 600] {
        let workspace = workspace(&large(count, true));
        let pictures = pictures_in(&workspace, &quick(), &Request::default());
        assert!(pictures.len() > count, "a sequence for each flow");
        pictures.iter().for_each(is_within_limits);
    }
}

#[test]
fn everything_connected_with_everything_is_still_drawn() {
    let mut text = "sysdesign: 1\nname: Knot\ncomponents:\n".to_owned();
    for index in 0..120 {
        let others: Vec<String> =
            (0..120).filter(|other| *other != index).map(|other| format!("c{other}")).collect();
        text.push_str(&format!("  c{index}: {{ kind: service, uses: [{}] }}\n", others.join(", ")));
    }
    let pictures = pictures_in(&workspace(&text), &quick(), &Request::default());
    assert!(pictures.iter().any(|picture| picture.notices.iter().any(|notice| notice.contains("left out"))));
    pictures.iter().for_each(is_within_limits);
}

#[test]
fn a_text_of_sixty_thousand_characters_is_cut() {
    let long = "very long ".repeat(6_000);
    let text = format!(
        "sysdesign: 1\nname: Long\ncomponents:\n  a: {{ kind: service, name: \"{long}\", description: \"{long}\" }}\n  b: database\n\
         flows:\n  f: {{ steps: [\"a -> b: {long}\"] }}\nrequirements:\n  r: \"{long}\"\n"
    );
    for picture in pictures_in(&workspace(&text), &quick(), &Request::default()) {
        is_within_limits(&picture);
    }
}

#[test]
fn a_long_flow_is_cut_and_says_so() {
    let mut text =
        "sysdesign: 1\nname: Long\ncomponents: { a: service, b: database }\nflows:\n  f:\n    steps:\n"
            .to_owned();
    (0..3_000).for_each(|number| text.push_str(&format!("      - a -> b: step {number} of very many\n")));
    let pictures = pictures_in(&workspace(&text), &[find("sequence").unwrap()], &Request::default());
    let written = write(&pictures[0], Theme::Adaptive);
    assert!(written.notices.iter().any(|notice| notice.contains("of 6000 parts")), "{:?}", written.notices);
    is_within_limits(&pictures[0]);
}

#[test]
fn deep_groups_and_frames_are_drawn_without_recursion_over_them() {
    let mut text = "sysdesign: 1\nname: Deep\ncomponents: { a: service, b: database }\nflows: { f: { steps: [a -> b] } }\ngroups:\n".to_owned();
    for level in 0..2_000 {
        text.push_str(&format!(
            "  g{level}: {{ contains: [{}] }}\n",
            if level == 0 { "a".to_owned() } else { format!("g{}", level - 1) }
        ));
    }
    let pictures = pictures_in(&workspace(&text), &quick(), &Request::default());
    assert!(!mermaid(&pictures).is_empty());
}

#[test]
fn words_of_grammars_are_ordinary_ids() {
    let words = [
        "end",
        "o",
        "x",
        "class",
        "graph",
        "subgraph",
        "default",
        "con",
        "nul",
        "constructor",
        "direction",
        "style",
        "state",
    ];
    let mut text = "sysdesign: 1\nname: Words\ncomponents:\n".to_owned();
    words.iter().for_each(|word| text.push_str(&format!("  {word}: service\n")));
    text.push_str("flows:\n  end:\n    steps:\n");
    words.windows(2).for_each(|pair| text.push_str(&format!("      - {} -> {}: call\n", pair[0], pair[1])));
    let drawn = drawn(&text, "architecture", &Request::default());
    for word in words {
        assert!(drawn.contains(&format!("n{word}[\"{word}<br/>Service\"]")), "{word}: {drawn}");
    }
}

#[test]
fn hostile_designs_are_drawn_or_refused_and_never_crash() {
    let folder = crate::support::root().join("tests/hostile");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let mut workspace = sysdesign::Workspace::new();
        let document = sysdesign::Document { identity: "a".into(), name: "a.yaml".into(), bytes };
        if !workspace.add_design(document, &mut sysdesign::NoFiles) {
            continue;
        }
        let Some(design) = workspace.designs().first() else { continue };
        let drawn = sysdesign::check::with_model(&workspace, design, &[], |model| {
            let case = sysdesign::rules::Case::new(model, None);
            let all = sysdesign::diagrams::ALL.iter();
            all.flat_map(|kind| sysdesign::diagrams::draw(&case, kind, &Request::default()))
                .collect::<Vec<_>>()
        });
        if let Ok(pictures) = drawn {
            mermaid(&pictures);
            seen += 1;
        }
    }
    assert!(seen > 1, "some of them are designs: {seen}");
}
