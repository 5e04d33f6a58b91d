//! What YAML allows and a design does not: why, and what to write instead.

use super::limits::{MAX_KEY_CHARACTERS, MAX_REPEATED_NODES, grouped};
use super::nodes::is_null;
use super::page::{Page, shown};
use super::tree::{NodeKind, Style};
use crate::diagnostic::Diagnostic;
use std::ops::Range;

const RULE: &str = "yaml-not-supported";

/// A tag such as `!!str`, `!include` or `!<tag:…>`.
pub fn tag(page: &Page, range: Range<usize>) -> Diagnostic {
    let written = shown(page.slice(range.clone()));
    let help = if written.starts_with("!include") {
        format!("remove `{written}`; other files are named under the top-level key `include:`")
    } else if written == "!!str" {
        "remove it, and put the value into quotes to make it a text".into()
    } else {
        format!("remove `{written}`; a text that begins with `!` is written in quotes")
    };
    Diagnostic::error(RULE, page.span(range), format!("YAML tags such as `{written}` are not supported"))
        .label("what a value means follows from its key alone")
        .help(help)
}

/// `%YAML 1.2` and the like.
pub fn directive(page: &Page, at: usize) -> Diagnostic {
    let line = page.line(at);
    let name = shown(page.content(&line).split_whitespace().next().unwrap_or("%"));
    let message = format!("YAML directives such as `{name}` are not supported");
    Diagnostic::error(RULE, page.span(line.range()), message)
        .help("remove the line; a design needs no YAML directives")
}

/// A second document, or text after the end of the first.
pub fn second_document(page: &Page, at: usize, explicit: bool) -> Diagnostic {
    let line = page.line(at);
    let help = "move it into a file of its own; a part of this design is then named under `include:`";
    if explicit {
        return Diagnostic::error(RULE, page.span(at..at + 3), "a second YAML document begins here")
            .label("one file holds one design")
            .help(help);
    }
    let end = line.content + page.content(&line).len();
    Diagnostic::error(RULE, page.span(at..end.max(at)), "text follows after `...`, which ends the document")
        .label("nothing from here on is read")
        .help("remove the line with `...`, or move what follows into a file of its own")
}

/// A map or list where a key should stand.
pub fn collection_as_key(page: &Page, kind: NodeKind, start: usize) -> Diagnostic {
    let what = if kind == NodeKind::Map { "a map" } else { "a list" };
    Diagnostic::error(RULE, page.char_span(start), format!("{what} cannot be a key"))
        .help("write a name as the key; text that holds brackets is written in quotes")
}

/// An alias for a map or list where a key should stand.
pub fn alias_as_key(page: &Page, range: Range<usize>) -> Diagnostic {
    Diagnostic::error(RULE, page.span(range), "this alias stands for a map or list, which cannot be a key")
        .help("write a name as the key")
}

/// Why a scalar cannot be a key, if so.
pub fn scalar_as_key(page: &Page, text: &str, style: Style, range: &Range<usize>) -> Option<Diagnostic> {
    let span = page.span(range.clone());
    if text == "<<" && style == Style::Plain {
        let finding = Diagnostic::error(RULE, span, "merge keys (`<<`) are not supported")
            .label("the keys it would bring in could not be seen here")
            .help("write the keys out, or repeat a whole value with an alias, as in `name: *alias`");
        return Some(finding);
    }
    if range.is_empty() {
        let finding = Diagnostic::error(RULE, page.char_span(range.start), "a key is missing before the `:`")
            .help("write a name before the `:`; text that begins with `:` is written in quotes");
        return Some(finding);
    }
    if text.is_empty() {
        let finding = Diagnostic::error(RULE, span, "a key cannot be empty").help("write a name as the key");
        return Some(finding);
    }
    if is_null(text, style) {
        let message = format!("`{text}` means \"nothing\" in YAML, and a key cannot be nothing");
        return Some(Diagnostic::error(RULE, span, message).help("write another name as the key"));
    }
    None
}

/// A key past the limit.
pub fn long_key(page: &Page, range: &Range<usize>, characters: usize) -> Diagnostic {
    let message = format!(
        "a key of {} characters is longer than the limit of {}",
        grouped(characters),
        grouped(MAX_KEY_CHARACTERS)
    );
    Diagnostic::error("limit-exceeded", page.span(range.clone()), message)
        .help("use a short name as the key and put the text into a value")
}

/// An alias whose anchor is not there. Whether it comes later takes a search through the rest of the text.
pub fn unknown_alias(page: &Page, range: Range<usize>, name: &str, search: bool) -> Diagnostic {
    let later = search && page.from(range.end).contains(&format!("&{name}"));
    let name = shown(name);
    let message = format!("no `&{name}` stands before the alias `*{name}`");
    let finding = Diagnostic::error("unknown-alias", page.span(range), message);
    if later {
        finding.help(format!("move the value that is marked with `&{name}` above its first use"))
    } else {
        finding
            .help(format!("put `&{name}` before the value to repeat; for the text itself write \"*{name}\""))
    }
}

/// An alias inside the node that it stands for.
pub fn alias_cycle(page: &Page, range: Range<usize>, name: &str) -> Diagnostic {
    let name = shown(name);
    let message =
        format!("the alias `*{name}` stands inside `&{name}`, so that the value would contain itself");
    Diagnostic::error("unknown-alias", page.span(range), message)
        .help("write the value out, or refer to a part that does not contain the alias")
}

/// An alias past the budget.
pub fn too_many_repeated(page: &Page, range: Range<usize>, name: &str) -> Diagnostic {
    let (limit, name) = (grouped(MAX_REPEATED_NODES), shown(name));
    let message = format!("with `*{name}` the aliases of this file repeat more than {limit} values");
    Diagnostic::error("limit-exceeded", page.span(range), message)
        .label("neither this alias nor larger ones after it are read")
        .help("use fewer aliases inside values that are themselves repeated")
}
