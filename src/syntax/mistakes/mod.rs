//! Mistakes in the grammar of YAML, in the words of the person who made them.
//!
//! The parser stops where it cannot go on, which is often far from the character that must change. What is said
//! here comes from the text around that place; the parser only gives the kind of [`Trouble`].

mod brackets;
mod colons;
mod indentation;
mod marks;
mod quotes;
mod scalars;

use super::limits::{MAX_DEPTH, grouped};
use super::page::{Page, shown};
use super::unsupported;
use crate::diagnostic::Diagnostic;
use std::ops::Range;

/// What the parser stumbled over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// A tab where only spaces may stand.
    Tab,
    /// A `:` that cannot make a key here.
    Colon,
    /// Text where a key must stand, without a `:`.
    NoColon,
    /// A character that no value begins with.
    Character,
    /// Something after the end of the document.
    AfterDocument,
    /// A line that begins with `%`.
    Percent,
    /// A quote that is not closed.
    OpenQuote,
    /// A line inside quotes or brackets that is not indented enough.
    Continuation,
    /// Text after a closing quote.
    AfterQuote,
    /// A wrong escape in double quotes.
    Escape,
    /// A bracket that is not closed.
    OpenBracket,
    /// A bracket that is closed by one of the other kind.
    WrongBracket,
    /// A closing bracket without an opening one.
    StrayBracket,
    /// A comma too few or too many, or the like, between brackets.
    InBrackets,
    /// `- ` between brackets.
    DashInBrackets,
    /// A `#` in the wrong place.
    Comment,
    /// A line that does not belong to the map or list around it.
    Entry,
    /// `- ` where no list can begin.
    Dash,
    /// `? ` where no key can begin.
    QuestionMark,
    /// `&` or `*` without a name.
    NoAnchorName,
    /// Text after `|` or `>`.
    BlockHeader,
    /// A line of block text that is not indented enough.
    BlockIndent,
    /// A tag that is not even good YAML.
    Tag,
    /// Text after `...`.
    DocumentEnd,
    /// Anything else.
    Other,
}

/// A mistake and where the damage begins: entries before it are good.
pub struct Mistake {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// The offset of the character to change.
    pub damage: usize,
}

/// Explains what the parser, reading from `from`, stumbled over at `at`.
pub fn explain(trouble: Trouble, page: &Page, from: usize, at: usize) -> Mistake {
    let at = at.min(page.text().len());
    let diagnostic = match trouble {
        Trouble::Tab => indentation::tab(page, at),
        Trouble::Colon => colons::unexpected(page, from, at),
        Trouble::NoColon => colons::missing(page, at),
        Trouble::Character => scalars::forbidden_start(page, at),
        Trouble::AfterDocument => indentation::after_document(page, from, at),
        Trouble::Percent => scalars::percent(page, at),
        Trouble::OpenQuote | Trouble::Continuation | Trouble::OpenBracket => marks::open(page, from, at),
        Trouble::AfterQuote => quotes::text_after(page, from, at),
        Trouble::Escape => quotes::escape(page, at),
        Trouble::WrongBracket => brackets::mismatched(page, from, at),
        Trouble::StrayBracket => brackets::stray(page, at),
        Trouble::InBrackets => brackets::separator(page, from, at),
        Trouble::DashInBrackets => brackets::dash(page, at),
        Trouble::Comment => scalars::comment(page, at),
        Trouble::Entry => indentation::entry(page, from, at),
        Trouble::Dash => indentation::dash(page, at),
        Trouble::QuestionMark => scalars::question_mark(page, at),
        Trouble::NoAnchorName => scalars::anchor_without_name(page, at),
        Trouble::BlockHeader => scalars::block_header(page, at),
        Trouble::BlockIndent => indentation::block_text(page, at),
        Trouble::Tag => unsupported::tag(page, word(page, at)),
        Trouble::DocumentEnd => unsupported::second_document(page, at, false),
        Trouble::Other => other(page, from, at),
    };
    let damage = diagnostic.span.range().start.max(from);
    Mistake { diagnostic, damage }
}

/// A collection nested past the limit.
pub fn too_deep(page: &Page, from: usize, at: usize) -> Mistake {
    let message = format!("maps and lists are nested more than {} deep", grouped(MAX_DEPTH));
    let diagnostic = Diagnostic::error("limit-exceeded", page.char_span(at), message)
        .label("one level too many")
        .help("flatten the structure; no part of a design needs so many levels");
    Mistake { diagnostic, damage: at.max(from) }
}

/// What no other explanation fits. The text is shown from where the parser stopped.
fn other(page: &Page, from: usize, at: usize) -> Diagnostic {
    if let Some(finding) = marks::still_open(page, from, at) {
        return finding;
    }
    syntax(page, word(page, at), "this cannot stand here")
        .help("look for a missing quote, bracket, colon or indentation just before it; quote a text that is meant literally")
}

/// A finding of the rule that this module is about.
fn syntax(page: &Page, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("yaml-syntax", page.span(range), message)
}

/// The characters from `at` to the next blank.
fn word(page: &Page, at: usize) -> Range<usize> {
    let rest = page.slice(at..page.line(at).end);
    at..at + rest.find([' ', '\t']).unwrap_or(rest.len())
}

/// A text, cut when it is long, in the quotes that need the fewest changes to it.
fn quoted(text: &str) -> String {
    let text = shown(text);
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

#[cfg(test)]
mod tests;
