//! The blocks of `docs/ci.md` are YAML, and the commands in them exist.

use crate::page::blocks;
use crate::support::read;

/// Fails when the command line would refuse these arguments.
pub fn must_be_a_command(arguments: &str) {
    let arguments =
        arguments.split("  #").next().unwrap_or("").split(['|', '>', '&', ';']).next().unwrap_or("");
    let words = std::iter::once("sysdesign")
        .chain(arguments.split_whitespace().map(|word| word.trim_matches(['"', '\''])));
    let parsed = sysdesign::cli::command().try_get_matches_from(words);
    assert!(
        parsed.is_ok(),
        "sysdesign {arguments}: {}",
        parsed.err().map(|error| error.to_string()).unwrap_or_default()
    );
}

/// All texts of a YAML value.
fn texts(value: &yaml_serde::Value, out: &mut Vec<String>) {
    match value {
        yaml_serde::Value::String(text) => out.push(text.clone()),
        yaml_serde::Value::Sequence(items) => items.iter().for_each(|item| texts(item, out)),
        yaml_serde::Value::Mapping(map) => map.iter().for_each(|(_, value)| texts(value, out)),
        _ => {}
    }
}

fn commands_in(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim);
    lines.filter_map(|line| line.strip_prefix("sysdesign ")).collect()
}

#[test]
fn every_block_is_yaml_or_shell_and_its_commands_exist() {
    let page = read("docs/ci.md");
    let mut commands = 0;
    for block in blocks(&page) {
        let mut found = Vec::new();
        match block.language.as_str() {
            "yaml" => {
                let value: yaml_serde::Value = yaml_serde::from_str(&block.text)
                    .unwrap_or_else(|error| panic!("{error} in\n{}", block.text));
                texts(&value, &mut found);
            }
            "sh" => found.push(block.text.clone()),
            other => panic!("a block in {other:?}"),
        }
        for command in found.iter().flat_map(|text| commands_in(text)) {
            must_be_a_command(command);
            commands += 1;
        }
    }
    assert!(commands >= 6, "only {commands} commands");
}

#[test]
fn the_page_has_a_block_for_every_service() {
    let page = read("docs/ci.md");
    for heading in ["GitHub Actions", "GitLab", "pre-commit", "Any other"] {
        assert!(page.contains(&format!("\n## {heading}")), "{heading}");
    }
    for format in ["github", "sarif", "gitlab", "junit"] {
        assert!(page.contains(&format!("--format {format}")), "{format}");
    }
}

#[test]
fn our_own_workflow_is_yaml_and_calls_the_script() {
    let text = read(".github/workflows/ci.yml");
    let value: yaml_serde::Value = yaml_serde::from_str(&text).expect("YAML");
    let mut found = Vec::new();
    texts(&value, &mut found);
    assert!(found.iter().any(|text| text == ".ci/run"), "{found:?}");
    assert!(found.iter().any(|text| text == "cargo test --locked"), "{found:?}");
    let script = read(".ci/run");
    for needed in ["cargo fmt --check", "cargo clippy", "cargo test", "cargo doc", "install-pre-commit"] {
        assert!(script.contains(needed), "{needed}");
    }
}
