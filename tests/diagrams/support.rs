//! Designs and their pictures, without the command line.

#[path = "../cli/support.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line")]
mod program;

#[path = "../rules/example.rs"]
#[allow(dead_code, reason = "shared with the tests of the rules")]
mod example;

pub use program::Folder;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
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

/// The designs that the tests know: the examples, those of the reviews, and those of known numbers.
pub fn designs() -> Vec<(String, PathBuf)> {
    let mut found = examples();
    for (folder, prefix) in [("tests/reviews/designs", "review"), ("tests/estimates/known", "known")] {
        let entries = std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<PathBuf> =
            entries.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
        files.sort();
        let name = |path: &PathBuf| format!("{prefix}-{}", path.file_stem().unwrap().to_string_lossy());
        found.extend(files.into_iter().map(|path| (name(&path), path)));
    }
    found
}

/// All pictures of what rules show on their pages: each block of YAML without errors, by the name of its rule.
pub fn rule_examples() -> Vec<(String, Vec<Picture>)> {
    let mut found = Vec::new();
    for rule in sysdesign::rules::ALL {
        for (number, block) in ["Example", "Instead"].iter().flat_map(|part| rule.examples(part)).enumerate()
        {
            let run = example::Example::parse(&block).run();
            let Some(design) = run.workspace.designs().first() else { continue };
            let drawn = check::with_model(&run.workspace, design, &[], |model| {
                let case = Case::new(model, None);
                let all = diagrams::ALL.iter();
                all.flat_map(|kind| diagrams::draw(&case, kind, &Request::default())).collect()
            });
            found.extend(drawn.ok().map(|pictures| (format!("{}-{number}", rule.name), pictures)));
        }
    }
    assert!(found.len() > 300, "{}", found.len());
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

/// Whether a program is there.
pub fn has(program: &str, version: &str) -> bool {
    let ran = Command::new(program).arg(version).stdin(Stdio::null()).output();
    let is_there = ran.is_ok_and(|output| output.status.success());
    if !is_there {
        assert!(!in_ci(), "no {program}: run .ci/install-renderers");
        eprintln!("skipped: no {program}; .ci/install-renderers installs it");
    }
    is_there
}

/// The folder with what npm brings, where the package is installed. In CI it has to be.
pub fn modules(package: &str) -> Option<PathBuf> {
    let folder = root().join("target/renderers/node_modules");
    let is_there = || folder.join(package).join("package.json").is_file();
    if !is_there() && in_ci() {
        let installed = Command::new(root().join(".ci/install-renderers")).status();
        assert!(installed.is_ok_and(|status| status.success()), "{package} could not be installed");
    }
    if !is_there() {
        assert!(!in_ci(), "no {package}: run .ci/install-renderers");
        eprintln!("skipped: no {package}; .ci/install-renderers installs it");
    }
    is_there().then_some(folder)
}

/// An empty folder for texts.
pub fn fresh_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
