use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::shape::{Shape, Visit};
use crate::spec::values::Text;

rule! {
    /// A text with invisible characters that change how it reads.
    ///
    /// ## Why
    /// Characters that turn the direction of writing, or that have no width, make a text look different from
    /// what a program reads. They come with copied text, and they are used to hide things in reviews.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, description: "safe \u202E edoc" }
    /// #                                          ^^^^^^ misleading-text
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, description: "safe code" }
    /// ```
    "misleading-text": Warning, Model, Minimal, since "0.1.0", check
}

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    model.design.visit(&mut Texts { out });
}

struct Texts<'m> {
    out: &'m mut Vec<Diagnostic>,
}

/// Characters that change the direction of writing or have no width. Joiners stay: emoji are made with them.
fn misleads(letter: char) -> bool {
    matches!(
        letter,
        '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{200B}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2060}'
            | '\u{061C}'
            | '\u{FEFF}'
            | '\u{00AD}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

impl<'t> Visit<'t> for Texts<'_> {
    fn text(&mut self, text: &Text<'t>) {
        if text.text.is_ascii() {
            return;
        }
        let span_of = |at: usize, letter: char| text.subspan(at..at + letter.len_utf8());
        // A byte order mark that is not written as an escape has been reported where the text was read.
        let is_known = |at, letter| {
            letter == '\u{FEFF}' && text.node.sources().text(span_of(at, letter)).starts_with(letter)
        };
        let found =
            text.text.char_indices().find(|(at, letter)| misleads(*letter) && !is_known(*at, *letter));
        if let Some((at, letter)) = found {
            let span = span_of(at, letter);
            let message = format!("this text has the invisible character U+{:04X}", u32::from(letter));
            self.out
                .push(RULE.finding(span, message).help("delete it; type the text anew if you cannot see it"));
        }
    }
}
