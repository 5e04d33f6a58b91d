//! Pictures as Mermaid, which GitHub, GitLab and most wikis draw.

mod charts;
mod escape;
mod flowchart;
mod palette;
mod records;
mod sequence;
mod shrink;
mod table;

use super::picture::{Body, Picture, Tone};
use escape::{Page, Safe, line};

pub use super::theme::Theme;

/// Mermaid draws a placeholder instead of a longer text.
pub const MOST_CHARACTERS: usize = 50_000;
/// Mermaid refuses a graph with more arrows.
pub const MOST_EDGES: usize = 500;

/// Text in a page of Markdown, in which nothing is Markdown or HTML.
pub(super) fn escaped_markdown(text: &str) -> String {
    table::escaped(text)
}

/// A picture as text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Whether it is a table of Markdown, which Mermaid does not draw.
    pub is_markdown: bool,
    /// What is not shown, and why.
    pub notices: Vec<String>,
}

/// Writes a picture. What would pass Mermaid's limits is left out, and the notices say so.
pub fn write(picture: &Picture, theme: Theme) -> Written {
    let whole = write_once(picture, theme);
    if fits(&whole, picture) {
        return Written { text: whole, is_markdown: is_table(picture), notices: picture.notices.clone() };
    }
    let mut smaller = picture.clone();
    // Every round takes a quarter away, so that this ends after a few dozen rounds even for the largest.
    for _ in 0..80 {
        let left_out = shrink::shrink(&mut smaller.body);
        let text = write_once(&smaller, theme);
        if fits(&text, &smaller) || left_out == 0 {
            let mut notices = picture.notices.clone();
            notices.push(shrink::notice(&picture.body, &smaller.body));
            return Written { text, is_markdown: is_table(picture), notices };
        }
    }
    let notices = vec!["too large for Mermaid".to_owned()];
    Written { text: String::new(), is_markdown: false, notices }
}

fn is_table(picture: &Picture) -> bool {
    matches!(picture.body, Body::Table(_))
}

fn fits(text: &str, picture: &Picture) -> bool {
    let edges = match &picture.body {
        Body::Graph(graph) => graph.edges.len(),
        Body::Classes(classes) => classes.ties.len(),
        Body::States(states) => states.changes.len(),
        Body::Entities(entities) => entities.relations.len(),
        Body::Requirements(requirements) => requirements.ties.len(),
        _ => 0,
    };
    let units = text.chars().map(char::len_utf16).sum::<usize>();
    is_table(picture) || (units <= MOST_CHARACTERS && edges <= MOST_EDGES)
}

fn write_once(picture: &Picture, theme: Theme) -> String {
    let mut page = Page::default();
    if let Body::Table(body) = &picture.body {
        return table::write(body);
    }
    head(&mut page, picture, theme);
    match &picture.body {
        Body::Graph(graph) => flowchart::write(&mut page, picture, graph, theme),
        Body::Sequence(sequence) => sequence::write(&mut page, picture, sequence),
        Body::Entities(entities) => records::entities(&mut page, picture, entities),
        Body::Classes(classes) => records::classes(&mut page, picture, classes),
        Body::States(states) => records::states(&mut page, picture, states),
        Body::Requirements(requirements) => records::requirements(&mut page, picture, requirements),
        Body::Sankey(sankey) => charts::sankey(&mut page, sankey),
        Body::Chart(chart) => charts::chart(&mut page, chart),
        Body::Shares(shares) => charts::shares(&mut page, picture, shares),
        Body::Spans(spans) => charts::spans(&mut page, picture, spans),
        Body::Timeline(timeline) => charts::timeline(&mut page, timeline),
        Body::Mindmap(root) => charts::mindmap(&mut page, root),
        Body::Table(_) => {}
    }
    page.finish()
}

/// The title over the picture, and the theme when one is asked for.
fn head(page: &mut Page, picture: &Picture, theme: Theme) {
    line!(page, 0, "---");
    line!(page, 0, "title: ", Safe::title(&picture.title));
    let mut settings: Vec<&'static str> = Vec::new();
    settings.extend(theme.mermaid_name());
    match picture.body {
        // Names need more room than Mermaid leaves between things that little flows through.
        Body::Sankey(_) => {
            settings.push(
                "sankey: { showValues: false, linkColor: source, width: 1000, height: 560, nodePadding: 20 }",
            );
        }
        // The first colour of the renderer's own can hardly be seen on white.
        Body::Chart(_) => {
            settings.push(
                "themeVariables: { xyChart: { plotColorPalette: \"#0072b2, #d55e00, #009e73, #cc79a7\" } }",
            );
        }
        _ => {}
    }
    if !settings.is_empty() {
        line!(page, 0, "config:");
        for setting in settings {
            line!(page, 1, setting);
        }
    }
    line!(page, 0, "---");
}

/// What those are told who do not see the picture, where the grammar has a place for it.
fn accessible(page: &mut Page, picture: &Picture) {
    line!(page, 1, "accTitle: ", Safe::text(&picture.title));
    let notices = picture.notices.iter().map(String::as_str);
    let description: Vec<&str> = std::iter::once(picture.description.as_str()).chain(notices).collect();
    line!(page, 1, "accDescr: ", Safe::text(&description.join("; ")));
}

/// An id of letters, digits and `_` that says nothing in any language.
pub(super) fn plain_id(prefix: char, id: &str) -> String {
    Safe::id(prefix, id).as_str().to_owned()
}

/// The colour of a box.
pub(super) fn fill_colour(tone: Tone, is_dark: bool) -> Option<&'static str> {
    let (_, look) = palette::style(tone, if is_dark { Theme::Dark } else { Theme::Light })?;
    look.split([':', ',']).nth(1)
}

/// The colours of a box for Graphviz.
pub(super) fn fill(tone: Tone, is_dark: bool) -> String {
    let Some((_, look)) = palette::style(tone, if is_dark { Theme::Dark } else { Theme::Light }) else {
        return String::new();
    };
    let part = |name: &str| look.split(',').find_map(|part| part.strip_prefix(name)).unwrap_or_default();
    let (fill, stroke, ink) = (part("fill:"), part("stroke:"), part("color:"));
    format!(", fillcolor=\"{fill}\", color=\"{stroke}\", fontcolor=\"{ink}\"")
}
