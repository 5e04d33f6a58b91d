//! How a node becomes a typed value, and how the same type describes itself as JSON Schema.
//!
//! Each type of the language implements [`Shape`] once; reading and schema stand side by side, so that they
//! cannot drift apart. Reading never stops at the first mistake: it reports and goes on with what is usable.

use super::quantities::{Check, Written};
use super::values::Text;
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::Span;
use crate::suggest::{Near, nearest};
use crate::synonyms;
use crate::syntax::{CoreType, Node, NodeKind};
use serde_json::Value;

pub use super::schemas::{Schemas, to_json};

/// Collects what is wrong while a document is read.
#[derive(Debug, Default)]
pub struct Reader {
    /// The findings so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl Reader {
    /// Adds a finding.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports that something else stands where `wanted` should.
    pub fn wrong_type(&mut self, node: Node<'_>, wanted: &str) {
        self.wrong_type_with(node, wanted, None);
    }

    /// The same, with help that fits better than what can be said of any value.
    pub fn wrong_type_with(&mut self, node: Node<'_>, wanted: &str, help: Option<String>) {
        let message = format!("expected {wanted}, found {}", describe(node));
        let help = help.unwrap_or_else(|| right_form(node, wanted));
        self.report(Diagnostic::error("wrong-type", visible_span(node), message).help(help));
    }

    /// Reports a key that the language does not have, with the nearest one that it has.
    pub fn unknown_key(&mut self, key: Node<'_>, record: &str, keys: &[&str], hint: Option<String>) {
        let name = key.text();
        let hint = hint.or_else(|| synonyms::elsewhere(record, name).map(str::to_owned));
        let article = article(record);
        let message = format!("unknown key `{name}` in {article} {record}");
        let finding = Diagnostic::error("unknown-key", key.span(), message);
        let near = || {
            let meant = synonyms::key(record, name).map(Near::by_meaning);
            meant.or_else(|| nearest(name, keys.iter().copied()))
        };
        if let Some(near) = near().filter(|_| hint.is_none()) {
            return self.report(finding.meant(name, near));
        }
        let help = match hint {
            Some(hint) => hint,
            None if keys.len() <= 12 => format!("{article} {record} may have: {}", keys.join(", ")),
            None if super::values::is_id(name) => format!("begin a key of your own with `x-`: `x-{name}`"),
            None => "begin a key of your own with `x-`".to_owned(),
        };
        self.report(finding.help(help));
    }

    /// Takes back the fix of the last finding when the record has the key already that it would write.
    pub fn keep_keys_apart(&mut self, record: Node<'_>) {
        let Some(last) = self.diagnostics.last_mut() else { return };
        let is_taken = |fix: &Fix| fix.edits.iter().any(|edit| record.get(&edit.right).is_some());
        if last.fix.as_ref().is_some_and(is_taken) {
            last.fix = None;
        }
    }

    /// Reports words without a value where a key should be: the end of a text that was not put in quotes.
    pub fn text_cut_by_comma(&mut self, key: Node<'_>) {
        let message = format!("`{}` is neither a key nor part of the text before it", key.text());
        self.report(
            Diagnostic::error("unknown-key", key.span(), message)
                .label("inside `{ }`, a comma ends the text and begins a new key")
                .help("put the whole text in quotes, comma and all: `\"this, and that\"`"),
        );
    }

    /// Reports a word that is none of the words allowed here.
    pub fn unknown_value(&mut self, node: Node<'_>, wanted: &str, words: &[&str]) {
        let text = node.text();
        let finding = Diagnostic::error("unknown-value", node.span(), format!("`{text}` is not {wanted}"));
        let meant = synonyms::word(text, words).map(Near::by_meaning);
        self.report(match meant.or_else(|| nearest(text, words.iter().copied())) {
            Some(near) => finding.meant(text, near),
            None => finding.help(format!("write one of: {}", words.join(", "))),
        });
    }
}

/// How to write what `wanted` asks for, instead of what stands there.
fn right_form(node: Node<'_>, wanted: &str) -> String {
    let wants = |word: &str| wanted.contains(word);
    let first_word = |node: Node<'_>| {
        let is_word = node.kind() == NodeKind::Scalar && super::values::is_id(node.text());
        is_word.then(|| node.text().to_owned())
    };
    match node.kind() {
        NodeKind::Scalar if node.is_null() => "write a value, or take the key out".to_owned(),
        NodeKind::List if wants("a map of names") => {
            // `- name: player` says the name in a key of its own.
            let named =
                |item: Node<'_>| ["id", "name"].into_iter().find_map(|key| first_word(item.get(key)?));
            let name = node.items().find_map(|item| first_word(item).or_else(|| named(item)));
            let name = name.unwrap_or_else(|| "name".to_owned());
            format!("write each as a key with what it stands for, without dashes or `[`: `{name}: …`")
        }
        NodeKind::Scalar if wants("a map of names") => {
            let name = first_word(node).unwrap_or_else(|| "name".to_owned());
            format!("write names as keys, each with what it stands for: `{name}: …`")
        }
        NodeKind::Scalar if wants("a list") => {
            format!("write it as a list: `[{}]`", node.text().lines().next().unwrap_or_default())
        }
        NodeKind::List if !wants("a map of keys") => "write one value, without `[` or dashes".to_owned(),
        NodeKind::Map if wanted == "a text" && cut_by_colon(node).is_some() => {
            format!("put a text with a colon in quotes: `\"{}\"`", cut_by_colon(node).unwrap_or_default())
        }
        NodeKind::Map if !wants("a map of keys") => "write one value, without keys of its own".to_owned(),
        NodeKind::Scalar if !wants("a map of keys") => format!("write {wanted}"),
        _ => "write keys and values, such as `{ key: value }` or a line for each key".to_owned(),
    }
}

/// The line that YAML has read as a key and a value, because there is a colon in it.
fn cut_by_colon(node: Node<'_>) -> Option<String> {
    let mut entries = node.entries();
    let (key, value) = entries.next()?;
    let is_line = entries.next().is_none() && value.kind() == NodeKind::Scalar && !value.is_null();
    let line = format!("{}: {}", key.text(), value.text());
    (is_line && !line.contains(['\n', '"', '\\'])).then_some(line)
}

/// Whether a key stands alone, without even a colon, as it happens inside `{ }` only.
pub fn is_cut_by_comma(key: Node<'_>, value: Node<'_>) -> bool {
    value.is_absent() && value.span().start <= key.span().end
}

/// What stands there, in words.
pub fn describe(node: Node<'_>) -> &'static str {
    match node.kind() {
        NodeKind::Map => "a map of keys and values",
        NodeKind::List => "a list",
        NodeKind::Scalar if node.is_absent() => "nothing",
        NodeKind::Scalar => match node.core_type() {
            CoreType::Null => "an empty value (null)",
            CoreType::Bool(_) => "true or false",
            CoreType::Number(_) => "a number",
            CoreType::Text => "a text",
        },
    }
}

/// The part of a node worth underlining: for a block of many lines, its first key or item.
pub fn visible_span(node: Node<'_>) -> Span {
    let span = node.span();
    let first = match node.kind() {
        NodeKind::Map => node.entries().next().map(|(key, _)| key.span()),
        NodeKind::List => node.items().next().map(visible_item),
        NodeKind::Scalar => None,
    };
    let text = node.sources().text(span);
    if text.contains('\n') && !text.starts_with(['{', '[']) { first.unwrap_or(span) } else { span }
}

fn visible_item(item: Node<'_>) -> Span {
    match item.kind() {
        NodeKind::Map => item.entries().next().map_or(item.span(), |(key, _)| key.span()),
        _ => item.span(),
    }
}

pub(super) fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']) { "an" } else { "a" }
}

/// Sees every value of a kind, wherever it stands in a design.
pub trait Visit<'t> {
    /// A number, quantity or expression.
    fn quantity(&mut self, _: &Written<'t>) {}
    /// A comparison over computed values.
    fn check(&mut self, _: &Check<'t>) {}
    /// Free text.
    fn text(&mut self, _: &Text<'t>) {}
}

/// A value of the language: read from a node, described as JSON Schema.
pub trait Shape<'t>: Sized {
    /// Reads a node, reporting all that is wrong with it; `None` when nothing usable stands there.
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self>;

    /// The JSON Schema of what may stand here.
    fn schema(schemas: &mut Schemas) -> Value;

    /// Shows all quantities and texts in it.
    fn visit(&self, _: &mut dyn Visit<'t>) {}
}

/// A member of a record: like a shape, but it has a value also when it is not written.
pub trait Field<'t>: Default {
    /// Reads the value written for this member.
    fn fill(&mut self, node: Node<'t>, reader: &mut Reader);

    /// The JSON Schema of the member.
    fn schema(schemas: &mut Schemas) -> Value;

    /// Shows all quantities and texts in it.
    fn visit(&self, visitor: &mut dyn Visit<'t>);
}

impl<'t, T: Shape<'t>> Field<'t> for Option<T> {
    fn fill(&mut self, node: Node<'t>, reader: &mut Reader) {
        *self = T::read(node, reader);
    }

    fn schema(schemas: &mut Schemas) -> Value {
        T::schema(schemas)
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        if let Some(value) = self {
            value.visit(visitor);
        }
    }
}

impl<'t, T: Shape<'t>> Shape<'t> for Box<T> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        T::read(node, reader).map(Box::new)
    }

    fn schema(schemas: &mut Schemas) -> Value {
        T::schema(schemas)
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        (**self).visit(visitor);
    }
}
