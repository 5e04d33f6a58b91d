//! The score card as people read it.

use super::style::Style;
use crate::report::sanitize::Visible;
use crate::report::score::Score;
use crate::source::Sources;
use std::io::{self, Write};

/// Writes a line for each quality, and what would help most.
pub(super) fn write(score: &Score, sources: &Sources, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    for standpoint in &score.qualities {
        if let Some(points) = standpoint.score {
            writeln!(out, "{:<13} {points:>3}  {}", standpoint.quality, standpoint.words())?;
        }
    }
    let silent = score.qualities.iter().filter(|standpoint| standpoint.score.is_none());
    let silent: Vec<&str> = silent.map(|standpoint| standpoint.quality).collect();
    if !silent.is_empty() {
        writeln!(out, "nothing asked for and nothing found: {}", silent.join(", "))?;
    }
    if score.changes.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", style.message("what would help most:"))?;
    for (number, change) in (1..).zip(&score.changes) {
        let at = sources.position(change.span);
        let name = Visible::line(sources.get(change.span.file).name(), style.signs);
        let help =
            Visible::line(&change.help, style.signs).cut(super::MOST_COLUMNS_OF_A_MESSAGE, style.signs);
        let rule = Visible::line(&change.rule, style.signs);
        let more = match change.findings {
            0 | 1 => String::new(),
            findings => format!(", and at {} more", super::plural(findings - 1, "place")),
        };
        writeln!(out, "  {number}. {name}:{}:{}{more}: {help} ({rule})", at.line, at.column)?;
    }
    Ok(())
}
