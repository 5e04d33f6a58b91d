use crate::source::FileId;
use crate::syntax::tree::{NodeKind, Style, Tree, TreeBuilder};
use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

pub fn parse(file: FileId, text: &str) -> Result<Tree, String> {
    let options = granit_parser::options! { strict_indentation: true, emit_comments: false };
    let mut b = TreeBuilder::new(file, 16);
    let mut cursor = 0usize;
    let bytes = text.as_bytes();
    let skip = |mut at: usize, stop: &[u8]| {
        while at < bytes.len() {
            if stop.contains(&bytes[at]) {
                break;
            }
            if bytes[at] == b'#' {
                while at < bytes.len() && bytes[at] != b'\n' {
                    at += 1
                }
                continue;
            }
            at += 1;
        }
        at
    };
    let mut docs = 0;
    let mut kinds: Vec<u8> = vec![];
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|e| format!("{e:?}"))?;
        let r = span.byte_range().unwrap();
        match event {
            Event::DocumentStart(..) => {
                docs += 1;
                if docs > 1 {
                    return Err("docs".into());
                }
            }
            Event::MappingStart(s, ..) => {
                b.open(NodeKind::Map, r.start);
                kinds.push(if s == StructureStyle::Flow { 3 } else { 1 });
                cursor = r.start + usize::from(s == StructureStyle::Flow);
            }
            Event::SequenceStart(s, ..) => {
                let flow = s == StructureStyle::Flow;
                let start = if flow || kinds.last() != Some(&1) { r.start } else { skip(cursor, b"-") };
                b.open(NodeKind::List, start);
                kinds.push(if flow { 3 } else { 2 });
                cursor = start + usize::from(flow);
            }
            Event::MappingEnd | Event::SequenceEnd => {
                let flow = kinds.pop().unwrap() == 3;
                b.close(flow.then_some(r.end));
                if flow {
                    cursor = r.end
                }
            }
            Event::Scalar(t, style, ..) => match style {
                ScalarStyle::Plain if r.is_empty() => {
                    let at = skip(cursor, b":-") + 1;
                    b.verbatim(Style::Plain, at, at);
                    cursor = at;
                }
                ScalarStyle::Literal | ScalarStyle::Folded => {
                    let start = skip(cursor, b"|>");
                    let end = text[..r.end].trim_end_matches([' ', '\n', '\r', '\t']).len();
                    b.decoded(
                        if style == ScalarStyle::Literal { Style::Literal } else { Style::Folded },
                        start,
                        end,
                        &t,
                    );
                    cursor = end;
                }
                _ => {
                    let (st, q) = match style {
                        ScalarStyle::Plain => (Style::Plain, 0),
                        ScalarStyle::SingleQuoted => (Style::SingleQuoted, 1),
                        _ => (Style::DoubleQuoted, 1),
                    };
                    if text[r.start + q..r.end - q] == *t {
                        b.verbatim(st, r.start, r.end)
                    } else {
                        b.decoded(st, r.start, r.end, &t)
                    }
                    cursor = r.end;
                }
            },
            Event::Alias(..) => return Err("alias".into()),
            _ => {}
        }
    }
    Ok(b.finish())
}
