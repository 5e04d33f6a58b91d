//! The report as a page of GitHub-flavoured Markdown. All that a design says goes through one escape.

use super::page::{Cell, Item, Page, Piece, Table, Tone};
use crate::report::sanitize::{Signs, Visible};
use std::io::{self, Write};

/// Text that is nothing but text in Markdown: no table, link, picture, HTML, mention, emphasis or code comes of it.
pub fn escaped(text: &str) -> String {
    let visible = Visible::line(text, Signs::Unicode);
    let visible = visible.as_str();
    let mut result = String::with_capacity(visible.len());
    let mut before = ' ';
    let mut rest = visible.chars().peekable();
    while let Some(sign) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let inside_word = before.is_alphanumeric() && next.is_alphanumeric();
        match sign {
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '&' => result.push_str("&amp;"),
            // An address becomes a link by itself, and a name a mention, unless something stands inside it.
            ':' if next == '/' => result.push_str(":<!-- -->"),
            '@' => result.push_str("@<!-- -->"),
            '.' if before.eq_ignore_ascii_case(&'w') && result.to_ascii_lowercase().ends_with("www") => {
                result.push_str("<!-- -->.");
            }
            // An underscore inside a word is only an underscore.
            '_' if inside_word => result.push('_'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' | '!' => {
                result.push('\\');
                result.push(sign);
            }
            sign => result.push(sign),
        }
        before = sign;
    }
    // What would begin a list or a rule at the beginning of a line.
    match result.chars().next() {
        Some('-' | '+' | '=') => format!("\\{result}"),
        Some('0'..='9') => {
            let digits = result.chars().take_while(char::is_ascii_digit).count();
            let (number, behind) = result.split_at_checked(digits).unwrap_or((&result, ""));
            match behind.chars().next() {
                Some('.' | ')') if behind.chars().nth(1).is_none_or(|sign| sign == ' ') => {
                    format!("{number}\\{behind}")
                }
                _ => result,
            }
        }
        _ => result,
    }
}

fn shown(cell: &Cell) -> String {
    let mut text = String::new();
    for piece in &cell.0 {
        let Piece::Text(tone, words) = piece else { continue };
        let trimmed = words.trim();
        if trimmed.is_empty() {
            text.push_str(words);
            continue;
        }
        let begin = if words.starts_with(' ') { " " } else { "" };
        let end = if words.ends_with(' ') { " " } else { "" };
        let words = escaped(trimmed);
        let marked = match tone {
            Tone::Strong | Tone::Bad | Tone::Doubtful => format!("**{words}**"),
            Tone::Plain | Tone::Faint => words,
        };
        text.push_str(&format!("{begin}{marked}{end}"));
    }
    text.trim().to_owned()
}

fn table(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    writeln!(out, "{}", line(table.columns.iter().map(|(_, title)| escaped(title)).collect()))?;
    let rule = |right: bool| if right { "---:" } else { "---" }.to_owned();
    writeln!(out, "{}", line(table.columns.iter().map(|(column, _)| rule(column.to_the_right)).collect()))?;
    for row in &table.rows {
        writeln!(out, "{}", line(row.iter().map(shown).collect()))?;
    }
    Ok(())
}

/// Writes the page.
pub fn write(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let mut is_first = true;
    if !page.title.is_empty() {
        writeln!(out, "# {}", escaped(&page.title))?;
        is_first = false;
    }
    for line in &page.summary {
        writeln!(out, "\n{}", shown(line))?;
    }
    for section in &page.sections {
        if !section.title.is_empty() {
            writeln!(out, "\n## {}", escaped(&section.title))?;
            is_first = false;
        }
        if !section.note.is_empty() {
            writeln!(out, "\n{}", escaped(&section.note))?;
        }
        for item in &section.items {
            if !is_first {
                writeln!(out)?;
            }
            is_first = false;
            match item {
                Item::Table(rows) => table(rows, out)?,
                Item::Line(cell) => writeln!(out, "{}", shown(cell))?,
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_design_says_stays_text() {
        assert_eq!(escaped("a|b"), "a\\|b");
        assert_eq!(escaped("[x](javascript:alert(1))"), "\\[x\\](javascript:alert(1))");
        assert_eq!(escaped("<img src=x>"), "&lt;img src=x&gt;");
        assert_eq!(escaped("https://example.com"), "https:<!-- -->//example.com");
        assert_eq!(escaped("www.example.com"), "www<!-- -->.example.com");
        assert_eq!(escaped("@everyone"), "@<!-- -->everyone");
        assert_eq!(escaped("a_b *c* `d`"), "a_b \\*c\\* \\`d\\`");
        assert_eq!(escaped("- one"), "\\- one");
        assert_eq!(escaped("1. one"), "1\\. one");
        assert_eq!(escaped("1.5 ms"), "1.5 ms");
        assert_eq!(escaped("two\nlines"), "two␊lines");
    }

    #[test]
    fn a_bar_is_left_to_the_terminal() {
        let cell = Cell(vec![Piece::Bar(Tone::Plain, 0.5), Piece::Text(Tone::Bad, "50%".to_owned())]);
        assert_eq!(shown(&cell), "**50%**");
    }
}
