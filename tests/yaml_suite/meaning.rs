//! What a text means, from the suite's events and JSON and from our tree, in one form that can be compared.

use crate::case::Case;
use serde_json::Value as Json;
use std::collections::HashMap;
use sysdesign::source::Sources;
use sysdesign::syntax::{CoreType, Node, NodeKind, Style, Tree};

/// A node with everything that matters: structure, text, and how a scalar is written.
#[derive(Clone, PartialEq, Debug)]
pub enum Meaning {
    Map(Vec<(Meaning, Meaning)>),
    List(Vec<Meaning>),
    /// The style is the character that the suite's events use: one of `:'"|>`.
    Scalar(char, String),
}

/// What a node of our tree means.
pub fn of_node(node: Node) -> Meaning {
    match node.kind() {
        NodeKind::Map => {
            Meaning::Map(node.entries().map(|(key, value)| (of_node(key), of_node(value))).collect())
        }
        NodeKind::List => Meaning::List(node.items().map(of_node).collect()),
        NodeKind::Scalar => {
            let style = match node.style() {
                Style::Plain => ':',
                Style::SingleQuoted => '\'',
                Style::DoubleQuoted => '"',
                Style::Literal => '|',
                Style::Folded => '>',
            };
            Meaning::Scalar(style, node.text().to_owned())
        }
    }
}

/// Whether our tree means what the suite says.
pub fn compare(case: &Case, sources: &Sources, tree: &Tree) -> Result<(), String> {
    let root = tree.root(sources).ok_or("an empty tree was accepted")?;
    let expected = Events::new(&case.events).document();
    let ours = of_node(root);
    if Some(&ours) != expected.as_ref() {
        return Err(format!("differs from the events\nours {ours:?}\nsuite {expected:?}"));
    }
    let Some(json) = &case.json else { return Ok(()) };
    let expected: Vec<Json> =
        serde_json::Deserializer::from_str(json).into_iter().map(|json| json.unwrap()).collect();
    let ours = json_of(root);
    if !matches!(&expected[..], [expected] if *expected == ours) {
        return Err(format!("differs from the JSON\nours {ours}\nsuite {expected:?}"));
    }
    Ok(())
}

fn json_of(node: Node) -> Json {
    match (node.kind(), node.core_type()) {
        (NodeKind::Map, _) => {
            Json::Object(node.entries().map(|(key, value)| (key.text().to_owned(), json_of(value))).collect())
        }
        (NodeKind::List, _) => Json::Array(node.items().map(json_of).collect()),
        (NodeKind::Scalar, CoreType::Null) => Json::Null,
        (NodeKind::Scalar, CoreType::Bool(value)) => Json::Bool(value),
        // JSON tells 1 from 1.0; the core schema's numbers are compared as numbers.
        (NodeKind::Scalar, CoreType::Number(value)) if value.fract() == 0.0 => Json::from(value as i64),
        (NodeKind::Scalar, CoreType::Number(value)) => Json::from(value),
        (NodeKind::Scalar, CoreType::Text) => Json::from(node.text()),
    }
}

/// Reads the suite's events: `+MAP`, `=VAL :text`, `*anchor` …
struct Events<'e> {
    lines: std::str::Lines<'e>,
    anchors: HashMap<&'e str, Meaning>,
}

impl<'e> Events<'e> {
    fn new(events: &'e str) -> Self {
        Self { lines: events.lines(), anchors: HashMap::new() }
    }

    /// The only document; `None` when there is none or another after it.
    fn document(mut self) -> Option<Meaning> {
        let begins = |line: &str| line.trim_start().starts_with("+DOC");
        self.lines.find(|line| begins(line))?;
        let meaning = self.node();
        (!self.lines.any(begins)).then_some(meaning).flatten()
    }

    /// The next node; `None` at the end of a collection.
    fn node(&mut self) -> Option<Meaning> {
        let line = self.lines.next()?.trim_start();
        let (event, mut rest) = line.split_once(' ').unwrap_or((line, ""));
        if event == "=ALI" {
            return self.anchors.get(rest.trim_start_matches('*')).cloned();
        }
        rest = rest.trim_start_matches("{} ").trim_start_matches("[] ").trim_start_matches("{}");
        rest = rest.trim_start_matches("[]");
        let anchor = rest.strip_prefix('&').map(|rest| rest.split_once(' ').unwrap_or((rest, "")));
        if let Some((_, after)) = anchor {
            rest = after;
        }
        let meaning = match event {
            "+MAP" => {
                let mut entries = Vec::new();
                while let Some(key) = self.node() {
                    entries.push((key, self.node()?));
                }
                Meaning::Map(entries)
            }
            "+SEQ" => Meaning::List(std::iter::from_fn(|| self.node()).collect()),
            "=VAL" => {
                let mut text = rest.chars();
                Meaning::Scalar(text.next()?, unescaped(text.as_str()))
            }
            _ => return None,
        };
        if let Some((name, _)) = anchor {
            self.anchors.insert(name, meaning.clone());
        }
        Some(meaning)
    }
}

fn unescaped(text: &str) -> String {
    let mut chars = text.chars();
    let mut out = String::new();
    while let Some(char) = chars.next() {
        match (char, if char == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => out.push('\n'),
            ('\\', Some('t')) => out.push('\t'),
            ('\\', Some('r')) => out.push('\r'),
            ('\\', Some('b')) => out.push('\u{8}'),
            ('\\', Some('\\')) => out.push('\\'),
            ('\\', other) => panic!("unknown escape {other:?} in the suite"),
            _ => out.push(char),
        }
    }
    out
}
