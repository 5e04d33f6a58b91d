//! The schemas themselves: fresh, valid, and with something to say about every key.

use crate::support::{Language, Text, to_yaml, told};
use crate::walk::{example_documents, records};
use serde_json::{Value, json};
use std::path::Path;

/// Compares a generated file with the one in the repository, or writes it when asked to.
#[expect(clippy::disallowed_methods, reason = "the test repairs the file when asked to")]
pub fn assert_fresh(file: &str, fresh: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, fresh).expect("the file can be written");
        return;
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(there == fresh, "{file} is stale: run `UPDATE_DOCS=1 cargo test --test schema`");
}

#[test]
fn the_schemas_in_the_repository_are_fresh() {
    for language in Language::ALL {
        assert_fresh(language.file(), &format!("{:#}\n", language.schema()));
    }
}

#[test]
fn the_schemas_fit_their_metaschema() {
    for language in Language::ALL {
        let schema = language.schema();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        if let Err(error) = jsonschema::meta::validate(&schema) {
            panic!("{language:?}: {error} at {}", error.instance_path());
        }
    }
}

#[test]
fn every_key_has_a_title_a_description_and_examples() {
    for language in Language::ALL {
        let records = records(&language.schema());
        assert!(records.len() > 3, "{language:?}");
        for record in records {
            for (key, member) in record.members() {
                let place = format!("{}.{key}", record.part);
                let title = member["title"].as_str().unwrap_or_default();
                assert!(title.starts_with(&format!("{key}: ")), "{place} has the title `{title}`");
                assert!(!title.contains("anything"), "{place} has the title `{title}`");
                let description = member["description"].as_str().unwrap_or_default();
                assert!(description.ends_with(['.', '?']), "{place} has the description `{description}`");
                let examples = member["examples"].as_array().map_or(0, Vec::len);
                assert!(examples > 0, "{place} has no example");
            }
        }
    }
}

#[test]
fn every_example_fits_its_key_and_is_read_without_complaint() {
    for language in Language::ALL {
        let schema = language.schema();
        for record in records(&schema) {
            for (key, member) in record.members() {
                let at = format!("#{}/properties/{key}", record.pointer);
                for example in member["examples"].as_array().into_iter().flatten() {
                    // A part may have a key that a design has too, such as `data`.
                    let mut sections = schema["properties"].clone();
                    for key in example.as_object().into_iter().flat_map(|example| example.keys()) {
                        sections.as_object_mut().map(|sections| sections.remove(key));
                    }
                    let own = json!({ "$ref": at, "$defs": schema["$defs"], "properties": sections });
                    let validator =
                        jsonschema::draft202012::new(&own).expect("a part of our schema compiles");
                    let place = format!("{}.{key}: {example}", record.part);
                    assert!(validator.is_valid(example), "{place} does not fit its own schema");
                }
            }
        }
        let validator = language.validator();
        for (place, document) in example_documents(&schema) {
            let yaml = to_yaml(&document);
            let text = Text::new(&yaml);
            assert!(text.is_yaml(), "{place}: {yaml}");
            assert_eq!(told(&text.structural(language)), "", "{place}: {yaml}");
            assert!(validator.fits(text.root()), "{place}: {yaml}");
        }
    }
}

#[test]
fn every_word_of_a_closed_set_is_explained() {
    fn walk(schema: &Value, sets: &mut usize) {
        if let Some(words) = schema["enum"].as_array() {
            let docs = schema["markdownEnumDescriptions"].as_array().map_or(0, Vec::len);
            assert_eq!(words.len(), docs, "{schema}");
            *sets += 1;
        }
        match schema {
            Value::Object(members) => members.values().for_each(|value| walk(value, sets)),
            Value::Array(items) => items.iter().for_each(|value| walk(value, sets)),
            _ => {}
        }
    }
    let mut sets = 0;
    walk(&Language::Design.schema(), &mut sets);
    assert!(sets > 20, "only {sets} sets of words");
}
