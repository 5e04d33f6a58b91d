//! `sysdesign explain`

use super::project::{self, OwnRule};
use super::rules::shown;
use super::{Exit, ListFormat, estimate, output};
use crate::host::terminal;
use crate::report::style::Paint;
use crate::rules::{self, Rule};
use std::path::PathBuf;

/// Explain a rule, or how a number of a design comes about
///
/// Of a rule: why it matters, an example, and what to write instead; of a rule of your own, what it says. Of a number: its formula in words and in numbers,
/// down to the lines of the design and the sources that it rests on.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sysdesign explain unknown-kind                            a rule
  sysdesign explain shop.yaml owned-services                a rule that the design has of its own
  sysdesign explain shop.yaml flows.order.latency.p99       a number of a design")]
pub struct Arguments {
    /// The name of the rule, as it stands in brackets in a finding; or the path of a design
    #[arg(value_name = "RULE|PATH")]
    name: String,
    /// The address of a number, or a rule of its own, when the first argument is the path of a design
    #[arg(value_name = "ADDRESS|RULE")]
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
        // An address has a point in it, and a name of a rule has none.
        if !address.contains('.') {
            let name = bare(address);
            let mut is_whole = true;
            let mut tell = |message: &str| {
                output::complain(message);
                is_whole = false;
            };
            return match project::own_rules(&paths, &mut tell) {
                Ok(rules) if is_whole => explain_own(arguments, name, &rules, colour),
                Ok(_) => Exit::Trouble,
                Err(message) => output::trouble(&message),
            };
        }
        return estimate::explained(&paths, &arguments.what_if, (address, arguments.depth), is_json, colour);
    }
    let name = bare(&arguments.name);
    let Some(rule) = rules::find(name) else {
        // It may be a rule of the project that somebody stands in; what else is wrong there does not matter now.
        let here = project::own_rules(&[PathBuf::from(".")], &mut |_| {}).unwrap_or_default();
        return explain_own(arguments, name, &here, colour);
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

/// The name of a rule: `error[unknown-kind]` is how a finding begins.
fn bare(name: &str) -> &str {
    let name = name.trim_end_matches([']', ':']);
    name.rsplit_once('[').map_or(name, |(_, name)| name)
}

/// Explains a rule of a project's own, or says that there is none of that name.
fn explain_own(arguments: &Arguments, name: &str, own: &[OwnRule], colour: bool) -> Exit {
    let found: Vec<&OwnRule> = own.iter().filter(|rule| rule.facts.name == name).collect();
    if found.is_empty() {
        let known = rules::ALL.iter().map(|rule| rule.name).chain(own.iter().map(|rule| &*rule.facts.name));
        let near = crate::suggest::closest(name, known);
        let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return output::trouble(&format!(
            "there is no rule `{name}`{near} (`sysdesign rules` lists them all)"
        ));
    }
    let paint = Paint::new(colour);
    let result = output::print(|out| {
        for rule in found {
            match arguments.format {
                ListFormat::Json => writeln!(out, "{:#}", super::rules::describe_own(rule))?,
                ListFormat::Text => out.write_all(own_page(rule, paint).as_bytes())?,
            }
        }
        Ok(())
    });
    result.err().unwrap_or(Exit::Clean)
}

/// What a rule of a project's own says, as it is read in a terminal.
fn own_page(rule: &OwnRule, paint: Paint) -> String {
    let severity = rule.facts.severity;
    let word = severity.map_or("off".to_owned(), |severity| paint.severity(severity, severity.name()));
    let place = format!("{}:{}:{}", rule.file, rule.position.line, rule.position.column);
    let name = paint.strong(&shown(&rule.facts.name));
    let mut text = format!("{name}  {word} · own · {}\n\n{}\n", shown(&place), shown(&rule.facts.summary));
    if !rule.facts.help.is_empty() {
        text += &format!("\n{}\n{}\n", paint.heading("Instead"), shown(&rule.facts.help));
    }
    text += &format!("\n{}\n", paint.heading("As it is written"));
    for line in rule.text.lines() {
        text += format!("    {}", shown(line)).trim_end();
        text.push('\n');
    }
    text
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
    let width = terminal::width().min(WIDEST);
    let mut paragraph = String::new();
    let mut in_code = false;
    for line in rule.markdown().lines().chain([""]) {
        if !in_code && !line.is_empty() && !line.starts_with('#') && !line.starts_with("```") {
            paragraph += line;
            paragraph.push(' ');
            continue;
        }
        for line in output::wrapped(&without_emphasis(&std::mem::take(&mut paragraph)), width) {
            text += &line;
            text.push('\n');
        }
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
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Longer lines are hard to read, however wide the terminal is.
const WIDEST: usize = 100;

/// A text without the stars around titles, which only say something to Markdown. Between backticks a star is a star.
fn without_emphasis(text: &str) -> String {
    let plain =
        |(index, part): (usize, &str)| if index % 2 == 0 { part.replace('*', "") } else { part.to_owned() };
    text.split('`').enumerate().map(plain).collect::<Vec<_>>().join("`")
}
