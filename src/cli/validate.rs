//! `sysdesign validate`

mod examine;
mod known;
mod mending;
mod selecting;

use super::{Exit, output};
use crate::check::Paths;
use crate::config::FailOn;
use crate::host::terminal;
use crate::report::{self, Format, Report, TextOptions};
use crate::rules::{self, Profile, Stage};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use examine::{Examined, Texts, examine};
use known::Known;
use std::path::PathBuf;

/// Check designs, and say what is wrong and what to write instead
///
/// All problems of all designs are shown in one run. Folders are searched for YAML files with a `sysdesign:` line;
/// what .gitignore names and what is hidden is left out.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sysdesign validate                           every design below the working folder
  sysdesign validate shop.yaml                 one design
  sysdesign validate --fix shop.yaml           mend what has one right answer, such as slips in names
  sysdesign validate --stage production        also ask for what one needs to run it
  sysdesign validate --select security         only the rules about security
  sysdesign validate --format github           annotations in a pull request
  sysdesign validate --fail-on warning docs    be strict about the designs below `docs`
  sysdesign validate --baseline known.json     fail on new findings only
  sysdesign validate - < shop.yaml             a design from standard input

Exit codes: 0 clean, 1 findings at or above the failing level, 2 could not do the job.
`sysdesign explain RULE` says more about a finding.")]
pub struct Arguments {
    /// Files, folders, or `-` for standard input [default: the working folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The form in which the findings are written
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The least severe finding that makes the run fail with exit code 1 [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// One line for each finding, and silence when there is none
    #[arg(long, short)]
    quiet: bool,
    /// How many rules are active, whatever the designs say [default: recommended]
    #[arg(long, value_enum)]
    profile: Option<Profile>,
    /// How far the designs are, whatever they say: the further, the more may be asked for
    #[arg(long, value_enum)]
    stage: Option<Stage>,
    /// Only these rules or categories, and what keeps a design from being understood; a rule that is named is run
    /// whatever the profile and the stage are
    #[arg(long, value_name = "RULE|CATEGORY", value_delimiter = ',')]
    select: Vec<String>,
    /// Not these rules or categories
    #[arg(long, value_name = "RULE|CATEGORY", value_delimiter = ',')]
    ignore: Vec<String>,
    /// A file with findings that are known: only others count
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Record today's findings in the file that --baseline names
    #[arg(long, requires = "baseline", conflicts_with_all = ["select", "ignore", "profile", "stage"])]
    write_baseline: bool,
    /// Mend the findings that have one right answer, and report what is left
    #[arg(long)]
    fix: bool,
    /// Mend also where the answer is likely, but somebody should look
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what --fix would change, and write nothing
    #[arg(long, conflicts_with_all = ["fix", "format", "write_baseline"])]
    diff: bool,
    /// Show every finding; else many of one rule that are no errors are counted, and three of them shown
    #[arg(long)]
    all: bool,
    /// End with a score card by quality, and the three changes that would help most [default: for a single design from
    /// the stage `design` on, when there are findings]
    #[arg(long, conflicts_with = "quiet")]
    score: bool,
    /// The path that standard input stands for: named in messages, and includes are sought beside it
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    /// The configuration file [default: `sysdesign.toml` in the working folder or further out in the project]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Use no configuration file
    #[arg(long)]
    no_config: bool,
}

macro_rules! words_of {
    ($($type:ty),*) => {$(
        impl ValueEnum for $type {
            fn value_variants<'a>() -> &'a [Self] {
                Self::ALL
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(PossibleValue::new(self.name()).help(self.about()))
            }
        }
    )*};
}
words_of!(Format, FailOn, Profile, Stage);

/// What keeps the run from being a full one. Everything else is still done.
#[derive(Default)]
struct Troubles {
    count: usize,
    /// What was told once is not told again when the same files are looked at again.
    is_silent: bool,
}

impl Troubles {
    fn tell(&mut self, message: &str) {
        self.count += 1;
        if !self.is_silent {
            output::complain(message);
        }
    }
}

/// Checks what the arguments name.
pub fn run(arguments: &Arguments, colour: bool) -> Exit {
    match checked(arguments, colour) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn checked(arguments: &Arguments, colour: bool) -> Result<Exit, Exit> {
    let mut troubles = Troubles::default();
    let known = Known::read(arguments)?;
    let mut examined = examine(arguments, &Texts::default(), &mut troubles)?;
    if arguments.diff {
        return mending::show(arguments, examined, &troubles);
    }
    if arguments.fix || arguments.unsafe_fixes {
        examined = mending::mend(arguments, examined, &mut troubles)?;
    }
    known.take_out(arguments, &mut examined)?;
    let verdict = verdict(&examined, &troubles);
    if !examined.checked.is_empty() {
        write(arguments, colour, &examined)?;
    }
    Ok(verdict)
}

/// The verdict stands before anything is written: a reader that hangs up does not change it.
fn verdict(examined: &Examined, troubles: &Troubles) -> Exit {
    let failed = examined.findings.iter().any(|finding| examined.fail_on.includes(finding.severity));
    match (troubles.count, failed) {
        (1.., _) => Exit::Trouble,
        (0, true) => Exit::Findings,
        (0, false) => Exit::Clean,
    }
}

fn write(arguments: &Arguments, colour: bool, examined: &Examined) -> Result<(), Exit> {
    let options = TextOptions {
        width: terminal::width(),
        colour,
        unicode: terminal::unicode(),
        quiet: arguments.quiet,
        most_of_a_rule: if arguments.all { usize::MAX } else { MOST_OF_A_RULE },
        card: arguments.score || shows_card(examined),
        ..TextOptions::default()
    };
    with_report(examined, |report| {
        output::print(|out| report::write(report, arguments.format, &options, out))
    })
}

/// More of one rule than these say nothing new at first sight.
const MOST_OF_A_RULE: usize = 3;

/// A sketch is not scored unless somebody asks, and neither is a whole folder.
fn shows_card(examined: &Examined) -> bool {
    examined.designs == 1 && examined.stage >= Some(Stage::Design) && !examined.findings.is_empty()
}

/// Hands over what was found as the formats see it.
fn with_report<T>(examined: &Examined, work: impl FnOnce(&Report<'_>) -> T) -> T {
    let paths = Paths::new(&examined.workspace, examined.checked.iter().copied());
    let mut report = Report {
        sources: &examined.workspace.sources,
        findings: &examined.findings,
        paths: &|span| paths.path_at(span),
        rules: rules::ALL,
        files: &examined.checked,
        suppressed: examined.suppressed,
        known: examined.known,
        own_rules: &examined.own_rules,
        score: None,
    };
    let score = examined.is_sound.then(|| report::score::of(&report, &examined.checks));
    report.score = score.as_ref();
    work(&report)
}
