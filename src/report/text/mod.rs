//! The report for people: what is wrong, the lines where it stands, and what to write instead.

mod arranged;
mod card;
mod mark;
mod snippet;
mod style;
mod window;

use super::Report;
use super::place::Places;
use super::sanitize::{Signs, Visible, width};
use crate::diagnostic::{Diagnostic, Related, Severity};
use crate::fix;
use crate::source::{Position, Span};
use mark::Mark;
use std::io::{self, Write};
use style::Style;

/// How the text should look. The caller knows the terminal; the report does not.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// Columns to stay within; less than 40 counts as 40, more than 200 as 200.
    pub width: usize,
    /// Whether to write colours.
    pub colour: bool,
    /// Whether frames and signs may be other than ASCII.
    pub unicode: bool,
    /// One line for each finding, without snippets, and silence when there is none.
    pub quiet: bool,
    /// The most findings to show.
    pub limit: usize,
    /// Of what is no error: the most findings of one rule to show. The others are counted.
    pub most_of_a_rule: usize,
    /// Whether to end with the score card, when there is one.
    pub card: bool,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self {
            width: 100,
            colour: false,
            unicode: true,
            quiet: false,
            limit: 1_000,
            most_of_a_rule: usize::MAX,
            card: false,
        }
    }
}

const MOST_COLUMNS_OF_A_MESSAGE: usize = 1_000;
/// Second places outside the main snippet: the first few get a snippet, some more a line.
const MOST_NOTES_DRAWN: usize = 3;
const MOST_NOTES: usize = 10;
/// Of findings that are only counted, the places that are named.
const MOST_PLACES_OF_A_FOLD: usize = 5;

/// Writes the report for people.
pub fn write(report: &Report, options: &TextOptions, out: &mut dyn Write) -> io::Result<()> {
    let style = Style {
        signs: if options.unicode { Signs::Unicode } else { Signs::Ascii },
        colour: options.colour,
        columns: options.width.clamp(40, 200),
        severity: Severity::Error,
    };
    let mut printer = Printer { report, places: Places::new(report.sources), style, out };
    if options.quiet {
        for finding in report.findings.iter().take(options.limit) {
            printer.style.severity = finding.severity;
            printer.line(finding)?;
        }
    } else {
        printer.groups(options)?;
    }
    let hidden = report.findings.len().saturating_sub(options.limit);
    if hidden > 0 {
        let dots = style.signs.ellipsis();
        writeln!(printer.out, "{dots} and {} more; --format json shows all", thousands(hidden))?;
    }
    if !(options.quiet && report.findings.is_empty()) {
        writeln!(printer.out, "{}", style.message(&summary(report)))?;
    }
    if let (Some(hint), false) = (mendable(report), options.quiet) {
        writeln!(printer.out, "{hint}")?;
    }
    if let (Some(score), true, false) = (report.score, options.card, options.quiet) {
        card::write(score, report.sources, &style, printer.out)?;
    }
    Ok(())
}

struct Printer<'a> {
    report: &'a Report<'a>,
    places: Places<'a>,
    style: Style,
    out: &'a mut dyn Write,
}

impl Printer<'_> {
    fn visible(&self, text: &str) -> Visible {
        Visible::line(text, self.style.signs).cut(MOST_COLUMNS_OF_A_MESSAGE, self.style.signs)
    }

    fn tag(&self, finding: &Diagnostic) -> String {
        self.style.severity(&format!("{}[{}]", finding.severity.name(), self.visible(&finding.rule)))
    }

    /// The findings, those of one rule together; the limit counts those that are folded too.
    fn groups(&mut self, options: &TextOptions) -> io::Result<()> {
        let mut left = options.limit;
        for group in arranged::arranged(self.report.findings, options.most_of_a_rule) {
            for finding in group.shown.into_iter().take(left) {
                self.style.severity = finding.severity;
                self.finding(finding)?;
                left -= 1;
            }
            let folded = group.folded.get(..left.min(group.folded.len())).unwrap_or_default();
            left -= folded.len();
            if let Some(first) = folded.first() {
                let places: Vec<String> = folded
                    .iter()
                    .take(MOST_PLACES_OF_A_FOLD)
                    .map(|finding| self.place(finding.span))
                    .collect();
                let dots = if folded.len() > places.len() {
                    format!(", {}", self.style.signs.ellipsis())
                } else {
                    String::new()
                };
                let (tag, count) = (self.tag(first), thousands(folded.len()));
                let more = self.style.message(&format!(": and {count} more like this"));
                writeln!(self.out, "{tag}{more}; --all shows them")?;
                writeln!(self.out, "  at {}{dots}\n", places.join(", "))?;
            }
        }
        Ok(())
    }

    /// `file:line:column: error[rule]: message`, as editors and grep like it.
    fn line(&mut self, finding: &Diagnostic) -> io::Result<()> {
        let place = self.place(finding.span);
        let message = self.visible(&finding.message);
        writeln!(self.out, "{place}: {}: {message}", self.tag(finding))
    }

    fn finding(&mut self, finding: &Diagnostic) -> io::Result<()> {
        let message = self.visible(&finding.message);
        let headline = self.style.message(&format!(": {message}"));
        writeln!(self.out, "{}{headline}", self.tag(finding))?;
        let mut marks = vec![self.mark(finding.span, finding.label.as_deref(), true)];
        let mut elsewhere = Vec::new();
        let file = self.report.sources.get(finding.span.file);
        for second in &finding.related {
            let mark = self.mark(second.span, Some(&second.message), false);
            let joins = second.span.file == finding.span.file
                && mark.joins(&marks, file, self.style.columns.saturating_sub(12), self.style.signs);
            if joins { marks.push(mark) } else { elsewhere.push(second) }
        }
        let at = self.places.position(finding.span);
        self.draw(finding.span, &marks, at)?;
        self.notes(&elsewhere)?;
        if let Some(help) = &finding.help {
            self.paragraph("help", help)?;
        }
        writeln!(self.out)
    }

    fn notes(&mut self, notes: &[&Related]) -> io::Result<()> {
        for (index, note) in notes.iter().take(MOST_NOTES).enumerate() {
            if index < MOST_NOTES_DRAWN {
                self.paragraph("note", &note.message)?;
                let at = self.report.sources.position(note.span);
                let mark = self.mark(note.span, None, false);
                self.draw(note.span, &[mark], at)?;
            } else {
                let place = self.place(note.span);
                self.paragraph("note", &format!("{}: {place}", note.message))?;
            }
        }
        match notes.len().saturating_sub(MOST_NOTES) {
            0 => Ok(()),
            more => self.paragraph("note", &format!("and {} more places", thousands(more))),
        }
    }

    fn mark(&self, span: Span, text: Option<&str>, primary: bool) -> Mark {
        Mark::new(self.report.sources.get(span.file), span, text, primary, self.style.signs)
    }

    fn draw(&mut self, span: Span, marks: &[Mark], at: Position) -> io::Result<()> {
        let frame = snippet::draw(self.report.sources.get(span.file), marks, at, &self.style);
        self.out.write_all(frame.as_bytes())
    }

    fn place(&mut self, span: Span) -> String {
        let at = self.places.position(span);
        let name = Visible::line(self.report.sources.get(span.file).name(), self.style.signs);
        format!("{name}:{}:{}", at.line, at.column)
    }

    /// `  help: …`, wrapped between words, its further lines under the first.
    fn paragraph(&mut self, heading: &str, text: &str) -> io::Result<()> {
        let indent = heading.len() + 4;
        let text =
            Visible::lines(text, self.style.signs).cut(4 * MOST_COLUMNS_OF_A_MESSAGE, self.style.signs);
        let lines =
            text.as_str().lines().flat_map(|line| wrap(line, self.style.columns.saturating_sub(indent)));
        for (index, line) in lines.enumerate() {
            match index {
                0 => writeln!(self.out, "  {} {line}", self.style.heading(&format!("{heading}:")))?,
                _ => writeln!(self.out, "{}", format!("{:indent$}{line}", "").trim_end())?,
            }
        }
        Ok(())
    }
}

/// Breaks a line between words; a word that is too long stays whole, so that it can be copied.
fn wrap(line: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut current, mut used) = (String::new(), 0);
    for word in line.split_inclusive(' ') {
        let word_width: usize = word.trim_end().chars().map(width).sum();
        if used > 0 && used + word_width > columns {
            lines.push(std::mem::take(&mut current).trim_end().to_owned());
            used = 0;
        }
        current.push_str(word);
        used += word.chars().map(width).sum::<usize>();
    }
    lines.push(current.trim_end().to_owned());
    lines
}

/// What `--fix` would do about the findings, when there is something.
fn mendable(report: &Report) -> Option<String> {
    let is_safe = |finding: &&Diagnostic| {
        let fix = finding.fix.as_ref().filter(|fix| fix.is_safe);
        fix.is_some_and(|fix| fix::edits(report.sources, fix).is_some())
    };
    match report.findings.iter().filter(is_safe).count() {
        0 => None,
        1 if report.findings.len() == 1 => Some("`sysdesign validate --fix` mends it".to_owned()),
        count => Some(format!("`sysdesign validate --fix` mends {} of them", thousands(count))),
    }
}

/// `2 errors, 1 warning in 3 files (1 allowed)`.
fn summary(report: &Report) -> String {
    let counts = report.counts();
    let kinds = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.infos, "info")];
    let found: Vec<String> =
        kinds.iter().filter(|(count, _)| *count > 0).map(|&(count, noun)| plural(count, noun)).collect();
    let found = if found.is_empty() { "no findings".to_owned() } else { found.join(", ") };
    let silent = [(counts.suppressed, "allowed"), (counts.known, "in the baseline")];
    let silent = silent.iter().filter(|(count, _)| *count > 0);
    let silent: Vec<String> = silent.map(|(count, why)| format!("{} {why}", thousands(*count))).collect();
    let silent = if silent.is_empty() { String::new() } else { format!(" ({})", silent.join(", ")) };
    format!("{found} in {}{silent}", plural(counts.files, "file"))
}

fn plural(count: usize, noun: &str) -> String {
    format!("{} {noun}{}", thousands(count), if count == 1 { "" } else { "s" })
}

/// `4321` → `4,321`.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
