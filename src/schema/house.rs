//! A project's own JSON Schema, which every design must also fit: house rules such as "every component has an
//! owner", with the place of each violation.

use super::tree::{TreeJson, TreeNode};
use crate::diagnostic::Diagnostic;
use crate::spec::shape::visible_span;
use crate::syntax::{Node, NodeKind};
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;

/// A schema, ready to validate trees in place.
#[derive(Debug)]
pub struct HouseSchema {
    validator: Validator<TreeJson>,
}

impl HouseSchema {
    /// Reads the text of a schema.
    pub fn compile(text: &str) -> Result<Self, String> {
        let schema = serde_json::from_str(text)
            .map_err(|error| format!("the project's schema is no JSON: {error}"))?;
        Self::of(&schema)
    }

    /// From a schema that is JSON already.
    pub fn of(schema: &serde_json::Value) -> Result<Self, String> {
        let validator = jsonschema::options_for::<TreeJson>()
            .build(schema)
            .map_err(|error| format!("the project's schema is no JSON Schema: {error}"))?;
        Ok(Self { validator })
    }

    /// Whether a document fits.
    pub fn fits(&self, root: Node<'_>) -> bool {
        self.validator.is_valid(TreeNode::Node(root))
    }

    /// All violations, each at the node that it is about.
    pub fn check(&self, root: Node<'_>) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for error in self.validator.iter_errors(TreeNode::Node(root)) {
            let place = node_at(root, error.instance_path().as_str());
            let mut span = place.key.map_or_else(|| visible_span(place.node), Node::span);
            if place.node.kind() == NodeKind::Scalar && !place.node.is_absent() {
                span = place.node.span();
            }
            if let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind() {
                let keys = place.node.entries().map(|(key, _)| key);
                for key in keys.filter(|key| unexpected.iter().any(|name| name == key.text())) {
                    let message = format!("the project's schema does not know the key `{}` here", key.text());
                    findings
                        .push(crate::rules::HOUSE_SCHEMA.finding(key.span(), message).help("take it out"));
                }
                continue;
            }
            let (message, help) = explain(error.kind(), place.node, &error.to_string());
            findings.push(crate::rules::HOUSE_SCHEMA.finding(span, message).help(help));
        }
        findings
    }
}

/// What is wrong in the words of a design, for what schemas ask for most; otherwise in those of JSON Schema.
fn explain(kind: &ValidationErrorKind, node: Node<'_>, otherwise: &str) -> (String, String) {
    let plain = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let written = node.text();
    match kind {
        ValidationErrorKind::Required { property } => {
            let key = plain(property);
            (format!("the project's schema asks for `{key}`"), format!("add `{key}: …`"))
        }
        ValidationErrorKind::Enum { options } if node.kind() == NodeKind::Scalar => {
            let words: Vec<String> = options.as_array().into_iter().flatten().map(plain).collect();
            let help = format!("write one of: {}", words.join(", "));
            (format!("the project's schema does not allow `{written}` here"), help)
        }
        ValidationErrorKind::Constant { expected_value } if node.kind() == NodeKind::Scalar => {
            let help = format!("write `{}`", plain(expected_value));
            (format!("the project's schema does not allow `{written}` here"), help)
        }
        ValidationErrorKind::Pattern { pattern } if node.kind() == NodeKind::Scalar => {
            let help = format!("write a text that fits the regular expression `{pattern}`");
            (format!("the project's schema does not allow `{written}` here"), help)
        }
        _ => {
            let help = "the schema is named under `schema` in `sysdesign.toml`".to_owned();
            (format!("the project's schema asks for something else: {otherwise}"), help)
        }
    }
}

struct Place<'t> {
    node: Node<'t>,
    key: Option<Node<'t>>,
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
