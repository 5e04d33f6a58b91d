//! What a rule is: its name, its documentation and, for rules over the model, its check.

use super::Case;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

/// Which quality of a design a rule speaks about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Category {
    /// The text is not a design that can be understood. These are always on.
    Language,
    /// The model is understood but does not make sense as it stands.
    Model,
}

impl Category {
    /// All of them, in the order of the documentation.
    pub const ALL: &'static [Self] = &[Self::Language, Self::Model];

    /// The word for it in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Model => "model",
        }
    }

    /// What its rules have in common.
    pub fn about(self) -> &'static str {
        match self {
            Self::Language => "the text is not a design that can be understood; these rules are always on",
            Self::Model => "the design is understood but does not make sense as it stands",
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

impl Profile {
    /// The word for it in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Minimal => "minimal",
            Self::Recommended => "recommended",
            Self::Strict => "strict",
        }
    }
}

/// Looks at a design, and at its numbers where it asks for them, and reports what it finds.
pub type Check = for<'m, 't> fn(&Case<'m, 't>, &mut Vec<Diagnostic>);

/// A rule, known by its name alone.
#[derive(Clone, Copy)]
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
    /// The documentation as Markdown, as the compiler hands it over: each line begins with a blank.
    pub docs: &'static str,
    /// The check; `None` when an earlier stage reports it while it reads.
    pub check: Option<Check>,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name)
    }
}

impl Rule {
    /// The first sentence of the documentation.
    pub fn summary(&self) -> &'static str {
        self.docs.trim_start().lines().next().unwrap_or_default().trim()
    }

    /// The documentation as Markdown, from the first sentence on.
    pub fn markdown(&self) -> String {
        let lines = self.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end());
        let mut text = lines.collect::<Vec<_>>().join("\n").trim().to_owned();
        text.push('\n');
        text
    }

    /// The text under a heading (`Why`, `Example`, `Instead`), when there is such a heading.
    pub fn section(&self, heading: &str) -> Option<String> {
        let markdown = self.markdown();
        let mut lines = markdown.lines().skip_while(|line| line.strip_prefix("## ") != Some(heading));
        lines.next()?;
        let body: Vec<&str> = lines.take_while(|line| !line.starts_with("## ")).collect();
        Some(body.join("\n").trim().to_owned())
    }

    /// The YAML blocks under a heading.
    pub fn examples(&self, heading: &str) -> Vec<String> {
        let body = self.section(heading).unwrap_or_default();
        let mut examples = Vec::new();
        let mut rest = body.as_str();
        while let Some((_, after)) = rest.split_once("```yaml\n") {
            let Some((example, after)) = after.split_once("```") else { break };
            examples.push(example.to_owned());
            rest = after;
        }
        examples
    }

    /// A finding of this rule.
    pub fn finding(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.name, self.severity, span, message)
    }
}

/// Declares a rule: its documentation, its name, and how it is run.
///
/// `rule! { /// docs  "name": Severity, Category, Profile, since "0.1.0", check }`, without `check` when an
/// earlier stage reports it.
macro_rules! rule {
    (
        $(#[doc = $docs:literal])*
        $name:literal: $severity:ident, $category:ident, $profile:ident, since $since:literal $(, $check:ident)?
    ) => {
        $(#[doc = $docs])*
        pub const RULE: $crate::rules::Rule = $crate::rules::Rule {
            name: $name,
            severity: $crate::diagnostic::Severity::$severity,
            category: $crate::rules::Category::$category,
            profile: $crate::rules::Profile::$profile,
            since: $since,
            docs: concat!($($docs, "\n"),*),
            check: $crate::rules::rule::optional_check!($($check)?),
        };
    };
}
pub(crate) use rule;

macro_rules! optional_check {
    () => {
        None
    };
    ($check:ident) => {
        Some($check)
    };
}
pub(crate) use optional_check;
