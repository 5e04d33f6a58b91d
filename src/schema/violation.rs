//! What a document does against a schema, in plain words and at exact places.
//!
//! The validator names keywords and JSON pointers. Here a pointer becomes the key or value that it leads to, a
//! keyword a sentence, and what the schema itself says of the place (`errorMessage`, as in ajv-errors and
//! yaml-language-server, else `description` or `title`) the help.

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::spec::shape::{describe, visible_span};
use crate::suggest::closest;
use crate::syntax::{Node, NodeKind};
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

/// Collects the violations of one document.
pub struct Violations<'s, 't> {
    schema: &'s Value,
    root: Node<'t>,
    /// The findings so far.
    pub found: Vec<Diagnostic>,
}

/// The most alternatives within alternatives that are looked into.
const DEEPEST: usize = 16;

impl<'s, 't> Violations<'s, 't> {
    /// Of a document against a schema.
    pub fn new(schema: &'s Value, root: Node<'t>) -> Self {
        Self { schema, root, found: Vec::new() }
    }

    /// Adds what the validator found.
    pub fn add(&mut self, error: &ValidationError<'_>) {
        self.add_within(error, DEEPEST);
    }

    fn add_within(&mut self, error: &ValidationError<'_>, depth: usize) {
        let place = node_at(self.root, error.instance_path().as_str());
        match error.kind() {
            Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
                let known = self.around(error).and_then(|schema| schema.get("properties")?.as_object());
                let known = || known.into_iter().flat_map(|members| members.keys()).map(String::as_str);
                for (key, _) in place.node.entries() {
                    let name = key.text();
                    if !unexpected.iter().any(|unexpected| unexpected == name) {
                        continue;
                    }
                    let near = closest(name, known()).map(|near| format!("did you mean `{near}`?"));
                    let message = format!("the project's schema does not know the key `{name}` here");
                    self.report(key.span(), message, error, near);
                }
            }
            Kind::PropertyNames { error: inner } => {
                let name = inner.instance().as_str().unwrap_or_default();
                let key = place.node.entries().map(|(key, _)| key).find(|key| key.text() == name);
                let span = key.map_or_else(|| place.span(), Node::span);
                let message =
                    format!("the project's schema does not allow the key `{name}`: it {}", demand(inner));
                self.report(span, message, inner, None);
            }
            Kind::Required { property } => {
                let property = property.as_str().unwrap_or_default();
                let message = format!("the project's schema asks for `{property}` here");
                let member = self.around(error).and_then(|schema| schema.get("properties")?.get(property));
                let said = member.and_then(own_words).map(str::to_owned);
                self.report(place.span(), message, error, said);
            }
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
                if !self.add_the_alternative_meant(error, context, depth) {
                    let demands: Option<Vec<String>> =
                        context.iter().map(|branch| Some(demand(branch.first()?))).collect();
                    let mut demands = demands.unwrap_or_default();
                    demands.dedup();
                    let ways = (demands.len() < 5).then(|| demands.join("; or "));
                    let message = "this is none of what the project's schema allows here";
                    self.report(place.span(), message.to_owned(), error, ways);
                }
            }
            Kind::Enum { options } => {
                let words = || options.as_array().into_iter().flatten().filter_map(Value::as_str);
                let near = match place.node.kind() {
                    NodeKind::Scalar => closest(place.node.text(), words()),
                    _ => None,
                };
                let message = format!("the project's schema does not allow {} here", shown(place.node));
                let listed = || format!("it {}", demand(error));
                let help = near.map_or_else(listed, |near| format!("did you mean `{near}`?"));
                self.report(place.span(), message, error, Some(help));
            }
            Kind::FalseSchema | Kind::Not { .. } => {
                let span = place.key.map_or_else(|| place.span(), Node::span);
                let what = place.key.map_or_else(|| "this".to_owned(), |key| format!("`{}`", key.text()));
                let message = format!("the project's schema does not allow {what} here");
                self.report(span, message, error, None);
            }
            _ => {
                let message = format!(
                    "{} is not what the project's schema asks for: it {}",
                    shown(place.node),
                    demand(error)
                );
                self.report(place.span(), message, error, None);
            }
        }
    }

    /// When all alternatives but one are of another type, the violations of that one; whether there was one.
    fn add_the_alternative_meant(
        &mut self,
        error: &ValidationError<'_>,
        context: &[Vec<ValidationError<'static>>],
        depth: usize,
    ) -> bool {
        let at = error.instance_path().as_str();
        let of_another_type = |inner: &ValidationError<'_>| {
            matches!(inner.kind(), Kind::Type { .. }) && inner.instance_path().as_str() == at
        };
        let mut fitting = context.iter().filter(|branch| !branch.iter().any(of_another_type));
        match (fitting.next(), fitting.next()) {
            (Some(branch), None) if depth > 0 && !branch.is_empty() => {
                branch.iter().for_each(|inner| self.add_within(inner, depth - 1));
                true
            }
            _ => false,
        }
    }

    /// Reports at a place. What the author of the schema wrote for this very violation goes before `help`.
    fn report(&mut self, span: Span, message: String, error: &ValidationError<'_>, help: Option<String>) {
        let around = self.around(error);
        let message_of_schema = || error_message(around?.get("errorMessage")?, error);
        let words_of_schema = || around.and_then(own_words);
        let help =
            message_of_schema().map(str::to_owned).or(help).or_else(|| words_of_schema().map(str::to_owned));
        self.found.push(crate::rules::HOUSE_SCHEMA.finding(span, message).maybe_help(help));
    }

    /// The part of the schema in which the violated keyword stands.
    fn around(&self, error: &ValidationError<'_>) -> Option<&'s Value> {
        let keyword = error.schema_path().as_str();
        self.schema.pointer(keyword.rsplit_once('/')?.0)
    }
}

/// What a schema says of its own purpose.
fn own_words(schema: &Value) -> Option<&str> {
    ["errorMessage", "description", "title"].into_iter().find_map(|keyword| schema.get(keyword)?.as_str())
}

/// `errorMessage` is a text, or texts by keyword, or for `required` texts by key.
fn error_message<'v>(written: &'v Value, error: &ValidationError<'_>) -> Option<&'v str> {
    if let Some(text) = written.as_str() {
        return Some(text);
    }
    let of_keyword = written.get(error.kind().keyword())?;
    match error.kind() {
        Kind::Required { property } if of_keyword.is_object() => of_keyword.get(property.as_str()?)?.as_str(),
        _ => of_keyword.as_str(),
    }
}

/// What stands there, short enough for a sentence.
fn shown(node: Node<'_>) -> String {
    const LONGEST: usize = 40;
    match node.kind() {
        NodeKind::Scalar if !node.is_null() && node.text().chars().count() <= LONGEST => {
            format!("`{}`", node.text())
        }
        NodeKind::Scalar if !node.is_null() => "this text".to_owned(),
        _ => describe(node).to_owned(),
    }
}

/// What the violated keyword demands: completes "it …".
fn demand(error: &ValidationError<'_>) -> String {
    let counted = |least: &str, count: u64, one: &str, many: &str| {
        format!("must have at {least} {count} {}", if count == 1 { one } else { many })
    };
    match error.kind() {
        Kind::Type { kind } => format!("must be {}", types(kind)),
        Kind::Enum { options } => {
            let texts: Vec<String> = options.as_array().into_iter().flatten().map(text_of).collect();
            match texts.as_slice() {
                [only] => format!("must be {only}"),
                _ => format!("must be one of {}", texts.join(", ")),
            }
        }
        Kind::Constant { expected_value } => format!("must be {}", text_of(expected_value)),
        Kind::Pattern { pattern } => format!("must match the pattern `{pattern}`"),
        Kind::Format { format } => format!("must be written as `{format}`"),
        Kind::Required { property } => format!("must have `{}`", property.as_str().unwrap_or_default()),
        Kind::MinLength { limit } => counted("least", *limit, "character", "characters"),
        Kind::MaxLength { limit } => counted("most", *limit, "character", "characters"),
        Kind::MinItems { limit } => counted("least", *limit, "item", "items"),
        Kind::MaxItems { limit } => counted("most", *limit, "item", "items"),
        Kind::MinProperties { limit } => counted("least", *limit, "entry", "entries"),
        Kind::MaxProperties { limit } => counted("most", *limit, "entry", "entries"),
        Kind::AdditionalItems { limit } => format!("must have at most {limit} items"),
        Kind::Minimum { limit } => format!("must be {limit} or more"),
        Kind::Maximum { limit } => format!("must be {limit} or less"),
        Kind::ExclusiveMinimum { limit } => format!("must be more than {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("must be less than {limit}"),
        Kind::MultipleOf { multiple_of } => format!("must be a multiple of {multiple_of}"),
        Kind::UniqueItems => "must not have the same item twice".to_owned(),
        Kind::Contains => "must have an item of the kind that the schema describes".to_owned(),
        Kind::UnevaluatedItems { .. } => "must not have further items".to_owned(),
        Kind::AdditionalProperties { .. } | Kind::UnevaluatedProperties { .. } => {
            "must not have other keys".to_owned()
        }
        Kind::PropertyNames { error } => format!("must have other keys: each {}", demand_of_name(error)),
        Kind::OneOfMultipleValid { .. } => "must fit one alternative only, and fits several".to_owned(),
        Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } => "must fit one of the alternatives".to_owned(),
        Kind::Not { .. } | Kind::FalseSchema => "must not be there".to_owned(),
        kind => format!("must fulfil `{}`", kind.keyword()),
    }
}

fn demand_of_name(error: &ValidationError<'_>) -> String {
    match error.kind() {
        // Names nest no further: a key is a text.
        Kind::PropertyNames { .. } => "must be another".to_owned(),
        _ => demand(error),
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        other => format!("`{other}`"),
    }
}

fn types(kind: &TypeKind) -> String {
    let words = |kind: JsonType| match kind {
        JsonType::Null => "empty",
        JsonType::Boolean => "true or false",
        JsonType::Number => "a number",
        JsonType::Integer => "a whole number",
        JsonType::String => "a text",
        JsonType::Array => "a list",
        JsonType::Object => "a map of keys and values",
    };
    match kind {
        TypeKind::Single(kind) => words(*kind).to_owned(),
        TypeKind::Multiple(kinds) => kinds.iter().map(words).collect::<Vec<_>>().join(" or "),
    }
}

struct Place<'t> {
    node: Node<'t>,
    key: Option<Node<'t>>,
}

impl Place<'_> {
    /// The characters to underline: a scalar itself, the key of what takes many lines.
    fn span(&self) -> Span {
        if self.node.kind() == NodeKind::Scalar && !self.node.is_absent() {
            return self.node.span();
        }
        self.key.map_or_else(|| visible_span(self.node), Node::span)
    }
}

/// The node that a JSON pointer leads to; as far as it leads, when it leads too far.
fn node_at<'t>(root: Node<'t>, pointer: &str) -> Place<'t> {
    let mut place = Place { node: root, key: None };
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let next = match place.node.kind() {
            NodeKind::Map => {
                let entry = place.node.entries().find(|(key, _)| key.text() == step);
                entry.map(|(key, node)| Place { node, key: Some(key) })
            }
            NodeKind::List => {
                let item = step.parse().ok().and_then(|index: usize| place.node.items().nth(index));
                item.map(|node| Place { node, key: None })
            }
            NodeKind::Scalar => None,
        };
        match next {
            Some(next) => place = next,
            None => break,
        }
    }
    place
}
