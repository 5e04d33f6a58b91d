//! Mistakes with quotes.

use super::marks::{closing_quote, open_marks, spaces};
use super::{quoted, shown, syntax};
use crate::diagnostic::Diagnostic;
use crate::syntax::page::{Page, key_colon};

/// A quote that is opened at `open` and cannot go on at `at`.
pub fn unclosed(page: &Page, open: usize, at: usize) -> Diagnostic {
    let quote = page.char(open).unwrap_or('"');
    let line = page.line(open);
    let later = page.line(at);
    // A text over several lines is closed further on; then only the indentation of its lines is wrong.
    let is_key = key_colon(page.slice(later.content..later.end)).is_some();
    if later.start > open && !is_key && closing_quote(page, open).is_some() {
        let number = page.line_number(open);
        let message = format!("this line belongs to the text that line {number} opens with `{quote}`");
        return syntax(page, later.content..later.end.max(later.content + 1), message)
            .related(page.char_span(open), "the text begins here")
            .help(format!("indent it by at least {}", spaces(line.indent() + 1)));
    }
    let text = page.content(&line);
    let value = page.slice(open + 1..(line.content + text.len()).max(open + 1));
    let value = without_rest_of_brackets(value, open_marks(page, line.start, open).len());
    syntax(page, open..open + 1, format!("the quote `{quote}` is not closed"))
        .label("opened here")
        .help(format!("write {quote}{}{quote}", shown(value)))
}

/// The part of an unclosed text that was probably meant to be in the quotes: not the next entry of the brackets
/// that it stands in, and not what closes them.
fn without_rest_of_brackets(value: &str, brackets: usize) -> &str {
    if brackets == 0 {
        return value;
    }
    let next_entry = value.match_indices(',').find(|(at, _)| {
        let after = value.get(at + 1..).unwrap_or_default().trim_start();
        key_colon(after).is_some_and(|colon| !after.get(..colon).unwrap_or_default().contains(' '))
    });
    let mut text = next_entry.and_then(|(at, _)| value.get(..at)).unwrap_or(value).trim_end();
    if next_entry.is_none() {
        for _ in 0..brackets {
            text = text.strip_suffix([']', '}']).unwrap_or(text).trim_end();
        }
    }
    text
}

/// Text that goes on after a closing quote.
pub fn text_after(page: &Page, from: usize, at: usize) -> Diagnostic {
    let line = page.line(at);
    let Some((open, close)) = quote_before(page, from, at) else {
        return super::other(page, at, at);
    };
    let quote = page.char(open).unwrap_or('"');
    // A quote that is forgotten in one line ends at the next quote below it.
    if page.line(open).start != line.start {
        return syntax(page, open..open + 1, format!("the quote `{quote}` is not closed in its line"))
            .label("opened here")
            .related(page.char_span(close), "so that it ends only here")
            .help(format!("write {quote}{}{quote}", shown(page.slice(open + 1..page.line(open).end))));
    }
    let end = line.content + page.content(&line).len();
    let glued = close + 1 == at;
    if let (Some(&(bracket, _)), false) = (open_marks(page, from, open).last(), glued) {
        let rest = page.slice(at..end);
        let length = rest.find([',', ']', '}']).unwrap_or(rest.len());
        let next = rest.get(..length).unwrap_or(rest);
        return syntax(page, at..at + length, format!("a `,` is missing before `{}`", shown(next)))
            .related(page.char_span(bracket), "in the brackets opened here")
            .help(format!("write `, {}`, or put both texts into one pair of quotes", shown(next)));
    }
    let whole = page.slice(open..end.max(at));
    let help = if quote == '\'' && glued {
        let inner = whole.trim_matches('\'').replace("''", "'").replace('\'', "''");
        format!("inside single quotes an apostrophe is written twice: '{}'", shown(&inner))
    } else if glued {
        "inside double quotes a quote is written `\\\"`, or put the whole text into single quotes".into()
    } else {
        format!("put all of it into quotes: {}", quoted(&whole.replace(quote, "")))
    };
    let range = at..end.max(at + page.char(at).map_or(0, char::len_utf8));
    syntax(page, range, format!("the text goes on after its closing `{quote}`"))
        .related(page.char_span(close), "the quote is closed here")
        .help(help)
}

/// The quoted text that ends last before `at`.
fn quote_before(page: &Page, from: usize, at: usize) -> Option<(usize, usize)> {
    // The quote is open at the byte before its end and closed at its end.
    let close = (from..at).rev().find(|&at| matches!(page.byte(at), Some(b'"' | b'\'')))?;
    let (open, _) = open_marks(page, from, close).last().copied()?;
    matches!(page.byte(open), Some(b'"' | b'\'')).then_some((open, close))
}

/// A `\` in double quotes that escapes nothing known. The parser gives the beginning of the text.
pub fn escape(page: &Page, at: usize) -> Diagnostic {
    let rest = page.from(at);
    let mut chars = rest.char_indices();
    while let Some((start, char)) = chars.next() {
        if char != '\\' {
            continue;
        }
        let Some((_, letter)) = chars.next() else { break };
        let digits = match letter {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            '0' | 'a' | 'b' | 't' | '\t' | 'n' | 'v' | 'f' | 'r' | 'e' | ' ' | '"' | '/' | '\\' | 'N'
            | '_' | 'L' | 'P' | '\n' | '\r' => continue,
            _ => {
                let end = start + 1 + letter.len_utf8();
                return syntax(
                    page,
                    at + start..at + end,
                    format!("`\\{letter}` is not an escape that YAML knows"),
                )
                .help("write `\\\\` for a backslash, or put the text into single quotes");
            }
        };
        let after = rest.get(start + 2..).unwrap_or_default();
        let hex: String = after.chars().take(digits).take_while(char::is_ascii_hexdigit).collect();
        let end = start + 2 + hex.len();
        if hex.len() < digits {
            let message = format!("`\\{letter}` needs {digits} hexadecimal digits");
            return syntax(page, at + start..at + end, message)
                .help("write all digits, or `\\\\` for a backslash");
        }
        let number = u32::from_str_radix(&hex, 16).unwrap_or(u32::MAX);
        let low = after.get(hex.len()..).and_then(|rest| rest.strip_prefix("\\u"));
        let low = low.and_then(|rest| rest.get(..4)).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let pair =
            (0xd800..0xdc00).contains(&number) && low.is_some_and(|low| (0xdc00..0xe000).contains(&low));
        if pair {
            chars.nth(hex.len() + 5);
        } else if char::from_u32(number).is_none() {
            let message = format!("`\\{letter}{hex}` is not a character");
            return syntax(page, at + start..at + end, message).help("write the character itself");
        }
    }
    super::other(page, at, at)
}
