//! What is said about each mistake, as `line:column "characters" message`, label, other places and help.

mod lines;
mod marks;

use crate::source::{SourceFile, Sources};
use crate::syntax::parse;
use std::fmt::Write;

fn check(text: &str, expected: &str) {
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new("a.yaml", text)).unwrap();
    let parsed = parse(&sources, file);
    let mut told = String::new();
    for finding in &parsed.diagnostics {
        let place = |span| {
            let at = sources.position(span);
            format!("{}:{} {:?}", at.line, at.column, sources.text(span))
        };
        writeln!(told, "{} {}", place(finding.span), finding.message).unwrap();
        if let Some(label) = &finding.label {
            writeln!(told, "  {label}").unwrap();
        }
        for other in &finding.related {
            writeln!(told, "  {} {}", place(other.span), other.message).unwrap();
        }
        writeln!(told, "  help: {}", finding.help.as_deref().unwrap_or("none")).unwrap();
        assert_eq!((&*finding.rule, parsed.complete), ("yaml-syntax", false), "{text:?}");
    }
    assert_eq!(told.trim_end(), expected, "for {text:?}");
}
