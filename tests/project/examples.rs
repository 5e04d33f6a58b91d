//! The examples are good designs, and between them they use the whole language.

use crate::support::{read, root, sysdesign};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use sysdesign::host::files;
use sysdesign::rules::Profile;
use sysdesign::syntax::{Node, NodeKind};
use sysdesign::{Policy, Workspace, check};

/// All YAML files of the examples, as paths in the repository.
fn all_files() -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from("examples")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root().join(&folder)).expect("a folder") {
            let name = entry.expect("an entry").file_name();
            let path = folder.join(name);
            if root().join(&path).is_dir() {
                folders.push(path);
            } else {
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// The files that are designs of their own, and not parts of one.
fn designs() -> Vec<String> {
    all_files().into_iter().filter(|path| read(path).lines().any(|line| line == "sysdesign: 1")).collect()
}

fn loaded(design: &str) -> Workspace {
    let mut workspace = Workspace::new();
    let document = files::read(&root().join(design)).unwrap_or_else(|trouble| panic!("{}", trouble.message));
    workspace.add_design(document, &mut files::ProjectFiles);
    workspace
}

#[test]
fn there_are_designs_of_all_sizes() {
    let designs = designs();
    assert!(designs.len() >= 7, "{designs:?}");
    let lines = |design: &String| read(design).lines().count();
    assert!(designs.iter().any(|design| lines(design) <= 10));
    assert!(designs.iter().any(|design| lines(design) > 600));
    assert!(designs.iter().any(|design| !loaded(design).designs()[0].catalogs.is_empty()));
}

#[test]
fn nothing_is_found_in_any_design_however_strictly_it_is_judged() {
    for design in designs() {
        let workspace = loaded(&design);
        let policy = Policy { profile: Some(Profile::Strict), ..Policy::default() };
        let outcome = check::check(&workspace, &workspace.designs()[0], &policy);
        let said: Vec<&str> = outcome.findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(said, Vec::<&str>::new(), "{design}");
        // A design may ask for strictness itself, but not for less of it.
        let text = read(&design);
        assert!(!text.contains("profile: minimal") && !text.contains("profile: recommended"), "{design}");
    }
}

#[test]
fn the_program_finds_nothing_in_them_either() {
    let strict = Path::new("tests").join("project").join("strict.toml");
    let config = ["--config", &strict.to_string_lossy(), "--fail-on", "info"].map(str::to_owned);
    let all = designs().into_iter().chain(["examples".to_owned()]);
    for path in all {
        let mut arguments = vec!["validate", path.as_str()];
        arguments.extend(config.iter().map(String::as_str));
        let ran = sysdesign(root(), &arguments);
        assert_eq!(ran.code, Some(0), "{path}:\n{}", ran.said);
        assert!(ran.said.starts_with("no findings in "), "{path}:\n{}", ran.said);
    }
}

#[test]
fn strictness_is_really_asked_for() {
    // Without a summary, a design is fine for all but the strict profile.
    let strict = root().join("tests/project/strict.toml");
    let folder = crate::support::empty_folder("strict");
    let text = "sysdesign: 1\nname: Photo wall\ncomponents: { phone: mobile_app, app: service }\nflows:\n  \
        send: { steps: [\"phone -> app: POST /photos\"] }\n";
    std::fs::write(folder.join("design.yaml"), text).expect("a file can be written");
    let arguments = ["validate", "design.yaml", "--fail-on", "info"];
    assert_eq!(sysdesign(&folder, &arguments).code, Some(0));
    let ran = sysdesign(&folder, &[&arguments[..], &["--config", &strict.to_string_lossy()]].concat());
    assert_eq!(ran.code, Some(1), "{}", ran.said);
    assert!(ran.said.contains("missing-summary"), "{}", ran.said);
}

#[test]
fn editors_find_the_schema_of_every_file() {
    for path in all_files() {
        let text = read(&path);
        let first = text.lines().next().unwrap_or("");
        let schema = first.strip_prefix("# yaml-language-server: $schema=");
        let schema = schema.unwrap_or_else(|| panic!("{path} does not begin with its schema"));
        let found = root().join(&path).parent().expect("a folder").join(schema);
        assert!(found.is_file(), "{path}: there is no {schema}; `sysdesign schema` writes it");
    }
}

fn keys_of<'t>(node: Node<'t>, out: &mut BTreeSet<&'t str>) {
    match node.kind() {
        NodeKind::Map => node.entries().for_each(|(key, value)| {
            out.insert(key.text());
            keys_of(value, out);
        }),
        NodeKind::List => node.items().for_each(|item| keys_of(item, out)),
        NodeKind::Scalar => {}
    }
}

/// Every key of every record of the language, from its schema.
fn keys_of_the_language() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut waiting = vec![sysdesign::schema::design()];
    while let Some(value) = waiting.pop() {
        match value {
            serde_json::Value::Object(object) => {
                if let Some(serde_json::Value::Object(properties)) = object.get("properties") {
                    keys.extend(properties.keys().cloned());
                }
                waiting.extend(object.into_iter().map(|(_, value)| value));
            }
            serde_json::Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    keys
}

/// Keys that none of these designs needs.
const NOT_USED: &[&str] = &["deprecated"];

#[test]
fn between_them_the_examples_use_the_whole_language() {
    let workspaces: Vec<Workspace> = designs().iter().map(|design| loaded(design)).collect();
    let mut used = BTreeSet::new();
    for workspace in &workspaces {
        let design = &workspace.designs()[0];
        for file in &design.files {
            keys_of(workspace.root(*file).expect("a readable example"), &mut used);
        }
    }
    let mut language = keys_of_the_language();
    // Under `rules:`, every rule is a key.
    language.retain(|key| sysdesign::rules::find(key).is_none());
    assert!(language.len() > 150, "only {} keys: is the schema read rightly?", language.len());
    let missing: Vec<&String> = language
        .iter()
        .filter(|key| !used.contains(key.as_str()) && !NOT_USED.contains(&key.as_str()))
        .collect();
    assert!(missing.is_empty(), "no example shows {missing:?}");
}
