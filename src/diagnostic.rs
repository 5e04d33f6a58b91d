//! What is wrong, where, and what to do about it: data only, no formatting.

use crate::source::Span;
use crate::suggest::Near;
use std::borrow::Cow;

/// How much a finding matters. The order is from harmless to fatal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth knowing; nothing has to change.
    Info,
    /// Likely a mistake or a risk.
    Warning,
    /// The design does not hold together.
    Error,
}

impl Severity {
    /// The word for it in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A second place that explains the first ("first defined here").
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Related {
    /// The place.
    pub span: Span,
    /// What stands there.
    pub message: String,
}

/// Characters to write instead of others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// What is replaced; an empty place is where something is put in.
    pub span: Span,
    /// What is read there. Where the source says it in another way, such as with an escape, nothing is replaced.
    pub wrong: String,
    /// What belongs there.
    pub right: String,
}

/// What mends a finding without a decision of somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What changes. All of it, or nothing.
    pub edits: Vec<Edit>,
    /// Whether there is no other right answer.
    pub is_safe: bool,
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The name of the rule, as `sysdesign explain` knows it.
    pub rule: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in the user's words: lower case, no full stop.
    pub message: String,
    /// The characters that are wrong.
    pub span: Span,
    /// Why these characters, shown beside the underline.
    pub label: Option<String>,
    /// Further places.
    pub related: Vec<Related>,
    /// What to write instead.
    pub help: Option<String>,
    /// The same as characters that a program can write.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// An error; most things that keep a design from being understood are.
    pub fn error(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Error, span, message)
    }

    /// A warning.
    pub fn warning(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Warning, span, message)
    }

    /// A finding of the given severity.
    pub fn new(
        rule: impl Into<Cow<'static, str>>,
        severity: Severity,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule: rule.into(),
            severity,
            message: message.into(),
            span,
            label: None,
            related: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Says why these characters are underlined.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// As [`Diagnostic::help`], when there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Says what was probably meant instead of the word at the place of the finding.
    #[must_use]
    pub fn meant(mut self, wrong: &str, near: Near<'_>) -> Self {
        self.help = Some(format!("did you mean `{}`?", near.word));
        self.instead(wrong, near.word, near.is_sure)
    }

    /// Says what a program can write instead of what is read at the place of the finding.
    #[must_use]
    pub fn instead(mut self, wrong: &str, right: &str, is_safe: bool) -> Self {
        let edit = Edit { span: self.span, wrong: wrong.to_owned(), right: right.to_owned() };
        self.fix = Some(Fix { edits: vec![edit], is_safe });
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }
}
