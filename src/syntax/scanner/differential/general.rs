//! The general parser alone: the reference that the fast path is held to.

use super::FILE;
use crate::syntax::events;
use crate::syntax::nodes::Nodes;
use crate::syntax::page::Page;
use crate::syntax::tree::Tree;
use crate::syntax::{characters, nodes::Stop};

/// The tree of a text in which the general parser finds nothing wrong, or what it finds. Keys that stand twice
/// are found later, in the trees of both.
pub(super) fn read(text: &str) -> Result<Tree, String> {
    let page = Page::new(FILE, text);
    let characters = characters::check(&page);
    let mut nodes = Nodes::new(FILE, text.len());
    match events::read(&page, 0, &mut nodes) {
        Ok(()) => {}
        Err(Stop::Mistake(_, at)) => return Err(format!("a mistake at {at}")),
        Err(Stop::Depth(at)) => return Err(format!("too deep at {at}")),
        Err(Stop::Done) => return Err("too much".to_owned()),
    }
    let findings: Vec<_> = characters.diagnostics.into_iter().chain(nodes.diagnostics).collect();
    if characters.hopeless || !findings.is_empty() || !nodes.complete {
        return Err(format!("{findings:?}"));
    }
    Ok(nodes.builder.finish())
}
