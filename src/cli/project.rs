//! What a project says for all its designs: its configuration file, and the rules of its own.

use super::targets;
use crate::check;
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::host::files;
use crate::rules::own::Facts;
use crate::source::{FileId, Position, SourceFile, Sources, Span};
use crate::workspace::{Document, Workspace};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Reads the configuration file: the one that is chosen, or that of the project around the working folder. It becomes a text
/// of the workspace, so that findings can point into it. What it includes is named as it is seen from the working folder.
pub fn configuration(
    chosen: Option<&Path>,
    instead: &dyn Fn(Document) -> Document,
    workspace: &mut Workspace,
    findings: &mut Vec<Diagnostic>,
) -> Result<(Config, PathBuf), String> {
    let here = || PathBuf::from(".");
    let Some(path) = chosen.map(Path::to_owned).or_else(files::find_config) else {
        return Ok((Config::default(), here()));
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => here(),
    };
    let document = instead(files::read(&path).map_err(|trouble| trouble.message)?);
    let name = document.name;
    let text = String::from_utf8(document.bytes).map_err(|_| format!("`{name}` is not UTF-8"))?;
    let file = workspace.add_text(&name, &text);
    let Some(file) = file else { return Ok((Config::default(), folder)) };
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
    for include in &mut config.include {
        *include = path.parent().unwrap_or(Path::new(".")).join(&*include);
    }
    Ok((config, folder))
}

fn place_of(name: &str, text: &str, at: std::ops::Range<usize>) -> String {
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new(name, text)).unwrap_or(FileId(0));
    let place = sources.position(Span::new(file, at.start, at.end));
    format!("{name}:{}:{}", place.line, place.column)
}

/// A rule of a project's own, and where it is written.
#[derive(Debug)]
pub struct OwnRule {
    /// What there is to know of it.
    pub facts: Facts,
    /// The file.
    pub file: String,
    /// Where in it.
    pub position: Position,
    /// As it is written.
    pub text: String,
}

/// The rules of their own that designs have, and the files that the project includes everywhere. Without paths, only
/// these are looked at.
pub fn own_rules(paths: &[PathBuf], tell: &mut dyn FnMut(&str)) -> Result<Vec<OwnRule>, String> {
    let mut workspace = Workspace::new();
    let (config, _) = configuration(None, &|document| document, &mut workspace, &mut Vec::new())?;
    let all: Vec<PathBuf> = paths.iter().cloned().chain(config.include).collect();
    if !all.is_empty() {
        targets::load(&all, None, &mut workspace, tell);
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for files in workspace.designs() {
        let (Some(design), _) = check::read(&workspace, files) else { continue };
        for entry in design.rules.iter().flat_map(|block| &block.own) {
            // A file that several designs include has its rules once.
            let (name, span) = (entry.name.span, entry.value.node.span());
            if seen.insert(name) {
                let source = workspace.sources.get(name.file);
                found.push(OwnRule {
                    facts: Facts::of_rule(entry),
                    file: source.name().to_owned(),
                    position: workspace.sources.position(name),
                    text: dedented(source, name.start as usize..span.end as usize),
                });
            }
        }
    }
    found.sort_by(|a, b| a.facts.name.cmp(&b.facts.name));
    Ok(found)
}

/// Some lines of a text, without the blanks that all of them begin with.
fn dedented(source: &SourceFile, range: std::ops::Range<usize>) -> String {
    let begin = source.line_range(source.line_index(range.start)).start;
    let indentation = source.slice(begin..range.start);
    let indentation = if indentation.trim_matches(' ').is_empty() { indentation } else { "" };
    let lines =
        source.slice(range).lines().map(|line| line.strip_prefix(indentation).unwrap_or(line).trim_end());
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}
