//! Reads the designs that the arguments name, and checks them.

use super::selecting::selection;
use super::{Arguments, Troubles};
use crate::check;
use crate::cli::{Exit, output, project, targets};
use crate::config::{Config, FailOn};
use crate::diagnostic::Diagnostic;
use crate::host::{clock, files, terminal};
use crate::rules::own::Facts;
use crate::rules::qualities::Judged;
use crate::rules::{Stage, policy};
use crate::source::{FileId, Span};
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
    let instead = |document| texts.applied(document);
    let (config, project) = match arguments.no_config {
        true => (Config::default(), PathBuf::from(".")),
        false => {
            let chosen = arguments.config.as_deref();
            project::configuration(chosen, &instead, &mut workspace, &mut findings).map_err(complain)?
        }
    };
    let stdin_filename = arguments.stdin_filename.as_deref();
    targets::load_with(&arguments.paths, stdin_filename, &mut workspace, &instead, &mut |message| {
        troubles.tell(message)
    });
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
    let unknown = name_rules(&config.unsure, &own_rules, &project, &mut findings);
    // What is allowed for the whole project may be for a design that this run does not look at.
    let is_part = troubles.count > 0 || names_single_designs(&arguments.paths);
    let allows = policy.allows.iter().zip(&used).filter(|(allow, _)| !unknown.contains(&allow.span));
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

/// Reports the names in the configuration that are no rules: neither of the program, nor of the designs of this run, nor of
/// any other design of the project. Comes back with their places.
fn name_rules(
    unsure: &[(String, Span)],
    own: &[Facts],
    project: &Path,
    findings: &mut Vec<Diagnostic>,
) -> BTreeSet<Span> {
    let is_known = |name: &str, own: &[Facts]| own.iter().any(|rule| rule.name == name);
    if unsure.iter().all(|(name, _)| is_known(name, own)) {
        return BTreeSet::new();
    }
    // What cannot be read here is not what this run is about.
    let others = project::own_rules(&[project.to_owned()], &mut |_| {}).unwrap_or_default();
    let own: Vec<Facts> = own.iter().cloned().chain(others.into_iter().map(|rule| rule.facts)).collect();
    let mut unknown = BTreeSet::new();
    for (name, span) in unsure {
        if !policy::check_name(name, *span, &own, findings) {
            unknown.insert(*span);
        }
    }
    unknown
}

/// Whether a run is about single designs, and not about all that are in some folder.
fn names_single_designs(paths: &[PathBuf]) -> bool {
    !paths.is_empty() && !paths.iter().any(|path| matches!(files::target(path), Ok(files::Target::Folder)))
}
