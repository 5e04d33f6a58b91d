//! `sysdesign limit`

use super::output::trouble;
use super::{Exit, ListFormat, output, what_if};
use crate::check;
use crate::estimate::limits::{self, Hopeless, Wish};
use crate::estimate::{Estimate, Options, Subject};
use crate::host::terminal;
use crate::report::estimate::limit::{self as report, Answer};
use crate::report::sanitize::Signs;
use std::path::PathBuf;

/// Find out how far a design reaches: the largest traffic, or assumption, at which everything still holds
///
/// Everything holds when the check of every requirement does, with the confidence that it asks for, and no component is
/// asked for more than it can do. Then it says what breaks first, and what next. Without a name, the rates of all APIs and
/// flows are multiplied; rates of `uses`, of data, and what runs by the clock stay as they are.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sysdesign limit shop.yaml                      how many times today's traffic it takes
  sysdesign limit shop.yaml dau                  the largest `dau`, or the smallest
  sysdesign limit shop.yaml --at \"2 years\"       how much room is left when traffic has grown
  sysdesign limit shop.yaml --set components.db.replicas=6

Exit codes: 0 everything holds today, 1 something is broken already, 2 could not do the job.")]
pub struct Arguments {
    /// A file, a folder with one design, or `-` for standard input
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// The assumption that is varied [default: all traffic]
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Text for people, JSON for scripts
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
    #[command(flatten)]
    what_if: what_if::WhatIf,
}

/// Seeks and prints the limit.
pub fn run(arguments: &Arguments, colour: bool) -> Exit {
    let options = match arguments.what_if.options(limits::SAMPLES) {
        Ok(options) => Options { with_traffic_factor: arguments.name.is_none(), ..options },
        Err(exit) => return exit,
    };
    let name_it = |count: usize, _: &str| {
        format!("there are {count} designs, and a limit is that of one: name its file")
    };
    let paths = std::slice::from_ref(&arguments.path);
    let (workspace, patches) = match what_if::load(paths, &arguments.what_if, &name_it) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let [design] = workspace.designs() else { return Exit::Trouble };
    let changes = match arguments.what_if.changes(&workspace, design, &patches, colour) {
        Ok(changes) => changes,
        Err(exit) => return exit,
    };
    let result = check::with_model(&workspace, design, &changes, |model| {
        let mut estimate = Estimate::new(model, options);
        let (name, input) = match &arguments.name {
            None => (None, estimate.traffic_factor),
            Some(name) => {
                let index = what_if::assumption(model, name).map_err(|message| trouble(&message))?;
                (Some(name.as_str()), estimate.get(Subject::Assumption(index), ""))
            }
        };
        let wish = Wish { with_down: name.is_some(), is_central: false };
        let shown = name.unwrap_or("all traffic");
        let input = input.ok_or_else(|| trouble(&format!("the value of `{shown}` is not known")))?;
        let limits = limits::find(&mut estimate, input, wish).map_err(|why| match why {
            Hopeless::Unknown => trouble(&format!("the value of `{shown}` is not known")),
            Hopeless::Zero => trouble(&format!(
                "`{shown}` is zero today, and its limit is sought by multiplying it; try `--set {shown}=…` with some other value"
            )),
        })?;
        let answer = Answer { estimate: &estimate, limits: &limits, name };
        let signs = if terminal::unicode() { Signs::Unicode } else { Signs::Ascii };
        output::print(|out| match arguments.format {
            ListFormat::Text => report::text(&answer, signs, out),
            ListFormat::Json => report::json(&answer, out),
        })?;
        Ok(if limits.broken.is_empty() { Exit::Clean } else { Exit::Findings })
    });
    match result {
        Ok(Ok(exit) | Err(exit)) => exit,
        Err(outcome) => what_if::explain(
            &workspace,
            design,
            &outcome,
            changes.is_empty().then_some("has no numbers"),
            colour,
        ),
    }
}
