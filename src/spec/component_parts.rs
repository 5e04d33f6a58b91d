//! The facts of a component that are more than a single value.

use super::api::Protocol;
use super::quantities::{Count, Quantity, Rate, Share, Time};
use super::record::{Form, choice, record};
use super::shape::{Reader, Schemas, Shape, Visit};
use super::values::{IdMap, List, Name, OneOrMore, Spanned, Text, truth};
use crate::syntax::{CoreType, Node, NodeKind};
use serde_json::{Value, json};

choice! {
    /// How fresh and ordered reads are.
    Consistency = "a consistency";
    /// A read sees every earlier write.
    Strong = "strong",
    /// All see all operations in one order that fits real time.
    Linearizable = "linearizable",
    /// Transactions behave as if one after the other.
    Serializable = "serializable",
    /// Causes are seen before their effects.
    Causal = "causal",
    /// Everyone sees their own writes.
    ReadYourWrites = "read-your-writes",
    /// Reads never go back in time.
    MonotonicReads = "monotonic-reads",
    /// Reads are at most so old.
    BoundedStaleness = "bounded-staleness",
    /// Copies agree once writes stop.
    Eventual = "eventual",
    /// Nothing is promised.
    Weak = "weak",
}

choice! {
    /// Which copies take writes.
    ReplicationMode = "a kind of replication";
    /// One takes writes, the others follow.
    LeaderFollower = "leader-follower",
    /// Several take writes.
    MultiLeader = "multi-leader",
    /// Any takes writes; quorums decide.
    Leaderless = "leaderless",
    /// There are no copies.
    None = "none",
}

choice! {
    /// When a write counts as done.
    Acknowledge = "a way to acknowledge writes";
    /// When every copy has it.
    Sync = "sync",
    /// When at least one copy besides the leader has it.
    SemiSync = "semi-sync",
    /// When the leader has it.
    Async = "async",
}

choice! {
    /// What happens when two writes meet.
    ConflictResolution = "a way to resolve conflicts";
    /// The later one wins.
    LastWriteWins = "last-write-wins",
    /// They are merged by rules of the data type.
    Crdt = "crdt",
    /// Versions are kept and a reader decides.
    VersionVectors = "version-vectors",
    /// The application decides.
    Application = "application",
    /// They cannot happen.
    None = "none",
}

record! {
    /// How copies of the data are kept in step.
    Replication = "replication", Form { shorthand: Some("mode"), ..Form::MAP };
    /// Which copies take writes.
    /// Example: `leader-follower`
    mode: Option<Spanned<ReplicationMode>>,
    /// When a write counts as done.
    /// Example: `semi-sync`
    sync: Option<Spanned<Acknowledge>>,
    /// How far followers are behind.
    /// Example: `100 ms`
    lag: Option<Quantity<'t, Time>>,
    /// What happens when two writes meet.
    /// Example: `last-write-wins`
    conflicts: Option<Spanned<ConflictResolution>>,
}

record! {
    /// How many copies must agree.
    Quorum = "quorum", Form::MAP;
    /// How many copies there are.
    /// Example: `3`
    n: Option<Quantity<'t, Count>>,
    /// How many must confirm a write.
    /// Example: `2`
    w: Option<Quantity<'t, Count>>,
    /// How many must answer a read.
    /// Example: `2`
    r: Option<Quantity<'t, Count>>,
}

choice! {
    /// What stands ready when an instance fails.
    FailoverMode = "a kind of failover";
    /// A spare that takes over.
    ActivePassive = "active-passive",
    /// The others, which serve already.
    ActiveActive = "active-active",
    /// Nothing.
    None = "none",
}

record! {
    /// What happens when an instance fails.
    Failover = "failover", Form { shorthand: Some("mode"), ..Form::MAP };
    /// What stands ready.
    /// Example: `active-passive`
    mode: Option<Spanned<FailoverMode>>,
    /// How long it takes until the other serves.
    /// Example: `30 s`
    time: Option<Quantity<'t, Time>>,
    /// Whether nobody has to act.
    /// Example: `true`
    automatic: Option<Spanned<bool>>,
}

record! {
    /// Instances that come and go with the load.
    Scaling = "scaling", Form::MAP;
    /// The least there are.
    /// Example: `2`
    min: Option<Quantity<'t, Count>>,
    /// The most there are.
    /// Example: `20`
    max: Option<Quantity<'t, Count>>,
    /// The utilisation that the number is steered to.
    /// Example: `60%`
    target_utilization: Option<Quantity<'t, Share>>,
}

/// How many instances there are: a number, as many as needed, or between bounds.
#[derive(Debug)]
pub enum Replicas<'t> {
    /// `3`, `instances`
    Count(Quantity<'t, Count>),
    /// `auto`
    Auto(crate::source::Span),
    /// `{ min: 2, max: 20, target_utilization: 60% }`
    Scaling(Box<Scaling<'t>>),
}

const INSTANCES: &str = "a number of instances, `auto`, or `{ min, max, target_utilization }`";

impl<'t> Shape<'t> for Replicas<'t> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        match node.kind() {
            NodeKind::Map => Scaling::read(node, reader).map(|scaling| Self::Scaling(Box::new(scaling))),
            NodeKind::Scalar if node.text() == "auto" => Some(Self::Auto(node.span())),
            NodeKind::Scalar if !node.is_null() => Quantity::read(node, reader).map(Self::Count),
            _ => {
                reader.wrong_type(node, INSTANCES);
                None
            }
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let count = Quantity::<Count>::schema(schemas);
        let auto = json!({
            "const": "auto",
            "title": "auto",
            "description": "As many as needed.",
            "errorMessage": format!("write {INSTANCES}"),
        });
        json!({ "title": INSTANCES, "anyOf": [auto, count, Scaling::schema(schemas)] })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        match self {
            Self::Count(count) => count.visit(visitor),
            Self::Auto(_) => {}
            Self::Scaling(scaling) => scaling.visit(visitor),
        }
    }
}

/// How many requests one instance serves: of any kind, or by operation.
#[derive(Debug)]
pub enum Capacity<'t> {
    /// `2k rps`
    Any(Quantity<'t, Rate>),
    /// `{ read: 20k rps, write: 5k rps }`
    ByOperation(IdMap<'t, Quantity<'t, Rate>>),
}

impl<'t> Shape<'t> for Capacity<'t> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        match node.kind() {
            NodeKind::Map => IdMap::read(node, reader).map(Self::ByOperation),
            _ => Quantity::read(node, reader).map(Self::Any),
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let rate = Quantity::<Rate>::schema(schemas);
        let rates = IdMap::<Quantity<Rate>>::map_schema(schemas);
        json!({ "title": "a rate, or a rate for each operation", "anyOf": [rate, rates] })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        match self {
            Self::Any(rate) => rate.visit(visitor),
            Self::ByOperation(rates) => Shape::visit(rates, visitor),
        }
    }
}

record! {
    /// How copies of the data are kept for the day when all else is lost.
    Backup = "backup", Form::MAP;
    /// How often one is made.
    /// Example: `1 day`
    every: Option<Quantity<'t, Time>>,
    /// How long one is kept.
    /// Example: `30 days`
    keep: Option<Quantity<'t, Time>>,
    /// How long it takes to be back.
    /// Example: `2 hours`
    restore: Option<Quantity<'t, Time>>,
    /// Whether restoring is tried regularly.
    /// Example: `true`
    tested: Option<Spanned<bool>>,
    /// Whether one is kept in another region.
    /// Example: `true`
    offsite: Option<Spanned<bool>>,
}

/// `true`, `false`, or more about it.
#[derive(Debug)]
pub enum YesNoOr<T> {
    /// `true` or `false`
    Flag(Spanned<bool>),
    /// More about it, which implies yes.
    Facts(T),
}

impl<T> YesNoOr<T> {
    /// Whether it is there.
    pub fn is_yes(&self) -> bool {
        match self {
            Self::Flag(flag) => flag.value,
            Self::Facts(_) => true,
        }
    }
}

impl<'t, T: Shape<'t>> Shape<'t> for YesNoOr<T> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        // Where a text may stand too, `yes` is one.
        let is_no_fact = || T::read(node, &mut Reader::default()).is_none();
        let is_flag = node.kind() == NodeKind::Scalar && matches!(node.core_type(), CoreType::Bool(_));
        if is_flag || (truth(node).is_some() && is_no_fact()) {
            return Spanned::read(node, reader).map(Self::Flag);
        }
        T::read(node, reader).map(Self::Facts)
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let facts = T::schema(schemas);
        let title = format!("true or false, or {}", schemas.title_of(&facts));
        json!({ "title": title, "anyOf": [<Spanned<bool> as Shape>::schema(schemas), facts] })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        if let Self::Facts(facts) = self {
            facts.visit(visitor);
        }
    }
}

record! {
    /// Where data is unreadable to others.
    Encryption = "encryption", Form::MAP;
    /// Where it is stored.
    /// Example: `true`
    at_rest: Option<Spanned<bool>>,
    /// On its way.
    /// Example: `true`
    in_transit: Option<Spanned<bool>>,
}

record! {
    /// A connection that no flow draws.
    Use = "use", Form { required: &["to"], shorthand: Some("to"), ..Form::MAP };
    /// The component that is used.
    /// Example: `metrics`
    to: Option<Name<'t>>,
    /// What for.
    /// Example: `sends counters`
    text: Option<Text<'t>>,
    /// How they talk.
    /// Example: `grpc`
    protocol: Option<Spanned<Protocol>>,
    /// Whether the user does without an answer.
    /// Example: `true`
    asynchronous as "async": Option<Spanned<bool>>,
    /// Whether the user works on when it is not there.
    /// Example: `true`
    optional: Option<Spanned<bool>>,
    /// How often it is used.
    /// Example: `100 / s`
    rate: Option<Quantity<'t, Rate>>,
}

/// References to components, each alone or with more to say.
pub type Uses<'t> = OneOrMore<Use<'t>>;

/// Names of something, in a list or alone.
pub type Names<'t> = OneOrMore<Name<'t>>;

/// A list of texts.
pub type Texts<'t> = List<Text<'t>>;
