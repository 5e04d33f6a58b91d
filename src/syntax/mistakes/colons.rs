//! Mistakes with the `:` between key and value.

use super::{quoted, shown, syntax};
use crate::diagnostic::Diagnostic;
use crate::syntax::limits::MAX_KEY_CHARACTERS;
use crate::syntax::page::{Line, Page, dashes, key_colon};
use crate::syntax::unsupported;

/// A `:` at `at` that cannot make a key of what stands before it.
pub fn unexpected(page: &Page, from: usize, at: usize) -> Diagnostic {
    let line = page.line(at);
    let start = line.content + dashes(page.slice(line.content..line.end));
    let key = start..at.max(start);
    if let Some(finding) = long_key(page, key.clone()) {
        return finding;
    }
    if page.slice(line.start..at).starts_with("--- ") {
        return syntax(page, key, "a key cannot stand in the line of `---`")
            .help("remove the `---`, or begin in the next line");
    }
    if let Some(first) = key_colon(page.slice(start..at)) {
        return second_colon(page, &line, start + first, at);
    }
    if page.slice(key.clone()).trim_end().ends_with([']', '}']) {
        return syntax(page, at..at + 1, "a list or map in brackets cannot be a key")
            .help("write a name as the key; text that holds brackets is written in quotes");
    }
    let above = page.line_with_content_above(at).filter(|above| above.start >= page.line(from).start);
    let Some(above) = above else {
        return syntax(page, at..at + 1, "this `:` cannot stand here").help("put the text into quotes");
    };
    let content = page.content(&above);
    if above.indent() >= line.indent() || key_colon(content.get(dashes(content)..).unwrap_or("")).is_none() {
        // The line above was meant to be an entry of its own, and ran into this one.
        if let Some(finding) = no_colon(page, &above) {
            return finding;
        }
    }
    deeper_than_value(page, &line, key.start..at, &above)
}

/// `a: b: c`
fn second_colon(page: &Page, line: &Line, first: usize, at: usize) -> Diagnostic {
    let content = page.content(line);
    let end = line.content + content.len();
    let value = page.slice(first + 1..end).trim();
    let key = page.slice(line.content..first + 1);
    let second_key = page.slice(first + 1..at).trim().ends_with(['"', '\'']);
    let help = if second_key {
        "begin a new line for the second key, or put all of the value into one pair of quotes".to_owned()
    } else {
        format!("put the value into quotes: {} {}", shown(key), quoted(value))
    };
    syntax(page, at..at + 1, "a value without quotes cannot hold `: `")
        .label("this would make a second key in the same line")
        .help(help)
}

/// A key that is indented below a line which already has a value.
fn deeper_than_value(page: &Page, line: &Line, key: std::ops::Range<usize>, above: &Line) -> Diagnostic {
    let name = shown(page.slice(key.clone()));
    let content = page.content(above);
    let skipped = dashes(content);
    let entry = content.get(skipped..).unwrap_or(content);
    let colon = key_colon(entry);
    let parent = shown(entry.get(..colon.unwrap_or(entry.len())).unwrap_or(entry));
    let column = above.indent() + skipped + 1;
    let message = format!("`{name}` is indented deeper than `{parent}`, which already has a value");
    let finding = syntax(page, key.start..key.end.max(key.start + 1), message)
        .related(page.span(above.content + skipped..above.content + content.len()), "the line above");
    if line.indent() + 1 == column {
        return finding.help(format!("write a `:` after `{parent}`"));
    }
    finding.help(format!(
        "begin it in column {column} to put it beside `{parent}`, or remove the value of `{parent}`"
    ))
}

/// Text at `at` where a key must stand, without a `:` that makes it one.
pub fn missing(page: &Page, at: usize) -> Diagnostic {
    let line = page.line(at);
    if let Some(colon) = key_colon(page.slice(at..line.end))
        && let Some(finding) = long_key(page, at..at + colon)
    {
        return finding;
    }
    no_colon(page, &line).unwrap_or_else(|| super::other(page, at, at))
}

/// Explains a line that lacks the `:` or the blank after it.
fn no_colon(page: &Page, line: &Line) -> Option<Diagnostic> {
    let content = page.content(line);
    let skipped = dashes(content);
    let text = content.get(skipped..).filter(|text| !text.is_empty())?;
    let start = line.content + skipped;
    if key_colon(text).is_some() {
        return None;
    }
    if content.starts_with("=======") {
        return Some(
            syntax(page, start..start + text.len(), "this line seems to be left over from a merge conflict")
                .help("delete it, and check the lines around it"),
        );
    }
    let glued =
        text.find(':').filter(|&at| at > 0 && !text.get(at..).is_some_and(|rest| rest.starts_with("://")));
    if let Some(colon) = glued {
        let (key, value) = (text.get(..colon)?, text.get(colon + 1..)?);
        return Some(
            syntax(page, start + colon..start + colon + 1, "there is no space after this `:`")
                .label("so it does not end a key")
                .help(format!("write `{}: {}`", shown(key), shown(value))),
        );
    }
    let word = shown(text);
    let help = match text.split_once('=') {
        Some((key, value)) => format!("write `{}: {}`", shown(key), shown(value)),
        None => format!("write `{word}:` if it is a key, or indent it to continue the value above"),
    };
    Some(syntax(page, start..start + text.len(), format!("there is no `:` after `{word}`")).help(help))
}

/// A key past the limit, which the parser then takes for a value.
pub fn long_key(page: &Page, key: std::ops::Range<usize>) -> Option<Diagnostic> {
    let characters = page.slice(key.clone()).trim_end().chars().count();
    (characters > MAX_KEY_CHARACTERS).then(|| unsupported::long_key(page, &key, characters))
}
