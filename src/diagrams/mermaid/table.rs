//! Tables of Markdown: what Mermaid has no diagram for.

use super::super::picture::Table;

/// A table that GitHub shows.
pub(super) fn write(table: &Table) -> String {
    let mut text = String::new();
    let mut row = |cells: &mut dyn Iterator<Item = String>| {
        text.push('|');
        for cell in cells {
            text.push(' ');
            text.push_str(&cell);
            text.push_str(" |");
        }
        text.push('\n');
    };
    row(&mut table.columns.iter().map(|cell| escaped(cell)));
    row(&mut table.columns.iter().map(|_| "---".to_owned()));
    for cells in &table.rows {
        let filled = (0..table.columns.len()).map(|at| escaped(cells.get(at).map_or("", String::as_str)));
        row(&mut filled.into_iter());
    }
    text
}

/// Text in a cell: nothing in it is Markdown or HTML, and it stays on its line.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            _ if !super::super::plain_sign(sign) => safe.push(' '),
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // Addresses and mentions become links without brackets.
            ':' | '@' | '.' | '/' if is_link(text) => safe.push_str(&format!("&#{};", u32::from(sign))),
            _ if sign.is_ascii_punctuation() && !",.:;/'()=%?".contains(sign) => {
                safe.push('\\');
                safe.push(sign);
            }
            _ => safe.push(sign),
        }
    }
    safe.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// Whether Markdown would make a link of something in it.
fn is_link(text: &str) -> bool {
    text.contains("://") || text.contains('@') || text.to_ascii_lowercase().contains("www.")
}
