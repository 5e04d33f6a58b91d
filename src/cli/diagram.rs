//! `sysdesign diagram`

use super::{Exit, output, pictures, what_if};
use crate::check::{self, Paths};
use crate::diagrams::{self, Kind, Mark, Request, picture::Picture};
use crate::host::{clock, files, write};
use crate::model::Model;
use crate::model::names::Space;
use crate::rules::{Case, Policy};
use crate::workspace::{DesignFiles, Workspace};
use clap::builder::PossibleValuesParser;
use pictures::{DiagramFormat, DiagramTheme};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Draw a design: architecture, sequences, data, deployment and more, as Mermaid and other formats
///
/// Without a kind, the architecture is drawn. Several pictures come as a page of Markdown, or as a file each with
/// `-o FOLDER/`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sysdesign diagram shop.yaml                             the architecture, as Mermaid
  sysdesign diagram shop.yaml --list                      what can be drawn of it
  sysdesign diagram shop.yaml sequence --flow order       one flow
  sysdesign diagram shop.yaml --numbers -o shop.svg       with computed load and use, into a file
  sysdesign diagram shop.yaml entities states -o docs/    a file for each picture

Exit codes: 0 clean, 1 the design has errors, 2 could not do the job.")]
pub struct Arguments {
    /// A file, a folder with one design, or `-` for standard input
    path: PathBuf,
    /// What to draw [default: architecture]
    #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(diagrams::ALL.iter().map(|kind| kind.name)))]
    kinds: Vec<String>,
    /// List what can be drawn of this design
    #[arg(long)]
    list: bool,
    /// Draw every kind of diagram that this design has something to say for
    #[arg(long, conflicts_with = "kinds")]
    all: bool,
    /// The view that says what is shown
    #[arg(long, value_name = "VIEW")]
    view: Option<String>,
    /// The flow, for kinds that draw one picture for each
    #[arg(long, value_name = "FLOW")]
    flow: Option<String>,
    /// The form in which the pictures are written [default: what the file's name says, or mermaid]
    #[arg(long, value_enum)]
    format: Option<DiagramFormat>,
    /// The file, or with `/` at its end the folder, to write to
    #[arg(long, short, value_name = "FILE|FOLDER/")]
    output: Option<PathBuf>,
    /// The pages that the pictures are for
    #[arg(long, value_enum, default_value = "auto")]
    theme: DiagramTheme,
    /// Add computed numbers: load and latency on arrows, use and instances on boxes
    #[arg(long)]
    numbers: bool,
    /// Mark what has findings
    #[arg(long)]
    findings: bool,
}

/// Draws what the arguments name.
pub fn run(arguments: &Arguments, colour: bool) -> Exit {
    let name_it =
        |count: usize, _: &str| format!("there are {count} designs here, and pictures are of one: name it");
    let paths = std::slice::from_ref(&arguments.path);
    let workspace = match what_if::load(paths, &what_if::WhatIf::default(), &name_it) {
        Ok((workspace, _)) => workspace,
        Err(exit) => return exit,
    };
    let [design] = workspace.designs() else { return Exit::Trouble };
    let marks = if arguments.findings { marks(&workspace, design) } else { Vec::new() };
    let drawn = check::with_model(&workspace, design, &[], |model| {
        let case = Case::new(model, clock::today());
        let request = Request {
            view: arguments.view.as_deref(),
            flow: arguments.flow.as_deref(),
            numbers: arguments.numbers,
            marks: &marks,
        };
        known(model, &request)?;
        if arguments.list {
            return Ok(Err(diagrams::list(&case, &request)));
        }
        let kinds: Vec<&Kind> = match arguments.kinds.as_slice() {
            _ if arguments.all => diagrams::ALL.to_vec(),
            [] => vec!["architecture"].into_iter().filter_map(diagrams::find).collect(),
            names => names.iter().filter_map(|name| diagrams::find(name)).collect(),
        };
        let mut pictures = Vec::new();
        for kind in kinds {
            let drawn = diagrams::draw(&case, kind, &request);
            if drawn.is_empty() && !arguments.all {
                return Err(format!("there is nothing to draw for `{}`: {}", kind.name, kind.about));
            }
            pictures.extend(drawn);
        }
        Ok(Ok(pictures))
    });
    match drawn {
        Err(outcome) => what_if::explain(&workspace, design, &outcome, Some("cannot be drawn"), colour),
        Ok(Err(message)) => {
            output::complain(&message);
            Exit::Trouble
        }
        Ok(Ok(Err(list))) => show(&list),
        Ok(Ok(Ok(pictures))) => save(arguments, &pictures),
    }
}

/// Whether the design has the view and the flow that are asked for.
pub fn known(model: &Model<'_>, request: &Request<'_>) -> Result<(), String> {
    for (space, id) in [(Space::View, request.view), (Space::Flow, request.flow)] {
        let Some(id) = id.filter(|id| model.names.find(space, id).is_none()) else { continue };
        let there_are: Vec<&str> = model.names.all(space).iter().map(|name| name.text).take(12).collect();
        let help = match (model.names.closest(&[space], id), there_are.as_slice()) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, []) => "the design has none".to_owned(),
            (None, some) => format!("there are: {}", some.join(", ")),
        };
        return Err(format!("there is no {} `{id}`: {help}", space.word()));
    }
    Ok(())
}

/// What findings are about, under the policy of the design.
pub fn marks(workspace: &Workspace, design: &DesignFiles) -> Vec<Mark> {
    let policy = Policy { today: clock::today(), ..Policy::default() };
    let outcome = check::check(workspace, design, &policy);
    let paths = Paths::new(workspace, design.files.iter().copied());
    diagrams::marks(&outcome.findings, &|span| paths.path_at(span))
}

fn show(list: &[(&'static Kind, Vec<Picture>)]) -> Exit {
    let width = list.iter().map(|(kind, _)| kind.name.len()).max().unwrap_or(0);
    let write = output::print(|out| {
        for (kind, pictures) in list {
            writeln!(out, "{:width$}  {}", kind.name, kind.about)?;
            let prefix = format!("{} of ", kind.name);
            let parts = pictures.iter().filter_map(|picture| picture.name.strip_prefix(&prefix));
            let parts: Vec<&str> = parts.collect();
            if !parts.is_empty() {
                let shown = crate::report::sanitize::Visible::line(
                    &parts.join(", "),
                    crate::report::sanitize::Signs::Unicode,
                );
                writeln!(out, "{:width$}  {shown}", "")?;
            }
        }
        Ok(())
    });
    write.err().unwrap_or(Exit::Clean)
}

/// Writes pictures where they are wanted.
fn save(arguments: &Arguments, pictures: &[Picture]) -> Exit {
    let theme = arguments.theme;
    let of_file = || arguments.output.as_deref().and_then(DiagramFormat::of_file);
    if let Some(end) =
        arguments.output.as_deref().filter(|_| arguments.format.is_none()).and_then(unknown_end)
    {
        output::complain(&format!(
            "pictures are not written as `.{end}`: name a file that ends in {}, or say what it is to hold with `--format`",
            DiagramFormat::ends().join(", ")
        ));
        return Exit::Trouble;
    }
    let format = arguments.format.or_else(of_file).unwrap_or(DiagramFormat::Mermaid);
    let Some(path) = &arguments.output else {
        let page = match pictures::page(pictures, format, theme) {
            Ok(page) => page,
            Err(message) => {
                output::complain(&message);
                return Exit::Trouble;
            }
        };
        page.notices.iter().for_each(|notice| output::note(&format!("note: {notice}")));
        return output::print(|out| out.write_all(&page.bytes)).err().unwrap_or(Exit::Clean);
    };
    let is_folder = matches!(files::target(path), Ok(files::Target::Folder)) || ends_like_a_folder(path);
    let saved = if is_folder {
        save_each(path, pictures, format, theme)
    } else {
        let wants_markdown = path.extension().is_some_and(|end| end == "md" || end == "markdown");
        let page = match pictures {
            [_] if !wants_markdown => pictures::page(pictures, format, theme),
            _ if wants_markdown => pictures::markdown(pictures, format, theme),
            _ => {
                let count = pictures.len();
                let shown = path.display();
                Err(format!(
                    "{count} pictures do not go into `{shown}`: name a folder (`{shown}/`) or a `.md` file"
                ))
            }
        };
        page.and_then(|page| {
            page.notices.iter().for_each(|notice| output::note(&format!("note: {notice}")));
            write::replace(path, &page.bytes).map(|_| ()).map_err(|trouble| trouble.message)
        })
    };
    match saved {
        Ok(()) => Exit::Clean,
        Err(message) => {
            output::complain(&message);
            Exit::Trouble
        }
    }
}

/// The end of a file's name, when it names another format than those that are written.
fn unknown_end(path: &Path) -> Option<&str> {
    const PAGES: &[&str] = &["md", "markdown", "txt"];
    let end = path.extension()?.to_str()?;
    let is_known = PAGES.contains(&end) || DiagramFormat::of_file(path).is_some();
    let is_folder = ends_like_a_folder(path) || matches!(files::target(path), Ok(files::Target::Folder));
    (!is_known && !is_folder).then_some(end)
}

fn ends_like_a_folder(path: &Path) -> bool {
    path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

/// A file for each picture, named after it.
fn save_each(
    folder: &Path,
    pictures: &[Picture],
    format: DiagramFormat,
    theme: DiagramTheme,
) -> Result<(), String> {
    write::make_folder(folder).map_err(|trouble| trouble.message)?;
    let mut taken = BTreeSet::new();
    for picture in pictures {
        let page = pictures::page(std::slice::from_ref(picture), format, theme)?;
        page.notices.iter().for_each(|notice| output::note(&format!("note: {}: {notice}", picture.name)));
        let mut name = pictures::file_name(picture);
        while !taken.insert(name.to_ascii_lowercase()) {
            name.push('_');
        }
        let file = folder.join(format!("{name}.{}", page.extension));
        write::replace(&file, &page.bytes).map_err(|trouble| trouble.message)?;
    }
    Ok(())
}
