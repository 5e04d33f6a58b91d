//! `sysdesign explain`

use super::{Exit, ListFormat, estimate, output};
use crate::report::style::Paint;
use crate::rules::{self, Rule};
use std::path::PathBuf;

/// Explain a rule, or how a number of a design comes about
///
/// Of a rule: why it matters, an example, and what to write instead. Of a number: its formula in words and in numbers,
/// down to the lines of the design and the sources that it rests on.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sysdesign explain unknown-kind                            a rule
  sysdesign explain shop.yaml flows.order.latency.p99       a number of a design")]
pub struct Arguments {
    /// The name of the rule, as it stands in brackets in a finding; or the path of a design
    #[arg(value_name = "RULE|PATH")]
    name: String,
    /// The address of a number, when the first argument is the path of a design
    #[arg(value_name = "ADDRESS")]
    address: Option<String>,
    /// How many levels of the explanation of a number are shown
    #[arg(long, value_name = "LEVELS", default_value_t = estimate::DEPTH, requires = "address")]
    depth: usize,
    #[command(flatten)]
    what_if: super::what_if::WhatIf,
    /// Text for people, JSON for scripts
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
}

/// Prints the documentation of a rule, or where a number comes from.
pub fn run(arguments: &Arguments, colour: bool) -> Exit {
    if let Some(address) = &arguments.address {
        let is_json = arguments.format == ListFormat::Json;
        let paths = [PathBuf::from(&arguments.name)];
        return estimate::explained(&paths, &arguments.what_if, (address, arguments.depth), is_json, colour);
    }
    let name = arguments.name.trim_end_matches([']', ':']);
    // `error[unknown-kind]` is how a finding begins.
    let name = name.rsplit_once('[').map_or(name, |(_, name)| name);
    let Some(rule) = rules::find(name) else {
        let near = rules::closest(name).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        output::complain(&format!("there is no rule `{name}`{near} (`sysdesign rules` lists them all)"));
        return Exit::Trouble;
    };
    let result = match arguments.format {
        ListFormat::Json => {
            let answer = super::rules::describe(rule);
            output::print(|out| writeln!(out, "{answer:#}"))
        }
        ListFormat::Text => {
            let text = page(rule, Paint::new(colour));
            output::print(|out| out.write_all(text.as_bytes()))
        }
    };
    result.err().unwrap_or(Exit::Clean)
}

/// The documentation as it is read in a terminal.
fn page(rule: &Rule, paint: Paint) -> String {
    let mut text = format!(
        "{}  {} · {} · from profile {}, stage {} · since {}\n\n",
        paint.strong(rule.name),
        paint.severity(rule.severity, rule.severity.name()),
        rule.category.name(),
        rule.profile.name(),
        rule.stage.name(),
        rule.since
    );
    let mut in_code = false;
    for line in rule.markdown().lines() {
        if line.starts_with("```") {
            in_code = !in_code;
            continue;
        }
        let shown = match line.strip_prefix("## ") {
            _ if in_code => {
                let is_caret = line.trim_start_matches(['#', ' ']).starts_with('^');
                format!("    {}", if is_caret { paint.warning(line) } else { line.to_owned() })
            }
            Some(heading) => paint.heading(heading),
            None => line.to_owned(),
        };
        text.push_str(shown.trim_end());
        text.push('\n');
    }
    text
}
