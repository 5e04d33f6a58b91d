//! A span that a snippet underlines, and which spans fit into one snippet.

use super::window::columns_of;
use crate::report::sanitize::{Signs, Visible};
use crate::source::{SourceFile, Span};

/// Spans over more lines than this are shown by their first line.
const MOST_LINES_OF_A_SPAN: usize = 6;
/// A second place at most this many lines away is shown in the same snippet.
const MOST_LINES_BETWEEN: usize = 3;
const MOST_LINES_OF_A_SNIPPET: usize = 14;
const MOST_COLUMNS_OF_A_LABEL: usize = 200;

/// A span, ready to be drawn: within the text, without the line end it may include.
pub(super) struct Mark {
    pub start: usize,
    pub end: usize,
    /// Line of the start, from 0.
    pub first_line: usize,
    /// Line of the end, from 0.
    pub last_line: usize,
    pub text: Option<String>,
    pub primary: bool,
}

impl Mark {
    pub(super) fn new(
        file: &SourceFile,
        span: Span,
        text: Option<&str>,
        primary: bool,
        signs: Signs,
    ) -> Self {
        let length = file.text().len();
        let start = (span.start as usize).min(length);
        let mut end = (span.end as usize).clamp(start, length);
        let first_line = file.line_index(start);
        if file.line_index(end) > first_line {
            end = start + file.slice(start..end).trim_end().len();
        }
        let mut last_line = file.line_index(end);
        let mut text =
            text.map(|text| Visible::line(text, signs).cut(MOST_COLUMNS_OF_A_LABEL, signs).to_string());
        if last_line - first_line >= MOST_LINES_OF_A_SPAN {
            let until = format!("up to line {}", last_line + 1);
            text = Some(text.map_or_else(|| until.clone(), |text| format!("{text} ({until})")));
            end = file.line_range(first_line).end.max(start);
            last_line = first_line;
        }
        Self { start, end, first_line, last_line, text, primary }
    }

    /// The ends of the mark that lie on a line.
    pub(super) fn points_on(&self, line: usize) -> impl Iterator<Item = usize> + Clone + use<> {
        let start = (self.first_line == line).then_some(self.start);
        let end = (self.last_line == line).then_some(self.end);
        start.into_iter().chain(end)
    }

    /// Whether the mark can be drawn in one snippet with those marks, each under its own characters.
    pub(super) fn joins(&self, others: &[Mark], file: &SourceFile, columns: usize, signs: Signs) -> bool {
        let first = others.iter().map(|other| other.first_line).min().unwrap_or(0);
        let last = others.iter().map(|other| other.last_line).max().unwrap_or(0);
        let near = self.first_line <= last + MOST_LINES_BETWEEN + 1
            && self.last_line + MOST_LINES_BETWEEN + 1 >= first
            && self.last_line.max(last) - self.first_line.min(first) < MOST_LINES_OF_A_SNIPPET;
        near && others.iter().all(|other| self.stands_beside(other, file, columns, signs))
    }

    fn stands_beside(&self, other: &Mark, file: &SourceFile, columns: usize, signs: Signs) -> bool {
        if self.last_line < other.first_line || other.last_line < self.first_line {
            return true;
        }
        let on_one_line = self.first_line == self.last_line && other.first_line == other.last_line;
        let apart =
            self.end.max(self.start + 1) <= other.start || other.end.max(other.start + 1) <= self.start;
        let both = self.start.min(other.start)..self.end.max(other.end);
        let room = columns / 2;
        on_one_line && apart && columns_of(file.slice(both), room, signs) <= room
    }
}
