//! `sysdesign estimate`

use super::{Exit, output, targets};
use crate::check::{self, Outcome, Paths};
use crate::estimate::{Estimate, Options, Subject, Value};
use crate::host::terminal;
use crate::model::Model;
use crate::model::addresses::{Addresses, SECTIONS};
use crate::quantity::Names;
use crate::report::estimate::text::{self, Look};
use crate::report::estimate::{
    Numbers, csv, explain, explain_json, explain_text, json, markdown, sections, values,
};
use crate::report::{self, Format, Report, TextOptions};
use crate::rules;
use crate::source::FileId;
use crate::workspace::Workspace;
use clap::ValueEnum;
use std::path::PathBuf;

/// Compute the numbers of a design: traffic, latency, availability, capacity, storage, cost
///
/// Without addresses, everything that can be known is reported, and what is missing for the rest.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sysdesign estimate shop.yaml                               the whole report
  sysdesign estimate shop.yaml flows.order.latency.p99       one value
  sysdesign estimate shop.yaml --explain system.cost         how a value comes about
  sysdesign estimate shop.yaml --format markdown             a page for a pull request or a wiki

Exit codes: 0 clean, 1 the design has errors, 2 could not do the job.")]
pub struct Arguments {
    /// A file, a folder with one design, or `-` for standard input; then the addresses that are wanted
    #[arg(value_name = "PATH [ADDRESS]")]
    targets: Vec<String>,
    /// The form in which the numbers are written
    #[arg(long, value_enum, default_value = "text")]
    format: NumberFormat,
    /// Explain how this value comes about: its formula in words and numbers, down to the lines that it rests on
    #[arg(long, value_name = "ADDRESS")]
    explain: Option<String>,
    #[command(flatten)]
    sampling: Sampling,
    /// How many levels of an explanation are shown
    #[arg(long, value_name = "LEVELS", default_value_t = DEPTH, requires = "explain")]
    depth: usize,
}

/// How ranges are sampled.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Sampling {
    /// How many samples are drawn where something is uncertain
    #[arg(long, value_name = "COUNT", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    samples: u32,
    /// What the samples are seeded with: the same seed gives the same numbers on every machine
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
}

/// Levels of an explanation.
pub const DEPTH: usize = 3;

/// The forms in which numbers are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum NumberFormat {
    /// For people
    Text,
    /// For programs, in base units
    Json,
    /// A page for a wiki or a pull request
    Markdown,
    /// For spreadsheets, in base units
    Csv,
}

/// Computes and prints them.
pub fn run(arguments: &Arguments, colour: bool) -> Exit {
    let (paths, addresses): (Vec<&String>, Vec<&String>) =
        arguments.targets.iter().partition(|target| !is_address(target));
    let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
    if let Some(address) = &arguments.explain {
        let is_json = match arguments.format {
            NumberFormat::Text => false,
            NumberFormat::Json => true,
            NumberFormat::Markdown | NumberFormat::Csv => {
                output::complain(
                    "an explanation is written as text or JSON: use `--format text` or `--format json`",
                );
                return Exit::Trouble;
            }
        };
        return explained(&paths, arguments.sampling, (address, arguments.depth), is_json, colour);
    }
    with_estimate(&paths, arguments.sampling, colour, |workspace, estimate| {
        let wanted = match addresses.is_empty() {
            true => None,
            false => {
                let found =
                    addresses.iter().map(|address| find(estimate, address)).collect::<Result<Vec<_>, _>>();
                Some(found?)
            }
        };
        let readings = estimate.readings(wanted.as_deref());
        let numbers = Numbers { estimate, readings: &readings, sources: &workspace.sources };
        output::print(|out| match arguments.format {
            NumberFormat::Json => json::write(&numbers, out),
            NumberFormat::Csv => csv::write(&numbers, out),
            NumberFormat::Text | NumberFormat::Markdown => {
                let page = if wanted.is_some() { values::page(&numbers) } else { sections::page(&numbers) };
                match arguments.format {
                    NumberFormat::Markdown => markdown::write(&page, out),
                    _ => text::write(&page, &look(colour), out),
                }
            }
        })
    })
}

/// Prints how a value comes about.
pub fn explained(
    paths: &[PathBuf],
    sampling: Sampling,
    (address, depth): (&str, usize),
    is_json: bool,
    colour: bool,
) -> Exit {
    with_estimate(paths, sampling, colour, |workspace, estimate| {
        let (.., value) = find(estimate, address)?;
        let tree = explain::tree(estimate, value, depth);
        output::print(|out| match is_json {
            true => explain_json::write(estimate, &workspace.sources, &tree, out),
            false => explain_text::write(estimate, &workspace.sources, &tree, depth, &look(colour), out),
        })
    })
}

/// What the terminal can show.
pub fn look(colour: bool) -> Look {
    Look { width: terminal::width(), colour, unicode: terminal::unicode() }
}

/// Loads the one design that is named, and works with its numbers.
pub fn with_estimate(
    paths: &[PathBuf],
    sampling: Sampling,
    colour: bool,
    work: impl FnOnce(&Workspace, &Estimate<'_, '_>) -> Result<(), Exit>,
) -> Exit {
    let mut workspace = Workspace::new();
    let mut failed = false;
    targets::load(paths, None, &mut workspace, &mut |message| {
        failed = true;
        output::complain(message);
    });
    let design = match workspace.designs() {
        [design] if !failed => design,
        [] | [_] => return Exit::Trouble,
        [first, ..] => {
            let name = first.files.first().map_or("", |file| workspace.sources.get(*file).name());
            let count = workspace.designs().len();
            output::complain(&format!(
                "there are {count} designs here, and numbers are those of one: name it, as in `sysdesign estimate {name}`"
            ));
            return Exit::Trouble;
        }
    };
    let options = Options {
        threads: terminal::threads(),
        samples: sampling.samples as usize,
        seed: sampling.seed,
        ..Options::default()
    };
    let result = check::with_model(&workspace, design, &[], |model| {
        let estimate = Estimate::new(model, options);
        work(&workspace, &estimate)
    });
    match result {
        Ok(Ok(())) => Exit::Clean,
        Ok(Err(exit)) => exit,
        Err(outcome) => refuse(&workspace, &design.files, &outcome, colour),
    }
}

/// Says what is wrong with a design that has no numbers.
fn refuse(workspace: &Workspace, files: &[FileId], outcome: &Outcome, colour: bool) -> Exit {
    let name = files.first().map_or("", |file| workspace.sources.get(*file).name());
    if let Some(why) = &outcome.something_else {
        output::complain(&format!("`{name}` is not a design: {why}"));
        return Exit::Trouble;
    }
    let paths = Paths::new(workspace, files.iter().copied());
    let report = Report {
        sources: &workspace.sources,
        findings: &outcome.findings,
        paths: &|span| paths.path_at(span),
        rules: rules::ALL,
        files,
        suppressed: 0,
    };
    let options = TextOptions {
        width: terminal::width(),
        colour,
        unicode: terminal::unicode(),
        ..TextOptions::default()
    };
    let written = output::print_error(|out| report::write(&report, Format::Text, &options, out));
    output::complain(&format!("`{name}` has no numbers until its errors are mended"));
    written.err().unwrap_or(Exit::Findings)
}

/// Whether an argument is an address, and not a path.
pub fn is_address(target: &str) -> bool {
    let sections = SECTIONS.iter().map(|(name, ..)| *name);
    sections.chain(["assumptions"]).any(|section| {
        target.strip_prefix(section).is_some_and(|rest| rest.starts_with('.') && !rest.contains(['/', '\\']))
    }) && !target.ends_with(".yaml")
        && !target.ends_with(".yml")
}

/// A value that is wanted: its address, whose it is, which of its values, and the node.
pub type Wanted = (String, Subject, &'static str, Value);

/// The value at an address; what is no address is told.
pub fn find(estimate: &Estimate<'_, '_>, address: &str) -> Result<Wanted, Exit> {
    let model: &Model<'_> = estimate.model;
    let parsed = crate::estimate::address::parse(model, address);
    let found = parsed.and_then(|(subject, name)| Some((subject, name, estimate.get(subject, name)?)));
    if let Some((subject, name, value)) = found {
        return Ok((address.to_owned(), subject, name, value));
    }
    let known = Addresses { names: &model.names, assumed: &model.assumed };
    let near = known.closest(address).filter(|near| near != address);
    match (parsed, near) {
        (Some(_), _) => {
            output::complain(&format!("there is no value `{address}` in this design: nothing there has it"));
        }
        (None, Some(near)) => {
            output::complain(&format!("there is no value `{address}`; did you mean `{near}`?"));
        }
        (None, None) => output::complain(&format!(
            "there is no value `{address}` (`sysdesign estimate PATH --format json` lists them all)"
        )),
    }
    Err(Exit::Trouble)
}
