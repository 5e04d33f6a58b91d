//! Lines and columns of many spans.
//!
//! A column is a count of characters from the start of the line. Findings come sorted, so counting goes on from
//! the place before: ten thousand findings on one line of two megabytes stay linear.

use crate::source::{FileId, Position, Sources, Span};

/// Answers like [`Sources::position`], remembering the last place.
pub(super) struct Places<'a> {
    sources: &'a Sources,
    file: FileId,
    line: usize,
    offset: usize,
    column: usize,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        Self { sources, file: FileId(0), line: 0, offset: 0, column: 0 }
    }

    /// Line and column of both ends of a span.
    pub(super) fn position(&mut self, span: Span) -> Position {
        let (line, column) = self.point(span.file, span.start as usize);
        let start = (self.line, self.offset, self.column);
        let (end_line, end_column) = self.point(span.file, span.end as usize);
        // The next finding may begin within this one, so it is the start that is remembered.
        (self.line, self.offset, self.column) = start;
        Position { line, column, end_line, end_column }
    }

    fn point(&mut self, file: FileId, offset: usize) -> (u32, u32) {
        let source = self.sources.get(file);
        let line = source.line_index(offset);
        let offset = offset.min(source.text().len());
        if file != self.file || line != self.line || offset < self.offset {
            let start = source.line_starts().get(line).map_or(0, |&start| start as usize);
            (self.file, self.line, self.offset, self.column) = (file, line, start, 0);
        }
        self.column += source.slice(self.offset..offset).chars().count();
        self.offset = offset;
        let one_based = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
        (one_based(self.line), one_based(self.column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    #[test]
    fn it_says_the_same_as_the_sources_in_any_order() {
        let mut sources = Sources::new();
        let texts = ["näme: ü\r\nx: é!\n\nlast", "", "日本\r語: 1"];
        let files: Vec<_> =
            texts.map(|text| (sources.add(SourceFile::new("f", text)).expect("room"), text)).into();
        let mut spans = Vec::new();
        for (file, text) in &files {
            let edges: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
            for &start in &edges {
                spans.extend(
                    edges.iter().filter(|&&end| end >= start).map(|&end| Span::new(*file, start, end)),
                );
            }
        }
        let mut places = Places::new(&sources);
        for step in [1, 7, 31] {
            for at in 0..spans.len() {
                let span = spans[at * step % spans.len()];
                assert_eq!(places.position(span), sources.position(span), "{span:?}");
            }
        }
    }
}
