//! The command line: one file per subcommand.

mod completions;
mod diagram;
mod embed;
mod estimate;
mod explain;
mod kinds;
mod limit;
mod output;
mod pictures;
mod project;
mod rules;
mod schema;
mod sweep;
mod targets;
mod validate;
mod what_if;

use crate::host::terminal::ColourChoice;
use clap::{Parser, Subcommand, ValueEnum};
use std::ffi::OsString;

/// How a run ended. Nothing else is ever returned.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Exit {
    /// Nothing to complain about.
    Clean = 0,
    /// Findings at or above the failing level.
    Findings = 1,
    /// The program could not do its job.
    Trouble = 2,
}

/// System design that compiles: write a design as YAML, and see what is wrong and what to write instead
#[derive(Debug, Parser)]
#[command(
    name = "sysdesign",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
#[command(after_help = "\
Begin with a file such as shop.yaml:

  sysdesign: 1
  name: Shop
  components:
    browser: client
    app: service
  flows:
    visit:
      steps:
        - browser -> app: GET /

and run `sysdesign validate shop.yaml`.

Exit codes: 0 clean, 1 findings at or above the failing level, 2 could not do the job.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// When to use colours; `auto` asks the terminal, NO_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    color: Colour,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Colour {
    // Without help texts: their names say it, and so the help of every command stays short.
    Auto,
    Always,
    Never,
}

impl From<Colour> for ColourChoice {
    fn from(choice: Colour) -> Self {
        match choice {
            Colour::Auto => Self::Auto,
            Colour::Always => Self::Always,
            Colour::Never => Self::Never,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Validate(validate::Arguments),
    Estimate(estimate::Arguments),
    Limit(limit::Arguments),
    Diagram(diagram::Arguments),
    Embed(embed::Arguments),
    Explain(explain::Arguments),
    Rules(rules::Arguments),
    Kinds(kinds::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
}

/// Text or JSON, for the commands that list things.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
enum ListFormat {
    #[default]
    Text,
    Json,
}

/// Runs the program. A panic, which would be a bug, ends in exit code 2 like any other failure to do the job.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return output::usage(&error),
    };
    let colour = crate::host::terminal::colour(arguments.color.into());
    let work = std::panic::AssertUnwindSafe(|| match arguments.command {
        Command::Validate(arguments) => validate::run(&arguments, colour),
        Command::Estimate(arguments) => estimate::run(&arguments, colour),
        Command::Limit(arguments) => limit::run(&arguments, colour),
        Command::Diagram(arguments) => diagram::run(&arguments, colour),
        Command::Embed(arguments) => embed::run(&arguments, colour),
        Command::Explain(arguments) => explain::run(&arguments, colour),
        Command::Rules(arguments) => rules::run(&arguments, colour),
        Command::Kinds(arguments) => kinds::run(&arguments, colour),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    });
    std::panic::catch_unwind(work).unwrap_or_else(|_| {
        output::complain("this is a bug in sysdesign: please report it with the design that caused it");
        Exit::Trouble
    })
}

/// The command line as clap knows it, for completions and for the page that documents it.
pub fn command() -> clap::Command {
    <Arguments as clap::CommandFactory>::command()
}
