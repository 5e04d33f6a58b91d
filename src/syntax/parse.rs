//! Text → tree, with everything that is wrong with the text as YAML.

use super::characters;
use super::duplicates;
use super::events;
use super::limits::{MAX_BYTES, MAX_BYTES_AFTER_MISTAKES, MAX_MISTAKES, grouped};
use super::mistakes;
use super::nodes::{Nodes, Stop};
use super::page::Page;
use super::recovery::{self, Next};
use super::scanner;
use super::tree::Tree;
use super::unsupported;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources, Span};

/// What a file says, as far as it can be understood.
#[derive(Debug)]
pub struct Parsed {
    /// The nodes; empty when nothing could be understood.
    pub tree: Tree,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the tree holds everything that the text says. When not, a thing that seems to be missing may
    /// only be damaged.
    pub complete: bool,
}

/// Reads a file.
pub fn parse(sources: &Sources, file: FileId) -> Parsed {
    let text = sources.get(file).text();
    if text.len() > MAX_BYTES {
        return refused(file_too_large(file, text.len()));
    }
    let characters = characters::check(&Page::new(file, text));
    if characters.hopeless {
        return Parsed { tree: Tree::default(), diagnostics: characters.diagnostics, complete: false };
    }
    // Most designs keep to the common part of YAML and are read in one go; the rest, and all that is wrong,
    // goes the long way, which can say what is wrong.
    let fast = if characters.diagnostics.is_empty() { scanner::scan(file, text) } else { None };
    let mut parsed = match fast {
        Some(tree) => Parsed { tree, diagnostics: Vec::new(), complete: true },
        None => read(&Page::new(file, &characters.text)),
    };
    parsed.diagnostics.extend(characters.diagnostics);
    parsed.diagnostics.extend(duplicates::check(&parsed.tree, sources));
    if parsed.diagnostics.is_empty() && is_empty(&parsed.tree, sources) {
        return refused(empty_design(file));
    }
    parsed.diagnostics.sort_by_key(|finding| (finding.span.start, finding.span.end));
    parsed
}

fn refused(finding: Diagnostic) -> Parsed {
    Parsed { tree: Tree::default(), diagnostics: vec![finding], complete: false }
}

/// Reads a text of clean characters: first the beginning, then, after each mistake, what follows the damaged
/// top-level entry.
fn read(page: &Page) -> Parsed {
    let mut nodes = Nodes::new(page.file(), page.text().len());
    let mut from = skip_directives(page, &mut nodes);
    let mut bytes = 0;
    for _ in 0..MAX_MISTAKES {
        bytes += page.text().len() - from;
        if bytes > MAX_BYTES_AFTER_MISTAKES {
            break;
        }
        let mistake = match events::read(page, from, &mut nodes) {
            Ok(()) | Err(Stop::Done) => break,
            Err(Stop::Depth(at)) => {
                nodes.forget_ignored_key();
                mistakes::too_deep(page, from, at)
            }
            Err(Stop::Mistake(_, at)) if nodes.has_ended() && nodes.is_second_document(page, at) => {
                nodes.complete = false;
                nodes.diagnostics.push(unsupported::second_document(page, at, false));
                break;
            }
            Err(Stop::Mistake(trouble, at)) => mistakes::explain(trouble, page, from, at),
        };
        nodes.forget_findings_from(page.line(mistake.damage).start);
        nodes.diagnostics.push(mistake.diagnostic);
        nodes.complete = false;
        if nodes.is_closed() {
            break;
        }
        let in_brackets = matches!(page.from(from).trim_start().bytes().next(), Some(b'{' | b'['));
        let next = if in_brackets { Next::End } else { recovery::next_entry(page, mistake.damage) };
        let end = match next {
            Next::Entry(at) | Next::Document(at) => at,
            Next::End => page.text().len(),
        };
        nodes.resume(page, recovery::entry_start(page, mistake.damage).max(from)..end);
        match next {
            Next::Entry(at) => from = at,
            Next::Document(at) => {
                nodes.diagnostics.push(unsupported::second_document(page, at, true));
                break;
            }
            Next::End => break,
        }
    }
    Parsed { tree: nodes.builder.finish(), diagnostics: nodes.diagnostics, complete: nodes.complete }
}

/// Where the document begins after lines such as `%YAML 1.2`, which are reported once.
fn skip_directives(page: &Page, nodes: &mut Nodes) -> usize {
    let mut first = None;
    for line in page.lines_from(0) {
        let content = page.content(&line);
        match page.byte(line.start) {
            Some(b'%') => first = first.or(Some(line.start)),
            _ if content.is_empty() => {}
            _ => {
                let Some(at) = first else { return 0 };
                let text = page.content(&page.line(at));
                let explicit = content == "---" || content.starts_with("--- ");
                if !explicit && !is_yaml_directive(text) {
                    return 0;
                }
                nodes.diagnostics.push(unsupported::directive(page, at));
                return line.start;
            }
        }
    }
    let only = first.filter(|&at| is_yaml_directive(page.from(at)));
    let Some(at) = only else { return 0 };
    nodes.diagnostics.push(unsupported::directive(page, at));
    page.text().len()
}

fn is_yaml_directive(line: &str) -> bool {
    line.starts_with("%YAML") || line.starts_with("%TAG")
}

fn is_empty(tree: &Tree, sources: &Sources) -> bool {
    tree.root(sources).is_none_or(|root| root.is_absent())
}

fn file_too_large(file: FileId, length: usize) -> Diagnostic {
    let message =
        format!("the file has {} bytes, more than the limit of {}", grouped(length), grouped(MAX_BYTES));
    Diagnostic::error("limit-exceeded", Span::new(file, 0, 0), message)
        .help("split the design into several files and name them under `include:`")
}

/// The smallest design that is worth drawing.
const SMALLEST: &str = "\
sysdesign: 1
name: My system
components:
  browser: { kind: client }
  app: { kind: service }
flows:
  visit:
    steps:
      - browser -> app: open the page";

fn empty_design(file: FileId) -> Diagnostic {
    Diagnostic::error("empty-design", Span::new(file, 0, 0), "there is no system here")
        .help(format!("begin with\n\n{SMALLEST}\n"))
}
