//! `sysdesign rules`

use super::{Exit, ListFormat, output};
use crate::report::style::Paint;
use crate::rules::{self, Category};
use serde_json::json;

/// List the rules that designs are checked against
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only rules of this category
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
    let result = match arguments.format {
        ListFormat::Json => {
            let rules: Vec<_> =
                categories.iter().flat_map(|category| of(*category)).map(|rule| describe(rule)).collect();
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
            writeln!(
                out,
                "{}",
                paint.faint("`sysdesign explain NAME` says why, with an example and what to write instead.")
            )
        }),
    };
    result.err().unwrap_or(Exit::Clean)
}

/// A rule as the JSON output has it.
pub fn describe(rule: &rules::Rule) -> serde_json::Value {
    json!({
        "name": rule.name,
        "category": rule.category.name(),
        "severity": rule.severity.name(),
        "profile": rule.profile.name(),
        "stage": rule.stage.name(),
        "since": rule.since,
        "summary": rule.summary(),
        "documentation": rule.markdown(),
    })
}
