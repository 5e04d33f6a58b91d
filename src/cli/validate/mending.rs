//! `--fix` and `--diff`: mends what has one right answer, and checks again until nothing more can be mended.

use super::examine::{Examined, Texts, examine};
use super::{Arguments, Troubles};
use crate::cli::{Exit, output};
use crate::fix;
use crate::host::write::{self, Rewrite};
use crate::report::sanitize::{Signs, Visible};
use similar::TextDiff;
use std::collections::BTreeMap;
use std::path::Path;

/// A mended slip may bring another to light, but not for ever.
const MOST_ROUNDS: usize = 10;

/// What a file was and is to become.
struct Change {
    name: String,
    old: String,
    new: String,
}

struct Mended {
    examined: Examined,
    changes: BTreeMap<String, Change>,
    count: usize,
}

/// Mends what the arguments name, on the disk. Comes back with what is left.
pub fn mend(arguments: &Arguments, examined: Examined, troubles: &mut Troubles) -> Result<Examined, Exit> {
    let mended = rounds(arguments, examined, troubles)?;
    let texts: Vec<Rewrite<'_>> = mended
        .changes
        .iter()
        .map(|(identity, change)| Rewrite { identity, old: &change.old, new: &change.new })
        .collect();
    write::rewrite(&texts).map_err(|error| {
        output::complain(&error.message);
        Exit::Trouble
    })?;
    if mended.count > 0 && !arguments.quiet {
        output::note(&format!("mended {}", what(&mended)));
    }
    Ok(mended.examined)
}

/// Shows what would change.
pub fn show(arguments: &Arguments, examined: Examined, troubles: &Troubles) -> Result<Exit, Exit> {
    let verdict = super::verdict(&examined, troubles);
    let mut silent = Troubles { count: 0, is_silent: true };
    let mended = rounds(arguments, examined, &mut silent)?;
    output::print(|out| {
        for change in mended.changes.values() {
            let diff = TextDiff::from_lines(&change.old, &change.new);
            let name = &change.name;
            let text = diff.unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string();
            for line in text.lines() {
                writeln!(out, "{}", Visible::line(line.trim_end_matches('\r'), Signs::Unicode).as_str())?;
            }
        }
        Ok(())
    })?;
    if !arguments.quiet {
        let option = if arguments.unsafe_fixes { "--unsafe-fixes" } else { "--fix" };
        output::note(&format!("{option} mends {}", what(&mended)));
    }
    Ok(verdict)
}

/// `3 findings in 2 files`.
fn what(mended: &Mended) -> String {
    let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    format!("{} in {}", plural(mended.count, "finding"), plural(mended.changes.len(), "file"))
}

fn rounds(arguments: &Arguments, mut examined: Examined, troubles: &mut Troubles) -> Result<Mended, Exit> {
    if arguments.paths.iter().any(|path| path == Path::new("-")) {
        output::complain("standard input cannot be mended: name a file");
        return Err(Exit::Trouble);
    }
    let mut texts = Texts::default();
    let mut changes: BTreeMap<String, Change> = BTreeMap::new();
    let mut count = 0;
    for _ in 0..MOST_ROUNDS {
        let workspace = &examined.workspace;
        let (new, mended) = fix::mended(&workspace.sources, &examined.findings, arguments.unsafe_fixes);
        let before = texts.0.len() + count;
        for (file, text) in new {
            let Some(identity) = workspace.identity(file) else { continue };
            let source = workspace.sources.get(file);
            let first = || Change {
                name: source.name().to_owned(),
                old: source.text().to_owned(),
                new: String::new(),
            };
            changes.entry(identity.to_owned()).or_insert_with(first).new.clone_from(&text);
            texts.0.insert(identity.to_owned(), text);
        }
        count += mended;
        if texts.0.len() + count == before {
            break;
        }
        troubles.is_silent = true;
        troubles.count = 0;
        examined = examine(arguments, &texts, troubles)?;
    }
    Ok(Mended { examined, changes, count })
}
