//! Designs and their pictures, without the command line.

#[path = "../cli/support.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line")]
mod program;

pub use program::Folder;

use std::path::{Path, PathBuf};
use sysdesign::diagrams::mermaid::{self, Theme};
use sysdesign::diagrams::picture::Picture;
use sysdesign::diagrams::{self, Kind, Request};
use sysdesign::host::files;
use sysdesign::rules::Case;
use sysdesign::{Document, NoFiles, Workspace, check};

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The designs of `examples/`, each by its name.
pub fn examples() -> Vec<(String, PathBuf)> {
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    for entry in std::fs::read_dir(root().join("examples")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        match path.is_dir() {
            true => found.push((name, path.join("shop.yaml"))),
            false if path.extension().is_some_and(|end| end == "yaml") => found.push((name, path)),
            false => {}
        }
    }
    found.sort();
    assert!(found.len() > 5, "{found:?}");
    found
}

/// The pictures of some kinds of the design in a workspace.
pub fn pictures_in(workspace: &Workspace, kinds: &[&Kind], request: &Request<'_>) -> Vec<Picture> {
    let drawn = check::with_model(workspace, &workspace.designs()[0], &[], |model| {
        let case = Case::new(model, None);
        kinds.iter().flat_map(|kind| diagrams::draw(&case, kind, request)).collect()
    });
    drawn.unwrap_or_else(|outcome| panic!("{:?}", outcome.findings))
}

/// The design in a file.
pub fn workspace_of(path: &Path) -> Workspace {
    let mut workspace = Workspace::new();
    let document = files::read(path).unwrap();
    assert!(workspace.add_design(document, &mut files::ProjectFiles));
    workspace
}

/// The design in a text.
pub fn workspace(text: &str) -> Workspace {
    let mut workspace = Workspace::new();
    let document = Document { identity: "a".into(), name: "a.yaml".into(), bytes: text.into() };
    assert!(workspace.add_design(document, &mut NoFiles));
    workspace
}

/// The kinds that need no numbers.
pub fn quick() -> Vec<&'static Kind> {
    diagrams::ALL.iter().copied().filter(|kind| !kind.needs_numbers).collect()
}

/// Pictures as Mermaid.
pub fn mermaid(pictures: &[Picture]) -> Vec<String> {
    pictures.iter().map(|picture| mermaid::write(picture, Theme::Adaptive).text).collect()
}

/// The one picture of a kind, as Mermaid.
pub fn drawn(text: &str, kind: &str, request: &Request<'_>) -> String {
    let pictures = pictures_in(&workspace(text), &[diagrams::find(kind).unwrap()], request);
    mermaid(&pictures).join("\n")
}

pub fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}
