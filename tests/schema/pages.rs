//! Markdown as the generated pages need it, and the examples in pages written by hand.

/// A text in a cell of a table.
pub fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// A text as code in a cell of a table.
pub fn code(text: &str) -> String {
    format!("`{}`", cell(text))
}

/// The contents of the fenced blocks in a language.
pub fn blocks(page: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let inside = |rest: &str| rest.split("\n```").next().map(|block| format!("{block}\n"));
    page.split(&fence).skip(1).filter_map(inside).collect()
}

/// The block that follows `<!-- file: NAME -->`.
pub fn file(page: &str, name: &str) -> String {
    let mark = format!("<!-- file: {name} -->\n```");
    let rest = page.split(&mark).nth(1).unwrap_or_else(|| panic!("the page has no file `{name}`"));
    let body = rest.split_once('\n').expect("a fence").1;
    format!("{}\n", body.split("\n```").next().expect("the end of the fence"))
}
