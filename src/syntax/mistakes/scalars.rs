//! Mistakes in texts without quotes, block texts, comments and anchors.

use super::{quoted, shown, syntax, word};
use crate::diagnostic::Diagnostic;
use crate::syntax::page::{Page, key_colon, without_comment};
use crate::syntax::unsupported;
use std::ops::Range;

/// `@`, `` ` `` and others that YAML keeps for itself.
pub fn forbidden_start(page: &Page, at: usize) -> Diagnostic {
    let char = page.char(at).unwrap_or(' ');
    let range = plain_text(page, at);
    let text = page.slice(range.clone());
    let name = if char == '`' { "a backtick".into() } else { format!("`{char}`") };
    syntax(page, at..at + char.len_utf8(), format!("a text without quotes cannot begin with {name}"))
        .label("YAML keeps this character for itself")
        .help(format!("put the text into quotes: {}", quoted(text)))
}

/// The text that begins at `at`, up to what would end it if it were quoted.
fn plain_text(page: &Page, at: usize) -> Range<usize> {
    let line = page.line(at);
    let rest = without_comment(page.slice(at..line.end)).trim_end();
    let is_key = page.slice(line.content..at).trim_matches(['-', ' ', '\t']).is_empty();
    let in_brackets = page.slice(line.content..at).contains(['[', '{']);
    let key = key_colon(rest).filter(|_| is_key || in_brackets);
    let bracket = rest.find([',', ']', '}']).filter(|_| in_brackets);
    let length = key.unwrap_or(rest.len()).min(bracket.unwrap_or(rest.len()));
    at..at + length
}

/// A line that begins with `%`.
pub fn percent(page: &Page, at: usize) -> Diagnostic {
    let line = page.line(at);
    let text = page.content(&line);
    if text.starts_with("%YAML") || text.starts_with("%TAG") {
        return unsupported::directive(page, at);
    }
    forbidden_start(page, line.content)
}

/// `? ` where no key can begin.
pub fn question_mark(page: &Page, at: usize) -> Diagnostic {
    let text = page.slice(plain_text(page, at));
    syntax(page, at..at + 1, "a text without quotes cannot begin with `? `")
        .help(format!("put the text into quotes: {}", quoted(text)))
}

/// `&` or `*` without a name.
pub fn anchor_without_name(page: &Page, at: usize) -> Diagnostic {
    let mark = page.char(at).unwrap_or('*');
    let what = if mark == '&' { "an anchor" } else { "an alias" };
    let text = page.slice(plain_text(page, at));
    syntax(page, at..at + 1, format!("`{mark}` begins {what} in YAML, but no name follows"))
        .help(format!("for the text itself write {}", quoted(text)))
}

/// A `#` that no blank separates from what stands before it, or a comment inside a text.
pub fn comment(page: &Page, at: usize) -> Diagnostic {
    if page.byte(at) == Some(b'#')
        && at > 0
        && page.byte(at - 1).is_some_and(|byte| !byte.is_ascii_whitespace())
    {
        return syntax(page, at..at + 1, "a comment needs a space before its `#`").help("write ` #`");
    }
    let line = page.line(at);
    let comment = page.line_with_content_above(at).and_then(|above| {
        page.lines_from(above.start).take_while(|between| between.start < line.start).find_map(|between| {
            let text = page.slice(between.range());
            let length = without_comment(text).len();
            (length < text.len()).then_some(between.start + length..between.end)
        })
    });
    let finding =
        syntax(page, line.content..line.end, "this line goes on with a text that a comment has ended");
    let finding = match comment {
        Some(range) => finding.related(page.span(range), "the comment"),
        None => finding,
    };
    finding.help("move the comment above the text, or put the text into quotes or under `|`")
}

/// Text after `|` or `>`, or a wrong number.
pub fn block_header(page: &Page, at: usize) -> Diagnostic {
    let line = page.line(at);
    let mark = page.char(at).unwrap_or('|');
    let rest = without_comment(page.slice(at + 1..line.end));
    let text = rest.trim_start_matches(['-', '+', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    if text.starts_with('0') {
        return syntax(page, at..at + 2, "the indentation of a block text cannot be 0")
            .help(format!("write `{mark}` alone and indent the text below it"));
    }
    let start = line.start + (page.slice(line.range()).len() - page.slice(at + 1..line.end).len());
    let start = start + (rest.len() - text.trim_start().len());
    let end = start + text.trim().len();
    let range = if end > start { start..end } else { word(page, at) };
    syntax(page, range, format!("text cannot follow `{mark}` in the same line"))
        .related(page.char_span(at), format!("`{mark}` begins a block text"))
        .help(format!(
            "begin the text in the next line, indented; for a text that holds `{mark}` write {}",
            quoted(&shown(page.slice(at..end.max(at + 1))))
        ))
}
