//! The texts of a run: each file is held once and everything else points into it.

use std::sync::OnceLock;

/// A file of this run, by its place in [`Sources`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u16);

/// A range of bytes in one file. Both ends stand on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The file that the range is in.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A range of bytes in `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        // Files are limited to 16 MiB, so the offsets fit; saturating keeps a larger one harmless.
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The range as byte offsets.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How many bytes the range covers.
    pub fn len(self) -> usize {
        self.range().len()
    }

    /// Whether the range covers nothing (an empty value has such a span).
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies within this range.
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

/// Where a span stands for a reader: lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// The line of the first character.
    pub line: u32,
    /// The column of the first character.
    pub column: u32,
    /// The line of the end.
    pub end_line: u32,
    /// The column just after the last character.
    pub end_column: u32,
}

/// One text and the name that messages call it by.
#[derive(Debug)]
pub struct SourceFile {
    name: String,
    text: String,
    line_starts: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// A text and its name: a relative path with `/`, or `<stdin>`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), line_starts: OnceLock::new() }
    }

    /// The name that messages use.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text in a range of bytes; empty when the range does not fit the text.
    pub fn slice(&self, range: std::ops::Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// Byte offsets at which lines begin. A line ends with LF, CRLF or CR, as in YAML.
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut starts = vec![0];
            for (at, byte) in bytes.iter().enumerate() {
                let ends_line = match byte {
                    b'\n' => true,
                    b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                    _ => false,
                };
                if ends_line {
                    starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
                }
            }
            starts
        })
    }

    /// Index (from 0) of the line that holds the byte at `offset`.
    pub fn line_index(&self, offset: usize) -> usize {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        self.line_starts().partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The bytes of a line (index from 0), without its line end.
    pub fn line_range(&self, index: usize) -> std::ops::Range<usize> {
        let starts = self.line_starts();
        let start = starts.get(index).map_or(self.text.len(), |&at| at as usize);
        let end = starts.get(index + 1).map_or(self.text.len(), |&at| at as usize);
        let line = self.slice(start..end);
        start..start + line.trim_end_matches(['\n', '\r']).len()
    }

    fn line_and_column(&self, offset: usize) -> (u32, u32) {
        let index = self.line_index(offset);
        let start = self.line_starts().get(index).map_or(0, |&at| at as usize);
        let column = self.slice(start..offset.min(self.text.len())).chars().count();
        let one_based = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
        (one_based(index), one_based(column))
    }
}

/// All files of a run. Later stages borrow from here; nothing copies a text.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text and returns its id; `None` when the run already holds as many files as an id can name.
    pub fn add(&mut self, file: SourceFile) -> Option<FileId> {
        let id = u16::try_from(self.files.len()).ok()?;
        self.files.push(file);
        Some(FileId(id))
    }

    /// The file with this id. Ids come from [`Sources::add`], so an unknown one is an empty file.
    pub fn get(&self, id: FileId) -> &SourceFile {
        static NOTHING: OnceLock<SourceFile> = OnceLock::new();
        self.files.get(id.0 as usize).unwrap_or_else(|| NOTHING.get_or_init(|| SourceFile::new("", "")))
    }

    /// All files with their ids, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..=u16::MAX).map(FileId).zip(&self.files)
    }

    /// The characters that a span covers.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).slice(span.range())
    }

    /// Line and column of a span.
    pub fn position(&self, span: Span) -> Position {
        let file = self.get(span.file);
        let (line, column) = file.line_and_column(span.start as usize);
        let (end_line, end_column) = file.line_and_column(span.end as usize);
        Position { line, column, end_line, end_column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(text: &str, start: usize, end: usize) -> (u32, u32, u32, u32) {
        let mut sources = Sources::new();
        let file = sources.add(SourceFile::new("a.yaml", text)).expect("room for one file");
        let at = sources.position(Span::new(file, start, end));
        (at.line, at.column, at.end_line, at.end_column)
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        assert_eq!(positions("näme: ü\nx: é!", 15, 16), (2, 5, 2, 6));
    }

    #[test]
    fn every_line_end_of_yaml_counts_once() {
        assert_eq!(positions("a\nb", 2, 3), (2, 1, 2, 2));
        assert_eq!(positions("a\r\nb", 3, 4), (2, 1, 2, 2));
        assert_eq!(positions("a\rb", 2, 3), (2, 1, 2, 2));
        assert_eq!(positions("a\u{2028}b", 4, 5), (1, 3, 1, 4));
    }

    #[test]
    fn the_end_of_the_text_has_a_place() {
        assert_eq!(positions("a: 1\n", 5, 5), (2, 1, 2, 1));
        assert_eq!(positions("", 0, 0), (1, 1, 1, 1));
    }
}
