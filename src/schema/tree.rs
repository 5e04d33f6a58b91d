//! The span tree as the schema validator sees it: in place, without a copy.

use crate::spec::shape::to_json;
use crate::syntax::{CoreType, Node, NodeKind};
use jsonschema::JsonType;
use jsonschema::json::{self, Array, Json, JsonNumber, NodeIdentity, Object};
use serde_json::Value;
use std::borrow::Cow;

/// YAML nodes as JSON, scalars by YAML's core schema.
#[derive(Debug)]
pub struct TreeJson;

/// A node of the tree, or the name of a property.
#[derive(Clone, Copy, Debug)]
pub enum TreeNode<'a> {
    /// A node.
    Node(Node<'a>),
    /// A property name that is validated on its own.
    Name(&'a str),
}

impl Json for TreeJson {
    type Node<'a> = TreeNode<'a>;
    type PreparedKey = String;
    type StringBuffer = ();

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(_: &mut (), string: &str, f: impl FnOnce(TreeNode<'_>) -> T) -> T {
        f(TreeNode::Name(string))
    }
}

/// A number of the tree.
#[derive(Clone, Copy, Debug)]
pub struct TreeNumber(f64);

impl JsonNumber for TreeNumber {
    fn as_u64(&self) -> Option<u64> {
        (self.0.fract() == 0.0 && (0.0..1.8e19).contains(&self.0)).then_some(self.0 as u64)
    }

    fn as_i64(&self) -> Option<i64> {
        (self.0.fract() == 0.0 && self.0.abs() < 9.2e18).then_some(self.0 as i64)
    }

    fn as_f64(&self) -> Option<f64> {
        Some(self.0)
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Owned(self.0.to_string())
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        let number = match (self.as_u64(), self.as_i64()) {
            (Some(number), _) => number.into(),
            (_, Some(number)) => number.into(),
            // Numbers of the tree are finite: anything else is a text there.
            _ => serde_json::Number::from_f64(self.0).unwrap_or_else(|| 0.into()),
        };
        Cow::Owned(number)
    }
}

impl<'a> TreeNode<'a> {
    fn scalar(&self) -> Option<(CoreType, &'a str)> {
        match self {
            Self::Name(name) => Some((CoreType::Text, name)),
            Self::Node(node) if node.kind() == NodeKind::Scalar => Some((node.core_type(), node.text())),
            Self::Node(_) => None,
        }
    }
}

impl<'a> json::Node<'a, TreeJson> for TreeNode<'a> {
    type Object = TreeObject<'a>;
    type Array = TreeArray<'a>;
    type Number = TreeNumber;

    fn as_object(&self) -> Option<TreeObject<'a>> {
        match self {
            Self::Node(node) if node.kind() == NodeKind::Map => Some(TreeObject(*node)),
            _ => None,
        }
    }

    fn as_array(&self) -> Option<TreeArray<'a>> {
        match self {
            Self::Node(node) if node.kind() == NodeKind::List => Some(TreeArray(*node)),
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self.scalar()? {
            (CoreType::Text, text) => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    fn as_number(&self) -> Option<TreeNumber> {
        match self.scalar()? {
            (CoreType::Number(number), _) => Some(TreeNumber(number)),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.scalar()? {
            (CoreType::Bool(value), _) => Some(value),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        matches!(self.scalar(), Some((CoreType::Null, _)))
    }

    fn json_type(&self) -> JsonType {
        match self.scalar() {
            Some((CoreType::Null, _)) => JsonType::Null,
            Some((CoreType::Bool(_), _)) => JsonType::Boolean,
            Some((CoreType::Number(_), _)) => JsonType::Number,
            Some((CoreType::Text, _)) => JsonType::String,
            None if self.as_object().is_some() => JsonType::Object,
            None => JsonType::Array,
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match self {
            Self::Node(node) => to_json(*node),
            Self::Name(name) => Value::String((*name).to_owned()),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match self {
            Self::Node(node) => {
                Some(NodeIdentity::tagged(std::ptr::from_ref(node.sources()) as usize, node.index()))
            }
            Self::Name(_) => None,
        }
    }
}

/// A map of the tree.
#[derive(Clone, Copy, Debug)]
pub struct TreeObject<'a>(Node<'a>);

impl<'a> Object<'a, TreeJson> for TreeObject<'a> {
    type Node = TreeNode<'a>;
    type MemberName = &'a str;
    type MembersIter = Box<dyn Iterator<Item = (&'a str, TreeNode<'a>)> + 'a>;

    fn len(&self) -> usize {
        self.0.entries().count()
    }

    fn get(&self, key: &String) -> Option<TreeNode<'a>> {
        self.0.get(key).map(TreeNode::Node)
    }

    fn members(&self) -> Self::MembersIter {
        Box::new(self.0.entries().map(|(key, value)| (key.text(), TreeNode::Node(value))))
    }
}

/// A list of the tree.
#[derive(Clone, Copy, Debug)]
pub struct TreeArray<'a>(Node<'a>);

impl<'a> Array<'a, TreeJson> for TreeArray<'a> {
    type Node = TreeNode<'a>;
    type ElementsIter = Box<dyn Iterator<Item = TreeNode<'a>> + 'a>;

    fn len(&self) -> usize {
        self.0.items().count()
    }

    fn elements(&self) -> Self::ElementsIter {
        Box::new(self.0.items().map(TreeNode::Node))
    }
}
