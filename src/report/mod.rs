//! Findings → bytes: one file per format.
//!
//! Nothing here prints or looks at a terminal or the environment: the caller says what it wants and hands in
//! something to write to. Whatever a person's terminal may show goes through [`sanitize`] first.

pub mod baseline;
pub mod estimate;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;
pub mod sanitize;
pub mod sarif;
pub mod score;
pub mod style;
pub mod text;

mod escape;
mod fingerprint;
mod place;
mod uri;

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{Rule, own};
use crate::source::{FileId, Sources, Span};
use std::io::{self, BufWriter, Write};

pub use text::TextOptions;

/// All that a format may say about a run.
pub struct Report<'a> {
    /// The texts that findings point into.
    pub sources: &'a Sources,
    /// The findings, sorted by file, place and rule.
    pub findings: &'a [Diagnostic],
    /// The dotted place of a span in its document (`components.app.replicas`), which stays when lines move;
    /// empty when there is none.
    pub paths: &'a dyn Fn(Span) -> String,
    /// Every known rule, for its documentation.
    pub rules: &'a [&'a Rule],
    /// The files that were checked, clean ones too.
    pub files: &'a [FileId],
    /// How many findings `allow` silenced.
    pub suppressed: usize,
    /// How many findings a baseline knew.
    pub known: usize,
    /// The rules of the project's own.
    pub own_rules: &'a [own::Facts],
    /// How the design stands, when everything in it was understood.
    pub score: Option<&'a score::Score>,
}

impl Report<'_> {
    /// How many findings of each severity there are.
    pub fn counts(&self) -> Counts {
        let of = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        Counts {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            infos: of(Severity::Info),
            files: self.files.len(),
            suppressed: self.suppressed,
            known: self.known,
        }
    }
}

/// The numbers of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Counts {
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are only worth knowing.
    pub infos: usize,
    /// Files checked.
    pub files: usize,
    /// Findings silenced by `allow`.
    pub suppressed: usize,
    /// Findings that the baseline knew.
    pub known: usize,
}

/// The form of a report.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Format {
    /// Snippets for people.
    Text,
    /// Our own JSON.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// Code Quality report of GitLab.
    Gitlab,
    /// Test results, for everything else that shows reports.
    Junit,
}

impl Format {
    /// Every format, in the order of the help.
    pub const ALL: &'static [Self] =
        &[Self::Text, Self::Json, Self::Sarif, Self::Github, Self::Gitlab, Self::Junit];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
        }
    }

    /// What it is for, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Text => "Snippets for people",
            Self::Json => "Everything, for scripts",
            Self::Sarif => "SARIF 2.1.0, for code scanning",
            Self::Github => "Annotations of GitHub Actions",
            Self::Gitlab => "Code quality report of GitLab",
            Self::Junit => "Test results as JUnit XML",
        }
    }
}

/// Writes the report in a format. The options are those of [`Format::Text`]; other formats have none.
pub fn write(report: &Report, format: Format, options: &TextOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    match format {
        Format::Text => text::write(report, options, &mut out),
        Format::Json => json::write(report, &mut out),
        Format::Sarif => sarif::write(report, &mut out),
        Format::Github => github::write(report, &mut out),
        Format::Gitlab => gitlab::write(report, &mut out),
        Format::Junit => junit::write(report, &mut out),
    }?;
    out.flush()
}
