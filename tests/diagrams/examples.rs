//! What the examples look like. `UPDATE_EXPECTED=1 cargo test --test diagrams` writes the expectations anew.

use crate::support::{drawn, examples, mermaid, pictures_in, quick, root, workspace_of};
use sysdesign::diagrams::mermaid::Theme;
use sysdesign::diagrams::picture::Picture;
use sysdesign::diagrams::{ALL, Request, d2, dot, find, plantuml};

#[track_caller]
fn hold(name: &str, fresh: &str) {
    let path = root().join("tests/diagrams/expected").join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, fresh).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        expected == fresh,
        "tests/diagrams/expected/{name} is another: run `UPDATE_EXPECTED=1 cargo test --test diagrams` and look at the \
         difference\n{fresh}"
    );
}

fn all(pictures: &[Picture]) -> String {
    let texts = mermaid(pictures);
    let named = pictures.iter().zip(texts).map(|(picture, text)| format!("==== {}\n{text}", picture.name));
    named.collect::<Vec<String>>().join("\n")
}

#[test]
fn a_garage_in_every_kind_of_picture() {
    let workspace = workspace_of(&root().join("examples/parking-garage.yaml"));
    hold("parking-garage.txt", &all(&pictures_in(&workspace, &quick(), &Request::default())));
}

#[test]
fn a_shortener_with_numbers() {
    let workspace = workspace_of(&root().join("examples/url-shortener.yaml"));
    let request = Request { numbers: true, flow: Some("redirect"), ..Request::default() };
    let kinds = [
        "architecture",
        "traffic",
        "latency",
        "capacity",
        "sweep",
        "cost",
        "failures",
        "requirements-matrix",
    ];
    let kinds: Vec<_> = kinds.into_iter().map(|kind| find(kind).unwrap()).collect();
    hold("url-shortener-numbers.txt", &all(&pictures_in(&workspace, &kinds, &request)));
}

#[test]
fn a_shortener_for_other_programs() {
    let workspace = workspace_of(&root().join("examples/url-shortener.yaml"));
    let kinds = ["architecture", "sequence", "entities", "classes", "states"];
    let kinds: Vec<_> = kinds.into_iter().map(|kind| find(kind).unwrap()).collect();
    let request = Request { flow: Some("redirect"), ..Request::default() };
    let pictures = pictures_in(&workspace, &kinds, &request);
    type Write = fn(&Picture, Theme) -> Option<String>;
    let formats: [(&str, Write); 3] = [("dot", dot::write), ("d2", d2::write), ("puml", plantuml::write)];
    for (name, write) in formats {
        let texts: Vec<String> =
            pictures.iter().filter_map(|picture| write(picture, Theme::Adaptive)).collect();
        hold(&format!("url-shortener.{name}"), &texts.join("\n"));
    }
}

#[test]
fn every_kind_is_drawn_of_some_example() {
    let mut drawn: Vec<&str> = Vec::new();
    for (_, path) in examples() {
        let workspace = workspace_of(&path);
        for kind in ALL {
            if !drawn.contains(&kind.name)
                && !pictures_in(&workspace, &[kind], &Request::default()).is_empty()
            {
                drawn.push(kind.name);
            }
        }
    }
    let left: Vec<&str> = ALL.iter().map(|kind| kind.name).filter(|name| !drawn.contains(name)).collect();
    assert_eq!(left, Vec::<&str>::new());
}

const SMALL: &str = "sysdesign: 1\nname: Shop\ncomponents:\n  user: client\n  app: service\n  db: database\nflows:\n  \
                     buy: { steps: [\"user -> app: buy\", \"app -> db: insert\"] }\ngroups:\n  back: { contains: [app, db] }\n";

#[test]
fn a_new_component_changes_only_lines_about_it() {
    let larger = SMALL
        .replace("  db: database\n", "  db: database\n  queue: queue\n")
        .replace("\"app -> db: insert\"", "\"app -> db: insert\", \"app ~> queue: tell\"");
    for kind in ["architecture", "c4-context", "c4-container", "data-flow", "sequence"] {
        let (before, after) =
            (drawn(SMALL, kind, &Request::default()), drawn(&larger, kind, &Request::default()));
        let gone: Vec<&str> =
            before.lines().filter(|line| !after.lines().any(|other| other == *line)).collect();
        assert_eq!(gone, Vec::<&str>::new(), "{kind}");
        let new = after.lines().filter(|line| !before.lines().any(|other| other == *line));
        // A colour that was not used before has a line of its own.
        let strange: Vec<&str> =
            new.filter(|line| !line.contains("queue") && !line.contains("classDef")).collect();
        assert_eq!(strange, Vec::<&str>::new(), "{kind}");
    }
}

#[test]
fn a_view_says_what_is_shown() {
    let design = format!(
        "{SMALL}views:\n  front: {{ title: The front, include: [user, app], direction: top-bottom }}\n  \
         near: {{ include: [{{ id: user, neighbours: 1 }}] }}\n  stores: {{ include: [{{ kind: database }}] }}\n  \
         rest: {{ exclude: [{{ group: back }}] }}\n  short: {{ collapse: [back] }}\n  flat: {{ detail: overview }}\n  \
         much: {{ detail: full }}\n"
    );
    let view = |id: &str| drawn(&design, "architecture", &Request { view: Some(id), ..Request::default() });
    let front = view("front");
    assert!(front.contains("The front") && front.contains("flowchart TB"), "{front}");
    assert!(front.contains("napp[") && !front.contains("ndb["), "{front}");
    assert!(view("near").contains("napp[") && !view("near").contains("ndb["), "{}", view("near"));
    assert!(view("stores").contains("ndb[") && !view("stores").contains("nuser("), "{}", view("stores"));
    assert!(view("rest").contains("nuser(") && !view("rest").contains("napp["), "{}", view("rest"));
    for short in [view("short"), view("flat")] {
        assert!(short.contains("nback[\"back<br/>2 components\"]") && !short.contains("napp["), "{short}");
        assert!(short.contains("nuser --> nback"), "{short}");
    }
    assert!(view("much").contains("nuser --> |\"buy\"| napp"), "{}", view("much"));
}

#[test]
fn findings_are_marked_with_signs_and_colours() {
    use sysdesign::diagrams::Mark;
    use sysdesign::{Severity, Span, source::FileId};
    let mark = |section: &str, id: &str, severity: Severity, rule: &str| Mark {
        section: section.into(),
        id: id.into(),
        span: Span::new(FileId(9), 0, 0),
        severity,
        rule: rule.into(),
    };
    let marks = [
        mark("components", "app", Severity::Warning, "unused-component"),
        mark("components", "db", Severity::Error, "overloaded"),
    ];
    let text = drawn(SMALL, "architecture", &Request { marks: &marks, ..Request::default() });
    assert!(
        text.contains("⚠ unused-component\"]:::warm") && text.contains("✗ overloaded\")]:::hot"),
        "{text}"
    );
    assert!(text.contains("subgraph legend") && text.contains("✗ error"), "{text}");
}
