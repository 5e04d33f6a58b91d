//! `sysdesign embed`

use super::pictures::{self, DiagramFormat, DiagramTheme};
use super::{Exit, diagram, output};
use crate::check;
use crate::diagrams::embed::{self, Block, Wanted};
use crate::diagrams::{self, Request};
use crate::host::{files, write};
use crate::rules::Case;
use crate::workspace::{Document, Files, Refusal, Workspace};
use clap::ValueEnum;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Fill marked blocks of Markdown pages with pictures, and keep them fresh
///
/// A block begins with `<!-- sysdesign: diagram=sequence flow=order design=shop.yaml -->` and ends with
/// `<!-- sysdesign: end -->`, each on a line of its own. What is between them is replaced; all else of the page stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sysdesign embed README.md docs/*.md        fill and refresh all blocks
  sysdesign embed --check docs/*.md          fail when a block is stale, and show what differs

Keys of a block: design (needed), diagram, flow, view, format, theme, numbers, findings.

Exit codes: 0 clean, 1 a block is stale or a design has errors, 2 could not do the job.")]
pub struct Arguments {
    /// Pages of Markdown
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write nothing: fail when a block is stale, and show what differs
    #[arg(long)]
    check: bool,
}

/// Designs that were read, by what they are; what keeps one from being read.
type Designs = BTreeMap<String, Result<Workspace, String>>;

/// Fills the pages.
pub fn run(arguments: &Arguments, colour: bool) -> Exit {
    let mut worst = Exit::Clean;
    let mut designs = Designs::new();
    for path in &arguments.files {
        let exit = page(path, arguments.check, &mut designs, colour);
        worst = worst.max(exit);
    }
    worst
}

fn page(path: &Path, is_check: bool, designs: &mut Designs, colour: bool) -> Exit {
    let document = match files::target(path).and_then(|target| match target {
        files::Target::File => files::read(path),
        files::Target::Folder => {
            Err(files::Trouble { message: format!("`{}` is a folder: name the pages in it", path.display()) })
        }
    }) {
        Ok(document) => document,
        Err(trouble) => {
            output::complain(&trouble.message);
            return Exit::Trouble;
        }
    };
    let name = document.name.clone();
    let Ok(text) = String::from_utf8(document.bytes.clone()) else {
        output::complain(&format!("`{name}` is not UTF-8"));
        return Exit::Trouble;
    };
    let (blocks, wrong) = embed::blocks(&text);
    for wrong in &wrong {
        output::complain(&format!("{name}:{}: {}", wrong.line, wrong.message));
    }
    let mut worst = if wrong.is_empty() { Exit::Clean } else { Exit::Trouble };
    let mut filled = Vec::new();
    for block in blocks {
        match content(&document, &block, designs, colour) {
            Ok(content) => filled.push((block, content)),
            Err((exit, message)) => {
                output::complain(&format!("{name}:{}: {message}", block.line));
                worst = worst.max(exit);
            }
        }
    }
    // A page is written when all of it is well: half of it fresh would be neither the old nor the new one.
    if worst != Exit::Clean {
        return worst;
    }
    let fresh = embed::filled(&text, &filled);
    let Some((line, lines)) = embed::difference(&text, &fresh) else { return Exit::Clean };
    if is_check {
        output::complain(&format!("{name}:{line}: this block is stale: run `sysdesign embed {name}`"));
        let shown = output::print(|out| {
            for line in &lines {
                let line =
                    crate::report::sanitize::Visible::line(line, crate::report::sanitize::Signs::Unicode);
                writeln!(out, "{line}")?;
            }
            Ok(())
        });
        return shown.err().unwrap_or(Exit::Findings);
    }
    match write::replace(path, fresh.as_bytes()) {
        Ok(_) => Exit::Clean,
        Err(trouble) => {
            output::complain(&trouble.message);
            Exit::Trouble
        }
    }
}

/// What a block is to hold.
fn content(
    page: &Document,
    block: &Block,
    designs: &mut Designs,
    colour: bool,
) -> Result<String, (Exit, String)> {
    let wanted = &block.wanted;
    let trouble = |message: String| (Exit::Trouble, message);
    let kind = diagrams::find(&wanted.diagram).ok_or_else(|| {
        let near = crate::suggest::closest(&wanted.diagram, diagrams::ALL.iter().map(|kind| kind.name));
        let help = near.map_or("`sysdesign diagram --help` lists them".to_owned(), |near| {
            format!("did you mean `{near}`?")
        });
        trouble(format!("there is no kind of diagram `{}`: {help}", wanted.diagram))
    })?;
    let (format, theme) = look(wanted).map_err(trouble)?;
    let workspace = load(page, &wanted.design, designs).map_err(trouble)?;
    let Some(design) = workspace.designs().first() else {
        return Err(trouble(format!("`{}` holds no design", wanted.design)));
    };
    let marks = if wanted.findings { diagram::marks(workspace, design) } else { Vec::new() };
    let drawn = check::with_model(workspace, design, &[], |model| {
        let case = Case::new(model, None);
        let request = Request {
            view: wanted.view.as_deref(),
            flow: wanted.flow.as_deref(),
            numbers: wanted.numbers,
            marks: &marks,
        };
        diagram::known(model, &request)?;
        let pictures = diagrams::draw(&case, kind, &request);
        if pictures.is_empty() {
            return Err(format!("there is nothing to draw for `{}`: {}", kind.name, kind.about));
        }
        let mut text = String::new();
        for picture in &pictures {
            let (block, notices) = pictures::fenced(picture, format, theme)?;
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&block);
            for notice in notices {
                text.push_str(&format!("\n*{}.*\n", embed::escaped(&notice)));
            }
        }
        Ok(text)
    });
    match drawn {
        Ok(drawn) => drawn.map_err(trouble),
        Err(outcome) => {
            super::what_if::explain(workspace, design, &outcome, Some("cannot be drawn"), colour);
            Err((Exit::Findings, "the design of this block has errors".to_owned()))
        }
    }
}

/// Format and theme of a block.
fn look(wanted: &Wanted) -> Result<(DiagramFormat, DiagramTheme), String> {
    fn named<T: ValueEnum>(said: Option<&str>, what: &str, otherwise: T) -> Result<T, String> {
        let Some(said) = said else { return Ok(otherwise) };
        T::from_str(said, false).map_err(|_| {
            let values = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
            let all: Vec<String> = values.map(|value| value.get_name().to_owned()).collect();
            format!("there is no {what} `{said}`: there are {}", all.join(", "))
        })
    }
    let format = named(wanted.format.as_deref(), "format", DiagramFormat::Mermaid)?;
    Ok((format, named(wanted.theme.as_deref(), "theme", DiagramTheme::Auto)?))
}

/// The design that a page names, read once for all blocks.
fn load<'d>(page: &Document, path: &str, designs: &'d mut Designs) -> Result<&'d Workspace, String> {
    let document =
        files::ProjectFiles.fetch(&page.identity, path).map_err(|refusal| refused(path, &refusal))?;
    let key = document.identity.clone();
    let loaded = designs.entry(key).or_insert_with(|| {
        let mut workspace = Workspace::new();
        match workspace.add_design(document, &mut files::ProjectFiles) {
            true => Ok(workspace),
            false => Err(format!("`{path}` cannot be read: it has too many files")),
        }
    });
    loaded.as_ref().map_err(Clone::clone)
}

/// Why a design that a page names is not read.
fn refused(path: &str, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Outside { root } => format!("`{path}` lies outside the project, which begins at `{root}`"),
        Refusal::Missing => format!("`{path}` does not exist: paths begin at the folder of the page"),
        Refusal::NotAFile(what) => format!("`{path}` is {what}, not a file"),
        Refusal::Unreadable(reason) => format!("`{path}` cannot be read: {reason}"),
    }
}
