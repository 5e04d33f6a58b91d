//! What a rule is: its name, its documentation and, for rules over the model, its check.

use crate::diagnostic::Severity;

/// Which quality of a design a rule speaks about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Category {
    /// The text is not a design that can be understood. These are always on.
    Language,
    /// The model is understood but does not make sense as it stands.
    Model,
}

impl Category {
    /// The word for it in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Model => "model",
        }
    }
}

/// From which profile on a rule is active. The order is from few rules to all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Profile {
    /// Only what is certainly wrong.
    Minimal,
    /// What a reviewer would say; the default.
    Recommended,
    /// Also what may be a matter of taste or stage.
    Strict,
}

/// A rule, known by its name alone.
pub struct Rule {
    /// What users write in `allow` and `explain`.
    pub name: &'static str,
    /// The severity unless the user sets another.
    pub severity: Severity,
    /// Which quality it speaks about.
    pub category: Category,
    /// From which profile on it is active.
    pub profile: Profile,
    /// The version that brought it.
    pub since: &'static str,
    /// The documentation as Markdown: a sentence, then `## Why`, `## Example`, `## Instead` and others.
    pub docs: &'static str,
}

impl Rule {
    /// The first sentence of the documentation.
    pub fn summary(&self) -> &'static str {
        self.docs.trim_start().lines().next().unwrap_or_default().trim()
    }
}
