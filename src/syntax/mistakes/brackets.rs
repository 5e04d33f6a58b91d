//! Mistakes between `[ ]` and `{ }`.

use super::marks::open_marks;
use super::{quoted, shown, syntax, word};
use crate::diagnostic::Diagnostic;
use crate::syntax::page::Page;

/// The bracket that closes another.
pub fn closing(open: u8) -> u8 {
    if open == b'{' { b'}' } else { b']' }
}

/// A bracket at `open` that is closed by the wrong one.
pub fn mismatched(page: &Page, from: usize, open: usize) -> Diagnostic {
    let mark = page.byte(open).unwrap_or(b'[');
    let right = char::from(closing(mark));
    let wrong = if right == ']' { b'}' } else { b']' };
    let depth = open_marks(page, from, open + 1).len();
    // The first wrong bracket that comes while this one is the innermost.
    let close = (open + 1..page.text().len())
        .filter(|&at| page.byte(at) == Some(wrong))
        .take(100)
        .find(|&at| open_marks(page, from, at).len() == depth)
        .unwrap_or(open);
    let (mark, wrong) = (char::from(mark), char::from(wrong));
    syntax(page, close..close + 1, format!("the `{mark}` is closed by `{wrong}`"))
        .related(page.char_span(open), "opened here")
        .help(format!("write `{right}` here, or close the `{mark}` before it"))
}

/// A closing bracket that nothing opens.
pub fn stray(page: &Page, at: usize) -> Diagnostic {
    let mark = page.char(at).unwrap_or(']');
    let open = if mark == ']' { '[' } else { '{' };
    syntax(page, at..at + 1, format!("this `{mark}` closes nothing")).help(format!(
        "remove it, or add the `{open}` that it should close; a text that holds it is written in quotes"
    ))
}

/// A comma too many or too few.
pub fn separator(page: &Page, from: usize, at: usize) -> Diagnostic {
    let marks = open_marks(page, from, at);
    let Some(&(start, mark)) = marks.last() else { return super::other(page, from, at) };
    let close = char::from(closing(mark));
    match page.byte(at) {
        Some(b',') => syntax(page, at..at + 1, "nothing stands before this `,`")
            .related(page.char_span(start), "in the brackets opened here")
            .help("remove the `,`, or write the missing value before it"),
        Some(b':') if page.byte(at + 1).is_some_and(|byte| !byte.is_ascii_whitespace()) => {
            syntax(page, at..at + 1, "there is no space after this `:`").help("write a space after the `:`")
        }
        Some(b':') => missing_comma(page, start, at),
        None => super::marks::still_open(page, from, at).unwrap_or_else(|| super::other(page, at, at)),
        Some(_) => {
            let range = word(page, at);
            let found = shown(page.slice(range.clone()));
            syntax(page, range, format!("a `,` or `{close}` is missing before `{found}`"))
                .related(page.char_span(start), "in the brackets opened here")
                .help("separate the entries with `,`, or put a text that holds these characters into quotes")
        }
    }
}

/// `{a: 1 b: 2}`: the parser stops at the second colon.
fn missing_comma(page: &Page, open: usize, colon: usize) -> Diagnostic {
    let before = page.slice(open + 1..colon);
    let entry = before.rfind([',', '{', '[']).map_or(open + 1, |last| open + 2 + last);
    let text = page.slice(entry..colon);
    let key = text.trim_end().rfind([' ', '\t', '\n', '\r']).map_or(entry, |blank| entry + blank + 1);
    let name = shown(page.slice(key..colon));
    if let Some(finding) = super::colons::long_key(page, entry + leading(text)..colon) {
        return finding;
    }
    let value = text.split_once(": ").map(|(_, value)| value.trim());
    if value.is_some_and(|value| value.contains([' ', '\t', '\n', '\r'])) {
        let range = key..colon.max(key + 1);
        return syntax(page, range, format!("a `,` is missing before `{name}`"))
            .related(page.char_span(open), "in the brackets opened here")
            .help(format!("write `, {name}:`"));
    }
    let rest = page.slice(colon..page.line(colon).end);
    let rest = rest.find([',', ']', '}']).and_then(|end| rest.get(..end)).unwrap_or(rest);
    let text = format!("{}{rest}", value.unwrap_or(text));
    syntax(page, colon..colon + 1, "a value without quotes cannot hold `: `")
        .related(page.char_span(open), "in the brackets opened here")
        .help(format!("put the value into quotes: {}, or separate two entries with `,`", quoted(&text)))
}

/// `- ` between brackets.
pub fn dash(page: &Page, at: usize) -> Diagnostic {
    syntax(page, at..at + 1, "a list in brackets has no dashes")
        .help("separate its items with `,` as in `[a, b]`; a lone `-` is written in quotes")
}

fn leading(text: &str) -> usize {
    text.len() - text.trim_start().len()
}
