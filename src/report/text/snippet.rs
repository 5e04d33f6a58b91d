//! Draws a window as a frame with underlines. The engine is miette; it only ever sees a [`Window`].

use super::mark::Mark;
use super::style::Style;
use super::window::{self, Window};
use crate::diagnostic::Severity;
use crate::report::sanitize::{Signs, Visible};
use crate::source::{Position, SourceFile};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use std::fmt;

const MOST_COLUMNS_OF_A_NAME: usize = 200;

/// Draws marks of one file as one frame, headed by the place of the first mark.
pub(super) fn draw(file: &SourceFile, marks: &[Mark], at: Position, style: &Style) -> String {
    let signs = style.signs;
    let last = marks.iter().map(|mark| mark.last_line + 2).max().unwrap_or(0);
    let frame = last.to_string().len() + 4;
    let window = window::open(file, marks, style.columns.saturating_sub(frame), signs);
    let styles = styles_of(&window, style);
    let name = Visible::line(file.name(), signs).cut(MOST_COLUMNS_OF_A_NAME, signs);
    let theme = GraphicalTheme { characters: characters(style), styles };
    let engine = GraphicalReportHandler::new_themed(theme)
        .with_urls(false)
        .without_cause_chain()
        .without_syntax_highlighting()
        .with_context_lines(CONTEXT);
    let mut drawn = String::new();
    // Writing into a string does not fail, and the window answers every request of the engine.
    let _ = engine.render_report(&mut drawn, &Drawing { window, name, at });
    // The engine begins with a line for the message, which is ours to write.
    drawn.lines().skip(1).flat_map(|line| [line.trim_end(), "\n"]).collect()
}

/// What the engine asks for when it wants a snippet rather than the place of a label.
const CONTEXT: usize = 1;

fn characters(style: &Style) -> ThemeCharacters {
    match style.signs {
        Signs::Unicode => ThemeCharacters::unicode(),
        Signs::Ascii => ThemeCharacters::ascii(),
    }
}

/// The main label in the colour of the severity, the others in a calmer one. The engine takes the styles in the
/// order of the labels.
fn styles_of(window: &Window, style: &Style) -> ThemeStyles {
    if !style.colour {
        return ThemeStyles::none();
    }
    let ansi = ThemeStyles::ansi();
    let main = match style.severity {
        Severity::Error => ansi.error,
        Severity::Warning => ansi.warning,
        Severity::Info => ansi.advice,
    };
    let second = ThemeStyles::none().link.blue();
    let highlights =
        window.labels.iter().map(|label| if label.primary { main.bold() } else { second }).collect();
    ThemeStyles { highlights, link: ThemeStyles::none().link.cyan(), ..ansi }
}

#[derive(Debug)]
struct Drawing {
    window: Window,
    name: Visible,
    at: Position,
}

impl fmt::Display for Drawing {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Drawing {}

impl miette::Diagnostic for Drawing {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.window.labels.iter().map(|label| {
            let span = SourceSpan::from(label.range.clone());
            match label.primary {
                true => LabeledSpan::new_primary_with_span(label.text.clone(), span),
                false => LabeledSpan::new_with_span(label.text.clone(), span),
            }
        })))
    }
}

impl SourceCode for Drawing {
    /// A request with context gets the whole window, so that all labels come into one frame. A request without
    /// asks where the frame's main label stands, which is known in characters of the file.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.window.text.as_bytes();
        let lines = self.window.first_line + self.window.text.matches('\n').count();
        let name = self.name.as_str().to_owned();
        let zero_based = |number: u32| (number as usize).saturating_sub(1);
        Ok(Box::new(if before == CONTEXT {
            MietteSpanContents::new_named(
                name,
                text,
                (0, text.len()).into(),
                self.window.first_line,
                0,
                lines,
            )
        } else {
            let (line, column) = (zero_based(self.at.line), zero_based(self.at.column));
            MietteSpanContents::new_named(name, &[], *span, line, column, lines)
        }))
    }
}
