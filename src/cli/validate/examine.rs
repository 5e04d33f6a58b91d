//! Reads the designs that the arguments name, and checks them.

use super::selecting::selection;
use super::{Arguments, Troubles};
use crate::check;
use crate::cli::{Exit, output, targets};
use crate::config::{self, Config, FailOn};
use crate::diagnostic::Diagnostic;
use crate::host::{clock, files, terminal};
use crate::rules::Stage;
use crate::rules::own::Facts;
use crate::rules::qualities::Judged;
use crate::source::{FileId, SourceFile, Sources};
use crate::workspace::{Document, Workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Texts that stand in for what is on the disk, by the identity of the file.
#[derive(Debug, Default)]
pub struct Texts(pub BTreeMap<String, String>);

impl Texts {
    /// The document with the text that stands in for it.
    pub fn applied(&self, mut document: Document) -> Document {
        if let Some(text) = self.0.get(&document.identity) {
            document.bytes = text.clone().into_bytes();
        }
        document
    }
}

/// What came out of one look at the designs.
#[derive(Debug)]
pub struct Examined {
    /// The files.
    pub workspace: Workspace,
    /// What is wrong, sorted.
    pub findings: Vec<Diagnostic>,
    /// The files that were checked.
    pub checked: Vec<FileId>,
    /// How many findings were allowed.
    pub suppressed: usize,
    /// How many findings a baseline knew.
    pub known: usize,
    /// Whether all rules could say what they think of everything.
    pub is_sound: bool,
    /// Whether the run is about single designs, and not about all that are in some folder.
    pub is_part: bool,
    /// The design that is furthest on.
    pub stage: Option<Stage>,
    /// How many designs there are.
    pub designs: usize,
    /// How the checks of requirements came out.
    pub checks: Vec<Judged>,
    /// The rules of the project's own.
    pub own_rules: Vec<Facts>,
    /// From which severity on the run fails.
    pub fail_on: FailOn,
}

/// Checks what the arguments name.
pub fn examine(arguments: &Arguments, texts: &Texts, troubles: &mut Troubles) -> Result<Examined, Exit> {
    let mut workspace = Workspace::new();
    let mut findings = Vec::new();
    let complain = |message: String| {
        output::complain(&message);
        Exit::Trouble
    };
    let selection = selection(arguments);
    let config = configuration(arguments, texts, &mut workspace, &mut findings).map_err(complain)?;
    let stdin_filename = arguments.stdin_filename.as_deref();
    targets::load_with(
        &arguments.paths,
        stdin_filename,
        &mut workspace,
        &|document| texts.applied(document),
        &mut |message| troubles.tell(message),
    );
    if workspace.designs().is_empty() {
        return Err(Exit::Trouble);
    }
    for path in &config.include {
        let document = files::read(path).map_err(|trouble| complain(trouble.message))?;
        workspace.include_everywhere(texts.applied(document));
    }
    let mut policy = config.policy;
    policy.selection = selection;
    policy.today = clock::today();
    let house = config.schema.as_deref().map(crate::schema::HouseSchema::compile).transpose();
    let house = house.map_err(complain)?;
    let mut progress = terminal::Progress::start();
    let (mut suppressed, mut used) = (0, vec![false; policy.allows.len()]);
    let (mut is_sound, mut stage, mut designs) = (true, None, 0);
    let (mut checks, mut own_rules) = (Vec::new(), Vec::new());
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
        designs += 1;
        stage = stage.max(outcome.stage);
        checks.append(&mut outcome.checks);
        own_rules.append(&mut outcome.own_rules);
        is_sound &= outcome.is_sound;
        used.iter_mut().zip(outcome.used_allows).for_each(|(all, one)| *all |= one);
    }
    drop(progress);
    own_rules.sort();
    own_rules.dedup();
    super::selecting::check_names(arguments, &own_rules).map_err(complain)?;
    // What is allowed for the whole project may be for a design that this run does not look at.
    let is_part = troubles.count > 0 || names_single_designs(&arguments.paths);
    let allows = policy.allows.iter().zip(&used);
    let review = |(allow, used): (_, &bool)| policy.review(allow, *used || !is_sound || is_part);
    let mut reviewed: Vec<Diagnostic> = allows.filter_map(review).collect();
    policy.apply(&mut reviewed, &|_| String::new(), &mut Vec::new());
    findings.append(&mut reviewed);
    check::sort(&mut findings);
    let fail_on = arguments.fail_on.or(config.fail_on).unwrap_or_default();
    let checked = checked.into_iter().collect();
    Ok(Examined {
        workspace,
        findings,
        checked,
        suppressed,
        known: 0,
        is_sound,
        is_part,
        stage,
        designs,
        checks,
        own_rules,
        fail_on,
    })
}

/// Whether a run is about single designs, and not about all that are in some folder.
fn names_single_designs(paths: &[PathBuf]) -> bool {
    !paths.is_empty() && !paths.iter().any(|path| matches!(files::target(path), Ok(files::Target::Folder)))
}

/// Reads the configuration file. It becomes a text of the workspace, so that findings can point into it.
fn configuration(
    arguments: &Arguments,
    texts: &Texts,
    workspace: &mut Workspace,
    findings: &mut Vec<Diagnostic>,
) -> Result<Config, String> {
    if arguments.no_config {
        return Ok(Config::default());
    }
    let Some(path) = arguments.config.clone().or_else(files::find_config) else {
        return Ok(Config::default());
    };
    let document = texts.applied(files::read(&path).map_err(|trouble| trouble.message)?);
    let name = document.name;
    let text = String::from_utf8(document.bytes).map_err(|_| format!("`{name}` is not UTF-8"))?;
    let file = workspace.add_text(&name, &text);
    let Some(file) = file else { return Ok(Config::default()) };
    workspace.identify(document.identity, file);
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
    let folder = path.parent().unwrap_or(Path::new("."));
    for include in &mut config.include {
        *include = folder.join(&*include);
    }
    Ok(config)
}

fn place_of(name: &str, text: &str, at: std::ops::Range<usize>) -> String {
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new(name, text)).unwrap_or(FileId(0));
    let place = sources.position(crate::source::Span::new(file, at.start, at.end));
    format!("{name}:{}:{}", place.line, place.column)
}
