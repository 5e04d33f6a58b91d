//! `sysdesign validate`

use super::{Exit, output};
use crate::check::{self, Paths};
use crate::config::{self, Config, FailOn};
use crate::diagnostic::Diagnostic;
use crate::host::{clock, files, terminal};
use crate::report::{self, Format, Report, TextOptions};
use crate::rules;
use crate::source::{FileId, SourceFile, Sources};
use crate::workspace::Workspace;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Check designs, and say what is wrong and what to write instead
///
/// All problems of all designs are shown in one run. Folders are searched for YAML files with a `sysdesign:` line;
/// what .gitignore names and what is hidden is left out.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sysdesign validate                           every design below the working folder
  sysdesign validate shop.yaml                 one design
  sysdesign validate --format github           annotations in a pull request
  sysdesign validate --fail-on warning docs    be strict about the designs below `docs`
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

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.about()))
    }
}

impl ValueEnum for FailOn {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.about()))
    }
}

/// What keeps the run from being a full one. Everything else is still done.
struct Troubles(usize);

impl Troubles {
    fn tell(&mut self, message: &str) {
        self.0 += 1;
        output::complain(message);
    }
}

/// Checks what the arguments name.
pub fn run(arguments: &Arguments, colour: bool) -> Exit {
    let mut troubles = Troubles(0);
    let mut workspace = Workspace::new();
    let mut findings = Vec::new();
    let config = match configuration(arguments, &mut workspace, &mut findings) {
        Ok(config) => config,
        Err(message) => {
            output::complain(&message);
            return Exit::Trouble;
        }
    };
    let stdin_filename = arguments.stdin_filename.as_deref();
    super::targets::load(&arguments.paths, stdin_filename, &mut workspace, &mut |message| {
        troubles.tell(message)
    });
    if workspace.designs().is_empty() {
        return Exit::Trouble;
    }
    let mut policy = config.policy;
    policy.today = clock::today();
    let house = match config.schema.as_deref().map(crate::schema::HouseSchema::compile).transpose() {
        Ok(house) => house,
        Err(message) => {
            output::complain(&message);
            return Exit::Trouble;
        }
    };
    let mut progress = terminal::Progress::start();
    let (mut suppressed, mut used) = (0, vec![false; policy.allows.len()]);
    let mut all_sound = true;
    let mut checked: BTreeSet<FileId> = BTreeSet::new();
    for (done, design) in workspace.designs().iter().enumerate() {
        progress.tell(done, workspace.designs().len());
        let mut outcome = check::check_with(&workspace, design, &policy, house.as_ref());
        if let Some(why) = outcome.something_else {
            let name = design.files.first().map_or("", |file| workspace.sources.get(*file).name());
            troubles.tell(&format!("`{name}` is not a design: {why}"));
            continue;
        }
        checked.extend(design.files.iter().chain(&design.catalogs));
        findings.append(&mut outcome.findings);
        suppressed += outcome.suppressed;
        all_sound &= outcome.is_sound;
        used.iter_mut().zip(outcome.used_allows).for_each(|(all, one)| *all |= one);
    }
    drop(progress);
    // What is allowed for the whole project may be for a design that this run does not look at.
    let is_part = troubles.0 > 0 || names_single_designs(&arguments.paths);
    let allows = policy.allows.iter().zip(&used);
    let review = |(allow, used): (_, &bool)| policy.review(allow, *used || !all_sound || is_part);
    let mut reviewed: Vec<Diagnostic> = allows.filter_map(review).collect();
    policy.apply(&mut reviewed, &|_| String::new(), &mut Vec::new());
    findings.append(&mut reviewed);
    check::sort(&mut findings);
    let fail_on = arguments.fail_on.or(config.fail_on).unwrap_or_default();
    let failed = findings.iter().any(|finding| fail_on.includes(finding.severity));
    // The verdict stands before anything is written: a reader that hangs up does not change it.
    let verdict = match (troubles.0, failed) {
        (1.., _) => Exit::Trouble,
        (0, true) => Exit::Findings,
        (0, false) => Exit::Clean,
    };
    if checked.is_empty() {
        return verdict;
    }
    let files: Vec<FileId> = checked.into_iter().collect();
    match write(arguments, colour, &workspace, &findings, &files, suppressed) {
        Ok(()) => verdict,
        Err(exit) => exit,
    }
}

/// Whether a run is about single designs, and not about all that are in some folder.
fn names_single_designs(paths: &[PathBuf]) -> bool {
    !paths.is_empty() && !paths.iter().any(|path| matches!(files::target(path), Ok(files::Target::Folder)))
}

fn write(
    arguments: &Arguments,
    colour: bool,
    workspace: &Workspace,
    findings: &[Diagnostic],
    files: &[FileId],
    suppressed: usize,
) -> Result<(), Exit> {
    let paths = Paths::new(workspace, files.iter().copied());
    let report = Report {
        sources: &workspace.sources,
        findings,
        paths: &|span| paths.path_at(span),
        rules: rules::ALL,
        files,
        suppressed,
    };
    let options = TextOptions {
        width: terminal::width(),
        colour,
        unicode: terminal::unicode(),
        quiet: arguments.quiet,
        ..TextOptions::default()
    };
    output::print(|out| report::write(&report, arguments.format, &options, out))
}

/// Reads the configuration file. It becomes a text of the workspace, so that findings can point into it.
fn configuration(
    arguments: &Arguments,
    workspace: &mut Workspace,
    findings: &mut Vec<Diagnostic>,
) -> Result<Config, String> {
    if arguments.no_config {
        return Ok(Config::default());
    }
    let Some(path) = arguments.config.clone().or_else(files::find_config) else {
        return Ok(Config::default());
    };
    let document = files::read(&path).map_err(|trouble| trouble.message)?;
    let name = document.name;
    let text = String::from_utf8(document.bytes).map_err(|_| format!("`{name}` is not UTF-8"))?;
    let Some(file) = workspace.add_text(&name, &text) else { return Ok(Config::default()) };
    let (mut config, mut found) = config::read(&text, file).map_err(|error| {
        let place = error.at.map(|at| place_of(&name, &text, at)).unwrap_or_else(|| name.clone());
        format!("{place}: {}", error.message)
    })?;
    findings.append(&mut found);
    if let Some(schema) = config.schema {
        let schema = path.parent().unwrap_or(Path::new(".")).join(schema);
        let document = files::read(&schema).map_err(|trouble| trouble.message)?;
        let text =
            String::from_utf8(document.bytes).map_err(|_| format!("`{}` is not UTF-8", document.name))?;
        config.schema = Some(text);
    }
    Ok(config)
}

fn place_of(name: &str, text: &str, at: std::ops::Range<usize>) -> String {
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new(name, text)).unwrap_or(FileId(0));
    let place = sources.position(crate::source::Span::new(file, at.start, at.end));
    format!("{name}:{}:{}", place.line, place.column)
}
