//! A project's own JSON Schema, which every design must also fit: house rules such as "every component has an
//! owner", with the place of each violation.

use super::tree::{TreeJson, TreeNode};
use super::violation::Violations;
use crate::diagnostic::Diagnostic;
use crate::syntax::Node;
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

/// A schema, ready to validate trees in place.
#[derive(Debug)]
pub struct HouseSchema {
    validator: Validator<TreeJson>,
    schema: Value,
}

impl HouseSchema {
    /// Reads the text of a schema.
    pub fn compile(text: &str) -> Result<Self, String> {
        let schema = serde_json::from_str(text)
            .map_err(|error| format!("the project's schema is no JSON: {error}"))?;
        Self::of(&schema)
    }

    /// From a schema that is JSON already.
    pub fn of(schema: &Value) -> Result<Self, String> {
        let validator = jsonschema::options_for::<TreeJson>().build(schema).map_err(|error| {
            match error.instance_path().as_str() {
                "" => format!("the project's schema is no JSON Schema: {error}"),
                place => format!("the project's schema is no JSON Schema: {error}, at `{place}`"),
            }
        })?;
        Ok(Self { validator, schema: schema.clone() })
    }

    /// Whether a document fits.
    pub fn fits(&self, root: Node<'_>) -> bool {
        self.validator.is_valid(TreeNode::Node(root))
    }

    /// All violations, each at the node that it is about.
    pub fn check(&self, root: Node<'_>) -> Vec<Diagnostic> {
        self.check_files(&[root])
    }

    /// All violations of a design that is made of several files, each at the node that it is about.
    ///
    /// Each file is checked by itself, but what one of them says (`owner: …`) the others need not say again.
    pub fn check_files(&self, roots: &[Node<'_>]) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (index, root) in roots.iter().enumerate() {
            let mut violations = Violations::new(&self.schema, *root);
            for error in self.validator.iter_errors(TreeNode::Node(*root)) {
                let missing = match error.kind() {
                    ValidationErrorKind::Required { property } if error.instance_path().is_empty() => {
                        property.as_str()
                    }
                    _ => None,
                };
                let said = |key: &str| index > 0 || roots.iter().any(|root| root.get(key).is_some());
                if !missing.is_some_and(said) {
                    violations.add(&error);
                }
            }
            found.append(&mut violations.found);
        }
        found
    }
}
