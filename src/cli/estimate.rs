//! `sysdesign estimate`

use super::{Exit, output, targets};
use crate::check;
use crate::estimate::{Estimate, Options, Subject, Value};
use crate::model::Model;
use crate::report::estimate::{Numbers, json};
use crate::workspace::Workspace;
use clap::ValueEnum;
use std::path::PathBuf;

/// Compute the numbers of a design: traffic, latency, availability, capacity, storage, cost
///
/// Without addresses, everything that can be known is reported, and what is missing for the rest.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A file, a folder with one design, or `-` for standard input; then the addresses that are wanted
    #[arg(value_name = "PATH [ADDRESS]")]
    targets: Vec<String>,
    /// The form in which the numbers are written
    #[arg(long, value_enum, default_value = "text")]
    format: NumberFormat,
    #[command(flatten)]
    what_if: super::what_if::WhatIf,
    #[command(flatten)]
    sweep: super::sweep::SweepArguments,
}

/// The forms in which numbers are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum NumberFormat {
    /// For people
    Text,
    /// For programs, in base units
    Json,
    /// For spreadsheets; with --sweep
    Csv,
    /// For pages; with --sweep
    Markdown,
    /// Charts; with --sweep
    Mermaid,
}

impl NumberFormat {
    fn of_sweep(self) -> crate::report::estimate::sweep::SweepFormat {
        use crate::report::estimate::sweep::SweepFormat;
        match self {
            Self::Text => SweepFormat::Text,
            Self::Json => SweepFormat::Json,
            Self::Csv => SweepFormat::Csv,
            Self::Markdown => SweepFormat::Markdown,
            Self::Mermaid => SweepFormat::Mermaid,
        }
    }
}

/// Computes and prints them.
pub fn run(arguments: &Arguments, colour: bool) -> Exit {
    let (paths, addresses): (Vec<&String>, Vec<&String>) =
        arguments.targets.iter().partition(|target| !is_address(target));
    let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
    let mut workspace = Workspace::new();
    let mut failed = false;
    targets::load(&paths, None, &mut workspace, &mut |message| {
        failed = true;
        output::complain(message);
    });
    let options = match arguments.what_if.options(Options::default().samples) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    if arguments.format == NumberFormat::Mermaid && arguments.sweep.sweep.is_none() {
        output::complain(
            "charts are of `--sweep NAME=VALUES`: name an assumption and a range, such as `dau=1M..1bn`",
        );
        return Exit::Trouble;
    }
    let patches = match arguments.what_if.read(&mut workspace) {
        Ok(patches) => patches,
        Err(exit) => return exit,
    };
    let [design] = workspace.designs() else {
        return Exit::Trouble;
    };
    let changes = match arguments.what_if.changes(&workspace, design, &patches, colour) {
        Ok(changes) => changes,
        Err(exit) => return exit,
    };
    let result = check::with_model(&workspace, design, &changes, |model| {
        let mut estimate = Estimate::new(model, options);
        let wanted = wanted(model, &mut estimate, &addresses)?;
        if arguments.sweep.sweep.is_some() {
            let wanted = wanted.map(|all| all.into_iter().map(|(name, .., value)| (name, value)).collect());
            let format = arguments.format.of_sweep();
            return match super::sweep::run(&arguments.sweep, &estimate, wanted, format) {
                Exit::Clean => Ok(()),
                exit => Err(exit),
            };
        }
        let readings = estimate.readings(wanted.as_deref());
        let numbers = Numbers { estimate: &estimate, readings: &readings, sources: &workspace.sources };
        output::print(|out| json::write(&numbers, out))
    });
    match result {
        Ok(Ok(())) => Exit::Clean,
        Ok(Err(exit)) => exit,
        Err(outcome) => super::what_if::explain(&workspace, design, &outcome, colour),
    }
}

fn is_address(target: &str) -> bool {
    let sections = crate::model::addresses::SECTIONS.iter().map(|(name, ..)| *name);
    sections.chain(["assumptions"]).any(|section| {
        target.strip_prefix(section).is_some_and(|rest| rest.starts_with('.') && !rest.contains('/'))
    })
}

type Wanted = Vec<(String, Subject, &'static str, Value)>;

fn wanted(
    model: &Model<'_>,
    estimate: &mut Estimate<'_, '_>,
    addresses: &[&String],
) -> Result<Option<Wanted>, Exit> {
    if addresses.is_empty() {
        return Ok(None);
    }
    let mut found = Vec::new();
    for address in addresses {
        if let Some(value) = crate::estimate::limits::asked(estimate, address) {
            found.push(((*address).clone(), Subject::System, "limit", value));
            continue;
        }
        let parsed = crate::estimate::address::parse(model, address);
        match parsed.and_then(|(subject, name)| Some((subject, name, estimate.get(subject, name)?))) {
            Some((subject, name, value)) => found.push(((*address).clone(), subject, name, value)),
            None => {
                output::complain(&format!("there is no value `{address}`"));
                return Err(Exit::Trouble);
            }
        }
    }
    Ok(Some(found))
}
