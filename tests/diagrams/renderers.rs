//! What the programs that draw make of our texts: the real Mermaid in a browser, Graphviz, PlantUML.
//!
//! `.ci/install-mermaid` installs the first two; where they are missing, these tests are skipped, but not in CI.

use crate::corpus::{labels, pictures, visible};
use crate::support::{examples, in_ci, pictures_in, root, workspace_of};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use sysdesign::diagrams::mermaid::{Theme, write};
use sysdesign::diagrams::{ALL, Request, dot, find, plantuml};

/// The folder with Mermaid, where it is installed. In CI it has to be.
fn modules() -> Option<PathBuf> {
    let folder = root().join("target/mermaid/node_modules");
    if !folder.join("mermaid/package.json").is_file() && in_ci() {
        let installed = Command::new(root().join(".ci/install-mermaid")).status();
        assert!(installed.is_ok_and(|status| status.success()), "Mermaid could not be installed");
    }
    let is_there = folder.join("mermaid/package.json").is_file() && has("chromium");
    if !is_there {
        assert!(!in_ci(), "no Mermaid: run .ci/install-mermaid");
        eprintln!("skipped: no Mermaid; .ci/install-mermaid installs it");
    }
    is_there.then_some(folder)
}

fn has(program: &str) -> bool {
    let mut command = Command::new(program);
    let version = if program == "dot" { "-V" } else { "--version" };
    command.arg(version).stdin(Stdio::null()).output().is_ok()
}

/// A fresh folder for texts.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// What Mermaid says of each file of a folder.
fn judged(modules: &Path, folder: &Path, version: &str, more: &[&str]) -> Vec<Value> {
    let mut command = Command::new("node");
    command.arg(root().join("tests/mermaid/check.mjs")).arg("--modules").arg(modules);
    command.args(["--mermaid", version, "--json", "--texts"]).args(more).arg(folder).stdin(Stdio::null());
    let output = command.output().expect("node runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines: Vec<Value> = text.lines().skip(1).filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert!(!lines.is_empty(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    let is_wrong = |line: &&Value| {
        let note = line["note"].as_str().unwrap_or("");
        line["ok"] != true || note.contains("active element") || note.contains("tried to load")
    };
    let wrong: Vec<&Value> = lines.iter().filter(is_wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    lines
}

#[test]
fn every_picture_of_every_example_is_drawn_by_mermaid() {
    let Some(modules) = modules() else { return };
    let folder = folder("mermaid-examples");
    let mut count = 0;
    for (name, path) in examples() {
        let workspace = workspace_of(&path);
        let mut drawn = pictures_in(&workspace, ALL, &Request::default());
        let with_numbers = Request { numbers: true, ..Request::default() };
        let kinds = ["architecture", "requirements"].map(|kind| find(kind).unwrap());
        drawn.extend(pictures_in(&workspace, &kinds, &with_numbers));
        for (number, picture) in drawn.iter().enumerate() {
            let written = write(picture, if number % 2 == 0 { Theme::Adaptive } else { Theme::Dark });
            if !written.is_markdown {
                std::fs::write(folder.join(format!("{name}-{number}.mmd")), written.text).unwrap();
                count += 1;
            }
        }
    }
    assert_eq!(judged(&modules, &folder, "mermaid", &[]).len(), count);
    // Pages lag behind: the version before must understand all of it too.
    assert_eq!(judged(&modules, &folder, "mermaid11", &["--no-render"]).len(), count);
}

#[test]
fn every_label_is_shown_as_it_is_by_mermaid() {
    const AT_ONCE: usize = 24;
    let Some(modules) = modules() else { return };
    let folder = folder("mermaid-labels");
    let labels = labels();
    let chunks: Vec<&[String]> = labels.chunks(AT_ONCE).collect();
    for (number, chunk) in chunks.iter().enumerate() {
        let texts: Vec<&str> = chunk.iter().map(String::as_str).collect();
        for picture in pictures(&texts, texts[0]) {
            let written = write(&picture, Theme::Adaptive);
            if !written.is_markdown {
                std::fs::write(folder.join(format!("{}-{number}.mmd", picture.name)), written.text).unwrap();
            }
        }
    }
    // Lines are broken anywhere, so that blanks say nothing.
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let mut lost: Vec<String> = Vec::new();
    for line in judged(&modules, &folder, "mermaid", &[]) {
        let file =
            Path::new(line["file"].as_str().unwrap()).file_stem().unwrap().to_string_lossy().into_owned();
        let (name, number) = file.rsplit_once('-').unwrap();
        // The grammar of these takes ASCII only, and narrow bars show no names.
        if name == "sankey" || name == "chart" {
            continue;
        }
        let texts = line["texts"].as_array().unwrap().iter().filter_map(Value::as_str);
        let shown = bare(&texts.collect::<Vec<&str>>().join(""));
        for label in chunks[number.parse::<usize>().unwrap()] {
            // Where nothing is said, some pictures show nothing.
            if visible(label) != "…" && !shown.contains(&bare(&visible(label))) {
                lost.push(format!("{name}: {label:?}"));
            }
        }
    }
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn graphviz_reads_every_picture() {
    if !has("dot") {
        assert!(!in_ci(), "no Graphviz: run .ci/install-mermaid");
        eprintln!("skipped: no Graphviz");
        return;
    }
    let workspace = workspace_of(&root().join("examples/parking-garage.yaml"));
    let mut all = pictures_in(&workspace, ALL, &Request::default());
    let labels = labels();
    let texts: Vec<&str> = labels.iter().map(String::as_str).collect();
    all.extend(pictures(&texts, "title"));
    let folder = folder("dot");
    for (number, picture) in all.iter().enumerate() {
        let Some(text) = dot::write(picture, Theme::Adaptive) else { continue };
        let file = folder.join(format!("{number}.dot"));
        std::fs::write(&file, &text).unwrap();
        // Only read and written again: drawing hundreds of boxes takes its time.
        let output = Command::new("dot").arg("-Tcanon").arg(&file).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{}: {said}\n{text}", picture.name);
    }
}

#[test]
fn plantuml_reads_every_picture_where_it_is_installed() {
    if Command::new("plantuml").arg("-version").output().is_err() {
        eprintln!("skipped: no PlantUML");
        return;
    }
    let folder = folder("plantuml");
    let workspace = workspace_of(&root().join("examples/parking-garage.yaml"));
    let mut all = pictures_in(&workspace, &crate::support::quick(), &Request::default());
    let labels = labels();
    let texts: Vec<&str> = labels.iter().take(60).map(String::as_str).collect();
    all.extend(pictures(&texts, "title"));
    for (number, picture) in all.iter().enumerate() {
        if let Some(text) = plantuml::write(picture, Theme::Adaptive) {
            std::fs::write(folder.join(format!("{number}.puml")), text).unwrap();
        }
    }
    let mut command = Command::new("plantuml");
    let files = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let output = command.arg("-checkonly").args(files).output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{said}");
}
