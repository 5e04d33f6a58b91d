//! What the real Mermaid makes of our texts, in a browser.
//!
//! `.ci/install-renderers` installs both; where they are missing, these tests are skipped, but not in CI.

use crate::corpus::{labels, pictures, visible};
use crate::support::{designs, fresh_folder, has, modules, pictures_in, root, rule_examples, workspace_of};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use sysdesign::diagrams::mermaid::{Theme, write};
use sysdesign::diagrams::picture::Picture;
use sysdesign::diagrams::{ALL, Request, find};

/// The folder with Mermaid, where it is installed with a browser. In CI it has to be.
fn mermaid() -> Option<PathBuf> {
    modules("mermaid").filter(|_| has("chromium", "--version"))
}

/// What Mermaid says of each file of a folder.
fn judged(modules: &Path, folder: &Path, version: &str, more: &[&str]) -> Vec<Value> {
    let mut command = Command::new("node");
    command.arg(root().join("tests/renderers/mermaid.mjs")).arg("--modules").arg(modules);
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

/// Writes pictures as files of a folder; answers how many are for Mermaid.
fn save(folder: &Path, name: &str, drawn: &[Picture]) -> usize {
    let mut count = 0;
    for (number, picture) in drawn.iter().enumerate() {
        let written = write(picture, if number % 2 == 0 { Theme::Adaptive } else { Theme::Dark });
        if !written.is_markdown {
            std::fs::write(folder.join(format!("{name}-{number}.mmd")), written.text).unwrap();
            count += 1;
        }
    }
    count
}

#[test]
fn every_picture_of_every_design_is_drawn_by_mermaid() {
    let Some(modules) = mermaid() else { return };
    let folder = fresh_folder("mermaid-designs");
    let mut count = 0;
    for (name, path) in designs() {
        let workspace = workspace_of(&path);
        let mut drawn = pictures_in(&workspace, ALL, &Request::default());
        let with_numbers = Request { numbers: true, ..Request::default() };
        let kinds = ["architecture", "requirements"].map(|kind| find(kind).unwrap());
        drawn.extend(pictures_in(&workspace, &kinds, &with_numbers));
        count += save(&folder, &name, &drawn);
    }
    // What is drawn has been parsed before.
    assert_eq!(judged(&modules, &folder, "mermaid", &["--no-parse"]).len(), count);
    // Pages lag behind: the version before must understand all of it too.
    assert_eq!(judged(&modules, &folder, "mermaid11", &["--no-render"]).len(), count);
}

#[test]
fn every_picture_of_what_rules_show_is_understood_by_mermaid() {
    let Some(modules) = mermaid() else { return };
    let folder = fresh_folder("mermaid-rules");
    let count: usize = rule_examples().iter().map(|(name, drawn)| save(&folder, name, drawn)).sum();
    assert_eq!(judged(&modules, &folder, "mermaid", &["--no-render"]).len(), count);
}

#[test]
fn every_label_is_shown_as_it_is_by_mermaid() {
    const AT_ONCE: usize = 24;
    let Some(modules) = mermaid() else { return };
    let folder = fresh_folder("mermaid-labels");
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
    for line in judged(&modules, &folder, "mermaid", &["--no-parse"]) {
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
