//! What another parser reads, in the same form.

use crate::meaning::Meaning;
use saphyr_parser::{Event, Parser, ScalarStyle};
use std::collections::HashMap;

/// The only document of a text; an error for text that the parser refuses or that holds several documents.
pub fn read(text: &str) -> Result<Option<Meaning>, String> {
    let mut events = Vec::new();
    for event in Parser::new_from_str(text.trim_start_matches('\u{feff}')) {
        events.push(event.map_err(|error| error.to_string())?.0);
    }
    if events.iter().filter(|event| matches!(event, Event::DocumentStart(_))).count() > 1 {
        return Err("several documents".into());
    }
    let mut reader = Reader { events: events.into_iter(), anchors: HashMap::new() };
    Ok(reader.node())
}

/// Whether a difference comes from what this parser is known to read wrongly. Every other difference in 200,000
/// mutations would be ours.
pub fn is_known_weakness(text: &str, result: &Result<Option<Meaning>, String>) -> bool {
    let last_line = text.rsplit(['\n', '\r']).next().unwrap_or_default();
    match result {
        // It takes blanks before the very end of the text for one more line of a block text.
        Ok(_) => !last_line.is_empty() && last_line.trim().is_empty() && text.contains(['|', '>']),
        // It refuses some tabs after `:` and `?`, a dash at the end of a plain scalar in brackets, and blank
        // lines of a block text that has no others.
        Err(error) => {
            let tab = error.contains("whitespace at") || error.contains("tabs disallowed");
            (tab && text.contains('\t'))
                || error.contains("cannot start with '-' followed by")
                || error.contains("wrongly indented line in block scalar")
        }
    }
}

struct Reader<'e> {
    events: std::vec::IntoIter<Event<'e>>,
    anchors: HashMap<usize, Meaning>,
}

impl Reader<'_> {
    /// The next node; `None` at the end of a collection or of the document.
    fn node(&mut self) -> Option<Meaning> {
        loop {
            let (meaning, anchor) = match self.events.next()? {
                Event::Scalar(text, style, anchor, _) => {
                    let style = match style {
                        ScalarStyle::Plain => ':',
                        ScalarStyle::SingleQuoted => '\'',
                        ScalarStyle::DoubleQuoted => '"',
                        ScalarStyle::Literal => '|',
                        ScalarStyle::Folded => '>',
                    };
                    (Meaning::Scalar(style, text.into_owned()), anchor)
                }
                Event::SequenceStart(anchor, _) => {
                    (Meaning::List(std::iter::from_fn(|| self.node()).collect()), anchor)
                }
                Event::MappingStart(anchor, _) => {
                    let mut entries = Vec::new();
                    while let Some(key) = self.node() {
                        entries.push((key, self.node()?));
                    }
                    (Meaning::Map(entries), anchor)
                }
                Event::Alias(anchor) => return self.anchors.get(&anchor).cloned(),
                Event::SequenceEnd | Event::MappingEnd | Event::DocumentEnd | Event::StreamEnd => {
                    return None;
                }
                Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => continue,
            };
            if anchor > 0 {
                self.anchors.insert(anchor, meaning.clone());
            }
            return Some(meaning);
        }
    }
}
