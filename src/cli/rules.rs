//! `sysdesign rules`

use super::project::{self, OwnRule};
use super::{Exit, ListFormat, output};
use crate::report::sanitize::{Signs, Visible};
use crate::report::style::Paint;
use crate::rules::{self, Category};
use serde_json::json;
use std::path::PathBuf;

/// List the rules that designs are checked against
///
/// The built-in ones, those that `sysdesign.toml` includes, and the designs' own.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Designs, or folders of them, whose own rules are listed too
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only the built-in rules of this category
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(Category::ALL.iter().map(|it| it.name())))]
    category: Option<String>,
    /// Text for people, JSON for scripts
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
}

/// Lists them by category and name.
pub fn run(arguments: &Arguments, colour: bool) -> Exit {
    let chosen =
        |category: &Category| arguments.category.as_deref().is_none_or(|name| name == category.name());
    let categories: Vec<Category> = Category::ALL.iter().copied().filter(chosen).collect();
    let of = |category: Category| rules::ALL.iter().filter(move |rule| rule.category == category);
    let mut is_whole = true;
    let mut tell = |message: &str| {
        output::complain(message);
        is_whole = false;
    };
    let own = match arguments.category {
        Some(_) => Vec::new(),
        None => match project::own_rules(&arguments.paths, &mut tell) {
            Ok(own) => own,
            Err(message) => return output::trouble(&message),
        },
    };
    if !is_whole {
        return Exit::Trouble;
    }
    let result = match arguments.format {
        ListFormat::Json => {
            let built_in = categories.iter().flat_map(|category| of(*category)).map(|rule| describe(rule));
            let rules: Vec<_> = built_in.chain(own.iter().map(describe_own)).collect();
            let answer = json!({ "version": 1, "rules": rules });
            output::print(|out| writeln!(out, "{answer:#}"))
        }
        ListFormat::Text => output::print(|out| {
            let paint = Paint::new(colour);
            for category in &categories {
                writeln!(out, "{}  {}", paint.heading(category.name()), paint.faint(category.about()))?;
                for rule in of(*category) {
                    let severity = format!("{:<8}", rule.severity.name());
                    let severity = paint.severity(rule.severity, &severity);
                    let profile = if rule.profile > rules::Profile::Recommended { " (strict)" } else { "" };
                    let name = paint.strong(&format!("{:<28}", rule.name));
                    writeln!(out, "  {name} {severity} {}{profile}", rule.summary())?;
                }
                writeln!(out)?;
            }
            if !own.is_empty() {
                writeln!(out, "{}  {}", paint.heading("own"), paint.faint("rules of this project"))?;
            }
            for rule in &own {
                let severity = rule.facts.severity;
                let word = format!("{:<8}", severity.map_or("off", |severity| severity.name()));
                let word = severity.map_or(word.clone(), |severity| paint.severity(severity, &word));
                let name = paint.strong(&format!("{:<28}", shown(&rule.facts.name)));
                writeln!(out, "  {name} {word} {}", shown(&rule.facts.summary))?;
            }
            if !own.is_empty() {
                writeln!(out)?;
            }
            writeln!(
                out,
                "{}",
                paint.faint("`sysdesign explain NAME` says why, with an example and what to write instead.")
            )
        }),
    };
    result.err().unwrap_or(Exit::Clean)
}

/// What a design says, as a terminal may show it.
pub fn shown(text: &str) -> String {
    Visible::line(text, Signs::Unicode).as_str().to_owned()
}

/// A rule of a project's own as the JSON output has it.
pub fn describe_own(rule: &OwnRule) -> serde_json::Value {
    json!({
        "name": rule.facts.name,
        "category": "own",
        "severity": rule.facts.severity.map_or("off", |severity| severity.name()),
        "quality": rule.facts.quality.map(|quality| quality.word()),
        "summary": rule.facts.summary,
        "documentation": rule.text,
        "file": rule.file,
        "line": rule.position.line,
        "column": rule.position.column,
    })
}

/// A rule as the JSON output has it.
pub fn describe(rule: &rules::Rule) -> serde_json::Value {
    json!({
        "name": rule.name,
        "category": rule.category.name(),
        "severity": rule.severity.name(),
        "profile": rule.profile.name(),
        "stage": rule.stage.name(),
        "quality": rule.quality.map(|quality| quality.word()),
        "since": rule.since,
        "summary": rule.summary(),
        "documentation": rule.markdown(),
    })
}
