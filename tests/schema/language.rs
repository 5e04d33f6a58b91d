//! `docs/language.md`: an introduction, and a reference made from the schema.

use crate::pages::{blocks, cell, code};
use crate::schemas::assert_fresh;
use crate::support::{Language, Text, to_yaml, told};
use crate::walk::{Record, records};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use sysdesign::spec::shape::to_json;
use sysdesign::{Policy, check};

/// The keys with the words that may stand there, by what the set is called.
type Words = BTreeMap<String, Value>;

fn page() -> String {
    let schema = Language::Design.schema();
    let records = records(&schema);
    let mut words = Words::new();
    let mut reference = String::from(
        "## Reference\n\nEvery record of the language with its keys. None is needed unless it says so.\n",
    );
    for record in in_order(&records, &schema) {
        reference.push_str(&section(record, &schema, &mut words));
    }
    reference.push_str("\n## Words\n\nThe values of keys that take one word of a set.\n");
    for (title, set) in &words {
        reference.push_str(&format!("\n### {title}\n\n| | |\n| --- | --- |\n"));
        let rows = set["enum"].as_array().into_iter().flatten();
        let docs = set["markdownEnumDescriptions"].as_array().into_iter().flatten();
        for (word, meaning) in rows.zip(docs) {
            let (word, meaning) = (word.as_str().expect("a word"), meaning.as_str().expect("its meaning"));
            reference.push_str(&format!("| `{word}` | {} |\n", cell(meaning)));
        }
    }
    include_str!("../../templates/language.md").replace("{{reference}}", reference.trim()) + "\n"
}

/// The records as a reader meets them: the document, then each section with what is only used there.
fn in_order<'r>(records: &'r [Record], schema: &Value) -> Vec<&'r Record> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![String::new()];
    while let Some(part) = open.pop() {
        let Some(record) = records.iter().find(|record| record.part == part) else { continue };
        if seen.insert(part) {
            order.push(record);
            let mut parts: Vec<String> = record.members().flat_map(|(_, member)| parts_in(member)).collect();
            parts.reverse();
            open.append(&mut parts);
        }
    }
    assert_eq!(order.len(), records.len(), "a record of {} has no place", schema["title"]);
    order
}

/// The names of the parts that a schema refers to.
fn parts_in(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(members) => {
            let own = schema["$ref"].as_str().and_then(|part| part.strip_prefix("#/$defs/"));
            let inner =
                members.iter().filter(|(key, _)| *key != "examples").flat_map(|(_, value)| parts_in(value));
            own.map(str::to_owned).into_iter().chain(inner).collect()
        }
        Value::Array(items) => items.iter().flat_map(parts_in).collect(),
        _ => Vec::new(),
    }
}

fn section(record: &Record, schema: &Value, words: &mut Words) -> String {
    let whole = if record.part.is_empty() { schema } else { &schema["$defs"][&record.part] };
    let title = if record.part.is_empty() { "design" } else { record.part.as_str() };
    let mut text =
        format!("\n### {}\n\n{}\n", heading(title), whole["description"].as_str().unwrap_or_default());
    if let Some(short) = short_form(whole) {
        text.push_str(&format!("\n{short}\n"));
    }
    text.push_str("\n| key | takes | |\n| --- | --- | --- |\n");
    let required = |key: &str| {
        record.schema["required"]
            .as_array()
            .is_some_and(|keys| keys.iter().any(|it| it.as_str() == Some(key)))
    };
    for (key, member) in record.members() {
        if record.part == "rules_block" && key != "profile" && key != "allow" {
            continue;
        }
        let needed = if required(key) { " Needed." } else { "" };
        let description = member["description"].as_str().unwrap_or_default();
        let examples: Vec<String> = member["examples"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|example| code(&example_text(example)))
            .collect();
        let takes = takes(member, schema, words);
        text.push_str(&format!(
            "| `{key}` | {} | {}{needed} Example: {} |\n",
            cell(&takes),
            cell(description),
            examples.join(", ")
        ));
    }
    if record.part == "rules_block" {
        let severity = takes(&record.schema["additionalProperties"], schema, words);
        text.push_str(&format!(
            "| the name of a rule | {severity} | How much its findings matter. Example: `error` |\n"
        ));
    }
    for (pattern, member) in record.schema["patternProperties"].as_object().into_iter().flatten() {
        if pattern == "->|~>" {
            let description = member["description"].as_str().unwrap_or_default();
            text.push_str(&format!(
                "| `a -> b` | a text | {} Example: `app -> links: select` |\n",
                cell(description)
            ));
        }
    }
    text
}

fn heading(part: &str) -> String {
    part.replace('_', " ")
}

/// An example as it stands after a key. Only inside braces does a comma end a text.
fn example_text(example: &Value) -> String {
    let alone = example.as_str().map(|text| format!("example: {text}\n"));
    let read = |yaml: &String| to_json(Text::new(yaml).root())["example"] == *example;
    match (alone.filter(read), example.as_str()) {
        (Some(_), Some(text)) => text.to_owned(),
        _ => to_yaml(example),
    }
}

/// What may stand instead of the map.
fn short_form(whole: &Value) -> Option<String> {
    let forms = whole["anyOf"].as_array()?;
    let titles =
        forms.iter().filter(|form| form["type"] != "object").filter_map(|form| form["title"].as_str());
    let said = |title: &str| match title.split_once(": ") {
        Some((key, _)) => format!("Just its `{key}` may stand instead of the map."),
        None => "It may be empty.".to_owned(),
    };
    Some(titles.map(said).collect::<Vec<_>>().join(" "))
}

/// What a key takes, with links to the records and words in it.
fn takes(member: &Value, schema: &Value, words: &mut Words) -> String {
    let title = member["title"].as_str().unwrap_or_default();
    let mut text = title.split_once(": ").map_or(title, |(_, takes)| takes).to_owned();
    for part in parts_in(member) {
        let title = schema["$defs"][&part]["title"].as_str().unwrap_or_default();
        let target = match part.as_str() {
            "kind" | "technology" => "kinds.md".to_owned(),
            _ => format!("#{}", heading(&part).replace(' ', "-")),
        };
        text = link(&text, title, &target);
    }
    for set in sets_in(member) {
        let title = set["title"].as_str().expect("a set has a title").split(": ").last().expect("a title");
        let target = format!("#{}", title.replace(' ', "-"));
        text = link(&text, title, &target);
        let mut bare = set.clone();
        ["title", "description", "examples"].into_iter().for_each(|key| {
            bare.as_object_mut().expect("a schema").shift_remove(key);
        });
        let there = words.entry(title.to_owned()).or_insert_with(|| bare.clone());
        assert_eq!(there, &bare, "two sets of words are called `{title}`");
    }
    text
}

fn link(text: &str, words: &str, target: &str) -> String {
    if words.is_empty() || text.contains(&format!("[{words}]")) {
        return text.to_owned();
    }
    text.replacen(words, &format!("[{words}]({target})"), 1)
}

/// The closed sets of words in a schema.
fn sets_in(schema: &Value) -> Vec<&Value> {
    match schema {
        Value::Object(members) if members.contains_key("enum") => vec![schema],
        Value::Object(members) => members.values().flat_map(sets_in).collect(),
        Value::Array(items) => items.iter().flat_map(sets_in).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_page_is_fresh() {
    assert_fresh("docs/language.md", &page());
}

#[test]
fn links_within_the_page_lead_to_headings() {
    let page = page();
    let anchors: BTreeSet<String> = page
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-"))
        .collect();
    let links: Vec<&str> = page.split("](#").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(links.len() > 50, "{links:?}");
    for link in links {
        assert!(anchors.contains(link), "no heading for #{link}");
    }
}

#[test]
fn the_designs_of_the_page_have_no_findings_and_its_fragments_are_sound() {
    let (mut designs, mut fragments) = (0, 0);
    for block in blocks(&page(), "yaml") {
        if block.starts_with("sysdesign:") {
            // The files that an example includes are not there.
            let alone: String = block
                .lines()
                .filter(|line| !line.starts_with("include"))
                .map(|line| format!("{line}\n"))
                .collect();
            let text = Text::new(&alone);
            let outcome = check::check(&text.workspace, &text.workspace.designs()[0], &Policy::default());
            assert_eq!(told(&outcome.findings), "", "{block}");
            designs += 1;
        } else if !block.starts_with('#') {
            let text = Text::new(&format!("sysdesign: 1\nname: Fragment\n{block}"));
            assert!(text.is_yaml(), "{block}");
            let outcome = check::check(&text.workspace, &text.workspace.designs()[0], &Policy::default());
            let errors: Vec<_> =
                outcome.findings.into_iter().filter(|it| &*it.rule != "unused-allow").collect();
            let errors: Vec<_> =
                errors.into_iter().filter(|it| it.severity == sysdesign::Severity::Error).collect();
            assert_eq!(told(&errors), "", "{block}");
            fragments += 1;
        }
    }
    assert!(designs >= 4 && fragments >= 5, "{designs} designs and {fragments} fragments");
}
