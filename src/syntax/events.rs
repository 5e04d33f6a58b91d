//! The events of the YAML parser → nodes. The only file that names the parser.
//!
//! The parser speaks of marks and styles; what reaches the tree are exact ranges of bytes, and what reaches the
//! explanations of mistakes are the few kinds of [`Trouble`] that they tell apart.

use super::limits::{MAX_DEPTH, MAX_KEY_CHARACTERS};
use super::mistakes::Trouble;
use super::nodes::{Nodes, Stop};
use super::page::Page;
use super::tree::{NodeKind, Style};
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle, options};
use std::ops::Range;

/// Reads the text from `from` to its end into `nodes`.
pub fn read(page: &Page, from: usize, nodes: &mut Nodes) -> Result<(), Stop> {
    let options = options! {
        strict_indentation: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        emit_comments: false,
        simple_key_max_lookahead: MAX_KEY_CHARACTERS,
        block_nesting_limit: MAX_DEPTH,
        flow_nesting_limit: MAX_DEPTH,
    };
    let mut reader = Reader { page, from, done: from, reached: from, nodes };
    for event in Parser::new_from_str_with_options(page.from(from), options) {
        match event {
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or_default();
                let tag = span.tag_span().and_then(|tag| tag.byte_range());
                reader.event(&event, range.start + from..range.end + from, tag)?;
            }
            Err(error) => return Err(reader.stop(&error)),
        }
    }
    Ok(())
}

struct Reader<'r, 't> {
    page: &'r Page<'t>,
    from: usize,
    /// The end of the last thing that was read: what belongs to the next event begins after it.
    done: usize,
    /// The same without the beginnings of block collections: what ends now ends here.
    reached: usize,
    nodes: &'r mut Nodes,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: &Event, range: Range<usize>, tag: Option<Range<usize>>) -> Result<(), Stop> {
        let tag = tag.map(|tag| tag.start + self.from..tag.end + self.from);
        match event {
            Event::DocumentStart(explicit, _) => self.nodes.document(self.page, range.start, *explicit)?,
            Event::DocumentEnd => self.nodes.document_ended(),
            Event::MappingStart(..) => {
                self.done = range.end;
                if self.page.byte(range.start) == Some(b'?') {
                    self.reached = range.start + 1;
                }
                self.nodes.open(self.page, NodeKind::Map, range.start, tag)?;
            }
            Event::SequenceStart(StructureStyle::Flow, ..) => {
                self.done = range.end;
                self.nodes.open(self.page, NodeKind::List, range.start, tag)?;
            }
            Event::SequenceStart(..) => {
                self.done = self.first_dash(range.start);
                self.nodes.open(self.page, NodeKind::List, self.done, tag)?;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                // Only a bracket has a length; the ends of blocks and of single pairs are marks.
                let bracket = (!range.is_empty()).then_some(range.end);
                bracket.into_iter().for_each(|end| self.read_to(end));
                self.nodes.close(bracket, self.reached);
            }
            Event::Scalar(text, style, ..) => self.scalar(text, *style, range, tag)?,
            Event::Anchor(_, name) => self.nodes.anchor(name),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.read_to(range.end);
                self.nodes.alias(self.page, range)?;
            }
            _ => {}
        }
        self.nodes.check_findings()
    }

    fn read_to(&mut self, end: usize) {
        (self.done, self.reached) = (end, end);
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        range: Range<usize>,
        tag: Option<Range<usize>>,
    ) -> Result<(), Stop> {
        let (style, range) = match style {
            ScalarStyle::SingleQuoted => (Style::SingleQuoted, range),
            ScalarStyle::DoubleQuoted => (Style::DoubleQuoted, range),
            ScalarStyle::Literal => (Style::Literal, self.block_scalar(range)),
            ScalarStyle::Folded => (Style::Folded, self.block_scalar(range)),
            // The parser calls an empty value `~`; nothing is written there.
            _ if range.is_empty() => {
                let place = self.empty_value(range.start);
                self.done = place;
                if self.nodes.expects_key() {
                    // Of an entry without a key, its `:` may be there.
                    let colon = self.page.byte(place) == Some(b':');
                    self.reached = if colon { place + 1 } else { self.reached };
                } else if !self.nodes.ignores() {
                    self.reached = place;
                }
                return self.nodes.scalar(self.page, "", Style::Plain, place..place, tag);
            }
            _ => (Style::Plain, range),
        };
        self.read_to(range.end);
        self.nodes.scalar(self.page, text, style, range, tag)
    }

    /// The place directly after the colon or dash of an empty value, or after its tag or anchor. The parser gives
    /// the colon itself, or where the next thing begins.
    fn empty_value(&self, mark: usize) -> usize {
        if self.nodes.expects_key() {
            return mark;
        }
        let mut indicator = Some(if self.nodes.expects_item() { b'-' } else { b':' });
        // A key without a colon, as in `{a, b}` or `? a`, is all that there is.
        let mut place = self.done.min(mark);
        loop {
            let next = self.after_blanks_and_comments(place);
            match self.page.byte(next).filter(|_| next <= mark) {
                byte @ Some(_) if byte == indicator => (place, indicator) = (next + 1, None),
                Some(b'&' | b'!') if next < mark => place = self.after_word(next),
                _ => return place,
            }
        }
    }

    /// The first dash of a block list; the parser gives what follows it when the list is not indented.
    fn first_dash(&self, mark: usize) -> usize {
        let mut at = self.after_blanks_and_comments(self.done);
        if self.nodes.expects_item() && self.page.byte(at) == Some(b'-') {
            // The dash of the item that is this list.
            at += 1;
        }
        loop {
            at = self.after_blanks_and_comments(at);
            match self.page.byte(at) {
                Some(b'-') if at <= mark => return at,
                Some(b':' | b'?') if at < mark => at += 1,
                Some(b'&' | b'!') if at < mark => at = self.after_word(at),
                _ => return mark,
            }
        }
    }

    fn after_word(&self, at: usize) -> usize {
        let rest = self.page.from(at);
        let end = match rest.strip_prefix("!<") {
            Some(verbatim) => verbatim.find('>').map(|end| end + 3),
            None => rest.find([' ', '\t', '\n', '\r', ',', '[', ']', '{', '}']),
        };
        at + end.unwrap_or(rest.len()).max(1)
    }

    /// A block scalar from its `|` or `>` to its last visible character; the parser gives the lines alone.
    fn block_scalar(&self, lines: Range<usize>) -> Range<usize> {
        let mut at = self.done;
        loop {
            at = self.after_blanks_and_comments(at);
            match self.page.byte(at) {
                Some(b'|' | b'>') => break,
                Some(b':' | b'-' | b'?') => at += 1,
                // A tag or an anchor.
                Some(_) if at < lines.end => at = self.after_word(at),
                _ => return lines,
            }
        }
        let written = self.page.slice(at..lines.end.max(at));
        let header = self.page.slice(at..self.page.line(at).end);
        let header = super::page::without_comment(header).trim_end();
        at..at + written.trim_end_matches([' ', '\t', '\n', '\r']).len().max(header.len())
    }

    fn after_blanks_and_comments(&self, mut at: usize) -> usize {
        loop {
            let rest = self.page.from(at);
            at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            if self.page.byte(at) != Some(b'#') {
                return at;
            }
            at = self.page.line(at).end;
        }
    }

    fn stop(&self, error: &ScanError) -> Stop {
        let at = self.from + error.marker().byte_offset().unwrap_or_default();
        match error.kind() {
            ErrorKind::RecursionLimitExceeded => Stop::Depth(at),
            kind => Stop::Mistake(trouble(kind), at),
        }
    }
}

fn trouble(kind: &ErrorKind) -> Trouble {
    use ErrorKind as Kind;
    match kind {
        Kind::TabInBlockIndentation
        | Kind::TabNotAllowed
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar
        | Kind::TabAtBlockScalarStart
        | Kind::InvalidMappingValueWhitespace
        | Kind::InvalidBlockEntryWhitespace => Trouble::Tab,
        Kind::MappingValueNotAllowed | Kind::InvalidColonPlacement => Trouble::Colon,
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => Trouble::NoColon,
        Kind::UnexpectedCharacter { .. } => Trouble::Character,
        Kind::ExpectedDocumentStart => Trouble::AfterDocument,
        Kind::MissingDocumentEndBeforeDirective
        | Kind::DirectiveDisallowed
        | Kind::MissingDirectiveName
        | Kind::InvalidDirectiveName
        | Kind::InvalidDirectiveTerminator
        | Kind::DirectiveByteLimitExceeded { .. }
        | Kind::TooManyReservedDirectiveParams { .. } => Trouble::Percent,
        Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => Trouble::OpenQuote,
        Kind::InvalidQuotedScalarIndent | Kind::InvalidIndentation | Kind::InvalidFlowScalarIndent => {
            Trouble::Continuation
        }
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => {
            Trouble::AfterQuote
        }
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => Trouble::Escape,
        Kind::UnclosedFlowCollection { .. } => Trouble::OpenBracket,
        Kind::MismatchedFlowCollectionEnd { .. } => Trouble::WrongBracket,
        Kind::MisplacedFlowCollectionEnd => Trouble::StrayBracket,
        Kind::ExpectedFlowMappingSeparator
        | Kind::ExpectedFlowSequenceSeparator
        | Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping
        | Kind::FlowMappingValueAdjacentCollection => Trouble::InBrackets,
        Kind::BlockEntryInFlowCollection | Kind::PlainScalarStartsWithDashFlowIndicator => {
            Trouble::DashInBrackets
        }
        Kind::CommentNotSeparated | Kind::CommentInterceptedScalar => Trouble::Comment,
        Kind::ExpectedBlockMappingKey | Kind::ExpectedBlockSequenceEntry => Trouble::Entry,
        Kind::BlockSequenceEntryNotAllowed => Trouble::Dash,
        Kind::MappingKeyNotAllowed => Trouble::QuestionMark,
        Kind::MissingAnchorOrAliasName => Trouble::NoAnchorName,
        Kind::ZeroBlockScalarIndent | Kind::InvalidBlockScalarHeader => Trouble::BlockHeader,
        Kind::InvalidBlockScalarIndent => Trouble::BlockIndent,
        Kind::UndeclaredTagHandle
        | Kind::ExpectedTagBang
        | Kind::ExpectedTagDirectiveBang
        | Kind::InvalidGlobalTagCharacter
        | Kind::InvalidTagTerminator
        | Kind::MissingTagUri
        | Kind::UnclosedVerbatimTag
        | Kind::InvalidTagEscape
        | Kind::InvalidTagUtf8LeadingByte
        | Kind::InvalidTagUtf8TrailingByte
        | Kind::InvalidTagUtf8 => Trouble::Tag,
        Kind::InvalidDocumentEnd => Trouble::DocumentEnd,
        _ => Trouble::Other,
    }
}

#[cfg(test)]
mod tests;
