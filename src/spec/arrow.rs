//! `a -> b ~> c: text`: the lines that flows and state machines are made of, with a place for every name.

use super::record::OtherKeys;
use super::shape::{Reader, Schemas, Shape, Visit};
use super::values::{Name, Text, is_id};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::{Node, NodeKind};
use serde_json::{Map as JsonMap, Value, json};

/// One arrow of a chain and where it leads.
#[derive(Clone, Copy, Debug)]
pub struct Hop<'t> {
    /// Whether the sender waits (`->`) or not (`~>`).
    pub waits: bool,
    /// The receiver.
    pub to: Name<'t>,
    /// The arrow's own characters.
    pub arrow: Span,
}

/// A chain of names joined by arrows.
#[derive(Debug)]
pub struct Arrow<'t> {
    /// Where it begins.
    pub from: Name<'t>,
    /// Where it goes on to; at least one.
    pub hops: Vec<Hop<'t>>,
    /// What is said after the colon.
    pub text: Option<Text<'t>>,
    /// The whole chain, without the text.
    pub span: Span,
}

/// The arrow among the keys of a step.
pub type Arrows<'t> = Option<Arrow<'t>>;

/// Whether a key or text is a chain of arrows, or was meant to be one.
pub fn has_arrow(text: &str) -> bool {
    text.contains("->") || text.contains("~>") || odd_arrow(text).is_some()
}

/// The first thing that looks like an arrow and is none: `=>`, `-->`, `<-`, `→`, ` -- `.
fn odd_arrow(text: &str) -> Option<std::ops::Range<usize>> {
    const DRAWN: [char; 4] = ['→', '⇒', '⟶', '←'];
    const SHAFTS: [char; 5] = ['-', '=', '~', '–', '—'];
    let part =
        |letter: char| DRAWN.contains(&letter) || SHAFTS.contains(&letter) || matches!(letter, '<' | '>');
    let mut from = 0;
    while let Some(start) = text.get(from..)?.find(part).map(|at| from + at) {
        let run = text.get(start..)?;
        let run = run.get(..run.find(|letter| !part(letter)).unwrap_or(run.len()))?;
        let joins = run.contains(SHAFTS) && run.contains(['<', '>']);
        let before = text.get(..start).is_some_and(|before| before.ends_with(' '));
        let after = text.get(start + run.len()..).is_some_and(|after| after.starts_with(' '));
        let is_line = run.chars().count() > 1 && before && after;
        if run.contains(DRAWN) || ((joins || is_line) && !matches!(run, "->" | "~>")) {
            return Some(start..start + run.len());
        }
        from = start + run.len();
    }
    None
}

impl<'t> OtherKeys<'t> for Arrows<'t> {
    fn takes(name: &str) -> bool {
        has_arrow(name)
    }

    fn hint(name: &str) -> Option<String> {
        (!is_id(name)).then(|| "write an arrow between two names: `a -> b: text`".to_owned())
    }

    fn add(&mut self, key: Node<'t>, value: Node<'t>, reader: &mut Reader) {
        let text = if value.is_null() { None } else { Text::read(value, reader) };
        let arrow = Arrow::parse(key, key.text(), text, reader);
        if let Some(first) = self {
            let message = "this step has two arrows";
            reader.report(
                Diagnostic::error("invalid-step", key.span(), message)
                    .related(first.span, "the first arrow of the step")
                    .help("begin a step of its own for each arrow: `- a -> b: text`"),
            );
            return;
        }
        *self = arrow;
    }

    fn describe(object: &mut JsonMap<String, Value>, _: &mut Schemas) {
        if let Some(Value::Object(patterns)) = object.get_mut("patternProperties") {
            let text = json!({
                "title": "what happens",
                "description": "An arrow, and what is said of it: `a -> b` is a call that is waited for, `a ~> b` a \
                                message that is not.",
                "anyOf": [super::values::text_schema("a text"), super::schemas::nothing()],
            });
            patterns.insert("->|~>".into(), text);
        }
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        if let Some(text) = self.as_ref().and_then(|arrow| arrow.text.as_ref()) {
            visitor.text(text);
        }
    }
}

impl<'t> Arrow<'t> {
    /// Reads a chain from `chain`, which `node`'s text begins with.
    pub fn parse(
        node: Node<'t>,
        chain: &'t str,
        text: Option<Text<'t>>,
        reader: &mut Reader,
    ) -> Option<Self> {
        if let Some(odd) = odd_arrow(chain) {
            let written = chain.get(odd.clone()).unwrap_or_default();
            let help = if written.contains(['<', '←']) {
                "write who calls first: `caller -> called: text`".to_owned()
            } else {
                let meant = chain.trim().replace(written, "->");
                format!("write `{meant}` for a call that is waited for, `~>` for a message that is not")
            };
            let message = format!("`{written}` is not an arrow");
            reader.report(Diagnostic::error("invalid-step", node.subspan(odd), message).help(help));
            return None;
        }
        let mut names = Vec::new();
        let mut arrows = Vec::new();
        let mut rest = 0;
        let mut ok = true;
        loop {
            let tail = chain.get(rest..).unwrap_or("");
            let next = tail.find("->").into_iter().chain(tail.find("~>")).min();
            let part = next.map_or(tail, |at| tail.get(..at).unwrap_or(""));
            let begin = rest + (part.len() - part.trim_start().len());
            let name = part.trim();
            let span = node.subspan(begin..begin + name.len());
            if is_id(name) {
                names.push(Name { text: name, span });
            } else {
                ok = false;
                report_part(node, name, begin, rest..rest + part.len(), next.is_none(), reader);
            }
            let Some(at) = next else { break };
            let at = rest + at;
            arrows.push((chain.get(at..at + 1) == Some("-"), node.subspan(at..at + 2)));
            rest = at + 2;
        }
        if !ok {
            return None;
        }
        let mut names = names.into_iter();
        let from = names.next()?;
        let hops = names.zip(arrows).map(|(to, (waits, arrow))| Hop { waits, to, arrow }).collect::<Vec<_>>();
        let end = chain.trim_end().len();
        (!hops.is_empty()).then(|| Self { from, hops, text, span: node.subspan(0..end) })
    }
}

fn report_part(
    node: Node<'_>,
    name: &str,
    begin: usize,
    part: std::ops::Range<usize>,
    last: bool,
    reader: &mut Reader,
) {
    let diagnostic = if name.is_empty() {
        // Underline the arrow that lacks its end, not the blank beside it.
        let arrow = if last { part.start.saturating_sub(2)..part.start } else { part.end..part.end + 2 };
        let (message, help) = if last {
            ("this arrow leads nowhere", "name the component after the arrow: `a -> b: text`")
        } else {
            ("this arrow comes from nowhere", "name the component before the arrow: `a -> b: text`")
        };
        Diagnostic::error("invalid-step", node.subspan(arrow), message).help(help)
    } else {
        let span = node.subspan(begin..begin + name.len());
        let help = "write ids between arrows and the text after a colon: `a -> b: text`";
        Diagnostic::error("invalid-step", span, format!("`{name}` is not the id of a component")).help(help)
    };
    reader.report(diagnostic);
}

/// A record that can also be written as one line with an arrow.
pub trait FromArrow<'t>: Shape<'t> {
    /// The record that only has the arrow.
    fn from_arrow(node: Node<'t>, arrow: Arrow<'t>) -> Self;
    /// What messages call it.
    const WANTED: &'static str;
}

/// A record with an arrow among its keys, or just the line: `a -> b: text`, with or without the text.
#[derive(Debug)]
pub struct Line<T>(pub T);

impl<'t, T: FromArrow<'t>> Shape<'t> for Line<T> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        if node.kind() != NodeKind::Scalar {
            return T::read(node, reader).map(Line);
        }
        let line = node.text();
        if !has_arrow(line) {
            let help =
                (!node.is_null()).then(|| "write an arrow between two names: `a -> b: text`".to_owned());
            reader.wrong_type_with(node, T::WANTED, help);
            return None;
        }
        // In quotes, the colon does not make a map: `"a -> b: text"`.
        let (chain, text) = match line.split_once(": ") {
            Some((chain, text)) => (chain, text.trim()),
            None => (line, ""),
        };
        let begin = line.trim_end().len().saturating_sub(text.len());
        let text = (!text.is_empty()).then_some(Text { text, node, begin });
        let arrow = Arrow::parse(node, chain, text, reader)?;
        Some(Line(T::from_arrow(node, arrow)))
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let record = T::schema(schemas);
        let title = schemas.title_of(&record);
        let line = json!({
            "title": "a line with an arrow",
            "type": "string",
            "pattern": "->|~>",
            "errorMessage": format!("write {}", T::WANTED),
        });
        json!({ "title": title, "anyOf": [line, record] })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        self.0.visit(visitor);
    }
}

impl<T> std::ops::Deref for Line<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}
