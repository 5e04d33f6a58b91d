//! `sysdesign explain`

use super::{Exit, ListFormat, output};
use crate::report::style::Paint;
use crate::rules::{self, Rule};

/// Explain a rule: why it matters, an example, and what to write instead
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The name of the rule, as it stands in brackets in a finding
    #[arg(value_name = "RULE")]
    name: String,
    /// Text for people, JSON for scripts
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
}

/// Prints the documentation of a rule.
pub fn run(arguments: &Arguments, colour: bool) -> Exit {
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
        "{}  {} · {} · from profile {} · since {}\n\n",
        paint.strong(rule.name),
        paint.severity(rule.severity, rule.severity.name()),
        rule.category.name(),
        rule.profile.name(),
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
