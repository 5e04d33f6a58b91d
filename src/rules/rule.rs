//! What a rule is: its name, its documentation and, for rules over the model, its check.

use super::Case;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;
use crate::spec::requirement::Quality;

/// What a rule speaks about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Category {
    /// The text is not a design that can be understood. These are always on.
    Language,
    /// The model is understood but does not make sense as it stands.
    Model,
    /// What is asked for and what is built do not meet.
    Traceability,
    /// Who calls whom, and how.
    Architecture,
    /// What more load, data or users would break.
    Scale,
    /// What a failure takes with it.
    Reliability,
    /// Where time goes.
    Latency,
    /// What readers may see.
    Consistency,
    /// What is kept, where, and for how long.
    Data,
    /// Who can reach, read or change what.
    Security,
    /// Running it, and paying for it.
    Operations,
}

impl Category {
    /// All of them, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::Language,
        Self::Model,
        Self::Traceability,
        Self::Architecture,
        Self::Scale,
        Self::Reliability,
        Self::Latency,
        Self::Consistency,
        Self::Data,
        Self::Security,
        Self::Operations,
    ];

    /// The word for it in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Model => "model",
            Self::Traceability => "traceability",
            Self::Architecture => "architecture",
            Self::Scale => "scale",
            Self::Reliability => "reliability",
            Self::Latency => "latency",
            Self::Consistency => "consistency",
            Self::Data => "data",
            Self::Security => "security",
            Self::Operations => "operations",
        }
    }

    /// The quality of a system that its rules are about, where a rule does not name another.
    pub const fn quality(self) -> Option<Quality> {
        match self {
            Self::Language | Self::Model | Self::Traceability => None,
            Self::Architecture | Self::Operations => Some(Quality::Operability),
            Self::Scale => Some(Quality::Scalability),
            Self::Reliability => Some(Quality::Reliability),
            Self::Latency => Some(Quality::Performance),
            Self::Consistency => Some(Quality::Consistency),
            Self::Data => Some(Quality::Durability),
            Self::Security => Some(Quality::Security),
        }
    }

    /// What its rules have in common.
    pub fn about(self) -> &'static str {
        match self {
            Self::Language => "the text is not a design that can be understood; these rules are always on",
            Self::Model => "the design is understood but does not make sense as it stands",
            Self::Traceability => "what is asked for and what is built do not meet",
            Self::Architecture => "components call each other in a way that will hurt",
            Self::Scale => "more load, data or users would break something",
            Self::Reliability => "a failure takes more with it than it should",
            Self::Latency => "answers take longer than they should",
            Self::Consistency => "readers may see what the design promises they never see",
            Self::Data => "data is kept in the wrong place, in the wrong way, or for too long",
            Self::Security => "somebody can reach, read or change what they should not",
            Self::Operations => "running it, or paying for it, will hurt",
        }
    }
}

/// How far a design is. A rule asks for something only from the stage on at which a design can know it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stage {
    /// Boxes and arrows: what is there must make sense, nothing is missing yet.
    Sketch,
    /// A design that others review: what a flow needs to be fast, available and safe is said.
    Design,
    /// A design that is run: also backups, monitoring, owners, runbooks.
    Production,
}

impl Stage {
    /// All of them, from early to late.
    pub const ALL: &'static [Self] = &[Self::Sketch, Self::Design, Self::Production];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sketch => "sketch",
            Self::Design => "design",
            Self::Production => "production",
        }
    }

    /// What may be asked for then, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Sketch => "What is there must make sense; nothing is missing yet",
            Self::Design => "What flows need to be fast, available and safe is said",
            Self::Production => "Also what one needs to run it: backups, monitoring, owners",
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
    /// All of them, from few rules to all.
    pub const ALL: &'static [Self] = &[Self::Minimal, Self::Recommended, Self::Strict];

    /// What it holds, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Minimal => "Only what is certainly wrong",
            Self::Recommended => "What a reviewer would say",
            Self::Strict => "Also what may be a matter of taste or stage",
        }
    }

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
    /// From which stage of a design on it is fair to ask.
    pub stage: Stage,
    /// The quality of a system that its findings are about; `None` when they are about the text of the design.
    pub quality: Option<Quality>,
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
/// `rule! { /// docs  "name": Severity, Category, Profile, at Design, since "0.1.0", check }`, without `check` when an
/// earlier stage of the program reports it, and without `at …` when it holds for a sketch too. `on Durability` after
/// that says which quality of the score card it is about, where that is not the one of its category.
macro_rules! rule {
    (
        $(#[doc = $docs:literal])*
        $name:literal: $severity:ident, $category:ident, $profile:ident, $(at $stage:ident,)? $(on $quality:ident,)? since $since:literal $(, $check:ident)?
    ) => {
        $(#[doc = $docs])*
        pub const RULE: $crate::rules::Rule = $crate::rules::Rule {
            name: $name,
            severity: $crate::diagnostic::Severity::$severity,
            category: $crate::rules::Category::$category,
            profile: $crate::rules::Profile::$profile,
            stage: $crate::rules::rule::stage!($($stage)?),
            quality: $crate::rules::rule::quality!($category $(, $quality)?),
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

macro_rules! stage {
    () => {
        $crate::rules::Stage::Sketch
    };
    ($stage:ident) => {
        $crate::rules::Stage::$stage
    };
}
pub(crate) use stage;

macro_rules! quality {
    ($category:ident) => {
        $crate::rules::Category::$category.quality()
    };
    ($category:ident, $quality:ident) => {
        Some($crate::spec::requirement::Quality::$quality)
    };
}
pub(crate) use quality;
