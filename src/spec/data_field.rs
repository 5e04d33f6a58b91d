//! The fields of a record of data: `code: string(8), key`.

use super::record::{Form, record};
use super::shape::{Reader, Schemas, Shape, Visit};
use super::values::{Name, Spanned, Text, is_id, text_schema};
use crate::diagnostic::Diagnostic;
use crate::suggest::{Near, nearest};
use crate::syntax::{Node, NodeKind};
use serde_json::{Value, json};

/// The types a field may have, and the bytes one value takes when no length is given.
pub const TYPES: &[(&str, u32)] = &[
    ("string", 32),
    ("text", 256),
    ("char", 1),
    ("bool", 1),
    ("int8", 1),
    ("int16", 2),
    ("int32", 4),
    ("int64", 8),
    ("int", 8),
    ("float32", 4),
    ("float64", 8),
    ("float", 8),
    ("decimal", 16),
    ("money", 16),
    ("uuid", 16),
    ("date", 4),
    ("time", 8),
    ("timestamp", 8),
    ("duration", 8),
    ("enum", 2),
    ("json", 512),
    ("bytes", 256),
    ("blob", 65536),
    ("point", 16),
    ("vector", 6144),
    ("list", 256),
    ("map", 512),
];

/// The words that may follow the type.
pub const MODIFIERS: &[&str] =
    &["key", "partition_key", "sort_key", "unique", "indexed", "optional", "personal", "secret", "encrypted"];

record! {
    /// A field with more to say than fits on a line.
    LongField = "field", Form { required: &["type"], ..Form::MAP };
    /// The type and its modifiers, as in the short form.
    /// Example: `string(8), key`
    kind as "type": Option<Text<'t>>,
    /// What the field means.
    /// Example: `The short code, without the host`
    description: Option<Text<'t>>,
    /// An example value.
    /// Example: `x7Gh2`
    example: Option<Text<'t>>,
    /// Whether it is about a person.
    /// Example: `true`
    personal: Option<Spanned<bool>>,
}

/// A field: its type, its modifiers, and what else is said of it.
#[derive(Debug)]
pub struct DataField<'t> {
    /// The name of the type; `None` for a reference.
    pub kind: Option<&'t str>,
    /// How long a value may be (`string(8)`), or the type of the elements of a list or map.
    pub length: Option<u64>,
    /// The data that a reference leads to.
    pub reference: Option<Name<'t>>,
    /// The modifiers, each with its place.
    pub modifiers: Vec<Name<'t>>,
    /// What else is said of it.
    pub long: Option<Box<LongField<'t>>>,
}

impl<'t> Shape<'t> for DataField<'t> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        match node.kind() {
            NodeKind::Map => {
                let long = LongField::read(node, reader)?;
                let mut field = parse(long.kind?.node, reader)?;
                field.long = Some(Box::new(long));
                Some(field)
            }
            NodeKind::Scalar if !node.is_null() => parse(node, reader),
            _ => {
                reader.wrong_type(node, "a field: its type (`string(8), key`), or a map of keys and values");
                None
            }
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        json!({ "title": "a field", "anyOf": [text_schema("a field"), LongField::schema(schemas)] })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        if let Some(long) = &self.long {
            long.visit(visitor);
        }
    }
}

/// The parts of a text between commas, each trimmed, with the byte it begins at.
fn parts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut depth = 0_u32;
    let separates = move |letter: char| {
        match letter {
            '(' | '<' => depth += 1,
            ')' | '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ',' && depth == 0
    };
    let mut begin = 0;
    text.split(separates).map(move |part| {
        let at = begin + part.len() - part.trim_start().len();
        begin += part.len() + 1;
        (at, part.trim())
    })
}

fn parse<'t>(node: Node<'t>, reader: &mut Reader) -> Option<DataField<'t>> {
    let text = node.text();
    let mut field =
        DataField { kind: None, length: None, reference: None, modifiers: Vec::new(), long: None };
    let mut ok = true;
    for (index, (at, part)) in parts(text).enumerate() {
        let span = |text: &str, at: usize| node.subspan(at..at + text.len());
        if index > 0 {
            if MODIFIERS.contains(&part) {
                field.modifiers.push(Name { text: part, span: span(part, at) });
                continue;
            }
            let message = format!("`{part}` is not something a field can be");
            let place = if part.is_empty() { node.span() } else { span(part, at) };
            let finding = Diagnostic::error("invalid-field", place, message);
            reader.report(match nearest(part, MODIFIERS.iter().copied()) {
                Some(near) => finding.meant(part, near),
                None => finding.help(format!("after the type may follow: {}", MODIFIERS.join(", "))),
            });
        } else if let Some(target) = part.strip_prefix("ref ") {
            let at = at + part.len() - target.trim_start().len();
            let target = target.trim();
            field.reference = Some(Name { text: target, span: span(target, at) });
            if !is_id(target) {
                ok = false;
                let message = format!("`{target}` is not the id of data");
                reader.report(
                    Diagnostic::error("invalid-field", span(target, at), message)
                        .help("name the data that the field refers to: `ref user`"),
                );
            }
        } else {
            ok &= read_type(node, part, at, &mut field, reader);
        }
    }
    ok.then_some(field)
}

/// `string(8)`, `list(int)`, `enum(a, b)`: a word, and in parentheses a length or what it is made of.
fn read_type<'t>(
    node: Node<'t>,
    part: &'t str,
    at: usize,
    field: &mut DataField<'t>,
    reader: &mut Reader,
) -> bool {
    let (word, argument) = match part.split_once('(') {
        Some((word, rest)) => (word.trim_end(), Some(rest.trim_end().strip_suffix(')').ok_or(rest))),
        None => (part, None),
    };
    let span = |text: &str, at: usize| node.subspan(at..at + text.len());
    if !TYPES.iter().any(|(name, _)| *name == word) {
        let place = if word.is_empty() { node.span() } else { span(word, at) };
        let message = format!("`{word}` is not a type of field");
        let finding = Diagnostic::error("invalid-field", place, message);
        let meant = crate::synonyms::field_type(word).map(Near::by_meaning);
        let near = || nearest(word, TYPES.iter().map(|(name, _)| *name));
        reader.report(match meant.or_else(near) {
            Some(near) => finding.meant(word, near),
            None => {
                let names: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
                finding.help(format!("write one of: {}; or `ref` and the id of other data", names.join(", ")))
            }
        });
        return false;
    }
    field.kind = Some(word);
    match argument {
        None => true,
        Some(Err(_)) => {
            reader.report(
                Diagnostic::error("invalid-field", span(part, at), "the parenthesis is not closed")
                    .help(format!("write `{part})`, or put a field with a comma inside `{{ }}` in quotes")),
            );
            false
        }
        Some(Ok(argument)) => {
            field.length = argument.trim().parse().ok();
            let composed = matches!(word, "list" | "map" | "enum" | "decimal" | "vector");
            if field.length.is_some() || (composed && !argument.trim().is_empty()) {
                return true;
            }
            let begin = at + part.find('(').map_or(0, |open| open + 1);
            let place = if argument.is_empty() { span(part, at) } else { span(argument, begin) };
            let message = format!("`{}` is not a length", argument.trim());
            reader.report(
                Diagnostic::error("invalid-field", place, message)
                    .help(format!("write how many characters or bytes at most: `{word}(64)`")),
            );
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_tools_call_a_type_leads_to_a_type_and_is_none() {
        let is_type = |word: &str| TYPES.iter().any(|(name, _)| *name == word);
        for (words, meant) in crate::synonyms::FIELD_TYPES {
            assert!(is_type(meant), "{meant}");
            for word in *words {
                assert!(!is_type(word), "{word} is a type itself");
            }
        }
    }
}
