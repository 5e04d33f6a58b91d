//! What holds for the list of rules and for how each is documented.

use crate::path;
use std::collections::BTreeSet;
use sysdesign::rules::{ALL, Category, Profile, Rule};

/// The headings that a rule may have, in their order.
const HEADINGS: [&str; 5] = ["Why", "Example", "Instead", "Known false positives", "When to allow it"];

/// The files of a category's folder that are no rules.
const MACHINERY: [&str; 2] = ["mod", "support"];

fn headings(rule: &Rule) -> Vec<String> {
    let mut in_code = false;
    let mut found = Vec::new();
    for line in rule.markdown().lines() {
        in_code ^= line.starts_with("```");
        found.extend(line.strip_prefix("## ").filter(|_| !in_code).map(str::to_owned));
    }
    found
}

#[test]
fn every_rule_file_is_listed_under_its_own_name() {
    for category in Category::ALL {
        let folder = path("src/rules").join(category.name());
        let files: BTreeSet<String> = std::fs::read_dir(&folder)
            .expect("the folder of a category")
            .map(|entry| entry.expect("a readable entry").path())
            .map(|path| path.file_stem().expect("a name").to_string_lossy().replace('_', "-"))
            .filter(|name| !MACHINERY.contains(&name.as_str()))
            .collect();
        let listed: BTreeSet<String> =
            ALL.iter().filter(|rule| rule.category == *category).map(|rule| rule.name.to_owned()).collect();
        assert_eq!(files, listed, "{}", category.name());
    }
    for rule in ALL {
        let file = path("src/rules").join(rule.category.name()).join(rule.name.replace('-', "_") + ".rs");
        let text = std::fs::read_to_string(file).expect("a rule file");
        assert!(text.contains(&format!("    \"{}\": ", rule.name)), "{} has another name", rule.name);
    }
}

#[test]
fn each_category_is_in_alphabetical_order_and_names_are_kebab_case() {
    let places: Vec<_> = ALL.iter().map(|rule| (rule.category, rule.name)).collect();
    assert!(places.is_sorted_by(|a, b| a < b), "{places:?}");
    let names: BTreeSet<&str> = ALL.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), ALL.len(), "a name is there twice");
    for name in names {
        for word in name.split('-') {
            let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            let is_word = !word.is_empty() && word.bytes().all(is_letter);
            assert!(is_word, "`{name}` is not kebab-case");
        }
    }
}

#[test]
fn every_rule_is_documented_in_the_same_sections() {
    for rule in ALL {
        let summary = rule.summary();
        assert!(summary.ends_with('.') && summary.len() <= 100, "{}: {summary}", rule.name);
        assert!(summary.starts_with(char::is_uppercase), "{}: {summary}", rule.name);
        assert_eq!(rule.markdown().lines().nth(1), Some(""), "{}: the summary is one line", rule.name);
        let found = headings(rule);
        let known: Vec<&str> =
            HEADINGS.into_iter().filter(|known| found.iter().any(|h| h == known)).collect();
        assert_eq!(found, known, "{}: known headings, each once and in their order", rule.name);
        for needed in &HEADINGS[..3] {
            assert!(rule.section(needed).is_some_and(|text| !text.is_empty()), "{}: {needed}", rule.name);
        }
        assert!(!rule.examples("Instead").is_empty(), "{} does not show what to write", rule.name);
    }
}

#[test]
fn every_block_of_the_documentation_is_read_as_an_example() {
    for rule in ALL {
        let markdown = rule.markdown();
        let blocks = rule.examples("Example").len() + rule.examples("Instead").len();
        assert_eq!(markdown.matches("```yaml\n").count(), blocks, "{}: a block elsewhere", rule.name);
        assert_eq!(markdown.matches("```").count(), 2 * blocks, "{}: a block of another kind", rule.name);
    }
}

#[test]
fn what_is_about_the_language_is_always_an_error_and_cannot_be_allowed() {
    for rule in ALL.iter().filter(|rule| rule.category == Category::Language) {
        assert_eq!(rule.profile, Profile::Minimal, "{}", rule.name);
        assert_eq!(rule.severity, sysdesign::Severity::Error, "{}", rule.name);
        assert!(rule.section("When to allow it").is_none(), "{} cannot be allowed", rule.name);
    }
}

#[test]
fn the_quality_of_every_rule_is_committed() {
    let mut text = String::from(
        "# What the findings of each rule are about in the score card; `-` is the text of the design. A rule says it with\n\
         # `on Quality` where it is not that of its category; UPDATE_EXPECTED=1 writes this anew\n",
    );
    for rule in ALL {
        let quality = rule.quality.map_or("-", |quality| quality.word());
        text += &format!("{} {quality}\n", rule.name);
    }
    let file = path("tests/rules/qualities.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&file, &text).expect("a file can be written");
        return;
    }
    let committed = std::fs::read_to_string(&file).expect("the committed qualities").replace("\r\n", "\n");
    assert_eq!(committed, text, "say what the findings of each rule are about");
}

#[test]
fn a_rule_names_a_quality_only_where_its_category_has_another() {
    for rule in ALL {
        let file =
            path("src/rules").join(rule.category.name()).join(format!("{}.rs", rule.name.replace('-', "_")));
        let text = std::fs::read_to_string(&file).expect("the file of a rule");
        let line = text.lines().find(|line| line.trim_start().starts_with(&format!("\"{}\": ", rule.name)));
        let names = line.expect("its declaration").contains(", on ");
        assert_eq!(names, rule.quality != rule.category.quality(), "{}", rule.name);
    }
}
