//! Marked blocks in pages of Markdown, which hold pictures: finding them, and putting something else into them. All else
//! of a page is left as it is, byte for byte.
//!
//! ````markdown
//! <!-- sysdesign: diagram=sequence flow=redirect design=shop.yaml -->
//!
//! <!-- sysdesign: end -->
//! ````

use std::ops::Range;

/// What a block asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wanted {
    /// The kind of diagram.
    pub diagram: String,
    /// The design, from where the page is.
    pub design: String,
    /// The flow.
    pub flow: Option<String>,
    /// The view.
    pub view: Option<String>,
    /// The format.
    pub format: Option<String>,
    /// The theme.
    pub theme: Option<String>,
    /// Whether numbers are added.
    pub numbers: bool,
    /// Whether findings are marked.
    pub findings: bool,
}

/// A block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// The line of its first marker, from 1 on.
    pub line: usize,
    /// What it asks for.
    pub wanted: Wanted,
    /// The bytes between the lines of the markers.
    pub content: Range<usize>,
    /// What stands before the marker on its line: blanks.
    indent: String,
    /// How lines end here.
    newline: &'static str,
}

/// What is wrong with the markers of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wrong {
    /// The line, from 1 on.
    pub line: usize,
    /// What is wrong, and what to write.
    pub message: String,
}

/// A marker line.
enum Marker<'p> {
    Begin(&'p str),
    End,
}

/// All blocks of a page, in their order, and what is wrong with its markers. Markers inside fences of code are text.
pub fn blocks(page: &str) -> (Vec<Block>, Vec<Wrong>) {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    let mut open: Option<(Block, bool)> = None;
    let mut fence: Option<(char, usize)> = None;
    let mut at = 0;
    for (number, line) in (1..).zip(page.split_inclusive('\n')) {
        let (start, end) = (at, at + line.len());
        at = end;
        let bare = line.trim_end_matches(['\n', '\r']);
        let bare = if start == 0 { bare.trim_start_matches('\u{feff}') } else { bare };
        let marker = marker(bare);
        // Between markers is what this program wrote, whatever fences are in it.
        if open.is_none() {
            match (fence, fence_of(bare)) {
                (None, Some((sign, count, _))) => fence = Some((sign, count)),
                (Some((sign, count)), Some((other, more, true))) if sign == other && more >= count => {
                    fence = None
                }
                _ => {}
            }
            if fence.is_some() {
                continue;
            }
        }
        match (marker, open.take()) {
            (Some(Marker::Begin(said)), before) => {
                if let Some((before, _)) = before {
                    let message =
                        format!("the block that begins here has no end before line {number}: {END_HELP}");
                    wrong.push(Wrong { line: before.line, message });
                }
                let newline = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
                let indent = bare.chars().take_while(|sign| *sign == ' ').collect();
                let (wanted, is_right) = match wanted(said) {
                    Ok(wanted) => (wanted, true),
                    Err(message) => {
                        wrong.push(Wrong { line: number, message });
                        (Wanted::default(), false)
                    }
                };
                open = Some((Block { line: number, wanted, content: end..end, indent, newline }, is_right));
            }
            (Some(Marker::End), Some((block, is_right))) => {
                if is_right {
                    found.push(Block { content: block.content.start..start, ..block });
                }
            }
            (Some(Marker::End), None) => {
                let message =
                    "this ends a block that never began: take it out, or begin the block above it".to_owned();
                wrong.push(Wrong { line: number, message });
            }
            (None, before) => open = before,
        }
    }
    if let Some((block, _)) = open {
        let message = format!("the block that begins here has no end: {END_HELP}");
        wrong.push(Wrong { line: block.line, message });
    }
    (found, wrong)
}

const END_HELP: &str = "write `<!-- sysdesign: end -->` on a line of its own below it";

/// A line that is a marker and nothing else, indented less than code.
fn marker(line: &str) -> Option<Marker<'_>> {
    let blanks = line.len() - line.trim_start_matches(' ').len();
    let inside = line.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let said = inside.strip_prefix("sysdesign:")?.trim();
    (blanks < 4).then_some(if said == "end" { Marker::End } else { Marker::Begin(said) })
}

/// A fence of code: its sign, how often it is there, and whether it can end one.
fn fence_of(line: &str) -> Option<(char, usize, bool)> {
    let inside = line.trim_start_matches(' ');
    if line.len() - inside.len() > 3 {
        return None;
    }
    let sign = inside.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let rest = inside.trim_start_matches(sign);
    let count = inside.len() - rest.len();
    // A line such as ```` ```code``` ```` is no fence.
    let is_fence = count >= 3 && !(sign == '`' && rest.contains('`'));
    is_fence.then_some((sign, count, rest.trim().is_empty()))
}

/// What the words of a marker ask for.
fn wanted(said: &str) -> Result<Wanted, String> {
    let mut wanted = Wanted::default();
    for (key, value) in words(said)? {
        let flag = || match value.as_deref() {
            None | Some("true" | "yes") => Ok(true),
            Some("false" | "no") => Ok(false),
            Some(other) => Err(format!("`{key}` is yes or no, not `{other}`")),
        };
        if matches!(key.as_str(), "numbers" | "findings") {
            let flag = flag()?;
            if key == "numbers" {
                wanted.numbers = flag
            } else {
                wanted.findings = flag
            }
            continue;
        }
        let Some(value) = value else { return Err(format!("`{key}` says nothing: write `{key}=…`")) };
        match key.as_str() {
            "diagram" => wanted.diagram = value,
            "design" => wanted.design = value,
            "flow" => wanted.flow = Some(value),
            "view" => wanted.view = Some(value),
            "format" => wanted.format = Some(value),
            "theme" => wanted.theme = Some(value),
            _ => {
                return Err(format!(
                    "`{key}` is no key of a block: there are diagram, design, flow, view, format, theme, numbers and findings"
                ));
            }
        }
    }
    if wanted.design.is_empty() {
        return Err(
            "this block names no design: write `design=…` with the path from this page to it".to_owned()
        );
    }
    if wanted.diagram.is_empty() {
        wanted.diagram = "architecture".to_owned();
    }
    Ok(wanted)
}

/// `key=value key="a value with blanks" flag`
fn words(said: &str) -> Result<Vec<(String, Option<String>)>, String> {
    let mut found = Vec::new();
    let mut rest = said.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|sign: char| sign == '=' || sign.is_whitespace()).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        if key.is_empty() {
            return Err("a `=` without a key before it".to_owned());
        }
        let Some(after) = after.strip_prefix('=') else {
            found.push((key.to_owned(), None));
            rest = after.trim_start();
            continue;
        };
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => {
                let close =
                    quoted.find('"').ok_or_else(|| format!("the quotes after `{key}=` are not closed"))?;
                let (value, after) = quoted.split_at(close);
                (value, after.trim_start_matches('"'))
            }
            None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        found.push((key.to_owned(), Some(value.to_owned())));
        rest = after.trim_start();
    }
    Ok(found)
}

/// A page with something else in its blocks, each given with what it is to hold.
pub fn filled(page: &str, blocks: &[(Block, String)]) -> String {
    let mut filled = String::with_capacity(page.len());
    let mut at = 0;
    for (block, content) in blocks {
        filled.push_str(page.get(at..block.content.start).unwrap_or_default());
        filled.push_str(&in_place(block, content));
        at = block.content.end;
    }
    filled.push_str(page.get(at..).unwrap_or_default());
    filled
}

/// What stands between the markers: the content with a blank line around it, indented and with line ends as the page has.
fn in_place(block: &Block, content: &str) -> String {
    let mut lines = block.newline.to_owned();
    for line in content.lines() {
        if !line.is_empty() {
            lines.push_str(&block.indent);
            lines.push_str(line);
        }
        lines.push_str(block.newline);
    }
    lines.push_str(block.newline);
    lines
}

/// What differs between two texts: the lines from the first to the last difference, with `-` and `+`, and their line.
pub fn difference(old: &str, new: &str) -> Option<(usize, Vec<String>)> {
    let (before, after): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    if old == new {
        return None;
    }
    let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let room = before.len().min(after.len()) - same;
    let tail = before.iter().rev().zip(after.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    let part = |lines: &[&str], sign: char| -> Vec<String> {
        let middle = lines.get(same..lines.len() - tail).unwrap_or_default();
        middle.iter().map(|line| format!("{sign} {line}")).collect()
    };
    let mut lines = part(&before, '-');
    lines.extend(part(&after, '+'));
    if lines.is_empty() {
        lines.push("  only the ends of lines differ".to_owned());
    }
    Some((same + 1, lines))
}

/// Text in a page of Markdown: nothing in it is Markdown or HTML, and it stays on its line.
pub fn escaped(text: &str) -> String {
    super::mermaid::escaped_markdown(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: &str = "<!-- sysdesign: diagram=sequence flow=redirect design=shop.yaml -->";
    const END: &str = "<!-- sysdesign: end -->";

    #[test]
    fn a_block_is_filled_and_all_else_is_left_byte_for_byte() {
        let page = format!("# Shop\n\n{BEGIN}\nold\n{END}\nrest  \n\n\n");
        let (found, wrong) = blocks(&page);
        assert!(wrong.is_empty(), "{wrong:?}");
        let [block] = found.as_slice() else { panic!("one block: {found:?}") };
        assert_eq!(
            (block.wanted.diagram.as_str(), block.wanted.flow.as_deref()),
            ("sequence", Some("redirect"))
        );
        let new = filled(&page, &[(block.clone(), "a\nb\n".to_owned())]);
        assert_eq!(new, format!("# Shop\n\n{BEGIN}\n\na\nb\n\n{END}\nrest  \n\n\n"));
        let (again, _) = blocks(&new);
        assert_eq!(
            filled(&new, &[(again[0].clone(), "a\nb\n".to_owned())]),
            new,
            "filling twice changes nothing"
        );
    }

    #[test]
    fn line_ends_and_indentation_are_those_of_the_page() {
        let page = format!("- list\r\n\r\n  {BEGIN}\r\n  {END}\r\n");
        let (found, _) = blocks(&page);
        let new = filled(&page, &[(found[0].clone(), "a\n\nb\n".to_owned())]);
        assert_eq!(new, format!("- list\r\n\r\n  {BEGIN}\r\n\r\n  a\r\n\r\n  b\r\n\r\n  {END}\r\n"));
    }

    #[test]
    fn markers_in_code_are_text() {
        for code in [
            format!("```html\n{BEGIN}\n{END}\n```\n"),
            format!("~~~\n{BEGIN}\n```\n{END}\n~~~\n"),
            format!("    {BEGIN}\n"),
        ] {
            assert_eq!(blocks(&code), (Vec::new(), Vec::new()), "{code}");
        }
    }

    #[test]
    fn markers_that_do_not_match_are_told_with_their_line() {
        let lines = |page: &str| blocks(page).1.iter().map(|wrong| wrong.line).collect::<Vec<_>>();
        assert_eq!(lines(&format!("a\n{BEGIN}\nb\n")), [2]);
        assert_eq!(lines(&format!("{END}\n")), [1]);
        assert_eq!(lines(&format!("{BEGIN}\n{BEGIN}\n{END}\n")), [1]);
        assert_eq!(lines("<!-- sysdesign: diagram=sequence -->\n<!-- sysdesign: end -->\n"), [1]);
        assert_eq!(lines("<!-- sysdesign: design=a.yaml colour=red -->\n<!-- sysdesign: end -->\n"), [1]);
        assert_eq!(lines("<!-- sysdesign: design=\"a b.yaml -->\n<!-- sysdesign: end -->\n"), [1]);
    }

    #[test]
    fn a_difference_names_its_line_and_what_changed() {
        let (line, lines) = difference("a\nb\nc\n", "a\nx\ny\nc\n").expect("they differ");
        assert_eq!((line, lines.join("|").as_str()), (2, "- b|+ x|+ y"));
        assert_eq!(difference("a\n", "a\n"), None);
    }
}
