//! Text → tree: the only place that knows YAML and its parser.

mod align;
mod characters;
mod duplicates;
pub mod encoding;
mod events;
pub mod insertion;
mod limits;
mod mistakes;
mod nodes;
mod overlay;
mod page;
mod parse;
pub mod path;
mod recovery;
pub mod scanner;
pub mod tree;
mod unsupported;

pub use encoding::{Decoded, decode};
pub use overlay::{Patched, overlay};
pub use parse::{Parsed, parse};
pub use path::PathIndex;
pub use tree::{CoreType, Node, NodeKind, Style, Tree, TreeBuilder, core_type};
