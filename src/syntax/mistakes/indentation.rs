//! Lines that begin in the wrong column.

use super::{quoted, shown, syntax};
use crate::diagnostic::Diagnostic;
use crate::syntax::page::{Line, Page, dashes, key_colon};

/// A tab where only spaces may stand. The parser may stop before or after it.
pub fn tab(page: &Page, at: usize) -> Diagnostic {
    let line = page.line(at);
    let indented_with_tab =
        |line: &Line| page.slice(line.start..line.content).find('\t').map(|tab| line.start + tab);
    let tab = page
        .lines_from(at)
        .take(3)
        .find_map(|line| indented_with_tab(&line))
        .or_else(|| page.slice(line.start..at.max(line.start)).rfind('\t').map(|tab| line.start + tab))
        .or_else(|| page.slice(at..line.end).find('\t').map(|tab| at + tab));
    let Some(start) = tab else { return super::other(page, at, at) };
    let rest = page.from(start);
    let count = rest.len() - rest.trim_start_matches('\t').len();
    let what = if count == 1 { "this tab".to_owned() } else { format!("these {count} tabs") };
    let message = "a tab cannot indent in YAML";
    syntax(page, start..start + count, message)
        .label("only spaces can")
        .help(format!("replace {what} with spaces"))
}

/// A key or item that belongs neither to the collection above it nor to one around that.
pub fn entry(page: &Page, from: usize, at: usize) -> Diagnostic {
    let line = page.line(at);
    let begins_line = page.slice(line.content..at).trim_matches(['-', ' ', '\t']).is_empty();
    if !begins_line {
        return text_after_value(page, at);
    }
    let content = page.content(&line);
    let is_item = dashes(content) > 0;
    if !is_item && content.starts_with('-') && !content.starts_with("->") {
        return syntax(page, line.content..line.content + 1, "there is no space after this `-`")
            .label("so it does not begin an item of a list")
            .help(format!("write `- {}`", shown(content.trim_start_matches('-'))));
    }
    if !is_item && key_colon(content).is_none() {
        return line_without_key(page, &line);
    }
    let around = columns_around(page, from, &line);
    let end = if is_item { content.len() } else { key_colon(content).unwrap_or(content.len()) };
    let range = line.content..line.content + end;
    if let Some(sibling) =
        around.iter().find(|other| other.column == line.indent() && other.is_item != is_item)
    {
        let (message, help) = if is_item {
            (
                "an item of a list stands among the keys of a map",
                "indent the item below the key that the list belongs to, or write a key instead of the dash",
            )
        } else {
            (
                "a key of a map stands among the items of a list",
                "begin it with `- `, indent it to make it part of the item above, or move it out of the list",
            )
        };
        let other = page.span(sibling.range.clone());
        return syntax(page, range, message).related(other, "the entry before it").help(help);
    }
    let what = if is_item { "item" } else { "key" };
    let message =
        format!("this {what} begins in column {}, where nothing above it begins", line.indent() + 1);
    let finding = syntax(page, range, message);
    let alike = || around.iter().filter(|other| other.is_item == is_item);
    // Of two columns that are equally near, the inner one holds the neighbours.
    let nearest = alike().rev().min_by_key(|other| other.column.abs_diff(line.indent()));
    let Some(nearest) = nearest else { return finding.help("line it up with the lines above it") };
    let columns: Vec<String> = alike().map(|other| (other.column + 1).to_string()).collect();
    let finding = match columns.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            finding.label(format!("the {what}s above begin in columns {} and {last}", rest.join(", ")))
        }
        _ => finding,
    };
    let name = shown(page.slice(nearest.range.clone()));
    finding
        .related(page.span(nearest.range.clone()), "the entry to line up with")
        .help(format!("begin it in column {} to line it up with `{name}`", nearest.column + 1))
}

/// A line that is neither key nor item: it was meant to go on with a text.
fn line_without_key(page: &Page, line: &Line) -> Diagnostic {
    let header = page
        .lines_above(line.start)
        .take(1000)
        .find(|above| !page.content(above).is_empty() && above.indent() < line.indent());
    let block = header.filter(|header| ends_with_block_header(page, header));
    let range = line.content..line.end.max(line.content + 1);
    if let Some(header) = block {
        let number = page.line_number(header.start);
        let first = page.lines_from(header.start).skip(1).find(|line| !line.is_blank());
        let column = first.map_or(header.indent() + 2, |first| first.indent()) + 1;
        return syntax(
            page,
            range,
            format!("this line is indented less than the text that begins in line {number}"),
        )
        .related(page.span(header.content..header.end), "the text belongs to this key")
        .help(format!("begin it in column {column}"));
    }
    let after_comment = page.previous_line(line).is_some_and(|above| page.content(&above).is_empty());
    if after_comment {
        return super::scalars::comment(page, line.content);
    }
    let word = shown(page.content(line));
    syntax(page, range, format!("`{word}` is neither a key nor an item of a list"))
        .help(format!("write `{word}:` if it is a key, `- {word}` if it is an item"))
}

/// A column in which an entry above begins, and that entry.
struct Column {
    column: usize,
    is_item: bool,
    range: std::ops::Range<usize>,
}

/// The columns of the entries above a line that it could belong to, outermost first.
fn columns_around(page: &Page, from: usize, line: &Line) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let first = page.line(from).start;
    for above in page.lines_above(line.start).take_while(|above| above.start >= first).take(1000) {
        let content = page.content(&above);
        let skipped = dashes(content);
        let text = content.get(skipped..).unwrap_or("");
        if content.is_empty() {
            continue;
        }
        // `- name: x` begins an item in one column and a key in another.
        let key = key_colon(text).map(|end| (false, above.content + skipped..above.content + skipped + end));
        let item = (skipped > 0).then(|| (true, above.content..above.content + content.len()));
        for (is_item, range) in key.into_iter().chain(item) {
            let column = range.start - above.start;
            if columns.last().is_none_or(|inner| column < inner.column) {
                columns.push(Column { column, is_item, range });
            }
        }
        if columns.last().is_some_and(|outermost| outermost.column == 0) {
            break;
        }
    }
    columns.reverse();
    columns
}

/// Something after a value that is already complete, in the same line.
fn text_after_value(page: &Page, at: usize) -> Diagnostic {
    let line = page.line(at);
    let end = line.content + page.content(&line).len();
    let before = page.slice(line.content..at).trim_end();
    let what = match before.chars().last() {
        Some('}' | ']') => "the closing bracket",
        Some('"' | '\'') => "the closing quote",
        _ if before.rsplit([' ', '\t']).next().is_some_and(|word| word.starts_with('*')) => "the alias",
        _ => "the value",
    };
    if what.starts_with("the closing") {
        return syntax(page, at..end.max(at), format!("text follows after {what}"))
            .help("remove it, or begin a new line");
    }
    let value = key_colon(before).map_or(0, |colon| colon + 1);
    let whole = page.slice(line.content + value..end.max(at)).trim();
    syntax(page, at..end.max(at), format!("text follows after {what}"))
        .help(format!("remove it, or put all of the text into quotes: {}", quoted(whole)))
}

/// Something after the end of the outermost value.
pub fn after_document(page: &Page, from: usize, at: usize) -> Diagnostic {
    let line = page.line(at);
    if page.byte(line.start) == Some(b'%') {
        return super::scalars::percent(page, line.start);
    }
    let first =
        page.lines_from(from).find(|line| !page.content(line).is_empty() && page.content(line) != "---");
    let Some(first) = first.filter(|first| first.start < line.start) else {
        return text_after_value(page, at);
    };
    if page.byte(at).is_some_and(|byte| matches!(byte, b'}' | b']')) {
        return super::brackets::stray(page, at);
    }
    if line.indent() < first.indent() {
        let name = shown(page.content(&first));
        return syntax(
            page,
            first.start..first.content,
            format!("`{name}` is indented, but what follows is not"),
        )
        .related(page.char_span(line.content), "this line begins further left")
        .help("remove these spaces: all top-level keys begin in the same column");
    }
    let range = line.content..line.content + page.content(&line).len();
    syntax(page, range, "this line follows after the end of the outermost value")
        .help("a design is one map: write every line as `key: value`")
}

/// `a: - b`
pub fn dash(page: &Page, at: usize) -> Diagnostic {
    let line = page.line(at);
    let end = line.content + page.content(&line).len();
    let text = page.slice(at..end.max(at));
    let item = shown(text.trim_start_matches('-'));
    let finding = syntax(page, at..at + 1, "a list cannot begin in the line of its key");
    if item.is_empty() {
        return finding.help("for the text itself write \"-\"; for a list begin a new line, indented");
    }
    finding.help(format!(
        "write `- {item}` in the next line, or `[{item}]` here; for the text itself write {}",
        quoted(text)
    ))
}

/// A line of a block text that is indented less than its first line.
pub fn block_text(page: &Page, at: usize) -> Diagnostic {
    let line = page.line(at);
    let header = page.lines_above(at).take(1000).find(|above| ends_with_block_header(page, above));
    let finding = syntax(
        page,
        line.start..line.content.max(line.start + 1),
        "this line does not fit the block text around it",
    );
    let finding = match header {
        Some(header) => finding.related(page.span(header.content..header.end), "the block text begins here"),
        None => finding,
    };
    finding.help("indent every line of the text alike, blank lines at its beginning no deeper than the first line of text")
}

fn ends_with_block_header(page: &Page, line: &Line) -> bool {
    let is_indicator = |char: char| matches!(char, '-' | '+' | '1'..='9');
    page.content(line).trim_end_matches(is_indicator).ends_with(['|', '>'])
}
