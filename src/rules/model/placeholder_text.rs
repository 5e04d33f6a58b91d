use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::shape::{Shape, Visit};
use crate::spec::values::Text;

rule! {
    /// A text that says that something is still to be written.
    ///
    /// ## Why
    /// A reader cannot tell a gap that is known from one that was forgotten. An open question has a place of
    /// its own, with an owner and a date.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, description: TODO describe the app }
    /// #                                    ^^^^ placeholder-text
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, description: Serves pages and the API }
    /// open_questions:
    ///   split: { text: Does the API become a service of its own?, due: 2099-01-15 }
    /// ```
    "placeholder-text": Warning, Model, Recommended, since "0.1.0", check
}

const MARKS: &[&str] = &["TODO", "TBD", "TBC", "FIXME", "XXX", "Lorem ipsum", "lorem ipsum"];

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    model.design.visit(&mut Texts { out });
}

struct Texts<'m> {
    out: &'m mut Vec<Diagnostic>,
}

impl<'t> Visit<'t> for Texts<'_> {
    fn text(&mut self, text: &Text<'t>) {
        let found = MARKS.iter().find_map(|mark| Some((word_at(text.text, mark)?, mark)));
        if let Some((at, mark)) = found {
            let span = text.subspan(at..at + mark.len());
            let message = format!("`{mark}` says that something is still missing");
            let help = "write what belongs here, or ask it under `open_questions:` with an owner and a date";
            self.out.push(RULE.finding(span, message).help(help));
        }
    }
}

/// Where a word stands on its own.
fn word_at(text: &str, word: &str) -> Option<usize> {
    let edge =
        |neighbour: Option<char>| !neighbour.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    text.match_indices(word).map(|(at, _)| at).find(|&at| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|tail| tail.chars().next());
        edge(before) && edge(after)
    })
}
