//! The small values that records are made of: texts, references, true or false, and closed sets of words.

use super::shape::{Reader, Schemas, Shape, Visit};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::{CoreType, Node, NodeKind};
use serde_json::{Value, json};

pub use super::collections::{Entry, IdMap, KeyMap, List, OneOrMore};
pub use super::date::Date;

/// A value and the characters it was read from.
#[derive(Clone, Copy, Debug)]
pub struct Spanned<T> {
    /// What it means.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// Free text.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    /// What it says.
    pub text: &'t str,
    /// The whole value.
    pub node: Node<'t>,
    /// Where the text begins in that of the node, when it is the end of it: `"a -> b: text"`.
    pub begin: usize,
}

impl<'t> Text<'t> {
    /// The text of a whole value.
    pub fn of(node: Node<'t>) -> Self {
        Self { text: node.text(), node, begin: 0 }
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        if self.begin == 0 { self.node.span() } else { self.subspan(0..self.text.len()) }
    }

    /// The place of a range of its bytes.
    pub fn subspan(&self, range: std::ops::Range<usize>) -> Span {
        self.node.subspan(self.begin + range.start..self.begin + range.end)
    }
}

/// What every text may be in JSON, also one that looks like a number or like a truth value.
///
/// The same as `type: [string, number, boolean]`, but editors offer `true` and `false` as completions for that.
pub fn text_schema(title: &str) -> Value {
    let other = json!({ "type": ["string", "number"], "errorMessage": format!("write {title} here") });
    json!({ "title": title, "if": { "type": "boolean" }, "else": other })
}

impl<'t> Shape<'t> for Text<'t> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        if node.kind() != NodeKind::Scalar || node.is_null() {
            reader.wrong_type(node, "a text");
            return None;
        }
        Some(Text::of(node))
    }

    fn schema(_: &mut Schemas) -> Value {
        text_schema("a text")
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        visitor.text(self);
    }
}

/// The name of something defined elsewhere, or of the thing a map key defines.
#[derive(Clone, Copy, Debug)]
pub struct Name<'t> {
    /// The id.
    pub text: &'t str,
    /// Where it stands.
    pub span: Span,
}

impl<'t> Shape<'t> for Name<'t> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        if node.kind() != NodeKind::Scalar || node.is_null() {
            reader.wrong_type(node, "a name");
            return None;
        }
        Some(Name { text: node.text(), span: node.span() })
    }

    fn schema(_: &mut Schemas) -> Value {
        text_schema("a name")
    }
}

/// Whether a text can name a component, a flow or anything else of a design.
pub fn is_id(text: &str) -> bool {
    let mut characters = text.bytes();
    characters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && characters.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// The pattern that ids follow, for the schema.
pub const ID_PATTERN: &str = "^[A-Za-z][A-Za-z0-9_-]*$";

/// The id nearest to what was written.
fn id_like(text: &str) -> String {
    let mut id: String = text
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '_' })
        .collect();
    if !id.starts_with(|first: char| first.is_ascii_alphabetic()) {
        id.insert(0, 'n');
    }
    id
}

impl<'t> Name<'t> {
    /// A map key that names what stands behind it.
    pub fn define(key: Node<'t>, reader: &mut Reader) -> Option<Self> {
        let name = Name { text: key.text(), span: key.span() };
        if is_id(name.text) {
            return Some(name);
        }
        let message = format!("`{}` cannot be an id", name.text);
        let first = name.text.chars().next();
        let label = match first {
            Some(first) if !first.is_ascii_alphabetic() => "an id begins with a letter from a to z",
            _ => "an id has only letters from a to z, digits, `_` and `-`",
        };
        let help = format!(
            "write an id such as `{}`; the full name belongs into `name:` or another text",
            id_like(name.text)
        );
        reader.report(Diagnostic::error("invalid-id", name.span, message).label(label).help(help));
        None
    }
}

/// `true` or `false`, when a word for one of them stands there, in quotes or in YAML 1.1.
pub fn truth(node: Node<'_>) -> Option<&'static str> {
    if node.kind() != NodeKind::Scalar {
        return None;
    }
    match node.text().to_ascii_lowercase().as_str() {
        "yes" | "on" | "true" => Some("true"),
        "no" | "off" | "false" => Some("false"),
        _ => None,
    }
}

/// `true` or `false`.
impl<'t> Shape<'t> for Spanned<bool> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        if let (NodeKind::Scalar, CoreType::Bool(value)) = (node.kind(), node.core_type()) {
            return Some(Spanned { value, span: node.span() });
        }
        let meant = match node.text().to_ascii_lowercase().as_str() {
            "y" | "1" => Some("true"),
            "n" | "0" => Some("false"),
            _ => truth(node),
        };
        match (node.kind(), meant) {
            (NodeKind::Scalar, Some(meant)) => {
                let message = match node.core_type() {
                    CoreType::Text if meant == node.text() => {
                        format!("expected true or false, found the text \"{meant}\"")
                    }
                    _ => format!("expected true or false, found `{}`", node.text()),
                };
                let help = format!("write `{meant}`, without quotes");
                reader.report(Diagnostic::error("wrong-type", node.span(), message).help(help));
            }
            _ => reader.wrong_type(node, "true or false"),
        }
        None
    }

    fn schema(_: &mut Schemas) -> Value {
        json!({ "title": "true or false", "type": "boolean", "errorMessage": "write `true` or `false`" })
    }
}

/// Reads one of a closed set of words.
pub fn read_word<T>(
    node: Node<'_>,
    reader: &mut Reader,
    wanted: &str,
    words: &[&str],
    parse: impl Fn(&str) -> Option<T>,
) -> Option<Spanned<T>> {
    if node.kind() != NodeKind::Scalar || node.is_null() {
        reader.wrong_type(node, &format!("{wanted} ({})", words.join(", ")));
        return None;
    }
    let value = parse(node.text());
    if value.is_none() {
        reader.unknown_value(node, wanted, words);
    }
    value.map(|value| Spanned { value, span: node.span() })
}

/// The schema of a closed set of words, each with its documentation.
pub fn word_schema(title: &str, words: &[(&str, &[&str])]) -> Value {
    let texts: Vec<&str> = words.iter().map(|(text, _)| *text).collect();
    let docs: Vec<String> = words.iter().map(|(_, docs)| super::schemas::description(docs)).collect();
    json!({ "title": title, "enum": texts, "markdownEnumDescriptions": docs })
}

/// Anything at all: read later, by somebody who knows more.
#[derive(Clone, Copy, Debug)]
pub struct Raw<'t>(pub Node<'t>);

impl<'t> Shape<'t> for Raw<'t> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        if node.kind() == NodeKind::Map {
            return Some(Raw(node));
        }
        reader.wrong_type(node, "a map of keys and values");
        None
    }

    fn schema(_: &mut Schemas) -> Value {
        json!({ "title": "what differs, as a map", "type": "object" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_ascii_and_begin_with_a_letter() {
        assert!(is_id("a") && is_id("edge-1_b"));
        for wrong in ["", "1a", "-a", "_a", "a b", "аpi", "a.b", "a/b"] {
            assert!(!is_id(wrong), "{wrong}");
        }
        assert_eq!(id_like("1 größe.x"), "n1_gr__e_x");
    }
}
