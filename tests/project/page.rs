//! Blocks of code on a page, and writing them anew.

/// A block of code.
pub struct Block {
    /// What stands in a comment directly before it: `<!-- name -->`.
    pub name: Option<String>,
    /// The word after the fence.
    pub language: String,
    /// What is inside.
    pub text: String,
}

/// The blocks of a page, in their order.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    rewrite(page, |block| {
        found.push(Block {
            name: block.name.clone(),
            language: block.language.clone(),
            text: block.text.clone(),
        });
        None
    });
    found
}

/// The page with some blocks replaced.
pub fn rewrite(page: &str, mut replace: impl FnMut(&Block) -> Option<String>) -> String {
    let mut fresh = String::new();
    let mut lines = page.lines();
    let mut name = None;
    while let Some(line) = lines.next() {
        fresh.push_str(line);
        fresh.push('\n');
        let Some(language) = line.strip_prefix("```") else {
            let comment = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
            name = comment.map(str::to_owned);
            continue;
        };
        let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let mut text = inside.join("\n");
        text.push('\n');
        let block = Block { name: name.take(), language: language.to_owned(), text };
        let replaced = replace(&block);
        fresh.push_str(replaced.as_ref().unwrap_or(&block.text));
        fresh.push_str("```\n");
    }
    fresh
}

#[test]
fn blocks_have_the_name_of_the_comment_before_them() {
    let page = "a\n<!-- one -->\n```text\nx\n\ny\n```\nb\n```sh\nz\n```\n";
    let found = blocks(page);
    let names: Vec<_> = found.iter().map(|block| block.name.as_deref()).collect();
    assert_eq!(names, [Some("one"), None]);
    assert_eq!(found[0].text, "x\n\ny\n");
    let fresh = rewrite(page, |block| (block.language == "sh").then(|| "new\n".to_owned()));
    assert_eq!(fresh, page.replace("z\n", "new\n"));
}
