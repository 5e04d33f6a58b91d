//! Text → tree: the only place that knows YAML and its parser.

mod align;
pub mod scanner;
pub mod tree;

pub use tree::{CoreType, Node, NodeKind, Style, Tree, TreeBuilder, core_type};
