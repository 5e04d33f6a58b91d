//! Colours for what is read in a terminal.

use crate::diagnostic::Severity;

/// Paints words, or leaves them as they are.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    colour: bool,
}

impl Paint {
    /// With or without colours.
    pub fn new(colour: bool) -> Self {
        Self { colour }
    }

    fn with(self, codes: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{codes}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// A heading.
    pub fn heading(self, text: &str) -> String {
        self.with("1;4", text)
    }

    /// A name.
    pub fn strong(self, text: &str) -> String {
        self.with("1", text)
    }

    /// What may be passed over.
    pub fn faint(self, text: &str) -> String {
        self.with("2", text)
    }

    /// What is wrong or doubtful.
    pub fn warning(self, text: &str) -> String {
        self.severity(Severity::Warning, text)
    }

    /// A text in the colour of a severity.
    pub fn severity(self, severity: Severity, text: &str) -> String {
        let codes = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Info => "1;36",
        };
        self.with(codes, text)
    }
}
