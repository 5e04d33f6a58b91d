//! The files of a run: designs, what they include, and the trees read from them.
//!
//! This is the only stage that asks for files, and it asks through [`Files`]: the library itself touches no disk.

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::syntax::{self, Node, NodeKind, Tree};
use std::collections::BTreeMap;

/// A text from outside.
#[derive(Debug)]
pub struct Document {
    /// What makes it the same file under two spellings; its canonical path.
    pub identity: String,
    /// The name that messages use.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why a file that a design names is not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// It lies outside the project.
    Outside {
        /// The folder that files must lie in, as it is seen from the including file: `.`, `..`, `../..`
        root: String,
    },
    /// There is no such file.
    Missing,
    /// It is a folder, a device or a pipe.
    NotAFile(&'static str),
    /// The system does not let us read it.
    Unreadable(String),
}

/// Where files come from.
pub trait Files {
    /// Reads the file that the document `from` names as `path`.
    fn fetch(&mut self, from: &str, path: &str) -> Result<Document, Refusal>;
}

/// No files at all: for designs that include nothing.
#[derive(Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn fetch(&mut self, _: &str, _: &str) -> Result<Document, Refusal> {
        Err(Refusal::Missing)
    }
}

/// One design: its own file, then the files that it includes, and its catalogues.
#[derive(Debug, Default)]
pub struct DesignFiles {
    /// The first is the file that was asked for.
    pub files: Vec<FileId>,
    /// Files with kinds and technologies.
    pub catalogs: Vec<FileId>,
    /// What is wrong with the includes themselves.
    diagnostics: Vec<Diagnostic>,
    /// Whether a file is missing, and with it the names that it defines.
    lacks_a_file: bool,
    /// How many files have been asked for, those asked for again included.
    fetched: usize,
}

#[derive(Debug)]
struct Loaded {
    tree: Tree,
    complete: bool,
    diagnostics: Vec<Diagnostic>,
}

/// The most files that one design may be made of.
pub const MOST_FILES: usize = 1_000;
/// The most files that one design may name, the same one by several of its files included.
const MOST_FETCHES: usize = 4 * MOST_FILES;
/// How deep includes may nest.
pub const DEEPEST_INCLUDE: usize = 64;

/// All files of a run, read once however often they are included.
#[derive(Debug, Default)]
pub struct Workspace {
    /// The texts.
    pub sources: Sources,
    loaded: Vec<Loaded>,
    by_identity: BTreeMap<String, FileId>,
    designs: Vec<DesignFiles>,
}

impl Workspace {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text that is not a design, so that findings can point into it.
    pub fn add_text(&mut self, name: &str, text: &str) -> Option<FileId> {
        let id = self.sources.add(SourceFile::new(name, text))?;
        self.loaded.push(Loaded { tree: Tree::default(), complete: true, diagnostics: Vec::new() });
        Some(id)
    }

    /// Says which file a text is that was added.
    pub fn identify(&mut self, identity: String, file: FileId) {
        self.by_identity.entry(identity).or_insert(file);
    }

    /// What makes a file the same under two spellings.
    pub fn identity(&self, file: FileId) -> Option<&str> {
        self.by_identity.iter().find(|(_, known)| **known == file).map(|(identity, _)| identity.as_str())
    }

    /// Adds a text that changes a design from outside, such as `--set dau=5M`.
    pub fn add_patch(&mut self, name: &str, text: String) -> Option<FileId> {
        self.load(Document { identity: format!("{name}:{text}"), name: name.to_owned(), bytes: text.into() })
    }

    /// What is wrong with the text of one file.
    pub fn diagnostics_of(&self, file: FileId) -> &[Diagnostic] {
        self.loaded.get(file.0 as usize).map_or(&[], |loaded| &loaded.diagnostics)
    }

    /// Adds a design and all that it includes. `false` when the workspace is full: it holds 65,536 files.
    pub fn add_design(&mut self, document: Document, files: &mut dyn Files) -> bool {
        let mut design = DesignFiles::default();
        let identity = document.identity.clone();
        let Some(id) = self.load(document) else { return false };
        design.files.push(id);
        let mut chain = vec![(identity, id)];
        self.include(&mut design, &mut chain, files);
        self.designs.push(design);
        true
    }

    /// Adds a catalogue file that no design names to the files of one.
    pub fn load_catalog(&mut self, document: Document, files: &mut DesignFiles) {
        files.catalogs.extend(self.load(document));
    }

    /// Makes a file part of every design, as if each included it.
    pub fn include_everywhere(&mut self, document: Document) {
        let Some(id) = self.load(document) else { return };
        for design in self.designs.iter_mut().filter(|design| !design.files.contains(&id)) {
            design.files.push(id);
        }
    }

    /// The designs, in the order they were added.
    pub fn designs(&self) -> &[DesignFiles] {
        &self.designs
    }

    /// The outermost node of a file; `None` when nothing could be read.
    pub fn root(&self, file: FileId) -> Option<Node<'_>> {
        self.loaded.get(file.0 as usize)?.tree.root(&self.sources)
    }

    /// The tree of a file.
    pub fn tree(&self, file: FileId) -> Option<&Tree> {
        self.loaded.get(file.0 as usize).map(|loaded| &loaded.tree)
    }

    /// Whether every file of a design is there and could be read: then what nothing defines is really missing.
    pub fn has_all(&self, design: &DesignFiles) -> bool {
        let mut files = design.files.iter().chain(&design.catalogs);
        let is_map = |file: FileId| self.root(file).is_none_or(|root| root.kind() == NodeKind::Map);
        !design.lacks_a_file && files.all(|file| self.is_complete(*file) && is_map(*file))
    }

    /// Whether the whole text of a file could be read as YAML.
    pub fn is_complete(&self, file: FileId) -> bool {
        self.loaded.get(file.0 as usize).is_some_and(|loaded| loaded.complete)
    }

    /// What is wrong with the texts of a design before anything in them is understood.
    pub fn diagnostics<'w>(&'w self, design: &'w DesignFiles) -> impl Iterator<Item = &'w Diagnostic> {
        let files = design.files.iter().chain(&design.catalogs);
        let of_files =
            files.filter_map(|id| self.loaded.get(id.0 as usize)).flat_map(|file| &file.diagnostics);
        of_files.chain(&design.diagnostics)
    }

    fn is_empty(&self, file: FileId) -> bool {
        let loaded = self.loaded.get(file.0 as usize);
        loaded.is_some_and(|loaded| loaded.diagnostics.iter().any(|found| found.rule == "empty-design"))
    }

    fn load(&mut self, document: Document) -> Option<FileId> {
        if let Some(id) = self.by_identity.get(&document.identity) {
            return Some(*id);
        }
        let decoded = syntax::decode(document.bytes);
        let id = self.sources.add(SourceFile::new(document.name, decoded.text))?;
        let loaded = match decoded.problem {
            Some(problem) => {
                Loaded { tree: Tree::default(), complete: false, diagnostics: vec![problem.diagnostic(id)] }
            }
            None => {
                let parsed = syntax::parse(&self.sources, id);
                Loaded { tree: parsed.tree, complete: parsed.complete, diagnostics: parsed.diagnostics }
            }
        };
        self.loaded.push(loaded);
        self.by_identity.insert(document.identity, id);
        Some(id)
    }

    /// Loads what the last file of the chain includes, and what those include.
    fn include(
        &mut self,
        design: &mut DesignFiles,
        chain: &mut Vec<(String, FileId)>,
        files: &mut dyn Files,
    ) {
        let Some((from, file)) = chain.last().cloned() else { return };
        for (path, span) in self.paths(file, "catalog") {
            if let Some((_, id)) = self.fetch(design, &from, &path, span, files)
                && !design.catalogs.contains(&id)
            {
                design.catalogs.push(id);
            }
        }
        for (path, span) in self.paths(file, "include") {
            if design.files.len() >= MOST_FILES || chain.len() >= DEEPEST_INCLUDE {
                let message = format!(
                    "a design is made of at most {MOST_FILES} files, included at most {DEEPEST_INCLUDE} deep"
                );
                let help = "put several sections into one file";
                design.diagnostics.push(Diagnostic::error("limit-exceeded", span, message).help(help));
                design.lacks_a_file = true;
                return;
            }
            let Some((identity, id)) = self.fetch(design, &from, &path, span, files) else { continue };
            if let Some(begin) = chain.iter().position(|(known, _)| *known == identity) {
                let names =
                    chain.get(begin..).unwrap_or_default().iter().map(|(_, id)| self.sources.get(*id).name());
                let shown: Vec<&str> = names.chain([self.sources.get(id).name()]).collect();
                design.diagnostics.push(
                    Diagnostic::error("cyclic-include", span, "this file includes itself")
                        .label(shown.join(" → "))
                        .help("take it out: what one file defines, every file of the design may use"),
                );
                continue;
            }
            // A file that two others include is part of the design once.
            if !design.files.contains(&id) {
                design.files.push(id);
                chain.push((identity, id));
                self.include(design, chain, files);
                chain.pop();
            }
        }
    }

    /// The paths that a file names under a key. What is no text is reported by the reader of the section.
    fn paths(&self, file: FileId, key: &str) -> Vec<(String, Span)> {
        let Some(node) = self.root(file).and_then(|root| root.get(key)) else { return Vec::new() };
        let single = (node.kind() == NodeKind::Scalar).then_some(node);
        let scalars =
            node.items().chain(single).filter(|item| item.kind() == NodeKind::Scalar && !item.is_null());
        scalars.map(|item| (item.text().to_owned(), item.span())).collect()
    }

    fn fetch(
        &mut self,
        design: &mut DesignFiles,
        from: &str,
        path: &str,
        span: Span,
        files: &mut dyn Files,
    ) -> Option<(String, FileId)> {
        design.fetched += 1;
        if design.fetched > MOST_FETCHES {
            // The same file may be named again and again, and is read each time before it is known.
            if design.fetched == MOST_FETCHES + 1 {
                let message = format!("a design names at most {MOST_FETCHES} files, repetitions included");
                let help = "name each file once";
                design.diagnostics.push(Diagnostic::error("limit-exceeded", span, message).help(help));
            }
            design.lacks_a_file = true;
            return None;
        }
        let mut lacks_a_file = true;
        let diagnostic = if let Some((message, help)) = unsafe_path(path) {
            Diagnostic::error("include-refused", span, message).help(help)
        } else {
            match files.fetch(from, path) {
                Ok(document) => {
                    let identity = document.identity.clone();
                    let id = self.load(document)?;
                    if !self.is_empty(id) {
                        return Some((identity, id));
                    }
                    lacks_a_file = false;
                    let help = "write a section into it, such as `components:`, or take the include out";
                    Diagnostic::error("include-failed", span, format!("`{path}` is empty")).help(help)
                }
                Err(Refusal::Outside { root }) => {
                    let message = format!("`{path}` lies outside the project");
                    let help = match &*root {
                        "." => {
                            "include files beside or below this one; an empty `sysdesign.toml` further out \
                                makes the project larger"
                                .to_owned()
                        }
                        _ => format!("include files below `{root}`: the project ends there"),
                    };
                    Diagnostic::error("include-refused", span, message).help(help)
                }
                Err(Refusal::Missing) => {
                    let help = "write the path as it is seen from this file";
                    Diagnostic::error("include-failed", span, format!("there is no file `{path}`")).help(help)
                }
                Err(Refusal::NotAFile(what)) => {
                    let message = format!("`{path}` is {what}, not a file");
                    Diagnostic::error("include-failed", span, message).help("name a YAML file")
                }
                Err(Refusal::Unreadable(reason)) => {
                    let message = format!("`{path}` cannot be read: {reason}");
                    Diagnostic::error("include-failed", span, message).help("let this user read the file")
                }
            }
        };
        design.diagnostics.push(diagnostic);
        design.lacks_a_file |= lacks_a_file;
        None
    }
}

/// Why a path may not be written in a design at all, and what to write instead. Only relative paths with `/`
/// mean the same file on every machine.
fn unsafe_path(path: &str) -> Option<(String, &'static str)> {
    let relative = "write a path relative to this file, with `/` between folders";
    let drive =
        path.as_bytes().get(1) == Some(&b':') && path.starts_with(|first: char| first.is_ascii_alphabetic());
    let what = match path {
        "" => "an empty path names no file",
        _ if path.chars().any(char::is_control) => "a path cannot have control characters",
        _ if path.contains("://") || path.starts_with("file:") => "only files can be included, not addresses",
        _ if path.starts_with('~') => "`~` is another folder for everybody",
        _ if path.starts_with('/') || drive => "an absolute path exists on one machine only",
        _ if path.contains('\\') => "a path with `\\` works on one system only",
        _ => return None,
    };
    Some((what.to_owned(), relative))
}
