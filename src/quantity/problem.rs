//! What is wrong with an expression, in byte ranges of its text.

use super::units::Hint;
use std::ops::Range;

/// The text is not an expression.
pub const INVALID_EXPRESSION: &str = "invalid-expression";
/// A word after a number is no unit.
pub const UNKNOWN_UNIT: &str = "unknown-unit";
/// A number stands where a quantity with a unit is wanted.
pub const MISSING_UNIT: &str = "missing-unit";
/// A name refers to nothing.
pub const UNRESOLVED_REFERENCE: &str = "unresolved-reference";
/// Quantities of different dimensions are added, compared or used for one another.
pub const DIMENSION_MISMATCH: &str = "dimension-mismatch";
/// More than one currency.
pub const MIXED_CURRENCIES: &str = "mixed-currencies";
/// A value that no calculation can go on with.
pub const IMPOSSIBLE_VALUE: &str = "impossible-value";
/// A name has no value because of an error that is reported elsewhere.
pub const NOT_COMPUTABLE: &str = "not-computable";

/// One thing that is wrong with a text. The model turns it into a diagnostic once it knows the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The name of the rule.
    pub rule: &'static str,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Why these characters, shown beside the underline.
    pub label: Option<String>,
    /// The characters that are wrong.
    pub range: Range<usize>,
    /// What belongs there instead of these characters, and whether that is certain.
    pub instead: Option<(String, bool)>,
    /// Further places and what stands there.
    pub related: Vec<(Range<usize>, String)>,
}

impl Problem {
    /// A problem with the characters in `range`.
    pub fn new(rule: &'static str, range: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            rule,
            message: message.into(),
            help: None,
            label: None,
            range,
            instead: None,
            related: Vec::new(),
        }
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// As [`Problem::help`], when there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Says what belongs there instead of these characters, and whether that is certain.
    #[must_use]
    pub fn instead(mut self, right: impl Into<String>, is_sure: bool) -> Self {
        self.instead = Some((right.into(), is_sure));
        self
    }

    /// Says what is known of a word that is no unit.
    pub(super) fn hint(mut self, hint: Hint) -> Self {
        self.instead = hint.instead;
        self.help(hint.help)
    }

    /// Says why these characters are underlined.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, range: Range<usize>, message: impl Into<String>) -> Self {
        self.related.push((range, message.into()));
        self
    }
}
