//! `sysdesign kinds`

mod entries;
mod page;

use super::{Exit, ListFormat, output};
use crate::catalog::Catalog;
use crate::check;
use crate::diagnostic::Severity;
use crate::host::{files, terminal};
use crate::report::style::Paint;
use crate::workspace::{DesignFiles, Workspace};
use page::Page;
use serde_json::json;
use std::path::PathBuf;

/// List the kinds and technologies that a design may name, with their numbers
///
/// Rules and diagrams go by the traits of a kind. The numbers of a technology, each with its source, stand in for what
/// a component does not say of itself.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A kind or technology to show in full
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// A catalogue file of your own, as designs name it under `catalog:`
    #[arg(long, value_name = "FILE")]
    catalog: Vec<PathBuf>,
    /// Text for people, JSON for scripts
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
}

/// Prints all of them, or one in full.
pub fn run(arguments: &Arguments, colour: bool) -> Exit {
    let mut workspace = Workspace::new();
    let mut own = DesignFiles::default();
    for path in &arguments.catalog {
        match files::read(path) {
            Ok(document) => workspace.load_catalog(document, &mut own),
            Err(trouble) => {
                output::complain(&trouble.message);
                return Exit::Trouble;
            }
        }
    }
    let (catalog, findings) = check::catalog(&workspace, &own);
    for found in &findings {
        let at = workspace.sources.position(found.span);
        let name = workspace.sources.get(found.span.file).name();
        let help = found.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        output::complain(&format!("{name}:{}:{}: {}{help}", at.line, at.column, found.message));
    }
    if findings.iter().any(|found| found.severity == Severity::Error) {
        return Exit::Trouble;
    }
    show(arguments, &catalog, colour)
}

fn show(arguments: &Arguments, catalog: &Catalog<'_>, colour: bool) -> Exit {
    let page = Page { catalog, paint: Paint::new(colour), width: terminal::width().clamp(40, 110) };
    let (text, entries) = match arguments.name.as_deref() {
        None => (page.overview(), entries::all(catalog)),
        Some(name) => {
            let (kind, technology) = (catalog.kind(name), catalog.technology(name));
            if kind.is_none() && technology.is_none() {
                let near = catalog.closest_kind(name).or_else(|| catalog.closest_technology(name));
                let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                output::complain(&format!(
                    "the catalogue knows neither a kind nor a technology `{name}`{near}"
                ));
                return Exit::Trouble;
            }
            let kind_part = kind.map(|kind| (page.kind(kind), entries::kind(catalog, kind)));
            let technology_part =
                technology.map(|it| (page.technology(it), entries::technology(catalog, it)));
            let (texts, entries): (Vec<_>, Vec<_>) = kind_part.into_iter().chain(technology_part).unzip();
            (texts.join("\n"), entries)
        }
    };
    let result = match arguments.format {
        ListFormat::Text => output::print(|out| out.write_all(text.as_bytes())),
        ListFormat::Json => {
            let answer = json!({ "version": 1, "entries": entries });
            output::print(|out| writeln!(out, "{answer:#}"))
        }
    };
    result.err().unwrap_or(Exit::Clean)
}
