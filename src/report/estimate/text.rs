//! The report for people at a terminal: tables that fit its width, bars, colours.

use super::page::{Cell, Item, Page, Piece, Section, Table, Tone};
use crate::diagnostic::Severity;
use crate::report::sanitize::{Signs, Visible, width};
use crate::report::style::Paint;
use std::io::{self, Write};

/// How the text should look. The caller knows the terminal; the report does not.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns to stay within; less than 40 counts as 40, more than 200 as 200.
    pub width: usize,
    /// Whether to write colours.
    pub colour: bool,
    /// Whether signs may be other than ASCII.
    pub unicode: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 100, colour: false, unicode: true }
    }
}

/// Columns of a bar.
const BAR: usize = 10;
/// Columns between two columns of a table.
const GAP: usize = 2;
/// Columns before everything but headings.
const INDENT: usize = 2;
/// A column of words is not made narrower than this.
const NARROW: usize = 14;

/// A word in a tone, with its width.
#[derive(Clone)]
struct Word {
    tone: Tone,
    text: String,
    columns: usize,
    /// Whether a space stands before it.
    is_apart: bool,
}

/// Painting and breaking texts.
#[derive(Clone, Copy)]
pub struct Writer {
    paint: Paint,
    signs: Signs,
    /// Columns to stay within.
    pub columns: usize,
}

impl Writer {
    /// For a terminal.
    pub fn new(look: &Look) -> Self {
        Self {
            paint: Paint::new(look.colour),
            signs: if look.unicode { Signs::Unicode } else { Signs::Ascii },
            columns: look.width.clamp(40, 200),
        }
    }

    /// Text that is safe to show, with the signs that the terminal has.
    pub fn visible(&self, text: &str) -> String {
        let shown = Visible::line(text, self.signs).to_string();
        if self.signs == Signs::Unicode {
            return shown;
        }
        let mut plain = String::with_capacity(shown.len());
        for sign in shown.chars() {
            match sign {
                '×' => plain.push('x'),
                'µ' => plain.push('u'),
                '·' => plain.push('-'),
                '…' => plain.push_str("..."),
                '✓' => plain.push('+'),
                '✗' => plain.push('-'),
                sign => plain.push(sign),
            }
        }
        plain
    }

    /// A text in a tone.
    pub fn toned(&self, tone: Tone, text: &str) -> String {
        match tone {
            _ if text.is_empty() => String::new(),
            Tone::Plain => text.to_owned(),
            Tone::Strong => self.paint.strong(text),
            Tone::Faint => self.paint.faint(text),
            Tone::Doubtful => self.paint.severity(Severity::Warning, text),
            Tone::Bad => self.paint.severity(Severity::Error, text),
        }
    }

    fn bar(&self, share: f64) -> String {
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        let eighths = (share * (BAR * 8) as f64).round() as usize;
        if self.signs == Signs::Ascii {
            let full = (eighths + 4) / 8;
            return format!("{}{}", "#".repeat(full), ".".repeat(BAR - full.min(BAR)));
        }
        const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        let part = PARTS.get(eighths % 8).copied().unwrap_or_default();
        let filled = eighths.div_ceil(8);
        format!("{}{part}{}", "█".repeat(eighths / 8), "░".repeat(BAR.saturating_sub(filled)))
    }

    fn words(&self, cell: &Cell) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut is_apart = false;
        for piece in &cell.0 {
            match piece {
                Piece::Bar(tone, share) => {
                    words.push(Word { tone: *tone, text: self.bar(*share), columns: BAR, is_apart });
                    is_apart = true;
                }
                Piece::Text(tone, text) => {
                    let text = self.visible(text);
                    for (at, part) in text.split(' ').enumerate() {
                        is_apart |= at > 0;
                        if !part.is_empty() {
                            let columns = part.chars().map(width).sum();
                            words.push(Word { tone: *tone, text: part.to_owned(), columns, is_apart });
                            is_apart = false;
                        }
                    }
                }
            }
        }
        words
    }

    /// Breaks words into lines; a word that is too long stays whole, so that it can be copied.
    fn lines(words: Vec<Word>, columns: usize) -> Vec<Vec<Word>> {
        let mut lines: Vec<Vec<Word>> = vec![Vec::new()];
        let mut used = 0;
        for word in words {
            let gap = usize::from(word.is_apart && used > 0);
            if used > 0 && word.is_apart && used + gap + word.columns > columns {
                lines.push(Vec::new());
                used = 0;
            }
            used += gap + word.columns;
            if let Some(line) = lines.last_mut() {
                line.push(word);
            }
        }
        lines
    }

    fn line_width(line: &[Word]) -> usize {
        let gaps = line.iter().skip(1).filter(|word| word.is_apart).count();
        line.iter().map(|word| word.columns).sum::<usize>() + gaps
    }

    fn painted(&self, line: &[Word]) -> String {
        // Words of a tone that follow each other are painted at once.
        let mut text = String::new();
        let mut run = String::new();
        let mut tone = Tone::Plain;
        for (at, word) in line.iter().enumerate() {
            if word.tone != tone {
                text.push_str(&self.toned(tone, &run));
                run.clear();
                tone = word.tone;
            }
            if at > 0 && word.is_apart {
                if run.is_empty() { text.push(' ') } else { run.push(' ') }
            }
            run.push_str(&word.text);
        }
        text.push_str(&self.toned(tone, &run));
        text
    }

    /// A paragraph, its further lines under the first.
    pub fn paragraph(&self, cell: &Cell, indent: usize, out: &mut dyn Write) -> io::Result<()> {
        for line in Self::lines(self.words(cell), self.columns.saturating_sub(indent)) {
            writeln!(out, "{}", format!("{:indent$}{}", "", self.painted(&line)).trim_end())?;
        }
        Ok(())
    }

    /// A text broken into lines: the first with so many columns before it, the others with so many.
    pub fn broken(&self, cell: &Cell, first: usize, others: usize) -> Vec<String> {
        // The first line is the one with more room; breaking all like the others keeps it simple and even.
        let columns = self.columns.saturating_sub(first.max(others)).max(24);
        Self::lines(self.words(cell), columns).iter().map(|line| self.painted(line)).collect()
    }

    fn table(&self, table: &Table, out: &mut dyn Write) -> io::Result<()> {
        let heads: Vec<Vec<Word>> =
            table.columns.iter().map(|(_, title)| self.words(&Cell::faint(title.as_str()))).collect();
        let has_heads = heads.iter().any(|head| !head.is_empty());
        let rows: Vec<Vec<Vec<Word>>> =
            table.rows.iter().map(|row| row.iter().map(|cell| self.words(cell)).collect()).collect();
        let Some(widths) = self.widths(&heads, &rows) else { return self.records(table, out) };
        let right: Vec<bool> = table.columns.iter().map(|(column, _)| column.to_the_right).collect();
        if has_heads {
            self.row(heads, &widths, &right, out)?;
        }
        rows.into_iter().try_for_each(|row| self.row(row, &widths, &right, out))
    }

    /// How wide each column is; `None` when the table cannot be made to fit.
    fn widths(&self, heads: &[Vec<Word>], rows: &[Vec<Vec<Word>>]) -> Option<Vec<usize>> {
        let cells = |at: usize| rows.iter().filter_map(move |row| row.get(at)).chain(heads.get(at));
        let longest = |words: &[Word]| {
            // Words without a space between them stay together.
            let mut most = 0;
            let mut current = 0;
            for word in words {
                current = if word.is_apart { word.columns } else { current + word.columns };
                most = most.max(current);
            }
            most
        };
        let mut widths: Vec<usize> = (0..heads.len())
            .map(|at| cells(at).map(|words| Self::line_width(words)).max().unwrap_or(0))
            .collect();
        let least: Vec<usize> =
            (0..heads.len()).map(|at| cells(at).map(|words| longest(words)).max().unwrap_or(0)).collect();
        let room = self.columns.saturating_sub(INDENT + GAP * heads.len().saturating_sub(1));
        // The widest gives way first; numbers only when there is nothing else.
        while widths.iter().sum::<usize>() > room {
            let may_shrink = |(width, least): (&usize, &usize)| *width > (*least).max(NARROW).min(*width);
            let widest = widths
                .iter()
                .zip(&least)
                .enumerate()
                .filter(|(_, pair)| may_shrink((pair.0, pair.1)))
                .max_by_key(|(_, (width, _))| **width)
                .map(|(at, _)| at);
            let widest = widest.or_else(|| {
                let pairs = widths.iter().zip(&least).enumerate();
                pairs
                    .filter(|(_, (width, least))| width > least)
                    .max_by_key(|(_, (width, _))| **width)
                    .map(|(at, _)| at)
            })?;
            widths.iter_mut().skip(widest).take(1).for_each(|width| *width -= 1);
        }
        Some(widths)
    }

    fn row(
        &self,
        row: Vec<Vec<Word>>,
        widths: &[usize],
        right: &[bool],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let cells: Vec<Vec<Vec<Word>>> =
            row.into_iter().zip(widths).map(|(words, width)| Self::lines(words, *width)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let mut text = " ".repeat(INDENT);
            for ((cell, width), right) in cells.iter().zip(widths).zip(right) {
                let empty = Vec::new();
                let words = cell.get(line).unwrap_or(&empty);
                let pad = " ".repeat(width.saturating_sub(Self::line_width(words)));
                let painted = self.painted(words);
                text.push_str(&if *right { format!("{pad}{painted}") } else { format!("{painted}{pad}") });
                text.push_str(&" ".repeat(GAP));
            }
            writeln!(out, "{}", text.trim_end())?;
        }
        Ok(())
    }

    /// Each row as a list, where a table is too wide.
    fn records(&self, table: &Table, out: &mut dyn Write) -> io::Result<()> {
        for row in &table.rows {
            for (at, (cell, (_, title))) in row.iter().zip(&table.columns).enumerate() {
                if cell.is_empty() {
                    continue;
                }
                if at == 0 {
                    self.paragraph(cell, INDENT, out)?;
                    continue;
                }
                let mut pieces = vec![Piece::Text(Tone::Faint, format!("{title}: "))];
                pieces.extend(cell.0.iter().cloned());
                self.paragraph(&Cell(pieces), 2 * INDENT, out)?;
            }
        }
        Ok(())
    }

    fn section(&self, section: &Section, out: &mut dyn Write) -> io::Result<()> {
        if !section.title.is_empty() {
            let mut heading = Cell::name(section.title.as_str());
            if !section.note.is_empty() {
                heading = heading.then(Tone::Faint, format!(" · {}", section.note));
            }
            self.paragraph(&heading, 0, out)?;
        }
        for (at, item) in section.items.iter().enumerate() {
            match item {
                Item::Table(table) => {
                    if at > 0 {
                        writeln!(out)?;
                    }
                    self.table(table, out)?;
                }
                Item::Line(cell) => self.paragraph(cell, INDENT, out)?,
            }
        }
        Ok(())
    }
}

/// Writes a report.
pub fn write(page: &Page, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let writer = Writer::new(look);
    if !page.title.is_empty() {
        writeln!(out, "{}", writer.paint.heading(&writer.visible(&page.title)))?;
    }
    page.summary.iter().try_for_each(|line| writer.paragraph(line, 0, out))?;
    for section in &page.sections {
        if !section.title.is_empty() {
            writeln!(out)?;
        }
        writer.section(section, out)?;
    }
    Ok(())
}
