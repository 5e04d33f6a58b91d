//! `flows:` scenarios, and the steps they are made of.

use super::api::Protocol;
use super::arrow::{Arrow, Arrows, FromArrow, Line};
use super::component_numbers::Latency;
use super::component_parts::Consistency;
use super::quantities::{Bytes, Count, Quantity, Rate, Share, Time};
use super::record::{Form, choice, record};
use super::rule_block::AllowHere;
use super::shape::{Field, Reader, Schemas, Shape, Visit};
use super::traffic::Traffic;
use super::values::{List, Name, OneOrMore, Spanned, Text, truth};
use crate::diagnostic::Diagnostic;
use crate::syntax::{Node, NodeKind};
use serde_json::{Value, json};

record! {
    /// A scenario: something triggers it, and steps follow.
    Flow = "flow", Form { likely: Some("steps"), ..Form::MAP };
    /// The name shown in documents, when the id is not enough.
    /// Example: `Follow a link`
    name: Option<Text<'t>>,
    /// What happens, in a sentence.
    /// Example: `A visitor opens a short link and lands on the long one`
    description: Option<Text<'t>>,
    /// The API whose calls trigger it; its rate is the rate of the flow.
    /// Example: `follow_link`
    api: Option<Name<'t>>,
    /// How long it is from one run to the next.
    /// Example: `1 hour`
    every: Option<Quantity<'t, Time>>,
    /// The event that triggers it, in words or as the id of the component that announces it.
    /// Example: `a link expires`
    on: Option<Text<'t>>,
    /// How often it runs, on average.
    /// Example: `200 / s`
    rate: Option<Quantity<'t, Rate>>,
    /// Users who run it over and over, each waiting for the answer before the next turn. Their number and
    /// `think_time` say how often it runs.
    /// Example: `500`
    users: Option<Quantity<'t, Count>>,
    /// How long a user pauses between an answer and the next turn.
    /// Example: `5 s`
    think_time: Option<Quantity<'t, Time>>,
    /// Who goes first where a component serves by priority: 1 before 2.
    /// Example: `1`
    priority: Option<Quantity<'t, Count>>,
    /// How its traffic differs from that of the whole design.
    /// Example: `{ peak: 10x }`
    traffic: Option<Traffic<'t>>,
    /// The requirements that it meets.
    /// Example: `[redirect]`
    satisfies: OneOrMore<Name<'t>>,
    /// What happens, step by step.
    /// Example: `["browser -> edge -> app: GET /{code}"]`
    steps: List<Line<Step<'t>>>,
    /// Who answers for it.
    /// Example: `links team`
    owner: Option<Text<'t>>,
    /// Where more is written.
    /// Example: `https://example.com/wiki/redirect`
    links: OneOrMore<Text<'t>>,
    /// Words to select it by.
    /// Example: `[critical]`
    tags: OneOrMore<Name<'t>>,
    /// Findings about this flow that are known and accepted, each with a reason.
    /// Example: `[{ rule: undefined-rate, reason: It runs by hand }]`
    allow: List<AllowHere<'t>>,
}

choice! {
    /// How the pause between attempts grows.
    Backoff = "a kind of backoff";
    /// Not at all: try again at once.
    None = "none",
    /// Always the same pause.
    Constant = "constant",
    /// Longer by the same amount each time.
    Linear = "linear",
    /// Twice as long each time.
    Exponential = "exponential",
}

choice! {
    /// How writes to several places are kept in step.
    Atomicity = "a way to keep writes in step";
    /// The message is stored in the transaction that it tells of, and a relay passes it on.
    Outbox = "outbox",
    /// What was done before is undone by steps of its own.
    Saga = "saga",
    /// All prepare, then all commit.
    TwoPhaseCommit = "two-phase-commit",
    /// The whole is done again until everything is done, and doing it twice does no harm.
    Retry = "retry",
    /// A job compares the places later and mends what differs.
    Reconciliation = "reconciliation",
    /// Nothing: it may be lost.
    BestEffort = "best-effort",
}

record! {
    /// What the caller does when a call fails.
    Retries = "retry policy", Form { likely: Some("attempts"), ..Form::MAP };
    /// How many times it tries in all, the first time included.
    /// Example: `3`
    attempts: Option<Quantity<'t, Count>>,
    /// How the pause between attempts grows.
    /// Example: `exponential`
    backoff: Option<Spanned<Backoff>>,
    /// The first pause.
    /// Example: `50 ms`
    pause: Option<Quantity<'t, Time>>,
    /// Whether the pauses are spread at random, so that callers do not come back all at once.
    /// Example: `true`
    jitter: Option<Spanned<bool>>,
    /// The share of calls that may be repeated at all.
    /// Example: `10%`
    budget: Option<Quantity<'t, Share>>,
}

record! {
    /// One of several ways a flow may go on.
    Alternative = "alternative", Form { required: &["steps"], likely: Some("steps"), ..Form::MAP };
    /// What makes the flow go this way.
    /// Example: `the code is in the cache`
    text: Option<Text<'t>>,
    /// How often it goes this way. One alternative may leave it out and takes what is left.
    /// Example: `90%`
    chance: Option<Quantity<'t, Share>>,
    /// What happens then.
    /// Example: `["app -> hot: look up"]`
    steps: List<Line<Step<'t>>>,
}

/// Branches that start together, or the word that the repetitions of a step do.
#[derive(Debug)]
pub enum Parallel<'t> {
    /// `parallel: true` beside `times:`.
    Repetitions(Spanned<bool>),
    /// `parallel:` with its branches, each a step or a list of steps.
    Branches(Vec<Vec<Line<Step<'t>>>>),
}

impl<'t> Shape<'t> for Parallel<'t> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        match node.kind() {
            NodeKind::List => {
                let branch = |item: Node<'t>| match item.kind() {
                    NodeKind::List => List::read(item, &mut *reader).map_or_else(Vec::new, |list| list.items),
                    _ => Line::read(item, &mut *reader).into_iter().collect(),
                };
                Some(Self::Branches(node.items().map(branch).collect()))
            }
            NodeKind::Scalar if truth(node).is_some() => Spanned::read(node, reader).map(Self::Repetitions),
            _ => {
                reader.wrong_type(node, "a list of branches, or `true` beside `times`");
                None
            }
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let step = Line::<Step>::schema(schemas);
        let steps = json!({ "title": "a list of steps", "type": "array", "items": step });
        let branch = json!({ "title": "a step, or a list of steps", "anyOf": [step, steps] });
        let branches = json!({ "title": "a list of branches", "type": "array", "items": branch });
        let flag = <Spanned<bool> as Shape>::schema(schemas);
        json!({ "title": "a list of branches, or true or false", "anyOf": [flag, branches] })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        if let Self::Branches(branches) = self {
            branches.iter().flatten().for_each(|step| step.visit(visitor));
        }
    }
}

/// What is done instead of a call that fails.
#[derive(Debug)]
pub enum Fallback<'t> {
    /// `serve the last price`: nothing that needs another component.
    Words(Text<'t>),
    /// Steps that are taken instead.
    Steps(List<Line<Step<'t>>>),
}

impl<'t> Shape<'t> for Fallback<'t> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        match node.kind() {
            NodeKind::List => <List<Line<Step>> as Shape>::read(node, reader).map(Self::Steps),
            _ => Text::read(node, reader).map(Self::Words),
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let steps =
            json!({ "title": "a list of steps", "type": "array", "items": Line::<Step>::schema(schemas) });
        json!({ "title": "a text, or a list of steps", "anyOf": [Text::schema(schemas), steps] })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        match self {
            Self::Words(text) => Shape::visit(text, visitor),
            Self::Steps(steps) => Field::visit(steps, visitor),
        }
    }
}

record! {
    /// One thing that happens: an arrow with what is said of it, or steps under a condition.
    Step = "step", Form::MAP;
    /// How often the step happens at all.
    /// Example: `10%`
    chance: Option<Quantity<'t, Share>>,
    /// Ways the flow may go on; their chances add up to one.
    /// Example: `[{ chance: 90%, steps: ["app -> hot: hit"] }, { steps: ["app -> links: miss"] }]`
    either: List<Alternative<'t>>,
    /// Branches that start together; the slowest decides. Beside `times`: whether the repetitions start together.
    /// Example: `true`
    parallel: Option<Parallel<'t>>,
    /// How many times the step happens, one after the other unless `parallel: true`.
    /// Example: `followers_per_user`
    times: Option<Quantity<'t, Count>>,
    /// How many of the parallel branches or repetitions must answer before the flow goes on; all when nothing is said.
    /// Example: `2`
    wait_for: Option<Quantity<'t, Count>>,
    /// What happens when the receiver, a cache, does not have it. How often that is follows from its hit ratio.
    /// Example: `["app -> links: select the link"]`
    on_miss: List<Line<Step<'t>>>,
    /// Whether the flow goes on when the step fails.
    /// Example: `true`
    optional: Option<Spanned<bool>>,
    /// The steps that happen under the condition.
    /// Example: `["app -> links: select the link"]`
    steps: List<Line<Step<'t>>>,
    /// What the receiver does: `read`, `write`, or an operation that its capacity names.
    /// Example: `write`
    operation: Option<Name<'t>>,
    /// The size of what is sent.
    /// Example: `2 KB`
    request: Option<Quantity<'t, Bytes>>,
    /// The size of the answer.
    /// Example: `10 KB`
    response: Option<Quantity<'t, Bytes>>,
    /// How long the sender waits before it gives up.
    /// Example: `300 ms`
    timeout: Option<Quantity<'t, Time>>,
    /// What the sender does when the call fails.
    /// Example: `{ attempts: 3, backoff: exponential, jitter: true, budget: 10% }`
    retries: Option<Box<Retries<'t>>>,
    /// Whether the sender stops calling a receiver that keeps failing.
    /// Example: `true`
    circuit_breaker: Option<Spanned<bool>>,
    /// Whether the same request twice does the same as once.
    /// Example: `true`
    idempotent: Option<Spanned<bool>>,
    /// How this write is kept in step with the other writes of the flow, when not all can be one transaction.
    /// Example: `outbox`
    atomicity: Option<Spanned<Atomicity>>,
    /// How sender and receiver talk.
    /// Example: `grpc`
    protocol: Option<Spanned<Protocol>>,
    /// The data that is read.
    /// Example: `[cart]`
    reads: OneOrMore<Name<'t>>,
    /// The data that is written.
    /// Example: `[order]`
    writes: OneOrMore<Name<'t>>,
    /// When a second request is sent because the first is slow: a time, or a percentile such as `p95`.
    /// Example: `p95`
    hedge: Option<Text<'t>>,
    /// How many such calls may be under way at once.
    /// Example: `20`
    bulkhead: Option<Quantity<'t, Count>>,
    /// What is done instead when the call fails: in words, or as steps.
    /// Example: `serve the last price`
    fallback: Option<Fallback<'t>>,
    /// How fresh and ordered the read must be.
    /// Example: `strong`
    consistency: Option<Spanned<Consistency>>,
    /// How long the receiver takes for this step, when it differs from what is said of the component.
    /// Example: `5 ms`
    latency: Option<Box<Latency<'t>>>,
    /// The share of these calls that fail by themselves, when it differs from what is said of the component.
    /// Example: `1%`
    error_rate: Option<Quantity<'t, Share>>,
    /// A remark, drawn as a note.
    /// Example: `Only for signed-in users`
    note: Option<Text<'t>>,
    ; others Arrows<'t>
}

impl<'t> FromArrow<'t> for Step<'t> {
    const WANTED: &'static str = "a step: `a -> b: text`, or a map of keys and values";

    fn from_arrow(node: Node<'t>, arrow: Arrow<'t>) -> Self {
        Self { others: Some(arrow), ..Self::empty(node) }
    }
}

/// What a step must have to mean something.
pub fn check_step(step: &Step<'_>, reader: &mut Reader) {
    let at = super::shape::visible_span(step.node);
    let branches = matches!(step.parallel, Some(Parallel::Branches(_)));
    let has_content = step.others.is_some() || !step.steps.is_empty() || !step.either.is_empty() || branches;
    // A broken arrow or list, and a key that may be meant as one, has been reported already.
    let wrote_content = step.node.entries().any(|(key, _)| {
        let key = key.text();
        let unknown = !Step::INFO.keys.contains(&key) && !key.starts_with("x-");
        unknown || matches!(key, "steps" | "either" | "parallel")
    });
    if !has_content && !wrote_content {
        reader.report(
            Diagnostic::error("invalid-step", at, "nothing happens in this step")
                .help("add an arrow (`a -> b: text`), or `steps:`, `either:` or `parallel:` with a list"),
        );
    }
    if let (Some(Parallel::Repetitions(flag)), None) = (&step.parallel, &step.times) {
        reader.report(
            Diagnostic::error("invalid-step", flag.span, "`parallel: true` needs `times`")
                .help("say how many start together (`times: 10`), or list the branches under `parallel:`"),
        );
    }
}
