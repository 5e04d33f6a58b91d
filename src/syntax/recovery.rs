//! Where to go on after a mistake. Top-level keys begin in column 1, so that the next one is easy to find
//! whatever went wrong before it.

use super::page::{Line, Page};

/// Where the top-level entry begins that holds the byte at an offset.
pub fn entry_start(page: &Page, at: usize) -> usize {
    let begins_entry = |line: &Line| {
        let text = page.slice(line.range());
        !text.is_empty() && !text.starts_with([' ', '\t', '#', ']', '}', '-'])
    };
    let line = page.line(at);
    if begins_entry(&line) {
        return line.start;
    }
    page.lines_above(at).find(begins_entry).map_or(0, |line| line.start)
}

/// What comes after a damaged entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// A top-level key at this offset.
    Entry(usize),
    /// A second document that begins at this offset.
    Document(usize),
    /// Nothing to go on with.
    End,
}

/// The next top-level key in a line after the one at an offset.
pub fn next_entry(page: &Page, at: usize) -> Next {
    for line in page.lines_from(at).skip(1) {
        let text = page.slice(line.range());
        if text == "---" || text.starts_with("--- ") {
            return Next::Document(line.start);
        }
        if text == "..." || text.starts_with("... ") {
            return Next::End;
        }
        if text.starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '"' | '\''))
            && text.contains(':')
        {
            return Next::Entry(line.start);
        }
    }
    Next::End
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn check(text: &str, at: usize, start: usize, next: Next) {
        let page = Page::new(FileId(0), text);
        assert_eq!((entry_start(&page, at), next_entry(&page, at)), (start, next), "{text:?} at {at}");
    }

    #[test]
    fn an_entry_begins_at_a_key_in_column_one() {
        check("a: 1\nb:\n  c: [\n]\n# d:\n\"e\": 2\n", 13, 5, Next::Entry(22));
        check("  a: 1\n b: 2\n", 9, 0, Next::End);
    }

    #[test]
    fn a_document_marker_ends_the_search() {
        check("a: [\n---\nb: 1\n", 3, 0, Next::Document(5));
        check("a: [\n...\nb: 1\n", 3, 0, Next::End);
        check("a: [\n--- b\nb: 1\n", 3, 0, Next::Document(5));
    }

    #[test]
    fn text_without_a_colon_is_no_key() {
        check("a: [\nb\n-c: d\nd:e\n", 3, 0, Next::Entry(13));
    }
}
