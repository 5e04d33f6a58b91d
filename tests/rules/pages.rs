//! `docs/rules/`: a page for each rule and an index, made from the documentation in the rule files.

use crate::path;
use std::collections::BTreeMap;
use std::fmt::Write;
use sysdesign::rules::{ALL, Category, Rule};

fn page(rule: &Rule) -> String {
    let (severity, category) = (rule.severity.name(), rule.category.name());
    let (profile, stage, since) = (rule.profile.name(), rule.stage.name(), rule.since);
    let fixed = match rule.category {
        Category::Language => "; always on",
        _ => "",
    };
    format!(
        "<!-- made from src/rules/{category}/{}.rs; UPDATE_DOCS=1 cargo test --test rules -->\n\n# {}\n\n\
         *{severity} · {category} · from profile `{profile}` and stage `{stage}`{fixed} · since {since}*\n\n{}",
        rule.name.replace('-', "_"),
        rule.name,
        rule.markdown()
    )
}

fn index() -> String {
    let mut text = "<!-- made from src/rules; UPDATE_DOCS=1 cargo test --test rules -->\n\n# Rules\n\n\
        Every finding names its rule in brackets, as in `error[unknown-key]`. `sysdesign explain unknown-key` shows the\n\
        page of a rule in the terminal, `sysdesign rules` lists them.\n\n\
        A rule is active from its profile on: `minimal` has what is certainly wrong, `recommended` (the default) what a\n\
        reviewer would say, `strict` also what may be a matter of taste. And it asks for something only from the stage of a design\n\
        on at which one can know it: a `sketch` has boxes and arrows, a `design` is what others review (a design whose\n\
        requirements have a `check:` counts as one), and `production` is about to run; that has to be said. How to choose a profile\n\
        and a stage, change the severity of a rule or allow one of its findings:\n\n\
        ```yaml\nrules:\n  profile: strict\n  stage: production\n  naming-style: off\n  allow:\n    \
        - { rule: unused-component, on: components.legacy, reason: Kept for the migration, until: 2027-06-01 }\n```\n"
        .to_owned();
    for category in Category::ALL {
        let name = category.name();
        writeln!(text, "\n## {name}\n\nRules of this category mean that {}.\n", category.about())
            .expect("a String grows");
        text.push_str(
            "| rule | severity | profile | stage | what it finds |\n| --- | --- | --- | --- | --- |\n",
        );
        for rule in ALL.iter().filter(|rule| rule.category == *category) {
            let (name, severity, profile, stage) =
                (rule.name, rule.severity.name(), rule.profile.name(), rule.stage.name());
            let summary = rule.summary();
            writeln!(text, "| [{name}]({name}.md) | {severity} | {profile} | {stage} | {summary} |")
                .expect("a String grows");
        }
    }
    text
}

#[test]
fn the_pages_are_fresh() {
    let folder = path("docs/rules");
    let mut wanted: BTreeMap<String, String> =
        ALL.iter().map(|rule| (format!("{}.md", rule.name), page(rule))).collect();
    wanted.insert("README.md".into(), index());
    let entries = std::fs::read_dir(&folder).into_iter().flatten();
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let found: BTreeMap<String, String> = names
        .map(|name| {
            let text = std::fs::read_to_string(folder.join(&name)).expect("a page");
            (name, text.replace("\r\n", "\n"))
        })
        .collect();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(&folder).expect("a folder for the pages");
        for name in found.keys().filter(|name| !wanted.contains_key(*name)) {
            std::fs::remove_file(folder.join(name)).expect("a page of a rule that is gone");
        }
        for (name, text) in wanted.iter().filter(|(name, text)| found.get(*name) != Some(text)) {
            std::fs::write(folder.join(name), text).expect("a page can be written");
        }
        return;
    }
    let names = wanted.keys().chain(found.keys());
    let stale: Vec<&String> = names.filter(|name| wanted.get(*name) != found.get(*name)).collect();
    assert!(stale.is_empty(), "docs/rules is stale: run `UPDATE_DOCS=1 cargo test --test rules` ({stale:?})");
}
