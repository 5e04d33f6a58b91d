//! `sysdesign.toml`: what holds for all designs of a project.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{self, Policy, Profile, Stage, allows, policy};
use crate::source::{FileId, Span};
use crate::spec::values::Date;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt::Formatter;
use std::ops::Range;
use std::path::PathBuf;
use toml::Spanned;

/// The name of the file.
pub const FILE_NAME: &str = "sysdesign.toml";

/// From which severity on a run fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// From errors on.
    #[default]
    Error,
    /// From warnings on.
    Warning,
    /// From any finding on.
    Info,
    /// Findings never fail a run.
    Never,
}

impl FailOn {
    /// All of them, in the order of the help.
    pub const ALL: &'static [Self] = &[Self::Error, Self::Warning, Self::Info, Self::Never];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Never => "never",
        }
    }

    /// What it means, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Error => "Only errors fail the run",
            Self::Warning => "Warnings fail it too",
            Self::Info => "Any finding fails it",
            Self::Never => "Findings never fail it",
        }
    }

    /// Whether a finding of this severity fails the run.
    pub fn includes(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
            Self::Never => false,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    fail_on: Option<FailOn>,
    schema: Option<String>,
    rules: Option<Rules>,
}

/// Read by hand, because serde's `flatten` forgets where things stand.
#[derive(Default)]
struct Rules {
    profile: Option<ProfileName>,
    stage: Option<StageName>,
    allow: Vec<AllowEntry>,
    include: Vec<PathBuf>,
    severities: Vec<(Spanned<String>, SeverityName)>,
}

impl<'de> Deserialize<'de> for Rules {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RulesVisitor)
    }
}

struct RulesVisitor;

impl<'de> Visitor<'de> for RulesVisitor {
    type Value = Rules;

    fn expecting(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        out.write_str("a table of rules and their severities")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rules, A::Error> {
        let mut rules = Rules::default();
        while let Some(key) = map.next_key::<Spanned<String>>()? {
            match key.get_ref().as_str() {
                "profile" => rules.profile = Some(map.next_value()?),
                "stage" => rules.stage = Some(map.next_value()?),
                "allow" => rules.allow = map.next_value()?,
                "include" => rules.include = map.next_value()?,
                _ => rules.severities.push((key, map.next_value()?)),
            }
        }
        Ok(rules)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum ProfileName {
    Minimal,
    Recommended,
    Strict,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum StageName {
    Sketch,
    Design,
    Production,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum SeverityName {
    Off,
    Info,
    Warning,
    Error,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AllowEntry {
    rule: Spanned<String>,
    on: Option<String>,
    reason: Spanned<String>,
    until: Option<Spanned<String>>,
}

/// What the file says.
#[derive(Debug, Default)]
pub struct Config {
    /// From which severity on a run fails.
    pub fail_on: Option<FailOn>,
    /// A JSON Schema that every design must also fit, as a path relative to the file.
    pub schema: Option<String>,
    /// Files with rules for every design, as paths relative to the file.
    pub include: Vec<PathBuf>,
    /// How strictly designs are judged.
    pub policy: Policy,
    /// Names that only designs can tell to be rules, which are those of their own, and where they stand.
    pub unsure: Vec<(String, Span)>,
}

/// Why the file cannot be used: line, column and what is wrong.
#[derive(Debug)]
pub struct ConfigError {
    /// Where, in bytes of the text.
    pub at: Option<Range<usize>>,
    /// What is wrong.
    pub message: String,
}

/// Reads the text of the file, which is `file` among the sources. Names of rules that cannot be changed are findings.
pub fn read(text: &str, file: FileId) -> Result<(Config, Vec<Diagnostic>), ConfigError> {
    let raw: File = toml::from_str(text)
        .map_err(|error| ConfigError { at: error.span(), message: error.message().trim().to_owned() })?;
    let mut findings = Vec::new();
    let mut config = Config { fail_on: raw.fail_on, schema: raw.schema, ..Config::default() };
    let Some(said) = raw.rules else { return Ok((config, findings)) };
    config.include = said.include;
    config.policy.stage = said.stage.map(|stage| match stage {
        StageName::Sketch => Stage::Sketch,
        StageName::Design => Stage::Design,
        StageName::Production => Stage::Production,
    });
    config.policy.profile = said.profile.map(|profile| match profile {
        ProfileName::Minimal => Profile::Minimal,
        ProfileName::Recommended => Profile::Recommended,
        ProfileName::Strict => Profile::Strict,
    });
    let mut unsure = Vec::new();
    let mut may_be_set = |name: &str, span: Span| {
        if rules::find(name).is_none() {
            unsure.push((name.to_owned(), span));
            return true;
        }
        policy::check_name(name, span, &[], &mut findings)
    };
    for (name, severity) in said.severities {
        let at = name.span();
        let name = name.into_inner();
        if may_be_set(&name, Span::new(file, at.start, at.end)) {
            let severity = match severity {
                SeverityName::Off => None,
                SeverityName::Info => Some(Severity::Info),
                SeverityName::Warning => Some(Severity::Warning),
                SeverityName::Error => Some(Severity::Error),
            };
            config.policy.severities.push((name, severity));
        }
    }
    for entry in said.allow {
        if entry.reason.get_ref().trim().is_empty() {
            let message = "this allowed finding gives no reason; say why it is accepted".to_owned();
            return Err(ConfigError { at: Some(entry.reason.span()), message });
        }
        let place = entry.rule.span();
        let span = Span::new(file, place.start, place.end);
        let until = match &entry.until {
            None => None,
            Some(written) => Some(Date::parse(written.get_ref()).ok_or_else(|| ConfigError {
                at: Some(written.span()),
                message: format!(
                    "`{}` is not a date; write year, month and day: 2027-06-01",
                    written.get_ref()
                ),
            })?),
        };
        let until_span = entry.until.map(|until| Span::new(file, until.span().start, until.span().end));
        if may_be_set(entry.rule.get_ref(), span) {
            let rule = entry.rule.into_inner();
            config.policy.allows.push(allows::Allow { rule, on: entry.on, until, span, until_span });
        }
    }
    config.unsure = unsure;
    Ok((config, findings))
}
