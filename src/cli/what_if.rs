//! What a command line changes in a design before its numbers are computed: `--set`, `--variant`, `--at`.

use super::output::{self, trouble};
use super::{Exit, targets};
use crate::check::Outcome;
use crate::diagnostic::Diagnostic;
use crate::estimate::Options;
use crate::host::terminal;
use crate::model::Model;
use crate::model::names::Space;
use crate::quantity::{self, Dimension, Expected, NoNames};
use crate::report::{Report, TextOptions, text};
use crate::rules;
use crate::source::FileId;
use crate::spec::variant::SECTIONS;
use crate::suggest::closest;
use crate::syntax::Node;
use crate::workspace::{DesignFiles, Workspace};
use std::path::PathBuf;

/// What is changed for this run.
#[derive(Debug, Default, clap::Args)]
pub struct WhatIf {
    /// Change something for this run: `dau=5M`, `components.app.replicas=6`, `traffic.peak=5x`; may be repeated
    #[arg(long = "set", value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// Take a variant of the design instead of the design
    #[arg(long, value_name = "NAME")]
    variant: Option<String>,
    /// How far ahead to look, such as "2 years": traffic has grown by then
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// What the samples of uncertain inputs are drawn with; the same seed gives the same numbers
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
    /// How many samples are drawn, from 100 to 1000000
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    samples: Option<u32>,
}

/// How lists and maps begin and end.
const COLLECTIONS: [(char, char); 2] = [('[', ']'), ('{', '}')];
/// The longest text of a change.
const LONGEST: usize = 10_000;

impl WhatIf {
    /// What the numbers are asked for, with this many samples unless somebody says.
    pub fn options(&self, samples: usize) -> Result<Options, Exit> {
        let at = match &self.at {
            None => None,
            Some(text) => Some(time(text).map_err(|message| trouble(&format!("`--at {text}`: {message}")))?),
        };
        let samples = self.samples.map_or(samples, |samples| samples as usize);
        Ok(Options { at, seed: self.seed, samples, threads: terminal::threads(), ..Options::default() })
    }

    /// Takes the changes into the workspace, so that findings can point into them.
    pub fn read(&self, workspace: &mut Workspace) -> Result<Vec<FileId>, Exit> {
        let mut patches = Vec::new();
        for change in &self.set {
            let document = {
                let [design] = workspace.designs() else { return Err(Exit::Trouble) };
                document(workspace, design, self.variant.as_deref(), change)
            };
            let document = document.map_err(|message| trouble(&message))?;
            let Some(file) = workspace.add_patch("--set", document) else {
                return Err(trouble("there is no room for another text"));
            };
            patches.push(file);
        }
        Ok(patches)
    }

    /// The changes, in the order in which they are laid over the design.
    pub fn changes<'w>(
        &self,
        workspace: &'w Workspace,
        design: &DesignFiles,
        patches: &[FileId],
        colour: bool,
    ) -> Result<Vec<Node<'w>>, Exit> {
        let mut changes = Vec::new();
        if let Some(wanted) = &self.variant {
            changes.push(variant(workspace, design, wanted).map_err(|message| trouble(&message))?);
        }
        for file in patches {
            let wrong = workspace.diagnostics_of(*file);
            if !wrong.is_empty() {
                tell(workspace, wrong, &[*file], colour);
                return Err(Exit::Trouble);
            }
            changes.extend(workspace.root(*file));
        }
        Ok(changes)
    }
}

/// Loads the one design that is named, and what is changed in it. `name_it` says how to choose among several.
pub fn load(
    paths: &[PathBuf],
    what_if: &WhatIf,
    name_it: &dyn Fn(usize, &str) -> String,
) -> Result<(Workspace, Vec<FileId>), Exit> {
    let mut workspace = Workspace::new();
    let mut failed = false;
    targets::load(paths, None, &mut workspace, &mut |message| {
        failed = true;
        output::complain(message);
    });
    match workspace.designs() {
        [_] if !failed => {}
        [] | [_] => return Err(Exit::Trouble),
        [first, ..] => {
            let name = first.files.first().map_or("", |file| workspace.sources.get(*file).name());
            return Err(trouble(&name_it(workspace.designs().len(), name)));
        }
    }
    let patches = what_if.read(&mut workspace)?;
    Ok((workspace, patches))
}

/// Says why a design cannot be computed or drawn. `because` says what it lacks while it has errors.
pub fn explain(
    workspace: &Workspace,
    design: &DesignFiles,
    outcome: &Outcome,
    because: Option<&str>,
    colour: bool,
) -> Exit {
    let name = design.files.first().map_or("", |file| workspace.sources.get(*file).name());
    if let Some(why) = &outcome.something_else {
        return trouble(&format!("`{name}` is not a design: {why}"));
    }
    tell(workspace, &outcome.findings, &design.files, colour);
    if let Some(because) = because {
        output::complain(&format!("`{name}` {because} until its errors are mended"));
    }
    Exit::Findings
}

/// Findings for people, on standard error: standard output is for numbers.
fn tell(workspace: &Workspace, findings: &[Diagnostic], files: &[FileId], colour: bool) {
    let report = Report {
        sources: &workspace.sources,
        findings,
        paths: &|_| String::new(),
        rules: rules::ALL,
        files,
        suppressed: 0,
        known: 0,
        own_rules: &[],
        score: None,
    };
    let options = TextOptions {
        width: terminal::width(),
        colour,
        unicode: terminal::unicode(),
        ..TextOptions::default()
    };
    output::print_error(|out| text::write(&report, &options, out));
}

/// The value and the dimension of a quantity that stands on the command line.
pub fn quantity(text: &str) -> Result<(f64, Dimension), String> {
    let first = |problems: Vec<quantity::Problem>| problems.into_iter().next().map_or(String::new(), said);
    let expr = quantity::parse(text).map_err(first)?;
    let dimension = expr.check(&NoNames).map_err(first)?;
    let value = expr.central(&NoNames).map_err(|problem| said(*problem))?;
    Ok((value, dimension))
}

/// A problem in a line: what is wrong, and what to write instead.
pub fn said(problem: quantity::Problem) -> String {
    match problem.help {
        // There are no names here that could be defined.
        Some(_) if problem.rule == "unresolved-reference" => {
            format!("{}; write a quantity, such as `2 years` or `5M / day`", problem.message)
        }
        Some(help) => format!("{}; {help}", problem.message),
        None => problem.message,
    }
}

fn time(text: &str) -> Result<f64, String> {
    let (value, dimension) = quantity(text)?;
    let wrong =
        quantity::parse(text).ok().and_then(|expr| quantity::expect(&expr, dimension, Expected::TIME));
    match wrong {
        Some(problem) => Err(said(problem)),
        None if value < 0.0 => Err("that is in the past; write how far ahead to look".to_owned()),
        None => Ok(value),
    }
}

/// A change as a document that is laid over the design.
fn document(
    workspace: &Workspace,
    design: &DesignFiles,
    variant: Option<&str>,
    change: &str,
) -> Result<String, String> {
    let shown = || format!("`--set {}`", change.chars().take(100).collect::<String>());
    let Some((name, value)) = change.split_once('=') else {
        return Err(format!("{} has no `=`; write a name and a value, such as `--set dau=5M`", shown()));
    };
    let (name, value) = (name.trim(), value.trim());
    if name.is_empty() {
        return Err(format!(
            "{} names nothing; write a name before the `=`, such as `--set dau=5M`",
            shown()
        ));
    }
    if value.is_empty() {
        let help = "write a value, or `null` to take out what is there";
        return Err(format!("{} has no value; {help}", shown()));
    }
    if change.len() > LONGEST {
        return Err(format!("{}… is longer than {LONGEST} characters; use a variant", shown()));
    }
    if change.contains(char::is_control) {
        return Err(format!("{} has a line break or another control character", shown()));
    }
    for (open, close) in COLLECTIONS {
        if value.starts_with(open) && !value.ends_with(close) {
            return Err(format!("{} begins with `{open}` and does not end with `{close}`", shown()));
        }
    }
    let path: Vec<&str> = name.split('.').collect();
    let is_word = |part: &&str| {
        !part.is_empty() && part.chars().all(|sign| sign.is_alphanumeric() || "_-".contains(sign))
    };
    if let Some(odd) = path.iter().find(|part| !is_word(part)) {
        return Err(format!(
            "{}: `{odd}` is no name; write a path such as `components.app.replicas`",
            shown()
        ));
    }
    let path = complete(workspace, design, variant, path).map_err(|why| format!("{}: {why}", shown()))?;
    if let ["assumptions", id] = path.as_slice() {
        same_dimension(workspace, design, id, value).map_err(|why| format!("{}: {why}", shown()))?;
    }
    let mut text = String::new();
    for (depth, part) in path.iter().enumerate() {
        text.push_str(&"  ".repeat(depth));
        text.push_str(&scalar(part));
        text.push_str(if depth + 1 == path.len() { ": " } else { ":\n" });
    }
    text.push_str(&scalar(value));
    text.push('\n');
    Ok(text)
}

/// An assumption keeps its unit: a mistake in it is told here, and not at every place that uses it.
fn same_dimension(workspace: &Workspace, design: &DesignFiles, id: &str, value: &str) -> Result<(), String> {
    let roots = design.files.iter().filter_map(|file| workspace.root(*file));
    let written = roots.filter_map(|root| root.get("assumptions")?.get(id)).next();
    let written = written.map(|node| node.get("value").unwrap_or(node));
    let before = written.and_then(|node| quantity(node.text()).ok());
    // What refers to others, or is no quantity, is told about where it stands.
    let (Some((_, before)), Ok((_, after))) = (before, quantity(value)) else { return Ok(()) };
    let text = written.map_or("", |node| node.text());
    match before == after {
        true => Ok(()),
        false => Err(format!("`{id}` is {before}, such as `{text}`, and `{value}` is {after}")),
    }
}

/// Sections whose keys are fixed and no names of the design.
const WITHOUT_IDS: &[&str] = &["traffic", "deployment"];

/// The path from the section on. A single name is an assumption.
fn complete<'p>(
    workspace: &Workspace,
    design: &DesignFiles,
    variant: Option<&str>,
    path: Vec<&'p str>,
) -> Result<Vec<&'p str>, String> {
    let (section, id) = match path.as_slice() {
        [name] => ("assumptions", *name),
        [section, id, ..] => (*section, *id),
        [] => ("assumptions", ""),
    };
    let sections = || SECTIONS.iter().map(|patched| patched.section);
    if path.len() > 1 && !sections().any(|known| known == section) {
        let known: Vec<&str> = sections().collect();
        let near = closest(section, sections()).map(|near| format!("; did you mean `{near}`?"));
        let near = near.unwrap_or_else(|| format!("; one of {} comes first", known.join(", ")));
        return Err(format!("`{section}` is no section that can be changed{near}"));
    }
    if !WITHOUT_IDS.contains(&section) {
        let of_variant = variant.and_then(|wanted| self::variant(workspace, design, wanted).ok());
        let roots = design.files.iter().filter_map(|file| workspace.root(*file)).chain(of_variant);
        let ids: Vec<&str> = roots
            .filter_map(|root| root.get(section))
            .flat_map(|section| section.entries())
            .map(|(key, _)| key.text())
            .collect();
        if !ids.contains(&id) {
            let what = what_is_in(section);
            let other = path.len() == 1 && sections().any(|known| known == id);
            let near = match closest(id, ids.iter().copied()) {
                _ if other => format!("; `{id}` is a section: write what in it changes, such as `{id}.…`"),
                Some(near) => format!("; did you mean `{near}`?"),
                None if ids.is_empty() => format!("; the design has no `{section}`"),
                None => {
                    let few: Vec<&str> = ids.iter().copied().take(10).collect();
                    let more = if ids.len() > few.len() { ", …" } else { "" };
                    format!("; there are {}{more}", few.join(", "))
                }
            };
            return Err(format!("there is no {what} `{id}`{near}"));
        }
    }
    Ok(if path.len() == 1 { vec!["assumptions", id] } else { path })
}

fn what_is_in(section: &str) -> &str {
    match section {
        "assumptions" => "assumption",
        "requirements" => "requirement",
        "components" => "component",
        "groups" => "group",
        "apis" => "API",
        "flows" => "flow",
        _ => section,
    }
}

/// A word or value as YAML that reads back as the same text; plain where that is safe, so that numbers stay numbers.
fn scalar(text: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || " ._%/+-*()$€£<>=^±".contains(sign);
    let begins_well = text.starts_with(|first: char| first.is_alphanumeric() || "$€£(.".contains(first));
    let is_negative =
        text.strip_prefix('-').is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
    // Lists and maps are what they look like: they end on the same line, so they cannot reach further.
    if COLLECTIONS.iter().any(|(open, close)| text.starts_with(*open) && text.ends_with(*close)) {
        return text.to_owned();
    }
    if (begins_well || is_negative) && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "''"))
}

fn variant<'w>(workspace: &'w Workspace, design: &DesignFiles, wanted: &str) -> Result<Node<'w>, String> {
    let sections = design.files.iter().filter_map(|file| workspace.root(*file)?.get("variants"));
    let variants: Vec<(&str, Node<'w>)> =
        sections.flat_map(|section| section.entries()).map(|(key, value)| (key.text(), value)).collect();
    if let Some((_, found)) = variants.iter().find(|(name, _)| *name == wanted) {
        return Ok(*found);
    }
    let names = || variants.iter().map(|(name, _)| *name);
    let help = match closest(wanted, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if variants.is_empty() => "the design has no `variants`".to_owned(),
        None => format!("there are {}", names().take(10).collect::<Vec<_>>().join(", ")),
    };
    Err(format!("there is no variant `{wanted}`; {help}"))
}

/// The assumption with a name; what to say when there is none.
pub fn assumption(model: &Model<'_>, name: &str) -> Result<u32, String> {
    let id = name.strip_prefix("assumptions.").unwrap_or(name);
    model.names.find(Space::Assumption, id).ok_or_else(|| {
        let known = model.names.all(Space::Assumption);
        let help = match model.names.closest(&[Space::Assumption], id) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "the design has no `assumptions`".to_owned(),
            None => {
                let few: Vec<&str> = known.iter().take(10).map(|name| name.text).collect();
                format!("there are {}", few.join(", "))
            }
        };
        format!("there is no assumption `{id}`; {help}")
    })
}
