//! `decisions:` and `open_questions:` why the design is as it is, and what is not known yet.

use super::record::{Form, choice, record};
use super::values::{Date, Name, OneOrMore, Spanned, Text};

choice! {
    /// Where a decision stands.
    DecisionStatus = "a status";
    /// Put forward.
    Proposed = "proposed",
    /// In force.
    Accepted = "accepted",
    /// Turned down.
    Rejected = "rejected",
    /// No longer followed.
    Deprecated = "deprecated",
    /// Replaced by another.
    Superseded = "superseded",
}

record! {
    /// A choice that was made, and why.
    Decision = "decision", Form { required: &["text"], shorthand: Some("text"), ..Form::MAP };
    /// What was decided, in one sentence.
    /// Example: `Links live in PostgreSQL`
    text: Option<Text<'t>>,
    /// Where it stands.
    /// Example: `accepted`
    status: Option<Spanned<DecisionStatus>>,
    /// When it was made.
    /// Example: `2026-11-01`
    date: Option<Spanned<Date>>,
    /// What led to it.
    /// Example: `Writes are few and must never be lost.`
    context: Option<Text<'t>>,
    /// What follows from it, good and bad.
    /// Example: `[One leader takes all writes, "Backups are simple"]`
    consequences: OneOrMore<Text<'t>>,
    /// What else was considered.
    /// Example: `["DynamoDB: cheaper at rest, dearer per read"]`
    alternatives: OneOrMore<Text<'t>>,
    /// The components, flows, data or requirements that it shapes.
    /// Example: `[components.links]`
    affects: OneOrMore<Text<'t>>,
    /// The decisions that it replaces.
    /// Example: `[use-mysql]`
    supersedes: OneOrMore<Name<'t>>,
    /// The decision that replaced it.
    /// Example: `use-dynamodb`
    superseded_by: Option<Name<'t>>,
    /// Who made it.
    /// Example: `links team`
    owner: Option<Text<'t>>,
    /// Where more is written.
    /// Example: `https://example.com/adr/7`
    links: OneOrMore<Text<'t>>,
    /// Words to select it by.
    /// Example: `[storage]`
    tags: OneOrMore<Name<'t>>,
}

record! {
    /// Something that nobody has answered yet.
    OpenQuestion = "open question", Form { required: &["text"], shorthand: Some("text"), ..Form::MAP };
    /// The question.
    /// Example: `Do links ever expire on request?`
    text: Option<Text<'t>>,
    /// Who finds out.
    /// Example: `ana`
    owner: Option<Text<'t>>,
    /// By when it must be answered.
    /// Example: `2027-01-15`
    due: Option<Spanned<Date>>,
    /// The components, flows, data or requirements that wait for the answer.
    /// Example: `[data.link]`
    about: OneOrMore<Text<'t>>,
    /// Where more is written.
    /// Example: `https://example.com/tickets/31`
    links: OneOrMore<Text<'t>>,
}
