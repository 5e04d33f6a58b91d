//! `sysdesign estimate`

use super::{Exit, output, what_if};
use crate::check;
use crate::estimate::address::parse_storage_at;
use crate::estimate::{Estimate, Options, Subject, Value, limit_values};
use crate::host::terminal;
use crate::model::Model;
use crate::model::addresses::{Addresses, SECTIONS};
use crate::quantity::Names;
use crate::report::estimate::sweep::SweepFormat;
use crate::report::estimate::text::{self, Look};
use crate::report::estimate::{
    Numbers, csv, explain, explain_json, explain_text, json, markdown, sections, values,
};
use crate::workspace::Workspace;
use clap::ValueEnum;
use std::path::PathBuf;
use what_if::WhatIf;

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
    /// How many levels of an explanation are shown
    #[arg(long, value_name = "LEVELS", default_value_t = DEPTH, requires = "explain")]
    depth: usize,
    #[command(flatten)]
    what_if: WhatIf,
    #[command(flatten)]
    sweep: super::sweep::SweepArguments,
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
    /// Charts; with --sweep
    Mermaid,
}

impl NumberFormat {
    fn of_sweep(self) -> SweepFormat {
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
    if let Some(address) = &arguments.explain {
        let is_json = match arguments.format {
            NumberFormat::Text => false,
            NumberFormat::Json => true,
            NumberFormat::Markdown | NumberFormat::Csv | NumberFormat::Mermaid => {
                output::complain(
                    "an explanation is written as text or JSON: use `--format text` or `--format json`",
                );
                return Exit::Trouble;
            }
        };
        return explained(&paths, &arguments.what_if, (address, arguments.depth), is_json, colour);
    }
    if arguments.format == NumberFormat::Mermaid && arguments.sweep.sweep.is_none() {
        output::complain(
            "charts are of `--sweep NAME=VALUES`: name an assumption and a range, such as `dau=1M..1bn`",
        );
        return Exit::Trouble;
    }
    with_estimate(&paths, &arguments.what_if, &addresses, colour, |workspace, estimate| {
        let wanted = match addresses.is_empty() {
            true => None,
            false => Some(find_all(estimate, &addresses)?),
        };
        if arguments.sweep.sweep.is_some() {
            let wanted = wanted.map(|all| all.into_iter().map(|(name, .., value)| (name, value)).collect());
            return match super::sweep::run(&arguments.sweep, estimate, wanted, arguments.format.of_sweep()) {
                Exit::Clean => Ok(()),
                exit => Err(exit),
            };
        }
        let readings = estimate.readings(wanted.as_deref());
        let numbers = Numbers { estimate, readings: &readings, sources: &workspace.sources };
        output::print(|out| match arguments.format {
            NumberFormat::Json => json::write(&numbers, out),
            NumberFormat::Csv => csv::write(&numbers, out),
            _ => {
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
    what_if: &WhatIf,
    (address, depth): (&str, usize),
    is_json: bool,
    colour: bool,
) -> Exit {
    let address = address.to_owned();
    with_estimate(paths, what_if, &[&address], colour, |workspace, estimate| {
        let found = find_all(estimate, &[&address])?;
        let Some((.., value)) = found.into_iter().next() else { return Err(Exit::Trouble) };
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
    what_if: &WhatIf,
    addresses: &[&String],
    colour: bool,
    work: impl FnOnce(&Workspace, &Estimate<'_, '_>) -> Result<(), Exit>,
) -> Exit {
    let options = match what_if.options(Options::default().samples) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let name_it = |count: usize, name: &str| {
        format!(
            "there are {count} designs here, and numbers are those of one: name it, as in `sysdesign estimate {name}`"
        )
    };
    let (workspace, patches) = match what_if::load(paths, what_if, &name_it) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let [design] = workspace.designs() else { return Exit::Trouble };
    let changes = match what_if.changes(&workspace, design, &patches, colour) {
        Ok(changes) => changes,
        Err(exit) => return exit,
    };
    let result = check::with_model(&workspace, design, &changes, |model| {
        let asked: Vec<(u32, String, f64)> = addresses
            .iter()
            .filter_map(|address| parse_storage_at(model, address))
            .map(|(data, text, seconds)| (data, text.to_owned(), seconds))
            .collect();
        let mut estimate = Estimate::asking(model, options, &asked);
        addresses.iter().for_each(|address| limit_values::ask(&mut estimate, address));
        work(&workspace, &estimate)
    });
    match result {
        Ok(Ok(())) => Exit::Clean,
        Ok(Err(exit)) => exit,
        Err(outcome) => {
            let because = changes.is_empty().then_some("has no numbers");
            what_if::explain(&workspace, design, &outcome, because, colour)
        }
    }
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

/// The values at some addresses; what is no address is told.
fn find_all(estimate: &Estimate<'_, '_>, addresses: &[&String]) -> Result<Vec<Wanted>, Exit> {
    let mut asked = estimate.asked.iter();
    let mut one = |address: &&String| match parse_storage_at(estimate.model, address) {
        Some((data, ..)) => {
            let value = asked.next().copied().ok_or(Exit::Trouble)?;
            Ok(((*address).clone(), Subject::Data(data), "storage.at", value))
        }
        None => find(estimate, address),
    };
    addresses.iter().map(&mut one).collect()
}

/// The value at an address; what is no address is told.
pub fn find(estimate: &Estimate<'_, '_>, address: &str) -> Result<Wanted, Exit> {
    let model: &Model<'_> = estimate.model;
    if let Some((_, value)) = estimate.limits.iter().find(|(asked, _)| asked == address) {
        return Ok((address.to_owned(), Subject::System, "limit", *value));
    }
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
