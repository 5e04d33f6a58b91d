//! From the files of a design to its findings: the whole pipeline in one place.

use crate::catalog::entry::CatalogFile;
use crate::catalog::{Catalog, builtin};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::names::Space;
use crate::model::{self, Model};
use crate::rules::allows::{self, Allow};
use crate::rules::own::{self, Facts};
use crate::rules::qualities::{self, Judged};
use crate::rules::{self, Case, Policy, Stage};
use crate::schema::HouseSchema;
use crate::source::{FileId, Sources, Span};
use crate::spec::Design;
use crate::spec::shape::{Reader, Shape};
use crate::spec::variant::{SECTIONS, Variant};
use crate::syntax::{Node, NodeKind, PathIndex, Tree, overlay};
use crate::workspace::{DesignFiles, Workspace};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// What came out of checking a design.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The findings, sorted by file, place and rule.
    pub findings: Vec<Diagnostic>,
    /// How many findings were allowed.
    pub suppressed: usize,
    /// For each finding that the policy handed in allows, whether it silenced any.
    pub used_allows: Vec<bool>,
    /// Whether everything that is written could be understood. When not, some rules kept silent.
    pub is_sound: bool,
    /// How far the design is; `None` when it could not be read.
    pub stage: Option<Stage>,
    /// How the checks of its requirements came out.
    pub checks: Vec<Judged>,
    /// The rules of the project's own.
    pub own_rules: Vec<Facts>,
    /// Why the file is no design at all, but something else.
    pub something_else: Option<String>,
}

/// Reads the files of a design: everything that is understood, and all that is wrong with how it is written.
pub fn read<'w>(workspace: &'w Workspace, files: &DesignFiles) -> (Option<Design<'w>>, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let mut roots = files.files.iter().filter_map(|file| workspace.root(*file));
    let design = roots.next().and_then(|root| {
        let mut design = Design::read(root, &mut reader)?;
        let complete = files.files.first().is_some_and(|file| workspace.is_complete(*file));
        if complete {
            design.require_header(&mut reader);
        }
        for root in roots {
            if let Some(part) = Design::read(root, &mut reader) {
                design.absorb(part, &mut reader);
            }
        }
        Some(design)
    });
    (design, reader.diagnostics)
}

/// Checks one design of a workspace under a policy.
pub fn check(workspace: &Workspace, files: &DesignFiles, policy: &Policy) -> Outcome {
    check_with(workspace, files, policy, None)
}

/// Checks one design of a workspace under a policy, and against the project's own schema when there is one.
pub fn check_with(
    workspace: &Workspace,
    files: &DesignFiles,
    policy: &Policy,
    house: Option<&HouseSchema>,
) -> Outcome {
    let mut findings: Vec<Diagnostic> = workspace.diagnostics(files).cloned().collect();
    if let Some(why) = something_else(workspace, files) {
        return Outcome { findings, something_else: Some(why), ..Outcome::default() };
    }
    let (design, structural) = read(workspace, files);
    findings.extend(structural);
    let mut reader = Reader::default();
    let own_catalog = own_catalog(workspace, files, &mut reader);
    findings.append(&mut reader.diagnostics);
    let catalog: &Catalog<'_> = own_catalog.as_ref().unwrap_or_else(|| builtin::shared());
    // Names that a damaged part defines would seem to be missing, so nothing is resolved until all is read.
    let complete = workspace.has_all(files);
    let mut policy_findings = Vec::new();
    let mut full_policy = policy.clone();
    let (mut is_sound, mut stage, mut checks) = (false, None, Vec::new());
    if let (Some(design), true) = (design, complete) {
        full_policy = policy.with_design(&design, &mut policy_findings);
        let clean = !findings.iter().any(|found| found.severity == Severity::Error);
        let (model, mut unresolved) = model::resolve(design, catalog, clean);
        is_sound = model.is_sound;
        if model.design.lacks_header() {
            // What a part of a design names may be defined in the others.
            unresolved.retain(|found| {
                !matches!(&*found.rule, "unresolved-reference" | "unknown-kind" | "unknown-technology")
            });
        }
        findings.extend(unresolved);
        stage = Some(full_policy.stage_of(&model.design));
        let (found, judged) = judge(&Case::new(&model, full_policy.today), &full_policy);
        findings.extend(found);
        checks = judged;
        let of_variants = check_variants(workspace, files, &model, &full_policy, &findings);
        findings.retain(|found| !of_variants.used.contains(&found.span) || !is_about_use(found));
        findings.extend(of_variants.findings);
        full_policy.allows.extend(of_variants.allows);
        policy_findings.extend(of_variants.about_allows);
    }
    if let (Some(house), true) = (house, complete) {
        let roots: Vec<Node<'_>> = files.files.iter().filter_map(|file| workspace.root(*file)).collect();
        findings.extend(house.check_files(&roots));
    }
    findings.extend(policy_findings);
    let paths = Paths::new(workspace, files.files.iter().chain(&files.catalogs).copied());
    let mut used = Vec::new();
    let suppressed = full_policy.apply(&mut findings, &|span| paths.path_at(span), &mut used);
    // Where rules kept silent, nobody can tell whether what they would have found is still there.
    let own = full_policy.allows.iter().zip(&used).skip(policy.allows.len());
    let mut about_allows =
        own.filter_map(|(allow, used)| full_policy.review(allow, *used || !is_sound)).collect();
    full_policy.apply(&mut about_allows, &|span| paths.path_at(span), &mut Vec::new());
    findings.append(&mut about_allows);
    sort(&mut findings);
    used.truncate(policy.allows.len());
    let own_rules = full_policy.own;
    Outcome {
        findings,
        suppressed,
        used_allows: used,
        is_sound,
        stage,
        checks,
        own_rules,
        something_else: None,
    }
}

/// Understands a design, with what is changed in it from outside, and hands it over. When something in it is an error,
/// the errors come back instead: numbers of half a design would be wrong.
pub fn with_model<R>(
    workspace: &Workspace,
    files: &DesignFiles,
    changes: &[Node<'_>],
    work: impl FnOnce(&Model<'_>) -> R,
) -> Result<R, Box<Outcome>> {
    let mut findings: Vec<Diagnostic> = workspace.diagnostics(files).cloned().collect();
    if let Some(why) = something_else(workspace, files) {
        return Err(Box::new(Outcome { findings, something_else: Some(why), ..Outcome::default() }));
    }
    let roots: Vec<Node<'_>> = files.files.iter().filter_map(|file| workspace.root(*file)).collect();
    let mut trees: Vec<Tree> = Vec::new();
    for change in changes {
        let last = trees.last().and_then(|tree| tree.root(&workspace.sources));
        let bases = last.map_or_else(|| roots.clone(), |root| vec![root]);
        let (tree, wrong) = overlay(&bases, *change, SECTIONS);
        findings.extend(wrong);
        trees.push(tree);
    }
    let (design, structural) = match trees.last().and_then(|tree| tree.root(&workspace.sources)) {
        Some(root) => {
            let mut reader = Reader::default();
            let mut design = Design::read(root, &mut reader);
            // Views show the design itself: one that names what a change takes out is no mistake.
            design.iter_mut().for_each(|design| design.views.entries.clear());
            (design, reader.diagnostics)
        }
        None => read(workspace, files),
    };
    findings.extend(structural);
    let mut reader = Reader::default();
    let own_catalog = own_catalog(workspace, files, &mut reader);
    findings.append(&mut reader.diagnostics);
    let catalog: &Catalog<'_> = own_catalog.as_ref().unwrap_or_else(|| builtin::shared());
    let is_error = |found: &Diagnostic| found.severity == Severity::Error;
    if let (Some(design), true) = (design, workspace.has_all(files)) {
        let clean = !findings.iter().any(is_error);
        let (model, unresolved) = model::resolve(design, catalog, clean);
        findings.extend(unresolved);
        if !findings.iter().any(is_error) {
            return Ok(work(&model));
        }
    }
    findings.retain(is_error);
    sort(&mut findings);
    Err(Box::new(Outcome { findings, ..Outcome::default() }))
}

/// Runs the rules that the policy has switched on. They share the numbers of the design, and when none of them asks for
/// any, none are made.
pub fn run_rules(model: &Model<'_>, policy: &Policy) -> Vec<Diagnostic> {
    run_on(&Case::new(model, policy.today), policy)
}

fn run_on(case: &Case<'_, '_>, policy: &Policy) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let stage = policy.stage_of(&case.design);
    for rule in rules::ALL.iter().filter(|rule| policy.is_active(rule, stage)) {
        if let Some(check) = rule.check {
            check(case, &mut findings);
        }
    }
    own::check(case, &|rule| policy.severity_of_own(rule), &mut findings);
    findings
}

/// The same, and how the checks of requirements came out, unless only some rules are selected.
fn judge(case: &Case<'_, '_>, policy: &Policy) -> (Vec<Diagnostic>, Vec<Judged>) {
    let findings = run_on(case, policy);
    let looks_at_all = policy.selection.select.is_empty() && case.is_sound;
    let checks = if looks_at_all { qualities::checks(case) } else { Vec::new() };
    (findings, checks)
}

/// Sorts findings by file, place and rule, and takes out what is there twice.
pub fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort_by(|a, b| {
        let key = |found: &Diagnostic| (found.span.file, found.span.start, found.span.end);
        key(a).cmp(&key(b)).then_with(|| a.rule.cmp(&b.rule)).then_with(|| a.message.cmp(&b.message))
    });
    findings.dedup_by(|a, b| a.span == b.span && a.rule == b.rule && a.message == b.message);
}

/// Sections that hardly any other kind of YAML file has.
const TELLING: &[&str] = &["assumptions", "requirements", "components", "apis", "flows"];

/// A file that does not speak of a design was not meant to be one: findings about it would only confuse.
fn something_else(workspace: &Workspace, files: &DesignFiles) -> Option<String> {
    const NO_SECTION: &str = "it has no `sysdesign:` and none of its sections";
    let file = *files.files.first()?;
    let about_text = |rule: &str| workspace.diagnostics(files).find(|found| found.rule == rule);
    let has_keys = |root: &Node<'_>| root.kind() == NodeKind::Map && root.entries().next().is_some();
    let map = workspace.root(file).filter(has_keys);
    let Some(map) = map else {
        let speaks = workspace.sources.get(file).text().lines().any(begins_a_section);
        if speaks || ["empty-design", "limit-exceeded"].iter().any(|rule| about_text(rule).is_some()) {
            return None;
        }
        let why = about_text("invalid-encoding").and_then(|found| found.label.clone());
        return Some(why.unwrap_or_else(|| NO_SECTION.to_owned()));
    };
    let begins = |(key, _): (Node<'_>, Node<'_>)| is_near(key.text(), &["sysdesign"]);
    if map.entries().any(begins) {
        return None;
    }
    // Other formats have a `name:` or `components:` too, beside keys of their own.
    let own = || map.entries().map(|(key, _)| key.text()).filter(|key| !key.starts_with("x-"));
    let known = own().filter(|key| is_near(key, Design::INFO.keys)).count();
    let telling = own().any(|key| is_near(key, TELLING));
    if telling && known * 2 >= own().count() {
        return None;
    }
    Some(match known {
        0 => NO_SECTION.to_owned(),
        _ => "it has no `sysdesign:`, and its keys are those of something else".to_owned(),
    })
}

/// Whether a line that could not be read as YAML was meant to begin a section.
fn begins_a_section(line: &str) -> bool {
    let line = line.trim_start_matches(['\u{feff}', '{', ' ', '"', '\'']);
    let word: String = line.chars().take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '_').collect();
    let rest = line.get(word.len()..).unwrap_or_default().trim_start_matches(['"', '\'', ' ']);
    Design::INFO.keys.contains(&word.as_str()) && (rest.starts_with(':') || word == "sysdesign")
}

fn is_near(key: &str, known: &[&str]) -> bool {
    known.contains(&key) || crate::suggest::closest(key, known.iter().copied()).is_some()
}

/// The built-in catalogue with what a design adds, and all that is wrong with that.
pub fn catalog<'w>(workspace: &'w Workspace, files: &'w DesignFiles) -> (Catalog<'w>, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let own = own_catalog(workspace, files, &mut reader);
    let findings = workspace.diagnostics(files).cloned().chain(reader.diagnostics).collect();
    (own.unwrap_or_else(builtin::catalog), findings)
}

/// The built-in catalogue with what a design adds; `None` when it adds nothing.
fn own_catalog<'w>(
    workspace: &'w Workspace,
    files: &DesignFiles,
    reader: &mut Reader,
) -> Option<Catalog<'w>> {
    if files.catalogs.is_empty() {
        return None;
    }
    let mut catalog = builtin::catalog();
    let first_own = catalog.file_count();
    for root in files.catalogs.iter().filter_map(|file| workspace.root(*file)) {
        if let Some(file) = CatalogFile::read(root, reader) {
            catalog.add(file);
        }
    }
    catalog.check_from(first_own, reader);
    Some(catalog)
}

/// What came out of checking the variants.
#[derive(Default)]
struct OfVariants {
    findings: Vec<Diagnostic>,
    /// The ids of what a variant uses.
    used: BTreeSet<Span>,
    /// What is allowed beside the elements of a variant, and what is wrong with that.
    allows: Vec<Allow>,
    about_allows: Vec<Diagnostic>,
}

fn is_about_use(found: &Diagnostic) -> bool {
    matches!(&*found.rule, "unused-assumption" | "unused-component")
}

/// The places of what the design does not use, and this variant does.
fn used_here(model: &Model<'_>, known: &BTreeSet<(&str, Span)>, used: &mut BTreeSet<Span>) {
    let (assumptions, components) = (model.names.all(Space::Assumption), model.names.all(Space::Component));
    let rests_on = model.seen.used_assumptions.iter().filter_map(|index| assumptions.get(*index as usize));
    let ends = model.connections.iter().flat_map(|connection| [connection.from, connection.to]);
    let drawn = ends.filter_map(|index| components.get(index as usize));
    used.extend(
        rests_on
            .filter(|name| known.contains(&("unused-assumption", name.span)))
            .chain(drawn.filter(|name| known.contains(&("unused-component", name.span))))
            .map(|name| name.span),
    );
}

/// Checks every variant: the design with its overlay, of which only new findings are reported.
fn check_variants(
    workspace: &Workspace,
    files: &DesignFiles,
    model: &Model<'_>,
    policy: &Policy,
    known: &[Diagnostic],
) -> OfVariants {
    let roots: Vec<Node<'_>> = files.files.iter().filter_map(|file| workspace.root(*file)).collect();
    let known: BTreeSet<(&str, Span)> = known.iter().map(|found| (&*found.rule, found.span)).collect();
    let mut new = OfVariants::default();
    let changes =
        |variant: &Variant<'_>| SECTIONS.iter().any(|patched| variant.node.get(patched.section).is_some());
    // A variant that changes nothing is the design itself.
    for variant in model.design.variants.iter().filter(|variant| changes(&variant.value)) {
        let (tree, mut findings) = overlay(&roots, variant.value.node, SECTIONS);
        // A variant with other numbers is a moment, such as the busiest day of the year.
        let is_moment = ["traffic", "assumptions"].iter().any(|key| variant.value.node.get(key).is_some());
        if let Some(root) = tree.root(&workspace.sources) {
            let mut reader = Reader::default();
            if let Some(mut design) = Design::read(root, &mut reader) {
                let mut wrong = Vec::new();
                let mut allows = allows::beside_elements(&design, &policy.own, &mut wrong);
                let here = variant.value.node.span();
                allows.retain(|allow| here.contains(allow.span));
                wrong.retain(|found| here.contains(found.span));
                for allow in &mut allows {
                    allow.on = allow.on.take().map(|on| format!("variants.{}.{on}", variant.name.text));
                }
                new.allows.append(&mut allows);
                new.about_allows.append(&mut wrong);
                // Views show the design itself: one that names what a variant takes out is no mistake.
                design.views.entries.clear();
                let clean = model.is_sound && reader.diagnostics.is_empty() && findings.is_empty();
                let (model, unresolved) = model::resolve(design, model.catalog, clean);
                findings.append(&mut reader.diagnostics);
                findings.extend(unresolved);
                let mut case = Case::new(&model, policy.today);
                case.is_moment = is_moment;
                findings.extend(run_on(&case, policy));
                used_here(&model, &known, &mut new.used);
            }
        }
        // What the design rests on and a variant does not is no leftover.
        let of_design = |found: &Diagnostic| {
            let own = variant.value.node.span();
            matches!(&*found.rule, "unused-assumption" | "data-never-read" | "data-never-written")
                && !(own.file == found.span.file
                    && own.start <= found.span.start
                    && found.span.end <= own.end)
        };
        let is_new = |found: &Diagnostic| !known.contains(&(&*found.rule, found.span)) && !of_design(found);
        for mut finding in findings.into_iter().filter(is_new) {
            finding.message = format!("in the variant `{}`: {}", variant.name.text, finding.message);
            new.findings.push(finding);
        }
    }
    new
}

/// The dotted places of spans in the files of a design.
pub struct Paths<'w> {
    indexes: Vec<(FileId, &'w Tree, OnceCell<PathIndex>)>,
    sources: &'w Sources,
}

impl<'w> Paths<'w> {
    /// For some files of a workspace. An index is made when a place in its file is first asked for.
    pub fn new(workspace: &'w Workspace, files: impl Iterator<Item = FileId>) -> Self {
        let index = |file: FileId| Some((file, workspace.tree(file)?, OnceCell::new()));
        Self { indexes: files.filter_map(index).collect(), sources: &workspace.sources }
    }

    /// `components.app.replicas`; empty when the span lies in none of the files.
    pub fn path_at(&self, span: Span) -> String {
        let index = self.indexes.iter().find(|(file, ..)| *file == span.file);
        let path = |(_, tree, index): &(FileId, &'w Tree, OnceCell<PathIndex>)| {
            index.get_or_init(|| PathIndex::new(self.sources, tree)).path_at(span)
        };
        index.map(path).unwrap_or_default()
    }
}
