//! The small text that a snippet shows: a few lines of a file, made visible and cut, with the labels moved along.
//!
//! The drawing engine never sees the file itself. It would scan a large one again for every label, count
//! columns in bytes, pass escapes through and fail on a line of a megabyte.

use super::mark::Mark;
use crate::report::sanitize::{self, Signs};
use crate::source::SourceFile;
use std::ops::Range;

/// A label within [`Window::text`].
#[derive(Debug)]
pub(super) struct Label {
    pub range: Range<usize>,
    pub text: Option<String>,
    pub primary: bool,
}

/// Lines of a file as they are shown; each ends with `\n`.
#[derive(Debug)]
pub(super) struct Window {
    pub text: String,
    /// Number of the first line, from 0.
    pub first_line: usize,
    pub labels: Vec<Label>,
}

/// Builds the window of some marks: their lines and one line more on each side.
pub(super) fn open(file: &SourceFile, marks: &[Mark], columns: usize, signs: Signs) -> Window {
    let first = marks.iter().map(|mark| mark.first_line).min().unwrap_or(0);
    let last = marks.iter().map(|mark| mark.last_line).max().unwrap_or(first);
    let first_line = first.saturating_sub(1);
    let mut window = Window { text: String::new(), first_line, labels: Vec::new() };
    let mut starts: Vec<usize> = vec![0; marks.len()];
    let mut ends: Vec<usize> = vec![0; marks.len()];
    for index in first_line..=last + 1 {
        let range = file.line_range(index);
        // The line after the last line break is one only when something points at it.
        if index > last && range.is_empty() && range.start == file.text().len() {
            break;
        }
        let points = marks.iter().flat_map(|mark| mark.points_on(index));
        let focus = points
            .clone()
            .min()
            .zip(points.max())
            .map_or(0..0, |(from, to)| from.saturating_sub(range.start)..to.saturating_sub(range.start));
        let line = Line::show(file.slice(range.clone()), focus, columns, signs);
        for ((mark, start), end) in marks.iter().zip(&mut starts).zip(&mut ends) {
            if mark.first_line == index {
                *start = window.text.len() + line.place_of(mark.start.saturating_sub(range.start));
            }
            if mark.last_line == index {
                *end = window.text.len() + line.place_of(mark.end.saturating_sub(range.start));
            }
        }
        window.text.push_str(&line.text);
        window.text.push('\n');
    }
    window.labels = marks
        .iter()
        .zip(starts.into_iter().zip(ends))
        .map(|(mark, (start, end))| Label {
            range: start..end.max(start),
            text: mark.text.clone(),
            primary: mark.primary,
        })
        .collect();
    window.labels.sort_by_key(|label| label.range.start);
    window
}

/// A line as shown, which knows where its bytes went.
struct Line {
    text: String,
    /// Original offset and shown offset of every character that is shown.
    map: Vec<(usize, usize)>,
}

impl Line {
    fn show(line: &str, focus: Range<usize>, columns: usize, signs: Signs) -> Self {
        let end = signs.ellipsis();
        let room = columns.saturating_sub(end.len());
        let from = window_start(line, focus, room, signs);
        let mut shown = Self { text: String::new(), map: Vec::new() };
        let mut used = 0;
        if from > 0 {
            shown.text.push_str(end);
            used += end.chars().count();
        }
        for (at, character) in line.get(from..).unwrap_or_default().char_indices() {
            used += shown_width(character, signs);
            if used > room {
                shown.map.push((from + at, shown.text.len()));
                shown.text.push_str(end);
                return shown;
            }
            shown.map.push((from + at, shown.text.len()));
            push(&mut shown.text, character, signs);
        }
        shown.map.push((line.len(), shown.text.len()));
        shown
    }

    fn place_of(&self, offset: usize) -> usize {
        let next = self.map.partition_point(|&(original, _)| original < offset);
        self.map.get(next).or(self.map.last()).map_or(0, |&(_, shown)| shown)
    }
}

/// Where to begin showing a line so that the focus is seen: at its start when that reaches far enough, else a
/// third of the room before the focus.
fn window_start(line: &str, focus: Range<usize>, room: usize, signs: Signs) -> usize {
    let mut used = 0;
    for (at, character) in line.char_indices() {
        used += shown_width(character, signs);
        if used > room {
            break;
        }
        if at + character.len_utf8() >= focus.end {
            return 0;
        }
    }
    if used <= room {
        return 0;
    }
    let mut left = room / 3;
    let mut from = focus.start;
    for (at, character) in line.get(..focus.start).unwrap_or_default().char_indices().rev() {
        let width = shown_width(character, signs);
        if width > left {
            break;
        }
        left -= width;
        from = at;
    }
    from
}

/// How many columns text takes as a snippet shows it; counting ends a little after `enough`.
pub(super) fn columns_of(text: &str, enough: usize, signs: Signs) -> usize {
    let mut used = 0;
    for character in text.chars() {
        used += shown_width(character, signs);
        if used > enough {
            break;
        }
    }
    used
}

fn push(out: &mut String, character: char, signs: Signs) {
    match character {
        '\t' => out.push_str("    "),
        _ => sanitize::push(out, character, signs),
    }
}

fn shown_width(character: char, signs: Signs) -> usize {
    match character {
        '\t' => 4,
        ' '..='~' => 1,
        _ if sanitize::is_safe(character) => sanitize::width(character),
        _ => {
            let mut sign = String::new();
            sanitize::push(&mut sign, character, signs);
            sign.chars().count()
        }
    }
}
