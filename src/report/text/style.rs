//! How the text report looks: signs, width, colour.

use crate::diagnostic::Severity;
use crate::report::sanitize::Signs;

/// What drawing one finding needs to know.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub signs: Signs,
    pub colour: bool,
    pub columns: usize,
    pub severity: Severity,
}

const RESET: &str = "\x1b[0m";
const BOLD: &str = "\x1b[1m";
const CYAN: &str = "\x1b[36m";

impl Style {
    fn paint(&self, code: &str, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("{code}{text}{RESET}") } else { text.to_owned() }
    }

    /// The word and the rule, in the colour of the severity.
    pub(super) fn severity(&self, text: &str) -> String {
        let code = match self.severity {
            Severity::Error => "\x1b[1;31m",
            Severity::Warning => "\x1b[1;33m",
            Severity::Info => "\x1b[1;36m",
        };
        self.paint(code, text)
    }

    /// What is wrong.
    pub(super) fn message(&self, text: &str) -> String {
        self.paint(BOLD, text)
    }

    /// `help:`, `note:`.
    pub(super) fn heading(&self, text: &str) -> String {
        self.paint(CYAN, text)
    }
}
