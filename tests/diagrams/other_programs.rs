//! What Graphviz, D2 and PlantUML make of our texts.
//!
//! `.ci/install-renderers` installs them; where one is missing, its test is skipped, but not in CI.

use crate::corpus::{labels, pictures, visible};
use crate::support::{designs, fresh_folder, has, modules, pictures_in, root, workspace_of};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Stdio};
use sysdesign::diagrams::mermaid::Theme;
use sysdesign::diagrams::picture::Picture;
use sysdesign::diagrams::{ALL, Kind, Request, d2, dot, plantuml};

type Write = fn(&Picture, Theme) -> Option<String>;

/// How many labels stand in one picture.
const AT_ONCE: usize = 32;

/// Writes all pictures of all designs into a folder, in both themes; answers how many there are.
fn save_designs(folder: &Path, end: &str, write: Write) -> usize {
    // Charts are for Mermaid and for us alone, and what they show takes its time to compute.
    let charts = ["traffic", "latency", "capacity", "sweep", "cost"];
    let kinds: Vec<&Kind> = ALL.iter().copied().filter(|kind| !charts.contains(&kind.name)).collect();
    let mut count = 0;
    for (name, path) in designs() {
        let workspace = workspace_of(&path);
        for (number, picture) in pictures_in(&workspace, &kinds, &Request::default()).iter().enumerate() {
            let theme = if number % 2 == 0 { Theme::Adaptive } else { Theme::Dark };
            let Some(text) = write(picture, theme) else { continue };
            std::fs::write(folder.join(format!("{name}-{number}.{end}")), text).unwrap();
            count += 1;
        }
    }
    assert!(count > 500, "{count}");
    count
}

/// Writes pictures of every body with every label in every position; answers how many there are.
fn save_labels(folder: &Path, end: &str, write: Write) -> usize {
    let mut count = 0;
    for (number, chunk) in labels().chunks(AT_ONCE).enumerate() {
        let texts: Vec<&str> = chunk.iter().map(String::as_str).collect();
        for picture in pictures(&texts, texts[0]) {
            let Some(text) = write(&picture, Theme::Adaptive) else { continue };
            std::fs::write(folder.join(format!("label-{}-{number}.{end}", picture.name)), text).unwrap();
            count += 1;
        }
    }
    count
}

/// What is lost of the labels in the pictures of a folder that a program has drawn from ours: each has to be in the text of its
/// picture, in which nothing may do anything.
fn lost(folder: &Path) -> Vec<String> {
    let labels = labels();
    let mut lost = Vec::new();
    let mut seen = 0;
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let Some(name) =
            name.strip_prefix("label-").filter(|_| path.extension().is_some_and(|end| end == "svg"))
        else {
            continue;
        };
        seen += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let drawn = roxmltree::Document::parse_with_options(&text, options).unwrap();
        let active = ["a", "script", "image", "foreignObject"];
        assert!(!drawn.descendants().any(|node| active.contains(&node.tag_name().name())), "{name}");
        let texts = drawn.descendants().filter(|node| node.has_tag_name("text"));
        let shown: String =
            texts.flat_map(|node| node.descendants()).filter_map(|node| node.text()).collect();
        lost.extend(lacks(name, &shown, &labels));
    }
    assert!(seen > 20, "{seen}");
    lost
}

/// The labels of a picture that are not in its text. Lines are broken anywhere, so that blanks say nothing.
fn lacks(name: &str, shown: &str, labels: &[String]) -> Vec<String> {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let shown = bare(shown);
    let (name, number) = name.rsplit_once('-').unwrap();
    let labels = labels.chunks(AT_ONCE).nth(number.parse().unwrap()).unwrap().iter();
    // Where nothing is said, nothing has to be shown.
    let is_lost = |label: &&String| visible(label) != "…" && !shown.contains(&bare(&visible(label)));
    labels.filter(is_lost).map(|label| format!("{name}: {label:?}")).collect()
}

#[test]
fn graphviz_reads_every_picture_and_shows_every_label() {
    if !has("dot", "-V") {
        return;
    }
    let folder = fresh_folder("dot");
    save_designs(&folder, "dot", dot::write);
    save_labels(&folder, "dot", dot::write);
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    for file in files {
        // Drawing large designs takes its time: they are only read and written again. Each file has a process of its own, because
        // Debian's Graphviz trips over its own memory after some hundred.
        let is_label = file.file_name().unwrap().to_string_lossy().starts_with("label-");
        let mut command = Command::new("dot");
        command.arg(if is_label { "-Tsvg" } else { "-Tcanon" }).arg(&file).arg("-o");
        command.arg(file.with_extension(if is_label { "svg" } else { "read" }));
        let output = command.stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{}: {said}", file.display());
    }
    assert_eq!(lost(&folder), Vec::<String>::new());
}

#[test]
fn plantuml_reads_every_picture_and_shows_every_label() {
    if !has("plantuml", "-version") {
        return;
    }
    let folder = fresh_folder("plantuml");
    let count =
        save_designs(&folder, "puml", plantuml::write) + save_labels(&folder, "puml", plantuml::write);
    // One process for all: it starts slowly, and then is quick.
    let plantuml = |arguments: &[&str], files: &str| {
        let mut command = Command::new("plantuml");
        command.env("JAVA_TOOL_OPTIONS", "-Djava.awt.headless=true -Dfile.encoding=UTF-8").args(arguments);
        command.arg(format!("{}/{files}", folder.display())).stdin(Stdio::null());
        let output = command.output().unwrap();
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    let said = plantuml(&["-checkonly", "-v"], "*.puml");
    let read = said.matches("Reading from ").count();
    assert!(read >= count, "{read} of {count}: {said}");
    assert!(
        !said.contains("contains errors"),
        "one of {count} pictures; `plantuml -syntax` says why: {folder:?}"
    );
    plantuml(&["-charset", "UTF-8", "-tsvg"], "label-*.puml");
    assert_eq!(lost(&folder), Vec::<String>::new());
}

#[test]
fn d2_compiles_every_picture_and_reads_every_label_as_it_is() {
    let Some(modules) = modules("@terrastruct/d2") else { return };
    let folder = fresh_folder("d2");
    let count = save_designs(&folder, "d2", d2::write) + save_labels(&folder, "d2", d2::write);
    let mut command = Command::new("node");
    command.arg(root().join("tests/renderers/d2.mjs")).arg(modules).arg(&folder).stdin(Stdio::null());
    let output = command.output().expect("node runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert_eq!(lines.len(), count, "{}", String::from_utf8_lossy(&output.stderr));
    let wrong: Vec<&Value> = lines.iter().filter(|line| line["ok"] != true).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let labels = labels();
    let mut lost: Vec<String> = Vec::new();
    for line in &lines {
        let Some(name) = line["file"].as_str().unwrap().strip_prefix("label-") else { continue };
        let texts = line["texts"].as_array().unwrap().iter().filter_map(Value::as_str);
        let shown = texts.collect::<Vec<&str>>().join("");
        lost.extend(lacks(name.strip_suffix(".d2").unwrap(), &shown, &labels));
    }
    assert_eq!(lost, Vec::<String>::new());
}
