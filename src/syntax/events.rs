//! The events of the YAML parser → nodes. The only file that names the parser.
//!
//! The parser speaks of marks and styles; what reaches the tree are exact ranges of bytes, and what reaches the
//! explanations of mistakes are the few kinds of [`Trouble`] that they tell apart.

use super::limits::{MAX_DEPTH, MAX_KEY_CHARACTERS};
use super::mistakes::Trouble;
use super::nodes::{Collection, Nodes, Properties, Stop};
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
    let mut reader = Reader { page, from, done: from, nodes };
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
    nodes: &'r mut Nodes,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: &Event, range: Range<usize>, tag: Option<Range<usize>>) -> Result<(), Stop> {
        let properties = Properties {
            tag: tag.map(|tag| tag.start + self.from..tag.end + self.from),
            anchored: event.anchor_id().is_some(),
        };
        match event {
            Event::DocumentStart(explicit, _) => self.nodes.document(self.page, range.start, *explicit)?,
            Event::DocumentEnd => self.nodes.document_ended(),
            Event::MappingStart(style, ..) => {
                let open = self.page.byte(range.start);
                let collection = match style {
                    StructureStyle::Flow if open == Some(b'{') => Collection::Flow,
                    StructureStyle::Flow => Collection::Pair,
                    _ => Collection::Block,
                };
                self.done = range.end;
                self.nodes.open(self.page, NodeKind::Map, collection, range.start, &properties)?;
            }
            Event::SequenceStart(style, ..) => {
                let flow = matches!(style, StructureStyle::Flow);
                let collection = if flow { Collection::Flow } else { Collection::Block };
                self.done = range.end;
                self.nodes.open(self.page, NodeKind::List, collection, range.start, &properties)?;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                let end = self.nodes.close(range.end);
                self.done = self.done.max(end.unwrap_or(self.done));
            }
            Event::Scalar(text, style, ..) => self.scalar(text, *style, range, &properties)?,
            Event::Anchor(_, name) => self.nodes.anchor(name),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.done = range.end;
                self.nodes.alias(self.page, range)?;
            }
            _ => {}
        }
        self.nodes.check_findings()
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        range: Range<usize>,
        properties: &Properties,
    ) -> Result<(), Stop> {
        let (style, range) = match style {
            ScalarStyle::SingleQuoted => (Style::SingleQuoted, range),
            ScalarStyle::DoubleQuoted => (Style::DoubleQuoted, range),
            ScalarStyle::Literal => (Style::Literal, self.block_scalar(range)),
            ScalarStyle::Folded => (Style::Folded, self.block_scalar(range)),
            // The parser calls an empty value `~`; nothing is written there.
            _ if range.is_empty() => {
                let place = self.empty_value(range.start, properties);
                self.done = place;
                return self.nodes.scalar(self.page, "", Style::Plain, place..place, properties);
            }
            _ => (Style::Plain, range),
        };
        self.done = range.end;
        self.nodes.scalar(self.page, text, style, range, properties)
    }

    /// The place directly after the colon or dash of an empty value. The parser gives the colon itself, or
    /// where the next thing begins.
    fn empty_value(&self, mark: usize, properties: &Properties) -> usize {
        if properties.tag.is_some() || properties.anchored || self.nodes.expects_key() {
            return mark;
        }
        let next = self.after_blanks_and_comments(self.done);
        match self.page.byte(next) {
            Some(b':' | b'-' | b'?') if next <= mark => next + 1,
            // A key without a colon, as in `{a, b}` or `? a`.
            _ => self.done.min(mark),
        }
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
                Some(_) if at < lines.end => {
                    let rest = self.page.from(at);
                    at += rest.find([' ', '\t', '\n', '\r']).unwrap_or(rest.len());
                }
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
