//! The designs that a command line names.

use super::output;
use crate::host::{files, search, terminal};
use crate::workspace::{Document, Files, Refusal, Workspace};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Why a design was not read.
const FULL: &str = "more than 65,536 files cannot be checked in one run: name fewer folders";

/// The files of the project, some with another text.
struct Instead<'a>(&'a dyn Fn(Document) -> Document);

impl Files for Instead<'_> {
    fn fetch(&mut self, from: &str, path: &str) -> Result<Document, Refusal> {
        files::ProjectFiles.fetch(from, path).map(self.0)
    }
}

/// Loads the designs that paths name; what cannot be loaded is told, and the rest still loaded.
pub fn load(
    paths: &[PathBuf],
    stdin_filename: Option<&Path>,
    workspace: &mut Workspace,
    tell: &mut dyn FnMut(&str),
) {
    load_with(paths, stdin_filename, workspace, &|document| document, tell);
}

/// The same, with what stands in for the documents on the disk.
pub fn load_with(
    paths: &[PathBuf],
    stdin_filename: Option<&Path>,
    workspace: &mut Workspace,
    instead: &dyn Fn(Document) -> Document,
    tell: &mut dyn FnMut(&str),
) {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { here.as_slice() } else { paths };
    let mut stdin_read = false;
    let mut seen = BTreeSet::new();
    let mut add = |path: &Path, workspace: &mut Workspace, tell: &mut dyn FnMut(&str)| match files::read(path)
    {
        Ok(document) => {
            // The same file by two of the paths is checked once.
            if seen.insert(document.identity.clone())
                && !workspace.add_design(instead(document), &mut Instead(instead))
            {
                tell(FULL);
            }
        }
        Err(trouble) => tell(&trouble.message),
    };
    for path in paths {
        if path.as_os_str() == "-" {
            if stdin_read {
                tell("`-` is given twice, but standard input can be read only once");
                continue;
            }
            stdin_read = true;
            if terminal::stdin_is_terminal() {
                output::note("reading a design from the terminal; end it with Ctrl-D");
            }
            match files::read_stdin(stdin_filename) {
                Ok(document) => {
                    if !workspace.add_design(instead(document), &mut Instead(instead)) {
                        tell(FULL);
                    }
                }
                Err(trouble) => tell(&trouble.message),
            }
            continue;
        }
        match files::target(path) {
            Ok(files::Target::File) => add(path, workspace, tell),
            Ok(files::Target::Folder) => {
                let (designs, unread) = search::designs_below(path);
                unread.iter().for_each(|message| tell(message));
                if designs.is_empty() {
                    tell(&format!(
                        "there is no design in `{}`: no YAML file there begins with `sysdesign: 1`",
                        path.display()
                    ));
                }
                designs.iter().for_each(|design| add(design, workspace, tell));
            }
            Err(trouble) => tell(&trouble.message),
        }
    }
}
